"""Conflicts of interest."""

from datetime import timedelta

import pytest

from judging.models import Office, RecusalState
from judging.services import recusals
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.panel import holder_of, make_member, make_panel, make_recusal, make_seat
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    round = make_round(state=State.SCORING)
    chair, secretary, member = make_panel(round)[:3]
    return round, make_nomination(make_category(round)), chair, secretary, member


def declare(seat, nomination, actor, reason="Komisaris di sana (contoh)"):
    return recusals.declare_recusal(seat=seat, nomination=nomination, reason=reason, actor=actor, at=AT)


def settle(recusal, actor, *, confirmed=True, reason=""):
    return recusals.settle_recusal(recusal=recusal, confirmed=confirmed, reason=reason, actor=actor, at=AT)


def test_declare_recusal_by_the_holder_stands_at_once(world):
    round, nomination, _, _, member = world
    recusal = declare(member, nomination, holder_of(member))
    event = AuditEvent.objects.get(chain=round.scope)
    assert (recusal.state, recusal.seat, recusal.declared_at) == (RecusalState.DECLARED, member, AT)
    assert event.action == "recusal.declared"
    assert '"after_submission":false' in event.payload


def test_declare_recusal_refusals_change_nothing(world):
    round, nomination, chair, _, member = world
    other = make_nomination(make_category(make_round(region_code="52", state=State.SCORING)))
    actor = holder_of(member)
    cases = [
        (recusals.NotOwnSeat, chair, nomination, "x"),
        (recusals.NominationElsewhere, member, other, "x"),
        (recusals.RecusalReasonMissing, member, nomination, "  "),
    ]
    for error, seat, target, reason in cases:
        with pytest.raises(error):
            declare(seat, target, actor, reason)
    assert not AuditEvent.objects.filter(chain=round.scope).exists()


def test_declare_recusal_twice_is_refused_but_again_after_it_was_declined(world):
    _, nomination, _, secretary, member = world
    first = declare(member, nomination, holder_of(member))
    with pytest.raises(recusals.RecusalStands):
        declare(member, nomination, holder_of(member))
    settle(first, holder_of(secretary), confirmed=False, reason="Sudah berakhir 2019")
    assert declare(member, nomination, holder_of(member)).pk != first.pk


def test_declare_recusal_needs_the_seat_today_and_an_open_round(world):
    round, nomination, _, _, member = world
    actor = holder_of(member)
    member.seatings.update(ends_on="2025-06-23")
    with pytest.raises(recusals.NotOwnSeat):
        declare(member, nomination, actor)
    with pytest.raises(NotPermitted):
        declare(member, nomination, make_user(Role.SECRETARIAT, round=round))
    round.state = State.PLENARY
    round.save()
    with pytest.raises(NotPermitted):
        declare(member, nomination, actor)


def test_settle_recusal_by_the_secretarys_seat_or_the_secretariat(world):
    round, nomination, chair, secretary, member = world
    confirmed = settle(make_recusal(member, nomination), holder_of(secretary))
    declined = settle(
        make_recusal(chair, nomination), make_user(Role.SECRETARIAT, round=round), confirmed=False, reason="Tidak ada"
    )
    assert (confirmed.state, confirmed.settled_at) == (RecusalState.CONFIRMED, AT)
    assert (declined.state, declined.settled_reason) == (RecusalState.DECLINED, "Tidak ada")
    events = AuditEvent.objects.filter(chain=round.scope).order_by("seq")
    assert [event.action for event in events] == ["recusal.confirmed", "recusal.declined"]


def test_settle_recusal_never_by_the_declarer(world):
    _, nomination, _, secretary, _ = world
    recusal = make_recusal(secretary, nomination)
    with pytest.raises(recusals.OwnRecusal):
        settle(recusal, holder_of(secretary))
    recusal.refresh_from_db()
    assert recusal.state == RecusalState.DECLARED


def test_settle_recusal_refusals(world):
    _, nomination, chair, secretary, member = world
    recusal = make_recusal(member, nomination)
    with pytest.raises(NotPermitted):
        settle(recusal, holder_of(chair))
    with pytest.raises(recusals.RecusalReasonMissing):
        settle(recusal, holder_of(secretary), confirmed=False)
    settle(recusal, holder_of(secretary))
    with pytest.raises(recusals.RecusalSettled):
        settle(recusal, holder_of(secretary))


def test_another_provinces_secretarys_seat_settles_nothing(world):
    _, nomination, _, _, member = world
    recusal = make_recusal(member, nomination)
    seat = make_seat(make_round(region_code="52", state=State.SCORING), "bpjs", office=Office.SECRETARY)
    with pytest.raises(NotPermitted):
        settle(recusal, make_member(seat).user)


@pytest.mark.parametrize(("days", "may"), [(-1, False), (0, True), (1, False)])
def test_settle_recusal_by_who_holds_the_secretarys_seat_that_day(world, days, may):
    _, nomination, _, secretary, member = world
    person, today = holder_of(secretary), AT.date()
    secretary.seatings.update(starts_on=today, ends_on=today)
    recusal = make_recusal(member, nomination)
    told = {"recusal": recusal, "confirmed": True, "actor": person, "at": AT + timedelta(days=days)}
    if may:
        assert recusals.settle_recusal(**told).settled_by == person
    else:
        with pytest.raises(NotPermitted):
            recusals.settle_recusal(**told)
