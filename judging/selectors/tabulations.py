"""From closed sheets to the open format: what a category's (or pool's) tabulation rests on, and live results.

Inside a document a nominee is its nomination number in the round (as text), a judge is the code of the seat.

Who is in it: everybody in the running; those outside the ranking, withdrawn or not come to the interview are listed
as ``disqualified`` (whatever was scored is shown, they take no place and are nobody's peer). Those proposed only or
rejected at screening never competed and are left out, and so is the nominee that is scored for calibration.

What counts: the latest *submitted* version of a sheet, never a draft; a declared recusal as much as a confirmed one;
an administrative score once two people entered the same number; a counted indicator as ``count * 100 / base``, exact.
A step ``criterion:<id>`` of the round's tie chain, and a method of its own for a panel criterion, is left out where a
category's rubric has no such criterion.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from judging.core import package, pools, scoresheet
from judging.core import rubric as rubrics
from judging.core.criteria import FIXED, INDICATOR, Rubric
from judging.core.numbers import typed
from judging.core.policies import titles
from judging.core.policy import CRITERION_STEP, Policy
from judging.core.problem import Problem, assemble
from judging.core.result import Result
from judging.core.scoresheet import Entries
from judging.core.tabulation import tabulate
from judging.models import (
    CategoryRubric,
    Decision,
    DecisionKind,
    Recusal,
    RubricVersion,
    RuleSet,
    Seat,
    SecretariatEntry,
    SheetState,
    SheetVersion,
)
from judging.models.panel import RecusalState
from nominees.models import Category, CountedIndicator, Nomination, Pool, Round, Status
from paritrana.kernel.errors import DomainError

from .rules import policy_of, rules_in_force

#: Statuses that stand in a document without a place.
UNPLACED = frozenset({Status.OUTSIDE, Status.WITHDRAWN, Status.NO_SHOW})
TABULATED = frozenset({Status.RUNNING}) | UNPLACED


class RulesMissing(DomainError):
    """The round has no rules yet."""

    code = "rules_missing"


class CategoryWithoutRubric(DomainError):
    """A category cannot be tabulated without a rubric; fact ``category``."""

    code = "category_without_rubric"


class RubricVersionsMixed(DomainError):
    """A sheet was filled by another version of the rubric than its category uses; facts ``category``, ``number``."""

    code = "rubric_versions_mixed"


@dataclass(frozen=True, slots=True)
class CategoryTabulation:
    """One category as it stands now: nothing of it is stored."""

    category: Category
    version: RubricVersion
    problem: Problem
    result: Result


def key_of(nomination: Nomination) -> str:
    """Return the nominee's id inside documents."""
    return str(nomination.number)


def policy_for(rules: RuleSet, rubric: Rubric, places: int) -> Policy:
    """Return the rules as they apply to one category or pool: so many titles, the steps and methods its rubric knows.

    Rules with fewer titles than places are given Terbaik I, II, ... throughout.
    """
    found = policy_of(rules)
    labels = found.labels[:places] if len(found.labels) >= places else tuple(titles("Terbaik", places))
    chain = tuple(
        step
        for step in found.tie_break
        if not step.startswith(CRITERION_STEP) or step.removeprefix(CRITERION_STEP) in rubric.by_id
    )
    marked = {leaf.id for leaf in rubric.panel_leaves}
    methods = tuple((leaf, method) for leaf, method in found.panel_methods if leaf in marked)
    return replace(found, labels=labels, tie_break=chain, panel_methods=methods, chair=())


def rules_of(round: Round) -> RuleSet:
    """Return the rules by which ``round`` is judged. One query. Raises :class:`RulesMissing`."""
    found = rules_in_force(round)
    if found is None:
        raise RulesMissing()
    return found


def problems_of(
    round: Round, categories: Iterable[Category] | None = None
) -> list[tuple[Category, RubricVersion, Problem]]:
    """Return what each category rests on, in the order of the categories; all of the round's unless told.

    The number of queries does not depend on how many nominees, seats or sheets there are. Raises
    :class:`RulesMissing`, :class:`CategoryWithoutRubric`, :class:`RubricVersionsMixed` or a core ``Refusal``.
    """
    chosen = list(round.categories.all() if categories is None else categories)
    rules = rules_of(round)
    versions = _versions(chosen)
    marks = _Marks(round, chosen)
    found = []
    for category in chosen:
        version = versions[category.pk]
        found.append((category, version, _problem(category, version, rules, marks)))
    return found


def tabulate_round(round: Round) -> tuple[CategoryTabulation, ...]:
    """Return the live result of every category: computed, never stored, for whoever may see scores now."""
    return tuple(
        CategoryTabulation(category, version, problem, tabulate(problem))
        for category, version, problem in problems_of(round)
    )


def document_of(category: Category) -> dict[str, Any]:
    """Return one category in the open format ``paritrana.tabulation/1``."""
    ((_, _, problem),) = problems_of(category.round, [category])
    return package.document(problem)


def document_of_pool(pool: Pool) -> dict[str, Any]:
    """Return a pool in the open format, from the live results of its categories."""
    members = problems_of(pool.round, pool.categories.all())
    problems = [problem for _, _, problem in members]
    results = [tabulate(problem) for problem in problems]
    return package.document(pool_problem(pool, problems, results, rules_of(pool.round)))


