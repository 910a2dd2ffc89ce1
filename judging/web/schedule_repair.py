"""Something happened: what it was is written down, what is broken now is told, and two ways lead on."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.messages.schedule_material import RULES
from judging.models import Interview, RunKind
from judging.permissions import can_schedule
from judging.selectors.schedule import NamedViolation
from judging.selectors.schedule_broken import Broken, broken_of
from judging.services import schedule_happened as services
from judging.services.schedule_runs import start_run
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence
from paritrana.kernel.verdict import NotPermitted

from .acting import attempt, person
from .schedule_material import crumbs
from .schedule_repair_forms import (
    HappenedForm,
    MemberAwayForm,
    NomineeAwayForm,
    OverrunForm,
    RepairForm,
    RoomLostForm,
    WithdrawalForm,
)


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that can happen: its words, its form, and the service that writes it down."""

    title: Promise
    icon: str
    form: type[HappenedForm]
    act: Callable[..., object]


#: By the word in the address.
HAPPENINGS = {
    "nomine": Happening(
        gettext_lazy("A nominee cannot come then"), "clock", NomineeAwayForm, services.nominee_cannot_come
    ),
    "mundur": Happening(
        gettext_lazy("A nominee does not come at all"), "user-off", WithdrawalForm, services.nominee_withdraws
    ),
    "anggota": Happening(gettext_lazy("A member cannot come"), "users", MemberAwayForm, services.member_is_away),
    "ruang": Happening(gettext_lazy("A room is lost"), "building", RoomLostForm, services.room_is_lost),
    "lama": Happening(gettext_lazy("An interview takes longer"), "hourglass", OverrunForm, services.interview_overruns),
}


@round_page(can_schedule)
def repair(request: HttpRequest, round: Round) -> HttpResponse:
    """What happened (``?apa=``), what does not hold now, and how it is set right."""
    word = request.GET.get("apa", "")
    if word and word not in HAPPENINGS:
        raise Http404
    step = request.POST.get("langkah", "")
    mend = RepairForm(request.POST if step == "perbaiki" else None)
    form = None
    if word:
        form = HAPPENINGS[word].form(
            request.POST if step == "catat" else None, round=round, initial=_initial(request, round)
        )
    if request.method == "POST":
        answer = _started(request, round, mend) if step == "perbaiki" else _written(request, round, word, form)
        if answer is not None:
            return answer
    found = broken_of(round, at=clock.now())
    context = {
        "round": round,
        "happenings": [_link(key, one, round) for key, one in HAPPENINGS.items()] if form is None else [],
        "others": _others(round) if form is None else [],
        "happening": HAPPENINGS[word] if form is not None else None,
        "form": form,
        "mend": mend,
        "rules": _by_rule(found, round),
        "unplaced": [_unplaced(one, round) for one in found.unplaced],
        "is_whole": not found.violations and not found.unplaced,
        "breadcrumbs": crumbs(round, with_material=False),
        "here": round_url("judging:schedule_repair", round),
        "board": round_url("judging:schedule_board", round),
    }
    return render(request, "judging/schedule_repair/repair.html", context)


def _initial(request: HttpRequest, round: Round) -> dict[str, Any]:
    """Whom it is about, where the address says so: ``nomor`` of the nomination."""
    number = request.GET.get("nomor", "")
    if not number.isdecimal() or len(number) > 9:
        return {}
    interview = Interview.objects.filter(round=round, nomination__number=int(number)).first()
    nomination = round.nominations.filter(number=int(number)).first()
    return {"nomination": nomination, "interview": interview}


def _written(request: HttpRequest, round: Round, word: str, form: HappenedForm | None) -> HttpResponse | None:
    """Write down what happened; ``None``: there is something to mend in the form."""
    if form is None:
        raise Http404
    if not form.is_valid():
        return None
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    told = _("Written down. Below is what does not hold any more.")
    done = attempt(request, told, HAPPENINGS[word].act, **form.fact(), **whom)
    return redirect(round_url("judging:schedule_repair", round)) if done else None


def _started(request: HttpRequest, round: Round, form: RepairForm) -> HttpResponse | None:
    """Let the fewest changes be looked for; ``None``: it was refused, and that is told."""
    if not form.is_valid():
        return None
    asked = form.cleaned_data
    try:
        run = start_run(
            round=round,
            kind=RunKind.REPAIR,
            seconds=asked["seconds"],
            seed=0,
            options={"keep_today": asked["keep_today"]},
            actor=person(request),
            at=clock.now(),
        )
    except NotPermitted as refusal:
        raise PermissionDenied(refusal.facts["reason"]) from refusal
    except DomainError as error:
        messages.error(request, explain(error))
        return None
    return redirect(round_url("judging:schedule_run", round, number=run.number))


def _link(word: str, one: Happening, round: Round) -> dict[str, Any]:
    return {"title": one.title, "icon": one.icon, "url": f"{round_url('judging:schedule_repair', round)}?apa={word}"}


def _others(round: Round) -> list[dict[str, str]]:
    """What is written down on pages of its own."""
    return [
        {"title": _("Somebody else holds a seat"), "url": round_url("judging:panel", round)},
        {"title": _("Somebody comes for several nominees"), "url": round_url("judging:schedule_nominees", round)},
        {"title": _("Anything else"), "url": round_url("judging:schedule_material", round)},
    ]


def _by_rule(found: Broken, round: Round) -> list[dict[str, Any]]:
    """What does not hold by rule, each with the interviews to mend by hand."""
    rules: dict[str, list[dict[str, Any]]] = {}
    for one in found.violations:
        told = {"text": sentence(one.code, one.facts), "links": _links(one, found, round)}
        rules.setdefault(one.code, []).append(told)
    return [{"title": RULES.get(code, ""), "rows": rows} for code, rows in rules.items()]


def _links(one: NamedViolation, found: Broken, round: Round) -> list[dict[str, str]]:
    """Pages of the interviews concerned that can still be changed, at most two: a full day has many."""
    concerned = [found.ahead[pk] for pk in one.nominations if pk in found.ahead]
    return [
        {
            "url": round_url("judging:why_not", round, number=nomination.number),
            "text": _("Another place for %(nominee)s") % {"nominee": nomination},
        }
        for nomination in concerned[:2]
    ]


def _unplaced(nomination: Any, round: Round) -> dict[str, Any]:
    return {"title": nomination, "url": round_url("judging:why_not", round, number=nomination.number)}


urlpatterns = [path("jadwal/perbaiki/", repair, name="schedule_repair")]
