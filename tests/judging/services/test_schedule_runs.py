"""Computed schedules: asked for, computed, stopped, lost, taken or refused.

Long, because a run is followed through every way in which it can end.
"""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from django_tasks import default_task_backend

from judging.core.scheduling.greedy import greedy
from judging.models import (
    Attendance,
    ChangeKind,
    Interview,
    InterviewSession,
    InterviewState,
    NomineePlan,
    RunKind,
    RunState,
    RunStatus,
    ScheduleMaterial,
    ScheduleRun,
)
from judging.selectors.schedule_plans import plan_of
from judging.selectors.schedule_runs import LEASE, is_unattended, problem_asked, proposal_of, state_of, status_of
from judging.services import schedule_computing as computing
from judging.services import schedule_progress as progress
from judging.services import schedule_runs as services
from judging.services.schedule import (
    InterviewIsLocked,
    InterviewNeedsConfirmation,
    InterviewRefused,
    cancel_interview,
    place_interview,
)
from judging.services.schedule_plan import undo_change
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.background import leaving
from paritrana.kernel.verdict import NotPermitted
from tests.factories.schedule import THURSDAY, TUESDAY, WEDNESDAY, make_absence, make_prepared
from tests.factories.world import AT, make_nomination, make_user

pytestmark = pytest.mark.django_db
SECOND, HOUR = timedelta(seconds=1), timedelta(hours=1)
#: Tests that the solver itself answers.
REAL = {
    "test_an_empty_draft_gets_a_schedule_proved_best_and_taken_in_one_act",
    "test_what_does_not_fit_is_explained",
    "test_a_seat_that_nobody_holds_any_more_sits_nowhere_ahead",
    "test_what_has_begun_stays_though_it_breaks_a_rule_by_now",
    "test_whoever_was_to_be_met_on_a_day_that_is_lost_goes_to_another",
}
#: The evening before the first interview day.
BEFORE = AT - timedelta(days=1)


def greedy_alone(problem, terms, start=()):
    """The first schedule that the solver would find, or the one it starts from; nothing is proved."""
    answer = greedy(problem, seed=terms.seed)
    kept = replace(answer, placements=tuple(start)) if len(start) == len(problem.nominees) else answer
    terms.found(kept)
    return kept


@pytest.fixture(autouse=True)
def quick(monkeypatch, request):
    """Nobody waits for half a second or for a proof, and a reason is found at once here."""
    if request.function.__name__ not in REAL:
        monkeypatch.setattr(computing, "solve", greedy_alone)
    monkeypatch.setattr(computing, "TICK", 0.01)
    monkeypatch.setattr(computing, "REASON", (2, 2))
    default_task_backend.clear()


@pytest.fixture
def world():
    return make_prepared()


def start(world, kind=RunKind.SOLVE, at=BEFORE, **options):
    given = {"seconds": 2, "seed": 0, "actor": world.secretary} | {
        key: options.pop(key) for key in ("seconds", "seed", "actor") if key in options
    }
    return services.start_run(round=world.round, kind=kind, options=options, at=at, **given)


def computed(run, at=BEFORE):
    computing.compute(run.pk, now=lambda: at)
    run.refresh_from_db()
    return run


def place(world, nomination, hours=0, seats=None):
    starts = AT + hours * HOUR
    return place_interview(
        nomination=nomination, room=world.room, starts_at=starts, ends_at=starts + HOUR / 2,
        seats=world.seats if seats is None else seats, actor=world.secretary, at=BEFORE,
    )  # fmt: skip


def take(world, run, at=BEFORE, **given):
    return services.take_run(run=run, at=at, **{"actor": world.secretary} | given)


def last_event():
    event = AuditEvent.objects.order_by("-pk").first()
    return event.action, json.loads(event.payload)


def test_a_run_keeps_the_problem_and_asks_for_a_task_in_one_event(world):
    run = start(world, afresh=True)
    assert (run.number, run.state, run.asked_by) == (1, RunState.WAITING, world.secretary)
    assert [one.id for one in problem_asked(run).nominees] == [str(world.one.number), str(world.two.number)]
    assert [(task.task.name, task.kwargs) for task in default_task_backend.results] == [
        ("compute_schedule", {"run": run.pk})
    ]
    action, payload = last_event()
    assert (action, payload["number"], payload["afresh"]) == ("schedule.computing_asked", 1, True)


