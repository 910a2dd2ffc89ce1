"""Reopening a submitted sheet: the member's request, the list of requests, and the answers to one of them."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging import permissions
from judging.models import Reopening, ReopeningState, SheetVersion
from judging.models.reopening import OPEN
from judging.selectors.officers import Officers, SecondWord, officers_of
from judging.selectors.reopening import (
    has_open_correction,
    left_behind,
    reopenings_of,
    requests_for,
    submitted_versions,
    unsettled_reopenings,
)
from judging.selectors.rubrics import read_version
from judging.selectors.sheets import SheetAddress, cells_in, current_version, sheet_context
from judging.services import reopening as services
from nominees.core.lifecycle import Act, may
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.accounts.models import User
from paritrana.kernel import clock, phrases
from paritrana.kernel.wording import date_time, local_day

from .acting import at_present, attempt, forbid_unless, person
from .reopening_forms import AnswerForm, AskForm, GiveUpForm
from .sheet_form import fields_of, form_groups, total_of

BADGES = {
    ReopeningState.ASKED: {"tone": "warning", "icon": "hourglass"},
    ReopeningState.ENDORSED: {"tone": "warning", "icon": "hourglass"},
    ReopeningState.DECLINED: {"tone": "neutral", "icon": "x"},
    ReopeningState.GRANTED: {"tone": "success", "icon": "lock-open"},
    ReopeningState.REFUSED: {"tone": "neutral", "icon": "x"},
    ReopeningState.WITHDRAWN: {"tone": "neutral", "icon": "minus"},
    ReopeningState.GIVEN_UP: {"tone": "neutral", "icon": "minus"},
}
WORDS = {
    ReopeningState.ASKED: (gettext_lazy("Endorse the request"), gettext_lazy("Decline the request")),
    ReopeningState.ENDORSED: (gettext_lazy("Reopen the sheet"), gettext_lazy("Refuse the request")),
}
GIVEN_UP = gettext_lazy("The correction is given up. The sheet is submitted as it was.")


@dataclass(frozen=True, slots=True)
class Answerer:
    """What one person may say to the requests of a round; asked once, so that a list costs the same however long.

    ``left``: corrections (ids of their requests) that this person may close, because who made them left the seat.
    """

    user_id: int
    officers: Officers
    steps: frozenset[tuple[str, SecondWord]]
    left: frozenset[int] = frozenset()

    def may_answer(self, one: Reopening) -> bool:
        """Whether it is this person's turn on ``one``; nobody answers the own request, nobody answers twice."""
        is_turn = (one.state, self.officers.second_word(one)) in self.steps
        return is_turn and self.user_id not in (one.asked_by_id, one.advised_by_id)

    def may_close(self, one: Reopening) -> bool:
        """Whether this person may close the correction of ``one``, left behind."""
        return one.pk in self.left


def answerer(user: User, round: Round) -> Answerer:
    """Return what ``user`` may answer in ``round`` today."""
    day = local_day(clock.now(), round.time_zone)
    officers = officers_of(round, day)
    asked: dict[str, Any] = {
        ReopeningState.ASKED: permissions.can_advise_reopening,
        ReopeningState.ENDORSED: permissions.can_decide_reopening,
    }
    steps = {
        (state, word)
        for state, permission in asked.items()
        for word in SecondWord
        if permission(user, round, officers=officers, word=word)
    }
    may_close = permissions.can_close_correction(user, round, officers=officers)
    return Answerer(user.pk, officers, frozenset(steps), left_behind(round, day) if may_close else frozenset())


def reopening_tasks(user: User, round: Round) -> list[dict[str, Any]]:
    """Return the next step "answer requests" with how many wait for ``user``; nothing where none do."""
    waiting = list(unsettled_reopenings(round)) if may(Act.REOPEN, round.state) else []
    if not waiting:
        return []
    person = answerer(user, round)
    count = sum(person.may_answer(one) or person.may_close(one) for one in waiting)
    if not count:
        return []
    title, url = _("Answer requests to reopen a sheet"), round_url("judging:reopenings", round)
    return [{"title": title, "url": url, "icon": "lock-open", "state": {"tone": "warning", "text": str(count)}}]


@round_page(at_present(permissions.can_see_reopenings))
def reopenings(request: HttpRequest, round: Round) -> HttpResponse:
    """Every request, those that wait for an answer first, then the newest. Never a mark."""
    who = answerer(person(request), round)
    listed = sorted(reopenings_of(round), key=lambda one: one.state not in OPEN)
    labels = (phrases.NOMINEE, phrases.SEAT, phrases.REASON, phrases.STATUS)
    context = {
        "round": round,
        "columns": [{"label": label} for label in labels],
        "rows": [_row(one, round, is_turn=who.may_answer(one) or who.may_close(one)) for one in listed],
    }
    return render(request, "judging/reopening/list.html", context)


