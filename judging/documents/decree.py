"""The keputusan that names the winners: considerations, clauses, and an annex that nobody types."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from string import ascii_lowercase, ascii_uppercase
from typing import Final

from paritrana.kernel import wording

from .decree_data import Decree, WinnerGroup, WinnerLine
from .rendering import head, printable, to_pdf

#: Left to be written by hand.
OPEN_DAY: Final = "…………………………"
OPEN_NAME: Final = "………………………………………"
SPECIALS: Final = "Penghargaan khusus di luar peringkat"


def render_decree(decree: Decree) -> bytes:
    """Return the decree with its annex as a portrait F4 (folio) PDF with numbered pages."""
    return to_pdf("decree.html", _values(decree))


def _values(decree: Decree) -> dict[str, object]:
    signature = decree.signature
    return {
        "head": head(
            title=printable(f"Keputusan {decree.number}"),
            author=decree.issuing_body,
            day=decree.created,
            demo_mark=decree.demo_mark,
        ),
        "footer": _footer(decree),
        "issuing_body": decree.issuing_body,
        "edition": decree.edition,
        "issuer": decree.issuer,
        "number": decree.number,
        "subject": decree.subject,
        "preamble": [
            {"name": "Menimbang", "items": _marked(decree.considerations, _letters(len(decree.considerations)))},
            {"name": "Mengingat", "items": _marked(decree.legal_basis, _numbers(len(decree.legal_basis)))},
            {"name": "Memperhatikan", "items": _marked(decree.observations, _numbers(len(decree.observations)))},
        ],
        "clauses": [{"name": clause_name(index), "text": text} for index, text in enumerate(decree.clauses, start=1)],
        "place": decree.place,
        "day": wording.long_date(decree.day) if decree.day else OPEN_DAY,
        "signature": {"office": signature.office, "name": signature.name or OPEN_NAME, "note": signature.note},
        "copies": list(decree.copies),
        "groups": _groups(decree),
    }


def _footer(decree: Decree) -> str:
    name = f"Keputusan {decree.issuer} Nomor {decree.number}"
    return f"{name} · registrasi {decree.registered}" if decree.registered else name


def clause_name(number: int) -> str:
    """Return the name of a clause: KESATU, KEDUA, KESEBELAS."""
    return f"KE{wording.terbilang(number).upper()}"


def _letters(count: int) -> list[str]:
    return [f"{ascii_lowercase[index % len(ascii_lowercase)]}." for index in range(count)]


def _numbers(count: int) -> list[str]:
    """1., 2., 3.; a single entry stands without a number."""
    return [f"{index}." for index in range(1, count + 1)] if count > 1 else [""]


def _marked(texts: Sequence[str], marks: Sequence[str]) -> list[dict[str, str]]:
    return [{"mark": mark, "text": text} for mark, text in zip(marks, texts, strict=False)]


def _groups(decree: Decree) -> list[dict[str, object]]:
    groups = list(decree.groups)
    if decree.specials:
        groups.append(WinnerGroup(name=SPECIALS, lines=decree.specials))
    return [
        {"mark": f"{ascii_uppercase[index % 26]}.", "name": group.name, "lines": _lines(group.lines)}
        for index, group in enumerate(groups)
    ]


def _lines(lines: Iterable[WinnerLine]) -> list[dict[str, object]]:
    return [{"number": number, **vars(line)} for number, line in enumerate(lines, start=1)]
