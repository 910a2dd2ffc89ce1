"""Rounds of the demo up to the day on which nominations open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from judging.core.policies import NTT_POLICY
from judging.models import Office
from judging.services.panels import add_seats, declare_vacant, panel_document, seat_person
from judging.services.panels_own_sector import set_own_sector
from judging.services.rounds import advance_round
from judging.services.rubrics import add_sample_rubrics
from judging.services.rules import draft_rules
from nominees.core.lifecycle import State
from nominees.models import Category, Edition, Kind, PoolMode, Round, TimeZone
from nominees.services.rounds import add_category, add_pool, create_edition, create_round
from paritrana.accounts.models import User
from paritrana.regions.models import Region

from .facts import Facts
from .people import person

Amend = Callable[[Round, User, datetime], None]


@dataclass(frozen=True)
class Place:
    """Where a round of the demo is held, and when."""

    region_code: str | None
    time_zone: str
    city: str
    interviews: tuple[date, date] | None = None
    ceremony_on: date | None = None
    ceremony_place: str = ""


def province_of(facts: Facts) -> Place:
    """Return the province that the edition's facts tell of, with its interview days and its ceremony."""
    told = facts.edition
    days = [date.fromisoformat(day) for day in told["interviews"]]
    return Place(
        told["province"],
        told["time_zone"],
        told["city"],
        (days[0], days[-1]),
        date.fromisoformat(told["ceremony_on"]),
        told["ceremony_place"],
    )


def demo_edition(facts: Facts, admin: User, at: datetime) -> Edition:
    """Create the edition that the demo is about."""
    told = facts.edition
    return create_edition(
        assessment_year=told["assessment_year"],
        name=told["name"],
        period_start=date.fromisoformat(told["period_start"]),
        period_end=date.fromisoformat(told["period_end"]),
        is_demo=True,
        actor=admin,
        at=at,
    )


def new_round(edition: Edition, place: Place, admin: User, at: datetime) -> Round:
    """Create the round of ``edition`` at ``place``."""
    first, last = place.interviews or (None, None)
    return create_round(
        edition=edition,
        region=Region.objects.get(code=place.region_code) if place.region_code else None,
        time_zone=TimeZone(place.time_zone),
        city=place.city,
        interviews_from=first,
        interviews_until=last,
        ceremony_on=place.ceremony_on,
        ceremony_place=place.ceremony_place,
        actor=admin,
        at=at,
    )


def open_nominations(
    facts: Facts, round: Round, secretariat: User, at: datetime, *, rubrics: Amend | None = None
) -> Round:
    """Set up categories, pool, rules, rubrics and panel, and open nominations.

    ``rubrics`` may change the sample rubrics before they stand.
    """
    categories = {told["code"]: _category(told, round, secretariat, at) for told in facts.edition["categories"]}
    if facts.edition["pool"]:
        _pool(facts.edition["pool"], round, categories, secretariat, at)
    draft_rules(round=round, policy=NTT_POLICY, note="Peraturan contoh", actor=secretariat, at=at)
    add_sample_rubrics(round=round, actor=secretariat, at=at)
    if rubrics:
        rubrics(round, secretariat, at)
    _seat_panel(facts, round, secretariat, at)
    advance_round(round=round, target=State.NOMINATION, actor=secretariat, at=at)
    round.refresh_from_db()
    return round


def _pool(told: dict[str, Any], round: Round, categories: dict[str, Category], secretariat: User, at: datetime) -> None:
    add_pool(
        round=round,
        code=told["code"],
        name=told["name"],
        mode=PoolMode(told["mode"]),
        categories=[categories[code] for code in told["categories"]],
        actor=secretariat,
        at=at,
    )


def _category(told: dict[str, Any], round: Round, secretariat: User, at: datetime) -> Category:
    return add_category(
        round=round,
        code=told["code"],
        name=told["name"],
        kind=Kind(told["kind"]),
        sector=told.get("sector", ""),
        sizes=told.get("sizes", ()),
        forward_quota=told.get("forward_quota", 1),
        actor=secretariat,
        at=at,
    )


def _seat_panel(facts: Facts, round: Round, secretariat: User, at: datetime) -> None:
    """Seat the panel from the day of ``at`` on; a neighbour's round has a chair only."""
    others = facts.people.get("other_chairs", {}).get(round.scope_code)
    people = {told["seat"]: told for told in facts.people["panel"]}
    for seat in add_seats(round=round, seats=panel_document(round.level)["seats"], actor=secretariat, at=at):
        told = people[seat.code] if others is None else others
        if others and seat.office != Office.CHAIR:
            declare_vacant(seat=seat, reason="Belum ditunjuk (contoh)", actor=secretariat, at=at)
            continue
        seat_person(
            seat=seat,
            user=person(told["username"], told["name"], at),
            name=told["name"],
            position_title=told["position"],
            nip=told.get("nip", ""),
            starts_on=at.astimezone(round.zone).date(),
            actor=secretariat,
            at=at,
        )
        own = round.categories.filter(code__in=told.get("own_categories", ()))
        set_own_sector(seat=seat, categories=own, actor=secretariat, at=at)
