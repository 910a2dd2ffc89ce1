"""One day of a schedule laid out as a table: rooms are columns, time runs down, a cell lasts as long as what is in it.

Rows begin and end wherever anything does, and at every half hour; nothing is rounded to the steps of the grid.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final, Generic, Protocol, TypeVar

MARK: Final = 30
#: Of a day without sessions and interviews.
OFFICE_HOURS: Final = (8 * 60, 16 * 60)
CARD, BUFFER, GAP, CLOSED, FREE = "card", "buffer", "gap", "closed", "free"


class Timed(Protocol):
    """Something that is in a room for a while; ``until`` includes the buffer."""

    @property
    def room_id(self) -> int: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def until(self) -> int: ...


T = TypeVar("T", bound=Timed)
Times = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cell(Generic[T]):
    """What is in a room for a while; ``rows`` is how many rows it spans, ``card`` only of an interview."""

    kind: str
    start: int
    end: int
    rows: int
    card: T | None = None


@dataclass(frozen=True, slots=True)
class Row(Generic[T]):
    """Some minutes, and the cells that begin then. ``mark``: rows until the next half hour, 0 if none begins here."""

    start: int
    end: int
    mark: int
    cells: tuple[Cell[T], ...]

    @property
    def minutes(self) -> int:
        """How long it lasts: at most half an hour."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Grid(Generic[T]):
    """The table of a day. ``columns``: ids of the rooms, once for each interview that a room holds at the same time."""

    columns: tuple[int, ...]
    rows: tuple[Row[T], ...]


def grid_of(
    rooms: Sequence[int], sessions: Sequence[Times], closures: Collection[tuple[int, int, int]], cards: Iterable[T]
) -> Grid[T]:
    """Lay out ``cards`` in ``rooms``; ``closures`` are rooms with the minutes in which they are closed.

    Without ``sessions`` the whole day is open. Closures of another time than that of the table are cut.
    """
    lanes = list(_lanes(rooms, sorted(cards, key=lambda one: (one.start, one.end))))
    first, last = _window(sessions, [card for _, row in lanes for card in row])
    points = sorted(
        {
            *range(first, last + 1, MARK),
            *(edge for span in sessions for edge in span),
            *(edge for _, *span in closures for edge in span if first < edge < last),
            *(edge for _, row in lanes for card in row for edge in (card.start, card.end, min(card.until, last))),
        }
    )
    spans = list(pairwise(points))
    beginning: dict[int, list[Cell[T]]] = defaultdict(list)
    for room, row in lanes:
        closed = [(start, end) for one, start, end in closures if one == room]
        for cell in _cells(spans, sessions, closed, row):
            beginning[cell.start].append(cell)
    marks = {start: sum(start <= point < start + MARK for point in points[:-1]) for start in range(first, last, MARK)}
    rows = tuple(Row(start, end, marks.get(start, 0), tuple(beginning[start])) for start, end in spans)
    return Grid(tuple(room for room, _ in lanes), rows)


def _window(sessions: Sequence[Times], cards: Sequence[Timed]) -> Times:
    """The whole half hours between the first and the last of all."""
    spans = [*sessions, *((card.start, card.until) for card in cards)] or [OFFICE_HOURS]
    if not sessions:
        spans.append(OFFICE_HOURS)
    first, last = min(start for start, _ in spans), max(end for _, end in spans)
    return first - first % MARK, min(-(-last // MARK) * MARK, 24 * 60)


def _lanes(rooms: Sequence[int], cards: Sequence[T]) -> Iterator[tuple[int, list[T]]]:
    """The columns: usually one for each room, more where interviews overlap."""
    for room in rooms:
        lanes: list[list[T]] = [[]]
        for card in cards:
            if card.room_id == room:
                lane = next((one for one in lanes if not one or one[-1].end <= card.start), None)
                if lane is None:
                    lanes.append(lane := [])
                lane.append(card)
        yield from ((room, lane) for lane in lanes)


def _cells(
    spans: Sequence[Times], sessions: Sequence[Times], closed: Sequence[Times], cards: Sequence[T]
) -> Iterator[Cell[T]]:
    def what(span: Times) -> tuple[str, int, int]:
        """The kind, the number of the card, and for what is open the half hour: lines are drawn between these."""
        start = span[0]
        for number, card in enumerate(cards):
            if card.start <= start < card.end:
                return CARD, number, 0
        if any(card.end <= start < card.until for card in cards):
            return BUFFER, 0, 0
        if _within(start, closed):
            return CLOSED, 0, 0
        if sessions and not _within(start, sessions):
            return GAP, 0, 0
        return FREE, 0, start // MARK

    for (kind, number, _), group in groupby(spans, key=what):
        held = list(group)
        yield Cell(kind, held[0][0], held[-1][1], len(held), cards[number] if kind == CARD else None)


def _within(start: int, spans: Iterable[Times]) -> bool:
    return any(first <= start < last for first, last in spans)
