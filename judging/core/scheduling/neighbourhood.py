"""Parts of a schedule that are worth another look: large neighbourhoods, one after the other, by chance."""

from collections import defaultdict
from collections.abc import Sequence
from random import Random
from typing import Final

from .layout import Row, Scope, rows_of
from .problem import ONSITE, Placement, Problem
from .slots import open_slots

SMALLEST: Final = 12  # interviews that a look opens at first, when it turned out to be too much,
LARGEST: Final = 60  # and when it went well many times
PANELS: Final = 90  # interviews whose panels are looked at together while their slots stay


class Neighbourhoods:
    """Chooses scopes around a schedule; ``size`` is how many interviews are opened, and follows how it goes."""

    def __init__(self, problem: Problem, seed: int, price: int) -> None:
        self.problem = problem
        self.price = price
        self.chance = Random(seed)  # noqa: S311 - no secret
        self.size = 24
        self.days = [day.id for day in problem.days if day.sessions]

    def next(self, placements: Sequence[Placement]) -> Scope:
        """Another part of ``placements``; nominees who are not in it are always open."""
        rows = self._by_row(placements)
        missing = self._missing(placements)
        if missing and self.chance.random() < 0.7:
            return self._open(placements, self._around_missing(missing, rows))
        kind = self.chance.randrange(4)
        if kind == 0:
            return self._panels(placements)
        if kind == 1:
            return self._open(placements, self._fill([self.chance.choice(self.days)], rows))
        return self._open(placements, self._spread(placements, rows, narrow=kind == 2))

    def learn(self, *, finished: bool) -> None:
        """A look that was finished may be larger next time, one that was not has to be smaller."""
        self.size = min(self.size + 2, LARGEST) if finished else max(self.size - 2, SMALLEST)

    def _by_row(self, placements: Sequence[Placement]) -> dict[Row, int]:
        found = dict.fromkeys(rows_of(self.problem), 0)
        for one in placements:
            found[one.room, one.day] += 1
        return found

    def _missing(self, placements: Sequence[Placement]) -> list[str]:
        placed = {one.nominee for one in placements}
        return [one.id for one in self.problem.nominees if one.id not in placed]

    def _fill(self, days: Sequence[str], rows: dict[Row, int], first: Sequence[Row] = ()) -> list[Row]:
        """Rows of ``days`` in random order until enough interviews are open, ``first`` before others."""
        others = [row for row in rows if row[1] in days and row not in first]
        self.chance.shuffle(others)
        chosen: list[Row] = []
        count = 0
        for row in (*first, *others):
            if chosen and count + rows[row] > self.size:
                continue
            chosen.append(row)
            count += rows[row]
        return chosen

    def _around_missing(self, missing: Sequence[str], rows: dict[Row, int]) -> list[Row]:
        slots = list(open_slots(self.problem, self.problem.nominee[self.chance.choice(missing)]))
        if not slots:
            return self._fill([self.chance.choice(self.days)], rows)
        slot = self.chance.choice(slots)
        return self._fill([slot.day], rows, [(slot.room, slot.day)])

    def _spread(self, placements: Sequence[Placement], rows: dict[Row, int], *, narrow: bool) -> list[Row]:
        """Two days of a category or region that is met on several: the one with fewest of them and any other."""
        kinds: dict[tuple[str, str], dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
        for one in placements:
            who = self.problem.nominee[one.nominee]
            kinds["category", who.category][one.day].append((one.room, one.day))
            if who.region and who.mode == ONSITE:
                kinds["region", who.region][one.day].append((one.room, one.day))
        several = sorted(kind for kind, days in kinds.items() if len(days) > 1)
        if not several:
            return self._fill(self.chance.sample(self.days, min(2, len(self.days))), rows)
        days = kinds[self.chance.choice(several)]
        least = min(days, key=lambda day: (len(days[day]), self.chance.random()))
        if not narrow:
            least = self.chance.choice(sorted(days))
        other = self.chance.choice(sorted(set(days) - {least}))
        first = list(dict.fromkeys((*days[least], *days[other])))
        self.chance.shuffle(first)
        return self._fill([least, other], rows, first)

    def _open(self, placements: Sequence[Placement], rows: Sequence[Row]) -> Scope:
        chosen = frozenset(rows)
        fixed = tuple(one for one in placements if (one.room, one.day) not in chosen)
        return Scope(chosen, fixed, price=self.price)

    def _panels(self, placements: Sequence[Placement]) -> Scope:
        """Some days with every interview where it is: only who sits may change."""
        days = list(self.days)
        self.chance.shuffle(days)
        chosen: set[str] = set()
        count = 0
        for day in days:
            here = sum(one.day == day for one in placements)
            if not chosen or count + here <= PANELS:
                chosen.add(day)
                count += here
        stay = {one.nominee: frozenset({one.slot}) for one in placements if one.day in chosen}
        for name in self._missing(placements):
            stay[name] = frozenset()
        rows = frozenset(row for row in rows_of(self.problem) if row[1] in chosen)
        return Scope(rows, tuple(one for one in placements if one.day not in chosen), stay, price=self.price)
