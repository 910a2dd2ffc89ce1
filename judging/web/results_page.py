"""How a published result is shown: one page for the public and for its preview, made of the document alone.

The language is that of the address (``?bahasa=en``; Indonesian without it), never of a cookie or a browser: so the same
address gives everybody the same bytes, and any cache may keep them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from judging.core.publication import Part, Results
from judging.core.whatsapp import whatsapp_link
from judging.documents.rendering import printable
from judging.documents.share_picture import Line, SharePicture
from paritrana.kernel import phrases, wording

from .rules_wording import step_words

INDONESIAN, ENGLISH = "id", "en"
LANGUAGE: Final = "bahasa"
NAMES: Final = {INDONESIAN: "Bahasa Indonesia", ENGLISH: "English"}
PREVIEW_MARK: Final = "PRATINJAU: belum diumumkan"
PICTURE_HEADING: Final = "Para pemenang"
LONGEST_DESCRIPTION: Final = 200


@dataclass(frozen=True, slots=True)
class Links:
    """Where the pages of one result are. ``share`` is the picture; files and ``canonical`` are empty in a preview."""

    place: str
    part: Callable[[Part], str]
    picture: str
    canonical: str = ""
    json: str = ""
    csv: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """A version that can be read: its number, when it was published, why, and where."""

    number: int
    when: str
    reason: str
    url: str


@contextmanager
def spoken(request: HttpRequest) -> Iterator[str]:
    """Speak the language of the address, and yield it."""
    language = ENGLISH if request.GET.get(LANGUAGE) == ENGLISH else INDONESIAN
    with translation.override(language):
        yield language


def languages(request: HttpRequest, language: str) -> list[dict[str, Any]]:
    """Return the links that change the language, keeping what was searched for."""
    found = []
    for code, name in NAMES.items():
        query = request.GET.copy()
        query.pop(LANGUAGE, None)
        if code != INDONESIAN:
            query[LANGUAGE] = code
        url = f"{request.path}?{query.urlencode()}" if query else request.path
        found.append({"code": code, "name": name, "url": url, "current": code == language})
    return found


def public_address(path: str) -> str:
    """Return the full address of a page, as the world sees it."""
    return settings.PUBLIC_ADDRESS.rstrip("/") + path


def result_page(
    request: HttpRequest,
    results: Results,
    links: Links,
    *,
    part: Part | None = None,
    versions: Sequence[Version] = (),
    sha256: str = "",
) -> HttpResponse:
    """Show the whole result, or one ``part`` of it. ``versions``: those that can be read, newest first."""
    with spoken(request) as language:
        shown = (part,) if part else results.parts
        heading = _("Winners of %(edition)s") % {"edition": results.edition}
        context = {
            "results": results,
            "heading": part.name if part else heading,
            "subtitle": f"{results.edition}, {results.place}" if part else results.place,
            "parts": [
                {"part": one, "url": "" if part else links.part(one), "winners": _winners(one), "ties": _ties(one)}
                for one in sorted(shown, key=lambda one: not one.winners)  # who got nothing stands last
            ],
            "is_part": part is not None,
            "facts": _facts(results),
            "links": links,
            "languages": languages(request, language),
            "preview_mark": "" if results.version else PREVIEW_MARK,
            "mark": results.mark,
            "versions": versions,
            "newest": versions[0] if versions and versions[0].number != results.version else None,
            "sha256": sha256,
            "card": _card(results, part, links, language),
            "chat": whatsapp_link("", f"{_title(results, part)}: {public_address(request.path)}"),
        }
        return render(request, "judging/results/result.html", context)


def share_picture(results: Results, part: Part | None, path: str) -> SharePicture:
    """Return what the picture of a link says: the winners of one part, or the firsts of all and special awards."""
    if part:
        lines = [Line(one.title, one.name) for one in part.winners]
    else:
        lines = [Line(one.name, first.name) for one in results.parts for first in one.winners if first.place == 1]
        lines += [Line(one.title, one.recipient) for one in results.specials]
    address = urlsplit(public_address(path))
    return SharePicture(
        edition=results.edition,
        place=results.place,
        heading=part.name if part else PICTURE_HEADING,
        lines=tuple(lines),
        address=address.netloc + address.path,
        mark=" · ".join(filter(None, ("" if results.version else PREVIEW_MARK, results.mark))),
    )


def _winners(part: Part) -> list[dict[str, Any]]:
    return [{"winner": one, "total": one.total.replace(".", ",")} for one in part.winners]


def _ties(part: Part) -> list[dict[str, str]]:
    """The totals that stand at several places, and what decided then, in the words of the rules."""
    return [
        {
            "total": one.total.replace(".", ","),
            "by": "; ".join(step_words(step.step, step.criterion) for step in one.by),
        }
        for one in part.settled
    ]


def _facts(results: Results) -> list[dict[str, str]]:
    """When it was announced, given, decided and amended, and whom the press asks."""
    facts = []
    if results.visible_from:
        facts.append({"label": _("Announced"), "value": moment_text(results.visible_from, results.zone)})
    if results.ceremony_on:
        day = wording.long_day_date(date.fromisoformat(results.ceremony_on))
        facts.append({"label": str(phrases.CEREMONY), "value": ", ".join(filter(None, (day, results.ceremony_place)))})
    if results.minutes:
        facts.append({"label": _("Minutes"), "value": ", ".join(filter(None, (results.minutes, _day(results))))})
    for one in results.corrections:
        when = wording.long_date(date.fromisoformat(one.on))
        facts.append({"label": _("Amendment of the minutes"), "value": f"{one.number}, {when}"})
    if results.contact:
        facts.append({"label": _("Contact for the press"), "value": results.contact})
    return facts


def _day(results: Results) -> str:
    return wording.long_date(date.fromisoformat(results.decided_on)) if results.decided_on else ""


def moment_text(moment: str, zone: str) -> str:
    """Return a moment of the document as officials write it."""
    return wording.date_time(datetime.fromisoformat(moment), zone)


def _title(results: Results, part: Part | None) -> str:
    return ", ".join(filter(None, (part.name if part else "", results.edition, results.place)))


def _card(results: Results, part: Part | None, links: Links, language: str) -> dict[str, str]:
    """What networks show of a shared link (Open Graph)."""
    named = [f"{one.title}: {one.name}" for one in part.winners] if part else []
    if not part:
        named = [f"{one.name}: {first.name}" for one in results.parts for first in one.winners if first.place == 1]
    told = "; ".join(filter(None, (results.mark, *named)))
    return {
        "title": printable(_title(results, part)),
        "description": Truncator(printable(told)).chars(LONGEST_DESCRIPTION),
        "url": public_address(links.canonical) if links.canonical else "",
        "picture": public_address(links.picture),
        "locale": "en_GB" if language == ENGLISH else "id_ID",
    }
