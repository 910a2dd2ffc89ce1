"""Reads of score sheets, always of one member: what is theirs, what stands in its way, what they have entered.

Nothing here reads another seat's marks: a page built on these selectors cannot leak them. Long, so that this can be
seen in one place.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from judging.core.criteria import Rubric
from judging.core.scoresheet import State
from judging.models import (
    Attendance,
    Interview,
    InterviewState,
    Recusal,
    RecusalState,
    RubricVersion,
    SaveReceipt,
    Seat,
    Seating,
    Sheet,
    SheetState,
    SheetVersion,
)
from nominees.core.scopes import read_scope
from nominees.models import NATIONAL_SCOPE, SCORED, CountedIndicator, Nomination, Round, TimeZone
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.kernel import wording
from paritrana.kernel.compiled import CompiledQuery
from paritrana.kernel.transactions import require_transaction

from .cells import Cell, cell_of
from .panels import seating_of
from .rubrics import read_version
from .schedule_told import Meeting, meeting_of, presence_of, told_annotations, told_seat

Cells = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SheetAddress:
    """A nominee as its pages name it; together with who asks this is one sheet."""

    year: int
    scope: str
    number: int


@dataclass(frozen=True, slots=True)
class SheetContext:
    """One member before one nominee: who they are there and what stands in the way. Holds no marks.

    ``seating_id`` and ``seat`` are ``None`` for somebody without a seat on that day; of ``seat`` only id, code and
    name are there. ``meeting``: when and where, as members were told; ``interview`` decides and may be a draft.
    ``key_is_known``: a save with this request key was answered before.
    """

    nomination: Nomination
    version: RubricVersion | None
    interview: Interview | None
    is_insider: bool
    is_member: bool
    seating_id: int | None
    seat: Seat | None
    presence: str | None
    is_recused: bool
    key_is_known: bool
    meeting: Meeting | None = None

    @property
    def seat_id(self) -> int | None:
        """The seat's id."""
        return self.seat.pk if self.seat else None

    @property
    def round(self) -> Round:
        """The round, with edition and region."""
        return self.nomination.round

    def cell(self, sheet_state: str | None) -> Cell:
        """Return how the sheet stands, given the state of its row (``None``: no row)."""
        return cell_of(
            is_vacant=self.seat_id is None,
            is_recused=self.is_recused,
            has_interview=self.interview is not None,
            presence=self.presence,
            sheet_state=sheet_state,
        )


@dataclass(frozen=True, slots=True)
class DayRow:
    """One nominee of a member's list. ``day`` and ``time`` are empty before the interview is released.

    ``entries`` is what this person saved last for it (canonical JSON, empty for nothing), ``rubric_id`` the version of
    the rubric that was judged by, ``revision`` that of the sheet. What somebody else saved on the seat is not there.
    """

    nomination: Nomination
    meeting: Meeting | None
    day: date | None
    time: str
    cell: Cell
    is_closed: bool
    entries: str = ""
    rubric_id: int | None = None
    revision: int = 0
    is_correction: bool = False

    @property
    def cells(self) -> Cells:
        """What this person saved last, read; nothing before the first save."""
        cells: Cells = json.loads(self.entries) if self.entries else {}
        return cells

    @property
    def missing(self) -> int | None:
        """How many criteria the own sheet lacks; ``None`` before the first save."""
        if not self.entries:
            return None
        return [cell["state"] for cell in self.cells.values()].count(State.NOT_ENTERED)

    @property
    def is_ready(self) -> bool:
        """Whether every criterion of the draft is answered; a correction is looked at on its own page first.

        Marks outside the soft bounds may still lack their note.
        """
        return self.cell is Cell.DRAFT and not self.is_closed and self.missing == 0 and not self.is_correction

    @property
    def is_todo(self) -> bool:
        """Whether the member has something to do here."""
        return self.cell in (Cell.NOT_STARTED, Cell.DRAFT) and not self.is_closed


def address_of(nomination: Nomination) -> SheetAddress:
    """Return the address of ``nomination``. Queries unless round, edition and region are loaded."""
    round = nomination.round
    return SheetAddress(round.edition.assessment_year, round.scope_code, nomination.number)


