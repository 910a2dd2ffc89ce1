"""One category or pool with the plenary's decisions applied: computed and decided places side by side.

Tie orders go to the core as ``policy.chair``; then deviations move whom they move, in the order of the decisions.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from judging.core import deviation, ranking
from judging.core.criteria import Criterion
from judging.core.evaluation import Evaluator, roll_up
from judging.core.policy import LEAF, ChairDecision
from judging.core.problem import Problem
from judging.core.ranking import Group
from judging.core.result import CriterionTrace, Result
from judging.core.result import Standing as CoreStanding
from judging.core.tabulation import tabulate
from judging.models import Decision, DecisionKind, Standing, TabulationPart
from nominees.models import Category, Nomination, Pool, Status

from .tabulations import key_of

CHAIR_STEP = "chair"
DISQUALIFIED = "disqualified"


@dataclass(frozen=True, slots=True)
class FinalStanding:
    """One nominee as decided, beside what was computed.

    ``place`` and ``title`` are decided, ``computed_place`` and ``computed_title`` those of the frozen tabulation; all
    are empty for who is not ranked, and ``unranked_reason`` says why: a status (``outside``, ``withdrawn``,
    ``no_show``) or a reason of the open format. ``score`` is the printed official total, ``spread`` the distance of
    the highest and lowest seat's complete sheet (points of 100), ``outside_total`` the exact total of somebody outside
    the ranking. ``standing`` is the stored row (None in a pool that is not frozen yet), ``core`` the whole explanation.
    """

    nomination: Nomination
    position: int
    place: str
    title: str
    score: str
    computed_place: str
    computed_title: str
    unranked_reason: str
    is_tied: bool
    resolved_by: tuple[str, ...]
    tie_decision: Decision | None
    deviation: Decision | None
    standing: Standing | None
    core: CoreStanding
    spread: Fraction | None
    outside_total: Fraction | None

    @property
    def is_ranked(self) -> bool:
        """Has a place."""
        return bool(self.place)

    @property
    def nodes(self) -> tuple[CriterionTrace, ...]:
        """Every node of the rubric with its numbers and every seat's mark, in the order of the tree."""
        return self.core.trace

    @property
    def scores(self) -> tuple[CriterionTrace, ...]:
        """The leaves of the rubric, in the order of :attr:`PartStandings.criteria`."""
        return tuple(node for node in self.core.trace if node.source != "branch")


@dataclass(frozen=True, slots=True)
class Tie:
    """Nominees who still share a place; ``needs_decision``: it holds a title and the rules leave it to the plenary."""

    category: Category | None
    pool: Pool | None
    nominations: tuple[Nomination, ...]
    place: str
    score: str
    needs_decision: bool


