"""Everything the plenary page shows, and the forms on it; a form that was refused is shown again as it was sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form

from judging import permissions
from judging.models import Plenary, RecusalState
from judging.permissions import plenary as may
from judging.selectors.awards import special_awards_of
from judging.selectors.motions import motions_of
from judging.selectors.panels import recusals_of
from judging.selectors.plenary import (
    QuorumShortfall,
    SeatAtPlenary,
    decisions_of,
    no_shows,
    nominees_of,
    plenary_in_force,
    seats_at,
    shortfalls,
)
from judging.selectors.plenary_screen import result_version
from judging.selectors.readiness import unmet_conditions
from judging.selectors.reopening import corrections_of
from judging.selectors.sheet_workbooks_handed import waiting_workbooks
from judging.selectors.standings import final_standings
from judging.selectors.tabulations import CategoryWithoutRubric, RubricVersionsMixed, RulesMissing
from nominees.core.lifecycle import SIGNATURES, TRANSITIONS, State, Transition
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import User

from .plenary_agenda import agenda_of
from .plenary_forms import AttendanceForm, Bound, ConfirmForm, CountersignForm, OpenForm, VoteForm
from .plenary_motion_forms import SpecialForm
from .plenary_motions import in_order, vote_context
from .reopening import facts_of
from .rounds_wording import conditions

#: Name of the form of an award outside the ranking, and of that item on the screen.
SPECIAL = "khusus"


@dataclass(frozen=True, slots=True)
class ShortfallOnPage:
    """A nominee without a quorum, with the form of its exception."""

    shortfall: QuorumShortfall
    key: str
    form: Form | None


def exception_key(number: int) -> str:
    """Return the name of the form of a nominee's exception."""
    return f"exception-{number}"


def before_context(round: Round, user: User, at: datetime, bound: Bound) -> dict[str, Any]:
    """Return what the page shows before the plenary: what is missing, exceptions, and the chair's button."""
    step = _step(State.SCORING, State.PLENARY)
    is_scoring = round.state == State.SCORING
    unmet = unmet_conditions(round, step) if is_scoring else []
    may_open = is_scoring and bool(permissions.can_open_plenary(user, round, at=at))
    may_except = bool(permissions.can_record_exception(user, round))
    return {
        "round": round,
        "is_scoring": is_scoring,
        "missing": bool(unmet),
        "conditions": conditions(round, step, unmet, user),
        "waiting": list(waiting_workbooks(round)) if is_scoring else [],
        "open_form": bound.get("open", OpenForm()) if may_open and not unmet else None,
        "shortfalls": _shortfalls(round, bound, may_except=may_except) if is_scoring else [],
        "decisions": decisions_of(round),
        "may_withdraw": may_except,
    }


def _step(source: State, target: State) -> Transition:
    return next(each for each in TRANSITIONS if (each.source, each.target) == (source, target))


def _shortfalls(round: Round, bound: Bound, *, may_except: bool) -> list[ShortfallOnPage]:
    try:
        found = shortfalls(round)
    except (RulesMissing, CategoryWithoutRubric, RubricVersionsMixed):
        return []  # the conditions above say what is wrong
    keys = [exception_key(each.nomination.number) for each in found]
    return [
        ShortfallOnPage(each, key, bound.get(key, VoteForm(auto_id=f"id_{key}_%s")) if may_except else None)
        for each, key in zip(found, keys, strict=True)
    ]


def plenary_context(round: Round, user: User, at: datetime, bound: Bound) -> dict[str, Any]:
    """Return what the page shows from the opening on. The number of queries does not depend on the nominees."""
    plenary = plenary_in_force(round)
    if plenary is None:
        return {"round": round, "plenary": None}
    is_open = round.state == State.PLENARY
    may_record = bool(permissions.can_record_plenary(user, round))
    may_move = may_record and plenary.confirmed_at is None
    standings = final_standings(plenary.tabulation)
    seats = seats_at(plenary, round, at if is_open else plenary.opened_at)
    motions = motions_of(plenary)
    running = next((each for each in motions if each.is_open), None)
    return {
        "round": round,
        "plenary": plenary,
        "tabulation": plenary.tabulation,
        "is_open": is_open,
        "may_record": may_record,
        "may_draft": bool(may.can_draft_minutes(user, round, at=at)),
        "agenda": agenda_of(standings.parts, plenary, seats, running, bound, may_move=may_move),
        "pending": standings.pending,
        "decisions": decisions_of(round),
        "motions": [(each, in_order(each)) for each in motions if not each.is_open],
        "corrections": [facts_of(one, round) for one in corrections_of(round)],
        "may_withdraw": may_move and running is None,
        "winners": [(part, line) for part in standings.parts for line in part.ranked if line.title],
        **_around(round, plenary, seats, bound, may_move=may_move and running is None),
        **(vote_context(running, round, seats, user, bound, may_record=may_move) if running else {}),
        **(_steps(round, plenary, user, at, bound) if is_open else {}),
    }


def _around(
    round: Round, plenary: Plenary, seats: list[SeatAtPlenary], bound: Bound, *, may_move: bool
) -> dict[str, Any]:
    """Who is there and who is recused, who did not come, and awards outside the ranking."""
    special = None
    if may_move:
        nominees = nominees_of(round)
        voting = plenary.tabulation.rules.voting
        special = bound.get(SPECIAL, SpecialForm(None, nominees, seats, voting, SPECIAL))
    return {
        "seats": seats,
        "present": sum(bool(each.present) for each in seats),
        "attendance_form": bound.get("attendance", AttendanceForm(None, seats)) if may_move else None,
        "recusals": recusals_of(round).exclude(state=RecusalState.DECLINED).filter(nomination__is_calibration=False),
        "no_shows": no_shows(round),
        "special_awards": special_awards_of(plenary),
        "special_form": special,
    }


def _steps(round: Round, plenary: Plenary, user: User, at: datetime, bound: Bound) -> dict[str, Any]:
    """What keeps the result from being decided, and the signatures once nothing else does."""
    step = _step(State.PLENARY, State.DECIDED)
    unmet = unmet_conditions(round, step)
    missing = any(one.condition not in SIGNATURES for one in unmet)
    found = {"missing": missing, "conditions": _without_way_here(conditions(round, step, unmet, user), round)}
    return found if missing else found | _signing(round, plenary, user, at, bound)


def _without_way_here(found: list[dict[str, Any]], round: Round) -> list[dict[str, Any]]:
    """Return the conditions without links from this page to itself."""
    here = round_url("judging:plenary", round)
    for condition in found:
        for item in condition["items"]:
            if item["url"] == here:
                item["url"] = ""
    return found


def _signing(round: Round, plenary: Plenary, user: User, at: datetime, bound: Bound) -> dict[str, Any]:
    """The two signatures: which of them this person can give now."""
    said = plenary.confirmed_at is not None
    first = bool(permissions.can_confirm_decision(user, round, at=at))
    second = bool(may.can_countersign(user, round, at=at, confirmed_by_id=plenary.confirmed_by_id))
    return {
        "chair_word": said,
        "result_version": result_version(plenary),
        "may_take_back": first and said,
        "confirm_form": bound.get("confirm", ConfirmForm()) if first and not said else None,
        "countersign_form": bound.get("countersign", CountersignForm()) if second and said else None,
    }


def attendance_form(plenary: Plenary, round: Round, at: datetime, data: Any) -> AttendanceForm:
    """Return the bound attendance form."""
    return AttendanceForm(data, seats_at(plenary, round, at))
