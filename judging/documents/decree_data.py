"""What the decree is made of: the secretariat's words, and an annex of winners that nobody types."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .data import Signature


@dataclass(frozen=True, kw_only=True)
class WinnerLine:
    """A title and who receives it; ``region`` is where the recipient belongs."""

    title: str
    recipient: str
    region: str = ""


@dataclass(frozen=True, kw_only=True)
class WinnerGroup:
    """The winners of a category or pool, best first."""

    name: str
    lines: tuple[WinnerLine, ...]


@dataclass(frozen=True, kw_only=True)
class Decree:
    """The keputusan that names the winners.

    ``issuer`` is an office ("Gubernur Nusa Tenggara Timur"), ``subject`` finishes "tentang". ``clauses`` are the texts
    of KESATU, KEDUA and so on. ``number`` is the issuer's; ``registered`` says under which one the paper is kept, where
    that is another. ``day`` is None while the date is left to be written by hand.
    """

    issuing_body: str
    edition: str
    issuer: str
    number: str
    registered: str = ""
    subject: str
    considerations: tuple[str, ...]
    legal_basis: tuple[str, ...]
    observations: tuple[str, ...]
    clauses: tuple[str, ...]
    place: str
    day: date | None
    signature: Signature
    groups: tuple[WinnerGroup, ...]
    specials: tuple[WinnerLine, ...] = ()
    copies: tuple[str, ...] = ()
    created: date
    demo_mark: str = ""
