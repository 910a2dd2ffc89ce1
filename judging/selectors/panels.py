"""Who sits where on which day, and who may not judge whom."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from judging.models import HandedState, HandedWorkbook, Office, Recusal, RecusalState, Seat, Seating
from nominees.models import Round
from paritrana.accounts.models import User


@dataclass(frozen=True, slots=True)
class PanelSeat:
    """A seat, who holds it on the day asked for (if anybody), and all its seatings, oldest first."""

    seat: Seat
    seating: Seating | None
    history: tuple[Seating, ...]


def in_force_on(day: date) -> Q:
    """Return what picks the seatings that hold on ``day`` (a day in the round's zone)."""
    return Q(starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))


def seating_on(seat: Seat, day: date) -> Seating | None:
    """Return who holds ``seat`` on ``day`` (a day in the round's zone). One query."""
    return seat.seatings.filter(in_force_on(day)).select_related("user").first()


def seating_of(user: User, round: Round, day: date) -> Seating | None:
    """Return the seating of ``user`` in ``round`` on ``day``, with its seat. One query.

    ``is_handed_something`` says whether a workbook that was handed in waits for this person.
    """
    waiting = HandedWorkbook.objects.filter(seating=OuterRef("pk"), state=HandedState.WAITING)
    held = Seating.objects.filter(in_force_on(day), round=round, user=user).select_related("seat")
    return held.annotate(is_handed_something=Exists(waiting)).first()


def seat_held_by(user: User, round: Round, day: date) -> Seat | None:
    """Return the seat that ``user`` holds in ``round`` on ``day``. One query."""
    seating = seating_of(user, round, day)
    return seating.seat if seating else None


def holds_office(user: User, round: Round, office: Office, day: date) -> bool:
    """Whether ``user`` holds the seat with ``office`` on ``day`` (a day in the round's zone). One query."""
    return Seating.objects.filter(in_force_on(day), round=round, user=user, seat__office=office).exists()


def off_duty_chairs(round: Round, day: date) -> QuerySet[Seating]:
    """Return the seatings on the chair's seat of people who do not hold it on ``day``: not yet, or no more.

    Their role comes with the seating and goes with a later step; until then the seat says who acts.
    """
    chairing = Seating.objects.filter(round=round, seat__office=Office.CHAIR)
    return chairing.exclude(user__in=chairing.filter(in_force_on(day)).values("user"))


def panel_of(round: Round, day: date) -> list[PanelSeat]:
    """Return every seat of ``round`` in order, with its holder on ``day``. Two queries."""
    seatings = Seating.objects.select_related("user").order_by("starts_on")
    found = []
    for seat in Seat.objects.filter(round=round).prefetch_related(Prefetch("seatings", queryset=seatings)):
        history = tuple(seat.seatings.all())
        present = [one for one in history if one.starts_on <= day and (one.ends_on is None or one.ends_on >= day)]
        found.append(PanelSeat(seat, present[0] if present else None, history))
    return found


def recusals_of(round: Round) -> QuerySet[Recusal]:
    """Return the recusals of ``round``, with all that a list of them shows. One query."""
    return Recusal.objects.filter(seat__round=round).select_related(
        "seat", "nomination__nominee__region", "nomination__category", "declared_by", "settled_by"
    )


def blocking_recusals(round: Round) -> frozenset[tuple[int, int]]:
    """Return (seat id, nomination id) of every recusal that is not declined: those marks do not count. One query."""
    pairs = Recusal.objects.filter(seat__round=round).exclude(state=RecusalState.DECLINED)
    return frozenset(pairs.values_list("seat_id", "nomination_id"))
