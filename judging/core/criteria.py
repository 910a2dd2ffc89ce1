"""The weighted tree of criteria as frozen data; ``rubric`` reads, checks, writes and identifies it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import Final

from .numbers import HUNDRED, ZERO
from .transforms import Transform

PANEL: Final = "panel"
FIXED: Final = "fixed"
INDICATOR: Final = "indicator"
SOURCES: Final[Mapping[str, str]] = {PANEL: "panel", FIXED: "secretariat", INDICATOR: "indicator"}


@dataclass(frozen=True)
class Scale:
    """The marks a criterion takes: from ``minimum`` to ``maximum`` in steps counted from the minimum.

    ``normalise`` is ``max`` (v*100/max) or ``range`` ((v-min)*100/(max-min)).
    """

    minimum: Fraction = ZERO
    maximum: Fraction = HUNDRED
    step: Fraction | None = None
    normalise: str = "max"

    def fault(self, mark: Fraction) -> str | None:
        """``score_range`` or ``score_step`` when ``mark`` is not on this scale, else None."""
        value, unit = mark.as_integer_ratio()
        low, low_unit, high, high_unit = self._bounds
        if low * unit > value * low_unit or value * high_unit > high * unit:
            return "score_range"
        if self.step is not None and ((mark - self.minimum) / self.step).denominator != 1:
            return "score_step"
        return None

    @cached_property
    def _bounds(self) -> tuple[int, int, int, int]:
        return (*self.minimum.as_integer_ratio(), *self.maximum.as_integer_ratio())

    @cached_property
    def sound(self) -> dict[str, Fraction]:
        """Marks by their text that were read before and lie on this scale: equal scales share what they know."""
        return _sound_marks(self.minimum, self.maximum, self.step)

    def to_hundred(self, mark: Fraction) -> Fraction:
        """``mark`` (or a mean of marks) on 0..100, exact and clamped."""
        return on_line(self.line(), *mark.as_integer_ratio())

    def line(self) -> "Line":
        """The straight line from a mark to 0..100, for ``on_line``."""
        start = self.minimum if self.normalise == "range" else ZERO
        (top, unit), (bottom, part) = (self.maximum - start).as_integer_ratio(), start.as_integer_ratio()
        return 100 * part * unit, -100 * bottom * unit, top * part


@lru_cache(maxsize=16)
def _sound_marks(minimum: Fraction, maximum: Fraction, step: Fraction | None) -> dict[str, Fraction]:
    return {}


Line = tuple[int, int, int]


def on_line(line: Line, numerator: int, denominator: int) -> Fraction:
    """``(a * mark + b) / c`` of the mark ``numerator / denominator``, held between 0 and 100; c > 0."""
    factor, offset, divisor = line
    score, whole = factor * numerator + offset * denominator, divisor * denominator
    if score <= 0:
        return ZERO
    return HUNDRED if score >= 100 * whole else Fraction(score, whole)


@dataclass(frozen=True, slots=True)
class Level:
    """What a value of the scale means, in words."""

    value: Fraction
    descriptor: str


@dataclass(frozen=True, slots=True)
class SoftBounds:
    """Where marks usually lie, both ends included: one outside is allowed, but its note says why. Never in a total."""

    low: Fraction
    high: Fraction

    def leave_out(self, mark: Fraction) -> bool:
        """Whether ``mark`` lies outside."""
        return not self.low <= mark <= self.high


@dataclass(frozen=True)
class Criterion:
    """One node: a branch with children, or a leaf of a kind. ``weight`` is its share among its siblings, of 100."""

    id: str
    weight: Fraction = HUNDRED
    title: str = ""
    children: tuple["Criterion", ...] = ()
    is_branch: bool = False
    kind: str = PANEL
    scale: Scale = field(default_factory=Scale)
    transform: Transform | None = None
    may_be_na: bool = False
    levels: tuple[Level, ...] = ()
    soft_bounds: SoftBounds | None = None

    @property
    def source(self) -> str:
        """Who supplies the leaf: ``panel``, ``secretariat`` or ``indicator``."""
        return SOURCES[self.kind]


@dataclass(frozen=True)
class Rubric:
    """A whole tree. Identity of a version: ``rubric.content_hash``."""

    root: Criterion

    @cached_property
    def nodes(self) -> tuple[Criterion, ...]:
        """All criteria, a branch before its children, siblings in their order (the root first)."""
        found: list[Criterion] = []
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(reversed(node.children))
        return tuple(found)

    @cached_property
    def by_id(self) -> Mapping[str, Criterion]:
        """Criterion by its id."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def leaves(self) -> tuple[Criterion, ...]:
        """The leaves in the order of the tree."""
        return tuple(node for node in self.nodes if not node.is_branch)

    @cached_property
    def panel_leaves(self) -> tuple[Criterion, ...]:
        """The leaves that each seat marks."""
        return tuple(leaf for leaf in self.leaves if leaf.kind == PANEL)

    @cached_property
    def leaf_weights(self) -> Mapping[str, Fraction]:
        """Weight of each leaf in the whole, of 100: the product of the weights on its path."""
        whole = {self.root.id: HUNDRED}
        for node in self.nodes:
            for child in node.children:
                whole[child.id] = whole[node.id] * child.weight / 100
        return {leaf.id: whole[leaf.id] for leaf in self.leaves}

    @cached_property
    def heaviest_first(self) -> tuple[Criterion, ...]:
        """Leaves by falling weight in the whole; equal weights keep the order of the tree."""
        return tuple(sorted(self.leaves, key=lambda leaf: -self.leaf_weights[leaf.id]))

    def shares(self, not_applicable: frozenset[str] = frozenset()) -> Mapping[str, Fraction]:
        """Weight of each node among its siblings, of 100, when the leaves in ``not_applicable`` drop out.

        Their weight goes to their siblings in proportion; a branch whose children all drop out, or whose remaining
        children weigh nothing, drops out itself. Nodes that dropped out are missing from the answer.
        """
        shares: dict[str, Fraction] = {}
        present: set[str] = set()
        for node in reversed(self.nodes):
            if not node.is_branch:
                if node.id not in not_applicable:
                    present.add(node.id)
                continue
            remaining = [child for child in node.children if child.id in present]
            weight = sum((child.weight for child in remaining), ZERO)
            if weight > 0:
                present.add(node.id)
                shares.update((child.id, child.weight * 100 / weight) for child in remaining)
        if self.root.id in present:
            shares[self.root.id] = HUNDRED
        return shares

    @cached_property
    def full_shares(self) -> Mapping[str, Fraction]:
        """``shares`` when every leaf is applicable."""
        return self.shares()

    @cached_property
    def lines(self) -> Mapping[str, Line]:
        """Panel leaf -> ``Scale.line``."""
        return {leaf.id: leaf.scale.line() for leaf in self.panel_leaves}

    def walk_paths(self, at: str = "tree") -> Iterator[tuple[Criterion, str]]:
        """Every criterion with its path in the document, in the order of ``nodes``."""
        waiting = [(self.root, at)]
        while waiting:
            node, path = waiting.pop()
            yield node, path
            children = [(child, f"{path}.children[{index}]") for index, child in enumerate(node.children)]
            waiting.extend(reversed(children))
