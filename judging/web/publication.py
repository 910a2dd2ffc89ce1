"""What the public reads of a result: what is told and from when, a preview, and the versions that were published."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from judging.core.publication import Part, Results
from judging.documents.share_picture import render_share_picture
from judging.models import Publication
from judging.permissions import publication as permissions
from judging.selectors import publication as selectors
from judging.selectors.results import results_url, visible
from judging.services.publication import publish, save_publication_rules
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases
from paritrana.kernel.wording import date_time

from .acting import attempt, forbid_unless, person
from .publication_form import PublicationForm, PublishForm, initial_of
from .results_page import Links, public_address, result_page, share_picture

COLUMNS = [{"label": label} for label in (_("Version"), _("Published"), _("Seen from"), phrases.REASON, "SHA-256")]


@round_page(permissions.can_see_publication)
def publication(request: HttpRequest, round: Round) -> HttpResponse:
    """What is set and what was published; posting sets what the next version tells."""
    may_set = permissions.can_set_publication(person(request), round)
    rules = selectors.rules_of(round)
    form = PublicationForm(request.POST or None, initial=initial_of(rules, round), zone=round.zone)
    if request.method == "POST":
        forbid_unless(may_set)
        if form.is_valid() and _saved(request, round, form):
            return redirect(round_url("judging:publication", round))
    published = list(selectors.publications_of(round))
    context = {
        "form": form if may_set else None,
        "columns": COLUMNS,
        "rows": [_row(one, round) for one in published],
        "empty": {"title": _("Nothing has been published yet"), "text": _("The announcement publishes version 1.")},
        **_state(request, round, published),
    }
    return render(request, "judging/publication/page.html", context)


def _saved(request: HttpRequest, round: Round, form: PublicationForm) -> bool:
    return attempt(
        request,
        _("Saved. What was published before stays as it is."),
        save_publication_rules,
        round=round,
        **form.values(),
        actor=person(request),
        at=clock.now(),
    )


def _state(request: HttpRequest, round: Round, published: list[Publication]) -> dict[str, Any]:
    """What the public sees now, and whether a new version would tell anything else."""
    now = clock.now()
    last = published[0] if published else None
    url = results_url(round, now)
    may_publish = bool(permissions.can_publish(person(request), round))
    waiting = last if last and last.visible_from > now else None
    return {
        "public_url": url,
        "public_address": public_address(url) if url else "",
        "seen": visible(now).filter(round=round).order_by("-version").first() if url else None,
        "waiting_until": date_time(waiting.visible_from, round.time_zone) if waiting else "",
        "is_announced": round.state in (State.ANNOUNCED, State.CLOSED),
        "may_preview": bool(permissions.can_preview_publication(person(request), round)),
        "publish_form": PublishForm(is_first=last is None) if may_publish else None,
        "next_version": (last.version if last else 0) + 1,
        "differs": may_publish and (last is None or waiting is not None or selectors.differs(round, last)),
    }


def _row(one: Publication, round: Round) -> list[dict[str, Any]]:
    return [
        {"text": str(one.version)},
        {"text": date_time(one.published_at, round.time_zone), "note": str(one.published_by)},
        {"text": date_time(one.visible_from, round.time_zone)},
        {"text": one.reason or "–"},
        {"text": one.sha256[:16]},
    ]


@require_POST
@round_page(permissions.can_publish)
def publish_again(request: HttpRequest, round: Round) -> HttpResponse:
    """Publish what the round tells by now as the next version."""
    attempt(
        request,
        _("The new version is published."),
        publish,
        round=round,
        reason=request.POST.get("reason", "")[:300],
        actor=person(request),
        at=clock.now(),
    )
    return redirect(round_url("judging:publication", round))


@require_safe
@round_page(permissions.can_preview_publication)
def preview(request: HttpRequest, round: Round, part: str = "") -> HttpResponse:
    """The public page, or one category of it, as it would read now."""
    results, shown = _previewed(round, part)
    name = "judging:publication_preview_part"
    picture = f"{name}_picture" if part else "judging:publication_preview_picture"
    links = Links(
        place=round_url("judging:publication_preview", round),
        part=lambda one: round_url(name, round, part=one.slug),
        picture=round_url(picture, round, **({"part": part} if part else {})),
    )
    return result_page(request, results, links, part=shown)


@require_safe
@round_page(permissions.can_preview_publication)
def preview_picture(request: HttpRequest, round: Round, part: str = "") -> HttpResponseBase:
    """The picture to share, as it would look now."""
    results, shown = _previewed(round, part)
    content = render_share_picture(share_picture(results, shown, request.path))
    return HttpResponse(content, content_type="image/png")


def _previewed(round: Round, slug: str) -> tuple[Results, Part | None]:
    results = selectors.results_of(round, selectors.rules_of(round))
    part = results.part(slug) if results and slug else None
    if results is None or (slug and part is None):
        raise Http404
    return results, part


_PREVIEW = "publikasi/pratinjau/"

urlpatterns: list[URLPattern] = [
    path("publikasi/", publication, name="publication"),
    path("publikasi/terbitkan/", publish_again, name="publish"),
    path(_PREVIEW, preview, name="publication_preview"),
    path(f"{_PREVIEW}gambar.png", preview_picture, name="publication_preview_picture"),
    path(f"{_PREVIEW}<slug:part>/", preview, name="publication_preview_part"),
    path(f"{_PREVIEW}<slug:part>/gambar.png", preview_picture, name="publication_preview_part_picture"),
]
