"""The official places counted in another way, side by side with the official ones."""

from judging.core.bulk import BulkResult
from judging.core.result import Result

from .data import Variation


def compare(official: Result, other: BulkResult) -> Variation:
    """What ``other`` makes of the places of ``official``; both from the same nominees."""
    places = {standing.nominee: standing.place for standing in official.standings}
    first = official.groups[0] if official.groups else ()
    return Variation(
        places=dict(other.places),
        groups=other.groups,
        first_changes=set(other.first) != set(first),
        changed=tuple(sorted(name for name, place in other.places.items() if place != places[name])),
    )
