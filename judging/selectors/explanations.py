"""Why this place: one nominee's standing from the place down to the single cell, with who entered it and when."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from judging.core.criteria import FIXED, INDICATOR, SOURCES, Scale
from judging.core.numbers import ZERO
from judging.core.result import Comparison, CriterionTrace, SeatMark, SheetTrace
from judging.core.scoresheet import State
from judging.core.working import REMAINDER, Conversion, Difference, Row, contributions, differences, rows_of
from judging.models import (
    Decision,
    DecisionKind,
    Recusal,
    RecusalState,
    Seat,
    SecretariatEntry,
    SheetVersion,
    Tabulation,
    TypedSheet,
)
from nominees.models import CountedIndicator

from .decided import FinalStanding, PartStandings
from .paper_entries import papers_behind
from .tabulations import key_of, latest_submitted

#: What parted two neighbours.
SCORE, TIE, DEVIATION, SHARED = "score", "tie", "deviation", "shared"


@dataclass(frozen=True, slots=True)
class Cell:
    """One seat's cell on one criterion; ``sheet`` is the version it stands in (none: the seat sent no sheet).

    ``paper``: the paper sheet it was typed in from, with who typed it.
    """

    seat: Seat
    state: State
    value: Fraction | None
    used: bool
    dropped: bool
    sheet: SheetVersion | None
    recusal: Recusal | None
    paper: TypedSheet | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One node of the rubric: its numbers, the sum behind them, and where they come from. ``depth`` 0 is the root.

    ``share`` is its weight in the whole, of 100; ``points`` what a leaf brought to the total (None without a total).
    """

    node: CriterionTrace
    depth: int
    share: Fraction | None
    points: Fraction | None
    conversion: Conversion | None
    scale: Scale
    cells: tuple[Cell, ...]
    entries: tuple[SecretariatEntry, ...]
    indicator: CountedIndicator | None


@dataclass(frozen=True, slots=True)
class SheetTotal:
    """At judge level: the total of one seat's complete sheet, and whether it was left out."""

    seat: Seat
    total: Fraction
    dropped: bool


