"""What a tabulation answers: standings, ties and the explanation down to the single mark, all frozen and exact."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from .ranking import Group, Place
from .scoresheet import State

RANKED, UNRANKED = "ranked", "unranked"


@dataclass(frozen=True, slots=True)
class SeatMark:
    """One seat's cell on one criterion. ``used``: it entered the mean; ``dropped``: counted, but trimmed away."""

    seat: str
    state: State
    value: Fraction | None
    used: bool
    dropped: bool


@dataclass(frozen=True, slots=True)
class CriterionTrace:
    """How one node came to its number, in the order in which anyone can redo it on paper.

    Panel leaf: ``method`` (None at judge level, where whole sheets are combined) and ``marks``, of which ``count`` are
    valid; ``total / divisor = mean`` of those used. Other leaf: ``figure``. Then ``score`` on 0..100 (for a branch: the
    sum of its children's parts), rounded to ``official`` where the rules round every part; times ``share`` (the weight
    after "not applicable" was shared out, of 100) is ``product``, rounded to ``part``. ``outcome``: ``scored``,
    ``missing``, ``missing_as_zero``, ``not_applicable`` or ``insufficient``.
    """

    criterion: str
    title: str
    method: str | None
    source: str
    outcome: str
    marks: tuple[SeatMark, ...]
    count: int
    total: Fraction | None
    divisor: int | None
    mean: Fraction | None
    figure: Fraction | None
    score: Fraction | None
    official: Fraction | None
    weight: Fraction
    share: Fraction | None
    product: Fraction | None
    part: Fraction | None


@dataclass(frozen=True, slots=True)
class SheetTrace:
    """At judge level: the weighted total of one seat's complete sheet, and whether it was trimmed away."""

    seat: str
    total: Fraction
    dropped: bool


@dataclass(frozen=True)
class Standing:
    """One nominee's line. ``exact`` is the unrounded total, ``official`` what ranks, ``final`` what is printed.

    ``place`` is an ``int`` (a ``Fraction`` under fractional ranking); ``title`` the award of that place number;
    ``resolved_by`` the steps of the tie chain that parted this nominee from another; ``tied``: shares the place.
    Of an unranked nominee only ``reason``, ``counts`` and the trace are filled.
    """

    nominee: str
    status: str
    reason: str | None
    exact: Fraction | None
    official: Fraction | None
    final: str | None
    place: Place | None
    title: str | None
    tied: bool
    resolved_by: tuple[str, ...]
    nodes: Mapping[str, Fraction]
    counts: Mapping[str, int]
    # The digest of the result stands for what these would give.
    explain: Callable[[], tuple[CriterionTrace, ...]] = field(compare=False, repr=False)
    explain_sheets: Callable[[], tuple[SheetTrace, ...]] = field(compare=False, repr=False)

    @cached_property
    def trace(self) -> tuple[CriterionTrace, ...]:
        """One entry per node, in the order of the tree; put together when it is first asked for."""
        return self.explain()

    @cached_property
    def sheets(self) -> tuple[SheetTrace, ...]:
        """The complete sheets, at judge level; of a ranked nominee."""
        return self.explain_sheets()

    @property
    def is_ranked(self) -> bool:
        """Has a place."""
        return self.status == RANKED


@dataclass(frozen=True, slots=True)
class Comparison:
    """One look at one tied group: by which ``step`` (and ``basis``: the criterion, else empty) it was compared.

    ``values`` is what was compared, None when the step could not compare this group; ``outcome`` the groups it
    left, best first; ``reason`` the plenary's words.
    """

    step: str
    basis: str
    group: Group
    values: Mapping[str, Fraction] | None
    outcome: tuple[Group, ...]
    reason: str = ""

    @property
    def settled(self) -> bool:
        """It parted at least two nominees."""
        return len(self.outcome) > 1

    @property
    def separated(self) -> tuple[str, ...]:
        """Those who stand alone after it."""
        return tuple(group[0] for group in self.outcome if len(group) == 1)

    @property
    def left_tied(self) -> tuple[Group, ...]:
        """The groups it left tied."""
        return tuple(group for group in self.outcome if len(group) > 1)


@dataclass(frozen=True, slots=True)
class TieReport:
    """A group with the same official score and what every step of the chain made of it."""

    group: Group
    official: Fraction
    comparisons: tuple[Comparison, ...]
    outcome: tuple[Group, ...]

    @property
    def resolved(self) -> bool:
        """Nobody in it shares a place any more."""
        return all(len(group) == 1 for group in self.outcome)


@dataclass(frozen=True, slots=True)
class Result:
    """The answer of one tabulation. ``standings``: ranked best first (ties by id), then the unranked by id."""

    standings: tuple[Standing, ...]
    groups: tuple[Group, ...]
    ties: tuple[TieReport, ...]
    unresolved_ties: tuple[Group, ...]
    needs_decision: bool
    digest: str
    engine: str

    @property
    def order(self) -> tuple[str, ...]:
        """The ranked nominees, best first."""
        return tuple(name for group in self.groups for name in group)

    @property
    def by_nominee(self) -> dict[str, Standing]:
        """Standing of each nominee."""
        return {standing.nominee: standing for standing in self.standings}
