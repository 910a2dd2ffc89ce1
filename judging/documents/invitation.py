"""The invitation to an interview: a letter for each nominee, with a check code that leads to our own register."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from paritrana.kernel import wording

from .certificate import qr_svg
from .data import Paper
from .rendering import head, printable, to_bytes, to_document, to_html
from .schedule_data import InvitationLetter

if TYPE_CHECKING:
    from weasyprint import Document

LETTERS_PER_DOCUMENT: Final = 25
"""One layout holds at most so many letters: memory then stays under 150 MB for any number of letters."""
LONG: Final = 900
"""From so many letters of varying text on, lines are set closer: the letter stays one page."""


def render_invitation_files(letters: Sequence[InvitationLetter], paper: Paper = "A4") -> Iterator[bytes]:
    """Yield one PDF per letter, in the given order; laid out together, which is most of the work."""
    for start in range(0, len(letters), LETTERS_PER_DOCUMENT):
        chunk = letters[start : start + LETTERS_PER_DOCUMENT]
        document = to_document(_html(chunk, paper))
        for turn, letter in enumerate(chunk):
            single = document.copy(_pages(document, turn))
            single.metadata.title = _title([letter])
            yield to_bytes(single, _html([letter], paper))
        del document, single
        gc.collect()  # a laid-out paper refers to itself: left to chance, two or three lie in memory at once


def render_invitations(letters: Sequence[InvitationLetter], paper: Paper = "A4") -> bytes:
    """Return many letters as one PDF for the printer."""
    html = _html(letters, paper)
    return to_bytes(to_document(html), html, tagged=False)


def _pages(document: Document, turn: int) -> list[Any]:
    """The pages of one letter: an element's anchor is found on every page that it reaches. Nearly always it is one."""
    return [page for page in document.pages if f"surat-{turn}" in page.anchors]


def _html(letters: Sequence[InvitationLetter], paper: Paper) -> str:
    first = letters[0]
    values = {
        "head": head(title=_title(letters), author=first.issuing_body, day=first.day, demo_mark=first.demo_mark),
        "paper": paper.lower(),
        "letters": [_values(letter) | {"anchor": f"surat-{turn}"} for turn, letter in enumerate(letters)],
    }
    return to_html("invitation.html", values)


def _title(letters: Sequence[InvitationLetter]) -> str:
    first = letters[0]
    if len(letters) == 1:
        return printable(f"Undangan wawancara {first.number}: {first.nominee}")
    return printable(f"{len(letters)} undangan wawancara {first.edition}")


def _values(letter: InvitationLetter) -> dict[str, object]:
    day = wording.long_day_date(wording.local_day(letter.starts_at, letter.zone))
    return {
        "density": _density(letter),
        "issuing_body": letter.issuing_body,
        "edition": letter.edition,
        "number": letter.number,
        "dateline": f"{letter.place}, {wording.long_date(letter.day)}",
        "recipient": letter.recipient,
        "nominee": letter.nominee,
        "category": letter.category,
        "day": day,
        "time": wording.time_range(letter.starts_at, letter.ends_at, letter.zone).removeprefix("pukul "),
        "where": _where(letter),
        "is_online": letter.is_online,
        "online_note": letter.online_note if letter.is_online else "",
        "dress": letter.dress,
        "bring": letter.bring,
        "contact": letter.contact,
        "copies": letter.copies,
        "replaces": letter.replaces,
        "replaces_day": wording.long_date(letter.replaces_day) if letter.replaces_day else "",
        "office": letter.signature.office,
        "name": letter.signature.name,
        "note": letter.signature.note,
        "check_code": letter.check_code,
        "check_address": letter.check_address,
        "qr": qr_svg(letter.check_address),
        "calendar_qr": qr_svg(letter.calendar) if letter.calendar else "",
        "demo_mark": letter.demo_mark,
        "panel": letter.panel,
    }


def _density(letter: InvitationLetter) -> str:
    varying = (*letter.recipient, letter.nominee, *letter.bring, *letter.copies, letter.venue, letter.contact)
    length = sum(len(text) + 40 for text in varying) + 200 * bool(letter.replaces) + len(letter.online_note)
    return "dense" if length > LONG else "roomy"


def _where(letter: InvitationLetter) -> str:
    if letter.is_online:
        return f"dalam jaringan (daring), melalui {letter.room}"
    return ", ".join(filter(None, (letter.room, letter.venue or letter.place)))
