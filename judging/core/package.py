"""The open format ``paritrana.tabulation/1``: document -> problem, problem -> document, result -> answer.

The product exports a category in this form, recomputes from it, and anyone can recompute it elsewhere. Beyond the
published fields two optional ones are written and read, both only when they hold something: ``states`` (why a cell
holds no mark, for the explanation) and ``exceptions`` (nominees the plenary lets rank below the quorum).
"""

import json
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

from . import policy as rules
from . import reading
from . import rubric as rubrics
from .criteria import FIXED, PANEL, Criterion, Rubric
from .numbers import exact, from_text, plain
from .problem import MISSING_STATES, Cell, Problem, check_mark
from .reading import Json
from .refusals import DuplicateScore, Malformed, NotApplicable, UnknownReference
from .result import Comparison, CriterionTrace, Result, Standing, TieReport
from .scoresheet import State

FORMAT: Final = "paritrana.tabulation/1"


def read(value: Json) -> Problem:
    """A checked problem from a document (plain JSON data).

    Raises a ``Refusal`` with ``code``, ``at`` (path in the document) and ``message``; no number is computed before.
    """
    reading.refuse_floats(value)
    document = reading.mapping(value, "")
    if document.get("format", FORMAT) != FORMAT:
        raise Malformed("format", f"this reads {FORMAT} only")
    rubric = _rubric(document.get("tree"))
    judges = reading.unique(document.get("judges"), "judges")
    nominees = reading.unique(document.get("nominees"), "nominees")
    policy = rules.from_document(document.get("policy"))
    rules.check_references(policy, rubric, nominees)
    table = _Table(frozenset(judges), frozenset(nominees), {leaf.id: leaf for leaf in rubric.panel_leaves})
    scores = _scores(document.get("scores", []), table)
    return Problem(
        rubric=rubric,
        judges=judges,
        nominees=nominees,
        policy=policy,
        scores=scores,
        recusals=frozenset(_pairs(document.get("recusals", []), "recusals", judges, nominees)),
        values=_values(document.get("values", {}), rubric, nominees),
        disqualified=_names(document.get("disqualified", []), "disqualified", nominees),
        not_applicable=_not_applicable(document.get("not_applicable", []), rubric, nominees),
        states=_states(document.get("states", []), table, scores),
        exceptions=_names(document.get("exceptions", []), "exceptions", nominees),
        title=reading.text(document.get("title", ""), "title"),
    )


def _rubric(tree: Json) -> Rubric:
    """The rubric; a stream of documents mostly shares a few, each of which is read and checked once."""
    try:
        return _rubric_from_text(json.dumps(tree))
    except (TypeError, ValueError, RecursionError):  # not plain JSON, or deeper than the interpreter writes in one go
        return rubrics.from_document(tree)


@lru_cache(maxsize=128)
def _rubric_from_text(text: str) -> Rubric:
    return rubrics.from_document(json.loads(text))


def _known(value: Json, known: Collection[str], at: str, what: str) -> str:
    name = reading.text(value, at)
    if name not in known:
        raise UnknownReference(at, f"{name} is no {what} of this document", id=name)
    return name


@dataclass(frozen=True)
class _Table:
    """What the rows [judge, nominee, leaf, content] of a document may name."""

    judges: frozenset[str]
    nominees: frozenset[str]
    leaves: Mapping[str, Criterion]

    def cell(self, row: Json, path: str, taken: Container[Cell]) -> tuple[Cell, Json]:
        """The cell and the content of one row; refuses what is unknown or already ``taken``."""
        judge, nominee, leaf, content = reading.row(row, path, 4)
        cell = (
            _known(judge, self.judges, path, "judge"),
            _known(nominee, self.nominees, path, "nominee"),
            _known(leaf, self.leaves, path, "panel criterion"),
        )
        if cell in taken:
            raise DuplicateScore(path, f"{judge} has two entries for {nominee} on {leaf}", cell=cell)
        return cell, content


def _mark(leaf: Criterion, content: Json, index: int) -> Fraction:
    """The mark in row ``index``, on the scale of its leaf."""
    mark = from_text(content) if type(content) is str else None
    if mark is None or leaf.scale.fault(mark):
        mark = exact(content, f"scores[{index}]")
        check_mark(leaf, mark, f"scores[{index}]")
    return mark


def _scores(value: Json, table: _Table) -> dict[Cell, Fraction]:
    """The marks. Most of a document is these rows: a sound one is known by a glance, any other is read with care."""
    found: dict[Cell, Fraction] = {}
    marks: dict[str, dict[str, Fraction]] = {leaf: {} for leaf in table.leaves}  # leaf -> text -> mark
    for index, row in enumerate(reading.listing(value, "scores")):
        try:
            judge, nominee, leaf, content = row
            cell = (judge, nominee, leaf)
            known = marks[leaf]
            is_sound = type(row) is list and judge in table.judges and nominee in table.nominees and cell not in found
        except (KeyError, TypeError, ValueError):
            is_sound = False
        if not is_sound:
            cell, content = table.cell(row, f"scores[{index}]", found)
            known = marks[cell[2]]
        mark = known.get(content) if type(content) is str else None
        if mark is None:
            mark = known[str(content)] = _mark(table.leaves[cell[2]], content, index)
        found[cell] = mark
    return found


def _states(value: Json, table: _Table, scores: Mapping[Cell, Fraction]) -> dict[Cell, State]:
    found: dict[Cell, State] = {}
    for index, row in enumerate(reading.listing(value, "states")):
        path = f"states[{index}]"
        cell, content = table.cell(row, path, found)
        if content not in list(MISSING_STATES):
            raise Malformed(path, "a state says why there is no mark", state=str(content))
        if cell in scores:
            raise DuplicateScore(path, "this cell holds a mark as well", cell=cell)
        found[cell] = State(content)
    return found