def _row(one: Reopening, round: Round, *, is_turn: bool) -> list[dict[str, Any]]:
    badge = _badge(one)
    if is_turn:
        badge |= {"tone": "info", "icon": "player-play", "note": _("Waits for you")}
    return [
        {
            "text": str(one.sheet.nomination),
            "note": one.sheet.nomination.category.name,
            "url": round_url("judging:reopening", round, reopening_id=one.pk),
        },
        {"text": one.sheet.seat.name, "note": str(one.asked_by)},
        {"text": one.reason, "note": date_time(one.asked_at, round.time_zone)},
        badge,
    ]


def _badge(one: Reopening) -> dict[str, Any]:
    state = ReopeningState(one.state)
    note = one.ended_reason or one.decided_reason or one.advised_reason
    return {**BADGES[state], "text": state.label, "note": note}


@round_page(at_present(permissions.can_see_reopenings))
def answer(request: HttpRequest, round: Round, reopening_id: int) -> HttpResponse:
    """One request with its facts, and the form of the answer for whose turn it is."""
    one = get_object_or_404(reopenings_of(round), pk=reopening_id)
    who, listing = answerer(person(request), round), round_url("judging:reopenings", round)
    form = _answer_form(request, one, who)
    if request.method == "POST":
        if form is None or request.POST.get("state") != one.state:  # a page from before the last answer
            attempt(request, "", _refuse_stale)
            return redirect(listing)
        if form.is_valid():
            _answered(request, one, form)
            return redirect(listing)
    context = {
        "round": round,
        "reopening": one,
        "badge": _badge(one),
        "facts": facts_of(one, round),
        "form": form if who.may_answer(one) or who.may_close(one) else None,
        "cancel_url": listing,
        "breadcrumbs": [{"url": listing, "label": _("Requests to reopen a sheet")}],
    }
    return render(request, "judging/reopening/answer.html", context)


def _answer_form(request: HttpRequest, one: Reopening, who: Answerer) -> AnswerForm | GiveUpForm | None:
    """The form of what is to be said next, whoever says it; none for a request that is settled."""
    if one.state in OPEN:
        yes, no = WORDS[ReopeningState(one.state)]
        return AnswerForm(request.POST or None, yes=yes, no=no)
    return GiveUpForm(request.POST or None) if who.may_close(one) else None


def _refuse_stale() -> None:
    raise services.ReopeningAnswered


def _answered(request: HttpRequest, one: Reopening, form: AnswerForm | GiveUpForm) -> None:
    agreed, reason = form.cleaned_data.get("agreed"), form.cleaned_data["reason"]
    told: dict[str, Any] = {"reopening": one, "reason": reason, "actor": person(request), "at": clock.now()}
    if one.state == ReopeningState.GRANTED:
        attempt(request, GIVEN_UP, services.give_up_correction, **told)
    elif one.state == ReopeningState.ASKED:
        attempt(request, _("Your answer is recorded."), services.advise_reopening, endorsed=agreed, **told)
    else:
        attempt(request, _("Your answer is recorded."), services.decide_reopening, granted=agreed, **told)


def facts_of(one: Reopening, round: Round) -> list[dict[str, Any]]:
    """Return what is known of a request: who, when, why, and which version of the sheet. Never a mark."""
    numbers = str(one.version.number)
    if one.correction:
        numbers += f" → {one.correction.number}"
    found: list[dict[str, Any]] = [
        {"label": phrases.NOMINEE, "value": str(one.sheet.nomination)},
        {"label": phrases.SEAT, "value": one.sheet.seat.name},
        {"label": _("Asked by"), "value": _who(one.asked_by, one.asked_at, round)},
        {"label": phrases.REASON, "value": one.reason},
        {"label": _("Version of the sheet"), "value": numbers},
    ]
    if one.advised_by:
        label = _("Declined by") if one.state == ReopeningState.DECLINED else _("Endorsed by")
        found.append({"label": label, "value": _who(one.advised_by, one.advised_at, round, one.advised_reason)})
    if one.decided_by:
        label = _("Refused by") if one.state == ReopeningState.REFUSED else _("Granted by")
        found.append({"label": label, "value": _who(one.decided_by, one.decided_at, round, one.decided_reason)})
    if one.ended_by:
        found.append({"label": _("Given up by"), "value": _who(one.ended_by, one.ended_at, round, one.ended_reason)})
    return found


