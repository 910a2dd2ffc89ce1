"""Calendars that phones read (RFC 5545): the interviews of a member, a nominee or a room.

An event keeps its UID for good, whatever moves and wherever the site runs; SEQUENCE is the release that last changed
it, DTSTAMP the time of that release. One that was taken off stays as cancelled: a calendar that merely misses it would
go on showing it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from paritrana.kernel import wording

if TYPE_CHECKING:
    from icalendar import Event

PRODUCT = "-//Paritrana//Jadwal wawancara//ID"
#: How often a calendar should look again; most look when they like.
LOOK_AGAIN = timedelta(hours=1)
#: Control characters have no place in a calendar's text; a new line is written as ``\n``.
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """One interview as a calendar shows it. Times are aware; ``panel`` is empty for those who are not told of it."""

    uid: str
    release: int
    released_at: datetime
    starts_at: datetime
    ends_at: datetime
    nominee: str
    category: str
    room: str
    is_online: bool = False
    panel: tuple[str, ...] = ()
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class InterviewCalendar:
    """A calendar with its name and the zone of its round. ``mark`` says that none of it counts: LATIHAN, CONTOH."""

    name: str
    zone: str
    events: tuple[CalendarEvent, ...]
    mark: str = ""


def event_uid(scope: str, number: int) -> str:
    """Return the UID of an interview: that of nomination 17 in ``2025/53`` is ``2025-53-17@paritrana``."""
    return f"{scope.replace('/', '-')}-{number}@paritrana"


def render_calendar(calendar: InterviewCalendar) -> bytes:
    """Return the ``text/calendar`` file: the same bytes for the same calendar, lines folded at 75 octets."""
    from icalendar import Calendar, vDuration, vText

    found = Calendar()
    found.add("prodid", PRODUCT)
    found.add("version", "2.0")
    found.add("calscale", "GREGORIAN")
    found.add("method", "PUBLISH")
    # What is not in the standard the library would write as it is: unescaped, and a duration as a clock time.
    found.add("x-wr-calname", vText(_text(_marked(calendar.mark, calendar.name))))
    found.add("x-wr-timezone", calendar.zone)
    found.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    found.add("x-published-ttl", vDuration(LOOK_AGAIN))
    for event in _in_order(calendar.events):
        found.add_component(_component(event, calendar))
    found.add_missing_timezones()
    written: bytes = found.to_ical()
    return written


def _component(event: CalendarEvent, calendar: InterviewCalendar) -> "Event":
    from icalendar import Event

    zone = ZoneInfo(calendar.zone)
    found = Event()
    found.add("uid", event.uid)
    found.add("sequence", event.release)
    found.add("dtstamp", event.released_at.astimezone(ZoneInfo("UTC")))
    found.add("dtstart", event.starts_at.astimezone(zone))
    found.add("dtend", event.ends_at.astimezone(zone))
    found.add("summary", _text(_marked(calendar.mark, f"{_what(event)}: {event.nominee}")))
    found.add("location", _text(f"Daring: {event.room}" if event.is_online else event.room))
    found.add("description", _text("\n".join(_lines(event, calendar))))
    found.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    found.add("transp", "TRANSPARENT" if event.is_cancelled else "OPAQUE")
    return found


def invitation_text(*, title: str, nominee: str, address: str) -> str:
    """Return what the secretariat sends to a nominee with the address of the calendar."""
    return (
        f"Yth. {nominee},\n\n"
        f"Jadwal wawancara {title} untuk {nominee} dapat dibuka dan diikuti lewat alamat ini:\n{address}\n\n"
        "Bila jadwal berubah, kalender ikut berubah. Mohon alamat ini tidak diteruskan kepada pihak lain."
    )


def _what(event: CalendarEvent) -> str:
    return "Wawancara dibatalkan" if event.is_cancelled else "Wawancara"


def _lines(event: CalendarEvent, calendar: InterviewCalendar) -> Sequence[str]:
    """What a calendar cannot say by itself: the time with the zone's Indonesian name, and who sits there."""
    day = wording.long_day_date(wording.local_day(event.starts_at, calendar.zone))
    lines = [
        f"{day}, {wording.time_range(event.starts_at, event.ends_at, calendar.zone)}",
        f"Kategori: {event.category}",
        *((f"Unsur: {'; '.join(event.panel)}",) if event.panel else ()),
        f"Rilis jadwal nomor {event.release}",
    ]
    if calendar.mark:
        lines.insert(0, f"{calendar.mark}: bukan jadwal yang sesungguhnya.")
    return lines


def _marked(mark: str, text: str) -> str:
    return f"[{mark}] {text}" if mark else text


def _in_order(events: Sequence[CalendarEvent]) -> list[CalendarEvent]:
    return sorted(events, key=lambda one: (one.starts_at, one.uid))


def _text(text: str) -> str:
    return CONTROL.sub(" ", text)
