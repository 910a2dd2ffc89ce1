"""What the minutes print of votes: exceptions before the meeting, and every motion, rejected and withdrawn ones too."""

import json
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain
from typing import Any, Final

from judging.documents.minutes_data import Outcome, Resolution, ResolutionKind, SeatVote, Vote
from judging.models import Choice, Decision, DecisionKind, Motion, MotionState, Plenary
from judging.selectors.decided import PartStandings
from judging.selectors.standings import FinalStandings
from nominees.models import Category, Nomination, Pool, Round
from paritrana.kernel import wording

from .common import category_title, holder, seats_of

KINDS: Final[dict[DecisionKind, ResolutionKind]] = {
    DecisionKind.TIE: "tie",
    DecisionKind.DEVIATION: "deviation",
    DecisionKind.QUORUM: "exception",
    DecisionKind.SPECIAL: "special",
}
OUTCOMES: Final[dict[MotionState, Outcome]] = {
    MotionState.CARRIED: "carried",
    MotionState.REJECTED: "rejected",
    MotionState.WITHDRAWN: "withdrawn",
}
CHOICES: Final = {Choice.FAVOUR: "Setuju", Choice.AGAINST: "Tidak setuju", Choice.ABSTAIN: "Abstain"}


def resolutions(found: FinalStandings, round: Round, plenary: Plenary) -> Iterable[Resolution]:
    """Return what was decided without a motion in the order of the decisions, then the motions by their numbers."""
    reader = _Reader(found.parts, round, plenary)
    return chain(map(reader.of_decision, reader.decisions), map(reader.of_motion, reader.motions))


def given_up(round: Round, plenary: Plenary) -> Iterable[Resolution]:
    """Return what was moved in a meeting that came to no result: its votes without places, in the same order."""
    reader = _Reader((), round, plenary)
    own = (reader.of_decision(one) for one in reader.decisions if one.plenary_id)
    return chain(own, map(reader.of_motion, reader.motions))


class _Reader:
    """All that votes are told from, loaded once: the number of queries does not depend on the number of motions."""

    def __init__(self, parts: Sequence[PartStandings], round: Round, plenary: Plenary) -> None:
        self.parts = parts
        motions = Motion.objects.filter(plenary=plenary).exclude(state=MotionState.OPEN)
        self.motions = list(
            motions.select_related("category", "pool", "proposed_by", "decision")
            .prefetch_related("nominations__nominee", "ballots__seat", "secret_ballots")
            .order_by("number")
        )
        standing = Decision.objects.filter(round=round, withdrawn_at=None, motion=None)
        self.decisions = list(
            (standing.filter(plenary=None) | standing.filter(plenary=plenary))
            .select_related("category", "pool")
            .prefetch_related("nominations__nominee")
            .order_by("decided_at", "pk")
        )
        day = wording.local_day(plenary.opened_at, round.time_zone)
        self.members = _members(plenary, round, day)

    def of_decision(self, decision: Decision) -> Resolution:
        """What was decided with counted votes alone."""
        names = _ordered(decision.order, decision.nominations.all())
        return Resolution(
            kind=KINDS[DecisionKind(decision.kind)],
            category=_subject(decision.category or decision.pool),
            nominees=names,
            matter=self._matter(decision, names),
            reason=decision.reason,
            vote=Vote(in_favour=decision.votes_for, against=decision.votes_against, abstaining=decision.abstentions),
        )

    def of_motion(self, motion: Motion) -> Resolution:
        """A motion that was put, with its votes unless it was withdrawn before they counted."""
        names = _ordered(motion.order, motion.nominations.all())
        decision = motion.decision
        outcome = OUTCOMES[MotionState(motion.state)]
        details = json.loads(motion.details)
        return Resolution(
            number=motion.number,
            kind=KINDS[DecisionKind(motion.kind)],
            category=_subject(motion.category or motion.pool),
            nominees=names or tuple(filter(None, [details.get("recipient")])),
            matter=_award(details) or (self._matter(decision, names) if decision else _put(motion, details, names)),
            reason=motion.reason,
            vote=None if outcome == "withdrawn" else _vote(motion),
            proposed_by=motion.proposed_by.name,
            is_secret=motion.is_secret,
            outcome="revoked" if decision and decision.withdrawn_at else outcome,
            ballots=() if motion.is_secret or outcome == "withdrawn" else self._ballots(motion),
        )

    def _ballots(self, motion: Motion) -> tuple[SeatVote, ...]:
        return tuple(
            SeatVote(
                seat=ballot.seat.name,
                member=self.members.get(ballot.seat_id, ""),
                choice=CHOICES[Choice(ballot.choice)],
            )
            for ballot in motion.ballots.all()
            if ballot.choice
        )

    def _matter(self, decision: Decision, names: tuple[str, ...]) -> str:
        """One sentence on what was decided."""
        if decision.kind == DecisionKind.QUORUM:
            return "Diberi peringkat meskipun jumlah nilai kurang dari kuorum."
        if decision.withdrawn_at:
            return _proposed(decision.kind, names)
        told = "; ".join(self._places(decision)) or ", ".join(names)
        if decision.kind == DecisionKind.TIE:
            return f"Nilai resmi sama; urutan ditetapkan: {told}."
        return f"Peringkat ditetapkan berbeda dari hasil hitungan: {told}."

    def _places(self, decision: Decision) -> list[str]:
        """Who came to which place; nothing where a later decision moved one of them again: these are not its places."""
        part = next((one for one in self.parts if _is_about(one, decision)), None)
        if part is None or any(one.pk > decision.pk and set(one.order) & set(decision.order) for one in part.decisions):
            return []
        placed = [part.line_of(pk) for pk in decision.order]
        return [f"{line.nomination} pada peringkat {line.place}" for line in placed if line and line.place]


