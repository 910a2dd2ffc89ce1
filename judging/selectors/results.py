"""What the public may read by now. Every public page asks here and nowhere else; no live table is read.

A version is seen from ``visible_from`` on. One that was replaced before anybody could see it is never seen: so a
mistake found under embargo stays unpublished, and an embargo can be put off, although no row ever changes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse

from judging.models import Publication
from nominees.models import NATIONAL_SCOPE, Round


@dataclass(frozen=True, slots=True)
class Place:
    """A line of the archive: what can be read of one edition at one place. ``code`` is its part of the address."""

    year: int
    edition: str
    code: str
    name: str
    version: int
    visible_from: datetime
    is_demo: bool


def visible(at: datetime) -> QuerySet[Publication]:
    """Return the publications that anybody may read ``at`` that moment."""
    replaced_unseen = Publication.objects.filter(
        round=OuterRef("round"), version__gt=OuterRef("version"), published_at__lt=OuterRef("visible_from")
    )
    return Publication.objects.filter(~Exists(replaced_unseen), visible_from__lte=at)


def under_embargo(at: datetime) -> QuerySet[Publication]:
    """Return, of rounds of which nobody may read anything ``at`` that moment, the publications that will be read."""
    newer = Publication.objects.filter(round=OuterRef("round"), version__gt=OuterRef("version"))
    seen = visible(at).filter(round=OuterRef("round"))
    return Publication.objects.filter(~Exists(newer), ~Exists(seen), visible_from__gt=at)


def versions_at(year: int, code: str, at: datetime) -> list[Publication]:
    """Return what may be read at an address, newest first, without its content. One query."""
    rows = visible(at).filter(year=year, place_code=code).order_by("-version")
    return list(rows.defer("content"))


def current_at(year: int, code: str, at: datetime) -> Publication | None:
    """Return the version in force at an address, if there is one to read. One query."""
    return visible(at).filter(year=year, place_code=code).order_by("-version").first()


def archive(at: datetime, *, year: int | None = None) -> list[Place]:
    """Return what can be read, newest edition first, the national round before the provinces. One query."""
    rows = visible(at) if year is None else visible(at).filter(year=year)
    found: dict[tuple[int, str], Place] = {}
    values = rows.order_by("-year", "place_code", "-version").values_list(
        "year", "edition_name", "place_code", "place_name", "version", "visible_from", "is_demo"
    )
    for value in values:
        place = Place(*value)
        found.setdefault((place.year, place.code), place)
    return sorted(found.values(), key=lambda one: (-one.year, one.code != NATIONAL_SCOPE, one.code))


def searched(places: Sequence[Place], words: str) -> list[Place]:
    """Return the places whose names hold every one of ``words``, whatever their case."""
    wanted = words.casefold().split()
    return [place for place in places if all(word in place.name.casefold() for word in wanted)]


def is_public(round: Round, at: datetime) -> bool:
    """Whether anybody may read the round's result ``at`` that moment. One query."""
    return visible(at).filter(round=round).exists()


def results_url(round: Round, at: datetime) -> str:
    """Return the address of the round's public result, empty while there is none to read. One query."""
    if not is_public(round, at):
        return ""
    return reverse("results", kwargs={"year": round.edition.assessment_year, "place": round.place_code})
