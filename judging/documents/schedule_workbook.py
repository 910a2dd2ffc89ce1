"""The schedule as a workbook: interviews, the same by member, by nominee and by room, with real dates and times.

User text is written as text whatever it begins with. Equal input gives equal bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from paritrana.kernel import wording

from .cells import FIRST_ROW, HEAD_ROW, PLAIN, start_page, words
from .rendering import printable
from .schedule_data import ScheduleBook, ScheduledInterview
from .schedule_sheet import DRAFT_MARK, by_day_and_room, panel_text
from .xlsx import Book, Cell, Page
from .xlsx_parts import Style

EPOCH: Final = date(1899, 12, 30)
"""The day that spreadsheets count as 0."""
#: In Indonesian whatever the program's language is; a point between hours and minutes.
DAY: Final = Style(pattern="[$-421]dddd, d mmmm yyyy", indent=1)
CLOCK: Final = Style(pattern='hh"."mm', center=True)
MINUTES: Final = Style(digits=0, center=True)
NUMBER: Final = Style(center=True)
WIDTHS: Final = {
    "Tanggal": 26,
    "Mulai": 9,
    "Selesai": 9,
    "Menit": 8,
    "Ruang": 28,
    "Cara": 10,
    "No.": 7,
    "Nomine": 44,
    "Asal": 30,
    "Kategori": 34,
    "Panel": 48,
    "Unsur": 36,
    "Nama": 36,
    "Wawancara": 12,
}
DAILY: Final = ("Tanggal", "Mulai", "Selesai", "Menit")
WHO: Final = ("No.", "Nomine", "Asal", "Kategori")


def render_schedule_workbook(book: ScheduleBook) -> bytes:
    """Return the schedule as ``.xlsx``: four pages, each with a head that stays and a filter."""
    made = Book()
    _interviews(made, book)
    _members(made, book)
    _nominees(made, book)
    _rooms(made, book)
    return made.packed(title=f"Jadwal wawancara {book.edition}", day=book.day)


def _start(made: Book, book: ScheduleBook, title: str, heads: Sequence[str]) -> Page:
    page = made.page(title)
    page.widths, page.frozen = [WIDTHS[head] for head in heads], (0, FIRST_ROW - 1)
    page.filtered_from = HEAD_ROW
    mark = " · ".join(filter(None, (DRAFT_MARK if book.is_draft else "", book.demo_mark)))
    zone = wording.zone_label(book.zone)
    summary = [Cell(printable(f"{book.version}. Semua waktu dalam {zone}."), PLAIN)]
    start_page(page, f"{title}: wawancara", book.edition, mark, heads, summary)
    return page


def _interviews(made: Book, book: ScheduleBook) -> None:
    page = _start(made, book, "Jadwal", (*DAILY, "Ruang", "Cara", *WHO, "Panel"))
    for one in book.interviews:
        page.add([*_when(book, one), *_where(one), *_who(one), words(panel_text(one, book.seats))])


def _members(made: Book, book: ScheduleBook) -> None:
    page = _start(made, book, "Per anggota", ("Unsur", "Nama", *DAILY, "Ruang", "Cara", *WHO))
    for seat in book.seats:
        for one in book.interviews:
            for line in one.panel:
                if line.seat == seat:
                    page.add([words(seat), words(line.name), *_when(book, one), *_where(one), *_who(one)])


def _nominees(made: Book, book: ScheduleBook) -> None:
    page = _start(made, book, "Per nomine", (*WHO, *DAILY, "Ruang", "Cara"))
    for one in sorted(book.interviews, key=lambda one: one.number):
        page.add([*_who(one), *_when(book, one), *_where(one)])


def _rooms(made: Book, book: ScheduleBook) -> None:
    page = _start(made, book, "Ruang", ("Tanggal", "Ruang", "Mulai", "Selesai", "Wawancara", "Menit"))
    for (day, room), rows in by_day_and_room(book):
        until = max(one.ends_at for one in rows)
        used = sum((one.ends_at - one.starts_at for one in rows), timedelta()) // timedelta(minutes=1)
        first, last = _clock(book, rows[0].starts_at), _clock(book, until)
        page.add([_date(day), words(room), first, last, Cell(len(rows), NUMBER), Cell(used, MINUTES)])


def _when(book: ScheduleBook, one: ScheduledInterview) -> Iterable[Cell]:
    minutes = (one.ends_at - one.starts_at) // timedelta(minutes=1)
    day = _date(wording.local_day(one.starts_at, book.zone))
    return day, _clock(book, one.starts_at), _clock(book, one.ends_at), Cell(minutes, MINUTES)


def _where(one: ScheduledInterview) -> Iterable[Cell]:
    return words(one.room), words("daring" if one.is_online else "tatap muka")


def _who(one: ScheduledInterview) -> Iterable[Cell]:
    return Cell(one.number, NUMBER), words(one.nominee), words(one.origin), words(one.category)


def _date(day: date) -> Cell:
    return Cell((day - EPOCH).days, DAY)


def _clock(book: ScheduleBook, moment: datetime) -> Cell:
    local = moment.astimezone(ZoneInfo(book.zone))
    return Cell(Fraction(local.hour * 60 + local.minute, 24 * 60), CLOCK)
