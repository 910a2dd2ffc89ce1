"""A practice round: opened in one act, once; its people are those of the round that counts; nothing of it counts."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from judging.models import Attendance, Interview, RubricVersion, RuleSet, ScheduleRelease, Seating, Sheet
from judging.selectors.forwarding import national_round_of
from judging.selectors.public_check import Answer, checked_by_checksum, checked_by_code
from judging.selectors.sheets import SheetAddress, address_of
from judging.services import scores
from judging.services.documents import issue_all
from judging.services.panels import declare_vacant, seat_person, substitute
from judging.services.plenary import open_plenary
from judging.services.practice import PracticeNotReady, open_practice
from judging.services.rounds import NoSuchStep, advance_round
from nominees.core.facts import BusinessFacts
from nominees.core.lifecycle import State
from nominees.models import BusinessProfile, CountedIndicator, Nomination, Nominee, Round
from nominees.selectors.administration import every_round
from nominees.selectors.rounds import practice_beside, roles_in, round_at, rounds_visible_to
from nominees.services.nominations import BusinessKnownElsewhere, nominate
from nominees.services.rounds import RoundExists, create_round
from nominees.web.people_forms import RoleForm
from paritrana.accounts.models import Role, RoleGrant
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from paritrana.regions.models import RegionKind
from tests.factories.awards import make_decided_round, make_document
from tests.factories.practice import Practising, make_practising
from tests.factories.publications import make_publication
from tests.factories.sheet_workbooks import make_handed
from tests.factories.sheets import make_rubric, make_rules, make_seat
from tests.factories.world import AT, make_category, make_region, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Practising:
    return make_practising()


def events(practice: Round) -> list[str]:
    return list(AuditEvent.objects.filter(chain=practice.scope).order_by("seq").values_list("action", flat=True))


def test_opening_copies_the_setup_and_begins_in_scoring(world: Practising) -> None:
    practice = world.open()
    assert (practice.scope, practice.state, practice.practice) == ("2024/53-latihan-1", State.SCORING, 1)
    assert (practice.region, practice.level, practice.time_zone) == (
        world.round.region,
        world.round.level,
        world.round.time_zone,
    )
    # What has no rubric cannot be scored.
    assert [(one.code, one.sector, one.sizes) for one in practice.categories.all()] == [
        ("pemda", "", []),
        ("usaha", "trade", ["small"]),
        ("kecil", "", ["micro"]),
    ]
    hashes = [
        RubricVersion.objects.filter(rubric__round=one).values_list("rubric__code", "content_hash")
        for one in (practice, world.round)
    ]
    assert set(hashes[0]) == set(hashes[1])
    assert not RubricVersion.objects.filter(rubric__round=practice, locked_at=None).exists()
    rules = [RuleSet.objects.get(round=one) for one in (practice, world.round)]
    assert rules[0].content_hash == rules[1].content_hash
    assert list(practice.pools.get().categories.values_list("code", flat=True)) == ["usaha", "kecil"]
    assert list(practice.seats.get(position=2).own_categories.values_list("code", "round")) == [("usaha", practice.pk)]
    sat = [
        Seating.objects.filter(round=one).values_list("seat__code", "user", "name") for one in (practice, world.round)
    ]
    assert list(sat[0]) == list(sat[1])


def test_nominees_are_invented_marked_and_met_today_and_tomorrow(world: Practising) -> None:
    practice = world.open()
    found = Nomination.objects.filter(round=practice).select_related("nominee", "category")
    assert [one.category.code for one in found] == ["pemda"] * 3 + ["usaha"] * 3 + ["kecil"] * 3
    assert all("(contoh)" in one.nominee.name and one.nominee.is_practice for one in found)
    assert BusinessProfile.objects.filter(nominee__is_practice=True).values("nib").distinct().count() == 6
    # The counts that computed criteria need are there.
    assert CountedIndicator.objects.filter(nomination__round=practice).count() == 6
    interviews = Interview.objects.filter(round=practice).order_by("starts_at")
    days = [one.starts_at.astimezone(practice.zone).date() for one in interviews]
    assert (practice.interviews_from, practice.interviews_until) == (days[0], days[-1])
    assert [days.count(day) for day in sorted(set(days))] == [5, 4]
    assert days[0] == AT.astimezone(practice.zone).date()
    assert Attendance.objects.filter(interview__round=practice).count() == 9 * 3


def test_its_schedule_is_released_at_once_and_nobody_is_written_to(world: Practising) -> None:
    made = ScheduleRelease.objects.get(round=world.open())
    assert (made.interviews.count(), made.notices.exists()) == (9, False)


def test_the_day_is_that_of_the_rounds_zone(world: Practising) -> None:
    practice = world.open(at=datetime(2025, 6, 24, 17, tzinfo=UTC))  # 25 June, 01.00 WITA
    assert str(practice.interviews_from) == "2025-06-25"


def test_opening_is_told_in_both_chains(world: Practising) -> None:
    practice = world.open()
    assert events(practice) == ["practice.opened", "schedule.released"]
    event = AuditEvent.objects.get(chain=world.round.scope)
    assert (event.action, event.actor, event.object_label) == ("practice.opened", world.secretary, str(practice))
    told = json.loads(event.payload)
    assert (told["scope"], told["nominees"]) == ("2024/53-latihan-1", 9)
    assert told["seats"] == ["unsur-1", "unsur-2", "unsur-3"]


def test_second_click_on_open_makes_no_second_one(world: Practising) -> None:
    first = world.open()
    assert world.open() == first
    assert Round.objects.filter(practice__gt=0).get() == first
    assert events(first) == ["practice.opened", "schedule.released"]


def test_a_fresh_one_closes_the_old_one_and_keeps_it(world: Practising) -> None:
    old = world.open()
    handed = make_handed(old.seatings.first(), world.secretary)
    fresh = world.open(instead_of=1)
    # The second click names one that is closed by now.
    assert world.open(instead_of=1) == fresh
    old.refresh_from_db()
    assert (old.state, fresh.practice, fresh.state) == (State.CLOSED, 2, State.SCORING)
    assert practice_beside(world.round) == fresh
    handed.refresh_from_db()
    assert (handed.state, handed.content) == ("lapsed", None)
    assert events(old) == ["practice.opened", "schedule.released", "workbook.lapsed", "practice.closed"]
    assert old.nominations.count() == fresh.nominations.count() == 9
    for person in (world.secretary, world.member):
        assert list(rounds_visible_to(person)) == [world.round, fresh]
        assert roles_in(person, old)


def test_the_national_round_practises_too() -> None:
    make_region()
    world = make_practising(region_code=None)
    practice = world.open(actor=make_user(Role.NATIONAL_SECRETARIAT, round=world.round))
    assert practice.scope == "2024/nasional-latihan-1"
    assert round_at(year=2024, scope="nasional-latihan-1") == practice
    assert round_at(year=2024, scope="nasional") == world.round
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=practice.pk).update(practice=0)


@pytest.mark.parametrize("lacking", ["rules", "rubric", "people"])
def test_nothing_to_practise_with(lacking: str) -> None:
    round = make_round(state=State.NOMINATION)
    if lacking != "rules":
        make_rules(round)
    if lacking != "rubric":
        make_rubric(make_category(round))
    if lacking != "people":
        make_seat(round, 1)
    with pytest.raises(PracticeNotReady):
        open_practice(round=round, actor=make_user(Role.SECRETARIAT, round=round), at=AT)
    assert not Round.objects.filter(practice__gt=0).exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("state", State)
def test_secretariat_opens_until_the_plenary(world: Practising, state: State) -> None:
    Round.objects.update(state=state)
    if state in (State.PREPARATION, State.NOMINATION, State.SCORING):
        assert world.open().practice == 1
        return
    with pytest.raises(NotPermitted) as refusal:
        world.open()
    assert refusal.value.facts["reason"] == "not_in_this_state"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT}))
def test_nobody_else_opens(world: Practising, role: Role) -> None:
    with pytest.raises(NotPermitted):
        world.open(actor=make_user(role, round=world.round))


def test_no_practice_beside_practice(world: Practising) -> None:
    with pytest.raises(NotPermitted) as refusal:
        world.open(round=world.open())
    assert refusal.value.facts["reason"] == "not_in_practice"


def test_members_score_with_the_grant_they_have(world: Practising) -> None:
    practice = world.open()
    nomination = practice.nominations.get(number=1)
    assert address_of(nomination) == SheetAddress(2024, "53-latihan-1", 1)
    common: dict[str, Any] = {"entries": {"komitmen": "80", "inovasi": "3"}, "expected_revision": 0, "at": AT}
    scores.submit_sheet(address=address_of(nomination), request_key="kunci-latihan", actor=world.member, **common)
    assert Sheet.objects.get().round == practice
    world.open(instead_of=1)
    with pytest.raises(NotPermitted):
        scores.save_draft(
            address=address_of(practice.nominations.get(number=2)),
            request_key="kunci-lama",
            actor=world.member,
            **common,
        )
    assert Sheet.objects.get().closed_at == AT  # a save that asked for its round before still meets this


def test_who_has_no_part_in_practice_has_no_role_there(world: Practising) -> None:
    practice = world.open()
    for role in (Role.AUDITOR, Role.ORGANISER, Role.PLATFORM_ADMIN):
        person = make_user(role, round=world.round)
        assert list(rounds_visible_to(person)) == [world.round]
        assert roles_in(person, practice) == frozenset()
    elsewhere = make_round(region_code="52")
    for role in Role:
        if role != Role.PLATFORM_ADMIN:
            assert roles_in(make_user(role, round=elsewhere), practice) == frozenset()
    assert list(every_round()) == [elsewhere, world.round]
    assert set(RoleForm().fields["round"].queryset) == {elsewhere, world.round}  # type: ignore[attr-defined]


def test_practice_gives_and_ends_no_role(world: Practising) -> None:
    practice = world.open()
    seat = practice.seats.get(position=2)
    before = list(RoleGrant.objects.values_list())
    facts: dict[str, Any] = {"seat": seat, "actor": world.secretary, "at": AT}
    person = {"user": make_user(), "name": "Orang lain (contoh)", "starts_on": AT.date() + timedelta(days=1)}
    for act in (
        lambda: substitute(**facts, **person, reason="cuti"),
        lambda: seat_person(**facts, **person),
        lambda: declare_vacant(**facts, reason="cuti"),
    ):
        with pytest.raises(NotPermitted) as refusal:
            act()
        assert refusal.value.facts["reason"] == "not_in_practice"
    assert list(RoleGrant.objects.values_list()) == before


def test_no_result_comes_of_it(world: Practising) -> None:
    practice = world.open()
    with pytest.raises(NotPermitted) as refusal:
        open_plenary(round=practice, place="Kupang", actor=world.chair, at=AT)
    assert refusal.value.facts["reason"] == "not_in_practice"
    with pytest.raises(NoSuchStep):
        advance_round(round=practice, target=State.CLOSED, actor=world.secretary, at=AT)
    # Not even from a state that it cannot reach.
    for state in (State.DECIDED, State.ANNOUNCED):
        Round.objects.filter(pk=practice.pk).update(state=state)
        with pytest.raises(NotPermitted):
            issue_all(round=practice, actor=world.secretary, at=AT)


def test_the_public_check_knows_no_paper_of_it() -> None:
    round = make_decided_round((90, 80), state=State.ANNOUNCED)
    document = make_document(round.awards.order_by("place")[0])
    make_publication(round)
    assert checked_by_code(document.check_code, AT).answer == Answer.GENUINE
    Round.objects.filter(pk=round.pk).update(practice=1)
    assert checked_by_code(document.check_code, AT).answer == Answer.UNKNOWN
    assert checked_by_checksum(document.sha256, AT).answer == Answer.UNKNOWN


def test_winners_go_to_the_national_round_that_counts(world: Practising) -> None:
    make_round(region_code=None)
    Round.objects.filter(region=None).update(practice=1)
    assert national_round_of(world.round) is None
    national = make_round(region_code=None)
    assert national_round_of(world.round) == national


def test_invented_nominees_are_nobody_for_a_round_that_counts(world: Practising) -> None:
    region = make_region("53.01", "Kabupaten Kupang", RegionKind.REGENCY)
    practice = world.open()
    Round.objects.filter(pk=world.round.pk).update(state=State.NOMINATION)
    told: dict[str, Any] = {"region": region, "actor": world.secretary, "at": AT}
    real = nominate(category=world.categories[0], **told)
    assert (real.nominee.name, real.nominee.is_practice) == ("Kabupaten Kupang", False)
    assert Nominee.objects.filter(kind="government", region=region, is_practice=True).count() == 3
    invented = practice.nominations.get(number=4).nominee
    facts = {
        "legal_name": invented.name,
        "sector": "trade",
        "size_class": "small",
        "kbli": "47111",
        "bpjs_number": "00000017",
    }
    # The same name is free, the number of an invented business is not.
    nominate(
        category=world.categories[1], business=BusinessFacts(name=invented.name, nib="8120000000017", **facts), **told
    )
    with pytest.raises(BusinessKnownElsewhere):
        nominate(
            category=world.categories[1],
            business=BusinessFacts(name="Lain", nib=invented.business.nib, **facts),
            **told,
        )


def test_a_province_has_one_round_that_counts(world: Practising) -> None:
    practice = world.open()
    with pytest.raises(RoundExists):
        create_round(
            edition=practice.edition,
            region=practice.region,
            time_zone=practice.time_zone,
            city="Kupang",
            actor=make_user(Role.PLATFORM_ADMIN),
            at=AT,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Round.objects.filter(pk=practice.pk).update(practice=0)
