"""Requirements in plain English, for documents; the product has its own words for people."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from .problem import Problem, Span
from .requirement import Requirement


def told(problem: Problem, one: Requirement) -> str:
    """One sentence."""
    return _SENTENCES[one.type](problem, one)


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}.{minutes % 60:02}"


def _spans(spans: Iterable[Span]) -> str:
    return ", ".join(f"{one.day} {_clock(one.start)}-{_clock(one.end)}" for one in spans)


_SENTENCES: Final[Mapping[str, Callable[[Problem, Requirement], str]]] = {
    "nominee_availability": lambda problem, one: (
        f"{one.nominee} can only come {_spans(problem.nominee[one.nominee].windows)}."
    ),
    "member_availability": lambda problem, one: (
        f"{one.member} is away {_spans(problem.member[one.member].unavailable)}."
    ),
    "recusal": lambda _problem, one: f"{one.member} may not judge {one.nominee}.",
    "quorum": lambda problem, one: (
        f"{problem.category[one.category].quorum} members have to sit with each nominee of {one.category}."
    ),
    "role": lambda problem, one: (
        f"{problem.role_group[one.group].min} of {one.group} "
        f"({', '.join(sorted(problem.role_group[one.group].any_of))}) has to sit there."
    ),
    "room_availability": lambda problem, one: f"{one.room} is closed {_spans(problem.room[one.room].unavailable)}.",
    "room_capacity": lambda problem, _one: (
        f"There are no more than {len(problem.rooms)} rooms, each for one interview at a time, in the sessions given."
    ),
    "pin": lambda _problem, one: f"The interview of {one.nominee} is pinned.",
    "person": lambda problem, one: (
        f"For {one.nominee} {', '.join(problem.nominee[one.nominee].persons)} has to come, in one interview at a time."
    ),
    "rest": lambda problem, _one: (
        f"Nobody sits longer than {problem.limits.max_continuous_min} minutes "
        f"without a break of {problem.limits.min_break_min}."
    ),
    "day_load": lambda _problem, _one: "Nobody sits longer on a day than the limits allow.",
}
