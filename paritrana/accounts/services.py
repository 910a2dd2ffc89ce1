"""Writes of people and roles."""

from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from paritrana.audit.record import SITE, record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.regions.models import Region

from . import audit_actions
from .models import Role, RoleGrant, User
from .selectors import scope_of


class UsernameTaken(DomainError):
    """Somebody already signs in under this name."""

    code = "username_taken"


class PasswordRefused(DomainError):
    """The password is too weak by the settings' validators. Facts: why, in sentences."""

    code = "password_refused"


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


def require_strong(password: str, user: User) -> None:
    """Raise :class:`PasswordRefused` unless ``password`` is strong enough for ``user``, who need not be saved."""
    try:
        validate_password(password, user)
    except ValidationError as refused:
        raise PasswordRefused(why=" ".join(refused.messages)) from refused


@atomic_service
def set_password(*, user: User, password: str, actor: User | None, at: datetime) -> User:
    """Give ``user`` a new password, which signs them out everywhere. The log says that, never the password.

    Whether ``actor`` may is asked by the caller. Raises :class:`PasswordRefused`.
    """
    locked = User.objects.select_for_update().get(pk=user.pk)
    require_strong(password, locked)
    locked.set_password(password)
    locked.save(update_fields=["password"])
    action = audit_actions.PASSWORD_CHANGED if actor == locked else audit_actions.PASSWORD_RESET
    record(action=action, actor=actor, at=at, target=locked, payload={"username": locked.username})
    return locked


@atomic_service
def set_active(*, user: User, is_active: bool, actor: User | None, at: datetime) -> User:
    """Let ``user`` sign in or not; switched off, open sessions end with the next click. Twice is once."""
    locked = User.objects.select_for_update().get(pk=user.pk)
    if locked.is_active != is_active:
        locked.is_active = is_active
        locked.save(update_fields=["is_active"])
        action = audit_actions.USER_REACTIVATED if is_active else audit_actions.USER_DEACTIVATED
        record(action=action, actor=actor, at=at, target=locked, payload={"username": locked.username})
    return locked


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
        chain=scope_of(grant) or SITE,
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
            chain=scope_of(locked) or SITE,
            payload={"user": locked.user.username, "role": locked.role},
        )
    return locked
