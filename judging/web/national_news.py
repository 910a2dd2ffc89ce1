"""How a province's winners fare in the national round, once it is announced."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from judging.permissions.national import can_see_national_news
from judging.selectors.national_news import News, national_news
from judging.selectors.results import results_url
from nominees.models import Round
from nominees.web.access import round_page
from paritrana.kernel import clock, phrases
from paritrana.kernel.wording import long_date

COLUMNS = [{"label": phrases.NOMINEE}, {"label": phrases.CATEGORY}, {"label": _("Result")}]


@require_safe
@round_page(can_see_national_news)
def news(request: HttpRequest, round: Round) -> HttpResponse:
    """Who arrived, when the national stages are, and after the announcement what each reached."""
    at = clock.now()
    found = national_news(round, at)
    national = found.national
    context = {
        "round": round,
        "facts": _stages(national) if national else [],
        "columns": COLUMNS,
        "rows": [_row(one, is_public=found.is_public) for one in found.rows],
        "empty": {"title": _("Nobody of this province is in the national round yet"), "text": ""},
        "results_url": results_url(national, at) if national else "",
    }
    return render(request, "judging/national_news/news.html", context)


def _stages(national: Round) -> list[dict[str, Any]]:
    days = [day for day in (national.interviews_from, national.interviews_until) if day]
    return [
        {"label": _("National interviews"), "value": " – ".join(long_date(day) for day in days) or "–"},
        {"label": phrases.CEREMONY, "value": long_date(national.ceremony_on) if national.ceremony_on else "–"},
    ]


def _row(one: News, *, is_public: bool) -> list[dict[str, Any]]:
    result: dict[str, Any] = {"text": _("Received"), "tone": "info", "icon": "circle-check"}
    if is_public:
        result = {"text": _("No title"), "tone": "neutral", "icon": "circle-dashed"}
    if one.title or one.of_pools:
        result = {"text": one.title or one.of_pools[0], "tone": "success", "icon": "trophy"}
        result["note"] = "; ".join(one.of_pools if one.title else one.of_pools[1:])
    return [{"text": str(one.nomination)}, {"text": one.nomination.category.name}, result]


urlpatterns = [path("kabar-nasional/", news, name="national_news")]
