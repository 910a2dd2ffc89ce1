"""Doing what a computation found would help, where it is one simple change of what the schedule rests on.

Each change goes through the service of its own page. A conflict of interest is nobody's to offer.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from judging.models import (
    CategoryPlan,
    Interview,
    InterviewSession,
    NomineePlan,
    NomineeSpanKind,
    RoleGroup,
    RoomClosure,
    ScheduleRun,
    Weight,
)
from judging.models.schedule_material import MINUTES_OF_A_DAY
from judging.permissions import can_schedule
from judging.selectors.schedule_explanations import ToldOffer, explanation_of
from judging.selectors.schedule_material import met_nominations, quorum_of, settings_of
from nominees.models import Category, Round
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round
from .schedule import lock_interview
from .schedule_categories import plan_category, remove_role_group, set_role_group
from .schedule_material import ScheduleRules, set_rules, set_sessions
from .schedule_nominees import NomineeTime, plan_nominee
from .schedule_rooms import reopen_room

Ids = Mapping[str, Any]


class OfferNotSimple(DomainError):
    """It takes more than one act, or somebody's word: a member who comes, a room that is found."""

    code = "offer_not_simple"


class OfferOutOfDate(DomainError):
    """What it would change is gone, or was changed that far already."""

    code = "offer_out_of_date"


@atomic_service
def take_offer(*, run: ScheduleRun, number: int, actor: User, at: datetime) -> ToldOffer:
    """Do what the offer ``number`` of ``run`` says. The log has the event of whatever was changed.

    Raises ``NotPermitted``, :class:`OfferNotSimple`, :class:`OfferOutOfDate` and what the change itself raises.
    """
    round = locked_round(run.round_id)
    can_schedule(actor, round).require()
    offer = next((one for one in explanation_of(run).offers if one.number == number), None)
    if offer is None:
        raise OfferOutOfDate
    if offer.change not in SIMPLE:
        raise OfferNotSimple
    SIMPLE[offer.change](round, offer.ids, {"actor": actor, "at": at})
    return offer


def _lower_quorum(round: Round, ids: Ids, whom: Ids) -> None:
    category = Category.objects.filter(round=round, code=ids["category"]).select_related("interview_plan").first()
    if category is None:
        raise OfferOutOfDate
    plan = getattr(category, "interview_plan", None) or CategoryPlan()
    present = quorum_of(round) if plan.quorum is None else plan.quorum
    if present <= ids["quorum"]:
        raise OfferOutOfDate
    plan_category(
        category=category,
        duration=plan.duration,
        buffer=plan.buffer,
        quorum=ids["quorum"],
        panel_max=plan.panel_max,
        unsur_target=plan.unsur_target,
        role_groups=list(plan.role_groups.all()) if plan.pk else [],
        **whom,
    )


def _lower_role(round: Round, ids: Ids, whom: Ids) -> None:
    group = RoleGroup.objects.filter(round=round, name=ids["group"], minimum__gt=ids["min"]).first()
    if group is None:
        raise OfferOutOfDate
    if ids["min"]:
        set_role_group(round=round, name=group.name, minimum=ids["min"], seats=list(group.seats.all()), **whom)
    else:
        remove_role_group(group=group, **whom)


def _let_come(round: Round, ids: Ids, whom: Ids) -> None:
    """All of the day: the arrival is not later, and where there are windows, one holds the day."""
    found = met_nominations(round).filter(number=int(ids["nominee"])).prefetch_related("interview_spans")
    nomination = found.first()
    if nomination is None:
        raise OfferOutOfDate
    day = date.fromisoformat(ids["day"])
    plan = getattr(nomination, "interview_plan", None) or NomineePlan()
    times = [
        NomineeTime(NomineeSpanKind(one.kind), one.day, one.start, one.end, Weight(one.weight))
        for one in nomination.interview_spans.all()
    ]
    kept = [one for one in times if (one.kind, one.day) != (NomineeSpanKind.WINDOW, day)]
    if any(one.kind == NomineeSpanKind.WINDOW for one in times):
        kept.append(NomineeTime(NomineeSpanKind.WINDOW, day, 0, MINUTES_OF_A_DAY))
    is_late = plan.arrives_on is not None and plan.arrives_on >= day
    plan_nominee(
        nomination=nomination,
        is_online=plan.is_online,
        arrives_on=day if is_late else plan.arrives_on,
        arrives_at=0 if is_late else plan.arrives_at,
        times=kept,
        **whom,
    )


def _open_room(round: Round, ids: Ids, whom: Ids) -> None:
    span = {"day": date.fromisoformat(ids["day"]), "start": ids["start"], "end": ids["end"]}
    found = list(RoomClosure.objects.filter(room__round=round, room__name=ids["room"], **span).select_related("room"))
    if not found:
        raise OfferOutOfDate
    for closure in found:
        reopen_room(closure=closure, **whom)


def _add_session(round: Round, ids: Ids, whom: Ids) -> None:
    day = date.fromisoformat(ids["day"])
    sessions = list(InterviewSession.objects.filter(round=round, day=day).values_list("start", "end"))
    added = (ids["start"], ids["end"])
    if added in sessions:
        raise OfferOutOfDate
    set_sessions(round=round, day=day, sessions=[*sessions, added], **whom)


def _unlock(round: Round, ids: Ids, whom: Ids) -> None:
    interview = Interview.objects.filter(round=round, nomination__number=int(ids["nominee"]), is_locked=True).first()
    if interview is None:
        raise OfferOutOfDate
    lock_interview(interview=interview, expected_version=interview.version, is_locked=False, **whom)


def _rest_later(round: Round, ids: Ids, whom: Ids) -> None:
    rules = _rules(round)
    if rules.max_continuous_min is None or rules.max_continuous_min >= ids["max_continuous_min"]:
        raise OfferOutOfDate
    set_rules(round=round, rules=replace(rules, max_continuous_min=ids["max_continuous_min"]), **whom)


def _sit_longer(round: Round, ids: Ids, whom: Ids) -> None:
    rules = _rules(round)
    if rules.max_minutes_per_day is None or rules.max_minutes_per_day >= ids["max_minutes_per_day"]:
        raise OfferOutOfDate
    set_rules(round=round, rules=replace(rules, max_minutes_per_day=ids["max_minutes_per_day"]), **whom)


def _rules(round: Round) -> ScheduleRules:
    """What is set now, in full: what is not named would be set to what is usual."""
    settings = settings_of(round)
    if settings is None:
        raise OfferOutOfDate
    return ScheduleRules(
        grid_min=settings.grid_min,
        max_continuous_min=settings.max_continuous_min,
        min_break_min=settings.min_break_min,
        max_minutes_per_day=settings.max_minutes_per_day,
        weights=settings.weights,
        levels=settings.levels,
    )


#: What is done by one button, by the word of the core; the rest is done where it was set.
SIMPLE: Final[Mapping[str, Callable[[Round, Ids, Ids], None]]] = {
    "quorum_lower": _lower_quorum,
    "role_lower": _lower_role,
    "nominee_comes": _let_come,
    "room_opens": _open_room,
    "session_added": _add_session,
    "pin_dropped": _unlock,
    "rest_later": _rest_later,
    "load_higher": _sit_longer,
}
