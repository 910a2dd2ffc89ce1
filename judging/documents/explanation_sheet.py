"""The lembar penjelasan: one nominee's place as a sum that anybody redoes with a pocket calculator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from typing import Final

from judging.core.criteria import Scale
from judging.core.numbers import ZERO
from judging.core.scoresheet import State
from judging.core.working import Conversion
from paritrana.kernel import wording

from .data import Paper
from .exact_text import decimals, equals, exact, number, plain, ratio, signed
from .explanation_data import (
    ExplainedCriterion,
    ExplainedMark,
    ExplainedNeighbour,
    ExplainedPaper,
    ExplainedTieStep,
    ExplanationSheet,
    ExplanationSheets,
)
from .presenting import in_foot, provenance_values
from .rendering import head, printable, to_pdf

#: The letters in the table of marks, and what they stand for.
LETTERS: Final = {
    State.NOT_ENTERED: ("BI", "belum diisi"),
    State.ABSENT: ("TH", "tidak hadir"),
    State.RECUSED: ("BK", "benturan kepentingan, tidak menilai"),
    State.NOT_APPLICABLE: ("TB", "tidak berlaku"),
    State.WITHDRAWN: ("DT", "ditarik dengan alasan"),
}
#: Rules that give a score outright, by code.
CONSTANTS: Final = {
    "flat": "di luar titik tabel",
    "all_equal": "semua nomine sama",
    "zero": "angka belum ada, dihitung",
}


def render_explanation_sheet(sheet: ExplanationSheet, paper: Paper = "A4") -> bytes:
    """Return the sheet of one nominee as a PDF of one page, of two where there are many criteria."""
    return render_explanation_sheets(ExplanationSheets(title=sheet.nominee, sheets=(sheet,)), paper)


def render_explanation_sheets(document: ExplanationSheets, paper: Paper = "A4") -> bytes:
    """Return the sheets of a category in one PDF, each nominee on a page of its own."""
    first = document.sheets[0]
    values = {
        "head": head(
            title=printable(f"Lembar Penjelasan: {document.title}, {first.edition}"),
            author=first.issuing_body,
            day=first.day,
            demo_mark=first.demo_mark,
        ),
        "paper": paper.lower(),
        "sheets": [sheet_values(sheet) for sheet in document.sheets],
    }
    return to_pdf("explanation_sheet.html", values)


def sheet_values(sheet: ExplanationSheet) -> dict[str, object]:
    """Return one sheet as it is printed. From these strings alone the total can be computed again."""
    by_leaf = sheet.level == "leaf"
    figures = [one for one in sheet.criteria if by_leaf or one.source not in ("panel", "branch")]
    return {
        "issuing_body": sheet.issuing_body,
        "edition": sheet.edition,
        "category": sheet.category,
        "nominee": sheet.nominee,
        "category_in_foot": in_foot(sheet.category),
        "nominee_in_foot": in_foot(sheet.nominee),
        "origin": sheet.origin,
        "heading": f"Lembar Penjelasan {sheet.number}".strip(),
        "place": sheet.place,
        "of": sheet.of,
        "award": sheet.award,
        "unranked": sheet.unranked,
        "official_score": "" if sheet.official_score is None else wording.decimal_number(sheet.official_score),
        "by_leaf": by_leaf,
        "seats": [{"number": index, "name": name} for index, name in enumerate(sheet.seats, start=1)],
        "panel": [_panel_row(one, by_leaf) for one in sheet.criteria if one.source == "panel"],
        "letters": _letters(sheet.criteria),
        "papers": [_paper(one) for one in sheet.papers],
        "marked": _marked(sheet.criteria),
        "sums": [_sum_row(one, by_leaf) for one in figures if one.depth],
        "sheet_totals": _sheet_totals(sheet),
        "total": _total(sheet),
        "rules": sheet.rules,
        "tie": [_tie_step(index, step) for index, step in enumerate(sheet.tie, start=1)],
        "neighbours": [_neighbour(one) for one in sheet.neighbours],
        "decisions": sheet.decisions,
        "rubric_version": sheet.rubric_version,
        "rubric_hash": sheet.rubric_hash,
        "input_hash": sheet.input_hash,
        "provenance": provenance_values(sheet.provenance),
    }


def _panel_row(one: ExplainedCriterion, by_leaf: bool) -> dict[str, object]:
    """A line of the table of marks: every seat, and the mean they give (or, for whole sheets, the weight)."""
    return {
        "name": one.name,
        "scale": _scale(one.scale) if one.scale else "",
        "method": one.method,
        "marks": [_mark(mark) for mark in one.marks],
        "sum": "" if one.total is None else _factor(one.total),
        "divisor": one.divisor or 0,
        "mean": "" if one.mean is None else equals(one.mean),
        "weight": "" if by_leaf or one.whole_share is None else _bare(one.whole_share),
        "absence": one.absence,
    }


def _paper(one: ExplainedPaper) -> str:
    """Who typed one seat's sheet in from paper, and who settled what was read in two ways."""
    words = f"{one.seat}\u00a0oleh {' dan '.join(one.typed_by)}"
    return f"{words}, perbedaan diselesaikan oleh {one.settled_by} ({one.reason})" if one.settled_by else words