def _pairs(value: Json, at: str, first: Collection[str], second: Collection[str]) -> Iterator[tuple[str, str]]:
    for path, (one, other) in reading.rows(value, at, 2):
        yield _known(one, first, path, "judge"), _known(other, second, path, "nominee")


def _names(value: Json, at: str, nominees: Collection[str]) -> frozenset[str]:
    names = enumerate(reading.listing(value, at))
    return frozenset(_known(name, nominees, f"{at}[{index}]", "nominee") for index, name in names)


def _values(value: Json, rubric: Rubric, nominees: Collection[str]) -> dict[tuple[str, str], Fraction]:
    """Figures of the other sources; a fixed one is a mark and must lie on its scale."""
    leaves = {leaf.id: leaf for leaf in rubric.leaves if leaf.kind != PANEL}
    found: dict[tuple[str, str], Fraction] = {}
    for nominee, figures in reading.mapping(value, "values").items():
        _known(nominee, nominees, reading.join("values", nominee), "nominee")
        path = reading.join("values", nominee)
        for name, figure in reading.mapping(figures, path).items():
            at = reading.join(path, name)
            leaf = leaves[_known(name, leaves, at, "fixed or indicator criterion")]
            found[nominee, name] = exact(figure, at)
            if leaf.kind == FIXED:
                check_mark(leaf, found[nominee, name], at)
    return found


def _not_applicable(value: Json, rubric: Rubric, nominees: Collection[str]) -> frozenset[tuple[str, str]]:
    found = set()
    for path, (nominee, leaf) in reading.rows(value, "not_applicable", 2):
        pair = (_known(nominee, nominees, path, "nominee"), _known(leaf, rubric.by_id, path, "criterion"))
        if not rubric.by_id[leaf].may_be_na:
            raise NotApplicable(path, f"{leaf} is always applicable", leaf=leaf)
        found.add(pair)
    return frozenset(found)


def document(problem: Problem) -> dict[str, Json]:
    """The document of a problem: ``read(document(problem)) == problem``, and its digest is the same."""
    values: dict[str, dict[str, str]] = {}
    for (nominee, leaf), figure in problem.values.items():
        values.setdefault(nominee, {})[leaf] = plain(figure)
    found: dict[str, Json] = {
        "format": FORMAT,
        "title": problem.title,
        "tree": rubrics.to_document(problem.rubric),
        "judges": list(problem.judges),
        "nominees": list(problem.nominees),
        "scores": [[*cell, plain(mark)] for cell, mark in problem.scores.items()],
        "recusals": sorted(map(list, problem.recusals)),
        "values": values,
        "disqualified": sorted(problem.disqualified),
        "not_applicable": sorted(map(list, problem.not_applicable)),
        "policy": rules.to_document(problem.policy),
    }
    if problem.states:
        found["states"] = [[*cell, state.value] for cell, state in problem.states.items()]
    if problem.exceptions:
        found["exceptions"] = sorted(problem.exceptions)
    return found


def answer(result: Result, *, trace: bool = False) -> dict[str, Json]:
    """The answer document; with ``trace`` every nominee also carries the explanation down to the single mark."""
    return {
        "nominees": {standing.nominee: _standing(standing, trace=trace) for standing in result.standings},
        "order": list(result.order),
        "unresolved_ties": [list(group) for group in result.unresolved_ties],
        "needs_decision": result.needs_decision,
        "ties": [_tie(report) for report in result.ties],
        "digest": result.digest,
        "engine": result.engine,
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _standing(standing: Standing, *, trace: bool) -> dict[str, Json]:
    place = standing.place
    found: dict[str, Json] = {
        "status": standing.status,
        "reason": standing.reason,
        "rank": str(place) if isinstance(place, Fraction) else place,
        "final": standing.final,
        "award": standing.title,
        "counts": dict(standing.counts),
    }
    if standing.is_ranked:
        found["final_exact"] = _text(standing.exact)
        found["resolved_by"] = list(standing.resolved_by)
        found["nodes"] = {name: str(score) for name, score in standing.nodes.items()}
    if trace:
        found["trace"] = [_criterion(item) for item in standing.trace]
        found["sheets"] = [[sheet.seat, str(sheet.total), sheet.dropped] for sheet in standing.sheets]
    return found


def _criterion(item: CriterionTrace) -> dict[str, Json]:
    marks = [
        {"seat": m.seat, "state": m.state.value, "value": _text(m.value), "used": m.used, "dropped": m.dropped}
        for m in item.marks
    ]
    return {
        "criterion": item.criterion,
        "source": item.source,
        "method": item.method,
        "outcome": item.outcome,
        "marks": marks,
        "count": item.count,
        "sum": _text(item.total),
        "divisor": item.divisor,
        "mean": _text(item.mean),
        "figure": _text(item.figure),
        "score": _text(item.score),
        "official": _text(item.official),
        "weight": str(item.weight),
        "share": _text(item.share),
        "product": _text(item.product),
        "part": _text(item.part),
    }


def _tie(report: TieReport) -> dict[str, Json]:
    return {
        "group": list(report.group),
        "official": str(report.official),
        "steps": [_comparison(comparison) for comparison in report.comparisons],
        "outcome": [list(group) for group in report.outcome],
    }


def _comparison(comparison: Comparison) -> dict[str, Json]:
    values = comparison.values
    return {
        "step": comparison.step,
        "basis": comparison.basis,
        "group": list(comparison.group),
        "values": None if values is None else {name: str(value) for name, value in values.items()},
        "outcome": [list(group) for group in comparison.outcome],
        "reason": comparison.reason,
    }
