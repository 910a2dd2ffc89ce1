"""Empty score sheets for the table: everything printed but the marks, which a pen writes into boxes."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from judging.core.criteria import Level, Scale, SoftBounds
from paritrana.kernel import wording

from .certificate import qr_svg
from .data import NotPrinted, Paper, ScoreSheet, ScoreSheets, SheetCriterion, SheetLeftOut
from .exact_text import number
from .presenting import in_foot
from .ranking_sheet import weight_text
from .rendering import head, printable, to_bytes, to_document, to_html

if TYPE_CHECKING:
    from weasyprint import Document

#: From so many criteria on, boxes and letters are set smaller.
MANY_CRITERIA: Final = 5
LEVELS_IN_A_ROW: Final = 6
#: Digits after the comma for a scale without steps.
FREE_DIGITS: Final = 2
REASONS: Final[dict[NotPrinted, str]] = {
    "recused": "Tidak dinilai: benturan kepentingan",
    "absent": "Unsur tercatat tidak hadir",
    "submitted": "Lembar sudah dikirim lewat sistem",
    "vacant": "Unsur lowong pada hari itu",
    "no_rubric": "Kategori belum mempunyai kriteria panel",
}
NOT_PLACED: Final = "belum dijadwalkan"
VACANT: Final = "(lowong)"


def render_score_sheets(batch: ScoreSheets, paper: Paper = "A4") -> bytes:
    """Return the sheets as one PDF; each begins a page and counts its own pages.

    A list of the sheets that are left out stands first. The number of a sheet's pages is known only once it is laid
    out: nearly always it is one, and only where it is not, everything is laid out once more.
    """
    lengths = [1] * len(batch.sheets)
    html = _html(batch, paper, lengths)
    document = to_document(html)
    if (found := _lengths(document, len(batch.sheets))) != lengths:
        html = _html(batch, paper, found)
        document = to_document(html)
    return to_bytes(document, html, tagged=False)


@dataclass(frozen=True, slots=True)
class Boxes:
    """The boxes for one mark: a sign or none, ``whole`` digits, ``digits`` after the comma."""

    has_sign: bool
    whole: int
    digits: int


def boxes(scale: Scale) -> Boxes:
    """Return as many boxes as the longest mark of the scale needs; without steps, two after the comma."""
    whole = max(len(str(int(abs(bound)))) for bound in (scale.minimum, scale.maximum))
    digits = FREE_DIGITS if scale.step is None else max(map(_places, (scale.step, scale.minimum)))
    return Boxes(scale.minimum < 0, whole, digits)


@cache
def boxes_svg(found: Boxes) -> str:
    """Return the boxes as a ``data:`` address of one picture; as many small elements they would cost too much.

    Its units are tenths of a millimetre.
    """
    parts, left = [], 5
    if found.has_sign:
        parts.append(f"<path d='M{left} 55h30' stroke-width='7'/>")
        left += 40
    for turn in range(found.whole + found.digits):
        if turn == found.whole:
            parts.append(f"<path d='M{left + 8} 78l-7 20' stroke-width='9'/>")
            left += 20
        parts.append(f"<rect x='{left}' y='5' width='82' height='96'/>")
        left += 92
    return _picture("".join(parts), left, 106)


def _picture(content: str, width: int, height: int) -> str:
    size = f"width='{width // 10}.{width % 10}mm' height='{height // 10}.{height % 10}mm'"
    svg = (
        f"<svg xmlns='http://www.w3.org/2000/svg' {size} viewBox='0 0 {width} {height}' "
        f"fill='none' stroke='#1b2230' stroke-width='4'>{content}</svg>"
    )
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def scale_text(scale: Scale) -> str:
    """Return "0 sampai 100, kelipatan 0,5"; steps that are counted from another start than 0 say so."""
    span = f"{number(scale.minimum)} sampai {number(scale.maximum)}"
    if scale.step is None:
        return span
    start = f" dari {number(scale.minimum)}" if scale.minimum % scale.step else ""
    return f"{span}, kelipatan {number(scale.step)}{start}"


def usual_text(soft: SoftBounds | None) -> str:
    """Return "lazim 60 sampai 95, di luar itu wajib dengan catatan", or nothing for no soft bounds."""
    if soft is None:
        return ""
    return f"lazim {number(soft.low)} sampai {number(soft.high)}, di luar itu wajib dengan catatan"


def _places(value: Fraction) -> int:
    """Digits after the comma that ``value`` needs; at most six, as everywhere on paper."""
    return next((places for places in range(6) if value * 10**places % 1 == 0), 6)


def _lengths(document: Document, sheets: int) -> list[int]:
    """How many pages each sheet takes: an element's anchor is found on every page that it reaches."""
    anchors = [anchor for page in document.pages for anchor in page.anchors]
    return [anchors.count(f"lembar-{index}") for index in range(sheets)]


