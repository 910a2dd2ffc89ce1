"""What stands in a member's workbook. Indonesian, because it is paper."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from judging.core.criteria import Criterion, Rubric
from judging.core.numbers import plain
from judging.core.sheet_workbook import Told, told
from judging.documents.sheet_workbook import CriterionRow, ListedNominee, NomineeSheet, SheetWorkbook
from judging.models import Seating
from judging.selectors.cells import Cell
from judging.selectors.sheet_workbooks import OwnSheet
from nominees.models import Round
from paritrana.kernel import wording

from .common import PRACTICE_MARK

#: A scale of so many marks at most is offered as a list.
LONGEST_LIST = 21
_STATES = {
    Cell.RECUSED: "Tidak dinilai: benturan kepentingan",
    Cell.ABSENT: "Tidak dinilai: tidak hadir",
    Cell.SUBMITTED: "Sudah dikirim",
}


def workbook_data(
    *, round: Round, seating: Seating, sheets: Sequence[OwnSheet], keys: Mapping[int, str], token: str, day: str
) -> SheetWorkbook:
    """Return the workbook of ``sheets``; ``keys`` by nomination number. No query."""
    heading: tuple[str, ...] = (
        f"Lembar penilaian: {round.edition.name}, {round.place_name}",
        f"{seating.seat.name}: {seating.name}",
        day,
    )
    if round.practice:
        heading += (PRACTICE_MARK,)
    if round.edition.is_demo:
        heading += ("Edisi contoh: bukan penilaian sungguhan",)
    return SheetWorkbook(
        heading=heading,
        nominees=tuple(_listed(sheet) for sheet in sheets),
        sheets=tuple(
            _filled(sheet, keys[sheet.number], heading[1], PRACTICE_MARK if round.practice else "")
            for sheet in sheets
            if sheet.number in keys
        ),
        token=token,
    )


def _listed(sheet: OwnSheet) -> ListedNominee:
    row = sheet.row
    missing = "Belum ada rubrik" if row.is_todo else "Ditutup"
    state = "" if sheet.is_open else _STATES.get(row.cell, missing)
    return ListedNominee(sheet.number, str(row.nomination), str(row.nomination.category), _when(sheet), state)


def _when(sheet: OwnSheet) -> str:
    row = sheet.row
    return f"{wording.long_date(row.day)}, {row.time}" if row.day else "Belum dijadwalkan"


def _filled(sheet: OwnSheet, key: str, seat: str, mark: str) -> NomineeSheet:
    assert sheet.rubric  # noqa: S101 - only open sheets have a key, and they have a rubric
    meeting = sheet.row.meeting
    place = f", {meeting.room}" if meeting else ""
    facts = [f"{sheet.row.nomination.category}. {_when(sheet)}{place}", seat, *([mark] if mark else [])]
    summary = sheet.row.nomination.summary.strip()
    said = told(sheet.rubric, sheet.cells)
    return NomineeSheet(
        number=sheet.number,
        key=key,
        name=str(sheet.row.nomination),
        facts=(*facts, *([f"Ringkasan: {summary}"] if summary else [])),
        rows=tuple(_row(sheet.rubric, leaf, said[leaf.id]) for leaf in sheet.rubric.panel_leaves),
    )


def _row(rubric: Rubric, leaf: Criterion, said: Told) -> CriterionRow:
    branch = next((node for node in rubric.nodes if leaf in node.children), rubric.root)
    choices = _choices(leaf)
    return CriterionRow(
        id=leaf.id,
        group="" if branch is rubric.root else branch.title,
        title=leaf.title or leaf.id,
        weight=_shown(rubric.leaf_weights[leaf.id]),
        scale=_scale(leaf),
        minimum=_decimal(leaf.scale.minimum),
        maximum=_decimal(leaf.scale.maximum),
        choices=choices,
        may_be_na=leaf.may_be_na,
        mark=_decimal(Fraction(said.value)) if said.value else None,
        reason=said.reason,
        note=said.note,
    )


def _choices(leaf: Criterion) -> tuple[Decimal, ...]:
    """Return every mark of a short scale, none of a long one."""
    scale = leaf.scale
    if scale.step is None:
        return ()
    count = (scale.maximum - scale.minimum) / scale.step + 1
    if count > LONGEST_LIST:
        return ()
    return tuple(_decimal(scale.minimum + i * scale.step) for i in range(int(count)))


def _scale(leaf: Criterion) -> str:
    """Return the scale in its first line, then the soft bounds and what its levels mean."""
    scale, soft = leaf.scale, leaf.soft_bounds
    step = f", kelipatan {_shown(scale.step)}" if scale.step is not None else ""
    usual = [f"Lazim {_shown(soft.low)} sampai {_shown(soft.high)}; di luar itu wajib dengan catatan"] if soft else []
    levels = (f"{_shown(level.value)} = {level.descriptor}" for level in leaf.levels)
    return "\n".join((f"{_shown(scale.minimum)}–{_shown(scale.maximum)}{step}", *usual, *levels))


def _shown(value: Fraction) -> str:
    return plain(value).replace(".", ",")


def _decimal(value: Fraction) -> Decimal:
    """Return ``value``, which was typed as a decimal, exactly."""
    return Decimal(value.numerator) / Decimal(value.denominator)
