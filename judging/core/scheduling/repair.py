"""A schedule that something happened to, made to fit again with as few changes as can be.

Fewest moved interviews first, then fewest in another room, then fewest changes of panels, and only then the wishes.
First everybody stays at the same time, whoever cannot is left out, as few as can be: no schedule moves fewer. These
then go to the nearest day on which all others can stay; only if there is none, others of a day move too.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from .anneal import Annealing
from .board import Board
from .changes import Change, changes
from .check import forbidden, violations
from .greedy import greedy
from .layout import Row, Scope, rows_of
from .problem import Nominee, Pin, Placement, Problem, Slot, Span
from .requirement import binding
from .rules import RULES
from .search import Effort, improve
from .solution import Solution, Status
from .staying import staying
from .terrain import Terrain
from .wishes import WISHES, cost

ALL_DAY = 24 * 60
#: Rules about the place of one interview alone.
PLACE_CODES = frozenset(
    {"off_grid", "outside_interview_days", "outside_session", "outside_window", "room_mode", "room_unavailable"}
)
INSERTING = 0.4  # share of the time for making room by small changes,
SMALL_CHANGES = {"move": 2000, "room_change": 60, "panel_diff": 2}  # at which nobody is moved and few panels change
WARM = 2.0
LEAST = 0.5  # seconds below which a search is not begun
CHANGES = ("move", "room_change", "panel_diff")
Moment = tuple[str, int]  # day and minute


@dataclass(frozen=True, slots=True)
class Repair:
    """A schedule with what it changes; ``fewest``: it is known that no schedule moves fewer interviews."""

    solution: Solution
    changes: tuple[Change, ...]
    fewest: bool


def repair(
    problem: Problem,
    baseline: Sequence[Placement],
    *,
    fixed_before: Moment | None = None,
    locked: Collection[str] = (),
    seconds: float = 5,
    seed: int = 0,
    workers: int = 1,
    timer: Callable[[], float] = time.monotonic,
) -> Repair:
    """Fit ``baseline`` to ``problem``, which is as things are now: who cancelled is gone, who is ill is unavailable.

    Interviews that begin before ``fixed_before`` stay as they were, whatever the rules say of them, and no other is
    put there. ``locked`` nominees keep day, start and room, and their panel too as long as nothing forbids it.
    """
    work = _Repairing(problem, tuple(baseline), fixed_before, frozenset(locked))
    until = timer() + seconds
    begun = timer()
    done, fewest = work.placements(lambda: Effort(max(until - timer(), 0), seed, workers))
    placed = {one.nominee for one in done}
    left = {one.id: "unplaced" for one in problem.nominees if one.id not in placed}
    status = Status.UNKNOWN if left else Status.FEASIBLE
    paid = cost(replace(problem, baseline=tuple(baseline)), done)
    solution = Solution(status, done, paid, left, seed=seed, milliseconds=round((timer() - begun) * 1000))
    return Repair(solution, changes(baseline, done), fewest and not left)


class _Repairing:
    def __init__(
        self, problem: Problem, baseline: tuple[Placement, ...], now: Moment | None, locked: frozenset[str]
    ) -> None:
        self.order = {day.id: number for number, day in enumerate(problem.days)}
        self.now = now
        self.former = {one.nominee: one for one in baseline if one.nominee in problem.nominee}
        self.past = frozenset(name for name, one in self.former.items() if self._is_past(one.day, one.start))
        self.asked = replace(problem, baseline=tuple(self.former.values()))
        self.sound = self._sound()
        self.problem = self._frozen(locked)
        self.staying = self._staying()
        self.lost = {name for name, slots in self.staying.items() if not slots} - self.past

    def _is_past(self, day: str, start: int) -> bool:
        return self.now is not None and (self.order[day], start) < (self.order[self.now[0]], self.now[1])

    def _sound(self) -> frozenset[str]:
        """Nominees whose interview breaks nothing as it is."""
        found = forbidden(violations(self.asked, self.former.values()))
        return frozenset(self.former) - {name for one in found for name in one.nominees}

    def _frozen(self, locked: frozenset[str]) -> Problem:
        """The problem with past and locked interviews pinned, and the past closed to all others."""
        pins = {one.nominee: one for one in self.asked.pins}
        for name, one in self.former.items():
            if name in self.past or name in locked:
                keeps = name in self.past or name in self.sound
                pins[name] = Pin(name, one.day, one.start, one.room, frozenset(one.members) if keeps else None)
        nominees = tuple(one if one.id in self.past else self._later(one) for one in self.asked.nominees)
        return replace(self.asked, pins=tuple(pins.values()), nominees=nominees)

    def _later(self, one: Nominee) -> Nominee:
        """``one`` with nothing open before now."""
        if self.now is None:
            return one
        found = []
        for span in one.windows or tuple(Span(day, 0, ALL_DAY) for day in self.order):
            first = span.start
            if self.order[span.day] < self.order[self.now[0]]:
                continue
            if span.day == self.now[0]:
                first = max(first, self.now[1])
            if first < span.end:
                found.append(replace(span, start=first))
        # No window at all would mean any time; a minute in which nothing can be held means none.
        return replace(one, windows=tuple(found) or (Span(self.now[0], 0, 1),))

    def _staying(self) -> dict[str, set[Slot]]:
        """For each former interview where it could be on the same day at the same time, whoever sits there."""
        found: dict[str, set[Slot]] = {name: set() for name in self.former}
        rules = [rule for rule in RULES if rule.code in PLACE_CODES]
        for room in self.problem.rooms:
            board = Board(self.problem, [replace(one, room=room.id) for one in self.former.values()])
            closed = {one.nominees[0] for rule in rules for one in rule.find(board, None)}
            for name, one in self.former.items():
                pin = self.problem.pin.get(name)
                pinned = (None, None, None) if pin is None else (pin.day, pin.start, pin.room)
                there = (one.day, one.start, room.id)
                fits = all(wanted in (None, given) for wanted, given in zip(pinned, there, strict=True))
                if name not in closed and fits:
                    found[name].add(Slot(*there))
        return found

    def placements(self, effort: Callable[[], Effort]) -> tuple[tuple[Placement, ...], bool]:
        """The repaired schedule, and whether none moves fewer.

        Whoever is moved in a schedule leaves all others where they were: so no fewer can be moved than the fewest who
        have to be left out if all others stay.
        """
        kept = tuple(one for name, one in self.former.items() if name in self.sound or name in self.past)
        hit = {self.former[name].day for name in self._missing(kept) if name in self.former}
        quick = self._quick(kept)
        if not self._missing(quick) and self._moved(quick) == len(self.lost):
            return self._improved(quick, self._rows_of(kept, hit), frozenset(), effort())[0], True
        enough = None if self._missing(quick) else self._moved(quick)
        best, proved = self._stayed(kept, hit, effort(), enough)
        least = len(self.former.keys() & self._missing(best))
        if proved and least == enough:
            return quick, True
        best = self._elsewhere(self._inserted(best, effort), hit, effort)
        if not self._missing(best):
            return self._improved(best, self._rows_of(kept, hit), frozenset(), effort())[0], proved
        if not self._missing(quick):
            return quick, False
        for day in self._ahead(hit):
            free = frozenset(self._missing(best)) | {one.nominee for one in best if one.day == day} - self.past
            if self._missing(best):
                best, _ = self._improved(best, self._all_rows([day]), frozenset(free), effort())
        return best, False

    def _stayed(
        self, kept: tuple[Placement, ...], hit: Collection[str], effort: Effort, enough: int | None
    ) -> tuple[tuple[Placement, ...], bool]:
        """As many as can stay at their time, with whomever, and whether no more can; ``enough`` as for ``staying``."""
        if not hit or effort.seconds < LEAST:
            return kept, not hit
        there = [one for one in self.former.values() if one.day in hit]
        part = replace(effort, seconds=effort.seconds / 2)
        stay = staying(self.problem, there, self.staying, self.past, part, enough)
        best = kept if stay is None else (*(one for one in kept if one.day not in hit), *stay.placements)
        if stay is not None and self._holds(best, len(kept)):
            return best, stay.proved
        best, proved = self._improved(kept, self._rows_of(kept, hit), frozenset(), effort)
        return self._improved(best, self._all_rows(hit), frozenset(), part) if self._missing(best) else (best, proved)

    def _inserted(self, best: tuple[Placement, ...], effort: Callable[[], Effort]) -> tuple[Placement, ...]:
        """Whoever could not stay goes wherever room can be made without moving others, by many small changes."""
        begun = effort()
        if not self._missing(best) or begun.seconds < LEAST:
            return best
        wishes = {name: self.asked.weights.get(name, 0) for name in WISHES}
        annealing = Annealing(Terrain(binding(replace(self.problem, weights={**wishes, **SMALL_CHANGES}))), begun.seed)
        if not annealing.begin(best):
            return best
        annealing.round(lambda _changes: (begun.seconds - effort().seconds) / (begun.seconds * INSERTING), warm=WARM)
        found = annealing.placements()
        return found if self._holds(found, len(best)) else best

    def _elsewhere(
        self, best: tuple[Placement, ...], hit: Collection[str], effort: Callable[[], Effort]
    ) -> tuple[Placement, ...]:
        """Who could not stay goes to the nearest day on which all others can stay."""
        for day in self._ahead(hit):
            missing = frozenset(self._missing(best))
            if missing:
                best, _ = self._improved(best, self._all_rows([day]), missing, effort())
        return best

    def _quick(self, kept: tuple[Placement, ...]) -> tuple[Placement, ...]:
        """The quick way, which keeps whatever of the former schedule it can."""
        placed = greedy(replace(self.problem, weights=self._lexicographic(kept))).placements
        there = {one.nominee for one in placed}
        # What has happened has happened, even if it could not be written so again.
        full = (*placed, *(one for one in kept if one.nominee in self.past and one.nominee not in there))
        return full if self._holds(full, len(kept)) else kept

    def _moved(self, placements: Sequence[Placement]) -> int:
        return cost(self.asked, placements).counts["move"]

    def _rows_of(self, kept: Sequence[Placement], days: Collection[str]) -> frozenset[Row]:
        """Rows of the former schedule in which somebody could not stay as it was."""
        gone = (self.former[name] for name in self._missing(kept) if name in self.former)
        return frozenset((one.room, one.day) for one in gone if one.day in days)

    def _all_rows(self, days: Collection[str]) -> frozenset[Row]:
        return frozenset(row for row in rows_of(self.problem) if row[1] in days)

    def _missing(self, best: Sequence[Placement]) -> list[str]:
        placed = {one.nominee for one in best}
        return [name for name in self.problem.nominee if name not in placed]

    def _ahead(self, hit: Collection[str]) -> list[str]:
        """Days that are not over, those nearest to what was hit first."""
        days = [day for day in self.order if self.now is None or self.order[day] >= self.order[self.now[0]]]
        return sorted(days, key=lambda day: min((abs(self.order[day] - self.order[one]) for one in hit), default=0))

    def _improved(
        self, best: tuple[Placement, ...], rows: frozenset[Row], free: frozenset[str], effort: Effort
    ) -> tuple[tuple[Placement, ...], bool]:
        """Change ``rows``: ``free`` nominees may go anywhere there, others stay; and whether no more could be placed.

        First only changes count, then, in what is left of the time, the wishes too.
        """
        proved = True
        for step, weights in enumerate((self._only_changes(), self._lexicographic(best))):
            if effort.seconds < LEAST or not rows:
                return best, not rows
            scope = self._scope(best, rows, free)
            part = replace(effort, seconds=effort.seconds / 3)
            outcome = improve(replace(self.problem, weights=weights), scope, best, part)
            proved = proved and (outcome.proved or step > 0)
            if outcome.placements is not None and self._holds(outcome.placements, len(best)):
                best = outcome.placements
        return best, proved

    def _scope(self, best: Sequence[Placement], rows: frozenset[Row], free: frozenset[str]) -> Scope:
        here = {one.nominee: one.slot for one in best}
        slots: dict[str, frozenset[Slot]] = {}
        for name in self.problem.nominee.keys() - free:
            if name in self.past:
                slots[name] = frozenset({self.former[name].slot})
            else:
                slots[name] = frozenset({*self.staying.get(name, ()), *([here[name]] if name in here else [])})
        fixed = tuple(one for one in best if (one.room, one.day) not in rows or self._is_outside(one))
        # Dearer than any change: leaving somebody out is the last that is thought of.
        weights = self._lexicographic(best)
        return Scope(rows, fixed, slots, self.past, 2 * weights["move"])

    def _is_outside(self, one: Placement) -> bool:
        """Whether it lies in the past and in no session of today's rules: no row has room for it."""
        session = self.problem.day[one.day].session_of(one.start, self.problem.end(one))
        return one.nominee in self.past and session is None

    def _only_changes(self) -> Mapping[str, int]:
        return self._weighing(1, {})

    def _lexicographic(self, best: Sequence[Placement]) -> Mapping[str, int]:
        wishes = {name: self.asked.weights.get(name, 0) for name in WISHES if name not in CHANGES}
        return self._weighing(self._panel_weight(best), wishes)

    def _panel_weight(self, best: Sequence[Placement]) -> int:
        """Dearer than what the wishes of a few interviews are likely to differ by."""
        return 100 + cost(self.asked, best).total

    def _weighing(self, panel: int, wishes: Mapping[str, int]) -> Mapping[str, int]:
        """Two rooms outweigh every panel of a day, and so on; larger numbers would cost the solver its precision."""
        people = 4 * len(self.problem.members)
        return {**wishes, "move": panel * people * 20, "room_change": panel * people, "panel_diff": panel}

    def _holds(self, placements: Sequence[Placement], least: int) -> bool:
        """Whether nothing is forbidden but what lies in the past, and nobody lost an interview again."""
        found = forbidden(violations(self.problem, placements))
        broken = [one for one in found if one.code != "unplaced" and not self.past.issuperset(one.nominees)]
        return not broken and len(placements) >= least
