"""What a ranking page rests on, and the rows that belong to it: worked out once for one content.

Working rows out means reading the frozen input, counting it again and comparing the answer to the byte: seconds for
thousands of nominees, and for ever the same for the same content. So the rows are kept in the cache under a digest of
everything they rest on: round, part, input and answer by their hashes, the decisions that count, names and statuses as
they stand now, engine and program. Another decision, a step back and a new freeze are another content. What the cache
holds under a digest is believed only when it names that digest itself; the cache can be emptied at any moment.
"""

import json
from dataclasses import dataclass
from typing import Any, Final

from django.core.cache import cache

from judging.core.problem import ENGINE
from judging.models import Decision, Plenary, Standing, Tabulation, TabulationPart
from nominees.models import Category, Pool
from paritrana import __version__

from . import ranking_rows
from .ranking_rows import RankingTable, table_of
from .standings import PendingPool, counts, final_part
from .tabulations import sha256_of

KEPT: Final = 24 * 3600  # seconds
#: Part of every digest: a change of what the rows hold makes old ones strangers.
EDITION: Final = 1
MEMBER: Final = ("nomination_id", "nomination__number", "nomination__status", "nomination__nominee__name")


@dataclass(frozen=True, slots=True)
class Run:
    """What counts in a tabulation, without its texts: three queries."""

    tabulation: Tabulation
    parts: tuple[TabulationPart, ...]
    pools: tuple[Pool, ...]
    decisions: tuple[tuple[Any, ...], ...]

    @property
    def categories(self) -> tuple[Category, ...]:
        """The categories of the run, in their order."""
        found = [part.category for part in self.parts if part.category]
        return tuple(sorted(found, key=lambda category: (category.position, category.code)))

    def part_of(self, subject: Category | Pool) -> TabulationPart | None:
        """The frozen part of a category or pool; None when it is not frozen."""
        kind = "category_id" if isinstance(subject, Category) else "pool_id"
        return next((part for part in self.parts if getattr(part, kind) == subject.pk), None)


def run_of(tabulation: Tabulation) -> Run:
    """Return what counts in ``tabulation`` (read by ``tabulation_in_force``). Three queries."""
    plenary: Plenary | None = getattr(tabulation, "plenary", None)
    decided = plenary is not None and plenary.countersigned_at is not None
    parts = tabulation.parts.select_related("category", "pool").defer("input", "answer")
    decisions = Decision.objects.filter(plenary__tabulation=tabulation, withdrawn_at=None)
    return Run(
        tabulation,
        tuple(part for part in parts if counts(part, decided)),
        tuple(Pool.objects.filter(round_id=tabulation.round_id).order_by("code")),
        tuple(
            decisions.order_by("decided_at", "pk").values_list(
                "pk", "kind", "category_id", "pool_id", "order", "reason"
            )
        ),
    )


def ranking_table(run: Run, subject: Category | Pool) -> RankingTable | None:
    """Return the rows of ``subject``; None when the run has none. One query (two for a pool not frozen yet).

    Where the cache does not know them they are worked out, which reads and counts everything once.
    """
    part = run.part_of(subject)
    if part is None and not isinstance(subject, Pool):
        return None
    digest = _digest(run, subject, part)
    key = f"judging.ranking.{run.tabulation.round_id}.{digest}"
    kept = cache.get(key)
    if isinstance(kept, RankingTable) and kept.digest == digest:
        return kept
    if isinstance(subject, Pool):
        found = final_part(run.tabulation, pool=subject)
    else:
        found = final_part(run.tabulation, category=subject)
    if found is None:
        return None
    table = RankingTable(digest, is_pending=True) if isinstance(found, PendingPool) else table_of(found, digest)
    cache.set(key, table, KEPT)
    return table


def _digest(run: Run, subject: Category | Pool, part: TabulationPart | None) -> str:
    """Everything that the rows of ``subject`` rest on; a pool not frozen yet rests on all parts. One query or two."""
    parts = [part] if part else run.parts
    decisions = [each for each in run.decisions if part is None or each[2:4] == (part.category_id, part.pool_id)]
    members = Standing.objects.filter(part__in=[each.pk for each in parts]).order_by("pk")
    facts = [
        [EDITION, ranking_rows.CARDS],
        ENGINE,
        __version__,
        run.tabulation.round.scope,
        run.tabulation.rules.content_hash,
        [(each.pk, each.input_hash, each.answer_hash) for each in parts],
        decisions,
        list(members.values_list(*MEMBER)),
    ]
    if part is None and isinstance(subject, Pool):
        about = [subject.pk, subject.name, subject.mode, subject.places]
        facts += [about, sorted(subject.categories.values_list("pk", flat=True))]
    return sha256_of(json.dumps(facts, separators=(",", ":")))
