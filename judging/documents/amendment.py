"""A numbered amendment of minutes: what was written, what it has to be, and who says so."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from paritrana.kernel import wording

from .minutes_data import Amendment
from .presenting import provenance_values
from .rendering import head, printable, to_pdf

OPEN_NAME: Final = "(menunggu persetujuan orang kedua)"


def render_amendment(amendment: Amendment) -> bytes:
    """Return the amendment as a portrait F4 (folio) PDF with numbered pages."""
    return to_pdf("amendment.html", _values(amendment))


def _values(amendment: Amendment) -> dict[str, object]:
    day = amendment.day
    return {
        "head": head(
            title=printable(f"Perubahan Berita Acara {amendment.number}"),
            author=amendment.issuing_body,
            day=day,
            demo_mark=amendment.demo_mark,
        ),
        "footer": f"Perubahan atas Berita Acara Nomor {amendment.minutes_number}",
        "issuing_body": amendment.issuing_body,
        "edition": amendment.edition,
        "number": amendment.number,
        "serial": amendment.serial,
        "minutes_number": amendment.minutes_number,
        "minutes_day": wording.long_date(amendment.minutes_day),
        "day_in_words": wording.date_in_words(day),
        "day_in_digits": f"{day:%d-%m-%Y}",
        "dateline": f"{amendment.place}, {wording.long_date(day)}",
        "place": amendment.place,
        "part": amendment.part,
        "wrong": amendment.wrong,
        "right": amendment.right,
        "reason": amendment.reason,
        "asked": _word(amendment.asked_by, amendment.asked_at, amendment.zone),
        "confirmed": _word(amendment.confirmed_by, amendment.confirmed_at, amendment.zone),
        "asked_by": amendment.asked_by,
        "confirmed_by": amendment.confirmed_by or OPEN_NAME,
        "provenance": provenance_values(amendment.provenance),
    }


def _word(name: str, at: datetime | None, zone: str) -> str:
    return f"{name}, {wording.date_time(at, zone)}" if at else OPEN_NAME
