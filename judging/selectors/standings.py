"""Frozen standings with the plenary's decisions applied: what pages, papers and the national round go by.

Nothing frozen is ever edited. The computed places are those of the stored rows; the decided ones come from running the
core again on the frozen input with the plenary's decisions (``selectors.decided``). A pool of firsts stands only once
the first places of its categories are settled, and is frozen with the decision.
"""

import json
from dataclasses import dataclass, replace
from functools import cached_property

from judging.core import package
from judging.core.tabulation import tabulate
from judging.models import Decision, Plenary, Standing, Tabulation, TabulationPart
from nominees.models import Category, Pool, PoolMode, Round

from .decided import FinalStanding, PartStandings, Tie, decide
from .tabulations import canonical, key_of, pool_problem, sha256_of

__all__ = [
    "FinalStanding",
    "FinalStandings",
    "PartStandings",
    "PendingPool",
    "Tie",
    "final_part",
    "final_standings",
    "open_ties",
    "tabulation_in_force",
]


@dataclass(frozen=True, slots=True)
class PendingPool:
    """A pool of firsts that has to wait until the first places of ``categories`` are settled."""

    pool: Pool
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class FinalStandings:
    """All parts of a tabulation: categories in their order, then pools; and the pools that still wait."""

    tabulation: Tabulation
    parts: tuple[PartStandings, ...]
    pending: tuple[PendingPool, ...]

    @property
    def categories(self) -> tuple[PartStandings, ...]:
        """The parts of categories."""
        return tuple(part for part in self.parts if part.category)

    @property
    def pools(self) -> tuple[PartStandings, ...]:
        """The parts of pools."""
        return tuple(part for part in self.parts if part.pool)


def tabulation_in_force(round: Round) -> Tabulation | None:
    """Return the round's frozen tabulation that counts, with rules and plenary. One query."""
    found = Tabulation.objects.filter(round=round, superseded_at=None)
    return found.select_related("rules", "plenary", "frozen_by", "round__edition", "round__region").first()


def final_standings(tabulation: Tabulation) -> FinalStandings:
    """Return every part with the decisions applied. The number of queries does not depend on the number of nominees."""
    reader = _Reader(tabulation)
    parts = [reader.category(category) for category in reader.categories]
    parts += [reader.frozen(part) for part in reader.parts if part.pool_id]
    pending = []
    for pool in reader.live_pools:
        found = reader.live_pool(pool)
        if isinstance(found, PendingPool):
            pending.append(found)
        elif found is not None:
            parts.append(found)
    return FinalStandings(tabulation, tuple(parts), tuple(pending))


def final_part(
    tabulation: Tabulation, *, category: Category | None = None, pool: Pool | None = None
) -> PartStandings | PendingPool | None:
    """Return one part with the decisions applied, computing no more than it needs; None when it is not in the run."""
    reader = _Reader(tabulation)
    if category is not None:
        return reader.category(category) if category.pk in reader.by_category else None
    for part in reader.parts:
        if pool is not None and part.pool_id == pool.pk:
            return reader.frozen(part)
    found = next((live for live in reader.live_pools if pool is not None and live.pk == pool.pk), None)
    return reader.live_pool(found) if found else None


def open_ties(tabulation: Tabulation) -> list[Tie]:
    """Return the ties that hold a titled place and still wait for the plenary, pools included."""
    return [tie for part in final_standings(tabulation).parts for tie in part.open_ties]


def counts(part: TabulationPart, decided: bool) -> bool:
    """Whether a frozen part holds, given whether the result is ``decided`` (confirmed and countersigned).

    After a step back the pools of firsts are computed anew until the result is decided again.
    """
    return decided or part.pool is None or part.pool.mode == PoolMode.ALL


class _Reader:
    """The rows of one tabulation, each kind read once; parts are computed when they are asked for."""

    def __init__(self, tabulation: Tabulation) -> None:
        self.tabulation = tabulation
        decided = Plenary.objects.filter(tabulation=tabulation).exclude(countersigned_at=None).exists()
        self.parts = [row for row in tabulation.parts.select_related("category", "pool") if counts(row, decided)]
        self.by_category = {part.category_id: part for part in self.parts if part.category_id}
        self.categories = [part.category for part in self.parts if part.category]
        self.rows: dict[int, list[Standing]] = {part.pk: [] for part in self.parts}
        rows = Standing.objects.filter(part__tabulation=tabulation)
        for row in rows.select_related("nomination__nominee__region__parent__parent", "nomination__category").order_by(
            "position"
        ):
            self.rows.setdefault(row.part_id, []).append(row)
        self.decisions = list(
            Decision.objects.filter(plenary__tabulation=tabulation, withdrawn_at=None).order_by("decided_at", "pk")
        )
        self.computed: dict[int, PartStandings] = {}

    @cached_property
    def live_pools(self) -> list[Pool]:
        """Pools of firsts that are not frozen yet, with their categories."""
        frozen = {part.pool_id for part in self.parts if part.pool_id}
        pools = Pool.objects.filter(round_id=self.tabulation.round_id, mode=PoolMode.FIRSTS).exclude(pk__in=frozen)
        return list(pools.prefetch_related("categories").order_by("code"))

    def category(self, category: Category) -> PartStandings:
        """The part of a category."""
        return self.frozen(self.by_category[category.pk])

    def frozen(self, part: TabulationPart) -> PartStandings:
        """A frozen part with its decisions applied."""
        if part.pk not in self.computed:
            problem = package.read(json.loads(part.input))
            computed = tabulate(problem)
            agrees = sha256_of(canonical(package.answer(computed))) == part.answer_hash
            self.computed[part.pk] = decide(
                problem, computed, self._about(part.category_id, part.pool_id), self.rows[part.pk], part, agrees
            )
        return self.computed[part.pk]

    def live_pool(self, pool: Pool) -> PartStandings | PendingPool | None:
        """A pool of firsts from the decided firsts of its categories; None when none of them is in the run."""
        members = [self.category(each) for each in pool.categories.all() if each.pk in self.by_category]
        waiting = [part for part in members if _first_is_open(part)]
        if waiting:
            return PendingPool(pool, tuple(part.category for part in waiting if part.category))
        if not members:
            return None
        results = [replace(part.result, groups=part.groups) for part in members]
        problem = pool_problem(pool, [part.problem for part in members], results, self.tabulation.rules)
        firsts = [line for part in members for line in part.lines if key_of(line.nomination) in problem.nominees]
        nominations = [line.nomination for line in firsts]
        return decide(problem, tabulate(problem), self._about(None, pool.pk), nominations, pool, agrees=True)

    def _about(self, category_id: int | None, pool_id: int | None) -> list[Decision]:
        return [row for row in self.decisions if (row.category_id, row.pool_id) == (category_id, pool_id)]


def _first_is_open(part: PartStandings) -> bool:
    first = set((part.groups or ((),))[0])
    return any({key_of(nomination) for nomination in tie.nominations} == first for tie in part.open_ties)
