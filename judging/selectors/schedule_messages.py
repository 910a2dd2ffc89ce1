"""Messages about a released schedule: what changed for one person, in Indonesian, and nothing of anybody else."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings
from django.db.models import Count, F, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from judging.core.whatsapp import whatsapp_link
from judging.models import NoticeState, ScheduleNotice, ScheduleRelease
from nominees.models import Nomination, Round
from paritrana.kernel import wording

from .schedule_news import Concerned, concerned_by
from .schedule_releases import Difference, Told, differences, told_in

#: How many interviews a message names; the others stand on the page.
NAMED_IN_MAIL, NAMED_IN_CHAT = 60, 12
NEW: Final = "baru"
CHANGED: Final = "berubah"
GONE: Final = "batal"
LEFT: Final = "tidak lagi bertugas"


@dataclass(frozen=True, slots=True)
class NewsLine:
    """One interview in a message: what it is by name, what became of it, its time and room before and now."""

    nominee: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Message:
    """What one person is told of ``release``. ``nominees``: names by nomination, for members."""

    release: ScheduleRelease
    whom: Concerned
    nominees: Mapping[int, str]

    @property
    def subject(self) -> str:
        """The subject of the e-mail, in one line."""
        return " ".join(self._rendered("subject", NAMED_IN_MAIL).split())

    @property
    def body(self) -> str:
        """The e-mail."""
        return self._rendered("body", NAMED_IN_MAIL).strip() + "\n"

    @property
    def chat(self) -> str:
        """The short text."""
        return self._rendered("chat", NAMED_IN_CHAT).strip()

    @property
    def chat_link(self) -> str:
        """The address that opens WhatsApp with the short text, addressed if there is a number."""
        return whatsapp_link(self.whom.phone, self.chat)

    def _rendered(self, part: str, named: int) -> str:
        round, seating = self.release.round, self.whom.seating
        lines = [_line(one, self) for one in self.whom.news]
        context = {
            "round": round,
            "release": self.release,
            "when": wording.date_time(self.release.released_at, round.time_zone),
            "name": self.whom.name,
            "office": seating.seat.name if seating else str(self.whom.nomination),
            "is_member": seating is not None,
            "named": lines[:named],
            "further": len(lines[named:]),
            "count": len(lines),
            "address": _address(round) if seating else "",
        }
        return render_to_string(f"emails/schedule_{part}.txt", context)


def notices_of(release: ScheduleRelease) -> QuerySet[ScheduleNotice]:
    """Return who is or was told of ``release``, members first, with how to reach them. One query."""
    related = ("seating__seat", "seating__user", "nomination__nominee", "nomination__contact")
    found = ScheduleNotice.objects.filter(release=release).select_related(*related)
    return found.order_by(F("seating__seat__position").asc(nulls_last=True), "nomination__number", "pk")


def notice_counts(release: ScheduleRelease) -> dict[NoticeState, int]:
    """Return how many messages stand in which state; states without one are missing. One query."""
    rows = ScheduleNotice.objects.filter(release=release).order_by().values_list("state").annotate(found=Count("pk"))
    return {NoticeState(state): found for state, found in rows}


def overtaken_nominees(release: ScheduleRelease) -> frozenset[int]:
    """Return the nominations whom a later release told something else: what this one said is not true any more.

    One query.
    """
    later = ScheduleNotice.objects.filter(release__round=release.round_id, release__number__gt=release.number)
    return frozenset(later.exclude(nomination=None).order_by().values_list("nomination_id", flat=True))


def messages_of(release: ScheduleRelease) -> dict[tuple[int | None, int | None], Message]:
    """Return the message of everybody whom ``release`` concerns, by ids of seating and nomination. Seven queries."""
    former = ScheduleRelease.objects.filter(round=release.round, number=release.number - 1).first()
    news = differences(told_in(former), told_in(release))
    return messages_about(release, concerned_by(release.round, news))


def messages_about(
    release: ScheduleRelease, concerned: tuple[Concerned, ...]
) -> dict[tuple[int | None, int | None], Message]:
    """Return the messages to ``concerned``. One query."""
    ids = {one.nomination for whom in concerned for one in whom.news}
    names = {one.pk: str(one) for one in Nomination.objects.filter(pk__in=ids).select_related("nominee")}
    return {
        (one.seating.pk if one.seating else None, one.nomination.pk if one.nomination else None): Message(
            release, one, names
        )
        for one in concerned
    }


def _line(one: Difference, message: Message) -> NewsLine:
    before, after, round = one.before, one.after, message.release.round
    if message.whom.seating:
        seat = message.whom.seating.seat_id
        was, comes = bool(before and seat in before.seats), bool(after and seat in after.seats)
        what = (CHANGED if was else NEW) if comes else (LEFT if after else GONE)
        before, after = before if was else None, after if comes else None
    else:
        what = GONE if after is None else CHANGED if before else NEW
    return NewsLine(message.nominees[one.nomination], what, _place(before, round), _place(after, round))


def _place(one: Told | None, round: Round) -> str:
    if one is None:
        return ""
    day = wording.long_day_date(wording.local_day(one.starts_at, round.time_zone))
    room = f"daring melalui {one.room_name}" if one.is_online else one.room_name
    return f"{day}, {wording.time_range(one.starts_at, one.ends_at, round.time_zone)}, {room}"


def _address(round: Round) -> str:
    where = {"year": round.edition.assessment_year, "scope": round.scope_code}
    return f"{settings.PUBLIC_ADDRESS.rstrip('/')}{reverse('judging:schedule', kwargs=where)}"
