"""A sheet as a plain HTML form: what was posted, and what the page draws. No model, no query."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from django.http import QueryDict

from judging.core.criteria import Criterion, Rubric, Scale
from judging.core.numbers import HUNDRED, plain
from judging.core.scoresheet import Issue, State, parse, running_total
from paritrana.kernel.sentences import sentence
from paritrana.kernel.wording import decimal_number

from .marks import shown, typed_text

Cells = Mapping[str, Any]

VALUE, STATE, REASON, NOTE, CHOICE = "nilai-", "keadaan-", "alasan-", "catatan-", "pilih-"
STORED = "tersimpan-"
WIDEST_SLIDER = 1000


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """One step of a scale that is chosen by its words."""

    value: str
    descriptor: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One criterion of the form. ``by_level``: chosen from ``levels``; otherwise typed, the levels explain."""

    criterion: Criterion
    weight: str
    value: str
    is_not_applicable: bool
    reason: str
    note: str
    errors: tuple[str, ...]
    levels: tuple[LevelChoice, ...]
    by_level: bool
    path: str
    earlier: tuple[str, ...] = ()
    is_outside: bool = False
    evidence: tuple[Mapping[str, str], ...] = ()

    @property
    def id(self) -> str:
        """The criterion's id, part of the names of its inputs."""
        return self.criterion.id

    @property
    def is_answered(self) -> bool:
        """Whether something final stands here."""
        return bool(self.value) or self.is_not_applicable

    @property
    def scale(self) -> dict[str, str]:
        """Bounds and step as they are read."""
        scale = self.criterion.scale
        step = shown(scale.step) if scale.step is not None else ""
        return {"min": shown(scale.minimum), "max": shown(scale.maximum), "step": step}

    @property
    def exact_scale(self) -> dict[str, str]:
        """Bounds and the step of a button for the scripts, as exact text."""
        scale = self.criterion.scale
        nudge = plain(_nudge(scale))
        return {"min": plain(scale.minimum), "max": plain(scale.maximum), "normalise": scale.normalise, "nudge": nudge}

    @property
    def soft(self) -> dict[str, str] | None:
        """The soft bounds, as they are read and as exact text for the scripts; None where there are none."""
        soft = self.criterion.soft_bounds
        if soft is None:
            return None
        return {"low": shown(soft.low), "high": shown(soft.high), "min": plain(soft.low), "max": plain(soft.high)}

    @property
    def needs_note(self) -> bool:
        """Whether the mark lies outside the soft bounds and nothing says why: such a sheet cannot be submitted."""
        return self.is_outside and not self.note.strip()

    @property
    def notches(self) -> int:
        """How many steps a slider over the scale has; 0 where it would have too many, or does not end on a step."""
        scale = self.criterion.scale
        notches = (scale.maximum - scale.minimum) / _nudge(scale)
        return int(notches) if notches.denominator == 1 and notches <= WIDEST_SLIDER else 0


@dataclass(frozen=True, slots=True)
class Group:
    """The criteria under one branch; ``title`` is empty right under the root."""

    title: str
    weight: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Total:
    """The provisional total as it is printed (a dash before the first mark), and how much is answered.

    ``is_part``: not all of 100 can come from the panel.
    """

    points: str
    possible: str
    answered: int
    expected: int
    is_part: bool = False

    @property
    def is_complete(self) -> bool:
        """Whether every criterion is answered."""
        return self.answered == self.expected


@dataclass(frozen=True, slots=True)
class Clash:
    """A criterion on which two saves differ."""

    criterion: Criterion
    stored: Field
    sent: Field


def posted_cells(data: QueryDict) -> dict[str, dict[str, str]]:
    """Return the marks of a posted form by criterion, as typed.

    Where the page of two versions asked which one holds, ``pilih-<criterion>`` names it.
    """
    typed = {name: str(data[name]) for name in data}
    names = [name.removeprefix(VALUE) for name in typed if name.startswith(VALUE)]
    names += [name.removeprefix(STATE) for name in typed if name.startswith(STATE)]
    cells = {}
    for name in dict.fromkeys(names):
        source = STORED if typed.get(CHOICE + name) == "tersimpan" else ""
        cell = {"value": typed_text(typed.get(source + VALUE + name, ""))}
        if typed.get(source + STATE + name):
            cell["state"] = typed[source + STATE + name]
        for key, prefix in (("reason", REASON), ("note", NOTE)):
            if typed.get(source + prefix + name, "").strip():
                cell[key] = typed[source + prefix + name].strip()
        cells[name] = cell
    return cells


def faults_of(issues: Iterable[Issue]) -> dict[str, list[str]]:
    """Return what is wrong as sentences, by criterion."""
    faults: dict[str, list[str]] = defaultdict(list)
    for issue in issues:
        facts = {key: shown(value) for key, value in issue.facts.items()}
        faults[issue.criterion].append(sentence(f"cell_{issue.code}", facts))
    return faults


