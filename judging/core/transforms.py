"""How a raw figure becomes 0 to 100: declared, frozen mappings of indicators, each exact and clamped.

A transform is a kind in the registry ``KINDS``: it reads its own settings, checks them, and has one pure function.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import ClassVar, Protocol

from . import reading
from .numbers import HUNDRED, ZERO, exact, plain
from .reading import Json
from .refusals import Knots, LinearDegenerate, Refusal, Steps, UnknownTransform


def clamp(score: Fraction) -> Fraction:
    """``score`` held between 0 and 100."""
    return min(max(score, ZERO), HUNDRED)


class Transform(Protocol):
    """A mapping from a figure (and its peers' figures) to 0..100."""

    kind: ClassVar[str]

    def score(self, figure: Fraction, peers: Sequence[Fraction]) -> Fraction:
        """The clamped score; ``peers`` are the figures of the category, or just their lowest and highest."""

    def to_document(self) -> dict[str, Json]:
        """Plain JSON of the settings, with ``type``."""


@dataclass(frozen=True, slots=True)
class Identity:
    """The figure is the score."""

    kind: ClassVar[str] = "identity"

    def score(self, figure: Fraction, peers: Sequence[Fraction]) -> Fraction:
        return clamp(figure)

    def to_document(self) -> dict[str, Json]:
        return {"type": self.kind}


@dataclass(frozen=True, slots=True)
class Linear:
    """0 at ``lo``, 100 at ``hi``; ``lo`` above ``hi`` means less is better."""

    lo: Fraction
    hi: Fraction
    kind: ClassVar[str] = "linear"

    def score(self, figure: Fraction, peers: Sequence[Fraction]) -> Fraction:
        return clamp((figure - self.lo) * 100 / (self.hi - self.lo))

    def to_document(self) -> dict[str, Json]:
        return {"type": self.kind, "lo": plain(self.lo), "hi": plain(self.hi)}


Points = tuple[tuple[Fraction, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Piecewise:
    """Straight lines between knots (figure, score), flat outside them."""

    knots: Points
    kind: ClassVar[str] = "piecewise"

    def score(self, figure: Fraction, peers: Sequence[Fraction]) -> Fraction:
        if figure <= self.knots[0][0]:
            return clamp(self.knots[0][1])
        for (left, low), (right, high) in pairwise(self.knots):
            if figure <= right:
                return clamp(low + (high - low) * (figure - left) / (right - left))
        return clamp(self.knots[-1][1])

    def to_document(self) -> dict[str, Json]:
        return {"type": self.kind, "knots": [[plain(x), plain(y)] for x, y in self.knots]}


@dataclass(frozen=True, slots=True)
class Step:
    """The score of the last threshold that is reached, else ``below``."""

    steps: Points
    below: Fraction = ZERO
    kind: ClassVar[str] = "step"

    def score(self, figure: Fraction, peers: Sequence[Fraction]) -> Fraction:
        reached = [score for threshold, score in self.steps if threshold <= figure]
        return clamp(reached[-1] if reached else self.below)

    def to_document(self) -> dict[str, Json]:
        steps = [[plain(x), plain(y)] for x, y in self.steps]
        return {"type": self.kind, "steps": steps, "below": plain(self.below)}


@dataclass(frozen=True, slots=True)
class MinMax:
    """Place between the worst and the best figure of the peers; ``all_equal`` when there is no difference."""

    better: str = "high"
    all_equal: Fraction = HUNDRED
    kind: ClassVar[str] = "minmax"

    def score(self, figure: Fraction, peers: Sequence[Fraction]) -> Fraction:
        low, high = min(peers, default=figure), max(peers, default=figure)
        if low == high:
            return clamp(self.all_equal)
        gap = figure - low if self.better == "high" else high - figure
        return clamp(gap * 100 / (high - low))

    def to_document(self) -> dict[str, Json]:
        return {"type": self.kind, "better": self.better, "all_equal": plain(self.all_equal)}


def _linear(document: Mapping[str, Json], at: str) -> Linear:
    lo, hi = exact(document.get("lo"), f"{at}.lo"), exact(document.get("hi"), f"{at}.hi")
    if lo == hi:
        raise LinearDegenerate(at, "lo and hi are the same figure", lo=plain(lo))
    return Linear(lo, hi)


def _points(value: Json, at: str, refusal: type[Refusal]) -> Points:
    """Pairs (figure, score), the figures strictly rising."""
    pairs = tuple((exact(x, f"{path}[0]"), exact(y, f"{path}[1]")) for path, (x, y) in reading.rows(value, at, 2))
    if not pairs or any(left[0] >= right[0] for left, right in pairwise(pairs)):
        raise refusal(at, "at least one pair is needed and the figures must rise strictly")
    return pairs


def _piecewise(document: Mapping[str, Json], at: str) -> Piecewise:
    return Piecewise(_points(document.get("knots"), f"{at}.knots", Knots))


def _step(document: Mapping[str, Json], at: str) -> Step:
    below = exact(document.get("below", "0"), f"{at}.below")
    return Step(_points(document.get("steps"), f"{at}.steps", Steps), below)


def _minmax(document: Mapping[str, Json], at: str) -> MinMax:
    better = document.get("better", "high")
    if better not in ("high", "low"):
        raise UnknownTransform(f"{at}.better", "better is high or low")
    return MinMax(better, exact(document.get("all_equal", "100"), f"{at}.all_equal"))


KINDS: Mapping[str, Callable[[Mapping[str, Json], str], Transform]] = {
    "identity": lambda document, at: Identity(),
    "linear": _linear,
    "piecewise": _piecewise,
    "step": _step,
    "minmax": _minmax,
}


def from_document(value: Json, at: str = "transform") -> Transform:
    """Read a transform from plain JSON.

    Raises ``UnknownTransform``, ``LinearDegenerate``, ``Knots``, ``Steps``, ``Malformed`` or ``FloatInput``.
    """
    if value is None:
        raise UnknownTransform(at, "an indicator needs a transform")
    document = reading.mapping(value, at)
    kind = document.get("type")
    if not isinstance(kind, str) or kind not in KINDS:
        raise UnknownTransform(f"{at}.type", f"the known transforms are {', '.join(KINDS)}", type=str(kind))
    return KINDS[kind](document, at)
