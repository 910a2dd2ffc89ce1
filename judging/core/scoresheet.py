"""One seat on one nominee: the six states of a score, never merged; zero is a value, missing is not zero."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .criteria import Criterion, Rubric
from .numbers import HUNDRED, ZERO, plain, typed
from .reading import Json
from .refusals import Refusal


class State(StrEnum):
    """What stands in one cell. Only ``VALUE`` enters a mean."""

    VALUE = "value"
    NOT_ENTERED = "not_entered"
    ABSENT = "absent"
    RECUSED = "recused"
    NOT_APPLICABLE = "not_applicable"
    WITHDRAWN = "withdrawn"


NEEDS_REASON = frozenset({State.NOT_APPLICABLE, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Entry:
    """One cell of a sheet; ``value`` is a mark on the criterion's scale exactly when the state is ``VALUE``."""

    state: State
    value: Fraction | None = None
    note: str = ""
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.state is State.VALUE) != (self.value is not None):
            raise ValueError("an entry has a value exactly when its state is value")


NOT_ENTERED = Entry(State.NOT_ENTERED)
Entries = Mapping[str, Entry]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something wrong with one cell: the criterion, a stable code, and the facts for the sentence shown."""

    criterion: str
    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: an entry for every panel criterion in the order of the tree, and every issue found."""

    entries: Entries
    issues: tuple[Issue, ...]

    @property
    def is_valid(self) -> bool:
        """No issue at all."""
        return not self.issues


@dataclass(frozen=True, slots=True)
class RunningTotal:
    """A provisional total of one sheet, of the panel's criteria alone.

    ``total`` points of at most ``possible`` (the weight of the panel's criteria in the whole, of 100); ``average``
    is the weighted mean, 0 to 100, of what has been entered so far (None before the first value). ``missing`` are
    the criteria not yet entered.
    """

    total: Fraction
    possible: Fraction
    average: Fraction | None
    answered: int
    expected: int
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Every panel criterion has been answered, by a value or by a named absence."""
        return not self.missing


def parse(rubric: Rubric, raw: Mapping[str, Json]) -> Reading:
    """Read one sheet against its rubric and collect all problems.

    ``raw`` maps a criterion to ``{"state", "value", "note", "reason"}``; a bare string is a value, a blank string,
    None or a missing criterion is "not entered". Values may be typed with a comma. Issue codes:
    ``unknown_reference``, ``not_panel``, ``malformed``, ``float_input``, ``score_range``, ``score_step``,
    ``value_missing``, ``value_unexpected``, ``not_applicable`` (the rubric does not allow it), ``reason_required``.
    A cell with an issue reads as not entered.
    """
    entries: dict[str, Entry] = {}
    issues = [
        Issue(name, "not_panel" if name in rubric.by_id else "unknown_reference", {})
        for name in raw
        if name not in {leaf.id for leaf in rubric.panel_leaves}
    ]
    for leaf in rubric.panel_leaves:
        entry, found = _entry(leaf, raw.get(leaf.id))
        entries[leaf.id] = NOT_ENTERED if found else entry
        issues.extend(found)
    return Reading(entries, tuple(issues))


def unexplained(rubric: Rubric, entries: Entries) -> tuple[Issue, ...]:
    """Marks outside the soft bounds of their criterion without a note: ``note_required``, with the bounds as facts.

    A draft may hold them; a sheet is not complete with them.
    """
    found = []
    for leaf in rubric.panel_leaves:
        soft, entry = leaf.soft_bounds, entries.get(leaf.id, NOT_ENTERED)
        if soft is None or entry.value is None or entry.note.strip() or not soft.leave_out(entry.value):
            continue
        facts = {"value": plain(entry.value), "low": plain(soft.low), "high": plain(soft.high)}
        found.append(Issue(leaf.id, "note_required", facts))
    return tuple(found)


def check(rubric: Rubric, entries: Entries) -> tuple[Issue, ...]:
    """All problems of entries that are already read, with the codes of ``parse``."""
    return parse(rubric, to_plain(entries)).issues


def _entry(leaf: Criterion, cell: Json) -> tuple[Entry, list[Issue]]:
    """One cell with its issues."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return NOT_ENTERED, []
    if not isinstance(cell, Mapping):
        cell = {"state": State.VALUE, "value": cell}
    state_name = cell.get("state", State.VALUE if _filled(cell.get("value")) else State.NOT_ENTERED)
    note, reason = cell.get("note", ""), cell.get("reason", "")
    if state_name not in list(State) or not isinstance(note, str) or not isinstance(reason, str):
        return NOT_ENTERED, [Issue(leaf.id, "malformed", {"state": str(state_name)})]
    state = State(state_name)
    issues = list(_state_issues(leaf, state, cell.get("value"), reason))
    value: Fraction | None = None
    if state is State.VALUE and not issues:
        value, issues = _mark(leaf, cell.get("value"))
    if issues:
        return NOT_ENTERED, issues
    return Entry(state, value, note, reason), []


