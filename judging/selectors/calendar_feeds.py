"""Calendars as they are read: what was released to a member, a nominee or for a room, and what was taken off since."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Max, OuterRef, Prefetch, QuerySet, Subquery

from judging.documents.calendar import CalendarEvent, InterviewCalendar, event_uid
from judging.models import CalendarFeed, ReleasedInterview, Room, ScheduleRelease, Seat, Seating
from nominees.models import Nomination, Round
from paritrana.kernel.wording import local_day

PRACTICE, DEMO = "LATIHAN", "CONTOH"
Whose = Seating | Nomination | Room


def open_feed_at(key: str) -> CalendarFeed | None:
    """Return the feed that is read under ``key``; ``None`` if there is none, or none any more. One query.

    A member's ends with the login.
    """
    found = CalendarFeed.objects.filter(key=key, revoked_at=None).exclude(seating__user__is_active=False)
    return found.select_related(
        "round__edition", "round__region", "seating__seat", "nomination__nominee", "room"
    ).first()


def open_feeds(round: Round) -> QuerySet[CalendarFeed]:
    """Return the feeds of ``round`` that are open. One query."""
    return CalendarFeed.objects.filter(round=round, revoked_at=None)


def whose_field(whose: Whose) -> str:
    """Return the name of the field of a feed that holds ``whose``."""
    return whose._meta.model_name or ""


def feed_of(whose: Whose) -> CalendarFeed | None:
    """Return the open feed of a seating, a nomination or a room. One query."""
    return open_feeds(whose.round).filter(**{whose_field(whose): whose}).first()


def calendar_of(feed: CalendarFeed) -> InterviewCalendar:
    """Return what ``feed`` shows. Three queries, whatever was released."""
    if feed.seating:
        return _calendar(feed.round, feed.seating.seat.name, {"seats": feed.seating.seat_id}, seating=feed.seating)
    if feed.nomination:
        return _calendar(feed.round, feed.nomination.nominee.name, {"nomination": feed.nomination_id})
    return _calendar(feed.round, str(feed.room), {"room": feed.room_id})


def single_calendar(round: Round, number: int) -> InterviewCalendar | None:
    """Return the calendar with the interview of the nomination ``number`` alone; ``None`` if it was never released.

    With the panel: it is for those who see the schedule. Three queries.
    """
    found = _calendar(round, f"nomor {number}", {"nomination__number": number}, with_panel=True)
    return found if found.events else None


def _calendar(
    round: Round, name: str, wanted: dict[str, object], *, seating: Seating | None = None, with_panel: bool = False
) -> InterviewCalendar:
    releases = _releases_for(round, seating)
    released = dict(releases.order_by("number").values_list("number", "released_at"))
    events = []
    for row in _last_told(releases, wanted):
        on = local_day(row.starts_at, round.time_zone)
        if seating and on < seating.starts_on:
            continue  # whoever sat there before was told
        is_handed_over = bool(seating and seating.ends_on and on > seating.ends_on)
        events.append(
            _event(row, round, released, is_handed_over=is_handed_over, with_panel=bool(seating) or with_panel)
        )
    mark = PRACTICE if round.practice else DEMO if round.edition.is_demo else ""
    return InterviewCalendar(f"Wawancara {round.edition.name}: {name}", round.time_zone, tuple(events), mark)


def _releases_for(round: Round, seating: Seating | None) -> QuerySet[ScheduleRelease]:
    """What was told to whom a calendar is; who left the panel is told nothing that was released afterwards."""
    found = ScheduleRelease.objects.filter(round=round)
    if seating is None or seating.ends_on is None:
        return found
    after = datetime.combine(seating.ends_on + timedelta(days=1), time.min, ZoneInfo(round.time_zone))
    return found.filter(released_at__lt=after)


def _last_told(releases: QuerySet[ScheduleRelease], wanted: dict[str, object]) -> QuerySet[ReleasedInterview]:
    """The last that was told of each interview as it was ``wanted``, be it still told or not. Two queries."""
    told = ReleasedInterview.objects.filter(release__in=releases.order_by(), **wanted)
    last = told.filter(nomination=OuterRef("nomination")).order_by().values("nomination")
    return (
        told.annotate(last=Subquery(last.annotate(number=Max("release__number")).values("number")))
        .filter(release__number=F("last"))
        .select_related("release", "nomination__nominee", "nomination__category")
        .prefetch_related(Prefetch("seats", Seat.objects.order_by("position")))
    )


def _event(
    row: ReleasedInterview, round: Round, released: dict[int, datetime], *, is_handed_over: bool, with_panel: bool
) -> CalendarEvent:
    """One that is told no more is cancelled by the release after the last that told it.

    One that went to another person of the seat changes for this one alone: it counts as changed after the last release.
    """
    latest = max(released)
    is_told = row.release.number == latest
    number = row.changed_in if is_told and not is_handed_over else min(row.release.number, latest) + 1
    return CalendarEvent(
        uid=event_uid(round.scope, row.nomination.number),
        release=number,
        released_at=released.get(number, released[latest]),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        nominee=row.nomination.nominee.name,
        category=row.nomination.category.name,
        room=row.room_name,
        is_online=row.is_online,
        panel=tuple(seat.name for seat in row.seats.all()) if with_panel else (),
        is_cancelled=is_handed_over or not is_told,
    )
