"""What the schedule of the round in scoring rests on: sessions, minutes, mandatory seats, an arrival, an absence."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from judging.models import Interview, Office, Seat, Seating
from judging.services.schedule import move_interview
from judging.services.schedule_absences import enter_absence
from judging.services.schedule_categories import plan_category, set_role_group
from judging.services.schedule_material import ScheduleRules, set_rules, set_sessions
from judging.services.schedule_nominees import set_arrivals
from judging.services.schedule_releases import release
from nominees.models import Nomination, Round
from paritrana.accounts.models import User

from .facts import Facts

LAST_MINUTES = (15 * 60, 16 * 60)


def prepare_schedule(facts: Facts, round: Round, days: Sequence[date], secretariat: User, at: datetime) -> None:
    """Give ``days`` the demo's sessions, the categories its slots, and ask for chair or secretary everywhere."""
    spans = [(_minutes(opens), _minutes(closes)) for opens, closes in facts.edition["sessions"]]
    for day in days:
        set_sessions(round=round, day=day, sessions=spans, actor=secretariat, at=at)
    rules = ScheduleRules(max_continuous_min=240, min_break_min=15)
    set_rules(round=round, rules=rules, actor=secretariat, at=at)
    leaders = list(Seat.objects.filter(round=round).exclude(office=Office.MEMBER))
    group = set_role_group(round=round, name="Pimpinan Tim 9", minimum=1, seats=leaders, actor=secretariat, at=at)
    for category in round.categories.all():
        plan_category(
            category=category,
            duration=facts.edition["slot_minutes"],
            buffer=0,
            quorum=None,
            panel_max=None,
            unsur_target=None,
            role_groups=[group],
            actor=secretariat,
            at=at,
        )


def say_who_comes_when(round: Round, nominations: Sequence[Nomination], secretariat: User, at: datetime) -> None:
    """The last delegation arrives on the second day; the last seat's member is away on the last afternoon."""
    last = round.interviews_until
    assert last is not None  # noqa: S101 - the demo's rounds have their days
    region = nominations[-1].nominee.region.code[:5]
    set_arrivals(round=round, region=region, arrives_on=last, arrives_at=8 * 60, actor=secretariat, at=at)
    seating = Seating.objects.filter(round=round, ends_on=None).order_by("-seat__position")[0]
    start, end = LAST_MINUTES
    enter_absence(
        seating=seating, day=last, start=start, end=end, note="Rapat dinas (contoh)", actor=seating.user, at=at
    )


def change_twice(
    facts: Facts, round: Round, nominations: Sequence[Nomination], secretariat: User, before: datetime
) -> None:
    """The last interview moves and everybody concerned is told; another one moves in the draft alone."""
    step = timedelta(minutes=facts.edition["slot_minutes"])
    later, day = (nominations[-1], nominations[-2]), timedelta(days=1)
    for number, nomination in enumerate(later, 1):
        interview = Interview.objects.select_related("room").get(nomination=nomination)
        move_interview(
            interview=interview,
            expected_version=interview.version,
            room=interview.room,
            starts_at=interview.starts_at + step,
            ends_at=interview.ends_at + step,
            seats=[one.seat for one in interview.attendances.select_related("seat")],
            actor=secretariat,
            at=before + number * day,
        )
        if nomination == later[0]:
            note = "Rombongan terakhir tiba lebih siang (contoh)"
            release(round=round, note=note, actor=secretariat, at=before + number * day)


def _minutes(clock: str) -> int:
    told = time.fromisoformat(clock)
    return told.hour * 60 + told.minute
