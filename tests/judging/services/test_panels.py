"""Seats and seatings: what each act leaves behind, and what it refuses."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from judging.models import Office, Seat, Seating
from judging.services import panels
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.accounts.selectors import roles_of
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.panel import SINCE, holder_of, make_member, make_panel, make_seat
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db

TODAY = date(2025, 6, 24)


@pytest.fixture
def world():
    round = make_round()
    return round, make_user(Role.SECRETARIAT, round=round)


def roles(user, round):
    return roles_of(user, assessment_year=round.edition.assessment_year, region_id=round.region_id)


def actions(round):
    return list(AuditEvent.objects.filter(chain=round.scope).order_by("seq").values_list("action", flat=True))


def seat_person(seat, user, actor, **fields):
    fields = {"name": "Dra. Contoh, M.Si. (contoh)", "starts_on": SINCE} | fields
    return panels.seat_person(seat=seat, user=user, actor=actor, at=AT, **fields)


def substitute(seat, user, actor, **fields):
    fields = {"name": "Pengganti (contoh)", "starts_on": TODAY, "reason": "Mutasi jabatan"} | fields
    return panels.substitute(seat=seat, user=user, actor=actor, at=AT, **fields)


def test_add_seats_makes_the_nine_of_ntt_once(world):
    round, secretary = world
    document = panels.panel_document()
    added = panels.add_seats(round=round, seats=document["seats"], actor=secretary, at=AT)
    again = panels.add_seats(round=round, seats=document["seats"], actor=secretary, at=AT)
    assert [seat.position for seat in added] == list(range(1, 10))
    assert [seat.office for seat in added[:2]] == [Office.CHAIR, Office.SECRETARY]
    assert again == []
    assert actions(round) == ["seat.added"] * 9


def test_add_seat_refuses_a_second_chair_and_a_code_twice(world):
    round, secretary = world
    make_seat(round, "sekda", office=Office.CHAIR)
    with pytest.raises(panels.SeatTaken):
        panels.add_seat(round=round, code="lain", name="Lain", office=Office.CHAIR, actor=secretary, at=AT)
    with pytest.raises(panels.SeatTaken):
        panels.add_seat(round=round, code="sekda", name="Lain", actor=secretary, at=AT)
    assert Seat.objects.count() == 1


def test_seat_person_seats_grants_and_records(world):
    round, secretary = world
    seat, user = make_seat(round, vacant_reason="belum ada"), make_user()
    seating = seat_person(seat, user, secretary, position_title="Ketua", nip="1" * 18)
    seat.refresh_from_db()
    assert (seating.round, seating.ends_on, seating.is_substitute, seating.nip) == (round, None, False, "1" * 18)
    assert seat.vacant_reason == ""
    assert roles(user, round) == {Role.PANEL_MEMBER}
    assert actions(round) == ["role.granted", "seating.begun"]


def test_seat_person_on_the_chairs_seat_makes_chair(world):
    round, secretary = world
    user = make_user()
    seat_person(make_seat(round, office=Office.CHAIR), user, secretary)
    assert roles(user, round) == {Role.PANEL_MEMBER, Role.CHAIR}


def test_seat_person_on_a_held_seat_is_refused(world):
    round, secretary = world
    seat = make_seat(round)
    make_member(seat)
    with pytest.raises(panels.SeatHeld) as refused:
        seat_person(seat, make_user(), secretary)
    assert refused.value.facts["seat"] == seat.name
    assert Seating.objects.count() == 1


def test_one_person_on_two_seats_is_refused_by_service_and_database(world):
    round, secretary = world
    first, second, user = make_seat(round, "a"), make_seat(round, "b"), make_user()
    seat_person(first, user, secretary)
    with pytest.raises(panels.PersonSeatedTwice) as refused:
        seat_person(second, user, secretary)
    assert refused.value.facts["seat"] == first.name
    with pytest.raises(IntegrityError), transaction.atomic():
        make_member(second, user=user)
    assert Seating.objects.count() == 1


def test_somebody_who_still_sits_elsewhere_until_later_is_refused(world):
    round, secretary = world
    user = make_user()
    make_member(make_seat(round, "a"), user=user, ends_on=TODAY)
    other = make_seat(round, "b")
    with pytest.raises(panels.PersonSeatedTwice):
        seat_person(other, user, secretary, starts_on=TODAY)
    assert seat_person(other, user, secretary, starts_on=TODAY + timedelta(days=1)).seat == other


def test_seatings_of_one_seat_never_overlap(world):
    round, secretary = world
    seat = make_seat(round)
    make_member(seat, ends_on=TODAY)
    with pytest.raises(panels.SeatingsOverlap):
        seat_person(seat, make_user(), secretary, starts_on=TODAY)
    assert seat_person(seat, make_user(), secretary, starts_on=TODAY + timedelta(days=1)).seat == seat


def test_substitute_ends_the_seating_before_and_moves_the_roles(world):
    round, secretary = world
    seat = make_seat(round, office=Office.CHAIR)
    before, after = make_member(seat), make_user()
    seating = substitute(seat, after, secretary)
    before.refresh_from_db()
    assert before.ends_on == TODAY - timedelta(days=1)
    assert (seating.is_substitute, seating.reason, seating.starts_on) == (True, "Mutasi jabatan", TODAY)
    assert roles(before.user, round) == frozenset()
    assert roles(after, round) == {Role.PANEL_MEMBER, Role.CHAIR}
    assert actions(round)[-1] == "seating.substituted"


def test_substitute_from_a_later_day_leaves_the_role_until_then(world):
    round, secretary = world
    seat = make_seat(round)
    before = make_member(seat)
    substitute(seat, make_user(), secretary, starts_on=TODAY + timedelta(days=1))
    assert roles(before.user, round) == {Role.PANEL_MEMBER}
    later = AT + timedelta(days=1)
    with transaction.atomic():
        assert panels.release_former_members(round=round, actor=secretary, at=later) == 1
    assert roles(before.user, round) == frozenset()


def test_substitute_refusals_change_nothing(world):
    round, secretary = world
    seat, empty = make_seat(round, "a"), make_seat(round, "b")
    before = make_member(seat)
    cases = [
        (panels.SeatingReasonMissing, seat, {"reason": " "}),
        (panels.SeatNotHeld, empty, {}),
        (panels.SeatingsOverlap, seat, {"starts_on": SINCE}),
    ]
    for error, target, fields in cases:
        with pytest.raises(error):
            substitute(target, make_user(), secretary, **fields)
    before.refresh_from_db()
    assert before.ends_on is None
    assert Seating.objects.count() == 1
    assert actions(round) == []


def test_declare_vacant_ends_the_seating_with_a_reason(world):
    round, secretary = world
    seat = make_seat(round)
    holder = make_member(seat)
    panels.declare_vacant(seat=seat, reason="Belum diusulkan", actor=secretary, at=AT)
    seat.refresh_from_db()
    holder.refresh_from_db()
    assert (seat.vacant_reason, holder.ends_on) == ("Belum diusulkan", TODAY - timedelta(days=1))
    assert roles(holder.user, round) == frozenset()
    assert actions(round) == ["role.revoked", "seat.declared_vacant"]
    with pytest.raises(panels.SeatingReasonMissing):
        panels.declare_vacant(seat=seat, reason="", actor=secretary, at=AT)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.PLATFORM_ADMIN])
def test_only_the_secretariat_seats_people(world, role):
    round, _ = world
    with pytest.raises(NotPermitted):
        seat_person(make_seat(round), make_user(), make_user(role, round=round))
    assert Seating.objects.count() == 0


def test_another_provinces_secretariat_and_a_closed_panel_are_refused(world):
    round, secretary = world
    stranger = make_user(Role.SECRETARIAT, round=make_round(region_code="52"))
    seat = make_seat(round)
    with pytest.raises(NotPermitted):
        seat_person(seat, make_user(), stranger)
    round.state = State.PLENARY
    round.save()
    with pytest.raises(NotPermitted):
        seat_person(seat, make_user(), secretary)
    assert Seating.objects.count() == 0


def test_people_of_other_rounds_keep_their_roles_when_members_are_released(world):
    round, secretary = world
    other = make_round(region_code="52")
    kept = make_panel(other)[0]
    seat = make_seat(round)
    make_member(seat)
    panels.declare_vacant(seat=seat, reason="Kosong", actor=secretary, at=AT)
    assert Role.CHAIR in roles(holder_of(kept), other)