@dataclass(frozen=True, slots=True)
class Separation:
    """What stands between this nominee and a neighbour: a difference of official scores, a tie step, or the plenary.

    ``comparison`` is the step of the tie chain that parted them; ``parts`` by which criteria the scores differ, adding
    up to ``difference`` (positive: the upper one has more).
    """

    other: FinalStanding
    kind: str
    difference: Fraction
    comparison: Comparison | None
    parts: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything behind one standing.

    ``remainder``: points of the official score that no single criterion brought (rounding; at judge level also that
    whole sheets are combined). ``tie``: every step of the tie chain that looked at a group with this nominee in it.
    ``exception``: why the plenary let it be ranked below the quorum.
    """

    tabulation: Tabulation
    part: PartStandings
    line: FinalStanding
    steps: tuple[Step, ...]
    sheets: tuple[SheetTotal, ...]
    remainder: Fraction
    tie: tuple[Comparison, ...]
    exception: Decision | None
    above: Separation | None
    below: Separation | None

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """What the plenary decided about this nominee."""
        return tuple(row for row in (self.exception, self.line.tie_decision, self.line.deviation) if row)


def explanation_of(tabulation: Tabulation, part: PartStandings, line: FinalStanding) -> Explanation:
    """Return the whole explanation of ``line``. At most eight queries, whatever the size of the category."""
    (found,) = explanations_of(tabulation, part, [line])
    return found


def explanations_of(
    tabulation: Tabulation, part: PartStandings, lines: Sequence[FinalStanding] | None = None
) -> Iterator[Explanation]:
    """Yield the explanation of every line of ``part`` (or of ``lines``), one by one. At most eight queries in all."""
    chosen = part.lines if lines is None else lines
    sources = _Sources(tabulation, chosen)
    for line in chosen:
        yield _explained(tabulation, part, line, sources)


def _explained(tabulation: Tabulation, part: PartStandings, line: FinalStanding, sources: "_Sources") -> Explanation:
    points = contributions(part.problem.rubric, line.core) if line.is_ranked else {}
    above, below = _neighbours(part, line)
    key = key_of(line.nomination)
    return Explanation(
        tabulation=tabulation,
        part=part,
        line=line,
        steps=tuple(
            sources.step(line, row, points.get(row.node.criterion)) for row in rows_of(part.problem, line.core)
        ),
        sheets=tuple(sources.sheet(trace) for trace in line.core.sheets),
        remainder=points.get(REMAINDER, ZERO),
        tie=tuple(each for report in part.result.ties for each in report.comparisons if key in each.group),
        exception=sources.exceptions.get(line.nomination.pk) if key in part.problem.exceptions else None,
        above=above,
        below=below,
    )


class _Sources:
    """Where the numbers of some nominees come from; each kind of row is read once."""

    def __init__(self, tabulation: Tabulation, lines: Iterable[FinalStanding]) -> None:
        wanted = [line.nomination.pk for line in lines]
        self.seats = {seat.code: seat for seat in Seat.objects.filter(round_id=tabulation.round_id)}
        rows = latest_submitted(sheet__nomination__in=wanted)
        self.sheets = {(pk, row.sheet.seat_id): row for pk, found in rows.items() for row in found}
        self.papers = papers_behind([row.pk for row in self.sheets.values()])
        recusals = Recusal.objects.filter(nomination__in=wanted).exclude(state=RecusalState.DECLINED)
        self.recusals = {(row.nomination_id, row.seat_id): row for row in recusals}
        self.entries: dict[tuple[int, str], list[SecretariatEntry]] = {}
        for entry in SecretariatEntry.objects.filter(nomination__in=wanted).select_related("entered_by"):
            self.entries.setdefault((entry.nomination_id, entry.criterion), []).append(entry)
        indicators = CountedIndicator.objects.filter(nomination__in=wanted).select_related("entered_by")
        self.indicators = {(row.nomination_id, row.criterion): row for row in indicators}
        about = Decision.nominations.through.objects.filter(
            nomination__in=wanted, decision__kind=DecisionKind.QUORUM, decision__withdrawn_at=None
        )
        self.exceptions = {row.nomination_id: row.decision for row in about.select_related("decision")}

    def step(self, line: FinalStanding, row: Row, points: Fraction | None) -> Step:
        """One node with the rows that feed it."""
        node, key = row.node, (line.nomination.pk, row.node.criterion)
        return Step(
            node=node,
            depth=row.depth,
            share=row.share,
            points=points,
            conversion=row.conversion,
            scale=row.scale,
            cells=tuple(self.cell(line, mark) for mark in node.marks),
            entries=tuple(self.entries.get(key, ())) if node.source == SOURCES[FIXED] else (),
            indicator=self.indicators.get(key) if node.source == SOURCES[INDICATOR] else None,
        )

    def cell(self, line: FinalStanding, mark: SeatMark) -> Cell:
        """One seat's cell with the sheet version that it stands in."""
        seat = self.seats[mark.seat]
        sheet = self.sheets.get((line.nomination.pk, seat.pk))
        return Cell(
            seat=seat,
            state=mark.state,
            value=mark.value,
            used=mark.used,
            dropped=mark.dropped,
            sheet=sheet,
            recusal=self.recusals.get((line.nomination.pk, seat.pk)),
            paper=self.papers.get(sheet.pk) if sheet else None,
        )

    def sheet(self, trace: SheetTrace) -> SheetTotal:
        """One seat's complete sheet."""
        return SheetTotal(self.seats[trace.seat], trace.total, trace.dropped)


def _neighbours(part: PartStandings, line: FinalStanding) -> tuple[Separation | None, Separation | None]:
    """What parts ``line`` from the one above and the one below."""
    ranked = part.ranked
    if line not in ranked:
        return None, None
    here = ranked.index(line)
    above = _separation(part, ranked[here - 1], line, ranked[here - 1]) if here else None
    below = _separation(part, line, ranked[here + 1], ranked[here + 1]) if here + 1 < len(ranked) else None
    return above, below


def _separation(part: PartStandings, upper: FinalStanding, lower: FinalStanding, other: FinalStanding) -> Separation:
    """What parts two neighbours in the order."""
    parts = differences(part.problem.rubric, upper.core, lower.core)
    difference = sum((each.points for each in parts), ZERO)
    kind, comparison = SCORE, None
    if upper.place == lower.place:
        kind = SHARED
    elif _is_against_the_computed_order(part, upper, lower):
        kind = DEVIATION
    elif difference == 0:
        kind, comparison = TIE, _parting(part, key_of(upper.nomination), key_of(lower.nomination))
    return Separation(other, kind, difference, comparison, parts)


def _is_against_the_computed_order(part: PartStandings, upper: FinalStanding, lower: FinalStanding) -> bool:
    """The plenary moved one past the other; the order before deviations already holds its tie decisions."""
    order = part.result.order
    return order.index(key_of(upper.nomination)) > order.index(key_of(lower.nomination))


def _parting(part: PartStandings, one: str, other: str) -> Comparison | None:
    """The first step of the chain after which the two stood in different groups."""
    both = {one, other}
    comparisons = (each for report in part.result.ties for each in report.comparisons if both <= set(each.group))
    return next((each for each in comparisons if not any(both <= set(group) for group in each.outcome)), None)
