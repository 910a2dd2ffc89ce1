"""The plenary in force: who is there, who may vote on what, what was decided, what is still missing."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, QuerySet

from judging.core import quorum
from judging.models import (
    Decision,
    DecisionKind,
    Plenary,
    PlenaryAttendance,
    Recusal,
    RecusalState,
)
from nominees.models import Category, Nomination, Pool, PoolMode, Round, Status
from paritrana.kernel.wording import local_day

from .panels import PanelSeat, panel_of
from .tabulations import key_of, problems_of

#: Decisions of the meeting itself; a quorum exception comes before it.
MOTIONS = (DecisionKind.TIE, DecisionKind.DEVIATION, DecisionKind.SPECIAL)


@dataclass(frozen=True, slots=True)
class SeatAtPlenary:
    """A seat on the day of the plenary; ``present`` is None until attendance is recorded."""

    seat: PanelSeat
    present: bool | None
    name: str


@dataclass(frozen=True, slots=True)
class QuorumShortfall:
    """A nominee with fewer panel scores than the quorum, and no recorded exception."""

    nomination: Nomination
    category: Category
    have: int
    need: int


def plenary_in_force(round: Round) -> Plenary | None:
    """Return the plenary of the tabulation that counts, open or confirmed. One query."""
    found = Plenary.objects.filter(tabulation__round=round, tabulation__superseded_at=None)
    return found.select_related("tabulation__rules", "opened_by", "confirmed_by", "countersigned_by").first()


def seats_at(plenary: Plenary, round: Round, at: datetime) -> list[SeatAtPlenary]:
    """Return every seat with its holder on the day of ``at`` and whether it is present. Three queries."""
    rows = {row.seat_id: row for row in plenary.attendances.all()}
    found = []
    for seat in panel_of(round, local_day(at, round.time_zone)):
        row = rows.get(seat.seat.pk)
        holder = seat.seating.name if seat.seating else ""
        found.append(SeatAtPlenary(seat, row.present if row else None, row.name if row and row.name else holder))
    return found


def voting_seats(plenary: Plenary, nomination_ids: Collection[int]) -> frozenset[int]:
    """Return the seats that are present and not recused for any nominee concerned. Two queries."""
    present = PlenaryAttendance.objects.filter(plenary=plenary, present=True).values_list("seat_id", flat=True)
    return frozenset(present) - _recused(nomination_ids)


def _recused(nomination_ids: Collection[int]) -> frozenset[int]:
    rows = Recusal.objects.filter(nomination_id__in=nomination_ids).exclude(state=RecusalState.DECLINED)
    return frozenset(rows.values_list("seat_id", flat=True))


def scoring_seats(round: Round, nomination: Nomination, at: datetime) -> frozenset[int]:
    """Return the seats that somebody holds on the day of ``at`` and that are not recused for ``nomination``."""
    held = {found.seat.pk for found in panel_of(round, local_day(at, round.time_zone)) if found.seating}
    return frozenset(held) - _recused([nomination.pk])


def decisions_of(round: Round) -> QuerySet[Decision]:
    """Return what was decided and stands: motions of the plenary in force and quorum exceptions. Two queries."""
    standing = Decision.objects.filter(round=round, withdrawn_at=None)
    motions = standing.filter(plenary__tabulation__superseded_at=None, kind__in=MOTIONS)
    nominations = Nomination.objects.select_related("nominee").order_by("number")
    return (
        (motions | standing.filter(kind=DecisionKind.QUORUM))
        .select_related("category", "pool", "decided_by", "special_award")
        .prefetch_related(Prefetch("nominations", queryset=nominations))
        .order_by("decided_at", "pk")
    )


def no_shows(round: Round) -> QuerySet[Nomination]:
    """Return the nominees that did not come to their interview, by number. One query."""
    rows = Nomination.objects.filter(round=round, status=Status.NO_SHOW, is_calibration=False)
    return rows.select_related("nominee__region", "category").order_by("number")


def nominees_of(round: Round) -> QuerySet[Nomination]:
    """Return everybody whom an award outside the ranking may name: not rejected or withdrawn. One query."""
    rows = Nomination.objects.filter(round=round, is_calibration=False)
    rows = rows.filter(status__in=(Status.RUNNING, Status.OUTSIDE, Status.NO_SHOW))
    return rows.select_related("nominee__region").order_by("number")


def later_decisions(plenary: Plenary, *, category: Category | None, pool: Pool | None) -> QuerySet[Decision]:
    """Return the standing decisions on pools of firsts that rest on what is decided about ``category``. One query."""
    rows = Decision.objects.filter(plenary=plenary, withdrawn_at=None)
    if category is None or pool is not None:
        return rows.none()
    return rows.filter(pool__mode=PoolMode.FIRSTS, pool__categories=category)


def shortfalls(round: Round) -> list[QuorumShortfall]:
    """Return who in the running lacks a quorum now, in the order of the categories."""
    found = []
    for category, _version, problem in problems_of(round):
        short = {each.nominee: each for each in quorum.shortfalls(problem)}
        rows = category.nominations.filter(number__in=map(int, short)) if short else ()
        for nomination in sorted(rows, key=lambda row: row.number):
            each = short[key_of(nomination)]
            found.append(QuorumShortfall(nomination, category, each.have, each.need))
    return found
