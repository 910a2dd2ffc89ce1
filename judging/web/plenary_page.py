"""Everything the plenary page shows, and the forms on it; a form that was refused is shown again as it was sent."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.forms import Form

from judging import permissions
from judging.models import Plenary, Tabulation
from judging.permissions import plenary as may
from judging.selectors.decided import PartStandings, Tie
from judging.selectors.plenary import (
    QuorumShortfall,
    decisions_of,
    plenary_in_force,
    seats_at,
    shortfalls,
)
from judging.selectors.readiness import unmet_conditions
from judging.selectors.reopening import corrections_of
from judging.selectors.sheet_workbooks_handed import waiting_workbooks
from judging.selectors.standings import final_standings
from judging.selectors.tabulations import CategoryWithoutRubric, RubricVersionsMixed, RulesMissing
from nominees.core.lifecycle import SIGNATURES, TRANSITIONS, State, Transition
from nominees.models import Round
from paritrana.accounts.models import User

from .firmness_summary import Summary, for_the_agenda
from .plenary_forms import AttendanceForm, ConfirmForm, CountersignForm, DeviationForm, OpenForm, TieForm, VoteForm
from .reopening import facts_of
from .rounds_wording import conditions

Bound = Mapping[str, Form]


@dataclass(frozen=True, slots=True)
class TieOnPage:
    """A tie that the plenary has to settle, with its form (None for who may not record)."""

    tie: Tie
    key: str
    form: Form | None


@dataclass(frozen=True, slots=True)
class PartOnPage:
    """One item of the agenda."""

    part: PartStandings
    kind: str
    code: str
    ties: tuple[TieOnPage, ...]
    deviation: Form | None
    firm: Summary | None


@dataclass(frozen=True, slots=True)
class ShortfallOnPage:
    """A nominee without a quorum, with the form of its exception."""

    shortfall: QuorumShortfall
    form: Form | None


def part_key(part: PartStandings) -> tuple[str, str]:
    """Return kind and code of a part, as addresses name it."""
    return ("kategori" if part.category else "umum"), part.subject.code


def tie_key(part: PartStandings, tie: Tie) -> str:
    """Return the name of a tie on the page: its part and the numbers of its nominees."""
    kind, code = part_key(part)
    return f"tie-{kind}-{code}-{'-'.join(str(each.number) for each in tie.nominations)}"


def deviation_key(part: PartStandings) -> str:
    """Return the name of a part's deviation form."""
    return "-".join(("deviation", *part_key(part)))


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
        "open_form": bound.get("open", OpenForm()) if may_open else None,
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
        ShortfallOnPage(each, bound.get(key, VoteForm(auto_id=f"id_{key}_%s")) if may_except else None)
        for each, key in zip(found, keys, strict=True)
    ]


def plenary_context(round: Round, user: User, at: datetime, bound: Bound) -> dict[str, Any]:
    """Return what the page shows from the opening on. The number of queries does not depend on the nominees."""
    plenary = plenary_in_force(round)
    if plenary is None:
        return {"round": round, "plenary": None}
    may_record = bool(permissions.can_record_plenary(user, round))
    standings = final_standings(plenary.tabulation)
    step = _step(State.PLENARY, State.DECIDED)
    is_open = round.state == State.PLENARY
    unmet = unmet_conditions(round, step) if is_open else []
    missing = any(one.condition not in SIGNATURES for one in unmet)
    seats = seats_at(plenary, round, at if is_open else plenary.opened_at)
    return {
        "round": round,
        "plenary": plenary,
        "tabulation": plenary.tabulation,
        "is_open": is_open,
        "seats": seats,
        "present": sum(bool(each.present) for each in seats),
        "attendance_form": bound.get("attendance", AttendanceForm(None, seats)) if may_record else None,
        "agenda": [_agenda_item(part, plenary.tabulation, bound, may_record=may_record) for part in standings.parts],
        "pending": standings.pending,
        "decisions": decisions_of(round),
        "corrections": [facts_of(one, round) for one in corrections_of(round)],
        "may_withdraw": may_record,
        "missing": missing,
        "conditions": conditions(round, step, unmet, user),
        **(_signing(round, plenary, user, at, bound) if is_open and not missing else {}),
        "winners": [(part, line) for part in standings.parts for line in part.ranked if line.title],
    }


def _signing(round: Round, plenary: Plenary, user: User, at: datetime, bound: Bound) -> dict[str, Any]:
    """The two signatures: which of them this person can give now."""
    said = plenary.confirmed_at is not None
    first = bool(permissions.can_confirm_decision(user, round, at=at))
    second = bool(may.can_countersign(user, round, at=at, confirmed_by_id=plenary.confirmed_by_id))
    return {
        "chair_word": said,
        "may_take_back": first and said,
        "confirm_form": bound.get("confirm", ConfirmForm()) if first and not said else None,
        "countersign_form": bound.get("countersign", CountersignForm()) if second and said else None,
    }


def _agenda_item(part: PartStandings, tabulation: Tabulation, bound: Bound, *, may_record: bool) -> PartOnPage:
    kind, code = part_key(part)
    ties = []
    for tie in part.open_ties:
        key = tie_key(part, tie)
        ties.append(TieOnPage(tie, key, bound.get(key, TieForm(None, tie, key)) if may_record else None))
    key = deviation_key(part)
    may_deviate = may_record and len(part.ranked) > 1
    deviation = bound.get(key, DeviationForm(None, part, key)) if may_deviate else None
    return PartOnPage(part, kind, code, tuple(ties), deviation, for_the_agenda(part, tabulation))


def attendance_form(plenary: Plenary, round: Round, at: datetime, data: Any) -> AttendanceForm:
    """Return the bound attendance form."""
    return AttendanceForm(data, seats_at(plenary, round, at))
