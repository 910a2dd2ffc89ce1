"""The motions of a plenary: who may vote, who has, and how a closed vote ended."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet

from judging.core.votes import Votes, counted
from judging.models import Ballot, Motion, MotionState, Plenary, SecretBallot
from nominees.models import Nomination, Round

from .plenary import voting_seats

#: Ends of a vote that was counted.
COUNTED = frozenset({MotionState.CARRIED, MotionState.REJECTED})


@dataclass(frozen=True, slots=True)
class MotionOnRecord:
    """A motion with what may be told of its vote.

    ``votes`` is None for a secret vote until it is closed, and for a withdrawn motion. ``voted`` are the seats with a
    ballot, ``to_vote`` those that may vote and have not (empty once closed).
    """

    motion: Motion
    votes: Votes | None
    voted: frozenset[int]
    to_vote: frozenset[int]

    @property
    def is_open(self) -> bool:
        """Whether ballots can still be cast."""
        return self.motion.state == MotionState.OPEN

    @property
    def may_vote(self) -> int:
        """How many seats may vote, or could."""
        return len(self.voted) + (len(self.to_vote) if self.is_open else self.motion.not_voting)


def motions_of(plenary: Plenary) -> list[MotionOnRecord]:
    """Return the motions of ``plenary`` in their order. At most six queries."""
    return [_on_record(motion) for motion in _loaded(Motion.objects.filter(plenary=plenary))]


def motion_in(round: Round, number: int) -> MotionOnRecord | None:
    """Return motion ``number`` of the plenary in force of ``round``. At most six queries."""
    rows = Motion.objects.filter(
        plenary__tabulation__round=round, plenary__tabulation__superseded_at=None, number=number
    )
    return next(map(_on_record, _loaded(rows)), None)


def eligible_seats(motion: Motion) -> frozenset[int]:
    """Return the seats that may vote: present, and not recused for any nominee concerned. At most three queries."""
    return voting_seats(motion.plenary, [nomination.pk for nomination in motion.nominations.all()])


def votes_of(motion: Motion) -> Votes:
    """Return the count of the ballots, secret or open, from what is loaded or in one query."""
    box: Collection[Ballot | SecretBallot] = motion.secret_ballots.all() if motion.is_secret else motion.ballots.all()
    return counted(paper.choice for paper in box)


def _loaded(motions: QuerySet[Motion]) -> QuerySet[Motion]:
    nominations = Nomination.objects.select_related("nominee__region").order_by("number")
    return (
        motions.select_related("plenary", "category", "pool", "proposed_by", "closed_by", "decision")
        .prefetch_related(
            Prefetch("nominations", queryset=nominations),
            Prefetch("ballots", queryset=Ballot.objects.select_related("seat")),
            "secret_ballots",
        )
        .order_by("number")
    )


def _on_record(motion: Motion) -> MotionOnRecord:
    voted = frozenset(ballot.seat_id for ballot in motion.ballots.all())
    is_open = motion.state == MotionState.OPEN
    told = motion.state in COUNTED or (is_open and not motion.is_secret)
    return MotionOnRecord(
        motion=motion,
        votes=votes_of(motion) if told else None,
        voted=voted,
        to_vote=eligible_seats(motion) - voted if is_open else frozenset(),
    )
