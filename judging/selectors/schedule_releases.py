"""Released schedules and how they differ: what people were told, what the draft would tell them, who is concerned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from judging.models import Interview, InterviewState, ReleasedInterview, ScheduleRelease, Seat
from nominees.models import Round

from .interviews import interviews_of


@dataclass(frozen=True, slots=True)
class Told:
    """Where and when one nominee is met, as people were or would be told. Ids; aware times; ``seats`` ascend.

    ``changed_in``: the release that last changed it; 0 in a draft. It does not count when two are compared.
    """

    nomination: int
    room: int
    room_name: str
    is_online: bool
    starts_at: datetime
    ends_at: datetime
    seats: tuple[int, ...]
    changed_in: int = 0

    @property
    def when(self) -> tuple[datetime, datetime]:
        """Start and end."""
        return self.starts_at, self.ends_at

    @property
    def where(self) -> tuple[int, str, bool]:
        """The room, what it is called, and whether the nominee is met on line."""
        return self.room, self.room_name, self.is_online


Schedule = Mapping[int, Told]
"""By nomination; who is missing has no interview."""


class Part(StrEnum):
    """What is not the same on both sides of a difference."""

    ADDED = "added"
    CANCELLED = "cancelled"
    TIME = "time"
    ROOM = "room"
    PANEL = "panel"


@dataclass(frozen=True, slots=True)
class Difference:
    """One nominee's interview before and after; ``None`` where there was or is none."""

    nomination: int
    before: Told | None
    after: Told | None
    parts: frozenset[Part]

    @property
    def seats(self) -> frozenset[int]:
        """The seats that are concerned: everybody by another time or room, else those who joined or left."""
        before = frozenset(self.before.seats if self.before else ())
        after = frozenset(self.after.seats if self.after else ())
        return before ^ after if self.parts == {Part.PANEL} else before | after

    @property
    def is_news_to_nominee(self) -> bool:
        """Whether the nominee has to know: who sits on the panel is not told to nominees."""
        return self.parts != {Part.PANEL}


def releases_of(round: Round) -> QuerySet[ScheduleRelease]:
    """Return the releases of ``round`` with who released them, newest first. One query."""
    return ScheduleRelease.objects.filter(round=round).select_related("released_by").order_by("-number")


def latest_release(round: Round) -> ScheduleRelease | None:
    """Return the release that holds now. One query."""
    return releases_of(round).first()


def released_interviews(release: ScheduleRelease) -> QuerySet[ReleasedInterview]:
    """Return the interviews of ``release`` by time, with nominee, category, room and seats. Two queries."""
    return (
        ReleasedInterview.objects.filter(release=release)
        .select_related("nomination__nominee", "nomination__category", "room")
        .prefetch_related(Prefetch("seats", Seat.objects.order_by("position")))
        .order_by("starts_at", "room_name", "pk")
    )


def told_of(one: ReleasedInterview) -> Told:
    """Return a row of a release as plain data. Reads prefetched seats."""
    seats = tuple(sorted(seat.pk for seat in one.seats.all()))
    return Told(
        one.nomination_id, one.room_id, one.room_name, one.is_online, one.starts_at, one.ends_at, seats, one.changed_in
    )


def told_in(release: ScheduleRelease | None) -> dict[int, Told]:
    """Return what ``release`` told; nothing for no release. Two queries."""
    return {one.nomination_id: told_of(one) for one in released_interviews(release)} if release else {}


def draft_of(round: Round, told: Schedule) -> dict[int, Told]:
    """Return what a release of the draft would tell now, ``told`` being the latest one. Two queries.

    Of a nominee who did not come stays what was told.
    """
    found = {}
    for one in interviews_of(round).select_related("nomination__interview_plan"):
        if one.state != InterviewState.NO_SHOW:
            found[one.nomination_id] = _drafted(one)
        elif one.nomination_id in told:
            found[one.nomination_id] = told[one.nomination_id]
    return found


def differences(before: Schedule, after: Schedule) -> tuple[Difference, ...]:
    """Return what is not the same, by time (the new one where there is one). No query."""
    found = []
    for one in {*before, *after}:
        parts = _parts(before.get(one), after.get(one))
        if parts:
            found.append(Difference(one, before.get(one), after.get(one), parts))
    return tuple(sorted(found, key=_by_time))


def unreleased(round: Round) -> tuple[ScheduleRelease | None, tuple[Difference, ...]]:
    """Return the latest release and how the draft differs from it. Five queries at most."""
    latest = latest_release(round)
    told = told_in(latest)
    return latest, differences(told, draft_of(round, told))


def begun_in(round: Round) -> frozenset[int]:
    """Return the nominations whose interview began, was held, or did not take place: no news any more. One query."""
    rows = Interview.objects.filter(round=round).exclude(state=InterviewState.PLANNED)
    return frozenset(rows.values_list("nomination_id", flat=True))


def seats_by_nominee(differing: Iterable[Difference], seat: int) -> tuple[Difference, ...]:
    """Return the differences that concern ``seat``."""
    return tuple(one for one in differing if seat in one.seats)


def _drafted(one: Interview) -> Told:
    plan = getattr(one.nomination, "interview_plan", None)
    is_online = plan.is_online if plan else not one.room.is_onsite
    seats = tuple(sorted(row.seat_id for row in one.attendances.all()))
    return Told(one.nomination_id, one.room_id, one.room.name, is_online, one.starts_at, one.ends_at, seats)


def _parts(before: Told | None, after: Told | None) -> frozenset[Part]:
    if before is None or after is None:
        return frozenset() if before is after else frozenset({Part.CANCELLED if before else Part.ADDED})
    pairs = (
        (Part.TIME, before.when, after.when),
        (Part.ROOM, before.where, after.where),
        (Part.PANEL, before.seats, after.seats),
    )
    return frozenset(part for part, old, new in pairs if old != new)


def _by_time(one: Difference) -> tuple[datetime, str, int]:
    shown = one.after or one.before
    assert shown  # noqa: S101 - a difference has a side
    return shown.starts_at, shown.room_name, one.nomination