def _members(plenary: Plenary, round: Round, day: date) -> dict[int, str]:
    """Seat id -> who sat there at the meeting."""
    names = {row.seat_id: row.name for row in plenary.attendances.all()}
    for seat in seats_of(round):
        seating = holder(seat, day)
        if not names.get(seat.pk) and seating:
            names[seat.pk] = seating.name
    return names


def _is_about(part: PartStandings, decision: Decision) -> bool:
    return bool(
        (decision.category_id and part.category == decision.category)
        or (decision.pool_id and part.pool == decision.pool)
    )


def _subject(subject: Category | Pool | None) -> str:
    return category_title(subject.name) if subject else ""


def _ordered(order: list[int], nominations: Iterable[Nomination]) -> tuple[str, ...]:
    """The names in the order that was moved, else by number."""
    by_pk = {one.pk: one for one in nominations}
    chosen = [by_pk[pk] for pk in order if pk in by_pk]
    return tuple(str(one) for one in chosen or sorted(by_pk.values(), key=lambda one: one.number))


def _award(details: dict[str, Any]) -> str:
    """What an award outside the ranking is to be; empty for every other motion."""
    if not details.get("title"):
        return ""
    citation = f", atas {details['citation']}" if details.get("citation") else ""
    return f"{details['title']} bagi {details.get('recipient', '')}{citation}."


def _put(motion: Motion, details: dict[str, Any], names: tuple[str, ...]) -> str:
    """What was put to the vote without coming to a decision: whom a deviation was to move, else the order."""
    moved = next((one for one in motion.nominations.all() if one.number == details.get("nominee")), None)
    if moved and "position" in details:
        return f"{moved} diusulkan ke urutan {details['position']}, berbeda dari hasil hitungan."
    return _proposed(motion.kind, names)


def _proposed(kind: str, names: tuple[str, ...]) -> str:
    told = ", ".join(names)
    if kind == DecisionKind.TIE:
        return f"Urutan yang diusulkan di antara nilai resmi yang sama: {told}."
    return f"Urutan yang diusulkan, berbeda dari hasil hitungan: {told}."


def _vote(motion: Motion) -> Vote:
    """The counts: of the papers in the box where the vote was secret, else of the seats' words."""
    cast = motion.secret_ballots.all() if motion.is_secret else motion.ballots.all()
    choices = [ballot.choice for ballot in cast]
    return Vote(
        in_favour=choices.count(Choice.FAVOUR),
        against=choices.count(Choice.AGAINST),
        abstaining=choices.count(Choice.ABSTAIN),
        not_voting=motion.not_voting,
    )