def pool_problem(pool: Pool, problems: Sequence[Problem], results: Sequence[Result], rules: RuleSet) -> Problem:
    """Return what ``pool`` rests on: its categories' problems, all or the firsts of ``results``. No query.

    Raises ``PoolCannotBeFormed`` when its categories do not share a rubric version.
    """
    rubric = problems[0].rubric if problems else None
    policy = policy_for(rules, rubric, pool.places) if rubric else None
    return pools.pooled_problem(problems, results, pool.mode, policy=policy, title=pool.name)


def _versions(categories: Sequence[Category]) -> dict[int, RubricVersion]:
    rows = CategoryRubric.objects.filter(category__in=categories).select_related("version__rubric")
    found = {row.category_id: row.version for row in rows}
    for category in categories:
        if category.pk not in found:
            raise CategoryWithoutRubric(category=category.name)
    return found


class _Marks:
    """Everything that was entered for some categories of a round, read with one query per kind."""

    def __init__(self, round: Round, categories: Sequence[Category]) -> None:
        self.seats = {seat.pk: seat.code for seat in Seat.objects.filter(round=round).order_by("position")}
        self.nominations: dict[int, list[Nomination]] = {category.pk: [] for category in categories}
        rows = Nomination.objects.filter(category__in=categories, status__in=TABULATED, is_calibration=False)
        for nomination in rows.order_by("number"):
            self.nominations[nomination.category_id].append(nomination)
        wanted = {"nomination__category__in": categories}
        self.sheets = latest_submitted(sheet__nomination__category__in=categories)
        self.recusals = _by_nomination(
            Recusal.objects.filter(**wanted).exclude(state=RecusalState.DECLINED).order_by("seat__position")
        )
        self.entries = _by_nomination(SecretariatEntry.objects.filter(**wanted))
        self.indicators = _by_nomination(CountedIndicator.objects.filter(**wanted))
        self.exceptions = set(
            Decision.objects.filter(
                kind=DecisionKind.QUORUM, withdrawn_at=None, nominations__category__in=categories
            ).values_list("nominations__pk", flat=True)
        )


def latest_submitted(**filters: Any) -> dict[int, list[SheetVersion]]:
    """Return nomination id -> the latest submitted version of each seat's sheet, seats in their order. One query."""
    rows = (
        SheetVersion.objects.filter(state=SheetState.SUBMITTED, **filters)
        .select_related("sheet", "seating", "saved_by")
        .order_by("sheet__seat__position", "number")
    )
    last = {row.sheet_id: row for row in rows}
    found: dict[int, list[SheetVersion]] = {}
    for row in last.values():
        found.setdefault(row.sheet.nomination_id, []).append(row)
    return found


def _by_nomination(rows: Iterable[Any]) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row.nomination_id, []).append(row)
    return found


def _problem(category: Category, version: RubricVersion, rules: RuleSet, marks: _Marks) -> Problem:
    rubric = rubrics.from_document(json.loads(version.content))
    members = marks.nominations[category.pk]
    return assemble(
        rubric=rubric,
        judges=list(marks.seats.values()),
        nominees=[key_of(nomination) for nomination in members],
        policy=policy_for(rules, rubric, category.places),
        sheets=_sheets(category, version, members, marks),
        recusals=[
            (marks.seats[row.seat_id], key_of(nomination))
            for nomination in members
            for row in marks.recusals.get(nomination.pk, ())
        ],
        values=_values(rubric, members, marks),
        disqualified=[key_of(nomination) for nomination in members if nomination.status in UNPLACED],
        exceptions=[key_of(nomination) for nomination in members if nomination.pk in marks.exceptions],
        title=category.name,
    )


def _sheets(
    category: Category, version: RubricVersion, members: Collection[Nomination], marks: _Marks
) -> Mapping[tuple[str, str], Entries]:
    found: dict[tuple[str, str], Entries] = {}
    for nomination in members:
        for row in marks.sheets.get(nomination.pk, ()):
            if row.rubric_version_id != version.pk:
                raise RubricVersionsMixed(category=category.name, number=nomination.number)
            seat = marks.seats[row.sheet.seat_id]
            found[seat, key_of(nomination)] = scoresheet.from_plain(json.loads(row.entries))
    return found


def _values(rubric: Rubric, members: Collection[Nomination], marks: _Marks) -> Mapping[tuple[str, str], Fraction]:
    kinds = {leaf.id: leaf.kind for leaf in rubric.leaves}
    found: dict[tuple[str, str], Fraction] = {}
    for nomination in members:
        for criterion, value in confirmed_scores(marks.entries.get(nomination.pk, ())).items():
            if kinds.get(criterion) == FIXED:
                found[key_of(nomination), criterion] = value
        for row in marks.indicators.get(nomination.pk, ()):
            if kinds.get(row.criterion) == INDICATOR:
                found[key_of(nomination), row.criterion] = Fraction(row.count * 100, row.base)
    return found


def confirmed_scores(entries: Iterable[SecretariatEntry]) -> dict[str, Fraction]:
    """Return criterion -> score where both entries of one nominee are there and are the same number."""
    turns: dict[str, dict[int, Fraction]] = {}
    for entry in entries:
        turns.setdefault(entry.criterion, {})[entry.turn] = typed(entry.value)
    return {name: found[1] for name, found in turns.items() if len(found) == 2 and found[1] == found[2]}


def canonical(document: Mapping[str, Any] | Sequence[Any]) -> str:
    """Return the one text of a document that is stored and hashed: sorted keys, no blanks, ASCII."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def sha256_of(text: str) -> str:
    """Return the SHA-256 of ``text`` in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()
