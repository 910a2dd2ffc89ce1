"""Why this place: one nominee's standing from the place down to the single cell, with who entered it and when."""

from dataclasses import dataclass
from fractions import Fraction

from judging.core.criteria import FIXED, INDICATOR, SOURCES
from judging.core.numbers import ZERO
from judging.core.result import Comparison, CriterionTrace, SeatMark
from judging.core.scoresheet import State
from judging.models import Recusal, RecusalState, Seat, SecretariatEntry, SheetVersion, Tabulation
from nominees.models import CountedIndicator

from .decided import FinalStanding, PartStandings
from .tabulations import key_of, latest_submitted

#: What parted two neighbours.
SCORE, TIE, DEVIATION, SHARED = "score", "tie", "deviation", "shared"


@dataclass(frozen=True, slots=True)
class Cell:
    """One seat's cell on one criterion; ``sheet`` is the version it stands in (none: the seat sent no sheet)."""

    seat: Seat
    state: State
    value: Fraction | None
    used: bool
    dropped: bool
    sheet: SheetVersion | None
    recusal: Recusal | None


@dataclass(frozen=True, slots=True)
class Step:
    """One node of the rubric: its numbers, and where they come from. ``depth`` 0 is the root."""

    node: CriterionTrace
    depth: int
    cells: tuple[Cell, ...]
    entries: tuple[SecretariatEntry, ...]
    indicator: CountedIndicator | None


@dataclass(frozen=True, slots=True)
class Separation:
    """What stands between this nominee and a neighbour: a difference of official scores, a tie step, or the plenary.

    ``comparison`` is the step of the tie chain that parted them.
    """

    other: FinalStanding
    kind: str
    difference: Fraction
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one standing."""

    tabulation: Tabulation
    part: PartStandings
    line: FinalStanding
    steps: tuple[Step, ...]
    above: Separation | None
    below: Separation | None


def explanation_of(tabulation: Tabulation, part: PartStandings, line: FinalStanding) -> Explanation:
    """Return the whole explanation of ``line``. Five queries, whatever the size of the category."""
    sources = _Sources(tabulation, line)
    depths = _depths(part)
    steps = tuple(sources.step(node, depths[node.criterion]) for node in line.nodes)
    ranked = part.ranked
    above = below = None
    if line in ranked:
        here = ranked.index(line)
        above = _separation(part, ranked[here - 1], line, ranked[here - 1]) if here else None
        below = _separation(part, line, ranked[here + 1], ranked[here + 1]) if here + 1 < len(ranked) else None
    return Explanation(tabulation, part, line, steps, above, below)


class _Sources:
    """Where the numbers of one nominee come from."""

    def __init__(self, tabulation: Tabulation, line: FinalStanding) -> None:
        nomination = line.nomination
        self.seats = {seat.code: seat for seat in Seat.objects.filter(round_id=tabulation.round_id)}
        rows = latest_submitted(sheet__nomination=nomination).get(nomination.pk, ())
        self.sheets = {row.sheet.seat_id: row for row in rows}
        recusals = Recusal.objects.filter(nomination=nomination).exclude(state=RecusalState.DECLINED)
        self.recusals = {row.seat_id: row for row in recusals}
        self.entries: dict[str, list[SecretariatEntry]] = {}
        for entry in SecretariatEntry.objects.filter(nomination=nomination).select_related("entered_by"):
            self.entries.setdefault(entry.criterion, []).append(entry)
        indicators = CountedIndicator.objects.filter(nomination=nomination).select_related("entered_by")
        self.indicators = {row.criterion: row for row in indicators}

    def step(self, node: CriterionTrace, depth: int) -> Step:
        """One node with the rows that feed it."""
        is_fixed, is_indicator = node.source == SOURCES[FIXED], node.source == SOURCES[INDICATOR]
        return Step(
            node=node,
            depth=depth,
            cells=tuple(self.cell(mark) for mark in node.marks),
            entries=tuple(self.entries.get(node.criterion, ())) if is_fixed else (),
            indicator=self.indicators.get(node.criterion) if is_indicator else None,
        )

    def cell(self, mark: SeatMark) -> Cell:
        """One seat's cell with the sheet version that it stands in."""
        seat = self.seats[mark.seat]
        return Cell(
            seat=seat,
            state=mark.state,
            value=mark.value,
            used=mark.used,
            dropped=mark.dropped,
            sheet=self.sheets.get(seat.pk),
            recusal=self.recusals.get(seat.pk),
        )


def _depths(part: PartStandings) -> dict[str, int]:
    found = {part.problem.rubric.root.id: 0}
    for node in part.problem.rubric.nodes:
        found.update((child.id, found[node.id] + 1) for child in node.children)
    return found


def _separation(part: PartStandings, upper: FinalStanding, lower: FinalStanding, other: FinalStanding) -> Separation:
    """What parts two neighbours in the order."""
    difference = (upper.core.official or ZERO) - (lower.core.official or ZERO)
    if upper.place == lower.place:
        return Separation(other, SHARED, difference, None)
    if upper.deviation or lower.deviation:
        return Separation(other, DEVIATION, difference, None)
    if difference:
        return Separation(other, SCORE, difference, None)
    return Separation(other, TIE, difference, _parting(part, key_of(upper.nomination), key_of(lower.nomination)))


def _parting(part: PartStandings, one: str, other: str) -> Comparison | None:
    """The first step of the chain after which the two stood in different groups."""
    both = {one, other}
    comparisons = (each for report in part.result.ties for each in report.comparisons if both <= set(each.group))
    return next((each for each in comparisons if not any(both <= set(group) for group in each.outcome)), None)