def form_groups(
    rubric: Rubric,
    cells: Cells,
    issues: Iterable[Issue] = (),
    earlier: Sequence[Cells] = (),
    evidence: Sequence[Mapping[str, str]] = (),
) -> tuple[Group, ...]:
    """Return the form over ``cells`` (stored or as typed), branch by branch in the order of the rubric.

    ``earlier`` are the member's other sheets: each criterion shows the marks given there. ``evidence`` names the
    ``criterion`` that it speaks to, and stands beside it.
    """
    errors = faults_of(issues)
    weights, paths = rubric.leaf_weights, _paths(rubric)
    entries = parse(rubric, cells).entries
    found = []
    for branch in rubric.nodes:
        leaves = [leaf for leaf in branch.children if leaf in rubric.panel_leaves]
        if leaves:
            fields = tuple(
                replace(
                    _field(leaf, plain(weights[leaf.id]), cells, errors.get(leaf.id, ())),
                    path=paths[leaf.id],
                    is_outside=_is_outside(leaf, entries[leaf.id].value),
                    evidence=tuple(one for one in evidence if one["criterion"] == leaf.id),
                    earlier=_marks_given(leaf.id, earlier),
                )
                for leaf in leaves
            )
            share = sum(weights[leaf.id] for leaf in leaves)
            found.append(Group(branch.title, shown(Fraction(share)), fields))
    return tuple(found)


def total_of(rubric: Rubric, cells: Cells) -> Total:
    """Return the provisional total of ``cells``; what cannot be read counts as not entered."""
    found = running_total(rubric, parse(rubric, cells).entries)
    points = "–" if found.average is None else decimal_number(found.total, 2)
    possible = decimal_number(found.possible, 2)
    return Total(points, possible, found.answered, found.expected, is_part=found.possible < HUNDRED)


def fields_of(groups: Sequence[Group]) -> list[Field]:
    """Return the fields of all groups in order."""
    return [field for group in groups for field in group.fields]


def clashes(rubric: Rubric, stored: Cells, sent: Cells) -> tuple[list[Clash], list[Field]]:
    """Return the criteria on which two versions differ, and the fields (as sent) on which they agree."""
    pairs = zip(fields_of(form_groups(rubric, stored)), fields_of(form_groups(rubric, sent)), strict=True)
    differing, agreeing = [], []
    for old, new in pairs:
        if _told(old) == _told(new):
            agreeing.append(new)
        else:
            differing.append(Clash(new.criterion, old, new))
    return differing, agreeing


def _told(field: Field) -> tuple[str, bool, str, str]:
    return field.value, field.is_not_applicable, field.reason, field.note


def _field(leaf: Criterion, weight: str, cells: Cells, errors: Sequence[str]) -> Field:
    cell = cells.get(leaf.id) or {}
    if not isinstance(cell, Mapping):
        cell = {"value": str(cell)}
    value = shown(str(cell.get("value", "")))
    choices = tuple(
        LevelChoice(shown(level.value), level.descriptor, shown(level.value) == value) for level in leaf.levels
    )
    return Field(
        criterion=leaf,
        weight=shown(weight),
        value=value,
        is_not_applicable=cell.get("state") == State.NOT_APPLICABLE,
        reason=str(cell.get("reason", "")),
        note=str(cell.get("note", "")),
        errors=tuple(errors),
        levels=choices,
        by_level=_is_scale_of_levels(leaf) and (not value or any(choice.is_chosen for choice in choices)),
        path="",
    )


def _is_outside(leaf: Criterion, value: Fraction | None) -> bool:
    soft = leaf.soft_bounds
    return soft is not None and value is not None and soft.leave_out(value)


def _paths(rubric: Rubric) -> dict[str, str]:
    """Return leaf -> the weights on its way down from the root, for the script that adds up: ``a=60;b=50``."""
    paths = {rubric.root.id: ""}
    for node in rubric.nodes:
        for child in node.children:
            above = paths[node.id]
            paths[child.id] = (
                f"{above};{child.id}={plain(child.weight)}" if above else f"{child.id}={plain(child.weight)}"
            )
    return paths


def _marks_given(criterion: str, sheets: Sequence[Cells]) -> tuple[str, ...]:
    cells = (sheet.get(criterion) or {} for sheet in sheets)
    return tuple(shown(cell["value"]) for cell in cells if cell.get("value"))


def _nudge(scale: Scale) -> Fraction:
    """By how much a button or an arrow changes a mark: a step, or where there are none 1 (0,1 on a narrow scale)."""
    if scale.step is not None:
        return scale.step
    return Fraction(1) if scale.maximum - scale.minimum >= 10 else Fraction(1, 10)


def _is_scale_of_levels(leaf: Criterion) -> bool:
    """Whether every mark of the scale is a level with words, so that choosing one says it all."""
    scale = leaf.scale
    if scale.step is None or not leaf.levels:
        return False
    return len(leaf.levels) == (scale.maximum - scale.minimum) / scale.step + 1
