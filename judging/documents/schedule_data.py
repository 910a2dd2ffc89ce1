"""What the papers of the interview schedule are given: frozen data classes of plain values, as in ``data``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from .data import Signature


@dataclass(frozen=True, kw_only=True)
class InvitationLetter:
    """An invitation to one interview.

    ``recipient`` is whom the letter is addressed to, line by line, without "Yth."; ``room`` the room or, online, the
    link by which the panel meets. ``replaces`` and ``replaces_day``: number and day of the letter that this one takes
    the place of. ``calendar`` is the address of the nominee's calendar, empty where there is none.
    """

    issuing_body: str
    edition: str
    number: str
    place: str
    day: date
    recipient: tuple[str, ...]
    nominee: str
    category: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    room: str
    is_online: bool
    signature: Signature
    check_code: str
    check_address: str
    venue: str = ""
    online_note: str = ""
    dress: str = ""
    bring: tuple[str, ...] = ()
    contact: str = ""
    copies: tuple[str, ...] = ()
    replaces: str = ""
    replaces_day: date | None = None
    calendar: str = ""
    demo_mark: str = ""
    panel: str = "Tim 9 Penilai"


@dataclass(frozen=True, kw_only=True)
class SeatLine:
    """A seat and who holds it on the day; ``role`` in the panel. ``is_recused``: it may not sit there."""

    seat: str
    name: str
    role: str
    is_recused: bool = False


@dataclass(frozen=True, kw_only=True)
class ScheduledInterview:
    """One interview as papers print it; ``panel`` in the order of the seats, ``category`` without the word before it.

    ``recused``: seats that stand aside for this nominee, not in ``panel``. ``leader``: the head of region or business,
    where known.
    """

    number: int
    nominee: str
    origin: str
    category: str
    room: str
    is_online: bool
    starts_at: datetime
    ends_at: datetime
    panel: tuple[SeatLine, ...]
    recused: tuple[SeatLine, ...] = ()
    leader: str = ""


@dataclass(frozen=True, kw_only=True)
class ScheduleBook:
    """A schedule, by time and room. ``version`` says in words which release it is, or that it is the draft.

    ``seats`` are all seats of the panel in order, by name; ``panel`` is what it is called. ``day`` and ``place``: when
    and where it was printed.
    """

    issuing_body: str
    edition: str
    place: str
    zone: str
    version: str
    day: date
    seats: tuple[str, ...]
    interviews: tuple[ScheduledInterview, ...]
    is_draft: bool = False
    demo_mark: str = ""
    panel: str = "Tim 9"

    def only(self, interviews: Iterable[ScheduledInterview]) -> ScheduleBook:
        """Return the same with these interviews alone."""
        return replace(self, interviews=tuple(interviews))
