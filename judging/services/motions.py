"""What the meeting votes on: moved by a seat with a reason, voted on seat by seat, closed by the recorder.

Who may vote: the seats that are present and not recused for any nominee concerned. An open vote is recorded as a show
of hands, or cast by each member for the own seat. In a secret one only members vote, and nothing in the database links
a seat to its choice: that the seat voted is one row (``Ballot``), the choice another (``SecretBallot``). A carried
motion becomes a decision with its three counts; a rejected or withdrawn one stays readable.
"""

import json
from collections.abc import Collection, Mapping
from datetime import datetime

from django.db.models import Max

from judging import audit_actions, permissions
from judging.models import Ballot, Choice, DecisionKind, Motion, MotionState, Plenary, Seat, Voting
from judging.permissions import plenary as may
from judging.selectors.motions import eligible_seats, votes_of
from judging.selectors.panels import panel_of
from judging.selectors.tabulations import canonical
from nominees.models import Category, Pool, Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .decisions import carry, refuse_unless_open, refuse_while_voting
from .locks import locked_round
from .motion_ends import end_motion, withdraw, write_box
from .proposals import Move, Outside, Proposal, Resolved, TieOrder, resolve
from .votes import DecisionWithoutReason


class SeatHasNoVote(DomainError):
    """The seat is not present, or recused for a nominee concerned; fact ``seat``."""

    code = "seat_has_no_vote"


class VoteClosed(DomainError):
    """The vote is closed or the motion withdrawn; fact ``number``."""

    code = "vote_closed"


class AlreadyVoted(DomainError):
    """A secret ballot is cast once; fact ``seat``."""

    code = "already_voted"


class BallotIsTheMembers(DomainError):
    """The member voted from the own device: only the member changes that; fact ``seat``."""

    code = "ballot_is_the_members"


class SeatsStillToVote(DomainError):
    """Seats that may vote have not, and were not said not to vote; facts ``count``, ``seats`` (names)."""

    code = "seats_still_to_vote"


class TooFewVoted(DomainError):
    """Not more than half of the seats that may vote did; facts ``voted``, ``seats``. The motion can be withdrawn."""

    code = "too_few_voted"


@atomic_service
def open_motion(
    *,
    plenary: Plenary,
    proposal: Proposal,
    proposed_by: Seat,
    reason: str,
    actor: User,
    at: datetime,
    is_secret: bool = False,
) -> Motion:
    """Put ``proposal`` to the vote, moved by a seat that may vote on it. One vote is open at a time.

    Its number goes on through every meeting of the round: a page that was left open names no later motion.

    Secret where ``is_secret`` or the rules of the round say so. Raises ``DecisionWithoutReason``, ``VoteIsOpen``,
    :class:`SeatHasNoVote`, what ``resolve`` raises, ``PlenaryNotInForce``, ``ChairWordStands``.
    """
    round, plenary = _open_plenary(plenary, actor)
    refuse_while_voting(plenary)
    if not reason.strip():
        raise DecisionWithoutReason()
    found = resolve(plenary, proposal)
    if proposed_by.pk not in found.seats(plenary):
        raise SeatHasNoVote(seat=proposed_by.name)
    motion = Motion.objects.create(
        plenary=plenary,
        number=_next_number(round),
        kind=found.kind,
        category=found.category,
        pool=found.pool,
        order=[nomination.pk for nomination in found.order],
        details=canonical(_details(proposal)),
        reason=reason.strip(),
        proposed_by=proposed_by,
        is_secret=is_secret or plenary.tabulation.rules.voting == Voting.SECRET,
        opened_by=actor,
        opened_at=at,
    )
    motion.nominations.set(found.nominations)
    payload = _told(motion, found) | {"proposed_by": proposed_by.code, "reason": motion.reason}
    record(action=audit_actions.MOTION_OPENED, actor=actor, at=at, target=motion, chain=round.scope, payload=payload)
    return motion


@atomic_service
def cast_ballot(*, motion: Motion, seat: Seat, choice: Choice, actor: User, at: datetime) -> Ballot:
    """Cast the vote of ``seat``: by its holder, in an open vote also by the recorder.

    An open ballot may be cast anew until the close, a secret one may not. Raises :class:`VoteClosed`,
    :class:`SeatHasNoVote`, :class:`AlreadyVoted`, :class:`BallotIsTheMembers`.
    """
    round, motion = _locked(motion)
    may.can_cast_ballot(actor, round, seat, is_secret=motion.is_secret, at=at).require()
    _refuse_unless_voting(motion)
    return _cast(round, motion, {seat: choice}, actor, at)[0]