def _scale(scale: Scale) -> str:
    """The scale, and how a mark on it becomes 0 to 100 where that is not the mark itself."""
    low, high = number(scale.minimum), number(scale.maximum)
    if scale.normalise == "range":
        return f"skala {low}–{high}; (nilai − {low}) × 100 / {number(scale.maximum - scale.minimum)}"
    return f"skala {low}–{high}" + ("" if scale.maximum == 100 else f"; nilai × 100 / {high}")


def _mark(mark: ExplainedMark) -> dict[str, object]:
    """A cell: brackets as well as a line through it say on any copy that a mark was left out."""
    if mark.value is None:
        return {"text": LETTERS[mark.state][0], "value": "", "state": "absent"}
    value = _bare(mark.value)
    if mark.used:
        return {"text": value, "value": value, "state": "used"}
    return {"text": f"({value})" if mark.dropped else f"[{value}]", "value": value, "state": _left_out(mark)}


def _left_out(mark: ExplainedMark) -> str:
    return "dropped" if mark.dropped else "unused"


def _letters(criteria: Iterable[ExplainedCriterion]) -> list[dict[str, str]]:
    """The legend: only the letters that stand on this sheet."""
    used = {mark.state for one in criteria for mark in one.marks if mark.value is None}
    return [{"code": code, "words": words} for state, (code, words) in LETTERS.items() if state in used]


def _marked(criteria: Sequence[ExplainedCriterion]) -> dict[str, bool]:
    """Which kinds of brackets stand on this sheet."""
    marks = [mark for one in criteria for mark in one.marks if mark.value is not None]
    return {
        "dropped": any(mark.dropped for mark in marks),
        "unused": any(not mark.dropped and not mark.used for mark in marks),
    }


def _sum_row(one: ExplainedCriterion, by_leaf: bool) -> dict[str, object]:
    """A line of the sum: how the score came about, times its weight, gives its part."""
    share = one.share if by_leaf else one.whole_share
    part = one.part if by_leaf else _whole_part(one)
    is_rounded = one.official is not None and one.official != one.score
    return {
        "name": one.name,
        "indent": one.depth - 1 if by_leaf else 0,
        "is_branch": one.source == "branch",
        "is_panel": one.source == "panel",
        "counts": _counts(one),
        "working": _working(one.conversion) if one.conversion else {},
        "origin": one.origin,
        "absence": one.absence,
        "score": "" if one.score is None else number(one.score),
        "rounded_score": number(one.official) if is_rounded and one.official is not None else "",
        "share": "" if share is None else _bare(share),
        "weight": number(one.weight) if by_leaf and share is not None and share != one.weight else "",
        "part": "" if part is None else number(part),
        "product": number(one.product) if by_leaf and one.product is not None and one.product != one.part else "",
    }


