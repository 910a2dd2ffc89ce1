"""Writes of people and roles."""

from datetime import datetime

from paritrana.audit.record import SITE, record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.regions.models import Region

from . import audit_actions
from .models import Role, RoleGrant, User


class UsernameTaken(DomainError):
    """Somebody already signs in under this name."""

    code = "username_taken"


@atomic_service
def create_user(
    *,
    username: str,
    display_name: str,
    password: str,
    actor: User | None,
    at: datetime,
    email: str = "",
    phone: str = "",
) -> User:
    """Create a person who can sign in. Raises :class:`UsernameTaken`."""
    if User.objects.filter(username=username).exists():
        raise UsernameTaken(username=username)
    user = User(username=username, display_name=display_name, email=email, phone=phone, date_joined=at)
    user.set_password(password)
    user.save()
    record(action=audit_actions.USER_CREATED, actor=actor, at=at, target=user, payload={"username": username})
    return user


@atomic_service
def grant_role(
    *,
    user: User,
    role: Role,
    actor: User | None,
    at: datetime,
    assessment_year: int | None = None,
    region: Region | None = None,
) -> RoleGrant:
    """Give ``user`` a role in one round; a grant in force is returned as it is."""
    scope = {"assessment_year": assessment_year, "region": region}
    found = RoleGrant.objects.filter(user=user, role=role, revoked_at=None, **scope).first()
    if found:
        return found
    grant = RoleGrant.objects.create(user=user, role=role, granted_at=at, granted_by=actor, **scope)
    record(
        action=audit_actions.ROLE_GRANTED,
        actor=actor,
        at=at,
        target=grant,
        chain=_chain(assessment_year, region),
        payload={"user": user.username, "role": role.value},
    )
    return grant


@atomic_service
def revoke_role(*, grant: RoleGrant, actor: User | None, at: datetime) -> RoleGrant:
    """End a grant; ended twice is ended once."""
    locked = RoleGrant.objects.select_for_update().get(pk=grant.pk)
    if locked.revoked_at is None:
        locked.revoked_at = at
        locked.save(update_fields=["revoked_at"])
        record(
            action=audit_actions.ROLE_REVOKED,
            actor=actor,
            at=at,
            target=locked,
            chain=_chain(locked.assessment_year, locked.region),
            payload={"user": locked.user.username, "role": locked.role},
        )
    return locked


def _chain(assessment_year: int | None, region: Region | None) -> str:
    if assessment_year is None:
        return SITE
    return f"{assessment_year}/{region.code if region else 'nasional'}"