@atomic_service
def record_hands(*, motion: Motion, choices: Mapping[Seat, Choice], actor: User, at: datetime) -> list[Ballot]:
    """Record a show of hands, by the recorder; seats that are left out keep what they had. Raises what
    :func:`cast_ballot` raises."""
    round, motion = _locked(motion)
    may.can_record_hands(actor, round, is_secret=motion.is_secret).require()
    _refuse_unless_voting(motion)
    return _cast(round, motion, choices, actor, at)


@atomic_service
def record_all_in_favour(*, motion: Motion, seats: Collection[Seat], actor: User, at: datetime) -> list[Ballot]:
    """Record a hand in favour for each of ``seats``, by the recorder: a ballot and an event of its own each.

    ``seats`` are those that the recorder saw without a vote; who has voted meanwhile keeps that vote. Raises what
    :func:`cast_ballot` raises.
    """
    round, motion = _locked(motion)
    may.can_record_hands(actor, round, is_secret=motion.is_secret).require()
    _refuse_unless_voting(motion)
    voted = set(motion.ballots.values_list("seat_id", flat=True))
    silent = [seat for seat in seats if seat.pk not in voted]
    return [_cast(round, motion, {seat: Choice.FAVOUR}, actor, at)[0] for seat in silent]


@atomic_service
def close_motion(*, motion: Motion, actor: User, at: datetime, not_voting: Collection[Seat] = ()) -> Motion:
    """Count and close: carried with more votes in favour than against, and then decided; else rejected.

    Every seat that may vote has voted or is among ``not_voting``, which are told by number and count on neither side;
    more than half of them have voted, so that a few never decide for all. Raises :class:`VoteClosed`,
    :class:`SeatsStillToVote`, :class:`TooFewVoted`, and what stands against the decision by now.
    """
    round, motion = _locked(motion)
    permissions.can_record_plenary(actor, round).require()
    _refuse_unless_voting(motion)
    eligible = eligible_seats(motion)
    silent = eligible - set(motion.ballots.values_list("seat_id", flat=True))
    left = Seat.objects.filter(pk__in=silent - {seat.pk for seat in not_voting})
    if left:
        raise SeatsStillToVote(count=len(left), seats=", ".join(seat.name for seat in left))
    votes = votes_of(motion)
    if 2 * votes.total <= len(eligible):
        raise TooFewVoted(voted=votes.total, seats=len(eligible))
    decision = None
    if votes.carries:
        found = resolve(motion.plenary, _proposal_of(motion))
        decision = carry(round, motion.plenary, found, votes, motion.reason, actor, at)
    state = MotionState.CARRIED if decision else MotionState.REJECTED
    end_motion(motion, state, actor=actor, at=at, not_voting=len(silent), decision=decision)
    payload = {
        "motion": motion.number,
        "state": state,
        "votes": [votes.in_favour, votes.against, votes.abstentions],
        "not_voting": len(silent),
    }
    record(action=audit_actions.MOTION_CLOSED, actor=actor, at=at, target=motion, chain=round.scope, payload=payload)
    return motion


@atomic_service
def withdraw_motion(*, motion: Motion, actor: User, at: datetime) -> Motion:
    """Withdraw a motion before its vote is closed; nothing of it is counted. Raises :class:`VoteClosed`."""
    round, motion = _locked(motion)
    permissions.can_record_plenary(actor, round).require()
    _refuse_unless_voting(motion)
    return withdraw(motion, round=round, actor=actor, at=at)


def _next_number(round: Round) -> int:
    last: int | None = Motion.objects.filter(plenary__tabulation__round=round).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _open_plenary(plenary: Plenary, actor: User) -> tuple[Round, Plenary]:
    fresh = Plenary.objects.select_related("tabulation__rules", "tabulation__round").get(pk=plenary.pk)
    round = locked_round(fresh.tabulation.round_id)
    permissions.can_record_plenary(actor, round).require()
    fresh.refresh_from_db(fields=["confirmed_at", "countersigned_at"])
    refuse_unless_open(fresh)
    return round, fresh


