"""Addresses of calendars: each member's own, and for the secretariat those of nominees and rooms.

The address itself is public: calendars cannot sign in, so whoever has the key reads what it opens.
"""

import re
from hashlib import sha256
from typing import Any
from urllib.parse import quote

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from judging.core.whatsapp import whatsapp_link
from judging.documents.calendar import InterviewCalendar, invitation_text, render_calendar
from judging.documents.certificate import qr_svg
from judging.models import CalendarFeed, Room
from judging.permissions import can_see_calendars, can_see_setup
from judging.permissions.base import SECRETARIAT
from judging.selectors.calendar_feeds import calendar_of, feed_of, open_feed_at, open_feeds, single_calendar
from judging.selectors.panels import seating_of
from judging.selectors.schedule_material import met_nominations
from judging.services import calendar_feeds as services
from nominees.models import Nomination, Round
from nominees.permissions import has_role
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording

from .acting import attempt, person
from .downloads import HEADERS
from .throttling import throttled

KEY = re.compile(r"[A-Za-z0-9_-]{43}")
CALENDAR = "text/calendar; charset=utf-8"
ON_A_PAGE = 50
#: Calendars of many people may ask from one address of their provider.
PER_MINUTE = 120


@require_safe
@throttled("calendar", per_minute=PER_MINUTE)
def calendar_feed(request: HttpRequest, key: str) -> HttpResponse:
    """The calendar under ``key``, for anybody who has it; one that was revoked is like one that never was."""
    feed = open_feed_at(key) if KEY.fullmatch(key) else None
    if feed is None:
        raise Http404
    content = render_calendar(calendar_of(feed))
    etag = f'"{sha256(content).hexdigest()[:32]}"'
    headers = {"Cache-Control": "private", "ETag": etag, "X-Content-Type-Options": "nosniff"}
    response = HttpResponse(content, content_type=CALENDAR, headers=headers)
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


@require_safe
@round_page(can_see_setup)
def interview_file(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """One released interview as a file for any calendar."""
    found = single_calendar(round, number)
    if found is None:
        raise Http404
    return _file(found, f"wawancara-{round.scope.replace('/', '-')}-{number}.ics")


def _file(calendar: InterviewCalendar, name: str) -> HttpResponse:
    response = HttpResponse(render_calendar(calendar), content_type=CALENDAR, headers=HEADERS)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@round_page(can_see_calendars)
def calendars(request: HttpRequest, round: Round) -> HttpResponse:
    """The own calendar of a member; for the secretariat those of rooms and nominees, ``?halaman=`` of them."""
    if request.method == "POST":
        return _posted(request, round)
    seating = _seating(request, round)
    own = feed_of(seating) if seating else None
    is_secretariat = bool(has_role(person(request), round, *SECRETARIAT))
    pages = Paginator(met_nominations(round).select_related("contact").order_by("number"), ON_A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    feeds = list(open_feeds(round)) if is_secretariat else []
    context = {
        "round": round,
        "seating": seating,
        "own": _shared(request, own) | {"qr": qr_svg(_webcal(request, own))} if own else None,
        "is_secretariat": is_secretariat,
        "rooms": [_room(request, one, feeds) for one in Room.objects.filter(round=round)] if is_secretariat else [],
        "nominees": [_nominee(request, round, one, feeds) for one in page] if is_secretariat else [],
        "page_obj": page,
        "breadcrumbs": [{"url": round_url("judging:schedule", round), "label": _("Interview schedule")}],
    }
    return render(request, "judging/calendars/calendars.html", context)


def _posted(request: HttpRequest, round: Round) -> HttpResponse:
    """``langkah`` makes, renews or revokes the address of ``siapa``: ``saya``, ``ruang-<id>``, ``nomine-<nr>``."""
    whose = _whose(request, round)
    step, whom = request.POST.get("langkah"), {"actor": person(request), "at": clock.now()}
    feed = feed_of(whose)
    if step == "buat":
        attempt(request, _("The address is ready."), services.open_calendar, whose=whose, **whom)
    elif step == "baru" and feed:
        attempt(request, _("There is a new address; the old one ended."), services.renew_calendar, feed=feed, **whom)
    elif step == "cabut" and feed:
        attempt(request, _("The address ended."), services.revoke_calendar, feed=feed, **whom)
    elif step not in ("baru", "cabut"):
        raise Http404
    page = request.POST.get("halaman", "")
    query = f"?page={page}" if page.isdecimal() else ""
    return redirect(f"{round_url('judging:calendars', round)}{query}#{quote(request.POST.get('siapa', ''))}")


def _whose(request: HttpRequest, round: Round) -> Any:
    kind, _dash, number = request.POST.get("siapa", "").partition("-")
    if kind == "saya" and (seating := _seating(request, round)):
        return seating
    if not (number.isascii() and number.isdecimal()) or len(number) > 9:
        raise Http404
    if kind == "ruang":
        return get_object_or_404(Room, round=round, pk=number)
    if kind == "nomine":
        return get_object_or_404(Nomination.objects.select_related("nominee"), round=round, number=number)
    raise Http404


def _seating(request: HttpRequest, round: Round) -> Any:
    return seating_of(person(request), round, wording.local_day(clock.now(), round.time_zone))


def _address(request: HttpRequest, feed: CalendarFeed) -> str:
    return request.build_absolute_uri(reverse("calendar_feed", kwargs={"key": feed.key}))


def _webcal(request: HttpRequest, feed: CalendarFeed) -> str:
    """The same address as telephones know it: to subscribe to, not to download once."""
    return re.sub(r"^https?:", "webcal:", _address(request, feed))


def _shared(request: HttpRequest, feed: CalendarFeed) -> dict[str, Any]:
    return {"address": _address(request, feed), "webcal": _webcal(request, feed)}


def _room(request: HttpRequest, room: Room, feeds: list[CalendarFeed]) -> dict[str, Any]:
    feed = next((one for one in feeds if one.room_id == room.pk), None)
    return {"whose": f"ruang-{room.pk}", "name": str(room), "feed": _shared(request, feed) if feed else None}


def _nominee(request: HttpRequest, round: Round, nomination: Nomination, feeds: list[CalendarFeed]) -> dict[str, Any]:
    feed = next((one for one in feeds if one.nomination_id == nomination.pk), None)
    shared = _shared(request, feed) | _message(request, round, nomination, feed) if feed else None
    return {
        "whose": f"nomine-{nomination.number}",
        "name": f"{nomination.number}. {nomination.nominee.name}",
        "note": nomination.category.name,
        "feed": shared,
    }


def _message(request: HttpRequest, round: Round, nomination: Nomination, feed: CalendarFeed) -> dict[str, str]:
    """What is sent to the nominee, ready for WhatsApp and for mail."""
    contact = getattr(nomination, "contact", None)
    title = round.edition.name
    text = invitation_text(title=title, nominee=nomination.nominee.name, address=_address(request, feed))
    subject = f"Jadwal wawancara {title}"
    email = contact.email if contact else ""
    return {
        "text": text,
        "chat": whatsapp_link(contact.phone if contact else "", text),
        "mail": f"mailto:{quote(email)}?subject={quote(subject)}&body={quote(text)}",
    }


urlpatterns = [
    path("kalender/", calendars, name="calendars"),
    path("jadwal/<int:number>/wawancara.ics", interview_file, name="interview_file"),
]
