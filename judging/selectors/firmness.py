"""What there is to say about how firm a place is: which sentences, with which names and numbers, in no language yet.

Pages (``messages.firmness``) and papers (``selectors.papers.firmness``) each have their own words for the codes.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from judging.core.ranking import Group
from judging.core.robustness.data import Effect, PlaceFirmness, Reason, Transfer
from judging.core.rubric import Rubric
from paritrana.kernel import wording

NOT_LINEAR, SEAT_DECIDES = "not_linear", "seat_decides"
METHOD_CLAIMS = {"mean": "firm_by_mean", "median": "firm_by_median", "trimmed": "firm_by_trimmed"}


@dataclass(frozen=True, slots=True)
class Names:
    """What people call the seats, nominees and criteria that the core knows by code (itself where it has no name)."""

    seats: Mapping[str, str]
    nominees: Mapping[str, str]
    criteria: Mapping[str, str]

    def seat(self, code: str) -> str:
        """Name of a seat."""
        return self.seats.get(code, code)

    def nominee(self, code: str) -> str:
        """Name of a nominee."""
        return self.nominees.get(code, code)

    def criterion(self, code: str) -> str:
        """Title of a criterion."""
        return self.criteria.get(code, code)

    def group(self, codes: Iterable[str]) -> str:
        """Several nominees in one phrase."""
        return ", ".join(self.nominee(code) for code in codes)


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence: its code, and the text of its named places."""

    code: str
    facts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Story:
    """What is said about one titled place: the one plain sentence, and what it rests on or hangs on."""

    firmness: PlaceFirmness
    main: Claim
    more: tuple[Claim, ...]


def criteria_titles(rubric: Rubric) -> dict[str, str]:
    """Return leaf or branch -> its title, or its code where it has none."""
    return {node.id: node.title or node.id for node in rubric.nodes}


def stories_of(places: Iterable[PlaceFirmness], names: Names) -> tuple[Story, ...]:
    """Return what is said about every titled place."""
    return tuple(story_of(place, names) for place in places)


def story_of(place: PlaceFirmness, names: Names) -> Story:
    """Return what is said about one titled place.

    ``points`` of what a place withstands are rounded down, those of what would change it up: neither promises more
    than holds.
    """
    facts = {"title": place.title, "nominee": names.group(place.nominees)}
    if place.tied or not place.nominees:
        return Story(place, Claim("firm_tied", facts), ())
    if place.upper is None and place.lower is None and not place.seats:
        return Story(place, Claim("firm_alone", facts), ())
    weights, points = _weights(place)
    seats = ", ".join(names.seat(each.cause) for each in place.seats)
    code = f"firm_{'hangs' if seats else 'holds'}_{weights}"
    more = [
        *(_without(seats, holders, place, names) for holders, seats in _by_holders(place.seats).items()),
        *(_by_method(each.cause, each.holders, place, names) for each in place.methods),
        *_moved(place.transfer, names),
        *_probable(place),
    ]
    return Story(place, Claim(code, {**facts, "points": points, "seats": seats}), tuple(more))


def at_least(points: Fraction) -> str:
    """Return points rounded down, with one decimal, or two where one would say nothing."""
    return _written(points, floor)


def at_most(points: Fraction) -> str:
    """Return points rounded up, with one decimal, or two where they are less than one."""
    return _written(points, ceil)


def share_words(share: float) -> str:
    """Return a probability in per cent with one decimal; what is not certain is never written as 100%."""
    text = wording.decimal_number(Fraction(share) * 100, 1)
    return ">99,9%" if text == "100,0" and share < 1 else f"{text}%"


def _written(points: Fraction, rounding: Callable[[Fraction], int]) -> str:
    digits = 1 if points >= 1 else 2
    scaled = rounding(points * 10**digits)
    return wording.decimal_number(Fraction(scaled, 10**digits), digits)


def _weights(place: PlaceFirmness) -> tuple[str, str]:
    """How much one weight may change: ``points``, ``any``, ``level`` (nothing at all) or ``only`` (cannot be said)."""
    if place.single is not None:
        change = place.single.change
        return ("points", at_least(change)) if change else ("level", "")
    flips = [flip for flip in (place.upper, place.lower) if flip]
    return ("only" if any(flip.why_null == NOT_LINEAR for flip in flips) else "any"), ""


def _by_holders(effects: Iterable[Effect]) -> dict[Group, list[str]]:
    """Those who would hold the place -> the seats without any one of which they would."""
    found: dict[Group, list[str]] = {}
    for effect in effects:
        found.setdefault(effect.holders, []).append(effect.cause)
    return found


def together(reasons: Iterable[Reason], names: Names) -> tuple[Reason, ...]:
    """Return the reasons of a verdict with the seats that would have the same effect in one, under their names."""
    found: list[Reason] = []
    deciding: dict[Group, list[str]] = {}
    for reason in reasons:
        if reason.code == SEAT_DECIDES:
            deciding.setdefault(tuple(reason.facts["first"]), []).append(reason.facts["seat"])
        else:
            found.append(reason)
    grouped = (
        Reason(SEAT_DECIDES, {"seat": either(seats, names), "first": list(first)}) for first, seats in deciding.items()
    )
    return (*grouped, *found)


def either(seats: Iterable[str], names: Names) -> str:
    """Return several seats of which each one alone is meant."""
    return " / ".join(names.seat(seat) for seat in seats)


def _without(seats: Iterable[str], holders: Group, place: PlaceFirmness, names: Names) -> Claim:
    facts = {"seat": either(seats, names), "holders": names.group(holders), "title": place.title}
    return Claim("firm_without_seat" if holders else "firm_without_seat_nobody", facts)


def _by_method(method: str, holders: Group, place: PlaceFirmness, names: Names) -> Claim:
    return Claim(METHOD_CLAIMS[method], {"holders": names.group(holders) or "–", "title": place.title})


def _moved(transfer: Transfer | None, names: Names) -> Iterable[Claim]:
    """Name the smallest shift of weight that brings a neighbour level."""
    if transfer is None or not transfer.moves:
        return
    facts = {
        "points": at_most(transfer.amount),
        "above": names.nominee(transfer.above),
        "below": names.nominee(transfer.below),
    }
    if len(transfer.moves) == 1:
        (move,) = transfer.moves
        yield Claim(
            "firm_transfer", facts | {"source": names.criterion(move.source), "target": names.criterion(move.target)}
        )
    else:
        moves = "; ".join(
            f"{names.criterion(move.source)} → {names.criterion(move.target)} {at_most(move.amount)}"
            for move in transfer.moves
        )
        yield Claim("firm_transfer_several", facts | {"moves": moves})


def _probable(place: PlaceFirmness) -> Iterable[Claim]:
    if place.probability is not None:
        yield Claim("firm_probability", {"share": share_words(place.probability)})
