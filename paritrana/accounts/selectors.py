"""Reads of roles."""

from django.db.models import Q, QuerySet

from .models import Role, RoleGrant, User


def roles_of(user: User, *, assessment_year: int, region_id: int | None) -> frozenset[Role]:
    """Return what ``user`` is in the round of that year and region; site-wide roles included. One query."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    in_round = Q(assessment_year=assessment_year, region_id=region_id)
    codes = (
        RoleGrant.objects.filter(in_round | Q(role=Role.PLATFORM_ADMIN), user=user, revoked_at=None)
        .values_list("role", flat=True)
        .distinct()
    )
    return frozenset(Role(code) for code in codes)


def grants_of(user: User) -> QuerySet[RoleGrant]:
    """Return the grants of ``user`` that are in force, with their regions."""
    return RoleGrant.objects.filter(user=user, revoked_at=None).select_related("region")
