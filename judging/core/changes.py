"""What differs between the inputs of two tabulations: single facts, each in plain text before and after."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeVar

from . import policy as rules
from . import rubric as rubrics
from .criteria import Criterion, Rubric
from .numbers import plain
from .problem import Problem
from .reading import Json
from .transforms import MinMax

MARK, RECUSAL, FIGURE, EXCEPTION, OUTSIDE = "mark", "recusal", "figure", "exception", "outside"
NOT_APPLICABLE, SEAT, NOMINEE, RULE, CRITERION = "not_applicable", "seat", "nominee", "rule", "criterion"
#: Every kind of change, in the order in which they are told.
KINDS: Final = (MARK, FIGURE, RECUSAL, NOT_APPLICABLE, EXCEPTION, OUTSIDE, NOMINEE, SEAT, CRITERION, RULE)
#: Rules that order or name places; the others may move a score, or decide whether there is one.
ORDER_RULES: Final = frozenset({"tie_break", "chair", "ranking", "labels"})
#: Facts of a criterion that are words only.
WORDS: Final = frozenset({"title", "levels"})
#: What holds without a value of its own: a recusal, an exception, being there.
YES: Final = "yes"

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Change:
    """One fact that differs. ``before`` and ``after`` are plain text, None where it was not, or is no longer, there.

    ``nominee``, ``seat`` and ``criterion`` say what it is about (empty where it is about none); ``field`` names the
    rule, or the fact of the criterion. A mark is its exact decimal or the name of an absence.
    """

    kind: str
    before: str | None
    after: str | None
    nominee: str = ""
    seat: str = ""
    criterion: str = ""
    field: str = ""


def changes_between(before: Problem, after: Problem) -> tuple[Change, ...]:
    """Everything that differs, by kind, then by what it is about; titles of the competitions left out."""
    na, out = (before.not_applicable, after.not_applicable), (before.disqualified, after.disqualified)
    found = [
        *(Change(MARK, a, b, key[1], key[0], key[2]) for key, a, b in _differing(_cells(before), _cells(after))),
        *(Change(FIGURE, a, b, key[0], "", key[1]) for key, a, b in _differing(_figures(before), _figures(after))),
        *(Change(RECUSAL, a, b, key[1], key[0]) for key, a, b in _listed(before.recusals, after.recusals)),
        *(Change(NOT_APPLICABLE, a, b, key[0], "", key[1]) for key, a, b in _listed(*na)),
        *(Change(EXCEPTION, a, b, key) for key, a, b in _listed(before.exceptions, after.exceptions)),
        *(Change(OUTSIDE, a, b, key) for key, a, b in _listed(*out)),
        *(Change(NOMINEE, a, b, key) for key, a, b in _listed(before.nominees, after.nominees)),
        *(Change(SEAT, a, b, "", key) for key, a, b in _listed(before.judges, after.judges)),
        *_criteria(before.rubric, after.rubric),
        *_rules(before, after),
    ]
    return tuple(found)


def bears_on(change: Change, nominee: str, moved: Collection[str], peers: Collection[str]) -> bool:
    """May ``change`` have moved the score of ``nominee``, of which the criteria ``moved`` are worth other points?

    Its own entries, the rubric and the rules may; another's figure only on one of ``peers``, the criteria that measure
    a nominee by the others (min-max).
    """
    if change.nominee == nominee:
        return True
    if change.kind == RULE:
        return change.field not in ORDER_RULES
    if change.kind == CRITERION:
        return change.field not in WORDS
    if change.kind == FIGURE:
        return change.criterion in peers and change.criterion in moved
    return change.kind in (OUTSIDE, NOMINEE) and any(leaf in moved for leaf in peers)


def peer_criteria(*found: Rubric) -> frozenset[str]:
    """The criteria whose score depends on the figures of the other nominees."""
    leaves = (leaf for rubric in found for leaf in rubric.leaves)
    return frozenset(leaf.id for leaf in leaves if leaf.transform and leaf.transform.kind == MinMax.kind)


def _differing(before: Mapping[Key, str], after: Mapping[Key, str]) -> Iterator[tuple[Key, str | None, str | None]]:
    for key in sorted(before.keys() | after.keys(), key=repr):
        if before.get(key) != after.get(key):
            yield key, before.get(key), after.get(key)


def _listed(before: Collection[Key], after: Collection[Key]) -> Iterator[tuple[Key, str | None, str | None]]:
    return _differing(dict.fromkeys(before, YES), dict.fromkeys(after, YES))


def _cells(problem: Problem) -> dict[tuple[str, str, str], str]:
    states = {cell: state.value for cell, state in problem.states.items()}
    return states | {cell: plain(mark) for cell, mark in problem.scores.items()}


def _figures(problem: Problem) -> dict[tuple[str, str], str]:
    return {key: plain(value) for key, value in problem.values.items()}


def _criteria(before: Rubric, after: Rubric) -> Iterator[Change]:
    old, new = _facts(before), _facts(after)
    for key, was, now in _differing(old, new):
        name, field = key
        yield Change(CRITERION, was, now, criterion=name, field=field)


def _facts(rubric: Rubric) -> dict[tuple[str, str], str]:
    """(criterion, fact) -> plain text, from the document of the rubric; ``parent`` is where it hangs."""
    found: dict[tuple[str, str], str] = {}

    def read(node: Criterion, document: Mapping[str, Json]) -> None:
        for name, value in document.items():
            if name not in ("id", "children"):
                found[node.id, name] = _text(value)
        for child, below in zip(node.children, document.get("children", ()), strict=True):
            found[child.id, "parent"] = node.id
            read(child, below)

    read(rubric.root, rubrics.to_document(rubric))
    return found


def _rules(before: Problem, after: Problem) -> Iterator[Change]:
    old, new = rules.to_document(before.policy), rules.to_document(after.policy)
    for field in old:
        if field not in ("panel_methods", "rounding") and old[field] != new[field]:
            yield Change(RULE, _text(old[field]), _text(new[field]), field=field)
    for name, was, now in _differing(_flat(old["rounding"]), _flat(new["rounding"])):
        yield Change(RULE, was, now, field=f"rounding.{name}")
    own = (_flat(one.get("panel_methods", {})) for one in (old, new))
    for leaf, was, now in _differing(*own):
        yield Change(RULE, was, now, criterion=leaf, field="panel_methods")


def _flat(document: Mapping[str, Json]) -> dict[str, str]:
    return {name: _text(value) for name, value in document.items()}


def _text(value: Json) -> str:
    """One fact as text: lists with commas, an object as its names and values."""
    if isinstance(value, Mapping):
        return ", ".join(f"{name}: {_text(item)}" for name, item in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(f"({_text(item)})" if isinstance(item, list | Mapping) else _text(item) for item in value)
    return YES if value is True else str(value)
