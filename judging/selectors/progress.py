"""How far the panel is: who has handed in what and when somebody was last there, never a mark, never a mean.

Who is expected where, and what is late, goes by the released schedule until an interview begins, as for the members.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import CharField, Exists, F, Max, OuterRef, Subquery, Value

from judging.models import Attendance, Decision, DecisionKind, Recusal, RecusalState, Seat, Seating, Sheet, SheetVersion
from judging.models.reopening import OPEN
from nominees.models import SCORED, Category, Nomination, Round
from paritrana.kernel.wording import local_day

from .cells import EXPECTED, Cell, cell_of
from .open_points import OpenPoint, lacks_quorum, point_of
from .panels import in_force_on
from .paper_entries import papers_for_third
from .reopening import LEFT_BEHIND, unsettled_with_holder
from .schedule_material import quorum_of
from .schedule_told import TOLD_KEY, meeting_of, presence_of, rows_told, told_annotations

Key = tuple[int, int]

#: Stands among the states of recusals and requests for a paper sheet that waits for a third step.
PAPER: Final = "paper"
#: Stands among presences for a seat of the released schedule.
TOLD: Final = "told"

#: What is shown of a nominee, and what :func:`meeting_of` asks of the interview.
SHOWN: Final = (
    *("number", "status", "nominee__name", "category__code", "category__name", "category__position"),
    *(f"interview__{field}" for field in ("state", "starts_at", "ends_at", "room__name")),
)

#: Sheets that are still to come.
OUTSTANDING = frozenset({Cell.NOT_STARTED, Cell.DRAFT})


@dataclass(frozen=True, slots=True)
class ProgressRow:
    """One nominee: a cell, and what waits for a decision there, per seat in the order of the seats.

    ``is_overdue``: its interview is over; ``has_interview``: it has one, be it in the draft alone. ``lacks_quorum``:
    no sheet that is still to come can help, and no exception was recorded.
    """

    nomination: Nomination
    cells: tuple[Cell, ...]
    points: tuple[OpenPoint | None, ...]
    is_overdue: bool
    has_interview: bool
    has_quorum: bool
    lacks_quorum: bool

    @property
    def submitted(self) -> int:
        """How many sheets are in."""
        return self.cells.count(Cell.SUBMITTED)

    @property
    def expected(self) -> int:
        """How many sheets there will be when everybody expected has handed in."""
        return sum(cell in EXPECTED for cell in self.cells)

    @property
    def is_due(self) -> bool:
        """Whether its sheets can be asked for: the interview is over, or there is none to wait for."""
        return self.is_overdue or not self.has_interview


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
    """One seat: who holds it, how many of its sheets are in, and how many are late (the interview is over).

    ``last_active``: when a sheet of the seat was last saved or its present holder last signed in; not what was done.
    """

    seat: Seat
    holder: str
    submitted: int
    expected: int
    late: int
    last_active: datetime | None


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
    day = local_day(at, round.time_zone)
    seats = _present_seats(round, day)
    quorum = quorum_of(round)
    marks = _Cells(round, day)
    rows: dict[Category, list[ProgressRow]] = defaultdict(list)
    for nomination in _nominations(round):
        meeting, is_excused = meeting_of(nomination), nomination.is_excused
        found = [marks.cell(seat, nomination) for seat in seats]
        cells, points = tuple([cell for cell, _ in found]), tuple([point for _, point in found])
        has_quorum = cells.count(Cell.SUBMITTED) >= quorum
        row = ProgressRow(
            nomination=nomination,
            cells=cells,
            points=points,
            is_overdue=meeting is not None and meeting.ends_at <= at,
            has_interview=meeting is not None or hasattr(nomination, "interview"),
            has_quorum=has_quorum,
            lacks_quorum=not has_quorum and not is_excused and lacks_quorum(nomination.status, cells, points, quorum),
        )
        rows[nomination.category].append(row)
    tables = tuple(ProgressTable(category, tuple(listed)) for category, listed in rows.items())
    return Progress(_seats(seats, tables), tables, quorum)


def _present_seats(round: Round, day: date) -> list[Any]:
    """The seats with their ``holder`` on ``day``, that person's last ``signed_in_at`` and the last ``saved_at``."""
    held = Seating.objects.filter(in_force_on(day), seat=OuterRef("pk"))
    # A version that a granted request opened is saved by nobody until its member does.
    saved = SheetVersion.objects.exclude(reopening__decided_at=F("saved_at"))
    versions = saved.filter(sheet__seat=OuterRef("pk")).order_by().values("sheet__seat")
    found = Seat.objects.filter(round=round).annotate(
        holder=Subquery(held.values("name")[:1]),
        signed_in_at=Subquery(held.values("user__last_login")[:1]),
        saved_at=Subquery(versions.annotate(last=Max("saved_at")).values("last")),
    )
    return list(found)


