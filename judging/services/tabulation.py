"""Freezing: inputs, answers and places are written once, with their hashes, and never again."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from judging import audit_actions
from judging.core import package
from judging.core.problem import ENGINE, Problem
from judging.core.result import Result
from judging.core.tabulation import tabulate
from judging.models import Standing, Tabulation, TabulationPart
from judging.selectors.decided import place_of, unranked_reason
from judging.selectors.tabulations import canonical, key_of, pool_problem, problems_of, rules_of, sha256_of
from nominees.models import Category, Nomination, Pool, PoolMode, Round
from paritrana import __version__
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.transactions import require_transaction


def freeze_tabulation(*, round: Round, actor: User, at: datetime) -> Tabulation:
    """Freeze every category of ``round`` and every pool over all nominees; pools of firsts follow the decision.

    Runs inside the transaction of its caller, who holds the lock of the round and has asked the permission. Raises
    what ``problems_of`` raises, and ``PoolCannotBeFormed`` where the categories of a pool do not share a rubric.
    """
    require_transaction()
    tabulation = Tabulation.objects.create(
        round=round,
        number=round.tabulations.count() + 1,
        rules=rules_of(round),
        engine_version=ENGINE,
        software_version=__version__,
        frozen_at=at,
        frozen_by=actor,
    )
    problems = {category.pk: (category, problem) for category, _version, problem in problems_of(round)}
    results = {pk: tabulate(problem) for pk, (_category, problem) in problems.items()}
    numbers = {key_of(row): row for row in Nomination.objects.filter(round=round)}
    parts = [
        _freeze_part(tabulation, category, problem, results[pk], numbers)
        for pk, (category, problem) in problems.items()
    ]
    for pool in round.pools.prefetch_related("categories"):
        members = [category.pk for category in pool.categories.all()]
        # Formed for pools of firsts as well: one that cannot be formed must not come up in the middle of the plenary.
        pooled = pool_problem(
            pool, [problems[pk][1] for pk in members], [results[pk] for pk in members], tabulation.rules
        )
        if pool.mode == PoolMode.ALL:
            parts.append(_freeze_part(tabulation, pool, pooled, tabulate(pooled), numbers))
    _record_frozen(tabulation, parts, round, actor, at)
    return tabulation


def freeze_pool(
    *, tabulation: Tabulation, pool: Pool, problem: Problem, round: Round, actor: User, at: datetime
) -> TabulationPart:
    """Freeze a pool of firsts, without the plenary's orders, which apply to it as to any other part."""
    require_transaction()
    numbers = {key_of(row): row for row in Nomination.objects.filter(round=round)}
    part = _freeze_part(tabulation, pool, problem, tabulate(problem), numbers)
    payload = {"number": tabulation.number, "parts": _hashes([part])}
    record(action=audit_actions.POOL_FROZEN, actor=actor, at=at, target=tabulation, chain=round.scope, payload=payload)
    return part


def freeze_anew(*, tabulation: Tabulation, round: Round, actor: User, at: datetime) -> Tabulation:
    """Supersede ``tabulation`` by its next version with the same bytes in every part but the pools of firsts.

    For a decision that is made again after a step back: its pools may have other members, and a frozen part is neither
    changed nor removed. Runs inside the transaction of its caller.
    """
    require_transaction()
    kept = tabulation.parts.exclude(pool__mode=PoolMode.FIRSTS).select_related("category", "pool")
    parts = list(kept.prefetch_related("standings"))
    Tabulation.objects.filter(pk=tabulation.pk).update(superseded_at=at)
    found = Tabulation.objects.create(
        round=round,
        number=round.tabulations.count() + 1,
        rules=tabulation.rules,
        engine_version=tabulation.engine_version,
        software_version=tabulation.software_version,
        frozen_at=at,
        frozen_by=actor,
    )
    for part in parts:
        rows = list(part.standings.all())
        part.pk, part.tabulation = None, found
        part._state.adding = True
        part.save(force_insert=True)
        for row in rows:
            row.pk, row.part = None, part
            row._state.adding = True
        Standing.objects.bulk_create(rows)
    _record_frozen(found, parts, round, actor, at)
    return found


def _freeze_part(
    tabulation: Tabulation,
    subject: Category | Pool,
    problem: Problem,
    result: Result,
    numbers: Mapping[str, Nomination],
) -> TabulationPart:
    stored, answer = canonical(package.document(problem)), canonical(package.answer(result))
    part = TabulationPart.objects.create(
        tabulation=tabulation,
        category=subject if isinstance(subject, Category) else None,
        pool=subject if isinstance(subject, Pool) else None,
        input=stored,
        input_hash=sha256_of(stored),
        answer=answer,
        answer_hash=sha256_of(answer),
    )
    Standing.objects.bulk_create(_standings(part, result, numbers))
    return part


def _standings(part: TabulationPart, result: Result, numbers: Mapping[str, Nomination]) -> Iterable[Standing]:
    """The rows of a part: ranked best first (ties by number), then the others by number."""
    by_nominee = result.by_nominee
    order = [key for group in result.groups for key in sorted(group, key=int)]
    order += sorted(by_nominee.keys() - set(order), key=int)
    for position, key in enumerate(order, start=1):
        found = by_nominee[key]
        yield Standing(
            part=part,
            nomination=numbers[key],
            position=position,
            place=place_of(found),
            score=found.final or "",
            exact="" if found.exact is None else str(found.exact),
            title=found.title or "",
            unranked_reason="" if found.is_ranked else unranked_reason(found, numbers[key]),
            resolved_by=list(found.resolved_by),
            is_tied=found.tied,
        )


def _record_frozen(
    tabulation: Tabulation, parts: Iterable[TabulationPart], round: Round, actor: User, at: datetime
) -> None:
    payload = {
        "number": tabulation.number,
        "engine": tabulation.engine_version,
        "software": tabulation.software_version,
        "rules": tabulation.rules.content_hash,
        "parts": _hashes(parts),
    }
    record(
        action=audit_actions.TABULATION_FROZEN,
        actor=actor,
        at=at,
        target=tabulation,
        chain=round.scope,
        payload=payload,
    )


def _hashes(parts: Iterable[TabulationPart]) -> dict[str, dict[str, str]]:
    """Kind and code of each part -> its two hashes; hashes tell nothing about a score."""
    return {
        f"category:{part.category.code}" if part.category else f"pool:{part.pool.code if part.pool else ''}": {
            "input": part.input_hash,
            "answer": part.answer_hash,
        }
        for part in parts
    }
