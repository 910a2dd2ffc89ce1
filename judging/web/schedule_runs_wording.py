"""Computed schedules in the words of their pages: how far, how good, at what cost, and what would change."""

from collections.abc import Collection
from copy import copy
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.core.scheduling.changes import Change, Kind, changes
from judging.core.scheduling.problem import Placement
from judging.models import RunKind, RunState, RunStatus, ScheduleRun
from judging.selectors.schedule_explanations import status_told
from judging.selectors.schedule_names import ScheduleNames
from judging.selectors.schedule_runs import (
    LIVE,
    WORKER_LOST,
    found_placements,
    is_lost,
    is_unattended,
    problem_asked,
    state_of,
    status_of,
)
from nominees.models import Round
from paritrana.kernel import wording
from paritrana.kernel.sentences import sentence

from .schedule_runs_chart import seconds
from .schedule_runs_form import HOWS, PRESENT

STATES = {
    RunState.WAITING: {"tone": "neutral", "icon": "hourglass"},
    RunState.RUNNING: {"tone": "info", "icon": "player-play"},
    RunState.DONE: {"tone": "success", "icon": "check"},
    RunState.FAILED: {"tone": "warning", "icon": "alert-triangle"},
}
TONES = {RunStatus.FEASIBLE: "success", RunStatus.UNKNOWN: "warning", RunStatus.INFEASIBLE: "warning"}
#: By what people notice most.
GROUPS = (
    (Kind.CANCELLED, gettext_lazy("Without an interview then")),
    (Kind.MOVED, gettext_lazy("At another time")),
    (Kind.ROOM, gettext_lazy("In another room")),
    (Kind.PANEL, gettext_lazy("Other members, same time and room")),
    (Kind.ADDED, gettext_lazy("New on the schedule")),
)


def badge_of(run: ScheduleRun, *, at: datetime) -> dict[str, Any]:
    """Return the state of ``run`` as a badge."""
    state = state_of(run, at=at)
    return {**STATES[state], "text": state.label}


def asked_at(run: ScheduleRun, round: Round) -> str:
    """Return when ``run`` was asked for."""
    return wording.date_time(run.asked_at, round.time_zone)


def kind_of(run: ScheduleRun) -> str:
    """Return what was asked for: a schedule that starts from the draft is not called a new one."""
    if run.kind == RunKind.SOLVE and not run.options.get("afresh"):
        return str(dict(HOWS)[PRESENT])
    return run.get_kind_display()


def milliseconds_of(run: ScheduleRun, *, at: datetime) -> int:
    """Return how long ``run`` has been computed, or was until its last sign of life."""
    if run.started_at is None:
        return 0
    end = run.beat_at if is_lost(run, at=at) else run.finished_at
    return max(int(((end or at) - run.started_at).total_seconds() * 1000), 0)


def told(run: ScheduleRun) -> dict[str, str] | None:
    """Return what is known of the best so far as an alert; ``None``: nothing was found.

    Of a repair that is known to move the fewest, that alone: moving few is what was asked for, the cost was not.
    """
    status = status_of(run)
    if status is None:
        return None
    if _is_fewest(run):
        return {"tone": TONES[status], "text": _("No schedule moves fewer interviews.")}
    known = copy(run)
    known.status = status
    code, facts = status_told(known)
    return {"tone": TONES[status], "text": sentence(code, facts)}


def _is_fewest(run: ScheduleRun) -> bool:
    return status_of(run) == RunStatus.FEASIBLE and bool(run.costs.get("fewest"))


def doing(run: ScheduleRun, *, at: datetime) -> dict[str, str]:
    """Return in an alert what goes on, or why it ended early; empty for a run that simply has ended."""
    state = state_of(run, at=at)
    if state == RunState.FAILED:
        return {"tone": "warning", "text": sentence(WORKER_LOST if is_lost(run, at=at) else run.error)}
    if state == RunState.WAITING:
        if is_unattended(run, at=at):
            return {"tone": "danger", "text": _("No worker is running. Ask the operator to start it.")}
        return {"tone": "info", "text": _("A worker takes it up in a moment.")}
    if state == RunState.RUNNING:
        return {"tone": "info", "text": _running(run)}
    if run.stop_asked_at and not run.placements:
        return {"tone": "info", "text": _("It was stopped before anything was found.")}
    return {}


