"""In one word: is the first place stable, contested or undetermined, and why."""

from collections.abc import Mapping
from typing import Final

from judging.core.result import Result

from .data import Bootstrap, Reason, Variation, Verdict

STABLE, CONTESTED, UNDETERMINED = "stable", "contested", "undetermined"
ENOUGH: Final = 0.95  # probability of the first place from which on it is called stable


def verdict(result: Result, seats: Mapping[str, Variation], drawn: Bootstrap | None) -> Verdict:
    """``stable``: probability of the first place at least 95 % and no single seat's absence changes it.

    Reasons, with their facts: ``nobody_ranked``, ``one_ranked`` (nominee), ``tied_first`` (nominees); ``seat_decides``
    (seat, first), ``probability`` (nominee, probability, enough); ``no_probability`` where it could not be computed,
    then the seats alone decide. A stable verdict names what holds it.
    """
    open_question = _undetermined(result)
    if open_question is not None:
        return Verdict(UNDETERMINED, (open_question,))
    winner = result.order[0]
    deciding = [
        Reason("seat_decides", {"seat": seat, "first": list(found.first)})
        for seat, found in seats.items()
        if found.first_changes
    ]
    probability = None if drawn is None else drawn.first[winner]
    if probability is None:
        chance = Reason("no_probability")
    else:
        chance = Reason("probability", {"nominee": winner, "probability": probability, "enough": ENOUGH})
    if not deciding and (probability is None or probability >= ENOUGH):
        return Verdict(STABLE, (Reason("no_seat_decides"), chance))
    contested = [chance] if probability is not None and probability < ENOUGH else []
    return Verdict(CONTESTED, (*deciding, *contested))


def _undetermined(result: Result) -> Reason | None:
    if not result.groups:
        return Reason("nobody_ranked")
    if len(result.groups[0]) > 1:
        return Reason("tied_first", {"nominees": list(result.groups[0])})
    return Reason("one_ranked", {"nominee": result.order[0]}) if len(result.order) == 1 else None
