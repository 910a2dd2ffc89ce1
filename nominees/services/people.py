"""What the platform administrator does with logins and roles. Every act is logged; none gives a look at scores.

The writes themselves are in ``paritrana.accounts``, which knows no rounds; here stands who may, and which roles fit.
"""

from datetime import datetime

from nominees.models import Level, Round
from nominees.permissions import can_administer
from paritrana.accounts import services as accounts
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

#: Given and ended by the panel's seatings, never by hand.
SEAT_ROLES = frozenset({Role.CHAIR, Role.PANEL_MEMBER})
#: Roles that only rounds of one level have.
LEVEL_OF = {Role.SECRETARIAT: Level.PROVINCIAL, Role.NATIONAL_SECRETARIAT: Level.NATIONAL}


class RoleNotGranted(DomainError):
    """The role follows from a seat of the panel."""

    code = "role_not_granted"


class RoleOfOtherLevel(DomainError):
    """The national secretariat is of the national round, the secretariat of a province's. Facts: role."""

    code = "role_of_other_level"


class RoleNeedsRound(DomainError):
    """Every role but the platform administrator's is for one round. Facts: role."""

    code = "role_needs_round"


class OwnLogin(DomainError):
    """Nobody switches off the own login or takes the own administration away: somebody has to be left."""

    code = "own_login"


@atomic_service
def create_login(
    *, username: str, display_name: str, password: str, actor: User, at: datetime, email: str = "", phone: str = ""
) -> User:
    """Create a person who can sign in. Raises ``UsernameTaken``, ``PasswordRefused`` and ``NotPermitted``."""
    can_administer(actor).require()
    accounts.require_strong(password, User(username=username, display_name=display_name, email=email))
    return accounts.create_user(
        username=username,
        display_name=display_name,
        password=password,
        email=email,
        phone=phone,
        actor=actor,
        at=at,
    )


@atomic_service
def reset_password(*, user: User, password: str, actor: User, at: datetime) -> User:
    """Give somebody a new password. Raises ``PasswordRefused`` and ``NotPermitted``."""
    can_administer(actor).require()
    return accounts.set_password(user=user, password=password, actor=actor, at=at)


@atomic_service
def switch_login(*, user: User, is_active: bool, actor: User, at: datetime) -> User:
    """Let somebody sign in or not; twice is once. Raises :class:`OwnLogin` and ``NotPermitted``."""
    can_administer(actor).require()
    if user == actor:
        raise OwnLogin
    return accounts.set_active(user=user, is_active=is_active, actor=actor, at=at)


@atomic_service
def give_role(*, user: User, role: Role, round: Round | None, actor: User, at: datetime) -> RoleGrant:
    """Give ``user`` a role in ``round``; the platform administrator's is for the whole site and takes no round.

    A role in force is returned as it is. Raises the errors of this module and ``NotPermitted``.
    """
    can_administer(actor).require()
    if role in SEAT_ROLES:
        raise RoleNotGranted
    if role == Role.PLATFORM_ADMIN:
        return accounts.grant_role(user=user, role=role, actor=actor, at=at)
    if round is None:
        raise RoleNeedsRound(role=role.label)
    if LEVEL_OF.get(role, round.level) != round.level:
        raise RoleOfOtherLevel(role=role.label)
    year = round.edition.assessment_year
    return accounts.grant_role(user=user, role=role, actor=actor, at=at, assessment_year=year, region=round.region)


@atomic_service
def end_role(*, grant: RoleGrant, actor: User, at: datetime) -> RoleGrant:
    """End a role; ended twice is ended once. Raises :class:`RoleNotGranted`, :class:`OwnLogin`, ``NotPermitted``."""
    can_administer(actor).require()
    if grant.role in SEAT_ROLES:
        raise RoleNotGranted
    if grant.role == Role.PLATFORM_ADMIN and grant.user_id == actor.pk:
        raise OwnLogin
    return accounts.revoke_role(grant=grant, actor=actor, at=at)
