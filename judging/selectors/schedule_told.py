"""When and where members meet a nominee, as they were told: the draft of the secretariat does not show through.

An interview that began or is over is shown as it was; one that is still to come as the latest release has it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from judging.models import Interview, InterviewState, Presence, ReleasedInterview, ScheduleRelease
from nominees.models import Round

TOLD_KEY: Final = ("seat_id", "releasedinterview__nomination_id")


@dataclass(frozen=True, slots=True)
class Meeting:
    """When (aware times) and in which room."""

    starts_at: datetime
    ends_at: datetime
    room: str


def told_annotations() -> Mapping[str, Any]:
    """Return subqueries on a nomination: its row in the latest release of its round. Read by :func:`meeting_of`."""
    row = _told()
    return {
        "told_starts_at": Subquery(row.values("starts_at")[:1]),
        "told_ends_at": Subquery(row.values("ends_at")[:1]),
        "told_room": Subquery(row.values("room_name")[:1]),
    }


def told_seat(seat_id: int) -> Exists:
    """Return whether the latest release seats ``seat_id`` there, asked of a nomination; read by :func:`presence_of`."""
    return Exists(_told().filter(seats=seat_id))


def seats_told(round: Round) -> frozenset[tuple[int, int]]:
    """Return (seat id, nomination id) of every seat that the latest release seats somewhere. One query."""
    return frozenset(rows_told(round).values_list(*TOLD_KEY))


def rows_told(round: Round) -> QuerySet[Any]:
    """Return who sits where by the latest release; ``TOLD_KEY`` names seat and nomination."""
    latest = ScheduleRelease.objects.filter(round=round).order_by("-number").values("pk")[:1]
    return ReleasedInterview.seats.through.objects.filter(releasedinterview__release=Subquery(latest)).order_by()


def meeting_of(nomination: Any) -> Meeting | None:
    """Return when ``nomination`` is met, for members; ``None`` while nothing is released. No query.

    ``nomination`` carries the annotations above and its interview with the room.
    """
    interview: Interview | None = getattr(nomination, "interview", None)
    if interview and interview.state != InterviewState.PLANNED:
        return Meeting(interview.starts_at, interview.ends_at, interview.room.name)
    if nomination.told_starts_at is None:
        return None
    return Meeting(nomination.told_starts_at, nomination.told_ends_at, nomination.told_room)


def presence_of(nomination: Any, recorded: str | None, is_told_seat: bool) -> tuple[bool, str | None]:
    """Return whether members know of an interview, and how a seat stands there: as recorded, or as released.

    ``recorded``: the seat's presence in the draft, ``None`` where it is not placed. Who came or did not is no draft.
    """
    interview: Interview | None = getattr(nomination, "interview", None)
    if interview and interview.state != InterviewState.PLANNED:
        return True, recorded
    is_known = nomination.told_starts_at is not None
    if recorded in (Presence.PRESENT, Presence.ABSENT):
        return is_known, recorded
    return is_known, Presence.EXPECTED if is_told_seat else None


def _told() -> QuerySet[ReleasedInterview]:
    latest = ScheduleRelease.objects.filter(round=OuterRef(OuterRef("round"))).order_by("-number").values("pk")[:1]
    return ReleasedInterview.objects.filter(nomination=OuterRef("pk"), release=Subquery(latest)).order_by()
