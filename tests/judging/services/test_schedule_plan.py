"""Many interviews in one act: swapping places, refusals that change nothing, and taking a change back."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from judging.models import Attendance, ChangeKind, Interview, Presence, ScheduleChange
from judging.selectors.schedule_plans import plan_of, read, written
from judging.services import schedule as single
from judging.services.schedule_plan import NothingToUndo, apply_plan, undo_change
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make.make_rules(round, min_scores=3)
    found = {"round": round, "actor": make_user(Role.SECRETARIAT, round=round), "seats": make.make_panel(round, 3)}
    found["room"] = make.make_room(round)
    for name, code, hours in (("one", "53.01", 0), ("two", "53.02", 1)):
        found[name] = make_nomination(category, region_code=code)
        start = AT + hours * HOUR
        single.place_interview(
            nomination=found[name], room=found["room"], starts_at=start, ends_at=start + HOUR / 2,
            seats=found["seats"], actor=found["actor"], at=AT,
        )  # fmt: skip
    found["third"] = make_nomination(category, region_code="53.03")
    return found


def swapped(world):
    before = plan_of(world["round"])
    one, two = (before[world[name].pk] for name in ("one", "two"))
    return before, {
        one.nomination: replace(one, starts_at=two.starts_at, ends_at=two.ends_at),
        two.nomination: replace(two, starts_at=one.starts_at, ends_at=one.ends_at),
    }


def apply(world, before, after, **given):
    given = {"round": world["round"], "kind": ChangeKind.TAKEN, "actor": world["actor"], "at": AT} | given
    return apply_plan(before=before, after=after, **given)


def test_two_interviews_change_places_keep_their_rows_and_leave_one_event(world):
    rows = dict(Interview.objects.values_list("nomination", "pk"))
    Attendance.objects.filter(seat=world["seats"][0]).update(presence=Presence.PRESENT)
    before, after = swapped(world)
    change = apply(world, before, after)
    assert plan_of(world["round"]) == after
    assert dict(Interview.objects.values_list("nomination", "pk")) == rows
    assert Attendance.objects.filter(presence=Presence.PRESENT).count() == 2
    assert (read(change.before), read(change.after)) == (before, after)
    event = AuditEvent.objects.order_by("-seq").first()
    assert (event.action, event.chain) == ("schedule.changed", world["round"].scope)
    assert json.loads(event.payload)["interviews"] == sorted(world[name].number for name in ("one", "two"))


def test_undoing_puts_everything_back_and_happens_once(world):
    before, after = swapped(world)
    change = apply(world, before, after)
    undone = undo_change(change=change, actor=world["actor"], at=AT)
    assert plan_of(world["round"]) == before
    assert undone.undoes == change
    for again in (change, undone):
        with pytest.raises(NothingToUndo):
            undo_change(change=again, actor=world["actor"], at=AT)


def test_each_act_by_hand_can_be_undone(world):
    before = plan_of(world["round"])
    interview = Interview.objects.get(nomination=world["one"])
    single.cancel_interview(interview=interview, expected_version=1, actor=world["actor"], at=AT)
    change = ScheduleChange.objects.order_by("-number").first()
    assert change.kind == ChangeKind.CANCELLED
    undo_change(change=change, actor=world["actor"], at=AT)
    assert plan_of(world["round"]) == before


def test_what_the_rules_forbid_is_refused_as_a_whole(world):
    before, after = swapped(world)
    one = after[world["one"].pk]
    third = replace(one, nomination=world["third"].pk, seats=())
    events = AuditEvent.objects.count()
    with pytest.raises(single.InterviewRefused):
        apply(world, before, after | {third.nomination: third})
    assert plan_of(world["round"]) == before
    assert AuditEvent.objects.count() == events


def test_a_stale_page_a_locked_and_a_held_interview_are_refused(world):
    before, after = swapped(world)
    stale = {key: replace(one, starts_at=one.starts_at - HOUR) for key, one in before.items()}
    with pytest.raises(single.InterviewChangedMeanwhile):
        apply(world, stale, after)
    Interview.objects.filter(nomination=world["one"]).update(is_locked=True)
    with pytest.raises(single.InterviewIsLocked):
        apply(world, before, after)
    Interview.objects.filter(nomination=world["one"]).update(is_locked=False, state="held")
    with pytest.raises(single.InterviewIsOver):
        apply(world, before, after)


def test_whoever_does_not_schedule_is_refused(world):
    before, after = swapped(world)
    with pytest.raises(NotPermitted):
        apply(world, before, after, actor=make_user(Role.AUDITOR, round=world["round"]))


def test_a_plan_is_kept_as_written(world):
    plan = plan_of(world["round"])
    assert read(written(plan)) == plan
