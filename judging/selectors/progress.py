"""How far the panel is: who has handed in what, never a mark, never a mean."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Subquery

from judging.models import Attendance, Seat, Seating, Sheet
from nominees.models import SCORED, Category, Nomination, Round

from .cells import EXPECTED, Cell, cell_of
from .panels import blocking_recusals
from .schedule import quorum_of

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One nominee: a cell per seat, in the order of the seats. ``is_overdue``: its interview is over."""

    nomination: Nomination
    cells: tuple[Cell, ...]
    is_overdue: bool
    has_quorum: bool

    @property
    def submitted(self) -> int:
        """How many sheets are in."""
        return self.cells.count(Cell.SUBMITTED)

    @property
    def expected(self) -> int:
        """How many sheets there will be when everybody expected has handed in."""
        return sum(cell in EXPECTED for cell in self.cells)


@dataclass(frozen=True, slots=True)
class ProgressTable:
    """One category."""

    category: Category
    rows: tuple[ProgressRow, ...]

    @property
    def submitted(self) -> int:
        """How many sheets are in."""
        return sum(row.submitted for row in self.rows)

    @property
    def expected(self) -> int:
        """How many sheets are expected."""
        return sum(row.expected for row in self.rows)

    @property
    def percent(self) -> int:
        """Whole percent of the expected sheets that are in, rounded down: 100 only when all are."""
        return self.submitted * 100 // self.expected if self.expected else 0


@dataclass(frozen=True, slots=True)
class SeatProgress:
    """One seat: who holds it, how many of its sheets are in, and how many are late (the interview is over)."""

    seat: Seat
    holder: str
    submitted: int
    expected: int
    late: int


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole round."""

    seats: tuple[SeatProgress, ...]
    tables: tuple[ProgressTable, ...]
    quorum: int

    @property
    def is_complete(self) -> bool:
        """Whether every expected sheet is in."""
        return bool(self.tables) and all(table.submitted == table.expected for table in self.tables)


def progress_of(round: Round, at: datetime) -> Progress:
    """Return how far the panel is at the moment ``at``. Six queries, whatever the size of the round."""
    holders = Seating.objects.filter(seat=OuterRef("pk"), ends_on=None).values("name")
    seats = list(Seat.objects.filter(round=round).annotate(holder=Subquery(holders[:1])))
    quorum = quorum_of(round)
    marks = _Cells(round)
    rows: dict[Category, list[ProgressRow]] = defaultdict(list)
    for nomination, ends_at in _nominations(round):
        has_interview = ends_at is not None
        cells = tuple([marks.cell(seat, nomination, has_interview=has_interview) for seat in seats])
        over = ends_at is not None and ends_at <= at
        rows[nomination.category].append(ProgressRow(nomination, cells, over, cells.count(Cell.SUBMITTED) >= quorum))
    tables = tuple(ProgressTable(category, tuple(listed)) for category, listed in rows.items())
    return Progress(_seats(seats, tables), tables, quorum)


def _nominations(round: Round) -> Iterable[tuple[Nomination, datetime | None]]:
    """Who is scored, with number, nominee's name and category only, and the end of the interview. One query."""
    found = (
        Nomination.objects.filter(round=round, status__in=SCORED)
        .select_related("nominee", "category")
        .only("number", "nominee__name", "category__code", "category__name", "category__position")
        .annotate(interview_ends_at=F("interview__ends_at"))
        .order_by("category__position", "category__code", "number")
    )
    return [(nomination, nomination.interview_ends_at) for nomination in found]


def cell_state(seat: Seat, nomination: Nomination) -> Cell:
    """Return how one sheet stands. Five queries; for many use :func:`progress_of`."""
    has_interview = hasattr(nomination, "interview")
    return _Cells(nomination.round).cell(seat, nomination, has_interview=has_interview)


class _Cells:
    """What decides the cells of a round, read once."""

    def __init__(self, round: Round) -> None:
        attendances = Attendance.objects.filter(interview__round=round)
        sheets = Sheet.objects.filter(round=round)
        self.presence = _by_key(attendances.order_by().values_list("seat_id", "interview__nomination_id", "presence"))
        self.sheets = _by_key(sheets.order_by().values_list("seat_id", "nomination_id", "state"))
        self.recused = blocking_recusals(round)

    def cell(self, seat: Seat, nomination: Nomination, *, has_interview: bool) -> Cell:
        key = (seat.pk, nomination.pk)
        return cell_of(
            is_vacant=bool(seat.vacant_reason),
            is_recused=key in self.recused,
            has_interview=has_interview,
            presence=self.presence.get(key),
            sheet_state=self.sheets.get(key),
        )


def _by_key(rows: Iterable[tuple[int, int, str]]) -> Mapping[Key, str]:
    return {(seat, nomination): state for seat, nomination, state in rows}


def _seats(seats: Sequence[Any], tables: Sequence[ProgressTable]) -> tuple[SeatProgress, ...]:
    """``seats`` carry their present ``holder``."""
    found = []
    for index, seat in enumerate(seats):
        own = [(row.cells[index], row.is_overdue) for table in tables for row in table.rows]
        found.append(
            SeatProgress(
                seat=seat,
                holder=seat.holder or "",
                submitted=sum(cell is Cell.SUBMITTED for cell, _ in own),
                expected=sum(cell in EXPECTED for cell, _ in own),
                late=sum(cell in (Cell.NOT_STARTED, Cell.DRAFT) and over for cell, over in own),
            )
        )
    return tuple(found)
