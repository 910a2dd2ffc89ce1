"""What both papers of the ceremony print around their content."""

from __future__ import annotations

from typing import Final

from paritrana.kernel import wording

from .ceremony_data import CeremonyBook
from .rendering import head, printable

WATERMARK: Final = "RAHASIA"
HIDDEN_MARK: Final = "RAHASIA sampai hasil diumumkan"


def book_values(book: CeremonyBook, kind: str) -> dict[str, object]:
    """Return the values of head, marks and footer for a paper called ``kind``."""
    mark = " · ".join(filter(None, (HIDDEN_MARK if book.is_secret else "", book.demo_mark)))
    printed = wording.date_time(book.printed_at, book.zone)
    when = wording.long_day_date(book.held_on) if book.held_on else "Hari belum ditetapkan"
    return {
        "head": head(
            title=printable(f"{kind} {book.edition}"),
            author=book.issuing_body,
            day=wording.local_day(book.printed_at, book.zone),
            demo_mark=mark,
        ),
        "watermark": WATERMARK if book.is_secret else book.demo_mark,
        "is_secret": book.is_secret,
        "kind": kind,
        "footer": f"{kind} · dicetak {printed}",
        "issuing_body": book.issuing_body,
        "edition": book.edition,
        "version": ", ".join(filter(None, (book.place, when))),
    }
