"""Who has the second word on a request to reopen a sheet: always somebody else than who asked and who endorsed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from judging.models import Office, Reopening, Seating
from nominees.models import Round
from paritrana.accounts.models import Role, RoleGrant

from .panels import in_force_on, off_duty_chairs


class SecondWord(StrEnum):
    """Whose it is to grant or refuse."""

    CHAIR = "chair"
    SECRETARY = "secretary"
    SECRETARIAT = "secretariat"


@dataclass(frozen=True, slots=True)
class Officers:
    """Who holds which office of a round on a day: ids of the people who are chair, and of who is secretary."""

    chairs: frozenset[int]
    secretary: int | None

    def second_word(self, one: Reopening) -> SecondWord:
        """Return who grants or refuses ``one``: the chair; the secretary where the chair asked or has endorsed.

        Where nobody holds the secretary's seat, or its holder asked or has endorsed, another person of the secretariat
        stands in. Without any chair a request waits for the next one, as the plenary does.
        """
        spent = {one.asked_by_id, one.advised_by_id}
        if not one.asked_by_chair and not (self.chairs and self.chairs <= spent):
            return SecondWord.CHAIR
        if self.secretary is None or self.secretary in spent:
            return SecondWord.SECRETARIAT
        return SecondWord.SECRETARY


def officers_of(round: Round, day: date) -> Officers:
    """Return who holds the offices of ``round`` on ``day`` (a day in the round's zone). Two queries."""
    secretary = Seating.objects.filter(
        in_force_on(day), round=round, seat__office=Office.SECRETARY, user__is_active=True
    )
    chairs = RoleGrant.objects.filter(
        role=Role.CHAIR,
        assessment_year=round.edition.assessment_year,
        region=round.region_id,
        revoked_at=None,
        user__is_active=True,
    ).exclude(user__in=off_duty_chairs(round, day).values("user"))
    return Officers(
        frozenset(chairs.values_list("user_id", flat=True)), secretary.values_list("user_id", flat=True).first()
    )