def _nominations(round: Round) -> Iterable[Any]:
    """Who is scored, with what the board shows of them only, and the end of the interview. One query."""
    excused = Decision.nominations.through.objects.filter(
        nomination=OuterRef("pk"), decision__kind=DecisionKind.QUORUM, decision__withdrawn_at=None
    )
    found = (
        Nomination.objects.filter(round=round, status__in=SCORED, is_calibration=False)
        .select_related("nominee", "category", "interview__room")
        .only(*SHOWN)
        .annotate(**told_annotations(), is_excused=Exists(excused))
        .order_by("category__position", "category__code", "number")
    )
    return list(found)


def cell_state(seat: Seat, nomination: Nomination, at: datetime) -> Cell:
    """Return how one sheet stands at the moment ``at``. Six queries; for many use :func:`progress_of`."""
    day = local_day(at, nomination.round.time_zone)
    found = Nomination.objects.select_related("interview__room").annotate(**told_annotations()).get(pk=nomination.pk)
    return _Cells(nomination.round, day).cell(seat, found)[0]


class _Cells:
    """What decides the cells of a round on ``day``, read once."""

    def __init__(self, round: Round, day: date) -> None:
        attendances = Attendance.objects.filter(interview__round=round)
        recusals = Recusal.objects.filter(seat__round=round).exclude(state=RecusalState.DECLINED)
        sheets = Sheet.objects.filter(round=round)
        recorded = attendances.order_by().values_list("seat_id", "interview__nomination_id", "presence")
        told = rows_told(round).values_list(*TOLD_KEY, Value(TOLD, CharField()))
        self.presence: dict[Key, str] = {}
        self.told: set[Key] = set()
        for seat, nomination, presence in recorded.union(told, all=True):
            if presence == TOLD:
                self.told.add((seat, nomination))
            else:
                self.presence[seat, nomination] = presence
        self.sheets = _by_key(sheets.order_by().values_list("seat_id", "nomination_id", "state"))
        # All are few: one statement asks for them.
        exceptional = recusals.order_by().values_list("seat_id", "nomination_id", "state")
        requests = unsettled_with_holder(round, day).order_by()
        answers = requests.values_list("sheet__seat_id", "sheet__nomination_id", "standing")
        waiting = papers_for_third(round).order_by()
        papers = waiting.values_list("seat_id", "nomination_id", Value(PAPER, CharField()))
        self.recusals: dict[Key, str] = {}
        self.asked: set[Key] = set()
        self.corrected: set[Key] = set()
        self.left: set[Key] = set()
        self.papers: set[Key] = set()
        for seat, nomination, state in exceptional.union(answers, papers, all=True):
            key = (seat, nomination)
            if state in (RecusalState.DECLARED, RecusalState.CONFIRMED):
                self.recusals[key] = state
            elif state == PAPER:
                self.papers.add(key)
            elif state in OPEN:
                self.asked.add(key)
            else:
                self.corrected.add(key)
                if state == LEFT_BEHIND:
                    self.left.add(key)

    def cell(self, seat: Seat, nomination: Any) -> tuple[Cell, OpenPoint | None]:
        """How the sheet of ``seat`` on ``nomination``, loaded as :func:`meeting_of` asks, stands. No query."""
        key = (seat.pk, nomination.pk)
        recusal = self.recusals.get(key)
        sheet_state, is_asked = self.sheets.get(key), key in self.asked
        is_known, presence = presence_of(nomination, self.presence.get(key), key in self.told)
        cell = cell_of(
            is_vacant=bool(seat.vacant_reason),
            is_recused=recusal is not None,
            has_interview=is_known,
            presence=presence,
            sheet_state=sheet_state,
            has_submitted=key in self.corrected,
        )
        is_left, is_paper = key in self.left, key in self.papers
        if recusal is None and not is_asked and not is_left and not is_paper and cell is not Cell.ABSENT:
            return cell, None  # nearly every cell
        point = point_of(
            cell,
            recusal=recusal,
            sheet_state=sheet_state,
            is_reopening_asked=is_asked,
            is_correction_left=is_left,
            is_paper_waiting=is_paper,
        )
        return cell, point


def _by_key(rows: Iterable[tuple[int, int, str]]) -> Mapping[Key, str]:
    return {(seat, nomination): state for seat, nomination, state in rows}


def _seats(seats: Sequence[Any], tables: Sequence[ProgressTable]) -> tuple[SeatProgress, ...]:
    """``seats`` as :func:`_present_seats` reads them."""
    found = []
    for index, seat in enumerate(seats):
        own = [(row.cells[index], row.is_overdue) for table in tables for row in table.rows]
        found.append(
            SeatProgress(
                seat=seat,
                holder=seat.holder or "",
                submitted=sum(cell is Cell.SUBMITTED for cell, _ in own),
                expected=sum(cell in EXPECTED for cell, _ in own),
                late=sum(cell in OUTSTANDING and over for cell, over in own),
                last_active=max((at for at in (seat.saved_at, seat.signed_in_at) if at), default=None),
            )
        )
    return tuple(found)
