"""Why not here, then where: what an interview would break at a slot, what it would cost, and what is open nearby."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from .board import Board, Booked, Violation
from .check import able, broken_by
from .problem import Member, Placement, Problem, Severity, Slot
from .rules import RULES
from .slots import open_slots
from .wishes import Cost, cost

Moment = tuple[str, int]  # day and minute
A_DAY: Final = 3  # openings of one day that are told
TRIES: Final = 20  # times of which it is asked who could sit there: a bound for the time that an answer takes
STEP: Final = 5  # minutes between two times that are tried, at least


@dataclass(frozen=True, slots=True)
class Opening:
    """A placement that nothing forbids, and what it breaks all the same; ``stays``: the panel is the one asked for."""

    placement: Placement
    violations: tuple[Violation, ...]
    stays: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What the asked ``placement`` breaks, how the cost of the schedule would change, and openings, nearest first."""

    placement: Placement
    violations: tuple[Violation, ...]
    before: Cost
    after: Cost
    openings: tuple[Opening, ...]

    @property
    def changes(self) -> Mapping[str, tuple[int, int]]:
        """By wish how the count and the weighted cost change; wishes without a weight and without a change are out."""
        found = {
            name: (self.after.counts[name] - self.before.counts[name], weighted - self.before.weighted[name])
            for name, weighted in self.after.weighted.items()
        }
        return {name: change for name, change in found.items() if change[1]}


def why(
    problem: Problem,
    placements: Sequence[Placement],
    nominee: str,
    slot: Slot,
    *,
    members: Collection[str] | None = None,
    after: Moment | None = None,
    most: int = 6,
) -> Answer:
    """Answer for ``nominee`` at ``slot``, before ``members``, else who sits there now, else all who could.

    At most ``most`` openings, none that begins before ``after``. ``slot`` names a day and a room of the problem.
    """
    others = [one for one in placements if one.nominee != nominee]
    board = Board(problem, others)
    if members is None:
        members = next((one.members for one in placements if one.nominee == nominee), ())
    panel = tuple(members) or able(board, nominee, slot)
    asked = Placement(nominee, slot.day, slot.start, slot.room, panel)
    return Answer(
        asked,
        broken_by(board, asked),
        cost(problem, placements),
        cost(problem, [*others, asked]),
        tuple(_openings(board, asked, after, most)),
    )


def _openings(board: Board, asked: Placement, after: Moment | None, most: int) -> Iterator[Opening]:
    """The nearest first; those of one day do not overlap, for a few minutes more or less are no other place."""
    look = _Look(board, asked.nominee)
    order = {day.id: number for number, day in enumerate(board.problem.days)}
    minutes = board.problem.duration(asked.nominee)
    found: dict[str, list[int]] = defaultdict(list)
    tried: set[tuple[str, int]] = set()  # who can come then does not depend on the room
    for slot in _nearest(board.problem, asked):
        when, told = (slot.day, slot.start), found[slot.day]
        if after is not None and (order[slot.day], slot.start) < (order[after[0]], after[1]):
            continue
        if when in tried or len(told) >= A_DAY or any(abs(slot.start - one) < minutes for one in told):
            continue
        if not look.is_likely(slot):
            continue
        tried.add(when)
        opening = _opening(board, asked, slot)
        if opening is not None and opening.placement != asked:
            told.append(slot.start)
            yield opening
        if sum(map(len, found.values())) >= most or len(tried) >= TRIES:
            return


def _nearest(problem: Problem, asked: Placement) -> list[Slot]:
    """Everything that is open to the nominee alone, what is nearest to the asked slot first."""
    step = problem.grid_min * -(-STEP // problem.grid_min)
    coarse = replace(problem, grid_min=step)
    order = {day.id: number for number, day in enumerate(problem.days)}

    def distance(slot: Slot) -> tuple[int, int, bool, str]:
        days = abs(order[slot.day] - order[asked.day])
        return days, abs(slot.start - asked.start), slot.room != asked.room, slot.room

    return sorted(open_slots(coarse, coarse.nominee[asked.nominee]), key=distance)


class _Look:
    """The cheapest looks at what mostly stands in the way; what passes here is asked of the rules."""

    def __init__(self, board: Board, nominee: str) -> None:
        self.board, self.nominee, self.problem = board, nominee, board.problem
        self.category = board.problem.category_of(nominee)
        self.members = [one for one in board.problem.members if nominee not in one.recused]
        self.binding = {
            rule.code
            for rule in RULES
            if board.problem.levels.get(rule.code, rule.severity) is Severity.FORBIDDEN
        }  # fmt: skip

    def is_likely(self, slot: Slot) -> bool:
        """Whether the room and enough members seem to be free."""
        wanted = self.board.book(Placement(self.nominee, slot.day, slot.start, slot.room))
        if _overlaps(self.board.rooms.get((slot.room, slot.day), ()), wanted):
            return False
        free = [one for one in self.members if self._is_free(one, wanted)]
        least = max(self.category.quorum, 1) if "below_quorum" in self.binding else 1
        return len(free) >= least and ("role_missing" not in self.binding or self._has_roles(free))

    def _is_free(self, member: Member, wanted: Booked) -> bool:
        row = self.board.members.get((member.id, wanted.day), ())
        if _overlaps(row, wanted):
            return False
        away = member.unavailable if "member_unavailable" in self.binding else ()
        if any(span.touches(wanted.day, wanted.start, wanted.end) for span in away):
            return False
        limit = self.problem.day_limit(member.id) if "day_load" in self.binding else None
        return limit is None or sum(one.until - one.start for one in (*row, wanted)) <= limit

    def _has_roles(self, free: Sequence[Member]) -> bool:
        groups = [self.problem.role_group[name] for name in self.category.role_groups]
        return all(sum(bool(one.roles & group.any_of) for one in free) >= group.min for group in groups)


def _overlaps(row: Sequence[Booked], wanted: Booked) -> bool:
    return any(one.start < wanted.until and wanted.start < one.until for one in row)


def _opening(board: Board, asked: Placement, slot: Slot) -> Opening | None:
    """The panel that breaks least at ``slot``: the one asked for, those of it who can come, all who can."""
    best: Opening | None = None
    for placement in _panels(board, asked, slot):
        broken = broken_by(board, placement)
        if any(one.severity is Severity.FORBIDDEN for one in broken):
            continue
        stays = set(placement.members) == set(asked.members)
        if best is None or len(broken) < len(best.violations):
            best = Opening(placement, broken, stays)
        if not broken:
            break
    return best


def _panels(board: Board, asked: Placement, slot: Slot) -> Iterator[Placement]:
    there = Placement(asked.nominee, slot.day, slot.start, slot.room, asked.members)
    yield there
    free = able(board, asked.nominee, slot)
    rest = tuple(one for one in asked.members if one in free)
    if rest:
        yield replace(there, members=rest)
    if free:
        yield replace(there, members=free)
