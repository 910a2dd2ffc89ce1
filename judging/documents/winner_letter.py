"""The letter that tells a winner: a surat dinas of one page, with a check code that leads to our own register."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from paritrana.kernel import wording

from .certificate import qr_svg
from .data import Signature
from .rendering import head, printable, to_pdf


@dataclass(frozen=True, kw_only=True)
class WinnerLetter:
    """One letter. ``recipient`` is whom it is addressed to, line by line; ``place`` the town before the date.

    ``decided_on`` is the day of the plenary, ``minutes_number`` what its minutes carry, empty where none was given.
    Without ``ceremony_on`` the letter says that the invitation follows. ``is_secret`` until the announcement.
    """

    issuing_body: str
    edition: str
    number: str
    place: str
    day: date
    recipient: tuple[str, ...]
    nominee: str
    award: str
    category: str
    decided_on: date
    minutes_number: str
    ceremony_on: date | None
    is_secret: bool
    signature: Signature
    check_code: str
    check_address: str
    demo_mark: str = ""
    panel: str = "Tim 9 Penilai"


def render_winner_letters(letters: Sequence[WinnerLetter]) -> Iterator[bytes]:
    """Yield one PDF per letter, in the given order."""
    for letter in letters:
        yield render_winner_letter(letter)


def render_winner_letter(letter: WinnerLetter) -> bytes:
    """Return the letter as a PDF."""
    return to_pdf("winner_letter.html", _values(letter))


def _values(letter: WinnerLetter) -> dict[str, object]:
    return {
        "head": head(
            title=printable(f"Pemberitahuan pemenang {letter.number}: {letter.nominee}"),
            author=letter.issuing_body,
            day=letter.day,
            demo_mark=letter.demo_mark,
        ),
        "issuing_body": letter.issuing_body,
        "edition": letter.edition,
        "number": letter.number,
        "dateline": f"{letter.place}, {wording.long_date(letter.day)}",
        "recipient": letter.recipient,
        "nominee": letter.nominee,
        "award": letter.award,
        "category": letter.category,
        "decided_on": wording.long_date(letter.decided_on),
        "minutes_number": letter.minutes_number,
        "panel": letter.panel,
        "ceremony_on": wording.long_day_date(letter.ceremony_on) if letter.ceremony_on else "",
        "place": letter.place,
        "is_secret": letter.is_secret,
        "office": letter.signature.office,
        "name": letter.signature.name,
        "note": letter.signature.note,
        "check_code": letter.check_code,
        "check_address": letter.check_address,
        "qr": qr_svg(letter.check_address),
        "demo_mark": letter.demo_mark,
    }
