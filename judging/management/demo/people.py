"""Who signs in to the demo."""

from datetime import datetime
from typing import Any

from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.accounts.services import create_user, grant_role
from paritrana.regions.models import Region

from .facts import PASSWORD, Facts


def person(username: str, name: str, at: datetime) -> User:
    """Return the demo login ``username``, created when it is not there."""
    found = User.objects.filter(username=username).first()
    return found or create_user(username=username, display_name=name, password=PASSWORD, actor=None, at=at)


def administrator(facts: Facts, at: datetime) -> User:
    """Return the platform administrator."""
    told = next(one for one in facts.people["staff"] if one["role"] == Role.PLATFORM_ADMIN)
    user = person(told["username"], told["name"], at)
    grant_role(user=user, role=Role.PLATFORM_ADMIN, actor=None, at=at)
    return user


def staff(facts: Facts, rounds: list[Round], admin: User, at: datetime) -> dict[str, User]:
    """Create the logins beside the panel and grant each its role in the ``rounds`` of its region."""
    found = {}
    for told in facts.people["staff"]:
        if told["role"] == Role.PLATFORM_ADMIN:
            continue
        found[told["username"]] = user = person(told["username"], told["name"], at)
        for round in rounds:
            if _belongs(told, round, facts):
                _grant(user, Role(told["role"]), round, admin, at)
    return found


def _belongs(told: dict[str, Any], round: Round, facts: Facts) -> bool:
    if told["role"] == Role.NATIONAL_SECRETARIAT:
        return round.region is None
    return round.scope_code == told.get("province", facts.edition["province"])


def _grant(user: User, role: Role, round: Round, admin: User, at: datetime) -> None:
    region: Region | None = round.region
    grant_role(user=user, role=role, actor=admin, at=at, assessment_year=round.edition.assessment_year, region=region)
