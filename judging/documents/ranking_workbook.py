"""The ranking workbook of a round: places that a spreadsheet computes itself from the marks of every seat.

For each category four pages: the ranking, the marks seat by seat, the workings from the marks to the place, and the
weights and rules. Every total is a formula over the marks; beside it stands the product's own exact value and whether
both agree. User text is written as text whatever it begins with. Equal input gives equal bytes.
"""

from __future__ import annotations

import re
from fractions import Fraction

from paritrana.kernel import wording

from .cells import CENTER, CHECK, FIRST_ROW, formula, shown, start_page, words
from .data import RankingSheet, RankingWorkbook
from .ranking_sheet import SOURCES, weight_text
from .sheet_formulas import text
from .workbook_marks import mark_columns, write_marks
from .workbook_plan import CategoryPlan, LinePlan
from .workbook_working import Working
from .xlsx import Book, Cell, Page, page_title

HEADS = (
    "Peringkat",
    "Nomine",
    "Asal",
    "Gelar",
    "Nilai resmi (rumus)",
    "Nilai resmi (sistem)",
    "Pemeriksaan nilai",
    "Peringkat menurut rumus",
    "Peringkat hitungan sistem",
    "Pemeriksaan peringkat",
    "Status",
    "Keterangan",
)
TAB_LETTERS = 27
AGREES, DIFFERS = "cocok", "BERBEDA"
SAME_PLACE, TIE, TIE_ABOVE = "sama", "nilai sama, lihat keterangan", "nilai sama di atasnya"
SCORE, OFFICIAL, AGREEMENT, PLACE, COMPUTED = "E", "F", "G", "H", "I"


def render_ranking_workbook(workbook: RankingWorkbook) -> bytes:
    """Return the workbook of a round as ``.xlsx``: four pages per category, notes on method at the end."""
    book = Book()
    for number, category in enumerate(workbook.categories, start=1):
        title = page_title(f"{number} {_short(category.sheet.category)}")
        _category(book, workbook, CategoryPlan(category, number, title))
    _notes(book, workbook)
    return book.packed(title=workbook.title, day=workbook.day)


def _category(book: Book, workbook: RankingWorkbook, plan: CategoryPlan) -> None:
    titles = (plan.ranking_title, plan.marks_title, plan.working_title, plan.parameters_title)
    ranking, marks, workings, parameters = (book.page(title) for title in titles)
    columns = mark_columns(plan)
    working = Working(plan, columns)
    name, title, demo_mark = plan.category.sheet.category, workbook.title, workbook.demo_mark
    _ranking(ranking, plan, working, title, demo_mark)
    write_marks(marks, plan, columns, working, title, demo_mark)
    working.write(workings, f"Hitungan: {name}", title, demo_mark)
    plan.parameters.write(parameters, f"Bobot dan ketentuan: {name}", title, demo_mark)


def _ranking(page: Page, plan: CategoryPlan, working: Working, title: str, demo_mark: str) -> None:
    page.widths, page.frozen = _widths(plan, working), (2, FIRST_ROW - 1)
    heads = list(HEADS)
    for leaf in plan.rubric.leaves:
        weight = weight_text(plan.rubric.leaf_weights[leaf.id])
        heads.append(f"{plan.title_of(leaf)} ({weight}, {SOURCES[leaf.source]})")
        if ("n", leaf.id) in working.letters:
            heads.append(f"n {plan.title_of(leaf)}")
    start_page(page, plan.category.sheet.category, title, demo_mark, heads, [_summary(plan)])
    for line in plan.lines:
        page.add(_line(page.next_row, plan, working, line))


def _widths(plan: CategoryPlan, working: Working) -> list[int]:
    """Wide where something stands: a government has no origin, few nominees a status."""
    origin = 24 if any(line.line.origin for line in plan.lines) else 7
    status = 22 if any(line.line.status for line in plan.lines) else 8
    widths = [10, 38, origin, 12, 11, 11, 13, 11, 11, 18, status, 40]
    for leaf in plan.rubric.leaves:
        widths += [17, 13] if ("n", leaf.id) in working.letters else [17]
    return widths


def _summary(plan: CategoryPlan) -> Cell:
    """How many official scores agree with their formula."""
    last = FIRST_ROW + max(len(plan.lines), 1) - 1
    checks, scores = (f"{column}{FIRST_ROW}:{column}{last}" for column in (AGREEMENT, OFFICIAL))
    words_of = ("Nilai menurut rumus sama dengan nilai sistem: ", " dari ", " nomine.")
    before, between, after = map(text, words_of)
    count = sum(line.line.score is not None for line in plan.lines)
    agreeing = sum(_agrees(plan, line) for line in plan.lines)
    found = f"{before}&COUNTIF({checks},{text(AGREES)})&{between}&COUNT({scores})&{after}"
    return formula(found, f"{words_of[0]}{agreeing}{words_of[1]}{count}{words_of[2]}", None)


