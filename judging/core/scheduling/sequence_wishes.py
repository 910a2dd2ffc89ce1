"""What a sequence costs: each wish as ``wishes`` counts it, above what the frame of sessions says at least."""

from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from .objective import weighted
from .sittings import Place, Sitting
from .wishes import HALF_HOUR

if TYPE_CHECKING:
    from .sequence import Sequence


class SequenceWishes:
    """``cost`` of a sequence; the parts of the frame lie below the same parts here."""

    def __init__(self, on: "Sequence") -> None:
        self.on, self.frame, self.model, self.problem = on, on.frame, on.model, on.problem
        weigh = self.problem.weights.get
        terms = list(self.frame.days)
        switch, join = weigh("category_switch", 0), weigh("panel_join", 0)
        for row, least in self.frame.switches.items() if switch else ():
            some = self._switches(row)
            self.model.add(sum(some) >= least)
            terms += [(one, switch) for one in some]
        pause = max(self.problem.limits.min_break_min, 1) // self.problem.grid_min
        for sitting, crew in self.frame.crew.items():
            here = [(on.breaks[place], weigh("idle", 0) * pause) for place in on.places(sitting)[1:]]
            here += [(one, weigh("unsur_missing", 0)) for one in self._missing(sitting)]
            here += [(one, join) for one in self._joins(sitting)]
            self.model.add(weighted(here) >= weighted(crew))
            terms += here
        terms += [(one, weigh("load_range", 0)) for one in self._load_range()]
        self.cost = weighted((one, factor) for one, factor in terms if factor) + self.frame.constant

    def _categories(self, place: Place) -> dict[str, Any]:
        by_name: dict[str, list[Any]] = defaultdict(list)
        for sort, lit in self.on.met[place].items():
            by_name[sort.category].append(lit)
        found = {}
        for name, some in by_name.items():
            found[name] = some[0] if len(some) == 1 else self.frame.yes()
            if len(some) > 1:
                self.model.add_exactly_one([*some, ~found[name]])
        return found

    def _switches(self, row: tuple[str, str]) -> list[Any]:
        switches: list[Any] = []
        before: dict[str, Any] = {}
        for sitting in self.on.sittings.rows[row]:
            categories = [self._categories(place) for place in self.on.places(sitting)]
            for here in categories:
                for name, lit in here.items():
                    self.model.add_implication(lit, self.frame.seen[name, sitting])
            earlier = before
            for place, here in zip(self.on.places(sitting), categories, strict=True):
                if before:
                    switches.append(self.frame.yes())
                for name, lit in before.items():
                    same = [here[name]] if name in here else []
                    self.model.add_bool_or(~lit, ~self.on.used[place], switches[-1], *same)
                before = here
            before = self._last(sitting, categories, earlier)
        return switches

    def _last(self, sitting: Sitting, categories: list[dict[str, Any]], earlier: dict[str, Any]) -> dict[str, Any]:
        """The category that was met last on the day when the sitting is over."""
        found = {name: self.frame.yes() for name in sorted(set(earlier) | set(categories[0]))}
        self.model.add_at_most_one(found.values())
        for place, here in zip(self.on.places(sitting), categories, strict=True):
            for name, lit in here.items():
                self.model.add_bool_or(~lit, ~self.on.last[place], found[name])
        for name, lit in earlier.items():
            self.model.add_bool_or(~lit, self.on.used[sitting, 0], found[name])
        return found

    def _missing(self, sitting: Sitting) -> Iterator[Any]:
        groups: dict[str, list[str]] = defaultdict(list)
        for member in self.problem.members:
            groups[member.unsur].append(member.id)
        for place in self.on.places(sitting):
            wanted = [
                (lit, self.problem.category[sort.category].unsur_target) for sort, lit in self.on.met[place].items()
            ]
            most = max(number for _lit, number in wanted)
            if most <= 0 or not self.problem.weights.get("unsur_missing"):
                continue
            there = []
            for names in groups.values():
                some = [self.on.sits[name, *place] for name in names]
                there.append(some[0] if len(some) == 1 else self.frame.yes())
                if len(some) > 1:
                    self.model.add_bool_or(*some, ~there[-1])
            missing = self.model.new_int_var(0, most, "")
            self.model.add(missing >= weighted(wanted) - sum(there))
            yield missing

    def _joins(self, sitting: Sitting) -> Iterator[Any]:
        for one in self.problem.members if self.problem.weights.get("panel_join") else ():
            for number in range(1, self.on.size[sitting]):
                joins = self.frame.yes()
                last, here = self.on.sits[one.id, sitting, number - 1], self.on.sits[one.id, sitting, number]
                self.model.add_bool_or(~here, last, joins)
                yield joins

    def _load_range(self) -> Iterator[Any]:
        balanced = [one for one in self.problem.members if one.balance]
        if len(balanced) < 2 or not self.problem.weights.get("load_range"):
            return
        whole = sum(one.session.end - one.session.start for one in self.on.sittings.every)
        most, least = self.model.new_int_var(0, whole, ""), self.model.new_int_var(0, whole, "")
        for one in balanced:
            total = sum(self.on.minutes[one.id, sitting] for sitting in self.on.sittings.every)
            self.model.add(most >= total)
            self.model.add(least <= total)
        halves = self.model.new_int_var(0, -(-whole // HALF_HOUR), "")
        self.model.add(HALF_HOUR * halves >= most - least)
        yield halves
