"""The list of a round's nominees."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from nominees.models import Nomination, Round, Status
from nominees.permissions import can_import_nominees, can_see_nominees
from nominees.selectors.nominations import listed, status_counts
from paritrana.kernel import phrases

from .access import round_page
from .forms import NomineeFilter
from .parts import TONES, address, place_of, status_badge

PAGE_SIZE = 50


@round_page(can_see_nominees)
def nominee_list(request: HttpRequest, round: Round) -> HttpResponse:
    """Show the nominees that the filters leave."""
    form = NomineeFilter(request.GET, round=round)
    page = Paginator(listed(round, **form.chosen()), PAGE_SIZE).get_page(request.GET.get("page"))
    may_import = bool(can_import_nominees(request.user, round))  # type: ignore[arg-type]
    context = {
        "round": round,
        "form": form,
        "page_obj": page,
        "stats": _stats(round),
        "columns": [{"label": label} for label in (phrases.NOMINEE, _("Number"), phrases.CATEGORY, phrases.STATUS)],
        "rows": [_row(round, nomination) for nomination in page],
        "actions": _actions(round) if may_import else [],
        "empty": _empty(round, may_import=may_import, filtered=bool(request.GET)),
    }
    return render(request, "nominees/list.html", context)


def _row(round: Round, nomination: Nomination) -> list[dict[str, Any]]:
    return [
        {
            "text": nomination.nominee.name,
            "url": address("nominees:detail", round, number=nomination.number),
            "note": place_of(nomination),
        },
        {"text": nomination.number},
        {"text": nomination.category.name},
        {**status_badge(nomination), "note": nomination.status_reason},
    ]


def _stats(round: Round) -> list[dict[str, Any]]:
    """Return one number per status that occurs, each leading to its list."""
    counts = status_counts(round)
    here = address("nominees:list", round)
    return [
        {"label": status.label, "value": counts[status], "tone": TONES[status][0], "url": f"{here}?status={status}"}
        for status in Status
        if counts.get(status)
    ]


def _actions(round: Round) -> list[dict[str, Any]]:
    """Two ways in, open in the same state to the same people: many at once, or one."""
    return [
        {"url": address("nominees:add", round), "label": _("Add a nominee"), "icon": "plus"},
        {"url": address("nominees:import", round), "label": _("Import nominees"), "icon": "upload", "primary": True},
    ]


def _empty(round: Round, *, may_import: bool, filtered: bool) -> dict[str, Any]:
    if filtered:
        url, label = address("nominees:list", round), _("Show all nominees")
        return {"title": _("No nominee fits these filters."), "url": url, "url_label": label}
    empty: dict[str, Any] = {"title": _("There are no nominees yet."), "icon": "users"}
    if may_import:
        empty |= {"url": address("nominees:import", round), "url_label": _("Import nominees")}
    return empty