def sheet_context(*, user: User, address: SheetAddress, at: datetime, key: str = "") -> SheetContext | None:
    """Return ``user`` before the nominee at ``address`` on the local day of ``at``; ``None`` if there is none.

    One query for everything, because each save asks it: round, rubric, seat in force, roles, recusal, presence.
    """
    found = _find(user, address, at, key)
    nomination: Any = found[0] if found else None  # carries the annotations
    if nomination is None or not user.is_active:
        return None
    rubric = getattr(nomination.category, "rubric", None)
    here = "national" if nomination.round.region_id is None else "regional"
    return SheetContext(
        nomination=nomination,
        version=rubric.version if rubric else None,
        interview=getattr(nomination, "interview", None),
        is_insider=getattr(nomination, f"insider_{here}"),
        is_member=getattr(nomination, f"member_{here}"),
        seating_id=nomination.seating_id,
        seat=Seat(pk=nomination.seat_id, code=nomination.seat_code, name=nomination.seat_name)
        if nomination.seat_id
        else None,
        presence=nomination.presence,
        is_recused=nomination.is_recused,
        key_is_known=nomination.key_is_known,
        meeting=meeting_of(nomination),
    )


def _find(user: User, address: SheetAddress, at: datetime, key: str) -> list[Nomination]:
    values: dict[str, Any] = {"user": user.pk, "year": address.year, "number": address.number, "key": key}
    values |= {f"day_{zone}": wording.local_day(at, zone) for zone in TimeZone.values}
    place, values["practice"] = read_scope(address.scope)
    if place == NATIONAL_SCOPE:
        return AT_NATIONAL_ADDRESS.rows(**values)
    return AT_REGIONAL_ADDRESS.rows(**values, place=place)


def at_address(
    *, user: int, year: int, practice: int, number: int, key: str, place: str | None = None, **days: date
) -> QuerySet[Nomination]:
    """Return the nomination at an address with all that decides whether the user (by id) may write its sheet.

    ``days``: the local day of each zone (``day_Asia/Makassar``); no ``place`` is the national round.
    """
    where = Q(round__region=None) if place is None else Q(round__region__code=place)
    return (
        Nomination.objects.filter(where, round__edition__assessment_year=year, round__practice=practice, number=number)
        .select_related("round__edition", "round__region", "category__rubric__version", "nominee", "interview__room")
        .annotate(
            **_authority(user, days), **told_annotations(), key_is_known=Exists(SaveReceipt.objects.filter(pk=key))
        )
        .order_by("pk")[:1]
    )


def _authority(user: int, days: Mapping[str, date]) -> dict[str, Any]:
    """Subqueries on a nomination: the seating of ``user`` in force, grants in its round, presence, recusal."""
    seatings = Seating.objects.filter(_in_force(days), round=OuterRef("round"), user=user)
    grants = RoleGrant.objects.filter(
        user=user, revoked_at=None, assessment_year=OuterRef("round__edition__assessment_year")
    )
    members = grants.filter(role=Role.PANEL_MEMBER)
    mine = {"nomination": OuterRef("pk"), "seat_id": OuterRef("seat_id")}
    attendances = Attendance.objects.filter(interview__nomination=OuterRef("pk"), seat_id=OuterRef("seat_id"))
    return {
        "seating_id": Subquery(seatings.values("pk")[:1]),
        "seat_id": Subquery(seatings.values("seat_id")[:1]),
        "seat_code": Subquery(seatings.values("seat__code")[:1]),
        "seat_name": Subquery(seatings.values("seat__name")[:1]),
        "insider_regional": Exists(grants.filter(region=OuterRef("round__region"))),
        "insider_national": Exists(grants.filter(region=None)),
        "member_regional": Exists(members.filter(region=OuterRef("round__region"))),
        "member_national": Exists(members.filter(region=None)),
        "presence": Subquery(attendances.values("presence")[:1]),
        "is_recused": Exists(Recusal.objects.filter(**mine).exclude(state=RecusalState.DECLINED)),
    }