def test_one_run_at_a_time_and_a_lost_one_stands_in_nobodys_way(world):
    first = start(world)
    with pytest.raises(services.ComputingAlready):
        start(world)
    progress.begin_run(run=first.pk, at=BEFORE)
    with pytest.raises(services.ComputingAlready):
        start(world, at=BEFORE + LEASE)
    second = start(world, at=BEFORE + LEASE + SECOND)
    first.refresh_from_db()
    assert (first.state, first.error, second.number) == (RunState.FAILED, "worker_lost", 2)


@pytest.mark.parametrize("kind", [RunKind.SOLVE, RunKind.REPAIR])
def test_whoever_was_to_be_met_on_a_day_that_is_lost_goes_to_another(world, kind):
    place(world, world.one)
    place(world, world.two, hours=24)
    InterviewSession.objects.filter(day=WEDNESDAY).delete()
    run = computed(start(world, kind, at=AT), at=AT)
    assert (run.state, run.unplaced) == (RunState.DONE, {})
    take(world, run, at=AT)
    assert {one.starts_at.astimezone(world.round.zone).date() for one in Interview.objects.all()} == {TUESDAY}


@pytest.mark.parametrize("kind", [RunKind.SOLVE, RunKind.REPAIR])
def test_a_seat_that_nobody_holds_any_more_sits_nowhere_ahead(world, kind):
    place(world, world.one, hours=24)
    world.seats[0].seatings.update(ends_on=BEFORE)
    run = computed(start(world, kind))
    assert run.state == RunState.DONE
    take(world, run)
    assert not Attendance.objects.filter(seat=world.seats[0]).exists()


@pytest.mark.parametrize("kind", [RunKind.SOLVE, RunKind.REPAIR])
def test_what_has_begun_stays_though_it_breaks_a_rule_by_now(world, kind):
    begun = place(world, world.one)
    InterviewSession.objects.filter(day=TUESDAY).delete()
    run = computed(start(world, kind, at=AT + HOUR), at=AT + HOUR)
    assert run.state == RunState.DONE
    take(world, run, at=AT + HOUR)
    assert Interview.objects.get(pk=begun.pk).starts_at == AT
    assert Interview.objects.filter(nomination=world.two).exists()


def test_who_did_not_come_and_is_in_the_running_again_stands_in_no_schedules_way(world):
    place(world, world.one)
    Interview.objects.update(state=InterviewState.NO_SHOW)
    run = computed(start(world, afresh=True))
    take(world, run)
    assert plan_of(world.round).keys() == {world.two.pk}


def test_nothing_is_computed_without_a_day_or_within_no_time(world):
    InterviewSession.objects.all().delete()
    with pytest.raises(services.NothingToCompute):
        start(world)
    for wrong in ({"seconds": 0}, {"seconds": services.LONGEST + 1}, {"seed": -1}):
        with pytest.raises(ValueError, match="seconds"):
            start(world, **wrong)
    assert not ScheduleRun.objects.exists()


def test_only_who_schedules_asks_stops_and_takes(world):
    run = start(world)
    auditor = make_user(Role.AUDITOR, round=world.round)
    with pytest.raises(NotPermitted):
        start(world, actor=auditor)
    with pytest.raises(NotPermitted):
        services.stop_run(run=run, actor=auditor, at=BEFORE)
    with pytest.raises(NotPermitted):
        take(world, run, actor=auditor)


def test_an_empty_draft_gets_a_schedule_proved_best_and_taken_in_one_act(world):
    run = computed(start(world, seconds=30))
    assert (run.state, run.status, run.unplaced) == (RunState.DONE, RunStatus.FEASIBLE, {})
    assert run.bound == run.total
    assert list(run.steps.values_list("number", flat=True)) == list(range(1, run.steps.count() + 1))
    assert run.steps.last().total == run.total == sum(run.costs["weighted"].values())
    assert last_event()[0] == "schedule.computing_finished"
    change = take(world, run)
    assert (change.kind, change.run) == (ChangeKind.TAKEN, run)
    assert set(plan_of(world.round)) == {world.one.pk, world.two.pk}
    assert plan_of(world.round) == dict(proposal_of(run).after)
    assert last_event() == ("schedule.changed", last_event()[1] | {"run": 1})


def test_what_was_taken_is_taken_once_and_again_after_an_undo(world):
    run = computed(start(world))
    change = take(world, run)
    with pytest.raises(services.NothingToTake):
        take(world, run)
    undo_change(change=change, actor=world.secretary, at=BEFORE)
    assert take(world, run).number == 3


