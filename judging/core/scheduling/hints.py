"""From a schedule to a hint for the constraint model, and back from values to a schedule."""

from collections.abc import Callable, Iterable
from typing import Any

from .layout import Row
from .model import Model
from .problem import Placement

Sitting = dict[tuple[Row, int], frozenset[str]]


def hint(model: Model, placements: Iterable[Placement]) -> None:
    """Let the search begin at ``placements``: every variable of the rules is hinted, those of the wishes follow."""
    where = {one.nominee: one for one in placements}
    sitting: Sitting = {}
    begins = set()
    for one in where.values():
        row, cells = (one.room, one.day), model.layout.span(one)
        sitting |= dict.fromkeys(((row, cell) for cell in cells), frozenset(one.members))
        begins.add((row, cells.start))
    for candidate, held in model.held.items():
        name = candidate.nominee.id
        model.model.add_hint(held, name in where and where[name].slot == candidate.slot)
    for name, absent in model.absent.items():
        model.model.add_hint(absent, name not in where)
    shared = {panel.index for panel in model.panel.values()}
    for (name, member), seated in model.seated.items():
        if seated.index not in shared:
            model.model.add_hint(seated, name in where and member in where[name].members)
    for row in model.layout.rows:
        _hint_row(model, row, sitting, begins)


def complete(model: Model, solver: Any) -> bool:
    """Make the hint one of every variable; False if what was hinted is no solution.

    A hint of some variables alone is often lost: the search would begin anywhere.
    """
    from ortools.sat.python import cp_model

    solver.parameters.fix_variables_to_their_hinted_value = True
    solver.parameters.stop_after_first_solution = True
    solver.parameters.num_workers = 1
    if solver.solve(model.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return False
    values = list(solver.response_proto.solution)
    model.model.clear_hints()
    for index, value in enumerate(values):
        model.model.add_hint(model.model.get_int_var_from_proto_index(index), value)
    return True


def _hint_row(model: Model, row: Row, sitting: Sitting, begins: set[tuple[Row, int]]) -> None:
    cells = model.layout.cells[row[1]]
    carried: frozenset[str] | None = None
    hinted = set()
    for at, cell in enumerate(cells):
        key = row, cell
        if model.layout.is_fresh(row, cell):
            carried = None
        if key in sitting:
            carried = sitting[key]
        elif carried is None:
            carried = next((sitting[row, other] for other in cells[at:] if (row, other) in sitting), frozenset())
        model.model.add_hint(model.taken[key], key in sitting)
        model.model.add_hint(model.starts[key], key in begins)
        for member in model.problem.members:
            panel = model.panel[member.id, row, cell]
            if panel.index not in hinted:
                hinted.add(panel.index)
                model.model.add_hint(panel, member.id in carried)
            model.model.add_hint(model.sits[member.id, row, cell], key in sitting and member.id in carried)


def read(model: Model, holds: Callable[[Any], bool]) -> tuple[Placement, ...]:
    """The interviews of the open rows by the values of a solution, with the fixed ones."""
    found = list(model.scope.fixed)
    for one, held in model.held.items():
        if holds(held):
            names = (member.id for member in model.problem.members)
            members = tuple(sorted(name for name in names if holds(model.seated[one.nominee.id, name])))
            found.append(Placement(one.nominee.id, one.slot.day, one.slot.start, one.slot.room, members))
    return tuple(found)
