"""Invented lembar penjelasan for previews and tests: an ordinary one, and the fullest that one page has to hold."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from judging.core.criteria import Scale
from judging.core.scoresheet import State
from judging.core.working import Conversion
from paritrana.kernel.wording import round_half_up

from . import samples
from .explanation_data import (
    ExplainedCriterion,
    ExplainedMark,
    ExplainedNeighbour,
    ExplainedPaper,
    ExplainedTieStep,
    ExplanationSheet,
    ExplanationSheets,
)

MARKS = (70, 80, 80, 80, 80, 80, 80, 80, 100)
ABSENCES = (State.ABSENT, State.RECUSED, State.NOT_ENTERED, State.WITHDRAWN)
NAMES = (
    "Inovasi",
    "Komitmen pimpinan",
    "Pemahaman program",
    "Rencana keberlanjutan",
    "Perlindungan pekerja rentan",
    "Anggaran daerah",
    "Sosialisasi kepada pelaku usaha kecil dan mikro",
    "Kerja sama antarinstansi",
    "Pengawasan kepatuhan",
    "Mutu data kepesertaan",
    "Keteladanan",
    "Penyampaian dalam wawancara",
)


def panel_criterion(name: str, weight: Fraction, marks: tuple[ExplainedMark, ...]) -> ExplainedCriterion:
    """Return a criterion of the panel whose highest and lowest mark are left out."""
    used = [mark.value for mark in marks if mark.used and mark.value is not None]
    total = sum(used, Fraction(0))
    mean = total / len(used)
    return ExplainedCriterion(
        name=name,
        depth=1,
        source="panel",
        weight=weight,
        scale=Scale(),
        marks=marks,
        total=total,
        divisor=len(used),
        mean=mean,
        conversion=Conversion("max", mean),
        score=mean,
        official=mean,
        share=weight,
        whole_share=weight,
        product=mean * weight / 100,
        part=mean * weight / 100,
    )


def _figure(
    name: str,
    source: Literal["secretariat", "indicator"],
    conversion: Conversion,
    weight: int,
    origin: str,
    counts: tuple[int, int] | None = None,
) -> ExplainedCriterion:
    share, score = Fraction(weight), conversion.score
    return ExplainedCriterion(
        name=name,
        depth=1,
        source=source,
        weight=share,
        counts=counts,
        conversion=conversion,
        score=score,
        official=score,
        share=share,
        whole_share=share,
        product=score * share / 100,
        part=score * share / 100,
        origin=origin,
    )


def _marks(absent: State | None = None, shift: int = 0) -> tuple[ExplainedMark, ...]:
    """Nine cells; the first and last are left out, and one may be absent."""
    cells = [
        ExplainedMark(
            value=Fraction(mark - shift), state=State.VALUE, used=index not in (0, 8), dropped=index in (0, 8)
        )
        for index, mark in enumerate(MARKS)
    ]
    if absent:
        cells[4] = ExplainedMark(value=None, state=absent, used=False, dropped=False)
    return tuple(cells)


def explanation_sheet() -> ExplanationSheet:
    """Return an ordinary sheet: a count, a figure entered twice, two criteria of the panel."""
    coverage = Conversion("linear", Fraction(1234 * 100, 2345), start=Fraction(20), run=Fraction(70))
    criteria = (
        _figure(
            "Cakupan kepesertaan",
            "indicator",
            coverage,
            40,
            "BPS (contoh), per 31 Desember 2024; dientri Maria Goreti Lake (contoh)",
            (1234, 2345),
        ),
        _figure(
            "Regulasi dan anggaran",
            "secretariat",
            Conversion("max", Fraction(8), run=Fraction(10)),
            20,
            "dientri terpisah oleh Maria Goreti Lake (contoh) dan Yohanes Lero (contoh)",
        ),
        panel_criterion("Inovasi", Fraction(25), _marks()),
        panel_criterion("Komitmen pimpinan", Fraction(15), _marks(State.RECUSED, 3)),
    )
    total = sum((one.part for one in criteria if one.part is not None), Fraction(0))
    return _sheet(criteria, total)


def crowded_sheet() -> ExplanationSheet:
    """Return the fullest sheet: nine seats, twelve criteria of the panel, every absence, ties and two decisions."""
    weights = [Fraction(25, 3)] * 12
    criteria = tuple(
        panel_criterion(name, weight, _marks(ABSENCES[index % 5] if index % 5 < 4 else None, index))
        for index, (name, weight) in enumerate(zip(NAMES, weights, strict=True))
    )
    total = sum((one.part for one in criteria if one.part is not None), Fraction(0))
    return replace(
        _sheet(criteria, total),
        nominee=samples.LONG_BUSINESS,
        origin="Kabupaten Timor Tengah Selatan",
        papers=tuple(
            ExplainedPaper(
                seat=seat,
                typed_by=("Maria Goreti Lake (contoh)", "Yohanes Lero (contoh)"),
                settled_by="Agustina Nope (contoh)",
                reason="angka 3 terbaca 8",
            )
            for seat in range(1, 10)
        ),
        decisions=(
            "Pleno memberi peringkat meskipun nilai kurang dari kuorum. Alasan: penerbangan dibatalkan"
            " (setuju 7, tidak setuju 0, abstain 1).",
        ),
    )


def explanation_sheets(sheets: int = 3) -> ExplanationSheets:
    """Return several sheets in one document."""
    return ExplanationSheets(title=samples.CATEGORY, sheets=(explanation_sheet(),) * sheets)


def _sheet(criteria: tuple[ExplainedCriterion, ...], total: Fraction) -> ExplanationSheet:
    sheet = samples.ranking_sheet()
    return ExplanationSheet(
        issuing_body=samples.ISSUING_BODY,
        edition=samples.EDITION,
        category=samples.CATEGORY,
        nominee="Kabupaten Nagekeo",
        serial=16,
        number="PJ-01/PARITRANA/NTT/2025",
        day=samples.DAY,
        place="2",
        of=21,
        award="Terbaik II",
        unranked="",
        level="leaf",
        seats=tuple(member.seat for member in samples.panel()),
        criteria=criteria,
        sheet_totals=(),
        exact=total,
        official_score=round_half_up(total, 2),
        rounding=sheet.rules[2],
        rules=sheet.rules,
        tie=(
            ExplainedTieStep(step="Kriteria Cakupan kepesertaan", values=(), outcome="tetap sama"),
            ExplainedTieStep(
                step="Kriteria Inovasi",
                values=(("Kabupaten Nagekeo", Fraction(80)), ("Kabupaten Belu", Fraction(238, 3))),
                outcome="Kabupaten Nagekeo di atas Kabupaten Belu",
            ),
        ),
        neighbours=(
            _neighbour("1", "Kabupaten Ende", "0.11", is_above=True),
            _neighbour("3", "Kabupaten Belu", "0", is_above=False),
        ),
        decisions=(),
        rubric_version=sheet.rubric_version,
        rubric_hash=sheet.rubric_hash,
        input_hash=sheet.input_hash,
        provenance=sheet.provenance,
        demo_mark=samples.DEMO_MARK,
    )


def _neighbour(place: str, nominee: str, difference: str, *, is_above: bool) -> ExplainedNeighbour:
    gap = Fraction(difference)
    return ExplainedNeighbour(
        place=place,
        nominee=nominee,
        official_score=Decimal("83.85"),
        is_above=is_above,
        story="" if gap else "nilai resmi sama; diputuskan oleh kriteria Inovasi",
        difference=gap,
        parts=(("Inovasi", gap + Fraction(2, 3)), ("Komitmen pimpinan", Fraction(-2, 3)), ("pembulatan", Fraction(0))),
    )
