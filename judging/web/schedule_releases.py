"""Releases of the schedule: which there are, what the draft would change and for whom, releasing it, one as it was."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from judging.models import NoticeState, ScheduleRelease
from judging.permissions import can_schedule, can_see_releases
from judging.selectors.schedule import unplaced_nominations
from judging.selectors.schedule_log import Names, changes_of, logged, names_in
from judging.selectors.schedule_messages import Message, messages_of, notice_counts, notices_of, overtaken_nominees
from judging.selectors.schedule_news import concerned_by
from judging.selectors.schedule_release_documents import fingerprint, release_text
from judging.selectors.schedule_releases import (
    begun_in,
    differences,
    draft_of,
    latest_release,
    releases_of,
    told_in,
    unreleased,
)
from judging.selectors.schedule_shown import shown_release
from judging.services import schedule_notices
from judging.services import schedule_releases as services
from judging.services.reminders import mail_is_set_up
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import round_page
from paritrana.kernel import clock, wording

from .acting import attempt, person
from .schedule_released import crumbs, days_facts
from .schedule_releases_wording import (
    NOTICES,
    act_facts,
    concerned_row,
    difference_columns,
    difference_row,
    office,
    problem_facts,
)

LISTED, PAGE = 20, 50


class ReleaseForm(forms.Form):
    """A sentence on what changed, the draft that was looked at, and the word for those without an interview."""

    note = forms.CharField(label=gettext_lazy("What changed, in a sentence"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    unplaced = forms.BooleanField(label=gettext_lazy("Release although some have no interview yet"), required=False)

    def __init__(self, *args: Any, waiting: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not waiting:
            del self.fields["unplaced"]


@require_safe
@round_page(can_see_releases)
def releases(request: HttpRequest, round: Round) -> HttpResponse:
    """The releases, and how the draft differs from the last one."""
    latest, found = unreleased(round)
    page = Paginator(releases_of(round), LISTED).get_page(request.GET.get("page"))
    context = {
        "round": round,
        "latest": latest,
        "unreleased": len(found),
        "page_obj": page,
        "columns": [{"label": label} for label in (_("Release"), _("When"), _("Who"), _("What changed"))],
        "rows": [_release_row(one, round) for one in page],
        "may_schedule": bool(can_schedule(person(request), round)),
        "breadcrumbs": crumbs(round),
    }
    return render(request, "judging/schedule_releases/releases.html", context)


def _seen_anew(posted: QueryDict, seen: str) -> QueryDict:
    """What was filled in, on a page that shows the draft as it is now."""
    data = posted.copy()
    data["seen"] = seen
    return data


@round_page(can_schedule)
def release_schedule(request: HttpRequest, round: Round) -> HttpResponse:
    """A second look before the draft is released: what changes, who is told, what stands against it."""
    latest = latest_release(round)
    before = told_in(latest)
    draft = draft_of(round, before)
    found = differences(before, draft)
    waiting = list(unplaced_nominations(round))
    seen = fingerprint(round, draft)
    form = ReleaseForm(request.POST or None, waiting=len(waiting), initial={"seen": seen})
    if request.method == "POST":
        if form.is_valid() and _released(request, round, form):
            return redirect(round_url("judging:schedule_releases", round))
        form.data = _seen_anew(request.POST, seen)
    names, begun = names_in(round), begun_in(round)
    news = [one for one in found if one.nomination not in begun]
    broken = services.broken_rules(round) if found else ()
    concerned = concerned_by(round, news)
    has_mail = mail_is_set_up()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "round": round,
        "found": found,
        "problems": [problem_facts(one) for one in broken[:LISTED]],
        "further": len(broken[LISTED:]),
        "waiting": waiting,
        "columns": difference_columns(),
        "rows": [difference_row(one, names, round) for one in page],
        "page_obj": page,
        "told_columns": [{"label": label} for label in (_("Who is told"), _("What concerns them"), _("How"))],
        "told_rows": [concerned_row(one, has_mail=has_mail) for one in concerned],
        "form": form,
        "cancel_url": round_url("judging:schedule_releases", round),
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/schedule_releases/release.html", context)


@require_safe
@round_page(can_see_releases)
def release(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """One release: what it changed, who was told, the schedule as it was; ``?format=json``: what its hash is over."""
    found = _release(round, number)
    if request.GET.get("format") == "json":
        return HttpResponse(release_text(found), content_type="application/json")
    former = releases_of(round).filter(number=number - 1).first()
    changed = differences(told_in(former), told_in(found))
    names = names_in(round)
    page = Paginator(notices_of(found), PAGE).get_page(request.GET.get("page"))
    messages, overtaken = messages_of(found), overtaken_nominees(found)
    counts = notice_counts(found)
    context = {
        "round": round,
        "release": found,
        "columns": difference_columns(),
        "rows": [difference_row(one, names, round) for one in changed] if former else [],
        **days_facts(shown_release(found), request, round),
        "counts": [
            {"label": str(state.label), "value": str(counts[state])} for state in NoticeState if state in counts
        ],
        "to_send": counts.get(NoticeState.FAILED, 0) + counts.get(NoticeState.WAITING, 0),
        "notices": [
            _notice(one, messages.get((one.seating_id, one.nomination_id)), round)
            | ({"message": None} if one.nomination_id in overtaken else {})
            for one in page
        ],
        "page_obj": page,
        "has_mail": mail_is_set_up(),
        "may_schedule": bool(can_schedule(person(request), round)),
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/schedule_releases/one.html", context)


@require_POST
@round_page(can_schedule)
def send(request: HttpRequest, round: Round, number: int) -> HttpResponse:
    """Send the messages of a release that failed or wait."""
    found = _release(round, number)
    whom = {"actor": person(request), "at": clock.now()}
    attempt(request, _("The messages are on their way."), schedule_notices.send_again, release=found, **whom)
    return redirect(round_url("judging:schedule_release", round, number=number))


@require_safe
@round_page(can_see_releases)
def changes(request: HttpRequest, round: Round) -> HttpResponse:
    """The log of the draft: every act, newest first, and in which release people were told of it."""
    page = Paginator(changes_of(round), PAGE).get_page(request.GET.get("page"))
    names: Names = names_in(round)
    context = {
        "round": round,
        "acts": [act_facts(one, names, round) for one in logged(round, list(page))],
        "page_obj": page,
        "breadcrumbs": _crumbs(round),
    }
    return render(request, "judging/schedule_releases/changes.html", context)


def _released(request: HttpRequest, round: Round, form: ReleaseForm) -> bool:
    told = form.cleaned_data
    return attempt(
        request,
        _("Schedule released."),
        services.release,
        round=round,
        note=told["note"],
        seen=told["seen"],
        confirmed=(services.UNPLACED,) if told.get("unplaced") else (),
        actor=person(request),
        at=clock.now(),
    )


def _release(round: Round, number: int) -> ScheduleRelease:
    found = releases_of(round).filter(number=number).first()
    if found is None:
        raise Http404
    found.round = round
    return found


def _release_row(one: ScheduleRelease, round: Round) -> list[dict[str, Any]]:
    return [
        {"text": str(one.number), "url": round_url("judging:schedule_release", round, number=one.number)},
        {"text": wording.date_time(one.released_at, round.time_zone)},
        {"text": str(one.released_by)},
        {"text": one.note or "–"},
    ]


def _notice(one: Any, message: Message | None, round: Round) -> dict[str, Any]:
    state = NoticeState(one.state)
    whom = one.seating or one.nomination
    return {
        "name": message.whom.name if message else str(whom),
        "office": office(message.whom) if message else "",
        "state": {**NOTICES[state], "text": str(state.label)},
        "when": wording.date_time(one.settled_at, round.time_zone) if one.settled_at else "",
        "message": message,
    }


def _crumbs(round: Round) -> list[dict[str, Any]]:
    return [*crumbs(round), {"url": round_url("judging:schedule_releases", round), "label": _("Releases")}]


urlpatterns = [
    path("jadwal/rilis/", releases, name="schedule_releases"),
    path("jadwal/rilis/baru/", release_schedule, name="release_schedule"),
    path("jadwal/rilis/<int:number>/", release, name="schedule_release"),
    path("jadwal/rilis/<int:number>/kirim/", send, name="send_schedule_notices"),
    path("jadwal/perubahan/", changes, name="schedule_changes"),
]
