"""Everything one tabulation rests on, as frozen data, and how it is put together from sheets."""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Final

from . import policy as rules
from . import rubric as rubrics
from .criteria import PANEL, Criterion, Rubric
from .numbers import plain
from .policy import Policy
from .reading import Json
from .refusals import DuplicateId, NotApplicable, Refusal, ScoreRange, ScoreStep, UnknownReference
from .scoresheet import Entries, State

ENGINE: Final = "paritrana.tabulation/1 engine 1"  # changes whenever the same input could give another result

Cell = tuple[str, str, str]  # judge, nominee, leaf
_CANONICAL: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
MISSING_STATES: Final = frozenset({State.ABSENT, State.WITHDRAWN, State.NOT_APPLICABLE})


@dataclass(frozen=True)
class Problem:
    """One category of one round: rubric, marks, rules. A judge is a seat.

    ``scores`` holds values only: a cell that is not there was not scored, and ``states`` may say why (for the
    explanation; it changes no number). ``values`` are the figures of the other sources, (nominee, leaf).
    ``exceptions`` are nominees for whom the plenary recorded that fewer scores than the quorum suffice.
    """

    rubric: Rubric
    judges: tuple[str, ...]
    nominees: tuple[str, ...]
    policy: Policy = field(default_factory=Policy)
    scores: Mapping[Cell, Fraction] = field(default_factory=dict)
    recusals: frozenset[tuple[str, str]] = frozenset()
    values: Mapping[tuple[str, str], Fraction] = field(default_factory=dict)
    disqualified: frozenset[str] = frozenset()
    not_applicable: frozenset[tuple[str, str]] = frozenset()
    states: Mapping[Cell, State] = field(default_factory=dict)
    exceptions: frozenset[str] = frozenset()
    title: str = ""

    def leaves_out(self, nominee: str) -> frozenset[str]:
        """The leaves that are not applicable to ``nominee``."""
        return self._leaves_out.get(nominee, frozenset())

    @cached_property
    def _leaves_out(self) -> Mapping[str, frozenset[str]]:
        names = {name for name, _ in self.not_applicable}
        return {name: frozenset(leaf for one, leaf in self.not_applicable if one == name) for name in names}


def check_mark(leaf: Criterion, mark: Fraction, at: str) -> None:
    """Raise ``ScoreRange`` or ``ScoreStep`` when ``mark`` is not on the scale of ``leaf``."""
    fault = leaf.scale.fault(mark)
    if fault is None:
        return
    refusal = ScoreRange if fault == "score_range" else ScoreStep
    bounds = f"{plain(leaf.scale.minimum)} to {plain(leaf.scale.maximum)}"
    raise refusal(at, f"{plain(mark)} is not on the scale of {leaf.id} ({bounds})", leaf=leaf.id, mark=plain(mark))


def check(problem: Problem) -> None:
    """Refuse a problem whose parts do not belong together; for those not read from a document.

    Raises the codes of the open format.
    """
    rubrics.validate(problem.rubric)
    for refusal in _faults(problem):
        raise refusal
    panel = {leaf.id: leaf for leaf in problem.rubric.panel_leaves}
    others = {leaf.id: leaf for leaf in problem.rubric.leaves if leaf.kind != PANEL}
    for (judge, nominee, leaf), mark in problem.scores.items():
        _known(
            judge in problem.judges and nominee in problem.nominees and leaf in panel, "scores", judge, nominee, leaf
        )
        check_mark(panel[leaf], mark, "scores")
    for (nominee, leaf), value in problem.values.items():
        _known(nominee in problem.nominees and leaf in others, "values", nominee, leaf)
        if others[leaf].transform is None:
            check_mark(others[leaf], value, "values")
    rules.check_references(problem.policy, problem.rubric, problem.nominees)


def _known(known: bool, at: str, *names: str) -> None:
    if not known:
        raise UnknownReference(at, f"{', '.join(names)}: not all of these were declared", names=names)


