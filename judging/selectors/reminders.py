"""What a seat can be reminded of: which sheets are missing, how its holder is reached, when that was last done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from judging import audit_actions
from judging.core.whatsapp import whatsapp_link, whatsapp_number
from judging.models import Seat, Seating
from nominees.models import Nomination, Round
from paritrana.audit.models import AuditEvent
from paritrana.kernel.wording import local_day

from .cells import Cell
from .panels import in_force_on
from .progress import OUTSTANDING, Progress, SeatProgress, progress_of

#: A seat is reminded once in this time, unless somebody says so again.
PAUSE = timedelta(hours=1)
#: How many nominees a message names; the others are counted.
NAMED_IN_MAIL, NAMED_IN_CHAT = 60, 15


@dataclass(frozen=True, slots=True)
class MissingSheet:
    """One sheet that is due and not in; ``is_draft``: begun."""

    nomination: Nomination
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Reminder:
    """One seat: what is missing, and the message about it. ``reminded_at``: the last one that was not returned."""

    round: Round
    progress: SeatProgress
    seating: Seating | None
    missing: tuple[MissingSheet, ...]
    reminded_at: datetime | None

    @property
    def seat(self) -> Seat:
        """The seat."""
        return self.progress.seat

    @property
    def email(self) -> str:
        """The address of who holds the seat; empty when there is none."""
        return self.seating.user.email if self.seating else ""

    @property
    def has_number(self) -> bool:
        """Whether the holder's phone number can be read."""
        return bool(self.seating and whatsapp_number(self.seating.user.phone))

    def is_too_soon(self, at: datetime) -> bool:
        """Whether the last reminder is less than :data:`PAUSE` before ``at``."""
        return self.reminded_at is not None and at - self.reminded_at < PAUSE

    @property
    def subject(self) -> str:
        """The subject of the e-mail, in one line."""
        return " ".join(self._rendered("subject", NAMED_IN_MAIL).split())

    @property
    def body(self) -> str:
        """The e-mail: who is missing and where to go, no score."""
        return self._rendered("body", NAMED_IN_MAIL).strip() + "\n"

    @property
    def chat_link(self) -> str:
        """The address that opens WhatsApp with the short text, addressed if there is a number."""
        phone = self.seating.user.phone if self.seating else ""
        return whatsapp_link(phone, self._rendered("chat", NAMED_IN_CHAT).strip())

    def _rendered(self, part: str, named: int) -> str:
        address = reverse(
            "judging:my_day", kwargs={"year": self.round.edition.assessment_year, "scope": self.round.scope_code}
        )
        context = {
            "round": self.round,
            "seat": self.seat,
            "holder": self.progress.holder,
            "count": len(self.missing),
            "named": self.missing[:named],
            "further": len(self.missing[named:]),
            "address": f"{settings.PUBLIC_ADDRESS.rstrip('/')}{address}?hari=semua",
        }
        return render_to_string(f"emails/reminder_{part}.txt", context)


def reminders_of(round: Round, at: datetime, progress: Progress | None = None) -> tuple[Reminder, ...]:
    """Return one reminder per seat, in the order of the seats, also where nothing is missing.

    Eight queries, two where the ``progress`` at that moment is at hand.
    """
    progress = progress or progress_of(round, at)
    today = in_force_on(local_day(at, round.time_zone))
    seatings = Seating.objects.filter(today, round=round).select_related("user")
    holders = {seating.seat_id: seating for seating in seatings}
    told = _last_told(round, [line.seat for line in progress.seats])
    return tuple(
        Reminder(
            round=round,
            progress=line,
            seating=holders.get(line.seat.pk),
            missing=_missing(progress, index),
            reminded_at=told.get(line.seat.pk),
        )
        for index, line in enumerate(progress.seats)
    )


def _missing(progress: Progress, index: int) -> tuple[MissingSheet, ...]:
    """What the seat at ``index`` owes: sheets on nominees whose interview is over, or who have none."""
    return tuple(
        MissingSheet(row.nomination, is_draft=row.cells[index] is Cell.DRAFT)
        for table in progress.tables
        for row in table.rows
        if row.is_due and row.cells[index] in OUTSTANDING
    )


def _last_told(round: Round, seats: Sequence[Seat]) -> Mapping[int, datetime]:
    """When each seat was last reminded; one that could not be delivered does not count. One query."""
    events = AuditEvent.objects.filter(
        chain=round.scope,
        object_type=Seat._meta.label_lower,
        object_id__in=[str(seat.pk) for seat in seats],
        action__in=(audit_actions.REMINDER_SENT, audit_actions.REMINDER_FAILED),
    )
    found: dict[int, datetime] = {}
    for seat, action, at in events.order_by("seq").values_list("object_id", "action", "at"):
        if action == audit_actions.REMINDER_SENT:
            found[int(seat)] = at
        else:
            found.pop(int(seat), None)
    return found
