"""What the plenary changes after the computation: a nominee moved to another position, everything else in its order.

Pure; the computed order stays what it is, these functions give the decided one beside it.
"""

from collections.abc import Sequence
from typing import ClassVar

from paritrana.kernel.errors import DomainError

from .ranking import Group


class DeviationImpossible(DomainError):
    """The nominee is not ranked, the position does not exist, or it is the one it already holds."""

    code: ClassVar[str] = "deviation_impossible"


class DeviationThroughTie(DomainError):
    """A tie lies in between: it has to be settled first."""

    code: ClassVar[str] = "deviation_through_tie"


def moved(groups: Sequence[Group], nominee: str, position: int) -> Group:
    """The new order of all who change position when ``nominee`` goes to ``position`` (counted from 1).

    The block from the old to the new position, best first; nobody outside it is touched. Raises
    ``DeviationImpossible`` and ``DeviationThroughTie``.
    """
    order = [name for group in groups for name in group]
    if nominee not in order or not 1 <= position <= len(order) or order[position - 1] == nominee:
        raise DeviationImpossible(nominee=nominee, position=position)
    start, end = sorted((order.index(nominee), position - 1))
    block = [name for name in order[start : end + 1] if name != nominee]
    block.insert(position - 1 - start, nominee)
    apply(groups, block)
    return tuple(block)


def apply(groups: Sequence[Group], order: Sequence[str]) -> tuple[Group, ...]:
    """``groups`` with the block made of exactly the members of ``order`` put into that order.

    The members must stand next to each other and none may share a place. Raises ``DeviationImpossible`` and
    ``DeviationThroughTie``.
    """
    touched = [index for index, group in enumerate(groups) if set(group) & set(order)]
    if any(len(groups[index]) > 1 for index in touched):
        raise DeviationThroughTie(order=list(order))
    found = {groups[index][0] for index in touched}
    if not touched or found != set(order) or touched[-1] - touched[0] + 1 != len(order):
        raise DeviationImpossible(order=list(order))
    return (*groups[: touched[0]], *((name,) for name in order), *groups[touched[-1] + 1 :])
