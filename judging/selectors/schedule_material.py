"""What a schedule rests on, read at once: the rows of a round as the problem and the pages need them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.db.models import QuerySet

from judging.models import (
    InterviewSession,
    RoleGroup,
    Room,
    ScheduleMaterial,
    Seat,
    SeatAbsence,
)
from nominees.models import SCORED, Category, Nomination, Round

from .panels import blocking_recusals
from .rules import policy_of, rules_in_force

FRIDAY, SATURDAY = 4, 5
WORKING_DAY = ((8 * 60, 12 * 60), (13 * 60, 16 * 60))
#: Longer at noon, for the prayer.
WORKING_FRIDAY = ((8 * 60, 11 * 60 + 30), (13 * 60 + 30, 16 * 60))


def usual_sessions(day: date) -> tuple[tuple[int, int], ...]:
    """Return the sessions of a working day as pairs of minutes; none at the weekend."""
    if day.weekday() >= SATURDAY:
        return ()
    return WORKING_FRIDAY if day.weekday() == FRIDAY else WORKING_DAY


def interview_dates(round: Round) -> list[date]:
    """Return every day from the first to the last interview day of ``round``; none while one of them is open."""
    first, last = round.interviews_from, round.interviews_until
    if first is None or last is None:
        return []
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def quorum_of(round: Round) -> int:
    """Return how many panel scores the round's rules ask for; 0 while it has no rules. One query."""
    rules = rules_in_force(round)
    return policy_of(rules).min_scores if rules else 0


@dataclass(frozen=True)
class Material:
    """The rows, loaded: nothing here asks the database again."""

    round: Round
    settings: ScheduleMaterial
    sessions: tuple[InterviewSession, ...]
    rooms: tuple[Room, ...]
    categories: tuple[Category, ...]
    groups: tuple[RoleGroup, ...]
    seats: tuple[Seat, ...]
    nominations: tuple[Nomination, ...]
    recused: frozenset[tuple[int, int]]
    quorum: int

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Days with sessions, in order."""
        return tuple(sorted({session.day for session in self.sessions}))


def sessions_of(round: Round) -> QuerySet[InterviewSession]:
    """Return the sessions of the interview days of ``round`` in order; days that its dates left behind have none."""
    found = InterviewSession.objects.filter(round=round)
    if round.interviews_from:
        found = found.filter(day__gte=round.interviews_from)
    if round.interviews_until:
        found = found.filter(day__lte=round.interviews_until)
    return found


def settings_of(round: Round) -> ScheduleMaterial | None:
    """Return what was set for the schedule of ``round``, ``None`` while nothing was. One query."""
    return ScheduleMaterial.objects.filter(round=round).first()


def material_of(
    round: Round,
    settings: ScheduleMaterial | None = None,
    *,
    also: Iterable[int] = (),
    only: Iterable[int] | None = None,
) -> Material:
    """Return the material of ``round``; what nobody set is as it is by default.

    Nominations are those that the panel meets, and those with the ids ``also``; or those with the ids ``only``. The
    same number of queries for any number of rows.
    """
    settings = settings or settings_of(round) or ScheduleMaterial(round=round)
    nominations = _with_plans(Nomination.objects.filter(round=round, pk__in=list(also if only is None else only)))
    if only is None:
        nominations = met_nominations(round) | nominations
    return Material(
        round=round,
        settings=settings,
        sessions=tuple(sessions_of(round)),
        rooms=tuple(Room.objects.filter(round=round).prefetch_related("closures")),
        categories=tuple(
            Category.objects.filter(round=round)
            .select_related("interview_plan")
            .prefetch_related("interview_plan__role_groups")
        ),
        groups=tuple(RoleGroup.objects.filter(round=round).prefetch_related("seats")),
        seats=tuple(Seat.objects.filter(round=round).prefetch_related("seatings__absences")),
        nominations=tuple(nominations.order_by("number").prefetch_related("interview_spans", "shared_persons")),
        recused=blocking_recusals(round),
        quorum=quorum_of(round),
    )


def met_nominations(round: Round) -> QuerySet[Nomination]:
    """Return the nominations that the panel meets, with nominee, region, category and plan. One query."""
    return _with_plans(Nomination.objects.filter(round=round, status__in=SCORED))


def _with_plans(found: QuerySet[Nomination]) -> QuerySet[Nomination]:
    return found.select_related("nominee__region", "category", "interview_plan")


def absences_of(round: Round) -> QuerySet[SeatAbsence]:
    """Return every absence of ``round`` with seat, person and who entered it, by day. One query."""
    rows = SeatAbsence.objects.filter(seating__round=round).select_related("seating__seat", "entered_by")
    return rows.order_by("day", "start", "seating__seat__position", "pk")
