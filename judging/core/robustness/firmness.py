"""How firm each titled place is: what its one plain sentence is made of."""

from collections.abc import Mapping
from dataclasses import dataclass

from judging.core.policy import Policy
from judging.core.ranking import Group
from judging.core.result import Result

from .data import Acceptability, Bootstrap, Effect, PlaceFirmness, Variation, WeightFlips, holders


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was found out about one category; ``drawn`` and ``accepted`` are None where they could not be computed."""

    seats: Mapping[str, Variation]
    methods: Mapping[str, Variation | None]
    flips: WeightFlips
    drawn: Bootstrap | None
    accepted: Acceptability | None


def firmness(policy: Policy, result: Result, evidence: Evidence) -> tuple[PlaceFirmness, ...]:
    """One for every titled place that somebody holds, the first place first.

    A place is a position counted over everybody (1-2-2-4); a tied group holds every place it covers and stands in
    one record for each, with the title of that position.
    """
    count = min(len(policy.labels), len(result.order))
    return tuple(_place(place, policy.labels[place - 1], result, evidence) for place in range(1, count + 1))


def _place(place: int, title: str, result: Result, evidence: Evidence) -> PlaceFirmness:
    group = holders(result.groups, place)
    alone = group[0] if len(group) == 1 else None
    drawn, accepted = evidence.drawn, evidence.accepted
    return PlaceFirmness(
        place=place,
        title=title,
        nominees=group,
        seats=_effects(place, group, evidence.seats),
        methods=_effects(place, group, evidence.methods),
        upper=evidence.flips.after(place - 1),
        lower=evidence.flips.after(place),
        probability=drawn.titled.get(alone) if drawn and alone else None,
        acceptability_uniform=accepted.uniform[alone][place - 1] if accepted and alone else None,
        acceptability_official=accepted.official[alone][place - 1] if accepted and alone else None,
    )


def _effects(place: int, group: Group, variations: Mapping[str, Variation | None]) -> tuple[Effect, ...]:
    """The variations under which the place is held by others."""
    found = ((cause, variation.holders(place)) for cause, variation in variations.items() if variation is not None)
    return tuple(Effect(cause, held) for cause, held in found if set(held) != set(group))
