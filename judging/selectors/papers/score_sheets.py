"""Which paper score sheets there are to print, and their data. No mark of anybody is read here.

A sheet that nobody is to fill in is left out and listed with its reason: conflict of interest, absence, a vacant seat,
a sheet that was submitted already, a category without criteria for the panel.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Final

from judging.core.criteria import Rubric
from judging.core.sheet_code import SheetCode
from judging.documents.data import NotPrinted, ScoreSheet, ScoreSheets, SheetCriterion, SheetLeftOut
from judging.models import Attendance, RubricVersion, Seat, Seating, Sheet
from judging.selectors.cells import Cell, cell_of
from judging.selectors.panels import blocking_recusals
from judging.selectors.rubrics import assigned_versions, read_version
from judging.selectors.schedule_told import Meeting, meeting_of, presence_of, seats_told, told_annotations
from nominees.models import SCORED, Nomination, Round
from paritrana.kernel import wording

from .common import category_title, demo_mark, edition_title, holder, issuing_body, origin, seats_of
from .ranking import rubric_words

#: One PDF holds at most so many sheets: the memory of a print stays flat, and one file is a matter of seconds.
SHEETS_PER_FILE: Final = 25
REASONS: Final[Mapping[Cell, NotPrinted]] = {
    Cell.RECUSED: "recused",
    Cell.ABSENT: "absent",
    Cell.SUBMITTED: "submitted",
    Cell.NOT_SEATED: "vacant",
}

Key = tuple[int, int]
Pages = tuple["PaperSheet", ...]


@dataclass(frozen=True, slots=True)
class Form:
    """What the sheets of a category ask: a rubric version and what it says."""

    version: RubricVersion
    rubric: Rubric


@dataclass(frozen=True, slots=True)
class PaperSheet:
    """One seat before one nominee; ``meeting`` as it was released, ``day`` its local day.

    ``left_out``: why nothing is printed.
    """

    seat: Seat
    seating: Seating | None
    nomination: Nomination
    meeting: Meeting | None
    day: date | None
    form: Form | None
    left_out: NotPrinted | None


@dataclass(frozen=True, slots=True)
class PaperPrint:
    """What one choice prints: sheets in the order of the seats, then of time, and what is left out of them."""

    sheets: Pages
    left_out: Pages

    @property
    def files(self) -> tuple[Pages, ...]:
        """The sheets cut into files: whole seats where they fit, never more than ``SHEETS_PER_FILE``."""
        found: list[list[PaperSheet]] = [[]]
        for _seat, group in groupby(self.sheets, key=lambda sheet: sheet.seat.pk):
            own = list(group)
            if len(found[-1]) + len(own) > SHEETS_PER_FILE:
                found.append([])
            while own:
                found[-1] += own[:SHEETS_PER_FILE]
                if own := own[SHEETS_PER_FILE:]:
                    found.append([])
        return tuple(tuple(file) for file in found if file)

    def first_of(self, file: int) -> int:
        """Return the number of the first sheet of ``files[file]`` in the whole print, from 1."""
        return 1 + sum(len(one) for one in self.files[:file])


def paper_sheets(round: Round, at: datetime, *, seat_id: int | None = None) -> Pages:
    """Return every sheet that a seat has in ``round``, of one seat only with ``seat_id``, by seat, time and number.

    Whoever holds the seat on the day of the interview is named; before it is released, who holds it on the day of
    ``at``. Eight queries, whatever the size of the round.
    """
    known = _Known(round)
    nominations = sorted(_nominations(round), key=_by_time)
    today = wording.local_day(at, round.time_zone)
    found = []
    for seat in seats_of(round):
        if seat_id is None or seat.pk == seat_id:
            found += [sheet for one in nominations if (sheet := known.sheet(seat, one, today))]
    return tuple(found)


def chosen(sheets: Pages, *, day: date | None = None, seat: str = "", number: int | None = None) -> PaperPrint:
    """Return the print of the sheets of one day, one seat (its code), one nominee, or any of these together."""
    listed = [
        sheet
        for sheet in sheets
        if day in (None, sheet.day) and seat in ("", sheet.seat.code) and number in (None, sheet.nomination.number)
    ]
    return PaperPrint(
        tuple(sheet for sheet in listed if not sheet.left_out), tuple(sheet for sheet in listed if sheet.left_out)
    )


def days_of(sheets: Pages) -> list[date]:
    """Return the days of the interviews, in order."""
    return sorted({sheet.day for sheet in sheets if sheet.day})


def score_sheets_data(round: Round, found: PaperPrint, file: int, at: datetime, extent: str) -> ScoreSheets:
    """Return the data of ``found.files[file]``, dated the day of ``at``; the first file lists what is left out.

    ``extent`` says in words what was chosen. No query.
    """
    sheets: Sequence[PaperSheet] = found.files[file] if found.files else ()
    return ScoreSheets(
        issuing_body=issuing_body(round),
        edition=edition_title(round),
        extent=extent,
        place=round.city,
        day=wording.local_day(at, round.time_zone),
        zone=round.time_zone,
        sheets=tuple(_sheet(round, one, one.form) for one in sheets if one.form),
        left_out=tuple(_left_out(one) for one in found.left_out) if file == 0 else (),
        first=found.first_of(file),
        total=len(found.sheets),
        demo_mark=demo_mark(round),
    )


class _Known:
    """What decides which sheets there are, read once. Five queries."""

    def __init__(self, round: Round) -> None:
        attendances = Attendance.objects.filter(interview__round=round).order_by()
        sheets = Sheet.objects.filter(round=round).order_by()
        self.zone = round.time_zone
        self.presence = {
            (seat, one): presence
            for seat, one, presence in attendances.values_list("seat_id", "interview__nomination_id", "presence")
        }
        self.states = {
            (seat, one): state for seat, one, state in sheets.values_list("seat_id", "nomination_id", "state")
        }
        self.told_seats = seats_told(round)
        self.recused = blocking_recusals(round)
        self.forms = _forms(round)

    def sheet(self, seat: Seat, nomination: Nomination, today: date) -> PaperSheet | None:
        """Return the sheet, or ``None`` where the seat does not sit at the interview."""
        key = (seat.pk, nomination.pk)
        is_known, presence = presence_of(nomination, self.presence.get(key), key in self.told_seats)
        if is_known and presence is None and key not in self.recused:
            return None
        meeting = meeting_of(nomination)
        day = wording.local_day(meeting.starts_at, self.zone) if meeting else None
        seating = holder(seat, day or today)
        form = self.forms.get(nomination.category_id)
        reason = self._reason(key, is_known, presence, seating) if form else "no_rubric"
        return PaperSheet(seat, seating, nomination, meeting, day, form, reason)

    def _reason(self, key: Key, is_known: bool, presence: str | None, seating: Seating | None) -> NotPrinted | None:
        cell = cell_of(
            is_vacant=seating is None,
            is_recused=key in self.recused,
            has_interview=is_known,
            presence=presence,
            sheet_state=self.states.get(key),
        )
        return REASONS.get(cell)


def _nominations(round: Round) -> list[Nomination]:
    """The nominations that are scored, with all that a sheet prints of them. One query."""
    return list(
        Nomination.objects.filter(round=round, status__in=SCORED)
        .select_related("nominee__region__parent__parent", "category", "interview__room")
        .annotate(**told_annotations())
    )


def _by_time(nomination: Nomination) -> tuple[bool, float, int]:
    meeting = meeting_of(nomination)
    return meeting is None, meeting.starts_at.timestamp() if meeting else 0.0, nomination.number


def _forms(round: Round) -> dict[int, Form]:
    """Category id -> what its sheets ask; a category whose panel has nothing to mark is missing. One query."""
    versions = assigned_versions(round)
    read = {pk: Form(one, read_version(one)) for pk, one in {one.pk: one for one in versions.values()}.items()}
    return {category: read[one.pk] for category, one in versions.items() if read[one.pk].rubric.panel_leaves}


def _sheet(round: Round, one: PaperSheet, form: Form) -> ScoreSheet:
    nomination, meeting = one.nomination, one.meeting
    return ScoreSheet(
        nominee=nomination.nominee.name,
        number=nomination.number,
        category=category_title(nomination.category.name),
        seat=one.seat.name,
        holder=one.seating.name if one.seating else "",
        code=str(SheetCode(round.scope, one.seat.code, nomination.number, form.version.content_hash)),
        criteria=_criteria(form.rubric),
        rubric_version=rubric_words(form.version),
        origin=origin(nomination),
        starts_at=meeting.starts_at if meeting else None,
        ends_at=meeting.ends_at if meeting else None,
        room=meeting.room if meeting else "",
    )


def _criteria(rubric: Rubric) -> tuple[SheetCriterion, ...]:
    branches = {child.id: node.title for node in rubric.nodes[1:] for child in node.children}
    return tuple(
        SheetCriterion(
            name=leaf.title or leaf.id,
            weight=rubric.leaf_weights[leaf.id],
            scale=leaf.scale,
            branch=branches.get(leaf.id, ""),
            levels=leaf.levels,
            may_be_na=leaf.may_be_na,
            soft_bounds=leaf.soft_bounds,
        )
        for leaf in rubric.panel_leaves
    )


def _left_out(one: PaperSheet) -> SheetLeftOut:
    return SheetLeftOut(
        nominee=one.nomination.nominee.name,
        number=one.nomination.number,
        seat=one.seat.name,
        holder=one.seating.name if one.seating else "",
        reason=one.left_out or "vacant",
    )
