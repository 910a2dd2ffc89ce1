"""Public result pages: permanent addresses under ``hasil/``, for anybody.

They read publications alone (``selectors.results``). Before a result is to be seen, each of its addresses is as unknown
as an invented one. They set no cookie and know nobody, so every answer may be kept by any cache for a minute.
"""

import hashlib
from itertools import groupby
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import URLPattern, path, reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from judging.core.publication import Part, Results, read
from judging.documents.results_csv import results_csv
from judging.documents.share_picture import VERSION, render_share_picture
from judging.models import Publication
from judging.selectors import results as selectors
from paritrana.kernel import clock, wording

from .results_page import Links, Version, languages, public_address, result_page, share_picture, spoken

SECONDS_KEPT = 60
CACHE = f"public, max-age={SECONDS_KEPT}"
PICTURES_KEPT = 24 * 60 * 60  # seconds; a picture of the same publication never changes
SEARCH = "provinsi"


@require_safe
def results_archive(request: HttpRequest) -> HttpResponseBase:
    """Every edition and place of which a result can be read, newest first; ``?provinsi=`` searches their names."""
    places = selectors.archive(clock.now())
    words = request.GET.get(SEARCH, "").strip()[:80]
    found = selectors.searched(places, words)
    years = [
        {"year": year, "edition": rows[0].edition, "places": [_listed(one) for one in rows]}
        for year, group in groupby(found, key=lambda one: one.year)
        if (rows := list(group))
    ]
    return _listing(request, {"years": years, "words": words, "is_searchable": len(places) > 1})


@require_safe
def results_year(request: HttpRequest, year: int) -> HttpResponseBase:
    """The places of one edition."""
    places = selectors.archive(clock.now(), year=year)
    if not places:
        raise Http404
    group = {"year": year, "edition": places[0].edition, "places": [_listed(one) for one in places]}
    return _listing(request, {"years": [group], "one_year": True})


@require_safe
def results(request: HttpRequest, year: int, place: str, version: int | None = None) -> HttpResponseBase:
    """The result in force, or the ``version`` that the address names."""
    versions = selectors.versions_at(year, place, clock.now())
    publication = next((one for one in versions if version is None or one.version == version), None)
    if publication is None:
        raise Http404
    found = read(publication.content)
    listed = [_version(one, found.zone) for one in versions]
    links = _links(publication, version)
    page = result_page(request, found, links, versions=listed, sha256=publication.sha256)
    return _sent(request, page.content)


@require_safe
def results_part(request: HttpRequest, year: int, place: str, part: str) -> HttpResponseBase:
    """One category or pool of the result in force."""
    publication, found, shown = _part_at(year, place, part)
    return _sent(request, result_page(request, found, _links(publication, None, shown), part=shown).content)


@require_safe
def results_json(request: HttpRequest, year: int, place: str, version: int | None = None) -> HttpResponseBase:
    """The document itself, to the byte: its SHA-256 stands on the page."""
    publication = _publication_at(year, place, version)
    return _sent(request, publication.content.encode("ascii"), "application/json")


