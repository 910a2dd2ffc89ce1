"""Ask the rules: about a whole schedule, or "why not here?" about one interview."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from .board import Board, Booked, Violation
from .problem import Placement, Problem, Severity, Slot
from .rules import MEMBER_CODES, RULES, Rule


def violations(problem: Problem, placements: Iterable[Placement]) -> tuple[Violation, ...]:
    """Everything that breaks a rule, in the order of the rules; nothing for a complete schedule that holds."""
    return tuple(_ask(Board(problem, placements), None, RULES))


def allowed(
    problem: Problem,
    placements: Iterable[Placement],
    nominee: str,
    slot: Slot,
    members: Collection[str] | None = None,
) -> tuple[Violation, ...]:
    """What would be broken if the interview of ``nominee`` were at ``slot``; nothing: it may be put there.

    Without ``members`` those that sit with the nominee now, or, as long as nobody does, all that are free then: what is
    missed is then missed by everybody's being there. Only what this interview has a part in is told.
    """
    others = [one for one in placements if one.nominee != nominee]
    if members is None:
        members = next((one.members for one in placements if one.nominee == nominee), ())
    board = Board(problem, others)
    if not members:
        members = able(board, nominee, slot)
    placed = Placement(nominee, slot.day, slot.start, slot.room, tuple(members))
    return tuple(_ask(board, board.book(placed), RULES))


def broken_by(board: Board, placement: Placement) -> tuple[Violation, ...]:
    """What ``placement`` would break if it were on ``board``, on which its nominee is not."""
    return tuple(_ask(board, board.book(placement), RULES))


def able(board: Board, nominee: str, slot: Slot) -> tuple[str, ...]:
    """Members who may sit with ``nominee`` at ``slot``, as many as the category takes; those with a wanted role first.

    Pinned members are those of the pin, whatever keeps them.
    """
    problem = board.problem
    pin = problem.pin.get(nominee)
    if pin is not None and pin.members is not None:
        return tuple(sorted(pin.members))
    rules = [rule for rule in RULES if rule.code in MEMBER_CODES]

    def alone(member: str) -> Booked:
        return board.book(Placement(nominee, slot.day, slot.start, slot.room, (member,)))

    free = [one for one in problem.members if not forbidden(tuple(_ask(board, alone(one.id), rules)))]
    category = problem.category_of(nominee)
    wanted = frozenset().union(*(problem.role_group[name].any_of for name in category.role_groups))
    first = sorted(free, key=lambda one: not one.roles & wanted)
    return tuple(one.id for one in first[: category.panel_max])


def forbidden(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """Those of ``found`` that may not be written."""
    return tuple(violation for violation in found if violation.severity is Severity.FORBIDDEN)


def _ask(board: Board, look: Booked | None, rules: Iterable[Rule]) -> Iterator[Violation]:
    """What breaks ``rules``, each with what that means in this problem; ignored rules are not asked."""
    for rule in rules:
        severity = board.problem.levels.get(rule.code, rule.severity)
        if severity is not Severity.IGNORED:
            yield from (replace(found, severity=severity) for found in rule.find(board, look))
