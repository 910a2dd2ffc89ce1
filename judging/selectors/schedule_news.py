"""Who is concerned by the difference between two schedules, and what of it is theirs to know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from judging.core.whatsapp import whatsapp_number
from judging.models import Seating
from nominees.models import Nomination, Round
from paritrana.kernel.wording import local_day

from .schedule_releases import Difference


@dataclass(frozen=True, slots=True)
class Concerned:
    """A panel member (``seating``) or a nominee (``nomination``) with the differences that are theirs to know."""

    seating: Seating | None
    nomination: Nomination | None
    news: tuple[Difference, ...]

    @property
    def name(self) -> str:
        """Who is told: the member, or the nominee's contact person."""
        if self.seating:
            return self.seating.name
        contact = getattr(self.nomination, "contact", None)
        return (contact.person if contact else "") or str(self.nomination)

    @property
    def email(self) -> str:
        """The address; empty when none is known."""
        if self.seating:
            return self.seating.user.email
        contact = getattr(self.nomination, "contact", None)
        return contact.email if contact else ""

    @property
    def phone(self) -> str:
        """The phone number; empty when none is known."""
        if self.seating:
            return self.seating.user.phone
        contact = getattr(self.nomination, "contact", None)
        return contact.phone if contact else ""

    @property
    def has_number(self) -> bool:
        """Whether the phone number can be read."""
        return bool(whatsapp_number(self.phone))


def concerned_by(round: Round, news: Sequence[Difference]) -> tuple[Concerned, ...]:
    """Return whom ``news`` concern: members in the order of seats, then nominees by number. Two queries.

    A member is who holds the seat on the day of the interview. Nominees of a practice round are nobody to write to.
    """
    return (*_members(round, news), *(() if round.practice else _nominees(news)))


def _members(round: Round, news: Sequence[Difference]) -> list[Concerned]:
    held = list(Seating.objects.filter(round=round).select_related("seat", "user").order_by("seat__position", "pk"))
    found: dict[int, list[Difference]] = {}
    for one in news:
        shown = one.after or one.before
        day = local_day(shown.starts_at, round.time_zone) if shown else None
        for seating in held:
            if day and seating.seat_id in one.seats and _holds(seating, day):
                found.setdefault(seating.pk, []).append(one)
    return [Concerned(seating, None, tuple(found[seating.pk])) for seating in held if seating.pk in found]


def _nominees(news: Sequence[Difference]) -> list[Concerned]:
    theirs = {one.nomination: one for one in news if one.is_news_to_nominee}
    rows = Nomination.objects.filter(pk__in=theirs).select_related("nominee", "contact").order_by("number")
    return [Concerned(None, row, (theirs[row.pk],)) for row in rows]


def _holds(seating: Seating, day: date) -> bool:
    return seating.starts_on <= day and (seating.ends_on is None or seating.ends_on >= day)
