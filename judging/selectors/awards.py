"""Titled places as decided: what certificates, announcements and the national round go by."""

from django.db.models import F, QuerySet

from judging.models import Award, Plenary, SpecialAward
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


def special_awards_of(plenary: Plenary) -> QuerySet[SpecialAward]:
    """Return the awards outside the ranking that ``plenary`` carried and did not withdraw. One query."""
    found = SpecialAward.objects.filter(plenary=plenary, superseded_at=None)
    return found.select_related("decision", "nomination__nominee__region__parent__parent").order_by("pk")


def special_awards_in_force(round: Round) -> QuerySet[SpecialAward]:
    """Return the awards outside the ranking of a decided result, with all that papers print. One query.

    None before the result is confirmed and countersigned, and none after a step back until it is decided again.
    """
    return (
        SpecialAward.objects.filter(
            plenary__tabulation__round=round,
            plenary__tabulation__superseded_at=None,
            plenary__countersigned_at__isnull=False,
            superseded_at=None,
        )
        .select_related("decision", "plenary", "nomination__nominee__region__parent__parent", "nomination__category")
        .order_by("pk")
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
