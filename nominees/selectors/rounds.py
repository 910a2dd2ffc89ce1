"""Rounds, and who may know of them: one rule for the list and for the single round."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from nominees.core.lifecycle import State
from nominees.core.scopes import read_scope
from nominees.models import NATIONAL_SCOPE, Round
from paritrana.accounts.models import Role, User
from paritrana.accounts.selectors import grants_of, roles_of

#: Who has a part in a practice round, by the same grant as in the round beside which it was opened.
PRACTISING = frozenset({Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT, Role.CHAIR, Role.PANEL_MEMBER})


def roles_in(user: User, round: Round) -> frozenset[Role]:
    """Return what ``user`` is in ``round``. One query, none where :func:`remember_roles` has asked.

    In a practice round only :data:`PRACTISING` are anything.
    """
    remembered: dict[int, frozenset[Role]] = getattr(user, "remembered_roles", {})
    if round.pk in remembered:
        return remembered[round.pk]
    roles = roles_of(user, assessment_year=round.edition.assessment_year, region_id=round.region_id)
    return roles & PRACTISING if round.practice else roles


def remember_roles(user: User, round: Round) -> None:
    """Ask once what ``user`` is in ``round`` and keep it on this object, which lives as long as one request."""
    user.remembered_roles = {round.pk: roles_in(user, round)}  # type: ignore[attr-defined]


def is_platform_admin(user: User) -> bool:
    """Whether ``user`` runs the site. One query."""
    return user.is_active and grants_of(user).filter(role=Role.PLATFORM_ADMIN).exists()


def rounds_visible_to(user: User) -> QuerySet[Round]:
    """Return the rounds in which ``user`` holds a role; all that count for a platform administrator. Two queries.

    Closed practice rounds are in no list.
    """
    rounds = Round.objects.select_related("edition", "region")
    if not user.is_authenticated or not user.is_active:
        return rounds.none()
    mine = Q(pk__in=())
    for grant in grants_of(user):
        if grant.role == Role.PLATFORM_ADMIN:
            mine |= Q(practice=0)
            continue
        here = Q(edition__assessment_year=grant.assessment_year, region_id=grant.region_id)
        mine |= here if grant.role in PRACTISING else here & Q(practice=0)
    return rounds.filter(mine & (Q(practice=0) | ~Q(state=State.CLOSED)))


def roles_by_round(user: User, rounds: Iterable[Round]) -> dict[int, frozenset[Role]]:
    """Return round id -> what ``user`` is there. One query, however many rounds."""
    grants = list(grants_of(user))
    return {
        round.pk: frozenset(
            Role(grant.role)
            for grant in grants
            if (not round.practice or grant.role in PRACTISING)
            and (
                grant.role == Role.PLATFORM_ADMIN
                or (grant.assessment_year, grant.region_id) == (round.edition.assessment_year, round.region_id)
            )
        )
        for round in rounds
    }


def round_at(*, year: int, scope: str) -> Round | None:
    """Return the round at the address ``<year>/<scope>``, or ``None``. For callers that check access themselves."""
    code, practice = read_scope(scope)
    place = Q(region=None) if code == NATIONAL_SCOPE else Q(region__code=code)
    rounds = Round.objects.select_related("edition", "region")
    return rounds.filter(place, edition__assessment_year=year, practice=practice).first()


def practice_beside(round: Round) -> Round | None:
    """Return the practice round that is open beside ``round`` (which counts), if there is one. One query."""
    rounds = Round.objects.select_related("edition", "region").exclude(state=State.CLOSED)
    return rounds.filter(edition=round.edition_id, region=round.region, practice__gt=0).first()
