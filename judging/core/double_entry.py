"""Two people read the same paper sheet: where their marks differ, and what both say. Who read what is not told."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Final

from .numbers import ZERO, typed
from .reading import Json

Cells = Mapping[str, Mapping[str, Json]]
WORDS: Final = ("note", "reason")


def mark_of(cell: Mapping[str, Json]) -> tuple[str, Fraction]:
    """Return what two readings are compared by, and put in order by: state and value; words are not marks."""
    return str(cell["state"]), typed(cell["value"]) if "value" in cell else ZERO


def differing(first: Cells, second: Cells) -> tuple[str, ...]:
    """Return the criteria on which two readings give different marks, in the order of ``first``.

    Both hold every criterion, as ``scoresheet.to_plain`` writes them.
    """
    return tuple(name for name, cell in first.items() if mark_of(cell) != mark_of(second[name]))


def agreed(first: Cells, second: Cells) -> dict[str, dict[str, Json]]:
    """Return the criteria on which both give the same mark; words are the second's, or the first's where it has none.

    Handwriting is read with other commas by everyone, so that notes and reasons make no difference.
    """
    apart = differing(first, second)
    return {name: _words_of(cell) | dict(second[name]) for name, cell in first.items() if name not in apart}


def in_order(first: Mapping[str, Json], second: Mapping[str, Json]) -> list[Mapping[str, Json]]:
    """Return two readings of one criterion by their marks, the lower one first: their order tells nobody's turn."""
    return sorted((first, second), key=mark_of)


def _words_of(cell: Mapping[str, Json]) -> dict[str, Json]:
    return {name: cell[name] for name in WORDS if name in cell}
