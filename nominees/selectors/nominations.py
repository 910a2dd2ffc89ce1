"""Reads of nominations: the list of a round, one of them, and what happened to it."""

from django.db.models import Count, Q, QuerySet

from nominees.models import Nomination, Round
from paritrana.audit.models import AuditEvent

#: Orders of the list, by the word in its address.
ORDERS = {
    "number": ("number",),
    "name": ("nominee__name", "number"),
    "category": ("category__position", "category__code", "number"),
    "status": ("status", "number"),
}


def nominations_of(round: Round) -> QuerySet[Nomination]:
    """Return the round's nominations with what a line of a list shows. No further query per line."""
    return Nomination.objects.filter(round=round).select_related(
        "category", "nominee__business", "nominee__region__parent__parent"
    )


def listed(
    round: Round, *, search: str = "", category: str = "", status: str = "", order: str = "number"
) -> QuerySet[Nomination]:
    """Return the nominations that the filters leave, in one of :data:`ORDERS`."""
    found = nominations_of(round).order_by(*ORDERS.get(order, ORDERS["number"]))
    if category:
        found = found.filter(category__code=category)
    if status:
        found = found.filter(status=status)
    for word in search.split():
        found = found.filter(
            Q(nominee__name__icontains=word)
            | Q(nominee__business__legal_name__icontains=word)
            | Q(nominee__business__nib=word)
            | Q(nominee__region__name__icontains=word)
            | Q(nominee__region__code=word)
        )
    return found


def nomination_at(*, round: Round, number: int) -> Nomination | None:
    """Return the round's nomination of this number with all that its page shows, or ``None``. One query."""
    found = nominations_of(round).select_related("contact", "screened_by", "forwarded_from__round__edition")
    nomination = found.filter(number=number).first()
    if nomination is not None:
        nomination.round = round
    return nomination


def status_counts(round: Round) -> dict[str, int]:
    """Return how many nominations have each status. One query."""
    counted = Nomination.objects.filter(round=round).order_by().values_list("status").annotate(n=Count("pk"))
    return dict(counted)


def history_of(nomination: Nomination) -> QuerySet[AuditEvent]:
    """Return the events of one nomination, newest first."""
    return AuditEvent.objects.filter(
        chain=nomination.round.scope, object_type="nominees.nomination", object_id=str(nomination.pk)
    ).order_by("-seq")
