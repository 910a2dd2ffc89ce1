"""What a schedule is asked for, one by one, so that it can be told which of it cannot hold together.

A requirement that is dropped makes another problem: whether the rest fits is asked of that problem like of any other.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, fields, replace

from .problem import Limits, Member, Nominee, Problem, Room, Severity
from .rules import RULES

HARD = frozenset({Severity.FORBIDDEN, Severity.CONFIRM})
_RULE_OF = {
    "rest": "no_break",
    "day_load": "day_load",
    "person": "person_elsewhere",
    "pin": "pin_broken",
    "quorum": "below_quorum",
    "room_availability": "room_unavailable",
    "recusal": "recused_seat_placed",
    "member_availability": "member_unavailable",
    "role": "role_missing",
    "nominee_availability": "outside_window",
}
ADDED_ROOMS = 3  # rooms that are added where their number is not held against a problem


@dataclass(frozen=True, slots=True, order=True)
class Requirement:
    """One requirement as the open format writes it: its type and the ids that it is about."""

    type: str
    nominee: str = ""
    member: str = ""
    category: str = ""
    group: str = ""
    room: str = ""

    def written(self) -> dict[str, str]:
        """For a document: what is empty is left out."""
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


def requirements(problem: Problem) -> tuple[Requirement, ...]:
    """Everything that could be dropped, what is hardest to change in life last."""
    return tuple(_all(problem))


def _all(problem: Problem) -> Iterator[Requirement]:
    limits = problem.limits
    loads = (limits.max_minutes_per_day, *(one.max_minutes_per_day for one in problem.members))
    yield from _if(limits.max_continuous_min is not None, "rest")
    yield from _if(any(one is not None for one in loads), "day_load")
    for nominee in problem.nominees:
        yield from _if(nominee.persons, "person", nominee=nominee.id)
    for pin in problem.pins:
        yield Requirement("pin", nominee=pin.nominee)
    for category in problem.categories:
        yield from _if(category.quorum, "quorum", category=category.id)
    for room in problem.rooms:
        yield from _if(room.unavailable, "room_availability", room=room.id)
    for member in problem.members:
        for name in sorted(member.recused):
            yield from _if(name in problem.nominee, "recusal", member=member.id, nominee=name)
    for member in problem.members:
        yield from _if(member.unavailable, "member_availability", member=member.id)
    for group in problem.role_groups:
        yield from _if(group.min, "role", group=group.id)
    for nominee in problem.nominees:
        yield from _if(nominee.windows, "nominee_availability", nominee=nominee.id)
    yield Requirement("room_capacity")


def _if(there: object, kind: str, **ids: str) -> Iterator[Requirement]:
    if there:
        yield Requirement(kind, **ids)


def only(problem: Problem, kept: Collection[Requirement]) -> Problem:
    """``problem`` with no other requirement than ``kept``, without wishes."""
    keep = frozenset(kept)
    limits = problem.limits
    rooms = tuple(_room(one, keep) for one in problem.rooms)
    return replace(
        problem,
        rooms=rooms if Requirement("room_capacity") in keep else (*rooms, *_added(problem)),
        members=tuple(_member(one, keep) for one in problem.members),
        nominees=tuple(_nominee(one, keep) for one in problem.nominees),
        categories=tuple(
            one if Requirement("quorum", category=one.id) in keep else replace(one, quorum=0)
            for one in problem.categories
        ),
        role_groups=tuple(
            one if Requirement("role", group=one.id) in keep else replace(one, min=0) for one in problem.role_groups
        ),
        pins=tuple(one for one in problem.pins if Requirement("pin", nominee=one.nominee) in keep),
        limits=Limits(
            limits.max_continuous_min if Requirement("rest") in keep else None,
            limits.min_break_min,
            limits.max_minutes_per_day if Requirement("day_load") in keep else None,
        ),
        baseline=(),
        weights={},
    )


def binding(problem: Problem) -> Problem:
    """``problem`` without requirements whose rule only warns here or is ignored: no schedule is refused for them."""
    hard = {rule.code: problem.levels.get(rule.code, rule.severity) in HARD for rule in RULES}
    types = {kind for kind, code in _RULE_OF.items() if hard[code]}
    kept = {one for one in requirements(problem) if one.type in types} | {Requirement("room_capacity")}
    bound = only(problem, kept)
    return replace(bound, baseline=problem.baseline, weights=problem.weights)


def about(problem: Problem, nominees: Collection[str]) -> Problem:
    """``problem`` as if there were no other nominees: what does not fit here fits nowhere."""
    return replace(
        problem,
        nominees=tuple(one for one in problem.nominees if one.id in nominees),
        pins=tuple(one for one in problem.pins if one.nominee in nominees),
        baseline=(),
        weights={},
    )


def _room(one: Room, keep: frozenset[Requirement]) -> Room:
    return one if Requirement("room_availability", room=one.id) in keep else replace(one, unavailable=())


def _added(problem: Problem) -> Iterator[Room]:
    """Rooms for every mode, as many as could be manned or needed, at most ``ADDED_ROOMS``."""
    quorum = min((one.quorum for one in problem.categories), default=0)
    manned = len(problem.members) // quorum if quorum else len(problem.nominees)
    for number in range(min(ADDED_ROOMS, manned, len(problem.nominees))):
        yield Room(f"\N{PLUS-MINUS SIGN}{number}")


def _member(one: Member, keep: frozenset[Requirement]) -> Member:
    return replace(
        one,
        unavailable=one.unavailable if Requirement("member_availability", member=one.id) in keep else (),
        recused=frozenset(name for name in one.recused if Requirement("recusal", member=one.id, nominee=name) in keep),
        max_minutes_per_day=one.max_minutes_per_day if Requirement("day_load") in keep else None,
    )


def _nominee(one: Nominee, keep: frozenset[Requirement]) -> Nominee:
    return replace(
        one,
        windows=one.windows if Requirement("nominee_availability", nominee=one.id) in keep else (),
        persons=one.persons if Requirement("person", nominee=one.id) in keep else (),
    )
