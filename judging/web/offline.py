"""What a member's device fetches to work without network: which pages to keep, how the own sheets stand, a token."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from judging.permissions import can_score, can_see_own_sheets
from judging.selectors.provisions import own_provisions
from judging.selectors.sheets import DayRow
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording
from paritrana.kernel.device import device_name
from paritrana.kernel.release import release

from .sheet_answers import short

#: A page asked for with this header is kept on the device and shows nothing that is not needed there.
KEEPING = "X-Paritrana-Simpan"


def is_for_keeping(request: HttpRequest) -> bool:
    """Whether the page is fetched to be kept on the device (header, or ``?luring=1``) rather than to be read now."""
    return request.headers.get(KEEPING) == "1" or request.GET.get("luring") == "1"


def reduced(request: HttpRequest) -> dict[str, Any]:
    """Return what a kept page shows otherwise: no message, which would be gone before anybody read it."""
    return {"messages": ()} if is_for_keeping(request) else {}


@require_safe
@never_cache
def provisions(request: HttpRequest, year: int, scope: str) -> HttpResponseBase:
    """Facts for the script that prepares and sends; signed out is 401, because a script follows no redirect."""
    if not request.user.is_authenticated:
        return JsonResponse({"code": "signed_out"}, status=401)
    return _provisions(request, year, scope)


@round_page(can_see_own_sheets)
def _provisions(request: HttpRequest, round: Round) -> JsonResponse:
    user: Any = request.user
    at = clock.now()
    rows, receipts, ruled = own_provisions(user=user, round=round, at=at)
    may_score = bool(can_score(user, round))
    sheets = [_sheet(row, round) for row in rows]
    for row, facts in zip(rows, sheets, strict=True):
        receipt = receipts.get(row.nomination.pk)
        facts["may_write"] = may_score and row.is_todo and row.nomination.category_id in ruled
        facts["receipt"] = short(receipt) if receipt else None
    day = round_url("judging:my_day", round)
    kept = [row for row, facts in zip(rows, sheets, strict=True) if facts["may_write"]]
    answer = {
        "member": device_name(user.pk),
        "token": get_token(request),
        "day": day,
        "pages": _pages(day, kept, round, wording.local_day(at, round.time_zone)),
        "sheets": sheets,
        "version": release(),
    }
    return JsonResponse(answer)


def _sheet(row: DayRow, round: Round) -> dict[str, Any]:
    number = row.nomination.number
    return {
        "number": number,
        "path": round_url("judging:sheet", round, number=number),
        "review": round_url("judging:sheet_review", round, number=number),
        "nominee": str(row.nomination),
        "revision": row.revision,
        "state": row.cell.value,
        "is_closed": row.is_closed,
    }


def _pages(day: str, kept: Sequence[DayRow], round: Round, today: date) -> list[str]:
    """Return the addresses to keep, what is needed first before the rest: the network may fail on the way."""
    days = sorted({row.day for row in kept if row.day}, key=lambda one: (one < today, one))
    lists = [day, f"{day}?hari=semua", *(f"{day}?hari={one:%Y-%m-%d}" for one in days)]
    nearest = sorted(kept, key=lambda row: (row.day is None, row.day is not None and row.day < today, row.day or today))
    return [*lists, *(round_url("judging:sheet", round, number=row.nomination.number) for row in nearest)]


urlpatterns = [path("wawancara/bekal.json", provisions, name="provisions")]
