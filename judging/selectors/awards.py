"""Titled places as decided: what certificates, announcements and the national round go by."""

from django.db.models import F, QuerySet

from judging.models import Award
from nominees.models import Round


def awards_in_force(round: Round) -> QuerySet[Award]:
    """Return the awards of the last decision, by category and place, with all that papers print. One query."""
    return (
        Award.objects.filter(round=round, superseded_at=None, tabulation__superseded_at=None)
        .select_related("category", "pool", "standing", "nomination__nominee__region__parent__parent")
        # Pools follow the categories, on either database.
        .order_by(
            F("category__position").asc(nulls_last=True), "category__code", "pool__code", "place", "nomination__number"
        )
    )


def awards_within_quota(round: Round) -> QuerySet[Award]:
    """Return the awards of categories whose place is within the forward quota, forwarded or not. One query."""
    return awards_in_force(round).filter(place__lte=F("category__forward_quota"))


def awards_to_forward(round: Round) -> QuerySet[Award]:
    """Return the awards within their category's forward quota that are not yet in the national round. One query."""
    return awards_within_quota(round).filter(forwarding=None)


def award_group_name(award: Award) -> str:
    """Return the name of the category or pool that ``award`` belongs to; reads what is loaded with it."""
    return str(award.category or award.pool)
