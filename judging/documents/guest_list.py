"""The daftar penerima: where everybody sits, and who signs for which certificate; on paper and as a workbook."""

from __future__ import annotations

from typing import Final

from paritrana.kernel import wording

from .cells import CENTER, FIRST_ROW, HEAD_ROW, PLAIN, start_page, words
from .ceremony_data import CalledWinner, CeremonyBook
from .ceremony_marks import HIDDEN_MARK, book_values
from .rendering import to_pdf
from .xlsx import Book, Cell

HEADS: Final = (
    ("No.", 6),
    ("Gelar", 16),
    ("Kategori", 34),
    ("Penerima", 38),
    ("Asal", 28),
    ("Diwakili oleh", 30),
    ("Jabatan", 26),
    ("Kursi", 9),
    ("Hadir", 12),
    ("Diserahkan oleh", 28),
    ("Piagam dibawa oleh", 28),
    ("Waktu", 30),
)


def render_guest_list(book: CeremonyBook) -> bytes:
    """Return the list as a landscape A4 PDF with room for signatures; marked as secret until announced."""
    values = book_values(book, "Daftar Penerima dan Pengambilan Piagam")
    rows = [_row(number, winner, book.zone) for number, winner in enumerate(book.winners, start=1)]
    return to_pdf("guest_list.html", values | {"rows": rows})


def render_guest_workbook(book: CeremonyBook) -> bytes:
    """Return the list as ``.xlsx``: one page with a head that stays and a filter."""
    made = Book()
    page = made.page("Penerima")
    page.widths, page.frozen, page.filtered_from = [width for _head, width in HEADS], (0, FIRST_ROW - 1), HEAD_ROW
    mark = " · ".join(filter(None, (HIDDEN_MARK if book.is_secret else "", book.demo_mark)))
    heads = [name for name, _width in HEADS]
    printed = Cell(f"Keadaan {wording.date_time(book.printed_at, book.zone)}", PLAIN)
    start_page(page, "Daftar penerima", book.edition, mark, heads, [printed])
    for number, winner in enumerate(book.winners, start=1):
        row = _row(number, winner, book.zone)
        texts = ("title", "category", "name", "origin", "guest", "office", "seat", "presence", "handed_by")
        page.add([Cell(number, CENTER), *(words(str(row[name])) for name in (*texts, "taken_by", "taken_at"))])
    return made.packed(title=f"Daftar penerima {book.edition}", day=wording.local_day(book.printed_at, book.zone))


def _row(number: int, winner: CalledWinner, zone: str) -> dict[str, object]:
    return {
        "number": number,
        "title": winner.title,
        "category": winner.category,
        "name": winner.name,
        "origin": winner.origin,
        "guest": winner.guest,
        "office": winner.office,
        "seat": winner.seat,
        "presence": "tidak hadir" if winner.is_absent else "",
        "handed_by": winner.handed_by,
        "taken_by": winner.taken_by,
        "taken_at": wording.date_time(winner.taken_at, zone) if winner.taken_at else "",
    }
