"""What was found out about firmness as plain JSON data (docs/formats.md, "Diagnostics")."""

from collections.abc import Iterable, Mapping

from judging.core.numbers import plain
from judging.core.ranking import Place
from judging.core.reading import Json

from .data import (
    Acceptability,
    Bootstrap,
    Effect,
    PlaceFirmness,
    PossiblePlaces,
    SingleChange,
    Transfer,
    Variation,
    Verdict,
    WeightFlip,
    WeightFlips,
)


def estimate(number: float | None) -> float | None:
    """An estimate to six decimals, small ones to six significant digits."""
    if number is None:
        return None
    return round(number, 6) if abs(number) >= 1 else float(f"{number:.6g}")


def estimates(numbers: Mapping[str, float]) -> dict[str, Json]:
    """Estimates by name."""
    return {name: estimate(number) for name, number in numbers.items()}


def place(number: Place | None) -> Json:
    """A place as in the answer of a tabulation: an integer, or text of a fraction."""
    return number if number is None or isinstance(number, int) else str(number)


def places(found: Mapping[str, Place | None]) -> dict[str, Json]:
    """Places by nominee."""
    return {name: place(number) for name, number in found.items()}


def variation(found: Variation | None) -> Json:
    """The places counted in another way; null where they cannot be."""
    if found is None:
        return None
    return {
        "places": places(found.places),
        "first": list(found.first),
        "first_changes": found.first_changes,
        "changed": list(found.changed),
    }


def drawn(found: Bootstrap | None) -> Json:
    """Probabilities over all panels."""
    if found is None:
        return None
    return {
        "seats": list(found.seats),
        "multisets": found.multisets,
        "first": estimates(found.first),
        "titled": estimates(found.titled),
        "nobody": estimate(found.nobody),
    }


def accepted(found: Acceptability | None) -> Json:
    """Rank acceptabilities."""
    if found is None:
        return None
    return {
        "samples": found.samples,
        "seed": found.seed,
        "concentration": found.concentration,
        "standard_error": estimate(found.standard_error),
        "uniform": {name: list(map(estimate, row)) for name, row in found.uniform.items()},
        "official": {name: list(map(estimate, row)) for name, row in found.official.items()},
    }


def _single(found: SingleChange | None) -> Json:
    if found is None:
        return None
    return {
        "from": found.above,
        "to": found.below,
        "criterion": found.criterion,
        "weight": plain(found.weight),
        "to_weight": plain(found.to_weight),
        "change": plain(found.change),
    }


def _transfer(found: Transfer | None) -> Json:
    if found is None:
        return None
    return {
        "from": found.above,
        "to": found.below,
        "amount": plain(found.amount),
        "moves": [[move.source, move.target, plain(move.amount)] for move in found.moves],
    }


def flip(found: WeightFlip | None) -> Json:
    """The smallest changes at one boundary; ``from`` and ``to`` are the pair that meets first."""
    if found is None:
        return None
    above, below = found.pair or (None, None)
    written: dict[str, Json] = {
        "from": above,
        "to": below,
        "single": _single(found.single),
        "transfer": _transfer(found.transfer),
    }
    return written | ({"why_null": found.why_null} if found.why_null else {})


def flips(found: WeightFlips) -> dict[str, Json]:
    """The first place and every titled boundary."""
    boundaries = [{"after_place": each.after_place} | flip(each) for each in found.boundaries]
    written: dict[str, Json] = {"first": flip(found.first), "boundaries": boundaries}
    return written | ({"why_null": found.why_null} if found.why_null else {})


def possible(found: PossiblePlaces) -> dict[str, Json]:
    """Best and worst place of every nominee."""
    return {name: span and [place(span[0]), place(span[1])] for name, span in found.places.items()}


def verdict(found: Verdict) -> dict[str, Json]:
    """The verdict with its reasons."""
    return {"state": found.state, "reasons": [{"code": each.code} | _facts(each.facts) for each in found.reasons]}


def _facts(facts: Mapping[str, Json]) -> dict[str, Json]:
    return {name: estimate(fact) if isinstance(fact, float) else fact for name, fact in facts.items()}


def firmness(found: Iterable[PlaceFirmness]) -> list[Json]:
    """One object for every titled place."""
    return [
        {
            "place": each.place,
            "title": each.title,
            "nominees": list(each.nominees),
            "seats": _effects(each.seats),
            "methods": _effects(each.methods),
            "single": _single(each.single),
            "transfer": _transfer(each.transfer),
            "probability": estimate(each.probability),
            "acceptability_uniform": estimate(each.acceptability_uniform),
            "acceptability_official": estimate(each.acceptability_official),
        }
        for each in found
    ]


def _effects(found: Iterable[Effect]) -> dict[str, Json]:
    return {each.cause: list(each.holders) for each in found}
