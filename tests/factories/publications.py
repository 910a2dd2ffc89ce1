"""Published results, by the services that people use."""

from datetime import datetime
from typing import Any

from judging.models import Publication, PublicationRules
from judging.services.publication import publish, save_publication_rules
from nominees.models import Round
from paritrana.accounts.models import Role, User
from tests.factories.world import AT, make_user


def make_organiser(round: Round) -> User:
    """Return an organiser of ``round``."""
    return make_user(Role.ORGANISER, round=round)


def set_rules(round: Round, actor: User, at: datetime = AT, **fields: Any) -> PublicationRules:
    """Set what the next publication tells; what is not named is as without any rules."""
    values: dict[str, Any] = {
        "embargo_until": None,
        "shows_totals": False,
        "shows_unplaced": False,
        "words": "",
        "contact": "",
    }
    return save_publication_rules(round=round, actor=actor, at=at, **values | fields)


def make_publication(round: Round, at: datetime = AT, reason: str = "", **fields: Any) -> Publication:
    """Publish what ``round`` (announced) has decided; ``fields`` of its rules."""
    organiser = make_organiser(round)
    if fields:
        set_rules(round, organiser, at, **fields)
    return publish(round=round, actor=organiser, at=at, reason=reason)
