"""Can severity and merit be told apart: is the graph of seats and nominees in one piece?

Between two pieces they cannot: nobody knows whether one half of the panel is strict or its nominees weak. Useful
when seats are assigned, and again on what was handed in.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from judging.core.seat_totals import Pair, SeatTotals

_Vertex = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Component:
    """Seats and nominees that are linked by sheets, in alphabetical order."""

    judges: tuple[str, ...]
    nominees: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Connectedness:
    """The pieces of the graph, largest first, and a smallest set of (seat, nominee) sheets that would join them.

    ``joining`` has one pair less than there are pieces; it is None when recusals leave no way to join them all.
    ``warning`` is ``unconnected`` when there are several pieces.
    """

    components: tuple[Component, ...]
    joining: tuple[Pair, ...] | None

    UNCONNECTED: ClassVar[str] = "unconnected"

    @property
    def connected(self) -> bool:
        """At most one piece."""
        return len(self.components) <= 1

    @property
    def warning(self) -> str | None:
        """The code of what is wrong, if anything."""
        return None if self.connected else self.UNCONNECTED


class _Union:
    """Union-find over seats and nominees (an id may be used for both)."""

    def __init__(self, vertices: Iterable[_Vertex]) -> None:
        self.parent = {vertex: vertex for vertex in vertices}

    def root(self, vertex: _Vertex) -> _Vertex:
        while self.parent[vertex] != vertex:
            self.parent[vertex] = self.parent[self.parent[vertex]]
            vertex = self.parent[vertex]
        return vertex

    def join(self, pair: Pair) -> bool:
        """Link a seat and a nominee; whether that joined two pieces."""
        seat, nominee = self.root(("seat", pair[0])), self.root(("nominee", pair[1]))
        self.parent[seat] = nominee
        return seat != nominee


def connectedness(
    seats: Sequence[str],
    nominees: Sequence[str],
    pairs: Collection[Pair],
    recusals: Collection[Pair] = (),
) -> Connectedness:
    """Pieces of the graph with these vertices and one edge for each of ``pairs`` (seat, nominee).

    A seat or nominee without any edge is a piece of its own. ``recusals`` are never proposed for joining.
    """
    union = _Union([*(("seat", seat) for seat in seats), *(("nominee", nominee) for nominee in nominees)])
    for pair in pairs:
        union.join(pair)
    pieces: dict[_Vertex, tuple[list[str], list[str]]] = {}
    for vertex in sorted(union.parent):
        members = pieces.setdefault(union.root(vertex), ([], []))
        members[0 if vertex[0] == "seat" else 1].append(vertex[1])
    found = [Component(tuple(judges), tuple(names)) for judges, names in pieces.values()]
    found.sort(key=lambda piece: (-len(piece.judges) - len(piece.nominees), piece.judges, piece.nominees))
    forbidden = frozenset(recusals)
    joining = tuple(
        (seat, nominee)
        for seat in sorted(seats)
        for nominee in sorted(nominees)
        if (seat, nominee) not in forbidden and union.join((seat, nominee))
    )
    return Connectedness(tuple(found), joining if len(joining) >= len(found) - 1 else None)


def connectedness_of(totals: SeatTotals, recusals: Collection[Pair] = ()) -> Connectedness:
    """The same for the complete sheets there are; seats and nominees without any are left out."""
    seats = sorted({seat for seat, _ in totals.totals})
    nominees = sorted({nominee for _, nominee in totals.totals})
    return connectedness(seats, nominees, totals.totals.keys(), recusals)
