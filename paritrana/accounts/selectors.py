"""Reads of roles."""

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from paritrana.audit.models import AuditEvent

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


def history_of_person(user: User) -> QuerySet[AuditEvent]:
    """Return what was done to the login and the roles of ``user``, in every chain, newest first. One query."""
    grants = RoleGrant.objects.filter(user=user).values_list(Cast("pk", CharField()), flat=True)
    about = Q(object_type="accounts.user", object_id=str(user.pk))
    about |= Q(object_type="accounts.rolegrant", object_id__in=grants)
    return AuditEvent.objects.filter(about).order_by("-at", "-pk")


def scope_of(grant: RoleGrant) -> str:
    """Return the round that ``grant`` is for, as in addresses and chains: ``2024/53``; empty for the whole site."""
    if grant.assessment_year is None:
        return ""
    return f"{grant.assessment_year}/{grant.region.code if grant.region else 'nasional'}"
