"""The reveal as its presenter runs it: open a show, move it from a window of its own, end it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from judging.models import CeremonyShow
from judging.permissions.ceremony import can_prepare_ceremony, can_run_ceremony
from judging.selectors.ceremony_shows import presenter_state, presenter_steps, show_of
from judging.selectors.tabulations import canonical
from judging.services import ceremony_shows as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.check_code import grouped
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain
from paritrana.kernel.verdict import NotPermitted

from .acting import attempt, forbid_unless, person

KINDS = {
    "black": _("Black"),
    "opening": _("Opening"),
    "part": _("Heading"),
    "place": _("Winner"),
    "special": _("Recipient"),
    "all": _("All winners"),
    "closing": _("End"),
}


@require_POST
@round_page(can_prepare_ceremony)
def open_view(request: HttpRequest, round: Round) -> HttpResponse:
    """Open a rehearsal or the show that counts, anew or where an ended one stood, and go to its window."""
    resumes = _resumed(round, request.POST.get("lanjut", ""))
    is_rehearsal = resumes.is_rehearsal if resumes else request.POST.get("langkah") != "sungguhan"
    which: dict[str, Any] = {"round": round, "is_rehearsal": is_rehearsal, "resumes": resumes}
    try:
        show = services.open_show(**which, actor=person(request), at=clock.now())
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.facts["reason"]) from refusal
    except DomainError as error:
        messages.error(request, explain(error))
        return redirect(round_url("judging:ceremony", round))
    return redirect(round_url("judging:ceremony_show", round, code=show.code))


def _resumed(round: Round, code: str) -> CeremonyShow | None:
    if not code:
        return None
    found = show_of(round, code)
    if found is None:
        raise Http404
    return found


def step_words(step: dict[str, Any]) -> str:
    """Return what a step shows, without any name: its part, and its title or its kind."""
    if step["kind"] == "part":
        return str(step["heading"])
    return ", ".join(filter(None, (step["heading"], _titles(step) or str(KINDS[step["kind"]]))))


def _titles(step: dict[str, Any]) -> str:
    return ", ".join(dict.fromkeys(row["title"] for row in step["rows"] if row["title"]))


@require_safe
@round_page(can_prepare_ceremony)
def presenter(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """The presenter's window, with every step, every key and every note."""
    show = _found(request, round, code)
    steps = [_told(step) for step in presenter_steps(show)]
    context = {
        "round": round,
        "show": show,
        "steps": steps,
        "state": canonical(presenter_state(show, at=clock.now())),
        "screen_url": reverse("screen", kwargs={"code": grouped(show.code)}),
        "screen_address": request.build_absolute_uri(reverse("screen", kwargs={"code": grouped(show.code)})),
        "is_safe": request.is_secure() or request.get_host().partition(":")[0] in {"localhost", "127.0.0.1"},
    }
    return render(request, "judging/ceremony/presenter.html", context)


def _told(step: dict[str, Any]) -> dict[str, Any]:
    """A step in the words of the list and beside the screen: ``what`` it shows, each row with its note."""
    pairs = [{"shown": row, "note": note} for row, note in zip(step["rows"], step["notes"], strict=True)]
    what = step["heading"] if step["kind"] == "part" else _titles(step) if step["kind"] == "place" else ""
    return step | {"label": KINDS[step["kind"]], "what": what, "pairs": pairs}


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(can_prepare_ceremony)
def state(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """Where the show stands, as plain data; posting moves it. A refusal is a 409 with where it stands."""
    show, at, status = _found(request, round, code), clock.now(), 200
    if request.method == "POST":
        try:
            asked = {name: int(request.POST.get(name, "")) for name in ("langkah", "gelap", "giliran")}
        except ValueError:
            return JsonResponse({}, status=400)
        if not all(0 <= value < 2**31 - 1 for value in asked.values()):
            return JsonResponse({}, status=400)
        moved: dict[str, Any] = {"step": asked["langkah"], "is_blank": bool(asked["gelap"]), "turn": asked["giliran"]}
        try:
            services.move_show(show=show, **moved, actor=person(request), at=at)
        except NotPermitted as refusal:
            raise PermissionDenied(refusal.facts["reason"]) from refusal
        except DomainError:
            status = 409
        show = _found(request, round, code)
    return JsonResponse(presenter_state(show, at=at), status=status)


@require_POST
@round_page(can_prepare_ceremony)
def end(request: HttpRequest, round: Round, code: str) -> HttpResponse:
    """End the show."""
    show = _found(request, round, code)
    told = _("The show has ended; its screen is black.")
    attempt(request, told, services.end_show, show=show, actor=person(request), at=clock.now())
    return redirect(round_url("judging:ceremony", round))


def _found(request: HttpRequest, round: Round, code: str) -> CeremonyShow:
    """Return the show; the one that counts tells names and is for those who may run it."""
    show = show_of(round, code)
    if show is None:
        raise Http404
    if not show.is_rehearsal:
        forbid_unless(can_run_ceremony(person(request), round))
    return show


urlpatterns = [
    path("acara/tayangan/", open_view, name="open_show"),
    path("acara/tayangan/<slug:code>/", presenter, name="ceremony_show"),
    path("acara/tayangan/<slug:code>/keadaan/", state, name="ceremony_show_state"),
    path("acara/tayangan/<slug:code>/selesai/", end, name="end_show"),
]