def _who(user: User, at: Any, round: Round, reason: str = "") -> str:
    return ". ".join(part for part in (f"{user}, {date_time(at, round.time_zone)}", reason) if part)


@round_page(permissions.can_see_own_sheets)
def ask(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """The member's own page of one submitted sheet: its versions, its requests, and the form of a new one."""
    address = SheetAddress(round.edition.assessment_year, round.scope_code, number)
    context = sheet_context(user=person(request), address=address, at=clock.now())
    if context is None:
        raise Http404
    stored = current_version(seat_id=context.seat_id, nomination_id=context.nomination.pk)
    if stored is None or (stored.number == 1 and not stored.submitted_at):
        return redirect(round_url("judging:sheet", round, number=number))
    requests = requests_for(stored.sheet)
    form = AskForm(request.POST if "save" in request.POST else None)
    give_up = GiveUpForm(request.POST if "give_up" in request.POST else None)
    if request.method == "POST":
        forbid_unless(permissions.can_ask_reopening(person(request), round))
        if _posted(request, address, give_up if give_up.is_bound else form, requests):
            return redirect(round_url("judging:ask_reopening", round, number=number))
    shown = _own_page(person(request), round, stored, requests)
    shown |= {"round": round, "nomination": context.nomination, "form": form if shown["may_ask"] else None}
    shown["give_up"] = give_up if shown["correcting"] else None
    shown["breadcrumbs"] = [{"url": round_url("judging:sheet", round, number=number), "label": _("Sheet")}]
    return render(request, "judging/reopening/ask.html", shown)


def _own_page(user: User, round: Round, stored: SheetVersion, requests: list[Reopening]) -> dict[str, Any]:
    """What the page shows of one sheet; ``may_ask`` is what the service asks as well, but for what hinders the seat."""
    waiting = next((one for one in requests if one.state in OPEN), None)
    was_theirs = stored.saved_by_id == user.pk or stored.seating.user_id == user.pk  # typed in from their paper
    may_reopen = bool(permissions.can_ask_reopening(user, round))
    is_theirs = bool(stored.submitted_at) and was_theirs and not stored.sheet.closed_at
    return {
        "waiting": waiting if waiting and waiting.asked_by_id == user.pk else None,
        "correcting": next((one for one in requests if has_open_correction(one)), None) if may_reopen else None,
        "may_ask": is_theirs and waiting is None and may_reopen,
        "requests": [
            {"badge": _badge(one), "facts": facts_of(one, round)[2:], "is_open": has_open_correction(one)}
            for one in requests
        ],
        "versions": [_version(version, user) for version in submitted_versions(stored.sheet)],
    }


def _posted(request: HttpRequest, address: SheetAddress, form: AskForm | GiveUpForm, requests: list[Reopening]) -> bool:
    """Ask, or withdraw or give up the request that the button names; whether the page is done with."""
    whom: dict[str, Any] = {"actor": person(request), "at": clock.now()}
    if "withdraw" in request.POST:
        one = _named(request.POST["withdraw"], requests)
        attempt(request, _("Withdrawn."), services.withdraw_reopening, reopening=one, **whom)
        return True
    if not form.is_valid():
        return False
    reason = form.cleaned_data["reason"]
    if isinstance(form, GiveUpForm):
        one = _named(request.POST["give_up"], requests)
        attempt(request, GIVEN_UP, services.give_up_correction, reopening=one, reason=reason, **whom)
        return True
    done = _("Asked. The sheet stays as it is until two people have agreed.")
    attempt(request, done, services.ask_reopening, address=address, reason=reason, **whom)
    return True


def _named(number: str, requests: list[Reopening]) -> Reopening:
    one = next((one for one in requests if str(one.pk) == number), None)
    if one is None:
        raise Http404
    return one


def _version(version: SheetVersion, user: User) -> dict[str, Any]:
    """One submitted version of the own sheet, to read."""
    rubric = read_version(version.rubric_version)
    cells = cells_in(version, user)
    return {"version": version, "fields": fields_of(form_groups(rubric, cells)), "total": total_of(rubric, cells)}


urlpatterns = [
    path("lembar/dibuka-kembali/", reopenings, name="reopenings"),
    path("lembar/dibuka-kembali/<int:reopening_id>/", answer, name="reopening"),
    path("lembar/<int:number>/dibuka-kembali/", ask, name="ask_reopening"),
]
