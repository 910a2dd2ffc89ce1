"""How a round got where it is."""

from django.db.models import Count, Q, QuerySet

from judging.models import StateChange
from nominees.core.lifecycle import State
from nominees.models import Category, Round, Status


def state_changes(round: Round) -> QuerySet[StateChange]:
    """Return every step that ``round`` took or that was asked for, newest first. One query."""
    changes = StateChange.objects.filter(round=round).select_related("requested_by", "confirmed_by")
    return changes.order_by("-requested_at", "-pk")


def open_step_back(round: Round) -> StateChange | None:
    """Return the step back that waits for a second person, if there is one. One query."""
    return state_changes(round).filter(confirmed_at=None, withdrawn_at=None).first()


def last_decided(round: Round) -> int | None:
    """Return what names the act by which the result was decided, another one for each time. One query."""
    steps = StateChange.objects.filter(round=round, source=State.PLENARY, target=State.DECIDED)
    return steps.order_by("-pk").values_list("pk", flat=True).first()


def categories_with_counts(round: Round) -> QuerySet[Category]:
    """Return the categories of ``round`` with ``nominated`` and ``running`` counts and their rubric. One query."""
    return (
        Category.objects.filter(round=round)
        .select_related("rubric__version__rubric")
        .annotate(
            nominated=Count("nominations"),
            running=Count("nominations", filter=Q(nominations__status=Status.RUNNING)),
        )
        .order_by("position", "code")  # counted rows come in no order of their own
    )
