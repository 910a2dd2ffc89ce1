"""The daftar hadir: who came to each interview, of the nominee and of the panel, to be signed in the room."""

from __future__ import annotations

from typing import Final

from paritrana.kernel import wording

from .data import Paper
from .rendering import head, printable, to_pdf
from .schedule_data import ScheduleBook, ScheduledInterview, SeatLine
from .schedule_sheet import DRAFT_MARK, VACANT, by_day_and_room

#: A leader with at most two officials, and one line for whoever else comes.
DELEGATION_LINES: Final = 4
RECUSED: Final = "benturan kepentingan"


def render_attendance_list(book: ScheduleBook, paper: Paper = "A4") -> bytes:
    """Return the lists of every day and room of ``book``, each beginning a page."""
    mark = " · ".join(filter(None, (DRAFT_MARK if book.is_draft else "", book.demo_mark)))
    values = {
        "head": head(
            title=printable(f"Daftar Hadir Wawancara {book.edition}"),
            author=book.issuing_body,
            day=book.day,
            demo_mark=mark,
        ),
        "watermark": "DRAF" if book.is_draft else book.demo_mark,
        "paper": "lists" if paper == "A4" else "lists-f4",
        "kind": "Daftar Hadir Wawancara",
        "footer": f"Daftar hadir · {book.version} · dicetak {wording.long_date(book.day)}",
        "issuing_body": book.issuing_body,
        "edition": book.edition,
        "version": book.version,
        "panel": book.panel,
        "rooms": [
            {
                "room": room,
                "day": wording.long_day_date(day),
                "interviews": [_interview(book, one) for one in rows],
            }
            for (day, room), rows in by_day_and_room(book)
        ],
    }
    return to_pdf("attendance_list.html", values)


def _interview(book: ScheduleBook, one: ScheduledInterview) -> dict[str, object]:
    leader = [{"number": 1, "name": one.leader}]
    empty = [{"number": number, "name": ""} for number in range(2, DELEGATION_LINES + 1)]
    order = {seat: turn for turn, seat in enumerate(book.seats)}
    seats = sorted((*one.panel, *one.recused), key=lambda line: order.get(line.seat, len(order)))
    return {
        "time": f"P{wording.time_range(one.starts_at, one.ends_at, book.zone)[1:]}",
        "number": one.number,
        "nominee": one.nominee,
        "origin": one.origin,
        "category": one.category,
        "is_online": one.is_online,
        "delegation": leader + empty,
        "panel": [_seat(turn, line) for turn, line in enumerate(seats, start=1)],
    }


def _seat(turn: int, line: SeatLine) -> dict[str, object]:
    return {
        "number": turn,
        "name": line.name or VACANT,
        "seat": line.seat,
        "role": line.role,
        "is_recused": line.is_recused,
        "remark": RECUSED if line.is_recused else "",
    }
