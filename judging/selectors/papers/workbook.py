"""The data of the ranking workbook: every category and pool, with every seat's marks behind the places."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from judging.core.criteria import INDICATOR
from judging.core.result import SeatMark
from judging.documents.absences import ABSENCES
from judging.documents.data import (
    CategoryScores,
    Mark,
    PanelMember,
    RankingSheet,
    RankingWorkbook,
    SeatSheet,
    WorkbookLine,
)
from judging.models import Tabulation
from judging.selectors.decided import FinalStanding, PartStandings
from judging.selectors.standings import final_standings
from judging.selectors.tabulations import key_of
from nominees.models import CountedIndicator
from paritrana.kernel import wording

from .common import demo_mark, edition_title, origin, panel_members, seats_of
from .ranking import sheet_of

NOTES: Final = (
    "Nilai kosong berarti tidak ada nilai; nol adalah nilai.",
    "Setiap nilai pada lembar Peringkat dan Hitungan adalah rumus atas lembar Nilai unsur dan Bobot: ubahlah satu "
    "nilai unsur atau satu bobot, dan nilai serta peringkat dihitung ulang oleh program lembar kerja. Perubahan "
    "di berkas ini tidak mengubah hasil resmi.",
    "Sel biru adalah nilai yang dimasukkan; sel hitam adalah rumus atau keterangan.",
    "Program lembar kerja menghitung dengan bilangan biner dan sekitar 15 angka; sistem menghitung dengan pecahan "
    "eksak. Karena itu rumus menambahkan 0,00000000001 sebelum membulatkan, agar setengah yang terhitung "
    "0,4999... tetap setengah. Nilai sistem dicetak di samping nilai rumus beserta pemeriksaannya; bila keduanya "
    "berbeda, nilai sistem yang resmi.",
    "Rumus tidak memutus nilai yang sama: peringkat hasil urutan pemutus dan keputusan pleno ditulis di samping "
    "peringkat menurut rumus, dan alasannya pada kolom Keterangan.",
    "Kolom n menyebut jumlah unsur yang nilainya ikut dihitung pada kriteria itu.",
    "Kolom Dihitung menyebut nilai unsur yang ikut dihitung pada hasil resmi; nilai yang dikeluarkan oleh aturan "
    "pemangkasan ditandai tidak. Kolom itu bukan rumus.",
    "Banyak nilai yang dikeluarkan di tiap ujung, cara menggabung, cara membulatkan, dan penomoran peringkat "
    "tertanam di dalam rumus; angka lain pada lembar Bobot boleh diubah untuk mencoba.",
)

Counts = Mapping[str, tuple[int, int]]


def workbook_data(tabulation: Tabulation, number: str, at: datetime) -> RankingWorkbook:
    """Return the data of the round's workbook, dated the day of ``at``."""
    round = tabulation.round
    seats = [seat.code for seat in seats_of(round)]
    panel = dict(zip(seats, panel_members(tabulation.plenary, round), strict=True))
    counts = _counts(tabulation)
    return RankingWorkbook(
        title=edition_title(round),
        day=wording.local_day(at, round.time_zone),
        categories=tuple(
            category_scores(part, sheet_of(tabulation, part, number, at), panel, counts)
            for part in final_standings(tabulation).parts
        ),
        notes=NOTES,
        demo_mark=demo_mark(round),
    )


def category_scores(
    part: PartStandings, sheet: RankingSheet, panel: Mapping[str, PanelMember], counts: Mapping[int, Counts]
) -> CategoryScores:
    """Return one category or pool; ``panel`` by the code of the seat, ``counts`` by nomination and criterion."""
    ranked = dict(zip((line.nomination.pk for line in part.ranked), sheet.ranked, strict=True))
    unranked = dict(zip((line.nomination.pk for line in part.unranked), sheet.unranked, strict=True))
    lines = []
    for line in part.lines:
        own, other = ranked.get(line.nomination.pk), unranked.get(line.nomination.pk)
        lines.append(
            WorkbookLine(
                key=key_of(line.nomination),
                nominee=str(line.nomination),
                place=line.place,
                computed_place=line.computed_place,
                score=Decimal(line.score) if line.score else None,
                origin=origin(line.nomination),
                award=line.title,
                status=other.status if other else "",
                remark=other.reason if other else " ".join(filter(None, (own.tie_step, own.deviation) if own else ())),
                counts=_true_counts(part, line, counts.get(line.nomination.pk, {})),
            )
        )
    return CategoryScores(sheet=sheet, problem=part.problem, lines=tuple(lines), seat_sheets=_seat_sheets(part, panel))


def _counts(tabulation: Tabulation) -> dict[int, dict[str, tuple[int, int]]]:
    """The two numbers behind every counted indicator. One query."""
    found: dict[int, dict[str, tuple[int, int]]] = {}
    rows = CountedIndicator.objects.filter(nomination__round=tabulation.round)
    for nomination, criterion, count, base in rows.values_list("nomination_id", "criterion", "count", "base"):
        found.setdefault(nomination, {})[criterion] = (count, base)
    return found


def _true_counts(part: PartStandings, line: FinalStanding, counts: Counts) -> dict[str, tuple[int, int]]:
    """The counts that make the frozen figures; others would say something that the result does not rest on."""
    key = key_of(line.nomination)
    indicators = {leaf.id for leaf in part.problem.rubric.leaves if leaf.kind == INDICATOR}
    return {
        criterion: (count, base)
        for criterion, (count, base) in counts.items()
        if criterion in indicators and part.problem.values.get((key, criterion)) == Fraction(count * 100, base)
    }


def _seat_sheets(part: PartStandings, panel: Mapping[str, PanelMember]) -> tuple[SeatSheet, ...]:
    found = []
    for line in part.lines:
        marks = [trace.marks for trace in line.scores if trace.source == "panel"]
        for index, seat in enumerate(part.problem.judges):  # a trace holds the marks in the order of the seats
            member = panel.get(seat)
            found.append(
                SeatSheet(
                    nominee=str(line.nomination),
                    seat=member.seat if member else seat,
                    member=member.name if member else "",
                    marks=tuple(_mark(own[index]) for own in marks),
                )
            )
    return tuple(found)


def _mark(mark: SeatMark) -> Mark:
    if mark.value is None:
        return Mark(value=None, state=ABSENCES[mark.state], counted=False)
    return Mark(value=mark.value, counted=mark.used)
