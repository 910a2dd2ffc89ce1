"""The rules of an interview schedule, each a function from a schedule to what breaks it.

Service, page and any solver obey this one list. Times that merely touch do not clash.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from .problem import Schedule, Severity, Sitting, Violation

Rule = Callable[[Schedule], Iterator[Violation]]
Pair = tuple[Sitting, Sitting]


def ends_after_start(schedule: Schedule) -> Iterator[Violation]:
    """``ends_before_start``: an interview ends after it starts, on the same day."""
    for sitting in schedule.sittings:
        if sitting.ends <= sitting.starts or sitting.last_day != sitting.day:
            yield _forbidden("ends_before_start", sitting.nominee)


def within_interview_days(schedule: Schedule) -> Iterator[Violation]:
    """``outside_interview_days``: an interview lies on one of the round's days, where these are set."""
    for sitting in schedule.sittings:
        too_early = schedule.first_day is not None and sitting.day < schedule.first_day
        too_late = schedule.last_day is not None and sitting.day > schedule.last_day
        if too_early or too_late:
            yield _forbidden("outside_interview_days", sitting.nominee)


def nominee_once(schedule: Schedule) -> Iterator[Violation]:
    """``nominee_twice``: a nominee is met once."""
    seen: set[int] = set()
    for sitting in schedule.sittings:
        if sitting.nominee in seen:
            yield _forbidden("nominee_twice", sitting.nominee)
        seen.add(sitting.nominee)


def room_free(schedule: Schedule) -> Iterator[Violation]:
    """``room_taken``: a room holds one interview at a time; facts: ``room``."""
    rooms: dict[int, list[Sitting]] = defaultdict(list)
    for sitting in schedule.sittings:
        rooms[sitting.room].append(sitting)
    for room, sittings in rooms.items():
        for one, other in _overlapping(sittings):
            yield _forbidden("room_taken", one.nominee, other.nominee, room=room)


def seat_in_one_place(schedule: Schedule) -> Iterator[Violation]:
    """``seat_elsewhere``: a seat sits in one interview at a time; facts: ``seat``."""
    for one, other in _overlapping(schedule.sittings):
        for seat in sorted(one.seats & other.seats):
            yield _forbidden("seat_elsewhere", one.nominee, other.nominee, seat=seat)


def nobody_recused(schedule: Schedule) -> Iterator[Violation]:
    """``recused_seat_placed``: a seat never meets a nominee that it may not judge; facts: ``seat``."""
    for sitting in schedule.sittings:
        for seat in sorted(sitting.seats):
            if (seat, sitting.nominee) in schedule.recused:
                yield _forbidden("recused_seat_placed", sitting.nominee, seat=seat)


def quorum_reached(schedule: Schedule) -> Iterator[Violation]:
    """``below_quorum`` (a warning): enough seats sit there; facts: ``seats``, ``quorum``."""
    for sitting in schedule.sittings:
        if len(sitting.seats) < schedule.quorum:
            facts = {"seats": len(sitting.seats), "quorum": schedule.quorum}
            yield Violation("below_quorum", Severity.WARNING, (sitting.nominee,), facts)


RULES: Final[tuple[Rule, ...]] = (
    ends_after_start,
    within_interview_days,
    nominee_once,
    room_free,
    seat_in_one_place,
    nobody_recused,
    quorum_reached,
)


def _forbidden(code: str, *nominees: int, **facts: int) -> Violation:
    return Violation(code, Severity.FORBIDDEN, nominees, facts)


def _overlapping(sittings: Iterable[Sitting]) -> Iterator[Pair]:
    """Pairs that share a moment, by start; a sitting is compared with those that are still going on."""
    going: list[Sitting] = []
    for sitting in sorted(sittings, key=lambda item: (item.starts, item.nominee)):
        going = [other for other in going if other.ends > sitting.starts]
        for other in going:
            if other.overlaps(sitting):
                yield other, sitting
        going.append(sitting)