def _faults(problem: Problem) -> Iterator[Refusal]:
    for at, names in (("judges", problem.judges), ("nominees", problem.nominees)):
        if len(set(names)) != len(names):
            yield DuplicateId(at, f"two {at} share an id")
    for judge, nominee in sorted(problem.recusals):
        _known(judge in problem.judges and nominee in problem.nominees, "recusals", judge, nominee)
    for nominee in sorted(problem.disqualified | problem.exceptions):
        _known(nominee in problem.nominees, "disqualified", nominee)
    for nominee, leaf in sorted(problem.not_applicable):
        _known(nominee in problem.nominees and leaf in problem.rubric.by_id, "not_applicable", nominee, leaf)
        if not problem.rubric.by_id[leaf].may_be_na:
            yield NotApplicable("not_applicable", f"{leaf} is always applicable", leaf=leaf)


def assemble(
    *,
    rubric: Rubric,
    judges: Sequence[str],
    nominees: Sequence[str],
    policy: Policy,
    sheets: Mapping[tuple[str, str], Entries],
    recusals: Collection[tuple[str, str]] = (),
    values: Mapping[tuple[str, str], Fraction] | None = None,
    disqualified: Collection[str] = (),
    not_applicable: Collection[tuple[str, str]] = (),
    exceptions: Collection[str] = (),
    title: str = "",
) -> Problem:
    """A checked problem from sheets, (judge, nominee) -> entries.

    A panel criterion is not applicable to a nominee when at least one seat that is not recused says so and none
    gives a value; where seats differ, the values count and the others simply have no mark. More pairs (of the
    secretariat's or the indicators' criteria) come in ``not_applicable``.
    """
    recused = frozenset(recusals)
    scores: dict[Cell, Fraction] = {}
    states: dict[Cell, State] = {}
    valued: set[tuple[str, str]] = set()
    out: set[tuple[str, str]] = set()
    for (judge, nominee), entries in sheets.items():
        for leaf, entry in entries.items():
            counts = (judge, nominee) not in recused
            if entry.value is not None:
                scores[judge, nominee, leaf] = entry.value
                valued |= {(nominee, leaf)} if counts else set()
            elif entry.state in MISSING_STATES:
                states[judge, nominee, leaf] = entry.state
                out |= {(nominee, leaf)} if counts and entry.state is State.NOT_APPLICABLE else set()
    problem = Problem(
        rubric=rubric,
        judges=tuple(judges),
        nominees=tuple(nominees),
        policy=policy,
        scores=scores,
        recusals=recused,
        values=dict(values or {}),
        disqualified=frozenset(disqualified),
        not_applicable=frozenset(not_applicable) | (out - valued),
        states=states,
        exceptions=frozenset(exceptions),
        title=title,
    )
    check(problem)
    return problem


def canonical(problem: Problem) -> bytes:
    """The one byte string of everything that counts: independent of the order of judges, nominees and marks."""
    content: dict[str, Json] = {
        "engine": ENGINE,
        "rubric": rubrics.to_document(problem.rubric),
        "policy": rules.to_document(problem.policy),
        "judges": sorted(problem.judges),
        "nominees": sorted(problem.nominees),
        "scores": [(*cell, plain(mark)) for cell, mark in sorted(problem.scores.items())],
        "recusals": sorted(map(list, problem.recusals)),
        "values": sorted([*key, plain(value)] for key, value in problem.values.items()),
        "disqualified": sorted(problem.disqualified),
        "not_applicable": sorted(map(list, problem.not_applicable)),
        "states": sorted([*cell, state.value] for cell, state in problem.states.items()),
        "exceptions": sorted(problem.exceptions),
    }
    return _CANONICAL.encode(content).encode("ascii")


def digest(problem: Problem) -> str:
    """SHA-256 of ``canonical`` in hexadecimal, printed in the minutes: a recount elsewhere must agree."""
    return hashlib.sha256(canonical(problem)).hexdigest()