@require_safe
def results_table(request: HttpRequest, year: int, place: str, version: int | None = None) -> HttpResponseBase:
    """The same as CSV."""
    publication = _publication_at(year, place, version)
    response = _sent(request, results_csv(read(publication.content)), "text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="hasil-{year}-{publication.place_code}.csv"'
    return response


@require_safe
def results_picture(request: HttpRequest, year: int, place: str, part: str = "") -> HttpResponseBase:
    """The picture that goes with a shared link; drawn once for a publication, then kept."""
    if part:
        publication, found, shown = _part_at(year, place, part)
    else:
        publication, shown = _publication_at(year, place), None
        found = read(publication.content)
    where = _links(publication, None, shown).canonical
    key = hashlib.sha256(f"{publication.sha256}:{part}:{VERSION}:{public_address(where)}".encode()).hexdigest()
    unchanged = get_conditional_response(request, etag=_etag(key))
    if unchanged is not None:
        return _kept(unchanged, key)

    def draw() -> bytes:
        return render_share_picture(share_picture(found, shown, where))

    content = cache.get_or_set(f"share-picture:{key}", draw, PICTURES_KEPT)
    return _kept(HttpResponse(content, content_type="image/png"), key)


def _publication_at(year: int, place: str, version: int | None = None) -> Publication:
    now = clock.now()
    if version is None:
        found = selectors.current_at(year, place, now)
    else:
        found = next((one for one in selectors.versions_at(year, place, now) if one.version == version), None)
    if found is None:
        raise Http404
    return found


def _part_at(year: int, place: str, slug: str) -> tuple[Publication, Results, Part]:
    publication = _publication_at(year, place)
    found = read(publication.content)
    part = found.part(slug)
    if part is None:
        raise Http404
    return publication, found, part


def _links(publication: Publication, version: int | None, part: Part | None = None) -> Links:
    """Where the pages of a publication are; files of an older version are its own."""
    where: dict[str, Any] = {"year": publication.year, "place": publication.place_code}
    one = {"version": version} if version else {}
    kind = "_version" if version else ""
    here = {"part": part.slug} if part else {}
    return Links(
        place=reverse("results", kwargs=where),
        part=lambda each: reverse("results_part", kwargs=where | {"part": each.slug}),
        picture=reverse("results_part_picture" if part else "results_picture", kwargs=where | here),
        canonical=reverse("results_part" if part else f"results{kind}", kwargs=where | here | one),
        json=reverse(f"results_json{kind}", kwargs=where | one),
        csv=reverse(f"results_csv{kind}", kwargs=where | one),
    )


def _version(publication: Publication, zone: str) -> Version:
    where = {"year": publication.year, "place": publication.place_code, "version": publication.version}
    return Version(
        number=publication.version,
        when=wording.date_time(publication.visible_from, zone),
        reason=publication.reason,
        url=reverse("results_version", kwargs=where),
    )


def _listed(place: selectors.Place) -> dict[str, Any]:
    return {"place": place, "url": reverse("results", kwargs={"year": place.year, "place": place.code})}


def _listing(request: HttpRequest, context: dict[str, Any]) -> HttpResponseBase:
    with spoken(request) as language:
        context["languages"] = languages(request, language)
        context["canonical"] = public_address(request.path)
        return _sent(request, render(request, "judging/results/archive.html", context).content)


def _sent(request: HttpRequest, content: bytes, kind: str = "text/html; charset=utf-8") -> HttpResponseBase:
    """Answer with ``content``, or that it is unchanged, to any cache."""
    digest = hashlib.sha256(content).hexdigest()
    response = HttpResponse(content, content_type=kind)
    found = get_conditional_response(request, etag=_etag(digest), response=response)
    return _kept(found if found is not None else response, digest)


def _etag(digest: str) -> str:
    return f'"{digest[:32]}"'


def _kept(response: HttpResponseBase, digest: str) -> HttpResponseBase:
    response["ETag"] = _etag(digest)
    response["Cache-Control"] = CACHE
    return response


_PLACE = "<int:year>/<slug:place>/"

urlpatterns: list[URLPattern] = [
    path("", results_archive, name="results_archive"),
    path("<int:year>/", results_year, name="results_year"),
    path(_PLACE, results, name="results"),
    path(f"{_PLACE}hasil.json", results_json, name="results_json"),
    path(f"{_PLACE}hasil.csv", results_table, name="results_csv"),
    path(f"{_PLACE}gambar.png", results_picture, name="results_picture"),
    path(f"{_PLACE}v<int:version>/", results, name="results_version"),
    path(f"{_PLACE}v<int:version>/hasil.json", results_json, name="results_json_version"),
    path(f"{_PLACE}v<int:version>/hasil.csv", results_table, name="results_csv_version"),
    path(f"{_PLACE}<slug:part>/", results_part, name="results_part"),
    path(f"{_PLACE}<slug:part>/gambar.png", results_picture, name="results_part_picture"),
]
