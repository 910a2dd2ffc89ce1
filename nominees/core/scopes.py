"""The second part of every address of a round: the province code or ``nasional``, and behind it the practice round.

``53`` is the round that counts, ``53-latihan-2`` the second practice round opened beside it.
"""

import re
from typing import Final

_PRACTICE: Final = re.compile(r"(?P<place>[0-9a-z]+)-latihan-(?P<number>[1-9][0-9]{0,3})", re.ASCII)


def scope_text(place: str, practice: int) -> str:
    """Return the scope of practice round ``practice`` at ``place``; 0 is the round that counts."""
    return f"{place}-latihan-{practice}" if practice else place


def read_scope(scope: str) -> tuple[str, int]:
    """Return (place, practice) of ``scope``, the inverse of :func:`scope_text`; any other text is a place."""
    match = _PRACTICE.fullmatch(scope)
    return (match["place"], int(match["number"])) if match else (scope, 0)
