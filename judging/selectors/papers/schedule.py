"""The data of the schedule's papers: of the latest release, or of the draft (and then each page says so)."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from judging.documents.schedule_data import ScheduleBook, ScheduledInterview, SeatLine
from judging.models import Interview, InterviewState, Office, ReleasedInterview, ScheduleRelease, Seat
from judging.selectors.interviews import interviews_of
from judging.selectors.panels import blocking_recusals
from judging.selectors.schedule_releases import latest_release, released_interviews
from nominees.models import Round
from paritrana.kernel import wording

from .common import ROLES, demo_mark, edition_title, holder, issuing_body, origin, recipient, seats_of

DRAFT: Final = "DRAF, belum dirilis"
UNRELEASED: Final = "belum dirilis"
REGIONS: Final = "nomination__nominee__region__parent__parent"


def schedule_book(round: Round, at: datetime, *, is_draft: bool) -> ScheduleBook:
    """Return the draft, or the latest release; nothing was released: a schedule without interviews. Six queries."""
    if is_draft:
        return draft_book(round, at)
    release = latest_release(round)
    return released_book(release, round, at) if release else _Known(round).book((), UNRELEASED, at, is_draft=False)


def released_book(release: ScheduleRelease, round: Round, at: datetime) -> ScheduleBook:
    """Return the schedule of ``release`` as papers print it, dated the day of ``at``. Five queries."""
    rows = released_interviews(release).select_related("nomination__category", REGIONS)
    day = wording.long_date(wording.local_day(release.released_at, round.time_zone))
    known = _Known(round)
    found = [
        known.interview(one, one.room_name, is_online=one.is_online, seats={seat.pk for seat in one.seats.all()})
        for one in rows
    ]
    return known.book(found, f"Rilis {release.number}, {day}", at, is_draft=False)


def draft_book(round: Round, at: datetime) -> ScheduleBook:
    """Return the draft in the same form, without those who did not come. Five queries."""
    rows = interviews_of(round).select_related("nomination__interview_plan", "nomination__category", "room", REGIONS)
    known = _Known(round)
    found = []
    for one in rows:
        if one.state == InterviewState.NO_SHOW:
            continue
        plan = getattr(one.nomination, "interview_plan", None)
        is_online = plan.is_online if plan else not one.room.is_onsite
        seats = {row.seat_id for row in one.attendances.all()}
        found.append(known.interview(one, one.room.name, is_online=is_online, seats=seats))
    return known.book(found, DRAFT, at, is_draft=True)


class _Known:
    """The panel and who stands aside, read once. Three queries."""

    def __init__(self, round: Round) -> None:
        self.round = round
        self.seats = seats_of(round)
        self.recused = blocking_recusals(round)

    def interview(
        self, one: ReleasedInterview | Interview, room: str, *, is_online: bool, seats: set[int]
    ) -> ScheduledInterview:
        nomination = one.nomination
        day = wording.local_day(one.starts_at, self.round.time_zone)
        aside = {seat.pk for seat in self.seats if (seat.pk, nomination.pk) in self.recused}
        return ScheduledInterview(
            number=nomination.number,
            nominee=recipient(nomination),
            origin=origin(nomination),
            category=nomination.category.name.removeprefix("Kategori "),
            room=room,
            is_online=is_online,
            starts_at=one.starts_at,
            ends_at=one.ends_at,
            panel=self._lines((seat for seat in self.seats if seat.pk in seats - aside), day),
            recused=self._lines((seat for seat in self.seats if seat.pk in aside), day, is_recused=True),
            leader=nomination.leader,
        )

    def book(
        self, interviews: Iterable[ScheduledInterview], version: str, at: datetime, *, is_draft: bool
    ) -> ScheduleBook:
        round = self.round
        return ScheduleBook(
            issuing_body=issuing_body(round),
            edition=edition_title(round),
            place=round.city,
            zone=round.time_zone,
            version=version,
            day=wording.local_day(at, round.time_zone),
            seats=tuple(seat.name for seat in self.seats),
            interviews=tuple(sorted(interviews, key=lambda one: (one.starts_at, one.room, one.number))),
            is_draft=is_draft,
            demo_mark=demo_mark(round),
            panel=round.panel_name,
        )

    def _lines(self, seats: Iterable[Seat], day: date, *, is_recused: bool = False) -> tuple[SeatLine, ...]:
        return tuple(self._line(seat, day, is_recused=is_recused) for seat in seats)

    def _line(self, seat: Seat, day: date, *, is_recused: bool) -> SeatLine:
        seating = holder(seat, day)
        name = seating.name if seating else ""
        return SeatLine(seat=seat.name, name=name, role=ROLES[Office(seat.office)], is_recused=is_recused)
