"""The meeting: opened by the chair on frozen numbers, confirmed by the chair, countersigned, ending in awards."""

from collections.abc import Mapping
from datetime import datetime

from judging import audit_actions, permissions
from judging.models import Award, Decision, Plenary, PlenaryAttendance, Seat, Sheet
from judging.permissions import plenary as may
from judging.selectors.awards import special_awards_of
from judging.selectors.panels import panel_of
from judging.selectors.plenary import plenary_in_force, voting_seats
from judging.selectors.plenary_screen import result_version
from judging.selectors.readiness import unmet_before_signing
from judging.selectors.rounds import open_step_back
from nominees.core.lifecycle import State, transition
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .awarding import awards_hash, freeze_pools, hash_of_result, make_awards
from .decisions import PlenaryNotInForce, refuse_unless_open, refuse_while_voting, subject_of
from .locks import locked_round
from .rounds import RoundNotReady, StepBackPending, move_round
from .sheet_workbooks_handed import lapse_handed
from .tabulation import freeze_tabulation


class PlenaryOver(DomainError):
    """The plenary was held and confirmed before."""

    code = "plenary_over"


class AttendanceIncomplete(DomainError):
    """Every seat is either present or not; fact ``seat``: the first one left out."""

    code = "attendance_incomplete"


class SeatWithoutHolder(DomainError):
    """Nobody holds the seat on this day, so nobody can be present for it; fact ``seat``."""

    code = "seat_without_holder"


class NobodyPresent(DomainError):
    """A plenary without anybody decides nothing."""

    code = "nobody_present"


class AttendanceContradictsVotes(DomainError):
    """A recorded decision had more votes than this attendance allows; fact ``subject``."""

    code = "attendance_contradicts_votes"


class ChairWordMissing(DomainError):
    """The chair has not confirmed the result, or has taken the word back: there is nothing to countersign."""

    code = "chair_word_missing"


class WrongPassword(DomainError):
    """Whoever confirms or countersigns did not prove who it is."""

    code = "wrong_password"


class ResultChangedMeanwhile(DomainError):
    """The page was loaded before something of the result changed; what is signed is what was read."""

    code = "result_changed_meanwhile"


class MinutesNumberMissing(DomainError):
    """Minutes carry a number."""

    code = "minutes_number_missing"


@atomic_service
def open_plenary(*, round: Round, place: str, actor: User, at: datetime) -> Plenary:
    """Close all sheets, freeze the tabulation and open the meeting; the chair alone.

    Opening twice returns the plenary that is open. Raises :class:`PlenaryOver`, what ``move_round`` raises (all unmet
    conditions of the step), and whatever keeps the round from being tabulated.
    """
    round = locked_round(round.pk)
    permissions.can_open_plenary(actor, round, at=at).require()
    found = plenary_in_force(round)
    if found and round.state == State.PLENARY:
        return found
    if found:
        raise PlenaryOver()
    # Sheets before the log, as every save locks them; whatever keeps the round from its step opens them again.
    Sheet.objects.filter(round=round, closed_at=None).update(closed_at=at)
    move_round(round=round, target=State.PLENARY, actor=actor, at=at)
    tabulation = freeze_tabulation(round=round, actor=actor, at=at)
    lapse_handed(round=round, actor=actor, at=at)
    plenary = Plenary.objects.create(tabulation=tabulation, opened_by=actor, opened_at=at, place=place.strip())
    payload = {"tabulation": tabulation.number, "place": plenary.place}
    record(action=audit_actions.PLENARY_OPENED, actor=actor, at=at, target=plenary, chain=round.scope, payload=payload)
    return plenary


@atomic_service
def record_attendance(*, plenary: Plenary, present: Mapping[Seat, bool], actor: User, at: datetime) -> Plenary:
    """Record for every seat whether it is there; a seat that nobody holds may be left out and counts as not there.

    May be corrected while the plenary is open. Raises :class:`AttendanceIncomplete`, :class:`SeatWithoutHolder`,
    :class:`NobodyPresent`, :class:`AttendanceContradictsVotes`, :class:`PlenaryNotInForce`, ``ChairWordStands``,
    ``VoteIsOpen``.
    """
    round, plenary = _locked(plenary)
    permissions.can_record_plenary(actor, round).require()
    refuse_unless_open(plenary)
    refuse_while_voting(plenary)
    told = {seat.pk: there for seat, there in present.items()}
    for found in panel_of(round, local_day(at, round.time_zone)):
        there = told.get(found.seat.pk)
        if there and not found.seating:
            raise SeatWithoutHolder(seat=found.seat.name)
        if there is None and found.seating:
            raise AttendanceIncomplete(seat=found.seat.name)
        name = found.seating.name if found.seating else ""
        PlenaryAttendance.objects.update_or_create(
            plenary=plenary, seat=found.seat, defaults={"present": bool(there), "name": name}
        )
    _refuse_impossible(plenary)
    codes = {seat.code: there for seat, there in present.items()}
    record(
        action=audit_actions.PLENARY_ATTENDANCE_RECORDED,
        actor=actor,
        at=at,
        target=plenary,
        chain=round.scope,
        payload={"present": codes},
    )
    return plenary


