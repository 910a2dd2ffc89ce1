"""Motions and ballots of the plenary: put to the vote, vote, close. Each button is one service call."""

from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from judging import permissions
from judging.models import Motion, Plenary
from judging.permissions import plenary as may
from judging.selectors.motions import MotionOnRecord, motion_in
from judging.selectors.plenary import SeatAtPlenary, nominees_of, seats_at
from judging.selectors.standings import PartStandings, final_part
from judging.services import motions as services
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock
from paritrana.kernel.errors import DomainError
from paritrana.kernel.sentences import explain, sentence

from .acting import attempt, forbid_unless, person
from .plenary import meeting_of, submit
from .plenary_agenda import deviation_key, tie_key
from .plenary_motion_forms import BallotForm, DeviationForm, HandsForm, MotionForm, SpecialForm, TieForm
from .plenary_motions import ballot_context, in_order, seats_in
from .plenary_page import SPECIAL


def _part(round: Round, meeting: Plenary, kind: str, code: str) -> PartStandings:
    if kind == "kategori":
        found = final_part(meeting.tabulation, category=get_object_or_404(round.categories, code=code))
    else:
        found = final_part(meeting.tabulation, pool=get_object_or_404(round.pools, code=code))
    if not isinstance(found, PartStandings):
        raise Http404
    return found


def _seats(round: Round, meeting: Plenary) -> list[SeatAtPlenary]:
    return seats_at(meeting, round, clock.now())


def _move(request: HttpRequest, round: Round, meeting: Plenary, key: str, form: MotionForm) -> HttpResponse:
    def act(actor: Any) -> object:
        told: dict[str, Any] = {"proposal": getattr(form, "proposal")(), **form.motion()}  # noqa: B009 - each has its own
        return services.open_motion(plenary=meeting, actor=actor, at=clock.now(), **told)

    return submit(request, round, key, form, act, _("The vote is open."))


@require_POST
@round_page(permissions.can_see_progress)
def tie(request: HttpRequest, round: Round, kind: str, code: str) -> HttpResponse:
    """Put an order among nominees that share a place to the vote; the form names the tie that its sender saw."""
    meeting = meeting_of(round)
    part = _part(round, meeting, kind, code)
    key = request.POST.get("tie", "")
    found = next((each for each in part.ties if tie_key(part, each) == key), None)
    if found is None:
        messages.error(request, sentence("not_this_tie"))
        return redirect(round_url("judging:plenary", round))
    form = TieForm(request.POST, found, _seats(round, meeting), meeting.tabulation.rules.voting, key)
    return _move(request, round, meeting, key, form)


@require_POST
@round_page(permissions.can_see_progress)
def deviation(request: HttpRequest, round: Round, kind: str, code: str) -> HttpResponse:
    """Put another position than the computed one to the vote."""
    meeting = meeting_of(round)
    part = _part(round, meeting, kind, code)
    key = deviation_key(part)
    form = DeviationForm(request.POST, part, _seats(round, meeting), meeting.tabulation.rules.voting, key)
    return _move(request, round, meeting, key, form)


@require_POST
@round_page(permissions.can_see_progress)
def special(request: HttpRequest, round: Round) -> HttpResponse:
    """Put an award outside the ranking to the vote."""
    meeting = meeting_of(round)
    seats, voting = _seats(round, meeting), meeting.tabulation.rules.voting
    return _move(
        request, round, meeting, SPECIAL, SpecialForm(request.POST, nominees_of(round), seats, voting, SPECIAL)
    )


def _motion(round: Round, number: int) -> MotionOnRecord:
    found = motion_in(round, number)
    if found is None:
        raise Http404
    return found


@require_POST
@round_page(permissions.can_see_progress)
def hands(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Record a show of hands."""
    found = _motion(round, number)
    listed = seats_in(found, _seats(round, meeting_of(round)))
    own = {each.seat.pk: each.ballot for each in listed if each.ballot and each.is_own}
    form = HandsForm(request.POST, found.motion, [each.seat for each in listed], own)

    def act(actor: Any) -> object:
        return services.record_hands(motion=found.motion, choices=form.choices(), actor=actor, at=clock.now())

    return submit(request, round, "hands", form, act, _("The votes are recorded."))


@require_http_methods(["GET", "HEAD", "POST"])
@round_page(permissions.can_record_plenary)
def all_in_favour(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Ask, then record a hand in favour for every seat that has not voted."""
    found = _motion(round, number)
    forbid_unless(may.can_record_hands(person(request), round, is_secret=found.motion.is_secret))
    back = f"{round_url('judging:plenary', round)}#main"
    listed = seats_in(found, _seats(round, meeting_of(round)))
    if request.method == "POST":
        ticked = request.POST.getlist("seat")
        told = {"seats": [each.seat for each in listed if str(each.seat.pk) in ticked], "at": clock.now()}
        done = _("The votes are recorded.")
        attempt(request, done, services.record_all_in_favour, motion=found.motion, actor=person(request), **told)
        return redirect(back)
    voted = [each for each in listed if each.ballot]
    context = {"round": round, "vote": found, "nominations": in_order(found), "voted": voted, "back": back}
    silent = [each for each in listed if not each.ballot]
    return render(request, "judging/plenary/all_in_favour.html", context | {"silent": silent})


@require_POST
@round_page(permissions.can_see_progress)
def close(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Count and close; the ticked seats do not vote."""
    motion = _motion(round, number).motion
    ticked = [key for key in request.POST.getlist("not_voting") if key.isdecimal()]

    def act(actor: Any) -> Motion:
        silent = list(round.seats.filter(pk__in=ticked))
        return services.close_motion(motion=motion, not_voting=silent, actor=actor, at=clock.now())

    return submit(request, round, "close", Form({}), act, _("The vote is closed and counted."))


@require_POST
@round_page(permissions.can_see_progress)
def withdraw(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Withdraw a motion before its vote is closed."""
    motion = _motion(round, number).motion
    done = _("The motion is withdrawn.")
    attempt(request, done, services.withdraw_motion, motion=motion, actor=person(request), at=clock.now())
    return redirect(f"{round_url('judging:plenary', round)}#main")


@round_page(permissions.can_see_plenary)
def ballot(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """A member's own page of a vote: what is moved, and the vote of the own seat."""
    found, at = _motion(round, number), clock.now()
    form = BallotForm(request.POST or None)
    context = ballot_context(found, round, person(request), at, form if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and context["seat"]:
        choice = form.cleaned_data["choice"]
        try:
            services.cast_ballot(motion=found.motion, seat=context["seat"], choice=choice, actor=person(request), at=at)
        except DomainError as error:
            messages.error(request, explain(error))
        else:
            messages.success(request, _("Your vote is recorded."))
        return redirect(round_url("judging:plenary_ballot", round, number=number))
    return render(request, "judging/plenary/ballot.html", context)


urlpatterns = [
    path("pleno/<slug:kind>/<slug:code>/seri/", tie, name="plenary_tie"),
    path("pleno/<slug:kind>/<slug:code>/penyimpangan/", deviation, name="plenary_deviation"),
    path("pleno/piagam-khusus/", special, name="plenary_special"),
    path("pleno/mosi/<int:number>/suara/", hands, name="plenary_hands"),
    path("pleno/mosi/<int:number>/semua-setuju/", all_in_favour, name="plenary_all_in_favour"),
    path("pleno/mosi/<int:number>/tutup/", close, name="plenary_close"),
    path("pleno/mosi/<int:number>/tarik/", withdraw, name="plenary_withdraw_motion"),
    path("pleno/suara/<int:number>/", ballot, name="plenary_ballot"),
]
