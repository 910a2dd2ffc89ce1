"""The state of a plenary's screen as one short text, so that a projector asks for its picture only when it changed."""

from collections.abc import Iterable

from django.db.models import Count, Max, Q

from judging.models import Ballot, Motion, MotionState, Plenary

from .tabulations import canonical, sha256_of


def version_of(plenary: Plenary) -> str:
    """Return a text that changes with everything the screen can show. Four queries.

    It is a digest of numbers and times: it tells neither who voted nor how.
    """
    told = plenary.attendances.aggregate(present=Count("pk", filter=Q(present=True)), told=Count("pk"))
    return _digest([plenary.shown, *told.values(), *_facts(plenary)])


def result_version(plenary: Plenary) -> str:
    """Return a text that changes with everything that the two signatures are put under. Four queries.

    The frozen numbers never change, so it is who is there, what was moved and decided, and the chair's word.
    """
    there = plenary.attendances.order_by("seat_id").values_list("seat_id", "present", "name")
    return _digest([plenary.tabulation_id, plenary.minutes_number, *there, *_facts(plenary)])


def _facts(plenary: Plenary) -> list[object]:
    """What screen and signatures have in common. Three queries."""
    votes = Ballot.objects.filter(motion__plenary=plenary, motion__state=MotionState.OPEN)
    cast = votes.aggregate(number=Count("pk"), latest=Max("cast_at"))
    motions = Motion.objects.filter(plenary=plenary).aggregate(number=Count("pk"), latest=Max("closed_at"))
    decisions = plenary.decisions.aggregate(number=Count("pk"), latest=Max("withdrawn_at"))
    words = plenary.confirmed_at, plenary.countersigned_at
    return [*words, *cast.values(), *motions.values(), *decisions.values()]


def _digest(facts: Iterable[object]) -> str:
    return sha256_of(canonical([str(fact) for fact in facts]))[:16]