@atomic_service
def confirm_decision(
    *, plenary: Plenary, password: str, minutes_number: str, actor: User, at: datetime, seen: str = ""
) -> Plenary:
    """The chair's word on the result as it stands, proved by password; decided once a second officer countersigns.

    Until then nothing of the meeting changes, unless the chair takes the word back. ``seen`` is what
    ``selectors.plenary_screen.result_version`` said of the page that was read: another result is refused with
    :class:`ResultChangedMeanwhile`. Raises :class:`PlenaryOver`,
    :class:`ChairWordStands`, :class:`WrongPassword`, :class:`MinutesNumberMissing`, :class:`PlenaryNotInForce`,
    ``StepBackPending`` and ``RoundNotReady`` with what is unmet.
    """
    round, plenary = _locked(plenary)
    permissions.can_open_plenary(actor, round, at=at).require()
    if plenary.countersigned_at:
        raise PlenaryOver()
    permissions.can_confirm_decision(actor, round, at=at).require()
    refuse_unless_open(plenary)
    _refuse_unread(plenary, seen)
    if not actor.check_password(password):
        raise WrongPassword()
    if not minutes_number.strip():
        raise MinutesNumberMissing()
    _refuse_unready(round)
    plenary.minutes_number = minutes_number.strip()
    plenary.confirmed_by, plenary.confirmed_at = actor, at
    plenary.save(update_fields=["minutes_number", "confirmed_by", "confirmed_at"])
    payload = {
        "tabulation": plenary.tabulation.number,
        "minutes": plenary.minutes_number,
        "awards_hash": hash_of_result(plenary, special_awards_of(plenary)),
    }
    record(
        action=audit_actions.RESULT_CONFIRMED, actor=actor, at=at, target=plenary, chain=round.scope, payload=payload
    )
    return plenary


@atomic_service
def take_back_confirmation(*, plenary: Plenary, actor: User, at: datetime) -> Plenary:
    """The chair's word goes before anybody has countersigned it: the meeting goes on.

    Raises :class:`PlenaryOver`, :class:`ChairWordMissing`, :class:`PlenaryNotInForce`.
    """
    round, plenary = _locked(plenary)
    permissions.can_open_plenary(actor, round, at=at).require()
    if plenary.countersigned_at:
        raise PlenaryOver()
    permissions.can_confirm_decision(actor, round, at=at).require()
    _refuse_without_word(plenary)
    payload = {"tabulation": plenary.tabulation.number, "minutes": plenary.minutes_number}
    plenary.confirmed_by = plenary.confirmed_at = None
    plenary.save(update_fields=["confirmed_by", "confirmed_at"])
    record(
        action=audit_actions.CONFIRMATION_TAKEN_BACK,
        actor=actor,
        at=at,
        target=plenary,
        chain=round.scope,
        payload=payload,
    )
    return plenary


@atomic_service
def countersign(*, plenary: Plenary, password: str, actor: User, at: datetime, seen: str = "") -> tuple[Award, ...]:
    """The second word: freeze the pools of firsts, decide the round, make the awards.

    By the holder of the secretary's seat or one of the secretariat, by password, never by the person who confirmed;
    ``seen`` as for :func:`confirm_decision`, the chair's word included. Raises :class:`ResultChangedMeanwhile`,
    :class:`PlenaryOver`, :class:`ChairWordMissing`, :class:`WrongPassword`, :class:`PlenaryNotInForce` and what the
    step of the round raises.
    """
    round, plenary = _locked(plenary)
    may.is_second_officer(actor, round, at=at).require()
    if plenary.countersigned_at:
        raise PlenaryOver()
    may.can_countersign(actor, round, at=at, confirmed_by_id=plenary.confirmed_by_id).require()
    _refuse_without_word(plenary)
    _refuse_unread(plenary, seen)
    if not actor.check_password(password):
        raise WrongPassword()
    freeze_pools(plenary=plenary, round=round, actor=actor, at=at)
    plenary.countersigned_by, plenary.countersigned_at = actor, at
    plenary.save(update_fields=["countersigned_by", "countersigned_at"])
    move_round(round=round, target=State.DECIDED, actor=actor, at=at)
    awards = make_awards(plenary=plenary, round=round)
    payload = {
        "tabulation": plenary.tabulation.number,
        "minutes": plenary.minutes_number,
        "awards": len(awards),
        "awards_hash": awards_hash(awards, special_awards_of(plenary)),
    }
    record(
        action=audit_actions.RESULT_COUNTERSIGNED,
        actor=actor,
        at=at,
        target=plenary,
        chain=round.scope,
        payload=payload,
    )
    return awards


def _locked(plenary: Plenary) -> tuple[Round, Plenary]:
    """The round, locked, and the plenary as it is now."""
    round = locked_round(Plenary.objects.values_list("tabulation__round", flat=True).get(pk=plenary.pk))
    return round, Plenary.objects.select_related("tabulation__rules", "tabulation__round").get(pk=plenary.pk)


def _refuse_without_word(plenary: Plenary) -> None:
    if plenary.tabulation.superseded_at:
        raise PlenaryNotInForce()
    if not plenary.confirmed_at:
        raise ChairWordMissing()


def _refuse_unread(plenary: Plenary, seen: str) -> None:
    if seen and seen != result_version(plenary):
        raise ResultChangedMeanwhile()


def _refuse_unready(round: Round) -> None:
    """All that has to hold before the first signature."""
    step = transition(State.PLENARY, State.DECIDED)
    unmet = unmet_before_signing(round, step) if step else []
    if open_step_back(round):
        raise StepBackPending
    if unmet:
        raise RoundNotReady(unmet=unmet, count=len(unmet))


def _refuse_impossible(plenary: Plenary) -> None:
    """Somebody is there, and no decision already recorded had more votes than seats that may vote now."""
    if not PlenaryAttendance.objects.filter(plenary=plenary, present=True).exists():
        raise NobodyPresent()
    for decision in Decision.objects.filter(plenary=plenary, withdrawn_at=None).select_related("category", "pool"):
        votes = decision.votes_for + decision.votes_against + decision.abstentions
        concerned = decision.nominations.values_list("pk", flat=True)
        if votes > len(voting_seats(plenary, concerned)):
            raise AttendanceContradictsVotes(subject=subject_of(decision))