def test_the_present_draft_stays_where_nothing_better_is_to_be_had(world):
    for hours, nomination in enumerate((world.one, world.two)):
        place(world, nomination, hours)
    run = computed(start(world))
    assert run.status == RunStatus.FEASIBLE
    assert not proposal_of(run).changed
    assert run.options["afresh"] is False
    with pytest.raises(services.NothingToTake):
        take(world, run)


def test_afresh_the_present_places_count_nothing(world):
    place(world, world.one, 30)
    problem = problem_asked(start(world, afresh=True))
    assert {problem.weights.get(name, 0) for name in ("move", "room_change", "panel_diff")} == {0}
    assert len(problem.baseline) == 1


def test_a_locked_interview_and_what_has_begun_stay(world):
    locked, begun = place(world, world.one, 24), place(world, world.two)
    Interview.objects.filter(pk=locked.pk).update(is_locked=True)
    at = begun.starts_at + SECOND
    third = make_nomination(world.category, region_code="53.03")
    run = computed(start(world, afresh=True, at=at), at)
    found = proposal_of(run)
    assert found.changed == {third.pk}
    assert found.after[third.pk].starts_at > at


def test_changed_meanwhile_names_who_and_what_is_left_alone_may_change(world):
    first = place(world, world.one)
    run = computed(start(world))
    third = make_nomination(world.category, region_code="53.03")
    place(world, third, 26)
    assert set(proposal_of(run).changed) >= {world.two.pk}
    place(world, world.two, 28)
    with pytest.raises(services.DraftChangedMeanwhile) as refused:
        take(world, run)
    assert str(world.two) in refused.value.facts["nominees"]
    assert Interview.objects.get(pk=first.pk).starts_at == first.starts_at


def test_what_time_has_overtaken_is_refused(world):
    run = computed(start(world))
    late = max(one.starts_at for one in proposal_of(run).after.values())
    with pytest.raises(services.ComputedForThePast):
        take(world, run, at=late)


def test_what_it_counts_on_is_gone_or_locked_or_forbidden_since(world):
    first = place(world, world.one, 30)
    run = computed(start(world, afresh=True))
    Interview.objects.filter(pk=first.pk).update(is_locked=True)
    assert world.one.pk in proposal_of(run).changed
    with pytest.raises(InterviewIsLocked):
        take(world, run)
    Interview.objects.filter(pk=first.pk).update(is_locked=False)
    for seat in world.seats:
        for day in (TUESDAY, WEDNESDAY):
            make_absence(seat, day, 0, 1440)
    with pytest.raises(InterviewRefused):
        take(world, run)
    cancel_interview(interview=Interview.objects.get(), expected_version=1, actor=world.secretary, at=BEFORE)
    Interview.objects.all().delete()
    world.room.name = "Ruang lain"
    world.room.save()
    with pytest.raises(services.ComputedFromOther):
        take(world, run)


def test_rules_that_ask_for_a_word_ask_for_it_here_too(world):
    run = computed(start(world))
    ScheduleMaterial.objects.update(levels={"member_unavailable": "confirm"})
    for day in (TUESDAY, WEDNESDAY):
        make_absence(world.seats[0], day, 0, 1440)
    with pytest.raises(InterviewNeedsConfirmation):
        take(world, run)
    assert take(world, run, confirmed={"member_unavailable"}).kind == ChangeKind.TAKEN


def test_stopping_keeps_the_best_and_ends_what_waits_at_once(world):
    waiting = services.stop_run(run=start(world), actor=world.secretary, at=BEFORE)
    assert (waiting.state, waiting.placements) == (RunState.DONE, "")
    computed(waiting)  # the task comes too late and does nothing
    with pytest.raises(services.ComputingIsOver):
        services.stop_run(run=waiting, actor=world.secretary, at=BEFORE)
    run = start(world, seconds=60)
    calls = iter([lambda: None, lambda: services.stop_run(run=run, actor=world.secretary, at=BEFORE)])

    def now():
        next(calls, lambda: None)()
        return BEFORE

    computing.compute(run.pk, now=now)
    run.refresh_from_db()
    assert (run.state, run.stop_asked_at, bool(run.placements)) == (RunState.DONE, BEFORE, True)
    with pytest.raises(services.NothingToTake):
        take(world, waiting)


def test_a_worker_that_leaves_keeps_what_it_has(world):
    run = start(world)
    leaving.set()
    try:
        computed(run)
    finally:
        leaving.clear()
    assert (run.state, run.error) == (RunState.FAILED, "worker_stopped")


