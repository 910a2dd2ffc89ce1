"""The schedule on paper: days and rooms as a table for the wall, lists by member and by nominee, signs for doors."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Final, Literal

from paritrana.kernel import wording

from .rendering import head, printable, to_bytes, to_document, to_html
from .schedule_data import ScheduleBook, ScheduledInterview

SheetPaper = Literal["A4", "A3"]
"""The table for the wall stands on either, landscape; lists are A4."""

COLUMNS: Final[dict[SheetPaper, int]] = {"A4": 4, "A3": 7}
"""How many rooms stand beside each other; days share a page while they fit."""
LONG_BREAK: Final = timedelta(minutes=30)
VACANT: Final = "(lowong)"
DRAFT_MARK: Final = "DRAF: belum dirilis"
Column = tuple[date, str]


def render_schedule_table(book: ScheduleBook, paper: SheetPaper = "A4") -> bytes:
    """Return days and rooms beside each other, times below each other, as a landscape PDF."""
    pages = _pages(book, COLUMNS[paper])
    values = _frame(book, "Jadwal Wawancara") | {"paper": paper.lower(), "pages": [_page(book, one) for one in pages]}
    return _pdf("schedule_table.html", values)


def render_member_lists(book: ScheduleBook, seat: str = "") -> bytes:
    """Return a list for each seat of the panel, each beginning a page; of one seat only with ``seat`` (its name)."""
    seats = [one for one in book.seats if seat in ("", one)]
    lists = [
        {
            "heading": one,
            "note": _holders(book, one),
            "days": _days(book, [row for row in book.interviews if _sits(row, one)]),
        }
        for one in seats
    ]
    frame = _frame(book, f"Jadwal Anggota {book.panel}")
    return _pdf("schedule_lists.html", frame | {"lists": lists, "with_panel": False})


def render_schedule_list(book: ScheduleBook) -> bytes:
    """Return every interview by day and time, with its panel, as a list."""
    lists = [{"heading": "", "note": "", "days": _days(book, book.interviews)}]
    return _pdf("schedule_lists.html", _frame(book, "Daftar Wawancara") | {"lists": lists, "with_panel": True})


def render_nominee_list(book: ScheduleBook) -> bytes:
    """Return one line for each nominee, by number."""
    rows = [_row(book, one) for one in sorted(book.interviews, key=lambda one: one.number)]
    return _pdf("schedule_nominees.html", _frame(book, "Jadwal Nomine") | {"rows": rows})


def render_door_signs(book: ScheduleBook) -> bytes:
    """Return a page in large type for each day and room, to hang at the door."""
    signs = [
        {
            "room": room,
            "day": wording.long_day_date(day),
            "size": _sign_size(len(rows)),
            "rows": [_row(book, one) for one in rows],
        }
        for (day, room), rows in by_day_and_room(book)
    ]
    return _pdf("door_signs.html", _frame(book, "Wawancara") | {"signs": signs})


def by_day_and_room(book: ScheduleBook) -> list[tuple[Column, list[ScheduledInterview]]]:
    """Return the interviews of each day and room, in the order of days, rooms and times."""
    listed = sorted(book.interviews, key=lambda one: (*_column(book, one), one.starts_at))
    return [(key, list(rows)) for key, rows in groupby(listed, key=lambda one: _column(book, one))]


def panel_text(one: ScheduledInterview, seats: Sequence[str]) -> str:
    """Return who sits there in few words: all, all but one or two, or their names."""
    sitting = [line.seat for line in one.panel]
    missing = [seat for seat in seats if seat not in sitting]
    if len(missing) > 2 or len(sitting) <= 2:
        return ", ".join(sitting) or "–"
    return f"{len(sitting)} unsur, " + (f"tanpa {' dan '.join(missing)}" if missing else "lengkap")


def _pdf(template: str, values: dict[str, object]) -> bytes:
    html = to_html(template, values)
    return to_bytes(to_document(html), html, tagged=False)


def _frame(book: ScheduleBook, kind: str) -> dict[str, object]:
    mark = " · ".join(filter(None, (DRAFT_MARK if book.is_draft else "", book.demo_mark)))
    return {
        "head": head(title=printable(f"{kind} {book.edition}"), author=book.issuing_body, day=book.day, demo_mark=mark),
        "kind": kind,
        "watermark": "DRAF" if book.is_draft else book.demo_mark,
        "footer": f"{kind} · {book.version} · dicetak {wording.long_date(book.day)}",
        "issuing_body": book.issuing_body,
        "edition": book.edition,
        "version": book.version,
        "zone": wording.zone_label(book.zone),
    }


def _column(book: ScheduleBook, one: ScheduledInterview) -> Column:
    return wording.local_day(one.starts_at, book.zone), one.room


def _pages(book: ScheduleBook, most: int) -> list[list[Column]]:
    """The columns of each page: a day is not torn apart where it fits on one."""
    columns = [key for key, _rows in by_day_and_room(book)]
    pages: list[list[Column]] = [[]]
    for _day, group in groupby(columns, key=lambda key: key[0]):
        own = list(group)
        if pages[-1] and len(pages[-1]) + len(own) > most:
            pages.append([])
        while own:
            pages[-1] += own[:most]
            if own := own[most:]:
                pages.append([])
    return [page for page in pages if page]


def _page(book: ScheduleBook, columns: Sequence[Column]) -> dict[str, object]:
    cells = {key: rows for key, rows in by_day_and_room(book) if key in columns}
    placed = [one for rows in cells.values() for one in rows]
    starts = sorted({_clock(book, one.starts_at) for one in placed})
    rows: list[dict[str, object]] = []
    until = ""
    for start in starts:
        if until and _minutes(start) - _minutes(until) >= LONG_BREAK.seconds // 60:
            rows.append({"pause": f"{until}–{start}", "start": "", "cells": []})
        here = [_cell(book, cells[key], start) for key in columns]
        rows.append({"pause": "", "start": start, "cells": here})
        until = max([until, *(_clock(book, one.ends_at) for one in placed if _clock(book, one.starts_at) == start)])
    days = [
        {"day": wording.long_day_date(day), "span": len(list(group))}
        for day, group in groupby(columns, key=lambda key: key[0])
    ]
    return {"days": days, "rooms": [room for _day, room in columns], "rows": rows, "span": len(columns) + 1}


def _cell(book: ScheduleBook, rows: Iterable[ScheduledInterview], start: str) -> dict[str, object] | None:
    found = next((one for one in rows if _clock(book, one.starts_at) == start), None)
    return _row(book, found) if found else None


def _row(book: ScheduleBook, one: ScheduledInterview) -> dict[str, object]:
    return {
        "number": one.number,
        "nominee": one.nominee,
        "origin": one.origin,
        "category": one.category,
        "room": one.room,
        "is_online": one.is_online,
        "day": wording.long_day_date(wording.local_day(one.starts_at, book.zone)),
        "time": f"{_clock(book, one.starts_at)}–{_clock(book, one.ends_at)}",
        "panel": panel_text(one, book.seats),
    }


def _days(book: ScheduleBook, rows: Iterable[ScheduledInterview]) -> list[dict[str, object]]:
    days = groupby(rows, key=lambda one: wording.local_day(one.starts_at, book.zone))
    return [{"day": wording.long_day_date(day), "rows": [_row(book, one) for one in group]} for day, group in days]


def _sits(one: ScheduledInterview, seat: str) -> bool:
    return any(line.seat == seat for line in one.panel)


def _holders(book: ScheduleBook, seat: str) -> str:
    """Who holds the seat on the days when it sits; more than one where a substitute takes over."""
    lines = [line for one in book.interviews for line in one.panel if line.seat == seat]
    return ", ".join(dict.fromkeys(line.name or VACANT for line in lines))


def _sign_size(rows: int) -> str:
    return next((size for most, size in ((8, "large"), (13, "middle")) if rows <= most), "small")


def _clock(book: ScheduleBook, moment: datetime) -> str:
    return wording.clock_time(moment, book.zone).split()[1]


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])
