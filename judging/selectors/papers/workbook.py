"""The data of the ranking workbook: every category and pool, with every seat's marks behind the places."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from judging.core.numbers import plain
from judging.core.result import SeatMark
from judging.core.scoresheet import State
from judging.documents.data import CategoryScores, Mark, PanelMember, RankingWorkbook, SeatSheet
from judging.models import Tabulation
from judging.selectors.decided import FinalStanding, PartStandings
from judging.selectors.standings import final_standings
from paritrana.kernel import wording

from .common import demo_mark, edition_title, panel_members, seats_of
from .ranking import sheet_of

STATES: Final = {
    State.NOT_ENTERED: "Belum diisi",
    State.ABSENT: "Tidak hadir",
    State.RECUSED: "Benturan kepentingan",
    State.NOT_APPLICABLE: "Tidak berlaku",
    State.WITHDRAWN: "Ditarik",
}
NOTES: Final = (
    "Nilai kosong berarti tidak ada nilai; nol adalah nilai.",
    "Kolom n menyebut jumlah unsur yang nilainya ikut dihitung pada kriteria itu.",
    "Nilai unsur yang dikeluarkan oleh aturan pemangkasan ditandai tidak ikut dihitung.",
)


def workbook_data(tabulation: Tabulation, number: str, at: datetime) -> RankingWorkbook:
    """Return the data of the round's workbook, dated the day of ``at``."""
    round = tabulation.round
    seats = [seat.code for seat in seats_of(round)]
    panel = dict(zip(seats, panel_members(tabulation.plenary, round), strict=True))
    return RankingWorkbook(
        title=edition_title(round),
        day=wording.local_day(at, round.time_zone),
        categories=tuple(
            CategoryScores(sheet=sheet_of(tabulation, part, number, at), seat_sheets=_seat_sheets(part, panel))
            for part in final_standings(tabulation).parts
        ),
        notes=NOTES,
        demo_mark=demo_mark(round),
    )


def _seat_sheets(part: PartStandings, panel: Mapping[str, PanelMember]) -> tuple[SeatSheet, ...]:
    return tuple(
        SeatSheet(
            nominee=str(line.nomination),
            seat=panel[seat].seat if seat in panel else seat,
            member=panel[seat].name if seat in panel else "",
            marks=tuple(_mark(mark) for mark in _marks_of(line, seat)),
        )
        for line in part.lines
        for seat in part.problem.judges
    )


def _marks_of(line: FinalStanding, seat: str) -> list[SeatMark]:
    """The marks of one seat, in the order of the panel criteria."""
    return [mark for trace in line.scores if trace.source == "panel" for mark in trace.marks if mark.seat == seat]


def _mark(mark: SeatMark) -> Mark:
    if mark.value is None:
        return Mark(value=None, state=STATES[mark.state], counted=False)
    return Mark(value=Decimal(plain(mark.value)), counted=mark.used)
