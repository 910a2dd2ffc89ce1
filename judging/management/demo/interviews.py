"""The demo's interview days, each followed at once by the sheets of those who sat there."""

from collections.abc import Iterator, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from judging.core.scoresheet import State
from judging.models import Interview, Presence, Room, Seat
from judging.selectors.panels import blocking_recusals, seating_on
from judging.selectors.rubrics import assigned_rubrics
from judging.selectors.sheets import SheetAddress
from judging.services.interview_day import hold_interview, record_attendance, record_no_show
from judging.services.schedule import place_interview
from judging.services.schedule_rooms import add_room
from judging.services.scores import submit_sheet
from nominees.models import Nomination, Round
from paritrana.accounts.models import User

from .facts import Facts
from .marks import Marks


def slots(facts: Facts, days: Sequence[str]) -> Iterator[tuple[datetime, datetime]]:
    """Yield start and end of each slot of the interview days, breaks left out."""
    step = timedelta(minutes=facts.edition["slot_minutes"])
    for day in days:
        for opens, closes in facts.edition["sessions"]:
            start, end = facts.moment(day, opens), facts.moment(day, closes)
            while start + step <= end:
                yield start, start + step
                start += step


def plan_interviews(
    facts: Facts, round: Round, nominations: Sequence[Nomination], days: Sequence[str], secretariat: User, at: datetime
) -> list[Interview]:
    """Place ``nominations`` one after the other in the demo's room, with every seat that is not recused."""
    name = facts.edition["rooms"][0]
    room = Room.objects.filter(round=round, name=name).first() or add_room(
        round=round, name=name, actor=secretariat, at=at
    )
    seats = list(Seat.objects.filter(round=round))
    recused = blocking_recusals(round)
    return [
        place_interview(
            nomination=nomination,
            room=room,
            starts_at=start,
            ends_at=end,
            seats=[seat for seat in seats if (seat.pk, nomination.pk) not in recused],
            actor=secretariat,
            at=at,
        )
        for nomination, (start, end) in zip(nominations, slots(facts, days), strict=False)
    ]


def hold(facts: Facts, interview: Interview, marks: Marks, secretariat: User) -> None:
    """Hold one interview: who came, who did not, and the sheets of those who did."""
    story, at = facts.story, interview.ends_at
    if str(interview.nomination) == story["no_show"]["nominee"]:
        reason = story["no_show"]["reason"]
        record_no_show(interview=interview, expected_version=interview.version, reason=reason, actor=secretariat, at=at)
        return
    presences = {
        attendance.seat_id: _presence(facts, attendance.seat, interview)
        for attendance in interview.attendances.select_related("seat")
    }
    attended = record_attendance(
        interview=interview, expected_version=interview.version, presences=presences, actor=secretariat, at=at
    )
    hold_interview(interview=attended, expected_version=attended.version, actor=secretariat, at=at)
    for attendance in interview.attendances.select_related("seat"):
        if attendance.presence == Presence.PRESENT:
            score(facts, interview.nomination, attendance.seat, marks, at + timedelta(minutes=2))


def score(facts: Facts, nomination: Nomination, seat: Seat, marks: Marks, at: datetime) -> None:
    """Submit the sheet of whoever holds ``seat`` at that moment."""
    seating = seating_on(seat, at.astimezone(facts.zone).date())
    rubric = assigned_rubrics(nomination.round)[nomination.category_id]
    if seating is None:
        raise LookupError(f"Nobody holds {seat} on {at:%Y-%m-%d}.")
    entries = {
        leaf.id: {"state": State.VALUE.value, "value": marks.of_seat(seat.code, str(nomination), leaf)}
        for leaf in rubric.panel_leaves
    }
    round = nomination.round
    submit_sheet(
        address=SheetAddress(round.edition.assessment_year, round.scope_code, nomination.number),
        entries=entries,
        expected_revision=0,
        request_key=f"contoh-{round.scope.replace('/', '-')}-{seat.code}-{nomination.number}",
        actor=seating.user,
        at=at,
    )


def _presence(facts: Facts, seat: Seat, interview: Interview) -> tuple[str, str]:
    for told in facts.story["absences"]:
        if told["seat"] == seat.code and _covers(facts, told, interview.starts_at):
            return Presence.ABSENT, told["reason"]
    return Presence.PRESENT, ""


def _covers(facts: Facts, told: dict[str, Any], moment: datetime) -> bool:
    local = moment.astimezone(facts.zone)
    until = time.fromisoformat(told.get("until", "23:59"))
    return local.date().isoformat() == told["day"] and time.fromisoformat(told["from"]) <= local.time() < until
