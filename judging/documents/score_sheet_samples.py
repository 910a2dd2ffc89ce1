"""Invented score sheets for previews and tests: an ordinary one, and the fullest that one page has to hold."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction

from judging.core.criteria import Level, Scale, SoftBounds

from . import samples
from .data import ScoreSheet, ScoreSheets, SheetCriterion, SheetLeftOut

WORDS = (
    "Belum ada inovasi; hanya menjalankan ketentuan yang sudah ada",
    "Ada gagasan, belum dijalankan",
    "Sudah dijalankan, cakupan masih terbatas",
    "Berjalan baik dan hasilnya terukur",
    "Berjalan luas, hasilnya terukur, dan layak ditiru daerah lain",
)
HUNDREDS = tuple(Level(Fraction(20 * turn), words) for turn, words in enumerate(WORDS, start=1))
FIVES = tuple(Level(Fraction(turn), words) for turn, words in enumerate(WORDS, start=1))
HALVES = Scale(step=Fraction(1, 2))
STARTS = datetime(2025, 6, 24, 1, 0, tzinfo=UTC)  # 09.00 WITA

CRITERIA = (
    SheetCriterion(
        name="Inovasi",
        weight=Fraction(15),
        scale=HALVES,
        levels=HUNDREDS,
        soft_bounds=SoftBounds(Fraction(60), Fraction(95)),
    ),
    SheetCriterion(
        name="Komitmen pimpinan", weight=Fraction(8), scale=HALVES, branch="Wawancara", levels=HUNDREDS, may_be_na=True
    ),
    SheetCriterion(name="Pemahaman program", weight=Fraction(7), scale=HALVES, branch="Wawancara", levels=HUNDREDS),
    SheetCriterion(
        name="Rencana keberlanjutan",
        weight=Fraction(5),
        scale=Scale(minimum=Fraction(1), maximum=Fraction(5), step=Fraction(1), normalise="range"),
        branch="Wawancara",
        levels=FIVES,
    ),
)
EIGHT = tuple(
    SheetCriterion(
        name=f"Kriteria {turn} dengan nama yang panjang",
        weight=Fraction(25, 2),
        scale=HALVES,
        branch="Wawancara",
        levels=HUNDREDS,
        may_be_na=turn % 4 == 0,
    )
    for turn in range(1, 9)
)


def score_sheet(turn: int = 1, criteria: tuple[SheetCriterion, ...] = CRITERIA) -> ScoreSheet:
    """Return the sheet of one seat for nominee number ``turn``."""
    starts = STARTS + timedelta(minutes=20 * ((turn - 1) % 19))
    return ScoreSheet(
        nominee=samples.LONGEST_REGENCY if turn == 1 else f"Kabupaten Contoh {turn}",
        number=turn,
        category=samples.CATEGORY,
        seat="Unsur APINDO",
        holder="Fransiska Dhema (contoh)",
        code=f"2024/53/apindo/{turn}/3f9a1c07",
        criteria=criteria,
        rubric_version="Rubrik pemerintah daerah dan desa versi 1 (contoh, bukan bobot resmi)",
        starts_at=starts,
        ends_at=starts + timedelta(minutes=20),
        room="Ruang Flobamora",
    )


def score_sheets(count: int = 2, criteria: tuple[SheetCriterion, ...] = CRITERIA) -> ScoreSheets:
    """Return a print of ``count`` sheets with one left out."""
    left_out = SheetLeftOut(
        nominee="Kabupaten Belu",
        number=99,
        seat="Unsur akademisi",
        holder="Prof. Dr. Petrus Banunaek, M.Hum. (contoh)",
        reason="recused",
    )
    return ScoreSheets(
        issuing_body=samples.ISSUING_BODY,
        edition=samples.EDITION,
        extent="Selasa, 24 Juni 2025",
        place="Kupang",
        day=samples.DAY,
        zone=samples.ZONE,
        sheets=tuple(score_sheet(turn, criteria) for turn in range(1, count + 1)),
        left_out=(left_out,),
        total=count,
        demo_mark=samples.DEMO_MARK,
    )
