"""Rule sets ready to use: the ``policy`` of the open format (docs/scoring.md)."""

from typing import Any, Final

from paritrana.kernel.wording import roman

from . import policy as policies
from .reading import refuse_floats

#: The most titled places that a category can have.
MOST_PLACES: Final = 20


def titles(word: str, places: int) -> list[str]:
    """Titles of ``places`` places, first to last: "Terbaik I", "Terbaik II", ..."""
    return [f"{word} {roman(number)}" for number in range(1, places + 1)]


#: NTT, edition 2024 (sample: the award's own rules are not public). One high and one low mark are dropped per
#: criterion from five marks on, the total is rounded once, what is then equal goes down the chain.
NTT_POLICY: Final[dict[str, Any]] = {
    "panel_method": "trimmed",
    "trim": 1,
    "trim_min_n": 5,
    "panel_level": "leaf",
    "min_scores": 5,
    "missing_value": "unranked",
    "rounding": {"places": 2, "mode": "half_up", "at": "final"},
    "tie_break": ["by_weight", "median", "first_places", "chair"],
    "chair": [],
    "ranking": "1224",
    "labels": titles("Terbaik", 3),
}


def normalised(document: Any) -> dict[str, Any]:
    """``document`` checked and with every rule spelled out, so that equal rules give equal text.

    Raises the refusals of :func:`judging.core.policy.from_document`.
    """
    refuse_floats(document, "policy")
    return policies.to_document(policies.from_document(document))
