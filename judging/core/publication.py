"""What the public reads of a result: the open format ``paritrana.results/1``.

A publication is this document and nothing else: pages, files and pictures are made of it, so nothing can be read that
was not published, and what was published reads the same in twenty years. Pure: same result, same text.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

FORMAT: Final = "paritrana.results/1"
CATEGORY: Final = "category"
POOL: Final = "pool"
NATIONAL: Final = "national"
#: How an address names a category or pool: the codes of both may be the same.
PREFIXES: Final = {CATEGORY: "kategori-", POOL: "umum-"}


@dataclass(frozen=True, slots=True)
class Winner:
    """A titled place. ``total`` is the official printed score with a decimal point; empty where it is not shown."""

    place: int
    title: str
    name: str
    origin: str = ""
    total: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody in the running without a title; neither place nor score is ever told."""

    name: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the tie chain by its code (``median``, ``chair``); ``criterion``: the title of the one it looked at."""

    step: str
    criterion: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """A total that winners on different places have in common, and by which steps they were told apart."""

    total: str
    by: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A category or pool with its winners by place; ``others`` by name, empty where they are not named.

    ``settled``: equal totals that are shown; nothing where totals are not.
    """

    kind: str
    code: str
    name: str
    winners: tuple[Winner, ...] = ()
    others: tuple[Other, ...] = ()
    settled: tuple[Settled, ...] = ()

    @property
    def slug(self) -> str:
        """Its name in addresses: ``kategori-ukm``, ``umum-ubm``."""
        return PREFIXES[self.kind] + self.code


@dataclass(frozen=True, slots=True)
class Special:
    """An award outside every ranking."""

    title: str
    recipient: str
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    """A numbered amendment of the minutes; ``on`` is a day (ISO 8601)."""

    number: str
    on: str


@dataclass(frozen=True, slots=True)
class Results:
    """A published result. Moments and days are ISO 8601 texts, moments in UTC; what is not known is empty.

    ``version`` counts from 1, each replaces the one before for ``reason``; 0 marks a preview. ``mark`` stands on every
    page, file and picture of a demo edition.
    """

    version: int
    year: int
    edition: str
    level: str
    place_code: str
    place: str
    zone: str
    published_at: str
    visible_from: str
    parts: tuple[Part, ...]
    specials: tuple[Special, ...] = ()
    reason: str = ""
    mark: str = ""
    ceremony_on: str = ""
    ceremony_place: str = ""
    minutes: str = ""
    decided_on: str = ""
    corrections: tuple[Correction, ...] = ()
    shows_totals: bool = False
    shows_unplaced: bool = False
    words: str = ""
    contact: str = ""
    tabulation: int = 0
    rules: int = 0
    engine: str = ""

    def part(self, slug: str) -> Part | None:
        """Return the category or pool at an address, if there is one."""
        return next((part for part in self.parts if part.slug == slug), None)


def document(results: Results) -> dict[str, Any]:
    """Return the result as plain JSON data."""
    return {
        "format": FORMAT,
        "version": results.version,
        "reason": results.reason,
        "mark": results.mark,
        "edition": {"assessment_year": results.year, "name": results.edition},
        "place": {
            "level": results.level,
            "code": results.place_code,
            "name": results.place,
            "time_zone": results.zone,
        },
        "published_at": results.published_at,
        "visible_from": results.visible_from,
        "ceremony": {"on": results.ceremony_on, "place": results.ceremony_place},
        "minutes": {
            "number": results.minutes,
            "on": results.decided_on,
            "corrections": [{"number": one.number, "on": one.on} for one in results.corrections],
        },
        "basis": {"tabulation": results.tabulation, "rules": results.rules, "engine": results.engine},
        "shows": {"totals": results.shows_totals, "unplaced": results.shows_unplaced},
        "words": results.words,
        "contact": results.contact,
        "parts": [_part(part, results) for part in results.parts],
        "special_awards": [
            {"title": one.title, "recipient": one.recipient, "citation": one.citation} for one in results.specials
        ],
    }


def _part(part: Part, results: Results) -> dict[str, Any]:
    """A part without what the publication does not show: such a field is not there at all, rather than empty."""
    found: dict[str, Any] = {"kind": part.kind, "code": part.code, "name": part.name}
    found["winners"] = [
        {"place": one.place, "title": one.title, "name": one.name, "origin": one.origin}
        | ({"total": one.total} if results.shows_totals else {})
        for one in part.winners
    ]
    if results.shows_totals and part.settled:
        found["settled"] = [
            {"total": one.total, "by": [{"step": step.step, "criterion": step.criterion} for step in one.by]}
            for one in part.settled
        ]
    if results.shows_unplaced:
        found["others"] = [{"name": one.name, "origin": one.origin} for one in part.others]
    return found


def canonical(results: Results) -> str:
    """Return the one text of a result, which is stored, hashed and handed out: sorted keys, no blanks, ASCII."""
    return json.dumps(document(results), sort_keys=True, separators=(",", ":"))


def read(text: str) -> Results:
    """Return the result that :func:`canonical` wrote. Raises ``KeyError`` or ``ValueError`` for anything else."""
    found: Mapping[str, Any] = json.loads(text)
    if found["format"] != FORMAT:
        raise ValueError(f"this reads {FORMAT} only")
    edition, place, minutes, basis = found["edition"], found["place"], found["minutes"], found["basis"]
    return Results(
        version=found["version"],
        reason=found["reason"],
        mark=found["mark"],
        year=edition["assessment_year"],
        edition=edition["name"],
        level=place["level"],
        place_code=place["code"],
        place=place["name"],
        zone=place["time_zone"],
        published_at=found["published_at"],
        visible_from=found["visible_from"],
        ceremony_on=found["ceremony"]["on"],
        ceremony_place=found["ceremony"]["place"],
        minutes=minutes["number"],
        decided_on=minutes["on"],
        corrections=tuple(Correction(**one) for one in minutes["corrections"]),
        shows_totals=found["shows"]["totals"],
        shows_unplaced=found["shows"]["unplaced"],
        words=found["words"],
        contact=found["contact"],
        tabulation=basis["tabulation"],
        rules=basis["rules"],
        engine=basis["engine"],
        parts=tuple(_read_part(one) for one in found["parts"]),
        specials=tuple(Special(**one) for one in found["special_awards"]),
    )


def _read_part(found: Mapping[str, Any]) -> Part:
    return Part(
        kind=found["kind"],
        code=found["code"],
        name=found["name"],
        winners=tuple(Winner(**one) for one in found["winners"]),
        others=tuple(Other(**one) for one in found.get("others", ())),
        settled=tuple(
            Settled(one["total"], tuple(Step(**step) for step in one["by"])) for one in found.get("settled", ())
        ),
    )


def same_result(one: Results, other: Results) -> bool:
    """Whether two publications tell the same, whatever their number, reason and time."""
    return _told(one) == _told(other)


def _told(results: Results) -> dict[str, Any]:
    apart = ("version", "reason", "published_at", "visible_from")
    return {name: value for name, value in document(results).items() if name not in apart}
