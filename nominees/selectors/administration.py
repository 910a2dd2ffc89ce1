"""What the platform administrator looks at: every round, and who may do what."""

from django.db.models import Prefetch, Q, QuerySet

from nominees.models import Edition, Round
from paritrana.accounts.models import RoleGrant, User


def every_round() -> QuerySet[Round]:
    """Return all rounds that count, newest edition first. One query."""
    return Round.objects.filter(practice=0).select_related("edition", "region")


def editions_without_rounds() -> QuerySet[Edition]:
    """Return the editions in which no round has been created. One query."""
    return Edition.objects.filter(rounds=None)


def people(search: str = "") -> QuerySet[User]:
    """Return who can sign in, or once could, by name, with ``grants_in_force``; ``search`` looks at name and username.

    Two queries.
    """
    found = User.objects.order_by("display_name", "username")
    for word in search.split():
        found = found.filter(Q(display_name__icontains=word) | Q(username__icontains=word))
    in_force = RoleGrant.objects.filter(revoked_at=None)
    return found.prefetch_related(Prefetch("grants", queryset=in_force, to_attr="grants_in_force"))


def grants_with_rounds(user: User) -> list[tuple[RoleGrant, Round | None]]:
    """Return every grant of ``user``, ended ones last, with the round that it is for (a site-wide one has none).

    Two queries.
    """
    grants = list(RoleGrant.objects.filter(user=user).select_related("region", "granted_by").order_by("-granted_at"))
    years = {grant.assessment_year for grant in grants if grant.assessment_year}
    rounds = every_round().filter(edition__assessment_year__in=years)
    found = {(round.edition.assessment_year, round.region_id): round for round in rounds}
    grants.sort(key=lambda grant: grant.revoked_at is not None)
    return [(grant, found.get((grant.assessment_year or 0, grant.region_id))) for grant in grants]