def _running(run: ScheduleRun) -> str:
    if run.stop_asked_at:
        return _("It is being stopped; the best so far is kept.")
    if run.kind == RunKind.EXPLAIN or run.status not in ("", RunStatus.FEASIBLE):
        return _("The reason why not everybody can be met is being looked for.")
    return _("A better schedule is being looked for. You may leave this page and come back.")


def facts_of(run: ScheduleRun, *, at: datetime, steps: int) -> dict[str, Any]:
    """Return the state as plain data, for the script that keeps the page fresh; ``version`` changes with the page."""
    state, milliseconds = state_of(run, at=at), milliseconds_of(run, at=at)
    told_now = doing(run, at=at)
    return {
        "state": state.value,
        "is_live": state in LIVE,
        "elapsed": milliseconds // 1000,
        "seconds": run.seconds,
        "best": run.total,
        "bound": run.bound,
        "gap": gap_text(run),
        "unplaced": len(run.unplaced) if run.placements else None,
        "steps": steps,
        "version": f"{state.value}-{steps}-{run.status}-{told_now.get('text', '')}",
    }


def gap_text(run: ScheduleRun) -> str:
    """Return how far the best lies above the bound, in per cent of its cost, rounded up; a dash if nobody knows."""
    if run.total is None or run.bound is None or run.unplaced:
        return "–"
    return f"{-(-100 * max(run.total - run.bound, 0) // max(run.total, 1))}%"


def stats_of(run: ScheduleRun, *, at: datetime) -> list[dict[str, str]]:
    """Return the figures of the best so far; how far it is from the cheapest where that was asked for."""
    known = bool(run.placements)
    distance = [
        {"label": _("No schedule costs less than"), "value": "–" if run.bound is None else str(run.bound)},
        {"label": _("Distance at the most"), "value": gap_text(run)},
    ]
    stats = [
        {"label": _("Cost of the best so far"), "value": str(run.total) if known else "–"},
        *([] if _is_fewest(run) else distance),
        {"label": _("Nominees without interview"), "value": str(len(run.unplaced)) if known else "–"},
    ]
    if state_of(run, at=at) in LIVE:  # the bar tells the time then, every moment
        return stats
    return [*stats, {"label": _("Seconds"), "value": f"{seconds(milliseconds_of(run, at=at))} / {run.seconds}"}]


def cost_rows(run: ScheduleRun) -> list[list[dict[str, str]]]:
    """Return each wish that is not wholly kept, with what it counts."""
    counts, weighted = run.costs.get("counts", {}), run.costs.get("weighted", {})
    return [
        [{"text": sentence(f"wish_{name}", {"count": counts[name]})}, {"text": str(weighted[name])}]
        for name in sorted(weighted, key=lambda name: (-weighted[name], name))
        if weighted[name]
    ]


def difference_of(run: ScheduleRun, names: ScheduleNames, stale: Collection[str] = ()) -> list[dict[str, Any]]:
    """Return what ``run`` would change in the draft as it was when asked, grouped by what people notice most.

    ``stale``: numbers of nominees whose interview was changed since.
    """
    problem = problem_asked(run)
    found = changes(problem.baseline, found_placements(run, problem))
    groups = [(title, [one for one in found if one.kind is kind]) for kind, title in GROUPS]
    return [
        {"title": title, "rows": [_row(one, names, one.nominee in stale) for one in sorted(some, key=_when)]}
        for title, some in groups
        if some
    ]


def _when(change: Change) -> tuple[str, int, str]:
    there = change.after or change.before
    return (there.day, there.start, change.nominee) if there else ("", 0, change.nominee)


def _row(change: Change, names: ScheduleNames, is_stale: bool) -> dict[str, Any]:
    has_both = change.before is not None and change.after is not None
    return {
        "nominee": names.nominee(change.nominee),
        "before": _place(change.before, names),
        "after": _place(change.after, names),
        "is_place_alike": change.kind is Kind.PANEL,
        "joined": [names.seat(code) for code in change.joined] if has_both else [],
        "left": [names.seat(code) for code in change.left] if has_both else [],
        "is_stale": is_stale,
    }


def _place(one: Placement | None, names: ScheduleNames) -> str:
    return "" if one is None else f"{names.moment(one.day, one.start)}, {one.room}"
