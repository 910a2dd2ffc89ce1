"""An invented category for previews and tests of the workbook, and how its pages are filled from a result."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from judging.core import package
from judging.core.problem import Problem
from judging.core.result import Result, SeatMark
from judging.core.tabulation import tabulate

from . import samples
from .absences import ABSENCES
from .data import CategoryScores, Mark, RankingSheet, RankingWorkbook, SeatSheet, WorkbookLine

HOSTILE = '=HYPERLINK("http://contoh.invalid","Kabupaten Belu")'
NOMINEES = ("Kabupaten Nagekeo", samples.LONGEST_REGENCY, "Kabupaten Timor Tengah Selatan", "Kota Kupang", HOSTILE)


def workbook() -> RankingWorkbook:
    """Return a sample workbook: every source and absence, a tie, and names that try to be formulas."""
    problem = package.read(_document())
    names = {str(number): name for number, name in enumerate(NOMINEES, start=1)}
    counts = {"1": {"cakupan": (692, 900)}, "2": {"cakupan": (123_456, 200_000)}}
    return RankingWorkbook(
        title=samples.EDITION,
        day=samples.DAY,
        categories=(scores_of(problem, tabulate(problem), samples.ranking_sheet(), names, counts),),
        notes=("Nilai kosong berarti tidak ada nilai; nol adalah nilai.",),
        demo_mark=samples.DEMO_MARK,
    )


def scores_of(
    problem: Problem,
    result: Result,
    sheet: RankingSheet,
    names: Mapping[str, str] | None = None,
    counts: Mapping[str, Mapping[str, tuple[int, int]]] | None = None,
) -> CategoryScores:
    """Return a category as computed, without decisions of a plenary; ``names`` by nominee (else the ids)."""
    lines, sheets = [], []
    members = dict(zip(problem.judges, samples.panel(), strict=False))
    for standing in result.standings:
        name = (names or {}).get(standing.nominee, standing.nominee)
        place = "" if standing.place is None else str(standing.place)
        lines.append(
            WorkbookLine(
                key=standing.nominee,
                nominee=name,
                place=place,
                computed_place=place,
                score=None if standing.final is None else Decimal(standing.final),
                award=standing.title or "",
                status=standing.reason or "",
                counts=(counts or {}).get(standing.nominee, {}),
            )
        )
        for seat in problem.judges:
            marks = [mark for trace in standing.trace for mark in trace.marks if mark.seat == seat]
            member = members.get(seat)
            sheets.append(
                SeatSheet(
                    nominee=name,
                    seat=member.seat if member else seat,
                    member=member.name if member else "",
                    marks=tuple(map(_mark, marks)),
                )
            )
    return CategoryScores(sheet=sheet, problem=problem, lines=tuple(lines), seat_sheets=tuple(sheets))


def _mark(mark: SeatMark) -> Mark:
    if mark.value is None:
        return Mark(value=None, state=ABSENCES[mark.state], counted=False)
    return Mark(value=mark.value, counted=mark.used)


def _document() -> dict[str, object]:
    """A category in the open format: marks rise and fall by seat, so that the trim has something to do."""
    seats = [f"unsur-{number}" for number in range(1, 10)]
    base = {"1": 82, "2": 79, "3": 79, "4": 66, "5": 60}
    scores = [
        [seat, nominee, leaf, str(start + Decimal((3 * turn + len(leaf)) % 11) / 2)]
        for nominee, start in base.items()
        for turn, seat in enumerate(seats)
        for leaf in ("inovasi", "komitmen", "pemahaman")
        if (seat, nominee) not in {("unsur-4", "1"), ("unsur-7", "2")} and (leaf, nominee) != ("komitmen", "4")
    ]
    return {
        "tree": {
            "id": "total",
            "title": "Nilai akhir",
            "children": [
                {
                    "id": "cakupan",
                    "title": "Cakupan kepesertaan",
                    "weight": "40",
                    "kind": "indicator",
                    "transform": {"type": "piecewise", "knots": [["0", "0"], ["50", "60"], ["100", "100"]]},
                },
                {"id": "regulasi", "title": "Regulasi", "weight": "25", "kind": "fixed", "max": "10"},
                {
                    "id": "wawancara",
                    "title": "Wawancara",
                    "weight": "35",
                    "children": [
                        {"id": "inovasi", "title": "Inovasi", "weight": "40"},
                        {"id": "komitmen", "title": "Komitmen pimpinan", "weight": "25", "may_be_na": True},
                        {"id": "pemahaman", "title": "Pemahaman dalam wawancara", "weight": "35"},
                    ],
                },
            ],
        },
        "judges": seats,
        "nominees": list(base),
        "scores": scores,
        "recusals": [["unsur-7", "2"]],
        "states": [["unsur-4", "1", leaf, "absent"] for leaf in ("inovasi", "komitmen", "pemahaman")],
        "not_applicable": [["4", "komitmen"]],
        "values": {
            "1": {"cakupan": "692/9", "regulasi": "8.5"},
            "2": {"cakupan": "61.728", "regulasi": "9"},
            "3": {"cakupan": "61.728", "regulasi": "9"},
            "4": {"cakupan": "40", "regulasi": "7"},
            "5": {"regulasi": "0"},
        },
        "policy": {"tie_break": ["by_weight", "chair"], "labels": ["Terbaik I", "Terbaik II", "Terbaik III"]},
    }