def _filled(value: Json) -> bool:
    return value is not None and value != ""


def _state_issues(leaf: Criterion, state: State, value: Json, reason: str) -> Iterator[Issue]:
    """What is wrong with the state itself, whatever the number."""
    if state is State.VALUE and not _filled(value):
        yield Issue(leaf.id, "value_missing", {})
    if state is not State.VALUE and _filled(value):
        yield Issue(leaf.id, "value_unexpected", {"value": str(value)})
    if state is State.NOT_APPLICABLE and not leaf.may_be_na:
        yield Issue(leaf.id, "not_applicable", {})
    if state in NEEDS_REASON and not reason.strip():
        yield Issue(leaf.id, "reason_required", {"state": state.value})


def _mark(leaf: Criterion, value: Json) -> tuple[Fraction | None, list[Issue]]:
    """The mark, on its scale and step, or why not."""
    try:
        mark = typed(value)
    except Refusal as refusal:
        return None, [Issue(leaf.id, refusal.code, {"value": str(value)})]
    fault = leaf.scale.fault(mark)
    if fault is None:
        return mark, []
    scale = leaf.scale
    facts = {"value": plain(mark), "min": plain(scale.minimum), "max": plain(scale.maximum)}
    return None, [Issue(leaf.id, fault, facts | ({"step": plain(scale.step)} if scale.step else {}))]


def running_total(rubric: Rubric, entries: Entries) -> RunningTotal:
    """The exact provisional total of one sheet and how complete it is.

    A criterion that is not applicable gives its weight to its siblings; any other absence simply adds nothing yet.
    """
    state = {leaf.id: entries.get(leaf.id, NOT_ENTERED) for leaf in rubric.panel_leaves}
    dropped = frozenset(name for name, entry in state.items() if entry.state is State.NOT_APPLICABLE)
    weights = weights_in_whole(rubric, rubric.shares(dropped))
    total = entered = possible = ZERO
    for leaf in rubric.panel_leaves:
        weight, value = weights.get(leaf.id, ZERO), state[leaf.id].value
        possible += weight
        if value is not None:
            entered += weight
            total += weight * leaf.scale.to_hundred(value) / 100
    missing = tuple(name for name, entry in state.items() if entry.state is State.NOT_ENTERED)
    average = total * 100 / entered if entered else None
    return RunningTotal(total, possible, average, len(state) - len(missing), len(state), missing)


def weights_in_whole(rubric: Rubric, shares: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    """Weight of every node that did not drop out, of 100 of the whole."""
    whole = {rubric.root.id: HUNDRED} if rubric.root.id in shares else {}
    for node in rubric.nodes:
        if node.id in whole:
            whole.update(
                (child.id, whole[node.id] * shares[child.id] / 100) for child in node.children if child.id in shares
            )
    return whole


def to_plain(entries: Entries) -> dict[str, Json]:
    """Plain JSON of a sheet: every entry with its state; exact text for values; empty notes and reasons left out."""
    found: dict[str, Json] = {}
    for name, entry in entries.items():
        cell: dict[str, str] = {"state": entry.state.value}
        if entry.value is not None:
            cell["value"] = plain(entry.value)
        cell |= {key: text for key, text in (("note", entry.note), ("reason", entry.reason)) if text}
        found[name] = cell
    return found


def from_plain(raw: Mapping[str, Json]) -> dict[str, Entry]:
    """Read back what ``to_plain`` wrote (already checked when it was stored); raises ``Refusal`` or ``ValueError``."""
    return {
        name: Entry(
            State(cell["state"]),
            typed(cell["value"]) if "value" in cell else None,
            cell.get("note", ""),
            cell.get("reason", ""),
        )
        for name, cell in raw.items()
    }
