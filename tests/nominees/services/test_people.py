"""Logins and roles: the platform administrator's acts, each with its event and its refusals."""

from typing import Any

import pytest

from nominees.services import people
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.accounts.services import PasswordRefused, UsernameTaken
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
STRONG = "jangkar-biru-laut-timur"


@pytest.fixture
def admin() -> User:
    return make_user(Role.PLATFORM_ADMIN, username="admin")


def _login(actor: User, **changes: Any) -> User:
    facts: dict[str, Any] = {"username": "dewi", "display_name": "Dr. Dewi (contoh)", "password": STRONG}
    return people.create_login(**(facts | changes), actor=actor, at=AT)


def test_a_login_is_created_once_and_its_password_is_nowhere_in_the_log(admin: User) -> None:
    user = _login(admin, email="dewi@contoh.example", phone="0380")

    assert user.check_password(STRONG)
    event = AuditEvent.objects.get(action="user.created")
    assert (event.chain, event.actor, event.object_id) == ("site", admin, str(user.pk))
    assert STRONG not in event.payload
    with pytest.raises(UsernameTaken):
        _login(admin)
    assert User.objects.filter(username="dewi").count() == 1


def test_a_weak_password_is_refused_and_nothing_is_written(admin: User) -> None:
    for password in ("pendek", "password123456", "dewi-dewi-dewi"):
        with pytest.raises(PasswordRefused):
            _login(admin, password=password, username="dewi-dewi-dewi")
    assert not AuditEvent.objects.exists()


def test_a_reset_is_logged_without_the_password(admin: User) -> None:
    user = make_user()

    people.reset_password(user=user, password=STRONG, actor=admin, at=AT)

    user.refresh_from_db()
    assert user.check_password(STRONG)
    event = AuditEvent.objects.get()
    assert (event.action, event.object_id) == ("user.password_reset", str(user.pk))
    assert STRONG not in event.payload
    with pytest.raises(PasswordRefused):
        people.reset_password(user=user, password="pendek", actor=admin, at=AT)


def test_a_login_is_switched_off_and_on_each_once(admin: User) -> None:
    user = make_user()

    for is_active in (False, False, True, True):
        people.switch_login(user=user, is_active=is_active, actor=admin, at=AT)

    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["user.deactivated", "user.reactivated"]
    with pytest.raises(people.OwnLogin):
        people.switch_login(user=admin, is_active=False, actor=admin, at=AT)


def test_a_role_is_given_once_in_its_round_and_ended_once(admin: User) -> None:
    round, user = make_round(), make_user()

    grants = {
        people.give_role(user=user, role=Role.SECRETARIAT, round=round, actor=admin, at=AT).pk for _click in range(2)
    }
    grant = RoleGrant.objects.get(pk=grants.pop())
    assert grants == set()
    assert (grant.assessment_year, grant.region, grant.granted_by) == (2024, round.region, admin)

    for _click in range(2):
        people.end_role(grant=grant, actor=admin, at=AT)
    grant.refresh_from_db()
    assert grant.revoked_at == AT
    events = [(event.action, event.chain) for event in AuditEvent.objects.order_by("pk")]
    assert events == [("role.granted", "2024/53"), ("role.revoked", "2024/53")]


def test_roles_fit_their_level_and_seats_give_theirs(admin: User) -> None:
    province, national, user = make_round(), make_round(region_code=None), make_user()
    known: dict[str, Any] = {"user": user, "actor": admin, "at": AT}

    for role in people.SEAT_ROLES:
        with pytest.raises(people.RoleNotGranted):
            people.give_role(role=role, round=province, **known)
    for role, round in ((Role.SECRETARIAT, national), (Role.NATIONAL_SECRETARIAT, province)):
        with pytest.raises(people.RoleOfOtherLevel):
            people.give_role(role=role, round=round, **known)
    with pytest.raises(people.RoleNeedsRound):
        people.give_role(role=Role.AUDITOR, round=None, **known)
    seated = make_user(Role.PANEL_MEMBER, round=province).grants.get()
    with pytest.raises(people.RoleNotGranted):
        people.end_role(grant=seated, actor=admin, at=AT)
    assert not AuditEvent.objects.exists()

    site_wide = people.give_role(role=Role.PLATFORM_ADMIN, round=province, **known)
    assert (site_wide.assessment_year, site_wide.region) == (None, None)


def test_nobody_takes_the_own_administration_away(admin: User) -> None:
    with pytest.raises(people.OwnLogin):
        people.end_role(grant=admin.grants.get(), actor=admin, at=AT)
    assert admin.grants.get().revoked_at is None


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLATFORM_ADMIN])
def test_nobody_else_touches_logins_and_roles(role: Role) -> None:
    round = make_round()
    actor, user = make_user(role, round=round), make_user(Role.AUDITOR, round=round)
    known: dict[str, Any] = {"actor": actor, "at": AT}
    acts: list[Any] = [
        lambda: _login(actor),
        lambda: people.reset_password(user=user, password=STRONG, **known),
        lambda: people.switch_login(user=user, is_active=False, **known),
        lambda: people.give_role(user=actor, role=Role.AUDITOR, round=round, **known),
        lambda: people.end_role(grant=user.grants.get(), **known),
    ]
    for act in acts:
        with pytest.raises(NotPermitted):
            act()
    assert not AuditEvent.objects.exists()
