"""What a secretariat could change about a requirement, the smallest change first; each as the problem that it makes.

A conflict of interest is never offered for a change: nothing here lets somebody judge who may not.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from .problem import Day, Problem, Session, Span
from .requirement import Requirement

LATEST: Final = 20 * 60  # when an added session ends at the latest
LONGER: Final = 60  # minutes by which a limit is raised
ALL_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Offer:
    """A change that concerns the requirement ``of``: what it is, with its facts, and the problem that it makes."""

    of: Requirement
    change: str
    facts: Mapping[str, str | int]
    problem: Problem

    def written(self) -> dict[str, str | int]:
        """For a document."""
        return {"change": self.change, **self.facts}


def offers(problem: Problem, one: Requirement) -> Iterator[Offer]:
    """Changes of ``one`` that could help; whether they do is to be tried."""
    yield from _BY_TYPE.get(one.type, _nothing)(problem, one)


def _nothing(_problem: Problem, _one: Requirement) -> Iterator[Offer]:
    yield from ()


def _quorum(problem: Problem, one: Requirement) -> Iterator[Offer]:
    wanted = problem.category[one.category]
    less = replace(wanted, quorum=wanted.quorum - 1)
    changed = tuple(less if other is wanted else other for other in problem.categories)
    yield Offer(one, "quorum_lower", {"quorum": less.quorum}, replace(problem, categories=changed))


def _role(problem: Problem, one: Requirement) -> Iterator[Offer]:
    group = problem.role_group[one.group]
    less = replace(group, min=group.min - 1)
    changed = tuple(less if other is group else other for other in problem.role_groups)
    yield Offer(one, "role_lower", {"min": less.min}, replace(problem, role_groups=changed))


def _member(problem: Problem, one: Requirement) -> Iterator[Offer]:
    """One absence less: they are tried in turn."""
    member = problem.member[one.member]
    for span in member.unavailable:
        there = replace(member, unavailable=tuple(other for other in member.unavailable if other is not span))
        changed = tuple(there if other is member else other for other in problem.members)
        yield Offer(one, "member_comes", _facts(span), replace(problem, members=changed))


def _nominee(problem: Problem, one: Requirement) -> Iterator[Offer]:
    """All of one day, those first on which the nominee comes at some time."""
    nominee = problem.nominee[one.nominee]
    for day in sorted(problem.days, key=lambda day: not any(span.day == day.id for span in nominee.windows)):
        span = Span(day.id, 0, ALL_DAY)
        there = replace(nominee, windows=(*nominee.windows, span))
        changed = tuple(there if other is nominee else other for other in problem.nominees)
        yield Offer(one, "nominee_comes", {"day": day.id}, replace(problem, nominees=changed))


def _room(problem: Problem, one: Requirement) -> Iterator[Offer]:
    room = problem.room[one.room]
    for span in room.unavailable:
        there = replace(room, unavailable=tuple(other for other in room.unavailable if other is not span))
        changed = tuple(there if other is room else other for other in problem.rooms)
        yield Offer(one, "room_opens", _facts(span), replace(problem, rooms=changed))


def _capacity(problem: Problem, one: Requirement) -> Iterator[Offer]:
    """A session more after the last of a day; or another room."""
    for day in problem.days:
        if day.sessions:
            last = max(session.end for session in day.sessions)
            length = max(session.end - session.start for session in day.sessions)
            added = Session("\N{PLUS-MINUS SIGN}", last, min(last + length, LATEST))
            if added.end > added.start:
                longer = Day(day.id, (*day.sessions, added), day.date)
                changed = tuple(longer if other is day else other for other in problem.days)
                facts = _facts(Span(day.id, added.start, added.end))
                yield Offer(one, "session_added", facts, replace(problem, days=changed))
    for room in problem.rooms:
        copy = replace(room, id=f"{room.id}\N{PLUS-MINUS SIGN}")
        yield Offer(one, "room_added", {"room": room.id}, replace(problem, rooms=(*problem.rooms, copy)))


def _pin(problem: Problem, one: Requirement) -> Iterator[Offer]:
    changed = tuple(pin for pin in problem.pins if pin.nominee != one.nominee)
    yield Offer(one, "pin_dropped", {}, replace(problem, pins=changed))


def _rest(problem: Problem, one: Requirement) -> Iterator[Offer]:
    longest = (problem.limits.max_continuous_min or 0) + LONGER
    changed = replace(problem.limits, max_continuous_min=longest)
    yield Offer(one, "rest_later", {"max_continuous_min": longest}, replace(problem, limits=changed))


def _load(problem: Problem, one: Requirement) -> Iterator[Offer]:
    def longer(limit: int | None) -> int | None:
        return None if limit is None else limit + LONGER

    members = tuple(replace(other, max_minutes_per_day=longer(other.max_minutes_per_day)) for other in problem.members)
    limits = replace(problem.limits, max_minutes_per_day=longer(problem.limits.max_minutes_per_day))
    yield Offer(one, "load_higher", {"minutes": LONGER}, replace(problem, members=members, limits=limits))


def _facts(span: Span) -> dict[str, str | int]:
    return {"day": span.day, "start": span.start, "end": span.end}


_BY_TYPE: Final[Mapping[str, Callable[[Problem, Requirement], Iterator[Offer]]]] = {
    "quorum": _quorum,
    "role": _role,
    "member_availability": _member,
    "nominee_availability": _nominee,
    "room_availability": _room,
    "room_capacity": _capacity,
    "pin": _pin,
    "rest": _rest,
    "day_load": _load,
}
