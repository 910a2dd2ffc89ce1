"""What the board's script asks and does: what a place would break, moving, undoing, locking. All answer JSON.

``{"done": true, "said", "html"}``: it was done, and this is the board now. ``{"ask": {…}}``: only on a person's word.
422 ``{"refused": [sentences]}``. 409 ``{"changed": sentence, "html"}``: somebody was faster, nothing was done.
Undoing and locking are plain forms too: without a script they lead back to the board with a message.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from judging.core.scheduling.problem import Severity
from judging.models import Interview, Room, Seat
from judging.permissions import can_schedule
from judging.selectors.schedule import NamedViolation
from judging.selectors.schedule_acts import change_numbered
from judging.selectors.schedule_probe import Ground, Probe, ground_of, probe
from judging.services import schedule as services
from judging.services.schedule_locks import lock_interviews
from judging.services.schedule_plan import undo_change
from nominees.models import Nomination, Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence
from paritrana.kernel.verdict import NotPermitted

from .acting import person
from .schedule_board import day_of, rendered
from .schedule_board_forms import LockForm, PlaceForm
from .schedule_board_wording import probe_facts, seats_sentence, where
from .sheet_answers import wants_json


@require_POST
@round_page(can_schedule)
def probed(request: HttpRequest, round: Round) -> HttpResponse:
    """What would be broken, who would sit and what it would cost, if the card were dropped there."""
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Http404
    _, found = _probe(round, form)
    return JsonResponse(probe_facts(found, round))


@require_POST
@round_page(can_schedule)
def moved(request: HttpRequest, round: Round) -> HttpResponse:
    """Place, move or take off the interview of a nominee, as its card was dropped."""
    if request.POST.get("to") == "lepas":
        return _answer(request, round, lambda: _taken_off(request, round))
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Http404
    ground, found = _probe(round, form)
    if (ground.now.version if ground.now else 0) != (form.cleaned_data["version"] or 0):
        raised = services.InterviewChangedMeanwhile(nominee=str(ground.nomination))
        return _told(request, round, raised, request.POST.get("hari", ""))
    asked = _question(found, form, is_new=ground.now is None)
    if asked is not None:
        return asked
    return _answer(request, round, lambda: _placed(request, round, found, form))


@require_POST
@round_page(can_schedule)
def undone(request: HttpRequest, round: Round) -> HttpResponse:
    """Take back the act with the posted number."""
    change = change_numbered(round, _number(request.POST.get("number", "")))
    if change is None:
        raise Http404
    confirmed = request.POST.getlist("confirmed")

    def act() -> str:
        undo_change(change=change, actor=person(request), at=clock.now(), confirmed=confirmed)
        return _("Undone.")

    return _answer(request, round, act)


@require_POST
@round_page(can_schedule)
def locked(request: HttpRequest, round: Round) -> HttpResponse:
    """Lock or unlock one interview (``number``), or those of a day, of one room or of all."""
    is_locked = request.POST.get("langkah") == "kunci"
    whom: dict[str, Any] = {"is_locked": is_locked, "actor": person(request), "at": clock.now()}
    said = _("Interview locked.") if is_locked else _("Interview unlocked.")

    def one() -> str:
        interview, version = _interview(request, round)
        services.lock_interview(interview=interview, expected_version=version, **whom)
        return said

    def many() -> str:
        form = LockForm(request.POST, round=round)
        if not form.is_valid():
            raise Http404
        number = lock_interviews(round=round, day=form.cleaned_data["day"], room=form.cleaned_data["room"], **whom)
        facts = {"number": number}
        return (_("%(number)s interviews locked.") if is_locked else _("%(number)s interviews unlocked.")) % facts

    return _answer(request, round, one if "number" in request.POST else many)


def _probe(round: Round, form: PlaceForm) -> tuple[Ground, Probe]:
    given = form.cleaned_data
    nomination = get_object_or_404(Nomination, round=round, number=given["number"])
    room = get_object_or_404(Room, round=round, pk=given["room"])
    ground = ground_of(round, nomination)
    return ground, probe(ground, room, given["day"], given["start"], given["seats"] or None)


def _question(found: Probe, form: PlaceForm, *, is_new: bool) -> HttpResponse | None:
    """Return what stands in the way or is to be asked first; ``None``: nothing."""
    given = form.cleaned_data
    forbidden = [one for one in found.violations if one.severity is Severity.FORBIDDEN]
    if forbidden:
        return _refused(_sentences(forbidden))
    doubtful = [one for one in found.violations if one.severity is Severity.CONFIRM]
    is_open = any(one.code not in given["confirmed"] for one in doubtful)
    seats = "" if is_new or given["seats"] else seats_sentence(found)
    return _ask(doubtful, seats, found) if is_open or seats else None


def _ask(doubtful: Iterable[NamedViolation], seats: str, found: Probe) -> HttpResponse:
    asked = {
        "where": f"{found.nomination}: {where(found, found.nomination.round)}",
        "lines": [*_sentences(doubtful), *([seats] if seats else [])],
        "confirmed": sorted({one.code for one in doubtful}),
        "seats": list(found.seats),
    }
    return JsonResponse({"ask": asked})


def _placed(request: HttpRequest, round: Round, found: Probe, form: PlaceForm) -> str:
    given = form.cleaned_data
    told: dict[str, Any] = {
        "room": found.room,
        "starts_at": found.starts_at,
        "ends_at": found.ends_at,
        "seats": list(Seat.objects.filter(round=round, pk__in=found.seats)),
        "confirmed": given["confirmed"],
        "actor": person(request),
        "at": clock.now(),
    }
    if given["version"]:
        interview, version = _interview(request, round)
        services.move_interview(interview=interview, expected_version=version, **told)
    else:
        services.place_interview(nomination=found.nomination, **told)
    return f"{found.nomination}: {where(found, round)}"


def _taken_off(request: HttpRequest, round: Round) -> str:
    interview, version = _interview(request, round)
    services.cancel_interview(interview=interview, expected_version=version, actor=person(request), at=clock.now())
    return _("Interview cancelled.")


def _interview(request: HttpRequest, round: Round) -> tuple[Interview, int]:
    """Return the interview that was posted and the version that was seen; one that is gone has changed meanwhile."""
    nomination = get_object_or_404(
        Nomination.objects.select_related("nominee"), round=round, number=_number(request.POST.get("number", ""))
    )
    found = Interview.objects.filter(nomination=nomination).select_related("nomination__nominee", "room").first()
    if found is None:
        raise services.InterviewChangedMeanwhile(nominee=str(nomination))
    return found, _number(request.POST.get("version", ""))


def _answer(request: HttpRequest, round: Round, act: Callable[[], str]) -> HttpResponse:
    """Do ``act`` and tell how it went, as facts or, without a script, on the board."""
    day = request.POST.get("hari", "")
    try:
        said = act()
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.facts["reason"]) from refusal
    except DomainError as error:
        return _told(request, round, error, day)
    if wants_json(request):
        html = rendered(request, round, day, request.POST.get("kategori", ""))
        return JsonResponse({"done": True, "said": said, "html": html})
    messages.success(request, said)
    return _back(round, day)


def _told(request: HttpRequest, round: Round, error: DomainError, day: str) -> HttpResponse:
    violations = error.facts.get("violations", ())
    lines = _sentences(violations) or [explain(error)]
    if not wants_json(request):
        for line in lines:
            messages.error(request, line)
        return _back(round, day)
    if isinstance(error, services.InterviewNeedsConfirmation):
        codes = sorted({one.code for one in violations})
        return JsonResponse({"ask": {"where": explain(error), "lines": lines, "confirmed": codes, "seats": []}})
    if isinstance(error, services.InterviewChangedMeanwhile):
        html = rendered(request, round, day, request.POST.get("kategori", ""))
        return JsonResponse({"changed": lines[0], "html": html}, status=409)
    return _refused(lines)


def _refused(lines: list[str]) -> HttpResponse:
    return JsonResponse({"refused": lines}, status=422)


def _sentences(violations: Iterable[NamedViolation]) -> list[str]:
    return [sentence(one.code, one.facts) for one in violations]


def _back(round: Round, day: str) -> HttpResponse:
    shown = day_of(day)
    return redirect(round_url("judging:schedule_board", round) + (f"?hari={shown.isoformat()}" if shown else ""))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 9 else 0


urlpatterns = [
    path("jadwal/papan/periksa/", probed, name="schedule_board_probe"),
    path("jadwal/papan/pindah/", moved, name="schedule_board_move"),
    path("jadwal/papan/urungkan/", undone, name="schedule_board_undo"),
    path("jadwal/papan/kunci/", locked, name="schedule_board_lock"),
]