def _locked(motion: Motion) -> tuple[Round, Motion]:
    """The round, locked, and the motion as it is now."""
    round = locked_round(Motion.objects.values_list("plenary__tabulation__round", flat=True).get(pk=motion.pk))
    return round, Motion.objects.select_related("plenary__tabulation", "category", "pool").get(pk=motion.pk)


def _refuse_unless_voting(motion: Motion) -> None:
    if motion.state != MotionState.OPEN or motion.plenary.tabulation.superseded_at:
        raise VoteClosed(number=motion.number)


def _cast(round: Round, motion: Motion, choices: Mapping[Seat, Choice], actor: User, at: datetime) -> list[Ballot]:
    eligible = eligible_seats(motion)
    present = {ballot.seat_id: ballot for ballot in motion.ballots.all()}
    holders = {
        found.seat.pk: found.seating.user_id
        for found in panel_of(round, local_day(at, round.time_zone))
        if found.seating
    }
    for seat in choices:
        if seat.pk not in eligible:
            raise SeatHasNoVote(seat=seat.name)
    found = [
        _kept(motion, seat, choice, present.get(seat.pk), holders.get(seat.pk), actor)
        or _write(motion, seat, choice, actor, at)
        for seat, choice in choices.items()
    ]
    told: dict[str, object] = {"ballots": {seat.code: Choice(choice) for seat, choice in choices.items()}}
    if motion.is_secret:
        told = {"seats": [seat.code for seat in choices]}
    payload = {"motion": motion.number} | told
    record(action=audit_actions.BALLOT_CAST, actor=actor, at=at, target=motion, chain=round.scope, payload=payload)
    return found


def _kept(
    motion: Motion, seat: Seat, choice: Choice, ballot: Ballot | None, holder_id: int | None, actor: User
) -> Ballot | None:
    """Return the open ballot that the member cast and the recorder repeats: it stays the member's own.

    Another choice is refused: a secret ballot stays, the member's own is changed by the member alone.
    """
    if ballot is None:
        return None
    if motion.is_secret:
        raise AlreadyVoted(seat=seat.name)
    if not ballot.cast_by_id == holder_id != actor.pk:
        return None
    if ballot.choice != choice:
        raise BallotIsTheMembers(seat=seat.name)
    return ballot


def _write(motion: Motion, seat: Seat, choice: Choice, actor: User, at: datetime) -> Ballot:
    if motion.is_secret:
        ballot = Ballot.objects.create(motion=motion, seat=seat, cast_by=actor, cast_at=at, is_final=True)
        write_box(motion, [*motion.secret_ballots.values_list("choice", flat=True), Choice(choice)])
        return ballot
    told = {"choice": Choice(choice), "cast_by": actor, "cast_at": at}
    return Ballot.objects.update_or_create(motion=motion, seat=seat, defaults=told)[0]


def _details(proposal: Proposal) -> dict[str, object]:
    """What the decision needs beyond the order."""
    match proposal:
        case Move(nomination=nomination, position=position):
            return {"nominee": nomination.number, "position": position}
        case Outside(title=title, recipient=recipient, citation=citation):
            return {"title": title.strip(), "recipient": recipient.strip(), "citation": citation.strip()}
    return {}


def _proposal_of(motion: Motion) -> Proposal:
    """What was moved, from its row."""
    details = json.loads(motion.details)
    nominations = list(motion.nominations.all())
    if motion.kind == DecisionKind.SPECIAL:
        return Outside(**details, nomination=nominations[0] if nominations else None)
    subject: Category | Pool | None = motion.category or motion.pool
    assert subject is not None  # noqa: S101 (open_motion sets one)
    if motion.kind == DecisionKind.TIE:
        by_id = {nomination.pk: nomination for nomination in nominations}
        return TieOrder(subject, [by_id[pk] for pk in motion.order])
    (moved,) = [nomination for nomination in nominations if nomination.number == details["nominee"]]
    return Move(subject, moved, details["position"])


def _told(motion: Motion, found: Resolved) -> dict[str, object]:
    subject = found.category or found.pool
    return {
        "motion": motion.number,
        "kind": motion.kind,
        "subject": str(subject) if subject else json.loads(motion.details)["title"],
        "nominations": [nomination.number for nomination in found.order or found.nominations],
        "secret": motion.is_secret,
    }
