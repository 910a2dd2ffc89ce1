"""Diagnostics of one category or pool, computed when somebody asks and kept by the digest of what they rest on.

Everything here is advice beside the official result; whoever may see the standings may see it, nobody else (the pages
ask). Nothing is stored: the cache can be emptied at any moment.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, Final

from django.core.cache import cache

from judging.core import package
from judging.core.diagnostics import Diagnostics, diagnose
from judging.core.seat_totals import seat_totals
from judging.core.severity import AdditiveFit, SectorEffect, Slope, additive, drift, own_sector_effect
from judging.models import Interview, Seat, Tabulation
from paritrana.kernel import wording

from .chart_rows import points_of, shown
from .decided import PartStandings
from .firmness import Names, Story, criteria_titles, stories_of
from .tabulations import key_of

KEPT: Final = 7 * 24 * 3600  # seconds
#: Part of every key: a change of what is computed makes old answers strangers.
EDITION: Final = 1


@dataclass(frozen=True, slots=True)
class PartDiagnostics:
    """What was computed about one part, with the names of all it speaks of."""

    found: Diagnostics
    names: Names
    points: Mapping[str, Mapping[str, Fraction]]

    @property
    def stories(self) -> tuple[Story, ...]:
        """What is said about each titled place."""
        return stories_of(self.found.firmness, self.names)


def diagnostics_of(part: PartStandings, seats: Mapping[str, str], limit: int) -> PartDiagnostics:
    """Return everything about ``part``; ``seats`` are their names by code, ``limit`` that of the rules. No query.

    The first time up to some tenths of a second for fifty nominees, then what the cache holds.
    """
    names = Names(
        seats=seats,
        nominees={key_of(line.nomination): str(line.nomination) for line in part.lines},
        criteria=criteria_titles(part.problem.rubric),
    )
    return PartDiagnostics(computed(part, limit), names, points_of(part, shown(part)))


def computed(part: PartStandings, limit: int) -> Diagnostics:
    """Return the diagnostics of ``part`` from the cache, or compute them; marks over ``limit`` apart are flagged.

    The result itself, with every trace, is not kept: whoever asks has it.
    """
    digest = part.result.digest
    found: Diagnostics | None = None

    def compute() -> Diagnostics:
        nonlocal found
        found = diagnose(part.problem, part.result, limit=limit)
        return replace(found, result=replace(part.result, standings=()))

    kept: Diagnostics = _kept(f"all-{limit}", digest, compute)
    return found or replace(kept, result=part.result)


def _kept(kind: str, digest: str, compute: Callable[[], Any]) -> Any:
    """Return what the cache holds under the digest of the input, computing it once."""
    return cache.get_or_set(f"judging.diagnostics.{EDITION}.{kind}.{digest}", compute, KEPT)


def seat_names(tabulation: Tabulation) -> dict[str, str]:
    """Return the round's seats, code -> name, in their order. One query."""
    return dict(Seat.objects.filter(round_id=tabulation.round_id).order_by("position").values_list("code", "name"))


def drift_of(part: PartStandings, fit: AdditiveFit | None) -> dict[str, Slope | None]:
    """Return seat -> how its scores move with the order of a day's interviews (points per interview). One query.

    The order counts anew every day and in every room.
    """
    if fit is None:
        return {}
    order = _order_of_the_day(part)
    return {seat: drift(fit.residuals_of(seat), order) for seat in fit.leniencies}


def _order_of_the_day(part: PartStandings) -> dict[str, float]:
    keys = {line.nomination.pk: key_of(line.nomination) for line in part.lines}
    rows = Interview.objects.filter(nomination__in=list(keys)).select_related("round").order_by("starts_at", "pk")
    counts: dict[tuple[object, int], int] = {}
    found: dict[str, float] = {}
    for row in rows:
        place = (wording.local_day(row.starts_at, row.round.time_zone), row.room_id)
        counts[place] = counts.get(place, 0) + 1
        found[keys[row.nomination_id]] = counts[place]
    return found


def own_sectors_of(tabulation: Tabulation) -> dict[str, SectorEffect | None]:
    """Return seat -> how much higher it scores its own institution's sector, over all categories of the run.

    Seats without an own sector are left out. Three queries.
    """
    own: dict[str, set[int]] = {}
    for seat in Seat.objects.filter(round_id=tabulation.round_id).prefetch_related("own_categories"):
        own[seat.code] = {category.pk for category in seat.own_categories.all()}
    seats = {seat: categories for seat, categories in own.items() if categories}
    if not seats:
        return {}
    parts = list(tabulation.parts.exclude(category=None).values_list("category_id", "input_hash", "input"))
    fits = [(category, _fit(digest, text)) for category, digest, text in parts]
    return {
        seat: own_sector_effect(
            seat, [(fit, fit.merits.keys() if category in categories else ()) for category, fit in fits if fit]
        )
        for seat, categories in seats.items()
    }


def _fit(digest: str, document: str) -> AdditiveFit | None:
    """The additive fit of one frozen input."""
    found: AdditiveFit | None = _kept("fit", digest, lambda: additive(seat_totals(package.read(json.loads(document)))))
    return found
