"""The log of the draft: each act with the interviews that it changed, and in which release people were told of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from judging.models import ChangeKind, Room, ScheduleChange, ScheduleRelease, Seat
from nominees.models import Nomination, Round

from .schedule_plans import Planned, differing, read


@dataclass(frozen=True, slots=True)
class LoggedMove:
    """One interview of an act, by ids; ``None`` where there was, or is, none."""

    nomination: int
    before: Planned | None
    after: Planned | None


@dataclass(frozen=True, slots=True)
class LoggedAct:
    """An act on the draft. ``released_in``: the first release after it, ``None`` while there is none."""

    change: ScheduleChange
    moves: tuple[LoggedMove, ...]
    released_in: int | None


@dataclass(frozen=True, slots=True)
class Names:
    """What people call nominees, rooms and seats; by id."""

    nominees: Mapping[int, str]
    rooms: Mapping[int, str]
    seats: Mapping[int, str]


def changes_of(round: Round) -> QuerySet[ScheduleChange]:
    """Return the acts on the draft of ``round``, newest first, with who did them. One query."""
    return (
        ScheduleChange.objects.filter(round=round)
        .select_related("actor", "run", "undoes", "undone_by")
        .order_by("-number")
    )


def logged(round: Round, changes: Sequence[ScheduleChange]) -> tuple[LoggedAct, ...]:
    """Return ``changes`` read, each with the release that told of it. Two queries.

    A delay on the day releases what it moves alone (``services.schedule_delay``): at the very moment of that change.
    """
    shifted = ScheduleChange.objects.filter(round=round, kind=ChangeKind.SHIFTED)
    alone = {at: read(before).keys() for at, before in shifted.values_list("at", "before")}
    releases = list(ScheduleRelease.objects.filter(round=round).order_by("number").values_list("number", "released_at"))
    found = []
    for change in changes:
        before, after = read(change.before), read(change.after)
        moves = tuple(LoggedMove(one, before.get(one), after.get(one)) for one in sorted(differing(before, after)))
        moved = {one.nomination for one in moves}
        told = (number for number, at in releases if at >= change.at and (at not in alone or moved <= alone[at]))
        found.append(LoggedAct(change, moves, next(told, None)))
    return tuple(found)


def names_in(round: Round) -> Names:
    """Return the names of all nominees, rooms and seats of ``round``. Three queries."""
    nominees = Nomination.objects.filter(round=round).select_related("nominee")
    return Names(
        {one.pk: str(one) for one in nominees},
        dict(Room.objects.filter(round=round).values_list("pk", "name")),
        dict(Seat.objects.filter(round=round).order_by("position").values_list("pk", "name")),
    )