def _agrees(plan: CategoryPlan, line: LinePlan) -> bool:
    """Whether the formula's official score, as it is now, is that of the product."""
    value = plan.official(line)
    return line.line.score is not None and value == Fraction(line.line.score)


def _line(row: int, plan: CategoryPlan, working: Working, line: LinePlan) -> list[Cell | None]:
    own, digits = line.line, plan.policy.rounding.places
    is_ranked = own.score is not None
    cells: list[Cell | None] = [
        _place(own.place),
        words(own.nominee),
        words(own.origin),
        words(own.award),
        formula(working.outside("official", "", line.row), plan.official(line), digits),
        shown(own.score, digits) if own.score is not None else None,
        _score_check(row, plan, line) if is_ranked else None,
        formula(working.outside("place", "", line.row), working.places[line.row], _place_digits(plan), CENTER),
        _place(own.computed_place),
        _place_check(row, working, line) if is_ranked else None,
        words(own.status),
        words(own.remark),
    ]
    for leaf in plan.rubric.leaves:
        cells.append(formula(working.outside("score", leaf.id, line.row), line.scores[leaf.id], digits))
        if ("n", leaf.id) in working.letters:
            count = len(line.found.seats.get(leaf.id, ()))
            cells.append(formula(working.outside("n", leaf.id, line.row), count, 0, CENTER))
    return cells


def _place(place: str) -> Cell | None:
    """A place as printed ("5/2" is the number 2.5)."""
    if not place:
        return None
    number = Fraction(place)
    digits = 0 if number.denominator == 1 else 1
    return Cell(shown(number, digits).value, CENTER.with_digits(digits))


def _place_digits(plan: CategoryPlan) -> int:
    return 1 if plan.policy.ranking == "fractional" else 0


def _score_check(row: int, plan: CategoryPlan, line: LinePlan) -> Cell:
    """Both are rounded to the same digits: less than a billionth is the same number."""
    score, official = f"{SCORE}{row}", f"{OFFICIAL}{row}"
    found = (
        f"IF(ISNUMBER({score}),IF(ABS({score}-{official})<0.000000001,{text(AGREES)},{text(DIFFERS)}),{text(DIFFERS)})"
    )
    return formula(found, AGREES if _agrees(plan, line) else DIFFERS, None, CHECK)


def _place_check(row: int, working: Working, line: LinePlan) -> Cell:
    """The formulas break no tie: the chain's and the plenary's places stand beside.

    Where places are not skipped (1-2-2-3), a tie that the chain broke moves everybody below it too.
    """
    computed, place = Fraction(line.line.computed_place or "0"), working.places[line.row]
    moves = working.plan.policy.ranking == "1223"
    value = DIFFERS
    if place == computed:
        value = SAME_PLACE
    elif working.ties[working.plan.deciding(line)] > 1:
        value = TIE
    elif moves and not isinstance(place, str) and place < computed:
        value = TIE_ABOVE
    scores = f"{working.plan.working}{working.column('deciding')}"
    own = working.outside("deciding", "", line.row)
    other = f"IF({PLACE}{row}<{COMPUTED}{row},{text(TIE_ABOVE)},{text(DIFFERS)})" if moves else text(DIFFERS)
    tie = f"IF(COUNTIF({scores},{own})>1,{text(TIE)},{other})"
    return formula(f"IF({PLACE}{row}={COMPUTED}{row},{text(SAME_PLACE)},{tie})", value, None, CHECK)


def _notes(book: Book, workbook: RankingWorkbook) -> None:
    page = book.page("Catatan")
    page.widths, page.frozen = (44, 110), (0, FIRST_ROW - 1)
    start_page(page, "Catatan cara menghitung", workbook.title, workbook.demo_mark, ("Perihal", "Isi"))
    notes = [("Umum", note) for note in workbook.notes]
    for category in workbook.categories:
        notes += _category_notes(category.sheet)
    for subject, note in notes:
        page.add([words(subject), words(note)])


def _category_notes(sheet: RankingSheet) -> list[tuple[str, str]]:
    origin = sheet.provenance
    facts = (
        f"Rubrik: {sheet.rubric_version}, sidik {sheet.rubric_hash}",
        f"Sidik masukan: {sheet.input_hash}",
        f"Aturan penilaian versi {origin.rules_version}; mesin hitung {origin.engine_version}",
        f"Kepala log peristiwa: {origin.audit_head} ({origin.audit_events} peristiwa, dibaca "
        f"{wording.date_time(origin.recorded_at, origin.zone)})",
    )
    return [(sheet.category, note) for note in (*sheet.rules, *facts)]


def _short(category: str) -> str:
    """A category's name for a tab; of a long one what tells it apart, after the colon or comma."""
    name = re.sub(r"^kategori\s+", "", category, flags=re.IGNORECASE)
    return re.split(r"[:,]\s+", name, maxsplit=1)[-1] if len(name) > TAB_LETTERS else name
