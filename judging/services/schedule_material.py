"""Days, sessions, rules and wishes of a schedule: what holds for the whole round."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise

from judging import audit_actions as actions
from judging.core.scheduling.levels import may_be
from judging.core.scheduling.problem import Severity
from judging.core.scheduling.wishes import WISHES
from judging.models import InterviewSession, ScheduleMaterial, Weight
from judging.models.schedule_material import GRID, MINUTES_OF_A_DAY
from judging.permissions import can_schedule
from judging.selectors.schedule_material import interview_dates, usual_sessions
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import long_date

from .locks import locked_round

Minutes = tuple[int, int]


class SpanReversed(DomainError):
    """It ends before it starts, or lies outside of a day."""

    code = "span_reversed"


class SessionsOverlap(DomainError):
    """Two sessions of a day share a moment. Facts: day."""

    code = "sessions_overlap"


class DayNotOfTheRound(DomainError):
    """The day lies outside the interview days of the round. Facts: day."""

    code = "day_not_of_the_round"


class NoInterviewDays(DomainError):
    """The round has no first and last interview day yet, or each day of them is at a weekend."""

    code = "no_interview_days"


class RuleCannotBeLoosened(DomainError):
    """Law or nature binds this rule, at least this far. Facts: rule."""

    code = "rule_cannot_be_loosened"


class BreakNeedsStretch(DomainError):
    """A longest stretch or a load of no minutes, or a break without a stretch after which it is due."""

    code = "break_needs_stretch"


@dataclass(frozen=True, slots=True)
class ScheduleRules:
    """What the secretariat sets for the whole schedule; ``None``: no limit. What is not named is as usual."""

    grid_min: int = GRID
    max_continuous_min: int | None = None
    min_break_min: int = 0
    max_minutes_per_day: int | None = None
    weights: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, str] = field(default_factory=dict)


def begun(round: Round) -> ScheduleMaterial:
    """Return what is set for the schedule of ``round``, which has one from now on. Inside a transaction."""
    return ScheduleMaterial.objects.get_or_create(round=round)[0]


def require_span(start: int, end: int) -> None:
    """Raise :class:`SpanReversed` unless these minutes are a span of a day."""
    if not 0 <= start < end <= MINUTES_OF_A_DAY:
        raise SpanReversed


def require_day(round: Round, day: date) -> None:
    """Raise :class:`DayNotOfTheRound` for a day before the first or after the last interview day."""
    first, last = round.interviews_from, round.interviews_until
    if (first and day < first) or (last and day > last):
        raise DayNotOfTheRound(day=long_date(day))


@atomic_service
def make_usual_sessions(*, round: Round, actor: User, at: datetime) -> list[date]:
    """Give every working day of the round without sessions the usual ones; return these days.

    08.00-12.00 and 13.00-16.00, on Fridays 08.00-11.30 and 13.30-16.00. Raises ``NotPermitted``,
    :class:`NoInterviewDays`.
    """
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    usual = {day: spans for day in interview_dates(round) if (spans := usual_sessions(day))}
    if not usual:
        raise NoInterviewDays
    there = set(InterviewSession.objects.filter(round=round).values_list("day", flat=True))
    new = [day for day in usual if day not in there]
    for day in new:
        _write(round, day, usual[day], actor, at)
    return new


@atomic_service
def set_sessions(*, round: Round, day: date, sessions: Sequence[Minutes], actor: User, at: datetime) -> None:
    """Let ``sessions`` be all of ``day``; none: no interviews then. The same again leaves no event.

    Raises ``NotPermitted``, :class:`DayNotOfTheRound`, :class:`SpanReversed`, :class:`SessionsOverlap`.
    """
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    require_day(round, day)
    wanted = sorted(sessions)
    for start, end in wanted:
        require_span(start, end)
    if any(one[1] > other[0] for one, other in pairwise(wanted)):
        raise SessionsOverlap(day=long_date(day))
    before = list(InterviewSession.objects.filter(round=round, day=day).values_list("start", "end"))
    if before != wanted:
        _write(round, day, wanted, actor, at)


@atomic_service
def set_rules(*, round: Round, rules: ScheduleRules, actor: User, at: datetime) -> ScheduleMaterial:
    """Set limits, grid, weights of the wishes and levels of the rules; the same again leaves no event.

    Raises ``NotPermitted``, :class:`RuleCannotBeLoosened`, :class:`BreakNeedsStretch`, ``ValueError`` for an unknown
    wish, word or grid.
    """
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    for code, level in rules.levels.items():
        if not may_be(code, Severity(level)):
            raise RuleCannotBeLoosened(rule=code)
    if rules.max_continuous_min == 0 or rules.max_minutes_per_day == 0:
        raise BreakNeedsStretch
    if rules.min_break_min and rules.max_continuous_min is None:
        raise BreakNeedsStretch
    if not set(rules.weights) <= set(WISHES) or not 1 <= rules.grid_min <= 120:
        raise ValueError(rules)
    settings = begun(round)
    wanted = {
        "grid_min": rules.grid_min,
        "max_continuous_min": rules.max_continuous_min,
        "min_break_min": rules.min_break_min,
        "max_minutes_per_day": rules.max_minutes_per_day,
        "weights": {wish: Weight(word).value for wish, word in sorted(rules.weights.items())},
        "levels": dict(sorted(rules.levels.items())),
    }
    changes = {name: value for name, value in wanted.items() if getattr(settings, name) != value}
    if changes:
        for name, value in changes.items():
            setattr(settings, name, value)
        settings.save(update_fields=list(changes))
        _record(actions.SCHEDULE_RULES_SET, settings, round, actor, at, changes)
    return settings


def _write(round: Round, day: date, sessions: Sequence[Minutes], actor: User, at: datetime) -> None:
    settings = begun(round)
    InterviewSession.objects.filter(round=round, day=day).delete()
    rows = [InterviewSession(round=round, day=day, start=start, end=end) for start, end in sessions]
    InterviewSession.objects.bulk_create(rows)
    payload = {"day": day.isoformat(), "sessions": [list(one) for one in sessions]}
    _record(actions.SESSIONS_SET, settings, round, actor, at, payload)


def _record(
    action: str, target: ScheduleMaterial, round: Round, actor: User, at: datetime, payload: Mapping[str, object]
) -> None:
    record(action=action, actor=actor, at=at, target=target, chain=round.scope, payload=payload)
