"""The meeting: opened by the chair on frozen numbers, confirmed by the chair's password, ending in awards."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from judging import audit_actions, permissions
from judging.models import Award, Decision, Plenary, PlenaryAttendance, Seat, Sheet
from judging.selectors.panels import panel_of
from judging.selectors.plenary import plenary_in_force, voting_seats
from judging.selectors.standings import PartStandings, final_standings
from judging.selectors.tabulations import canonical, sha256_of
from nominees.core.lifecycle import State
from nominees.models import PoolMode, Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .decisions import PlenaryNotInForce
from .locks import locked_round
from .rounds import move_round
from .sheet_workbooks_handed import lapse_handed
from .tabulation import freeze_anew, freeze_pool, freeze_tabulation


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


class WrongPassword(DomainError):
    """The chair did not prove who is confirming."""

    code = "wrong_password"


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
    :class:`NobodyPresent`, :class:`AttendanceContradictsVotes`, :class:`PlenaryNotInForce`.
    """
    round, plenary = _locked(plenary)
    permissions.can_record_plenary(actor, round).require()
    _refuse_unless_open(plenary)
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
    *, plenary: Plenary, password: str, minutes_number: str, actor: User, at: datetime
) -> tuple[Award, ...]:
    """Decide: freeze the pools of firsts, make the awards, move the round on. The chair proves itself by password.

    Raises :class:`PlenaryOver`, :class:`WrongPassword`, :class:`MinutesNumberMissing`, :class:`PlenaryNotInForce` and
    the unmet conditions of the step.
    """
    round, plenary = _locked(plenary)
    permissions.can_open_plenary(actor, round, at=at).require()
    if plenary.confirmed_at:
        raise PlenaryOver()
    permissions.can_confirm_decision(actor, round, at=at).require()
    _refuse_unless_open(plenary)
    if not actor.check_password(password):
        raise WrongPassword()
    if not minutes_number.strip():
        raise MinutesNumberMissing()
    move_round(round=round, target=State.DECIDED, actor=actor, at=at)
    _freeze_pools(plenary, round, actor, at)
    plenary.minutes_number = minutes_number.strip()
    plenary.confirmed_by, plenary.confirmed_at = actor, at
    plenary.save(update_fields=["tabulation", "minutes_number", "confirmed_by", "confirmed_at"])
    parts = final_standings(plenary.tabulation).parts
    awards = tuple(award for part in parts for award in _awards(round, part))
    Award.objects.bulk_create(awards)
    payload = {
        "tabulation": plenary.tabulation.number,
        "minutes": plenary.minutes_number,
        "awards": len(awards),
        "awards_hash": awards_hash(awards),
    }
    record(action=audit_actions.RESULT_DECIDED, actor=actor, at=at, target=plenary, chain=round.scope, payload=payload)
    return awards


def awards_hash(awards: Iterable[Award]) -> str:
    """Return the SHA-256 of who got which title, in the order of category, pool and place."""
    rows = [
        [
            award.category.code if award.category else "",
            award.pool.code if award.pool else "",
            award.place,
            award.title,
            award.nomination.number,
        ]
        for award in awards
    ]
    return sha256_of(canonical({"awards": sorted(rows)}))


def _locked(plenary: Plenary) -> tuple[Round, Plenary]:
    """The round, locked, and the plenary as it is now."""
    round = locked_round(Plenary.objects.values_list("tabulation__round", flat=True).get(pk=plenary.pk))
    return round, Plenary.objects.select_related("tabulation__rules", "tabulation__round").get(pk=plenary.pk)


def _refuse_unless_open(plenary: Plenary) -> None:
    if plenary.tabulation.superseded_at or plenary.confirmed_at:
        raise PlenaryNotInForce()


def _refuse_impossible(plenary: Plenary) -> None:
    """Somebody is there, and no decision already recorded had more votes than seats that may vote now."""
    if not PlenaryAttendance.objects.filter(plenary=plenary, present=True).exists():
        raise NobodyPresent()
    for decision in Decision.objects.filter(plenary=plenary, withdrawn_at=None).select_related("category", "pool"):
        votes = decision.votes_for + decision.votes_against + decision.abstentions
        if votes > len(voting_seats(plenary, decision.order)):
            raise AttendanceContradictsVotes(subject=str(decision.category or decision.pool))


def _freeze_pools(plenary: Plenary, round: Round, actor: User, at: datetime) -> None:
    """Freeze the pools of firsts as decided; a decision made again gets the next version of the tabulation."""
    live = [part for part in final_standings(plenary.tabulation).pools if part.part is None]
    if plenary.tabulation.parts.filter(pool__mode=PoolMode.FIRSTS).exists():
        plenary.tabulation = freeze_anew(tabulation=plenary.tabulation, round=round, actor=actor, at=at)
    for part in live:
        if part.pool:
            freeze_pool(
                tabulation=plenary.tabulation, pool=part.pool, problem=part.undecided, round=round, actor=actor, at=at
            )


def _awards(round: Round, part: PartStandings) -> Iterable[Award]:
    """Whoever holds a titled place as decided; who shares it gets the same title."""
    for line in part.ranked:
        if line.title and line.standing and part.part:
            yield Award(
                round=round,
                tabulation_id=part.part.tabulation_id,
                category=part.category,
                pool=part.pool,
                nomination=line.nomination,
                standing=line.standing,
                place=int(line.place),
                title=line.title,
                decision=line.deviation or line.tie_decision,
            )
