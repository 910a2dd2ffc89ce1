"""What the questions about firmness answer, as frozen data.

Places, weights and changes of weights are exact; probabilities and acceptabilities are binary floating point
numbers between 0 and 1. Weights are whole weights of leaves: of 100 over the whole tree.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from judging.core.ranking import Group, Place


@dataclass(frozen=True, slots=True)
class Variation:
    """The same category counted in another way: without one seat, or by another panel method.

    ``places`` holds every nominee (None: unranked), ``groups`` those sharing a place, best first. ``changed`` are the
    nominees whose place is not the official one, by id.
    """

    places: Mapping[str, Place | None]
    groups: tuple[Group, ...]
    first_changes: bool
    changed: tuple[str, ...]

    @property
    def first(self) -> Group:
        """Who holds the first place; empty when nobody can be ranked."""
        return self.groups[0] if self.groups else ()

    def holders(self, place: int) -> Group:
        """The group that covers position ``place`` (1 is the best)."""
        return holders(self.groups, place)


def holders(groups: tuple[Group, ...], place: int) -> Group:
    """The group that covers position ``place`` when everybody is counted (1-2-2-4); empty beyond the last."""
    end = 0
    for group in groups:
        end += len(group)
        if place <= end:
            return group
    return ()


@dataclass(frozen=True, slots=True)
class SingleChange:
    """One weight goes from ``weight`` to ``to_weight``, the others keep their proportions: the pair is level."""

    above: str
    below: str
    criterion: str
    weight: Fraction
    to_weight: Fraction

    @property
    def change(self) -> Fraction:
        """Points of weight, without sign."""
        return abs(self.to_weight - self.weight)


@dataclass(frozen=True, slots=True)
class Move:
    """``amount`` points of weight taken from one criterion and given to another."""

    source: str
    target: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Transfer:
    """The smallest amount of weight that has to move, over all criteria, until the pair is level."""

    above: str
    below: str
    amount: Fraction
    moves: tuple[Move, ...]


@dataclass(frozen=True, slots=True)
class WeightFlip:
    """The smallest changes of weights that make somebody inside the first ``after_place`` places level with somebody
    outside. ``single`` or ``transfer`` is None where no weights at all can do it: then ``why_null`` is ``never``. Where
    totals are not linear in the weights there is no ``transfer``: then it is ``not_linear``.
    """

    after_place: int
    single: SingleChange | None
    transfer: Transfer | None
    why_null: str | None = None

    @property
    def pair(self) -> tuple[str, str] | None:
        """The pair (above, below) that meets first of all."""
        nearest = self.transfer or self.single
        return None if nearest is None else (nearest.above, nearest.below)


@dataclass(frozen=True, slots=True)
class WeightFlips:
    """``first``: the first place; ``boundaries``: after every titled place that has somebody below it."""

    first: WeightFlip | None
    boundaries: tuple[WeightFlip, ...]
    why_null: str | None = None

    def after(self, place: int) -> WeightFlip | None:
        """The boundary after ``place``."""
        return next((flip for flip in self.boundaries if flip.after_place == place), None)


@dataclass(frozen=True, slots=True)
class Acceptability:
    """Rank acceptabilities: ranked nominee -> share of the sampled weights that put it on place 1, 2, ..., n."""

    samples: int
    seed: int
    concentration: int
    uniform: Mapping[str, tuple[float, ...]]
    official: Mapping[str, tuple[float, ...]]
    standard_error: float


@dataclass(frozen=True, slots=True)
class Bootstrap:
    """Over all ``multisets`` of the seats: ``first``: ranked nominee -> probability of the first place;
    ``titled``: holder of a titled place -> probability of holding just that place; ``nobody``: probability that no
    nominee has a mark on each of its criteria.
    """

    seats: tuple[str, ...]
    multisets: int
    first: Mapping[str, float]
    titled: Mapping[str, float]
    nobody: float


@dataclass(frozen=True, slots=True)
class PossiblePlaces:
    """While cells are open: nominee -> (best, worst) place it can still get, None for those who cannot be ranked.

    ``open_cells`` marks and ``open_values`` figures of other sources can still be entered.
    """

    places: Mapping[str, tuple[Place, Place] | None]
    open_cells: int
    open_values: int

    def is_certain(self, nominee: str) -> bool:
        """Its place can no longer change."""
        span = self.places.get(nominee)
        return span is not None and span[0] == span[1]


@dataclass(frozen=True, slots=True)
class Reason:
    """A code with the facts for its sentence."""

    code: str
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Verdict:
    """``stable``, ``contested`` or ``undetermined``, and why."""

    state: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """Under ``cause`` (a seat left out, or a panel method) the place is held by ``holders`` (empty: by nobody)."""

    cause: str
    holders: Group


@dataclass(frozen=True, slots=True)
class PlaceFirmness:
    """How firm one titled place is; what its sentence is made of.

    ``place`` is the position 1, 2, ...; ``nominees`` hold it (several while it is tied). ``seats`` and ``methods``
    list only what changes the holders. ``upper`` and ``lower`` are the boundaries above and below (None: there is
    nobody). ``probability`` (over the panels) and the acceptabilities are those of the holder of just this place;
    None when it is tied or they could not be computed.
    """

    place: int
    title: str
    nominees: Group
    seats: tuple[Effect, ...]
    methods: tuple[Effect, ...]
    upper: WeightFlip | None
    lower: WeightFlip | None
    probability: float | None
    acceptability_uniform: float | None
    acceptability_official: float | None

    @property
    def tied(self) -> bool:
        """Several hold it."""
        return len(self.nominees) > 1

    @property
    def single(self) -> SingleChange | None:
        """The smallest change of one weight at either boundary."""
        found = [flip.single for flip in (self.upper, self.lower) if flip and flip.single]
        return min(found, key=lambda single: single.change, default=None)

    @property
    def transfer(self) -> Transfer | None:
        """The smallest transfer of weight at either boundary."""
        found = [flip.transfer for flip in (self.upper, self.lower) if flip and flip.transfer]
        return min(found, key=lambda transfer: transfer.amount, default=None)
