"""Is everything there for a schedule? What the core finds, with the names that people know."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from judging.core.scheduling.problem import Problem
from judging.core.scheduling.sufficiency import Sufficiency, sufficiency
from nominees.models import Category, Nomination, Round

from .schedule_material import met_nominations
from .scheduling_problem import problem_of


@dataclass(frozen=True, slots=True)
class DayFacts:
    """A day: minutes in which rooms are open, and minutes of those who can come on no other day."""

    day: date
    open: int
    bound: int
    is_enough: bool


@dataclass(frozen=True, slots=True)
class ScheduleChecks:
    """What stands against a schedule, as far as cheap checks can tell. ``is_passed`` proves nothing."""

    days: tuple[DayFacts, ...]
    open: int
    needed: int
    rooms: int
    nominees: int
    without_slot: tuple[Nomination, ...]
    without_members: tuple[Nomination, ...]
    without_quorum: tuple[Category, ...]
    without_roles: tuple[tuple[Category, str], ...]
    is_passed: bool


def schedule_checks(round: Round, *, at: datetime) -> ScheduleChecks:
    """Return what is missing for a schedule of ``round``. The same number of queries for any number of rows."""
    problem = problem_of(round, at=at)
    found = sufficiency(problem)
    nominations = {str(one.number): one for one in met_nominations(round)}
    categories = {one.code: one for one in Category.objects.filter(round=round)}
    return ScheduleChecks(
        days=tuple(DayFacts(date.fromisoformat(one.day), one.open, one.bound, one.is_enough) for one in found.days),
        open=found.open,
        needed=found.needed,
        rooms=len(problem.rooms),
        nominees=len(problem.nominees),
        without_slot=_named(found.without_slot, nominations),
        without_members=_named(found.without_members, nominations),
        without_quorum=tuple(categories[code] for code in found.without_quorum),
        without_roles=tuple((categories[code], group) for code, group in found.without_roles),
        is_passed=_is_complete(problem, found),
    )


def _named(numbers: Iterable[str], nominations: Mapping[str, Nomination]) -> tuple[Nomination, ...]:
    return tuple(nominations[number] for number in numbers if number in nominations)


def _is_complete(problem: Problem, found: Sufficiency) -> bool:
    return bool(problem.days and problem.rooms and problem.nominees) and found.is_passed