def test_a_lost_worker_leaves_something_to_take_and_writes_no_more(world):
    run = start(world)
    done = computed(run)
    ScheduleRun.objects.filter(pk=run.pk).update(state=RunState.RUNNING, status="", finished_at=None)
    run.refresh_from_db()
    later = BEFORE + LEASE + SECOND
    with pytest.raises(services.NothingToTake):
        take(world, run)
    assert (state_of(run, at=later), status_of(run)) == (RunState.FAILED, RunStatus.FEASIBLE)
    assert take(world, run, at=later).run == done
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.FAILED, "worker_lost")
    with pytest.raises(progress.RunGivenUp):
        progress.beat(run=run.pk, at=later)


def test_a_worker_takes_up_what_waits_and_ends_what_was_lost(world):
    run = start(world)
    services.take_up_runs(at=BEFORE)
    assert len(default_task_backend.results) == 2
    assert is_unattended(run, at=BEFORE + 11 * SECOND)
    assert not is_unattended(run, at=BEFORE + 9 * SECOND)
    progress.begin_run(run=run.pk, at=BEFORE)
    services.take_up_runs(at=BEFORE + LEASE + SECOND)
    run.refresh_from_db()
    assert (run.state, run.error) == (RunState.FAILED, "worker_lost")
    assert last_event()[1]["error"] == "worker_lost"


def test_what_does_not_fit_is_explained(world):
    NomineePlan.objects.create(nomination=world.one, arrives_on=THURSDAY, arrives_at=0)
    run = computed(start(world))
    assert (run.state, run.status) == (RunState.DONE, RunStatus.INFEASIBLE)
    (reason,) = [one for one in json.loads(run.explanation) if one["type"] == "nominee_availability"]
    assert reason["nominee"] == str(world.one.number)
    alone = computed(start(world, RunKind.EXPLAIN))
    assert alone.explanation == run.explanation
    with pytest.raises(services.NothingToTake):
        take(world, alone)


def test_a_repair_moves_only_who_has_to(world):
    place(world, world.one)
    place(world, world.two, 1)
    for seat in world.seats[:2]:
        make_absence(seat, TUESDAY, 540, 600)
    run = computed(start(world, RunKind.REPAIR))
    assert (run.state, run.status, run.costs["fewest"]) == (RunState.DONE, RunStatus.FEASIBLE, True)
    found = proposal_of(run)
    moved = {one for one in found.changed if found.before[one].starts_at != found.after[one].starts_at}
    assert len(moved) == 1
    take(world, run)


def test_a_repair_that_keeps_today_leaves_it_alone(world):
    first = place(world, world.one, 2)
    for seat in world.seats[:2]:
        make_absence(seat, TUESDAY, 600, 720)
    at = first.starts_at - HOUR
    run = computed(start(world, RunKind.REPAIR, at=at, keep_today=True), at)
    found = proposal_of(run)
    assert world.one.pk not in found.changed
    assert found.after[world.two.pk].starts_at.date() == WEDNESDAY


@pytest.mark.parametrize("afresh", [True, False])
def test_a_schedule_that_keeps_today_neither_moves_nor_places_anything_there(world, afresh):
    first = place(world, world.one, 2)
    run = computed(start(world, at=AT, afresh=afresh, keep_today=True), at=AT)
    found = proposal_of(run)
    assert found.changed == {world.two.pk}
    assert found.after[world.two.pk].starts_at.astimezone(world.round.zone).date() == WEDNESDAY
    assert {one.nominee for one in problem_asked(run).pins} == {str(world.one.number)}
    take(world, run, at=AT)
    first.refresh_from_db()
    assert first.starts_at == AT + 2 * HOUR


@pytest.mark.parametrize("kind", [RunKind.SOLVE, RunKind.REPAIR])
def test_on_the_last_day_keeping_today_leaves_nothing_to_move_to(world, kind):
    today = AT + 24 * HOUR
    place(world, world.one, 26)
    run = computed(start(world, kind, at=today, keep_today=True), at=today)
    assert proposal_of(run).changed == frozenset()
    assert set(run.unplaced) == {str(world.two.number)}


def test_what_goes_wrong_is_told_and_logged(world, monkeypatch, caplog):
    def fail(*_args):
        raise ArithmeticError("no")

    monkeypatch.setattr(computing, "solve", fail)
    run = computed(start(world))
    assert (run.state, run.error) == (RunState.FAILED, "computing_failed")
    assert "ArithmeticError" in caplog.text
