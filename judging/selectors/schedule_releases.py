"""Released schedules and how they differ: what people were told, what the draft would tell them, who is concerned."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Prefetch, QuerySet

from judging.models import Attendance, Interview, InterviewState, ReleasedInterview, ScheduleRelease, Seat
from nominees.models import Round


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


def told_in(release: ScheduleRelease | None) -> dict[int, Told]:
    """Return what ``release`` told; nothing for no release. Two queries, and no instance of a model."""
    if release is None:
        return {}
    sitting = ReleasedInterview.seats.through.objects.filter(releasedinterview__release=release)
    seats = _grouped(sitting.values_list("releasedinterview_id", "seat_id"))
    rows = (
        ReleasedInterview.objects.filter(release=release)
        .order_by()
        .values_list("pk", "nomination_id", "room_id", "room_name", "is_online", "starts_at", "ends_at", "changed_in")
    )
    return {
        nomination: Told(nomination, room, name, is_online, starts_at, ends_at, seats.get(pk, ()), changed_in)
        for pk, nomination, room, name, is_online, starts_at, ends_at, changed_in in rows
    }


def draft_of(round: Round, told: Schedule) -> dict[int, Told]:
    """Return what a release of the draft would tell now, ``told`` being the latest one. Two queries.

    Of a nominee who did not come stays what was told.
    """
    seats = _grouped(
        Attendance.objects.filter(interview__round=round).order_by().values_list("interview_id", "seat_id")
    )
    rows = Interview.objects.filter(round=round).order_by().values_list(
        "pk", "state", "nomination_id", "room_id", "room__name", "room__is_onsite",
        "nomination__interview_plan__is_online", "starts_at", "ends_at",
    )  # fmt: skip
    found = {}
    for pk, state, nomination, room, name, is_onsite, is_online, starts_at, ends_at in rows:
        if state != InterviewState.NO_SHOW:
            how = not is_onsite if is_online is None else is_online
            found[nomination] = Told(nomination, room, name, how, starts_at, ends_at, seats.get(pk, ()))
        elif nomination in told:
            found[nomination] = told[nomination]
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


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, tuple[int, ...]]:
    """Return interview -> its seats, ascending."""
    found: dict[int, list[int]] = {}
    for interview, seat in pairs:
        found.setdefault(interview, []).append(seat)
    return {interview: tuple(sorted(seats)) for interview, seats in found.items()}


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
