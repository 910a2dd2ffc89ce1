"""Each rule once broken and once just kept; both orders of two interviews give the same labels."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import permutations

import pytest

from judging.core.scheduling.check import forbidden
from judging.core.scheduling.hand import Schedule, Sitting, violations
from judging.core.scheduling.problem import Severity

DAY = date(2025, 6, 24)
NINE = frozenset(range(1, 10))


def sitting(nominee=1, *, room=1, hour=1, minutes=30, seats=NINE, day=DAY):
    starts = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return Sitting(nominee, room, day, day, starts, starts + timedelta(minutes=minutes), frozenset(seats))


def schedule(*sittings, **more):
    return Schedule(sittings, date(2025, 6, 24), date(2025, 6, 26), **({"quorum": 5} | more))


def codes(found):
    return [violation.code for violation in found]


def test_schedule_that_holds_has_no_violation():
    held = schedule(sitting(1), sitting(2, hour=2), sitting(3, room=2, hour=3))
    assert violations(held) == ()


def test_room_taken_names_both_interviews_and_the_room():
    (found,) = violations(schedule(sitting(1, seats={1, 2, 3, 4, 5}), sitting(2, seats={6, 7, 8, 9, 10})))
    assert (found.code, found.severity, found.nominees) == ("room_taken", Severity.FORBIDDEN, (1, 2))
    assert found.facts == {"room": 1}


def test_interviews_that_touch_do_not_clash():
    assert violations(schedule(sitting(1, hour=1, minutes=60), sitting(2, hour=2))) == ()


def test_seat_in_two_rooms_at_once_is_named():
    found = violations(schedule(sitting(1, seats={1, 2, 3, 4, 5}), sitting(2, room=2, seats={5, 6, 7, 8, 9})))
    assert [(item.code, item.nominees, item.facts) for item in found] == [("seat_elsewhere", (1, 2), {"seat": 5})]


def test_long_interview_clashes_with_every_one_inside_it():
    found = violations(schedule(sitting(1, minutes=180), sitting(2, hour=2, seats=()), sitting(3, hour=3, seats=())))
    assert [item.nominees for item in found if item.code == "room_taken"] == [(1, 2), (1, 3)]


def test_nominee_met_twice_is_refused():
    assert codes(violations(schedule(sitting(1), sitting(1, hour=4)))) == ["nominee_twice"]


@pytest.mark.parametrize("day", [date(2025, 6, 23), date(2025, 6, 27)])
def test_day_outside_the_round_is_refused(day):
    assert codes(violations(schedule(sitting(1, day=day)))) == ["outside_interview_days"]


@pytest.mark.parametrize("day", [date(2025, 6, 24), date(2025, 6, 26)])
def test_first_and_last_day_are_inside(day):
    assert violations(schedule(sitting(1, day=day))) == ()


def test_round_without_days_takes_any_day():
    assert violations(Schedule((sitting(1, day=date(2020, 1, 1)),))) == ()


def test_recused_seat_is_refused_only_for_its_nominee():
    found = violations(schedule(sitting(1), sitting(2, hour=5), recused=frozenset({(3, 2)})))
    assert [(item.code, item.nominees, item.facts) for item in found] == [("recused_seat_placed", (2,), {"seat": 3})]


def test_below_quorum_is_a_warning_and_quorum_itself_is_enough():
    few = schedule(sitting(1, seats={1, 2, 3, 4}), sitting(2, hour=5, seats={1, 2, 3, 4, 5}))
    (found,) = violations(few)
    assert (found.code, found.severity, found.nominees) == ("below_quorum", Severity.WARNING, (1,))
    assert found.facts == {"seats": 4, "quorum": 5}
    assert forbidden((found,)) == ()


@pytest.mark.parametrize("minutes", [0, -30])
def test_interview_must_end_after_it_starts(minutes):
    assert "ends_before_start" in codes(violations(schedule(sitting(1, minutes=minutes))))


def test_interview_over_midnight_is_refused():
    late = replace(sitting(1), last_day=date(2025, 6, 25))
    assert codes(violations(schedule(late))) == ["ends_before_start"]


def test_order_of_interviews_changes_nothing():
    sittings = (sitting(1), sitting(2), sitting(3, hour=1, room=2), sitting(4, hour=9))
    answers = {frozenset((v.code, v.nominees, *v.facts.items()) for v in violations(schedule(*order)))
               for order in permutations(sittings)}  # fmt: skip
    assert len(answers) == 1