@dataclass(frozen=True)
class PartStandings:
    """One category or pool as decided. ``problem`` and ``result`` hold the plenary's tie orders, not its deviations.

    ``recount_agrees``: computing the frozen input again gave the frozen answer to the byte (always so for a pool that
    is not frozen yet, whose ``part`` is None).
    """

    part: TabulationPart | None
    category: Category | None
    pool: Pool | None
    problem: Problem
    result: Result
    groups: tuple[Group, ...]
    lines: tuple[FinalStanding, ...]
    ties: tuple[Tie, ...]
    decisions: tuple[Decision, ...]
    recount_agrees: bool

    @property
    def subject(self) -> Category | Pool:
        """The category or pool."""
        found = self.category or self.pool
        assert found is not None  # noqa: S101 (a database constraint)
        return found

    @property
    def undecided(self) -> Problem:
        """What the part rests on, without the plenary's orders: what is frozen."""
        return replace(self.problem, policy=replace(self.problem.policy, chair=()))

    @property
    def name(self) -> str:
        """Name of the category or pool, as printed."""
        return self.subject.name

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The leaves of the rubric: the columns of a ranking."""
        return self.problem.rubric.leaves

    @property
    def ranked(self) -> tuple[FinalStanding, ...]:
        """Those with a place, best first."""
        return tuple(line for line in self.lines if line.is_ranked)

    @property
    def unranked(self) -> tuple[FinalStanding, ...]:
        """Those without a place, by number."""
        return tuple(line for line in self.lines if not line.is_ranked)

    @property
    def open_ties(self) -> tuple[Tie, ...]:
        """The ties that the plenary still has to settle."""
        return tuple(tie for tie in self.ties if tie.needs_decision)

    def title_of(self, criterion: str) -> str | None:
        """Return the title of a criterion; None when the rubric has none of that name."""
        node = self.problem.rubric.by_id.get(criterion)
        return (node.title or criterion) if node else None

    def line_of(self, nomination_id: int) -> FinalStanding | None:
        """The line of one nomination, if it is in this part."""
        return next((line for line in self.lines if line.nomination.pk == nomination_id), None)


def decide(
    problem: Problem,
    computed: Result,
    decisions: Sequence[Decision],
    rows: Sequence[Standing] | Sequence[Nomination],
    about: TabulationPart | Pool,
    agrees: bool,
) -> PartStandings:
    """Return the part ``about`` as decided: ``rows`` are its stored standings or, not frozen yet, its nominations."""
    stored = {row.nomination_id: row for row in rows if isinstance(row, Standing)}
    members = {(row.nomination if isinstance(row, Standing) else row) for row in rows}
    keys = {nomination.pk: key_of(nomination) for nomination in members}
    chair = tuple(
        ChairDecision(tuple(keys[pk] for pk in row.order), row.reason)
        for row in decisions
        if row.kind == DecisionKind.TIE
    )
    if chair:
        problem = replace(problem, policy=replace(problem.policy, chair=chair))
    result = tabulate(problem) if chair else computed
    groups = result.groups
    for row in decisions:
        if row.kind == DecisionKind.DEVIATION:
            groups = deviation.apply(groups, [keys[pk] for pk in row.order])
    part = about if isinstance(about, TabulationPart) else None
    category, pool = (part.category, part.pool) if part else (None, about if isinstance(about, Pool) else None)
    by_key = {key_of(nomination): nomination for nomination in members}
    return PartStandings(
        part=part,
        category=category,
        pool=pool,
        problem=problem,
        result=result,
        groups=groups,
        lines=tuple(_lines(problem, computed, result, groups, by_key, stored, decisions)),
        ties=tuple(_ties(problem, result, groups, by_key, category, pool)),
        decisions=tuple(decisions),
        recount_agrees=agrees,
    )


def _lines(
    problem: Problem,
    computed: Result,
    result: Result,
    groups: tuple[Group, ...],
    by_key: Mapping[str, Nomination],
    stored: Mapping[int, Standing],
    decisions: Iterable[Decision],
) -> Iterable[FinalStanding]:
    evaluator = Evaluator(problem)
    given = ranking.places(groups, problem.policy.ranking)
    tied = {key for group in groups if len(group) > 1 for key in group}
    unranked = sorted((key for key in by_key if key not in given), key=int)
    order = [key for group in groups for key in sorted(group, key=int)] + unranked
    before, after = computed.by_nominee, result.by_nominee
    for position, key in enumerate(order, start=1):
        nomination, core = by_key[key], after[key]
        row = stored.get(nomination.pk)
        place = given.get(key)
        about = [each for each in decisions if nomination.pk in each.order]
        yield FinalStanding(
            nomination=nomination,
            position=position,
            place="" if place is None else str(place),
            title="" if place is None else ranking.title_of(place, problem.policy.labels) or "",
            score=core.final or "",
            computed_place=row.place if row else place_of(before[key]),
            computed_title=row.title if row else before[key].title or "",
            unranked_reason=row.unranked_reason if row else unranked_reason(before[key], nomination),
            is_tied=key in tied,
            resolved_by=core.resolved_by,
            tie_decision=next((each for each in about if each.kind == DecisionKind.TIE), None),
            deviation=next((each for each in reversed(about) if each.kind == DecisionKind.DEVIATION), None),
            standing=row,
            core=core,
            spread=_spread(evaluator, key),
            outside_total=_outside_total(evaluator, key) if nomination.status == Status.OUTSIDE else None,
        )


def place_of(standing: CoreStanding) -> str:
    """Return the printed place of a computed standing; empty when it has none."""
    return "" if standing.place is None else str(standing.place)


def unranked_reason(standing: CoreStanding, nomination: Nomination) -> str:
    """Return why a nominee has no place: its status where it is outside the ranking, else the core's reason."""
    return nomination.status if standing.reason == DISQUALIFIED else standing.reason or ""


def _spread(evaluator: Evaluator, key: str) -> Fraction | None:
    totals = evaluator.sheet_totals(key).values()
    return max(totals) - min(totals) if len(totals) > 1 else None


def _outside_total(evaluator: Evaluator, key: str) -> Fraction | None:
    """The total that somebody outside the ranking would have, criterion by criterion; None while one is missing."""
    found, rubric = evaluator.evaluate(key), evaluator.rubric
    needed = {leaf.id for leaf in rubric.leaves} - found.not_applicable
    if evaluator.problem.policy.panel_level != LEAF or not needed <= found.leaves.keys() or not needed:
        return None
    return roll_up(rubric, found.shares, found.leaves)[rubric.root.id]


def _ties(
    problem: Problem,
    result: Result,
    groups: tuple[Group, ...],
    by_key: Mapping[str, Nomination],
    category: Category | None,
    pool: Pool | None,
) -> Iterable[Tie]:
    policy = problem.policy
    given = ranking.places(groups, policy.ranking)
    for group in groups:
        if len(group) > 1:
            titled = ranking.holds_title(groups, group, policy.ranking, policy.labels)
            yield Tie(
                category=category,
                pool=pool,
                nominations=tuple(by_key[key] for key in sorted(group, key=int)),
                place=str(given[group[0]]),
                score=result.by_nominee[group[0]].final or "",
                needs_decision=titled and CHAIR_STEP in policy.tie_break,
            )
