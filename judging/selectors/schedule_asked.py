"""What a computation is asked: the problem of a round at a moment, and how much of it lies behind."""

from dataclasses import replace
from datetime import datetime

from judging.core.scheduling.problem import Nominee, Pin, Problem, Span
from judging.models import RunKind
from nominees.models import Round

from .scheduling_problem import MIDNIGHT, problem_of

Moment = tuple[str, int]
"""A day of the problem and a minute of it."""

#: Wishes to stay close to the present draft; they count nothing where a schedule is made afresh.
STAYING = ("move", "room_change", "panel_diff")


def problem_asked_of(round: Round, *, kind: RunKind, afresh: bool, at: datetime, keep_today: bool = False) -> Problem:
    """Return what a computation of ``kind`` is asked at ``at``. The same number of queries for any number of rows.

    A repair knows itself what lies behind (``moment_of``); whatever else is made leaves the past alone, and with
    ``keep_today`` all of today: what is there stays as it is, and nothing else is put there.
    """
    problem = problem_of(round, at=at)
    if kind is RunKind.REPAIR:
        return problem
    if afresh:
        problem = replace(
            problem, weights={name: 0 if name in STAYING else one for name, one in problem.weights.items()}
        )
    if keep_today:
        problem = _with_pinned(problem, at.astimezone(round.zone).date().isoformat())
    return ahead(problem, moment_of(problem, round, at=at, keep_today=keep_today))


def moment_of(problem: Problem, round: Round, *, at: datetime, keep_today: bool = False) -> Moment | None:
    """Return the first moment of ``problem`` that can still be changed; ``None``: all of it, or nothing any more.

    ``keep_today``: as if the day were over. A round whose days are all over is planned as if they were to come:
    somebody enters what was.
    """
    local = at.astimezone(round.zone)
    today, minute = local.date().isoformat(), local.hour * 60 + local.minute
    if keep_today:
        minute = MIDNIGHT
    days = sorted(day.id for day in problem.days)
    if not days or today < days[0]:
        return None
    left = [day for day in days if day >= today]
    if not left:
        return None
    if left[0] == today and minute == MIDNIGHT and len(left) > 1:
        return left[1], 0
    return (left[0], minute) if left[0] == today else (left[0], 0)


def ahead(problem: Problem, now: Moment | None) -> Problem:
    """Return ``problem`` with nothing open before ``now``, but for those that are pinned."""
    if now is None or now <= (min(day.id for day in problem.days), 0):
        return problem
    nominees = tuple(one if one.id in problem.pin else _later(one, now, problem) for one in problem.nominees)
    return replace(problem, nominees=nominees)


def _with_pinned(problem: Problem, day: str) -> Problem:
    """``problem`` with the interviews of ``day`` pinned: time, room and panel."""
    open_still = (one for one in problem.baseline if one.day == day and one.nominee not in problem.pin)
    pins = (Pin(one.nominee, one.day, one.start, one.room, frozenset(one.members)) for one in open_still)
    return replace(problem, pins=(*problem.pins, *pins))


def _later(one: Nominee, now: Moment, problem: Problem) -> Nominee:
    windows = one.windows or tuple(Span(day.id, 0, MIDNIGHT) for day in problem.days)
    found = []
    for span in windows:
        first = max(span.start, now[1]) if span.day == now[0] else span.start
        if span.day >= now[0] and first < span.end:
            found.append(replace(span, start=first))
    # No window at all would mean any time; a minute in which nothing can be held means none.
    return replace(one, windows=tuple(found) or (Span(now[0], 0, 1),))