def _whole_part(one: ExplainedCriterion) -> Fraction | None:
    """Points of the whole, where sheets are combined and no branch stands between."""
    if one.whole_share is None or one.conversion is None:
        return None
    return one.whole_share * one.conversion.score / 100


def _counts(one: ExplainedCriterion) -> dict[str, str]:
    """What an indicator's figure was computed from: part / whole x 100 = figure."""
    if one.counts is None:
        return {}
    part, whole = one.counts
    figure = Fraction(part * 100, whole)
    return {
        "part": wording.decimal_number(part),
        "whole": wording.decimal_number(whole),
        "figure": equals(figure),
    }


def _working(found: Conversion) -> dict[str, str]:
    """The pieces of ``base + (value - start) * rise / run``; a rule that gives a score outright, in words."""
    working = {"value": "" if found.value is None else plain(found.value), "words": "", "constant": ""}
    if found.constant is not None:
        return working | {"words": _constant(found), "constant": number(found.constant)} | _held(found)
    is_itself = not found.start and not found.base and found.rise == found.run
    return working | {
        "is_itself": "1" if is_itself else "",
        "start": _factor(found.start) if found.start else "",
        "rise": _factor(found.rise),
        "run": _factor(found.run),
        "base": number(found.base) if found.base else "",
        **_held(found),
    }


def _bare(value: Fraction) -> str:
    """A number that a sum starts from, as exact as it was given: "82,5" or "25/3"."""
    return decimals(value) or ratio(value)


def _factor(value: Fraction) -> str:
    """The same inside a sum: a negative one in brackets."""
    return f"({_bare(value)})" if value < 0 else _bare(value)


def _constant(found: Conversion) -> str:
    if found.rule == "step":
        return f"mencapai ambang {number(found.start)}"
    if found.rule == "below":
        return f"di bawah ambang {number(found.start)}"
    return CONSTANTS[found.rule]


def _held(found: Conversion) -> dict[str, str]:
    """What is said where a sum left 0 to 100."""
    if not found.is_held:
        return {"held": "", "held_words": ""}
    held = number(found.score)
    return {"held": held, "held_words": f"paling {'tinggi' if found.score else 'rendah'} {held}"}


def _sheet_totals(sheet: ExplanationSheet) -> list[dict[str, object]]:
    """For whole sheets: the total of every seat in the order of the columns, blank where a sheet is incomplete."""
    if sheet.level == "leaf":
        return []
    found = {one.seat: one for one in sheet.sheet_totals}
    cells: list[dict[str, object]] = []
    for seat in range(1, len(sheet.seats) + 1):
        one = found.get(seat)
        text = number(one.total) if one else ""
        cells.append(
            {
                "seat": seat,
                "text": f"({text})" if one and one.dropped else text or "–",
                "value": text,
                "state": "dropped" if one and one.dropped else "used" if one else "absent",
            }
        )
    return cells


def _total(sheet: ExplanationSheet) -> dict[str, object]:
    """The last line: the exact total, and for whole sheets the sum and divisor that give it."""
    used = [one.total for one in sheet.sheet_totals if not one.dropped]
    common = sum((_whole_part(one) or ZERO for one in sheet.criteria if one.source not in ("panel", "branch")), ZERO)
    return {
        "exact": "" if sheet.exact is None else exact(sheet.exact),
        "common": number(common),
        "sum": number(sum(used, ZERO)) if used else "",
        "rounding": sheet.rounding,
        "divisor": len(used),
    }


def _tie_step(index: int, step: ExplainedTieStep) -> dict[str, object]:
    return {
        "number": index,
        "step": step.step,
        "values": [{"nominee": name, "value": number(value)} for name, value in step.values],
        "outcome": step.outcome,
        "reason": step.reason,
    }


def _neighbour(one: ExplainedNeighbour) -> dict[str, object]:
    parts = [(name, points) for name, points in one.parts if points]
    return {
        "is_above": one.is_above,
        "place": one.place,
        "nominee": one.nominee,
        "official_score": wording.decimal_number(one.official_score),
        "story": one.story,
        "difference": number(one.difference),
        "parts": [{"name": name, "points": signed(points)} for name, points in parts],
    }
