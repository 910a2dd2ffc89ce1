"""The open format ``paritrana.tabulation/1``: document -> problem, problem -> document, and (``answers``) the answer.

The product exports a category in this form, recomputes from it, and anyone can recompute it elsewhere. Beyond the
published fields two optional ones are written and read, both only when they hold something: ``states`` (why a cell
holds no mark, for the explanation) and ``exceptions`` (nominees the plenary lets rank below the quorum).
"""

import json
from collections.abc import Callable, Collection, Container, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final, TypeVar

from . import policy as rules
from . import reading
from . import rubric as rubrics
from .answers import answer
from .criteria import FIXED, PANEL, Criterion, Rubric
from .numbers import exact, plain
from .problem import MISSING_STATES, Cell, Problem, check_mark
from .reading import Json
from .refusals import DuplicateScore, Malformed, NotApplicable, UnknownReference
from .scoresheet import State

__all__ = ["FORMAT", "answer", "document", "read"]

T = TypeVar("T")

FORMAT: Final = "paritrana.tabulation/1"
_REMEMBERED: Final = 10_001  # marks of one scale: 0 to 100 in hundredths


def read(value: Json) -> Problem:
    """A checked problem from a document (plain JSON data).

    Raises a ``Refusal`` with ``code``, ``at`` (path in the document) and ``message``; no number is computed before.
    """
    reading.refuse_floats(value)
    document = reading.mapping(value, "")
    if document.get("format", FORMAT) != FORMAT:
        raise Malformed("format", f"this reads {FORMAT} only")
    rubric = _once(_rubric, rubrics.from_document, document.get("tree"))
    judges = reading.unique(document.get("judges"), "judges")
    nominees = reading.unique(document.get("nominees"), "nominees")
    policy = _once(_policy, rules.from_document, document.get("policy"))
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


def _once(read_text: Callable[[str], T], read_value: Callable[[Json], T], value: Json) -> T:
    """A rubric or a rule set; a stream of documents mostly shares a few, each of which is read and checked once."""
    try:
        return read_text(json.dumps(value))
    except (TypeError, ValueError, RecursionError):  # not plain JSON, or deeper than can be written in one go
        return read_value(value)


@lru_cache(maxsize=128)
def _rubric(text: str) -> Rubric:
    return rubrics.from_document(json.loads(text))


@lru_cache(maxsize=128)
def _policy(text: str) -> rules.Policy:
    return rules.from_document(json.loads(text))


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


def _mark(leaf: Criterion, content: Json, path: str) -> Fraction:
    """A mark on the scale of its leaf."""
    mark = exact(content, path)
    check_mark(leaf, mark, path)
    if type(content) is str and len(leaf.scale.sound) < _REMEMBERED:
        leaf.scale.sound[content] = mark
    return mark


def _scores(value: Json, table: _Table) -> dict[Cell, Fraction]:
    """The marks. Most of a document is these rows: a sound one is known by a glance, any other is read with care."""
    found: dict[Cell, Fraction] = {}
    known = {name: leaf.scale.sound for name, leaf in table.leaves.items()}
    for index, row in enumerate(reading.listing(value, "scores")):
        try:
            judge, nominee, leaf, content = row
            cell = (judge, nominee, leaf)
            read_before = known[leaf]
            mark = read_before.get(content) if type(content) is str else None
            is_sound = type(row) is list and judge in table.judges and nominee in table.nominees and cell not in found
        except (KeyError, TypeError, ValueError):
            is_sound = False
        if not is_sound:
            cell, content = table.cell(row, f"scores[{index}]", found)
            mark = None
        found[cell] = mark if mark is not None else _mark(table.leaves[cell[2]], content, f"scores[{index}]")
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
