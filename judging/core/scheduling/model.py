"""The rules of a schedule as a constraint model (CP-SAT) over cells of time.

``held`` says where an interview is, ``seated`` who sits with whom. ``panel`` of a row says in each cell who belongs to
its panel: it changes only where an interview begins, so a panel is carried over an empty cell, and joining costs
nothing at the beginning of a session. ``sits`` is panel and room taken.

With ``guards`` every requirement that could be dropped holds only if its literal does, and the model is asked which of
them cannot hold together.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from .layout import Candidate, Layout, Row, Scope
from .problem import Member, Problem, Severity
from .requirement import Requirement, only
from .rules import RULES
from .slots import open_slots

Cell = tuple[Row, int]


class Guards:
    """A literal for each requirement, made when it is first asked for."""

    def __init__(self, model: Any) -> None:
        self.model = model
        self.literals: dict[Requirement, Any] = {}

    def literal(self, requirement: Requirement) -> Any:
        """Holds if the requirement is to."""
        if requirement not in self.literals:
            self.literals[requirement] = self.model.new_bool_var("")
        return self.literals[requirement]


class Model:
    """Variables and rules of ``problem`` within ``scope``; the wishes are added by ``objective``."""

    def __init__(self, problem: Problem, scope: Scope | None = None, *, guarded: bool = False) -> None:
        from ortools.sat.python import cp_model

        self.law = problem
        self.problem = only(problem, {Requirement("room_capacity")}) if guarded else problem
        self.model: Any = cp_model.CpModel()
        self.guards = Guards(self.model) if guarded else None
        self.scope = scope or Scope()
        self.layout = Layout(self.problem, self.scope)
        self.held: dict[Candidate, Any] = {}
        self.absent: dict[str, Any] = {}
        self.seated: dict[tuple[str, str], Any] = {}
        self.panel: dict[tuple[str, Row, int], Any] = {}
        self.taken: dict[Cell, Any] = {}
        self.starts: dict[Cell, Any] = {}
        self.sits: dict[tuple[str, Row, int], Any] = {}
        self.breaks: dict[tuple[str, str, int], Any] = {}
        self._interviews()
        for row in self.layout.rows:
            self._row(row)
        self._panels()
        self._members()
        self._persons()

    def is_hard(self, code: str) -> bool:
        """Whether a schedule that breaks the rule ``code`` is not to be proposed."""
        return self.severity(code) in (Severity.FORBIDDEN, Severity.CONFIRM)

    def severity(self, code: str) -> Severity:
        """What breaking the rule ``code`` means here."""
        shipped = next(rule.severity for rule in RULES if rule.code == code)
        return self.law.levels.get(code, shipped)

    def yes(self) -> Any:
        """A new yes or no."""
        return self.model.new_bool_var("")

    @staticmethod
    def total(some: list[Any]) -> Any:
        """How many of them hold."""
        from ortools.sat.python import cp_model

        return cp_model.LinearExpr.sum(some)

    def guard(self, kind: str, **ids: str) -> list[Any]:
        """The literals under which such a requirement holds; none: always."""
        return [] if self.guards is None else [self.guards.literal(Requirement(kind, **ids))]

    # Interviews

    def _interviews(self) -> None:
        for nominee in self.layout.nominees:
            some = self.layout.of[nominee.id]
            for one in some:
                self.held[one] = self.yes()
            literals = [self.held[one] for one in some]
            if self.scope.price and nominee.id not in self.scope.past:
                self.absent[nominee.id] = self.yes()
                literals.append(self.absent[nominee.id])
            self.model.add_exactly_one(literals)
            if self.guards is not None:
                self._guard_places(nominee.id, some)

    def _guard_places(self, name: str, some: Iterable[Candidate]) -> None:
        """Places that the law does not open are taken only if what closes them is dropped."""
        nominee, law = self.law.nominee[name], self.law
        open_to = set(open_slots(law, nominee))
        pin = law.pin.get(name)
        for one in some:
            if one.slot in open_to:
                continue
            slot, held = one.slot, self.held[one]
            if nominee.windows and not any(span.holds(slot.day, slot.start, one.end) for span in nominee.windows):
                self._only_without(held, self.guard("nominee_availability", nominee=name))
            if any(span.touches(slot.day, slot.start, one.end) for span in law.room[slot.room].unavailable):
                self._only_without(held, self.guard("room_availability", room=slot.room))
            asked = () if pin is None else ((pin.day, slot.day), (pin.start, slot.start), (pin.room, slot.room))
            if any(wanted is not None and wanted != found for wanted, found in asked):
                self._only_without(held, self.guard("pin", nominee=name))

    def _only_without(self, literal: Any, guards: list[Any]) -> None:
        for guard in guards:
            self.model.add_implication(literal, ~guard)

    # Rooms

    def _row(self, row: Row) -> None:
        before: int | None = None
        for cell in self.layout.cells[row[1]]:
            begins = self.layout.begin.get((row, cell), [])
            taken, starts = self.yes(), self.yes()
            self.taken[row, cell], self.starts[row, cell] = taken, starts
            covering = self.layout.cover.get((row, cell), [])
            self.model.add_exactly_one([*(self.held[one] for one in covering), ~taken])
            self.model.add_exactly_one([*(self.held[one] for one in begins), ~starts])
            for member in self.problem.members:
                self._carry(member.id, row, cell, None if self.layout.is_fresh(row, cell) else before, bool(begins))
            before = cell

    def _carry(self, member: str, row: Row, cell: int, before: int | None, begins: bool) -> None:
        """Who belonged to the panel belongs to it still, unless an interview begins; and sits if the room is taken."""
        model, starts = self.model, self.starts[row, cell]
        if before is not None and not begins:
            panel = self.panel[member, row, before]
        else:
            panel = self.yes()
            if before is not None:
                last = self.panel[member, row, before]
                model.add_bool_or(starts, ~panel, last)
                model.add_bool_or(starts, panel, ~last)
        self.panel[member, row, cell] = panel
        sits, taken = self.yes(), self.taken[row, cell]
        self.sits[member, row, cell] = sits
        model.add_implication(sits, panel)
        model.add_implication(sits, taken)
        model.add_bool_or(~panel, ~taken, sits)

    def _linked(self, one: Candidate) -> None:
        """Who sits with the nominee is the panel of the row from where the interview begins."""
        held = self.held[one]
        for member in self.law.members:
            seated = self.seated[one.nominee.id, member.id]
            panel = self.panel[member.id, one.row, one.first]
            if seated is not panel:
                self.model.add_bool_or(~held, ~seated, panel)
                self.model.add_bool_or(~held, seated, ~panel)

    # Panels

    def _panels(self) -> None:
        for nominee in self.layout.nominees:
            some = self.layout.of[nominee.id]
            alone = some[0] if len(some) == 1 and nominee.id not in self.absent else None
            for member in self.law.members:
                self.seated[nominee.id, member.id] = (
                    self.yes() if alone is None else self.panel[member.id, alone.row, alone.first]
                )
            for one in some:
                self._linked(one)
            if nominee.id in self.absent:
                for member in self.law.members:
                    self.model.add_implication(self.absent[nominee.id], ~self.seated[nominee.id, member.id])
            self._pinned(nominee.id)
            if nominee.id not in self.scope.past:
                self._panel_of(nominee.id)

    def _panel_of(self, name: str) -> None:
        """What is asked of the panel of ``name``."""
        category = self.law.category_of(name)
        seats = [self.seated[name, one.id] for one in self.law.members]
        if category.panel_max is not None and category.panel_max < len(seats) and self.is_hard("above_panel_max"):
            self.model.add(self.total(seats) <= category.panel_max)
        if self.is_hard("below_quorum"):
            self._at_least(name, seats, category.quorum, self.guard("quorum", category=category.id))
        for group in category.role_groups if self.is_hard("role_missing") else ():
            wanted = self.law.role_group[group]
            fitting = [self.seated[name, one.id] for one in self.law.members if one.roles & wanted.any_of]
            self._at_least(name, fitting, wanted.min, self.guard("role", group=group))
        for member in self.law.members:
            self._keep_away(member, name)

    def _at_least(self, name: str, some: list[Any], number: int, guard: list[Any]) -> None:
        if number > 0:
            wanted = number * (1 - self.absent[name]) if name in self.absent else number
            self.model.add(self.total(some) >= wanted).only_enforce_if(guard)

    def _pinned(self, name: str) -> None:
        pin = self.law.pin.get(name)
        if pin is None or pin.members is None or not self.is_hard("pin_broken"):
            return
        free = [~one for one in self.guard("pin", nominee=name)]
        free += [self.absent[name]] if name in self.absent else []
        for member in self.law.members:
            seated = self.seated[name, member.id]
            self.model.add_bool_or([seated if member.id in pin.members else ~seated, *free])

    def _keep_away(self, member: Member, name: str) -> None:
        seated = self.seated[name, member.id]
        if name in member.recused and self.is_hard("recused_seat_placed"):
            free = [~one for one in self.guard("recusal", member=member.id, nominee=name)]
            self.model.add_bool_or([~seated, *free])
        if not self.is_hard("member_unavailable") or not member.unavailable:
            return
        away = [
            self.held[one]
            for one in self.layout.of[name]
            if any(span.touches(one.slot.day, one.slot.start, one.end) for span in member.unavailable)
        ]
        if away and self.guards is None:
            self.model.add_at_most_one([*away, seated])
        elif away:
            guard = self.guard("member_availability", member=member.id)
            self.model.add(self.total([*away, seated]) <= 1).only_enforce_if(guard)

    # Members and persons

    def _members(self) -> None:
        elsewhere = self._elsewhere()
        for day in self.layout.days:
            rows = [row for row in self.layout.rows if row[1] == day.id]
            for member in self.law.members:
                gone = elsewhere[member.id, day.id]
                busy = {cell: [self.sits[member.id, row, cell] for row in rows] for cell in self.layout.cells[day.id]}
                if self.is_hard("seat_elsewhere"):
                    for cell, here in busy.items():
                        self.model.add_at_most_one([*here, 1] if cell in gone else here)
                self._load(member, busy, gone)
                if self.law.limits.max_continuous_min is not None and self.is_hard("no_break"):
                    self._rest(member, day.id, busy, gone)

    def _elsewhere(self) -> Mapping[tuple[str, str], set[int]]:
        """Cells in which a member sits in a row that is not open."""
        found: dict[tuple[str, str], set[int]] = defaultdict(set)
        for one in self.scope.fixed:
            for member in one.members:
                found[member, one.day].update(self.layout.span(one))
        return found

    def _load(self, member: Member, busy: Mapping[int, list[Any]], gone: set[int]) -> None:
        limit, step = self.law.day_limit(member.id), self.layout.step
        if limit is not None and limit < step * len(busy) and self.is_hard("day_load"):
            cells = [one for here in busy.values() for one in here]
            most = max(limit - step * len(gone), 0) // step
            self.model.add(self.total(cells) <= most).only_enforce_if(self.guard("day_load"))

    def _rest(self, member: Member, day: str, busy: Mapping[int, list[Any]], gone: set[int]) -> None:
        """Every stretch one step longer than allowed touches a break that is long enough."""
        limits, step = self.law.limits, self.layout.step
        longest = (limits.max_continuous_min or 0) // step + 1  # cells that are too many
        pause = max(-(-limits.min_break_min // step), 1)
        first, last = min([*busy, *gone]), max([*busy, *gone]) + 1
        if last - first < longest:
            return
        breaks = {}
        for begin in range(first - pause + 1, last):
            inside = range(begin, begin + pause)
            if not gone.isdisjoint(inside):
                continue
            rests = self.yes()
            self.breaks[member.id, day, begin] = rests
            for cell in inside:
                for here in busy.get(cell, ()):
                    self.model.add_implication(rests, ~here)
            breaks[begin] = rests
        guard = self.guard("rest")
        for begin in range(first, last - longest + 1):
            around = [breaks[at] for at in range(begin - pause + 1, begin + longest) if at in breaks]
            if around or not gone.issuperset(range(begin, begin + longest)):
                self.model.add_bool_or(around).only_enforce_if(guard)

    def _persons(self) -> None:
        if not self.is_hard("person_elsewhere"):
            return
        booked: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
        for placed in self.scope.fixed:
            for person in self.law.nominee[placed.nominee].persons:
                booked[person, placed.day].append((placed.start, self.law.end(placed)))
        there: dict[tuple[str, str], list[Candidate]] = defaultdict(list)
        for one in self.layout.every():
            for person in self.law.nominee[one.nominee.id].persons:
                there[person, one.slot.day].append(one)
        for key, candidates in there.items():
            for one in candidates:
                if any(start < one.end and one.slot.start < end for start, end in booked[key]):
                    self.model.add(self.held[one] == 0)
            for start in sorted({one.slot.start for one in candidates}):
                self._one_of([one for one in candidates if one.slot.start <= start < one.end])

    def _one_of(self, candidates: list[Candidate]) -> None:
        """A person is in one of them at most."""
        if self.guards is None:
            self.model.add_at_most_one(self.held[one] for one in candidates)
            return
        by_name: dict[str, list[Any]] = defaultdict(list)
        for one in candidates:
            by_name[one.nominee.id].append(self.held[one])
        names = sorted(by_name)
        for at, name in enumerate(names):
            for other in names[at + 1 :]:
                guards = [*self.guard("person", nominee=name), *self.guard("person", nominee=other)]
                self.model.add(sum(by_name[name]) + sum(by_name[other]) <= 1).only_enforce_if(guards)
