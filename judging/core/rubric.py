"""A rubric version: read from plain JSON, checked, written back, and identified by the hash of its content.

The document is the ``tree`` of the open format with titles and level descriptors added; it is what a rubric
version stores.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from fractions import Fraction

from . import reading, transforms
from .criteria import FIXED, INDICATOR, PANEL, SOURCES, Criterion, Level, Rubric, Scale, SoftBounds
from .numbers import HUNDRED, ZERO, exact, plain
from .reading import Json
from .refusals import DuplicateId, Malformed, Refusal, ScoreRange, ScoreStep, WeightsSum

__all__ = [
    "Criterion",
    "Level",
    "Rubric",
    "Scale",
    "SoftBounds",
    "canonical",
    "content_hash",
    "faults",
    "from_document",
    "to_document",
    "validate",
]


def from_document(document: Json, at: str = "tree", *, check: bool = True) -> Rubric:
    """Read a rubric; with ``check=False`` a draft may still have weights that do not close or ids used twice.

    Raises a ``Refusal``: ``weights_sum``, ``duplicate_id``, ``transform``, ``knots``, ``steps``,
    ``linear_degenerate``, ``score_range``/``score_step`` (a level off its scale), ``float_input``, ``malformed``.
    """
    root = reading.mapping(document, at)
    if "children" not in root:
        raise Malformed(f"{at}.children", "the root of a rubric needs children")
    rubric = Rubric(_node(root, at, is_root=True))
    if check:
        validate(rubric, at)
    return rubric


def validate(rubric: Rubric, at: str = "tree") -> None:
    """Raise the first of ``faults``."""
    for fault in faults(rubric, at):
        raise fault


def faults(rubric: Rubric, at: str = "tree") -> Iterator[Refusal]:
    """Everything that keeps a rubric from being used: repeated ids, branches that do not close, scales, levels."""
    seen: set[str] = set()
    for node, path in rubric.walk_paths(at):
        if node.id in seen:
            yield DuplicateId(f"{path}.id", f"{node.id} is used twice", id=node.id)
        seen.add(node.id)
        if node.is_branch:
            yield from _branch_faults(node, path)
        elif node.kind != INDICATOR:
            yield from _scale_faults(node, path)


def _branch_faults(node: Criterion, path: str) -> Iterator[Refusal]:
    for index, child in enumerate(node.children):
        if child.weight < 0:
            yield Malformed(f"{path}.children[{index}].weight", "a weight cannot be negative", id=child.id)
    found = sum((child.weight for child in node.children), ZERO)
    if found != HUNDRED:
        message = f"the weights under {node.id} add up to {plain(found)}, not 100"
        facts = {"branch": node.id, "title": node.title, "found": plain(found), "missing": plain(HUNDRED - found)}
        yield WeightsSum(f"{path}.children", message, **facts)


def _scale_faults(node: Criterion, path: str) -> Iterator[Refusal]:
    scale = node.scale
    if scale.maximum <= scale.minimum or (scale.normalise == "max" and scale.maximum <= 0):
        yield Malformed(f"{path}.max", "the top of a scale lies above its bottom and above 0", id=node.id)
        return
    if scale.step is not None and scale.step <= 0:
        yield Malformed(f"{path}.step", "the step of a scale is above 0", id=node.id)
        return
    for index, level in enumerate(node.levels):
        fault = scale.fault(level.value)
        if fault:
            refusal = ScoreRange if fault == "score_range" else ScoreStep
            yield refusal(f"{path}.levels[{index}]", "this level is not on the scale", id=node.id)
    soft = node.soft_bounds
    if soft is not None and not scale.minimum <= soft.low <= soft.high <= scale.maximum:
        yield Malformed(f"{path}.soft_bounds", "the lower of two bounds comes first, both inside the scale", id=node.id)


def _node(value: Json, at: str, *, is_root: bool = False) -> Criterion:
    document = reading.mapping(value, at)
    name = reading.identifier(document.get("id"), f"{at}.id")
    title = reading.text(document.get("title", ""), f"{at}.title")
    weight = HUNDRED if is_root else exact(document.get("weight"), f"{at}.weight")
    if "children" not in document:
        return _leaf(document, at, name, weight, title)
    children = reading.listing(document["children"], f"{at}.children")
    nodes = tuple(_node(child, f"{at}.children[{index}]") for index, child in enumerate(children))
    return Criterion(name, weight, title, nodes, is_branch=True)


def _leaf(document: Mapping[str, Json], at: str, name: str, weight: Fraction, title: str) -> Criterion:
    kind = document.get("kind", PANEL)
    if not isinstance(kind, str) or kind not in SOURCES:
        raise Malformed(f"{at}.kind", f"the kind of a criterion is one of {', '.join(SOURCES)}")
    transform = transforms.from_document(document.get("transform"), f"{at}.transform") if kind == INDICATOR else None
    return Criterion(
        id=name,
        weight=weight,
        title=title,
        kind=kind,
        scale=Scale() if kind == INDICATOR else _scale(document, at),
        transform=transform,
        may_be_na=reading.flag(document.get("may_be_na", False), f"{at}.may_be_na"),
        levels=_levels(document.get("levels", []), f"{at}.levels"),
        soft_bounds=_soft_bounds(document, f"{at}.soft_bounds", kind),
    )


def _scale(document: Mapping[str, Json], at: str) -> Scale:
    normalise = document.get("normalise", "max")
    if normalise not in ("max", "range"):
        raise Malformed(f"{at}.normalise", "normalise is max or range")
    step = document.get("step")
    return Scale(
        minimum=exact(document.get("min", "0"), f"{at}.min"),
        maximum=exact(document.get("max", "100"), f"{at}.max"),
        step=None if step is None else exact(step, f"{at}.step"),
        normalise=normalise,
    )


def _levels(value: Json, at: str) -> tuple[Level, ...]:
    return tuple(
        Level(exact(mark, f"{path}[0]"), reading.text(words, f"{path}[1]"))
        for path, (mark, words) in reading.rows(value, at, 2)
    )


def _soft_bounds(document: Mapping[str, Json], at: str, kind: str) -> SoftBounds | None:
    if "soft_bounds" not in document:
        return None
    if kind != PANEL:  # nobody writes a note beside the other kinds
        raise Malformed(at, "only what the panel marks has soft bounds")
    low, high = reading.row(document["soft_bounds"], at, 2)
    return SoftBounds(exact(low, f"{at}[0]"), exact(high, f"{at}[1]"))


def to_document(rubric: Rubric) -> dict[str, Json]:
    """Plain JSON of the whole tree; ``from_document`` reads it back to an equal rubric."""
    return _document(rubric.root, is_root=True)


def _document(node: Criterion, *, is_root: bool = False) -> dict[str, Json]:
    found: dict[str, Json] = {"id": node.id}
    if node.title:
        found["title"] = node.title
    if not is_root:
        found["weight"] = plain(node.weight)
    if node.is_branch:
        found["children"] = [_document(child) for child in node.children]
        return found
    found["kind"] = node.kind
    if node.transform is not None:
        found["transform"] = node.transform.to_document()
    if node.kind in (PANEL, FIXED):
        found |= {"min": plain(node.scale.minimum), "max": plain(node.scale.maximum)}
        found["normalise"] = node.scale.normalise
        if node.scale.step is not None:
            found["step"] = plain(node.scale.step)
    if node.may_be_na:
        found["may_be_na"] = True
    if node.levels:
        found["levels"] = [[plain(level.value), level.descriptor] for level in node.levels]
    if node.soft_bounds is not None:  # left out otherwise: rubrics from before there were any keep their hash
        found["soft_bounds"] = [plain(node.soft_bounds.low), plain(node.soft_bounds.high)]
    return found


def canonical(rubric: Rubric) -> bytes:
    """The one byte string of this content: equal rubrics (``10`` and ``10.0`` are equal) give equal bytes."""
    return json.dumps(to_document(rubric), sort_keys=True, separators=(",", ":")).encode("ascii")


def content_hash(rubric: Rubric) -> str:
    """SHA-256 of ``canonical`` in hexadecimal: the identity of a rubric version."""
    return hashlib.sha256(canonical(rubric)).hexdigest()