def _in_force(days: Mapping[str, date]) -> Q:
    """Seatings that hold on the local day of their round's zone."""
    found = Q()
    for zone in TimeZone.values:
        day = days[f"day_{zone}"]
        found |= Q(round__time_zone=zone, starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
    return found


_STAND_INS: Final[Mapping[str, int | str | date]] = {
    "user": 31001,
    "year": 31002,
    "number": 31003,
    "practice": 31004,
    "key": "stand-in-key",
    **{f"day_{zone}": date(1, 1, 1 + index) for index, zone in enumerate(TimeZone.values)},
}
# Every save asks one of these, and writing their SQL costs several times what the database needs to answer.
AT_NATIONAL_ADDRESS: Final = CompiledQuery(at_address, _STAND_INS)
AT_REGIONAL_ADDRESS: Final = CompiledQuery(at_address, {**_STAND_INS, "place": "stand-in-place"})


def current_version(*, seat_id: int | None, nomination_id: int, lock: bool = False) -> SheetVersion | None:
    """Return the newest version of a sheet with its sheet, or ``None`` before the first save. One query.

    ``lock``: both rows are locked; only inside a transaction.
    """
    if seat_id is None:
        return None
    if lock:
        require_transaction()
    found = (LOCKED_VERSION if lock else NEWEST_VERSION).rows(seat=seat_id, nomination=nomination_id)
    return found[0] if found else None


def newest_version(*, seat: int, nomination: int) -> QuerySet[SheetVersion]:
    """Return the newest version of the sheet of a seat on a nomination (by their ids)."""
    versions = SheetVersion.objects.select_related("sheet").filter(sheet__seat=seat, sheet__nomination=nomination)
    return versions.order_by("-number")[:1]


def locked_version(*, seat: int, nomination: int) -> QuerySet[SheetVersion]:
    """Return the same, to be changed."""
    versions = SheetVersion.objects.select_for_update().select_related("sheet")
    return versions.filter(sheet__seat=seat, sheet__nomination=nomination).order_by("-number")[:1]


_SHEET: Final[Mapping[str, int | str | date]] = {"seat": 31001, "nomination": 31002}
NEWEST_VERSION: Final = CompiledQuery(newest_version, _SHEET)
LOCKED_VERSION: Final = CompiledQuery(locked_version, _SHEET)


def cells_in(version: SheetVersion | None, reader: User) -> Cells:
    """Return the marks of ``version`` as plain data; nothing for no version.

    A draft belongs to who saved it: whoever takes over the seat begins with an empty sheet, and neither sees nor
    submits what somebody else thought. A submitted sheet is the seat's.
    """
    if version is None or (version.state == SheetState.DRAFT and version.saved_by_id != reader.pk):
        return {}
    cells: Cells = json.loads(version.entries)
    return cells


def last_receipt(sheet: Sheet) -> SaveReceipt | None:
    """Return the receipt of the last submission of ``sheet``. One query.

    Later saves may have belonged to a correction that was given up.
    """
    return SaveReceipt.objects.filter(sheet=sheet, submitted=True).order_by("-revision").first()


def receipt_at(sheet: Sheet, revision: int) -> SaveReceipt | None:
    """Return the receipt of the save that made ``revision`` of ``sheet``; none for 0. One query."""
    return SaveReceipt.objects.filter(sheet=sheet, revision=revision).first()


def indicators_of(nomination: Nomination) -> QuerySet[CountedIndicator]:
    """Return the counts known of a nominee. One query."""
    return CountedIndicator.objects.filter(nomination=nomination)


def member_list(*, user: User, round: Round, at: datetime) -> tuple[Seating | None, tuple[DayRow, ...]]:
    """Return the seating of ``user`` on the day of ``at`` and everybody this seat may meet, by time, then number.

    Nominees of whom nothing is released come last. Two queries.
    """
    seating = seating_of(user, round, wording.local_day(at, round.time_zone))
    return seating, seat_list(user=user, round=round, seat_id=seating.seat_id) if seating else ()


def seat_list(*, user: User, round: Round, seat_id: int | None) -> tuple[DayRow, ...]:
    """Return the same list where the seat of ``user`` is known; nobody for no seat. One query."""
    if seat_id is None:
        return ()
    nominations = (
        Nomination.objects.filter(Q(status__in=SCORED) | Q(interview__state=InterviewState.NO_SHOW), round=round)
        .select_related("nominee", "category", "interview__room")
        .annotate(**_own(seat_id), **_saved_by(user, seat_id), **told_annotations())
        .order_by("number")
    )
    rows = [_day_row(nomination, round) for nomination in nominations]
    rows = [row for row in rows if row.cell is not Cell.NOT_SEATED]
    return tuple(sorted(rows, key=_by_time))


def own_earlier(rows: Iterable[DayRow], *, rubric_id: int, number: int) -> list[tuple[DayRow, Cells]]:
    """Return what the member saved for other nominees under the same version of the rubric, in the order of ``rows``.

    Sheets that hold no mark are left out. No query.
    """
    others = (row for row in rows if row.rubric_id == rubric_id and row.nomination.number != number)
    found = [(row, row.cells) for row in others]
    return [(row, cells) for row, cells in found if any("value" in cell for cell in cells.values())]


def rubrics_behind(rows: Iterable[DayRow]) -> dict[int | None, Rubric]:
    """Return the rubrics by which the saved sheets of ``rows`` were judged, by ``rubric_id``. One query."""
    versions = RubricVersion.objects.filter(pk__in={row.rubric_id for row in rows if row.rubric_id})
    return {version.pk: read_version(version) for version in versions}


def neighbours(rows: Sequence[DayRow], number: int) -> tuple[DayRow | None, DayRow | None]:
    """Return the rows before and after the nomination ``number``."""
    numbers = [row.nomination.number for row in rows]
    if number not in numbers:
        return None, None
    place = numbers.index(number)
    return rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None


def days_in(rows: Iterable[DayRow]) -> list[date]:
    """Return the days on which the member has interviews, in order."""
    return sorted({row.day for row in rows if row.day})


def next_todo(rows: Iterable[DayRow]) -> DayRow | None:
    """Return the first row in which there is something to do."""
    return next((row for row in rows if row.is_todo), None)


def _own(seat_id: int) -> Mapping[str, Any]:
    sheets = Sheet.objects.filter(nomination=OuterRef("pk"), seat=seat_id)
    attendances = Attendance.objects.filter(interview__nomination=OuterRef("pk"), seat=seat_id)
    recusals = Recusal.objects.filter(nomination=OuterRef("pk"), seat=seat_id)
    return {
        "sheet_state": Subquery(sheets.values("state")[:1]),
        "closed_at": Subquery(sheets.values("closed_at")[:1]),
        "presence": Subquery(attendances.values("presence")[:1]),
        "is_told_seat": told_seat(seat_id),
        "is_recused": Exists(recusals.exclude(state=RecusalState.DECLINED)),
    }


def _saved_by(user: User, seat_id: int) -> Mapping[str, Any]:
    """What ``user`` saved last, or wrote on paper; a draft of whoever held the seat before is nobody else's to see.

    Asked by the seating of each version: a paper is saved by who typed it in, in the seating of who filled it in.
    """
    sheets = Sheet.objects.filter(nomination=OuterRef("pk"), seat=seat_id)
    versions = SheetVersion.objects.filter(
        sheet__nomination=OuterRef("pk"), sheet__seat=seat_id, seating__user=user
    ).order_by("-number")
    return {
        "revision": Subquery(sheets.values("revision")[:1]),
        "own_entries": Subquery(versions.values("entries")[:1]),
        "own_rubric": Subquery(versions.values("rubric_version_id")[:1]),
        "own_version": Subquery(versions.values("number")[:1]),
    }


def _day_row(nomination: Any, round: Round) -> DayRow:
    meeting = meeting_of(nomination)
    is_known, presence = presence_of(nomination, nomination.presence, nomination.is_told_seat)
    cell = cell_of(
        is_vacant=False,
        is_recused=nomination.is_recused,
        has_interview=is_known,
        presence=presence,
        sheet_state=nomination.sheet_state,
    )
    return DayRow(
        nomination=nomination,
        meeting=meeting,
        day=wording.local_day(meeting.starts_at, round.time_zone) if meeting else None,
        time=wording.time_range(meeting.starts_at, meeting.ends_at, round.time_zone) if meeting else "",
        cell=cell,
        is_closed=nomination.closed_at is not None or nomination.status not in SCORED,
        entries=nomination.own_entries or "",
        rubric_id=nomination.own_rubric,
        revision=nomination.revision or 0,
        is_correction=(nomination.own_version or 1) > 1,
    )


def _by_time(row: DayRow) -> tuple[bool, float, int]:
    starts = row.meeting.starts_at.timestamp() if row.meeting else 0.0
    return row.meeting is None, starts, row.nomination.number
