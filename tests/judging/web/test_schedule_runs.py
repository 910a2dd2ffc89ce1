"""The pages of computed schedules: what they ask for, how they tell how far it is, what they show and take."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.core.scheduling.greedy import greedy
from judging.models import Interview, NomineePlan, RunKind, RunState, ScheduleMaterial, ScheduleRun
from judging.selectors.schedule_runs import problem_asked
from judging.services import schedule_computing as computing
from judging.services import schedule_progress as progress
from judging.services import schedule_runs as services
from nominees.templatetags.rounds import round_url
from tests.factories import sheets as make
from tests.factories.schedule import THURSDAY, TUESDAY, WEDNESDAY, make_absence, make_prepared
from tests.factories.world import AT, make_nomination

pytestmark = pytest.mark.django_db
#: The day before the first interview day.
BEFORE = AT - timedelta(days=1)


@pytest.fixture(autouse=True)
def day_before():
    with translation.override("en"), time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def world(client):
    world = make_prepared()
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    client.force_login(world.secretary)
    return world


def url(world, name, run=None):
    return round_url(f"judging:{name}", world.round, **({} if run is None else {"number": run.number}))


def start(world, kind=RunKind.SOLVE, **options):
    return services.start_run(
        round=world.round, kind=kind, seconds=30, seed=0, options=options, actor=world.secretary, at=BEFORE
    )


def found(world, run=None, *, done=True):
    """A run that found the quick schedule: in two steps, the first of them dearer."""
    run = run or start(world)
    progress.begin_run(run=run.pk, at=BEFORE)
    best = greedy(problem_asked(run))
    dear = replace(best.cost, weighted={**best.cost.weighted, "idle": 40})
    progress.keep_step(run=run.pk, best=replace(best, cost=dear, milliseconds=300), at=BEFORE)
    progress.keep_step(run=run.pk, best=replace(best, bound=best.cost.total, milliseconds=1500), at=BEFORE)
    if done:
        progress.keep_answer(run=run.pk, answer=replace(best, bound=best.cost.total), at=BEFORE)
        progress.finish_run(run=run.pk, at=BEFORE)
    run.refresh_from_db()
    return run


def test_the_form_asks_for_a_run_and_leads_to_it(client, world):
    answer = client.post(
        url(world, "schedule_runs"), {"how": "baru", "seconds": "60", "seed": "7", "langkah": "hitung"}
    )
    run = ScheduleRun.objects.get()
    assert answer.url == url(world, "schedule_run", run)
    assert (run.kind, run.seconds, run.seed, run.options["afresh"]) == (RunKind.SOLVE, 60, 7, True)
    again = client.post(url(world, "schedule_runs"), {"how": "kini", "seconds": "60"})
    assert "being computed already" in again.content.decode()


@pytest.mark.parametrize(
    ("posted", "kind"), [({"how": "perbaiki", "seconds": "10"}, "repair"), ({"langkah": "jelaskan"}, "explain")]
)
def test_a_repair_and_a_reason_are_asked_for_as_well(client, world, posted, kind):
    client.post(url(world, "schedule_runs"), posted)
    assert ScheduleRun.objects.get().kind == kind


def test_today_is_kept_unless_somebody_takes_the_tick_away(client, world):
    assert not client.get(url(world, "schedule_runs")).context["form"]["keep_today"].value()
    with time_machine.travel(AT, tick=False):
        client.force_login(world.secretary)
        assert client.get(url(world, "schedule_runs")).context["form"]["keep_today"].value()
        client.post(url(world, "schedule_runs"), {"how": "baru", "seconds": "10", "keep_today": "on"})
        kept = ScheduleRun.objects.get()
        services.stop_run(run=kept, actor=world.secretary, at=AT)
        client.post(url(world, "schedule_runs"), {"how": "kini", "seconds": "10"})
    assert [one.options["keep_today"] for one in ScheduleRun.objects.order_by("number")] == [True, False]


def test_a_wrong_form_says_so_and_asks_for_nothing(client, world):
    page = client.post(url(world, "schedule_runs"), {"how": "lain", "seconds": "7"})
    assert set(page.context["form"].errors) == {"how", "seconds"}
    assert not ScheduleRun.objects.exists()


def test_what_stands_against_a_schedule_is_shown_before(client, world):
    page = client.get(url(world, "schedule_runs"))
    assert (page.context["problems"], page.context["may_start"]) == ([], True)
    for seat in world.seats[:2]:
        for day in (TUESDAY, WEDNESDAY):
            make_absence(seat, day, 0, 1440)
    page = client.get(url(world, "schedule_runs"))
    assert [one["url"] for one in page.context["problems"]] == [url(world, "schedule_members")]
    world.round.rooms.all().delete()
    assert client.get(url(world, "schedule_runs")).context["may_start"] is False


def test_while_it_goes_on_the_page_tells_how_far_and_offers_to_stop(client, world):
    run = found(world, done=False)
    page = client.get(url(world, "schedule_run", run)).content.decode()
    assert url(world, "stop_schedule_run", run) in page
    assert url(world, "take_schedule_run", run) not in page
    assert f'<noscript><p><a class="btn btn-outline-primary" href="{url(world, "schedule_run", run)}">' in page
    assert client.post(url(world, "stop_schedule_run", run)).url == url(world, "schedule_run", run)
    assert "being stopped" in client.get(url(world, "schedule_run", run)).content.decode()
    run.refresh_from_db()
    assert run.stop_asked_at == BEFORE


def test_the_part_that_changes_is_the_same_as_on_the_page(client, world):
    run = found(world, done=False)
    page, part = (
        client.get(url(world, "schedule_run", run)),
        client.get(url(world, "schedule_run", run) + "?bagian=keadaan"),
    )
    assert part.content.decode().strip() in page.content.decode()
    assert "<svg" in part.content.decode()


def test_the_state_is_told_as_data(client, world):
    run = start(world)
    state = client.get(url(world, "schedule_run_state", run)).json()
    assert (state["state"], state["is_live"], state["best"], state["steps"]) == ("waiting", True, None, 0)
    found(world, run, done=False)
    with time_machine.travel(BEFORE + timedelta(seconds=5), tick=False):
        state = client.get(url(world, "schedule_run_state", run)).json()
    run.refresh_from_db()
    assert (state["state"], state["elapsed"], state["best"], state["bound"]) == ("running", 5, run.total, run.total)
    assert (state["gap"], state["unplaced"], state["steps"]) == ("0%", 0, 2)
    with time_machine.travel(BEFORE + timedelta(seconds=40), tick=False):
        state = client.get(url(world, "schedule_run_state", run)).json()
    assert (state["state"], state["is_live"]) == ("failed", False)


def test_stopped_while_it_waits_says_that_nothing_was_found(client, world):
    run = start(world)
    client.post(url(world, "stop_schedule_run", run))
    assert "before anything was found" in client.get(url(world, "schedule_run", run)).content.decode()


def test_without_a_worker_the_page_says_so(client, world):
    run = start(world)
    assert "No worker is running" not in client.get(url(world, "schedule_run", run)).content.decode()
    with time_machine.travel(BEFORE + timedelta(seconds=11), tick=False):
        assert "No worker is running" in client.get(url(world, "schedule_run", run)).content.decode()


def test_an_interrupted_run_says_so_and_can_be_taken(client, world):
    run = found(world, done=False)
    with time_machine.travel(BEFORE + timedelta(seconds=31), tick=False):
        page = client.get(url(world, "schedule_run", run)).content.decode()
        assert "interrupted" in page
        assert "Proved best" in page
        assert url(world, "take_schedule_run", run) in page
        assert client.post(url(world, "take_schedule_run", run)).url == url(world, "schedule_board")
    assert Interview.objects.count() == 2


def test_the_result_tells_who_moves_where_with_whom_and_at_what_cost(client, world):
    make.make_interview(world.one, world.seats[:2], starts_at=AT + timedelta(hours=4))
    ScheduleMaterial.objects.update(weights={"unsur_missing": "off"})
    page = client.get(url(world, "schedule_run", found(world, start(world, afresh=True))))
    groups = page.context["groups"]
    assert [row["nominee"] for group in groups for row in group["rows"]] == [str(world.one), str(world.two)]
    moved = groups[0]["rows"][0]
    assert "Selasa, 24 Juni 2025, pukul 13.00 WITA, Ruang Flobamora" in moved["before"]
    assert moved["after"].startswith("Selasa, 24 Juni 2025, pukul 08.00 WITA")
    assert (page.context["may_take"], page.context["changed"]) == (True, 2)
    assert "Proved best" in page.content.decode()


def test_a_repair_known_to_move_the_fewest_says_that_alone(client, world):
    run = start(world, RunKind.REPAIR)
    progress.begin_run(run=run.pk, at=BEFORE)
    progress.keep_answer(run=run.pk, answer=greedy(problem_asked(run)), at=BEFORE, fewest=True)
    progress.finish_run(run=run.pk, at=BEFORE)
    page = client.get(url(world, "schedule_run", run))
    assert page.context["told"] == {"tone": "success", "text": "No schedule moves fewer interviews."}
    assert page.content.decode().count("No schedule moves fewer") == 1
    assert len(page.context["stats"]) == 3
    ScheduleRun.objects.update(costs={**ScheduleRun.objects.get().costs, "fewest": False})
    assert "is not known" in client.get(url(world, "schedule_run", run)).context["told"]["text"]


def test_a_draft_that_changed_meanwhile_is_told_and_not_offered(client, world):
    run = found(world)
    make.make_interview(world.one, world.seats, starts_at=AT + timedelta(hours=30))
    page = client.get(url(world, "schedule_run", run))
    assert (page.context["is_stale"], page.context["may_take"]) == (True, False)
    assert [row["is_stale"] for group in page.context["groups"] for row in group["rows"]].count(True) == 1
    refused = client.post(url(world, "take_schedule_run", run))
    assert refused.status_code == 422
    assert str(world.one) in refused.context["problems"][0]


def test_what_was_taken_says_so_and_is_not_offered_again(client, world):
    run = found(world)
    client.post(url(world, "take_schedule_run", run))
    page = client.get(url(world, "schedule_run", run))
    assert (page.context["is_there"], page.context["is_stale"], page.context["may_take"]) == (True, False, False)
    assert client.post(url(world, "take_schedule_run", run)).status_code == 422


def test_what_counts_on_a_room_that_is_gone_cannot_be_taken(client, world):
    run = found(world)
    world.round.rooms.update(name="Ruang lain")
    page = client.get(url(world, "schedule_run", run))
    assert (page.context["is_gone"], page.context["may_take"]) == (True, False)


def test_rules_that_ask_for_a_word_are_ticked_before_it_is_taken(client, world):
    run = found(world)
    ScheduleMaterial.objects.update(levels={"member_unavailable": "confirm"})
    for day in (TUESDAY, WEDNESDAY):
        make_absence(world.seats[0], day, 0, 1440)
    asked = client.post(url(world, "take_schedule_run", run))
    assert (asked.status_code, Interview.objects.count()) == (422, 0)
    assert 'type="checkbox"' in asked.content.decode()
    client.post(url(world, "take_schedule_run", run), {"confirmed": ["member_unavailable"]})
    assert Interview.objects.count() == 2


def test_what_does_not_fit_is_told_with_what_would_help(client, world, monkeypatch):
    NomineePlan.objects.create(nomination=world.one, arrives_on=THURSDAY, arrives_at=0)
    monkeypatch.setattr(computing, "TICK", 0.01)
    run = start(world, RunKind.EXPLAIN)
    computing.compute(run.pk, now=lambda: BEFORE)
    page = client.get(url(world, "schedule_run", run)).content.decode()
    assert f"{world.one} can come on none of the interview days" in page
    assert url(world, "take_schedule_run", run) not in page


def test_lists_ask_the_same_number_of_queries_for_one_and_many(client, world):
    found(world)
    counts = {name: _queries(client, world, name) for name in ("schedule_runs", "schedule_run", "schedule_run_state")}
    for number in range(4, 12):
        make_nomination(world.category, region_code=f"53.{number:02}")
    for _ in range(4):
        found(world)
    more = {name: _queries(client, world, name) for name in counts}
    assert more == counts == {"schedule_runs": 22, "schedule_run": 15, "schedule_run_state": 6}


def _queries(client, world, name):
    run = ScheduleRun.objects.order_by("-number").first()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url(world, name, None if name == "schedule_runs" else run)).status_code == 200
    return len(caught)


def test_a_run_of_another_round_or_of_no_number_is_not_there(client, world):
    run = found(world)
    for name in ("schedule_run", "schedule_run_state"):
        assert client.get(url(world, name, run).replace("/1/", "/77/")).status_code == 404
    for name in ("stop_schedule_run", "take_schedule_run"):
        assert client.post(url(world, name, run).replace("/1/", "/77/")).status_code == 404
        assert client.get(url(world, name, run)).status_code == 405


def test_members_have_no_part_in_it(client, world):
    run = found(world)
    client.force_login(world.holder())
    for name in ("schedule_runs", "schedule_run", "schedule_run_state"):
        assert client.get(url(world, name, None if name == "schedule_runs" else run)).status_code == 403
    for name in ("stop_schedule_run", "take_schedule_run"):
        assert client.post(url(world, name, run)).status_code == 403
    assert RunState(ScheduleRun.objects.get().state) == RunState.DONE
