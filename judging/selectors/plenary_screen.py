"""The state of a plenary's screen as one short text, so that a projector asks for its picture only when it changed."""

from django.db.models import Count, Max, Q

from judging.models import Ballot, Motion, MotionState, Plenary

from .tabulations import canonical, sha256_of


def version_of(plenary: Plenary) -> str:
    """Return a text that changes with everything the screen can show. Four queries.

    It is a digest of numbers and times: it tells neither who voted nor how.
    """
    told = plenary.attendances.aggregate(present=Count("pk", filter=Q(present=True)), told=Count("pk"))
    votes = Ballot.objects.filter(motion__plenary=plenary, motion__state=MotionState.OPEN)
    cast = votes.aggregate(number=Count("pk"), latest=Max("cast_at"))
    motions = Motion.objects.filter(plenary=plenary).aggregate(number=Count("pk"), latest=Max("closed_at"))
    decisions = plenary.decisions.aggregate(number=Count("pk"), latest=Max("withdrawn_at"))
    facts = [
        plenary.shown,
        plenary.confirmed_at,
        plenary.countersigned_at,
        *told.values(),
        *cast.values(),
        *motions.values(),
        *decisions.values(),
    ]
    return sha256_of(canonical([str(fact) for fact in facts]))[:16]