def _html(batch: ScoreSheets, paper: Paper, lengths: list[int]) -> str:
    values = {
        "head": head(
            title=printable(f"Lembar Penilaian {batch.extent}, {batch.edition}"),
            author=batch.issuing_body,
            day=batch.day,
            demo_mark=batch.demo_mark,
        ),
        "paper": paper.lower(),
        "issuing_body": batch.issuing_body,
        "edition": batch.edition,
        "extent": batch.extent,
        "place": batch.place,
        "printed": wording.long_date(batch.day),
        "total": batch.total,
        "tick": _picture("<rect x='2' y='2' width='40' height='40'/>", 44, 44),
        "left_out": [_left_out(one) for one in batch.left_out],
        "sheets": [_sheet(one, index, batch, lengths[index]) for index, one in enumerate(batch.sheets)],
    }
    return to_html("score_sheet.html", values)


def _sheet(sheet: ScoreSheet, index: int, batch: ScoreSheets, pages: int) -> dict[str, object]:
    foot = f"{sheet.number}. {in_foot(sheet.nominee)} · {in_foot(sheet.seat)} · {sheet.code}"
    return {
        "anchor": f"lembar-{index}",
        "turn": "one" if index % 2 == 0 else "two",
        "density": "dense" if len(sheet.criteria) >= MANY_CRITERIA else "roomy",
        "foot": foot,
        "count": f"Lembar {batch.first + index} dari {batch.total}",
        "pages": str(pages),
        "nominee": sheet.nominee,
        "number": sheet.number,
        "origin": sheet.origin,
        "category": sheet.category,
        "when": _when(sheet, batch.zone),
        "room": sheet.room,
        "seat": sheet.seat,
        "holder": sheet.holder,
        "code": sheet.code,
        "qr": qr_svg(sheet.code),
        "rubric_version": sheet.rubric_version,
        "criteria": [_criterion(one, turn) for turn, one in enumerate(sheet.criteria, start=1)],
    }


def _when(sheet: ScoreSheet, zone: str) -> str:
    if sheet.starts_at is None or sheet.ends_at is None:
        return NOT_PLACED
    day = wording.long_day_date(wording.local_day(sheet.starts_at, zone))
    return f"{day}, {wording.time_range(sheet.starts_at, sheet.ends_at, zone)}"


def _criterion(one: SheetCriterion, turn: int) -> dict[str, object]:
    return {
        "turn": turn,
        "name": one.name,
        "branch": one.branch,
        "weight": weight_text(one.weight),
        "scale": scale_text(one.scale),
        "boxes": boxes_svg(boxes(one.scale)),
        "usual": usual_text(one.soft_bounds),
        "levels": _rows([_level(level) for level in one.levels]),
        "may_be_na": one.may_be_na,
    }


def _rows(levels: list[dict[str, str]]) -> list[list[dict[str, str]]]:
    """Levels side by side, at most six in a row."""
    return [levels[start : start + LEVELS_IN_A_ROW] for start in range(0, len(levels), LEVELS_IN_A_ROW)]


def _level(level: Level) -> dict[str, str]:
    return {"value": number(level.value), "words": level.descriptor}


def _left_out(one: SheetLeftOut) -> dict[str, object]:
    return {
        "nominee": one.nominee,
        "number": one.number,
        "seat": one.seat,
        "holder": one.holder or VACANT,
        "reason": REASONS[one.reason],
    }
