"""What the papers of the ceremony are given: frozen data classes of plain values, as in ``data``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True)
class CalledWinner:
    """One award as it is called: ``say`` how the name is said, ``guest`` who comes for it.

    ``taken_by`` and ``taken_at``: who has taken the certificate away, where somebody has.
    """

    title: str
    category: str
    name: str
    origin: str = ""
    score: str = ""
    say: str = ""
    guest: str = ""
    office: str = ""
    seat: str = ""
    handed_by: str = ""
    is_absent: bool = False
    taken_by: str = ""
    taken_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class ScriptStep:
    """One step of the reveal as the announcer meets it; ``number`` as the presenter's window counts, from 1."""

    number: int
    kind: str
    heading: str
    text: str
    winners: tuple[CalledWinner, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CeremonyBook:
    """A ceremony: its steps, and the awards in the order in which they are called.

    ``held_on`` is the day of the ceremony, where it is set; ``printed_at`` the moment of printing. ``is_secret`` until
    the result is announced.
    """

    issuing_body: str
    edition: str
    place: str
    zone: str
    printed_at: datetime
    steps: tuple[ScriptStep, ...]
    winners: tuple[CalledWinner, ...]
    is_secret: bool
    held_on: date | None = None
    demo_mark: str = ""
