"""Running late: pushed as far as needed and no further, never over what stays, never quietly out of the session."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from judging.core.scheduling.late import Delay, Meeting, Shift, shifted
from judging.core.scheduling.problem import Session

MORNING, AFTERNOON = Session("1", 480, 720), Session("2", 780, 960)
DAY = (MORNING, AFTERNOON)


def meeting(number, start, *, room=1, minutes=30, members=(), **more):
    return Meeting(number, room, start, start + minutes, members=frozenset(members), **more)


def test_what_follows_waits_until_a_gap_takes_up_the_delay():
    row = [meeting(1, 540), meeting(2, 570), meeting(3, 620), meeting(4, 650)]
    assert shifted(row, Delay(540, 560)).starts == {1: 560, 2: 590}


def test_what_began_before_the_delay_stays():
    assert shifted([meeting(1, 510), meeting(2, 540)], Delay(540, 550)).starts == {2: 550}


def test_a_buffer_is_kept_and_cut_at_the_end_of_the_session():
    row = [meeting(1, 630, buffer=10), meeting(2, 670, buffer=10)]
    assert shifted(row, Delay(630, 640), sessions=DAY).starts == {1: 640, 2: 680}
    last = [meeting(1, 680, buffer=30), meeting(2, 720, room=2, members=[])]
    assert shifted(last, Delay(680, 690), sessions=[Session("1", 480, 720), Session("2", 720, 900)]).starts == {1: 690}


def test_members_and_persons_are_not_in_two_places():
    row = [
        meeting(1, 540, members=[7]),
        meeting(2, 570, room=2, members=[7]),
        meeting(3, 600, room=3, persons=frozenset({4})),
        meeting(4, 570, room=4, persons=frozenset({4})),
    ]
    assert shifted(row, Delay(540, 550, frozenset({1}))).starts == {1: 550, 2: 580}
    assert shifted(row, Delay(570, 580, frozenset({4}))).starts == {4: 580, 3: 610}


def test_other_rooms_wait_only_if_the_delay_is_for_everybody():
    row = [meeting(1, 540), meeting(2, 540, room=2), meeting(3, 600, room=2)]
    assert shifted(row, Delay(540, 555, frozenset({1}))).starts == {1: 555}
    assert shifted(row, Delay(540, 555)).starts == {1: 555, 2: 555}


def test_what_is_fixed_is_gone_around():
    row = [meeting(1, 540), meeting(2, 570, is_fixed=True), meeting(3, 600)]
    assert shifted(row, Delay(540, 550)).starts == {1: 600, 3: 630}


def test_an_interview_that_overruns_keeps_its_room_and_its_people():
    row = [meeting(1, 540, is_fixed=True, members=[7]), meeting(2, 570), meeting(3, 570, room=2, members=[7])]
    delay = Delay(570, 585, frozenset({1}), overruns=1)
    assert shifted(row, delay).starts == {2: 585, 3: 585}


def test_whoever_leaves_the_session_is_named_and_so_is_whoever_has_no_room_left():
    row = [meeting(1, 660), meeting(2, 690), meeting(3, 780, minutes=160)]
    found = shifted(row, Delay(660, 670), sessions=DAY)
    assert found == Shift({1: 670, 2: 780}, later_session=(2,), unfit=(3,))


def test_moved_starts_are_on_the_grid():
    row = [meeting(1, 540), meeting(2, 571), meeting(3, 700)]
    assert shifted(row, Delay(540, 547), grid=5).starts == {1: 550, 2: 580}


@pytest.mark.parametrize("minutes", [0, 5])
def test_a_delay_that_reaches_nobody_moves_nobody(minutes):
    assert shifted([meeting(1, 540)], Delay(600, 600 + minutes)) == Shift()


MEETINGS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(96, 190),
        st.integers(2, 8),
        st.sets(st.integers(1, 4), max_size=2),
        st.booleans(),
    ),
    max_size=12,
)


def _free(one, others):
    """By definition: no shared minute of one room, or of one member."""
    return all(
        one.end <= other.start or other.end <= one.start or (one.room != other.room and not one.members & other.members)
        for other in others
    )


@given(rows=MEETINGS, since=st.integers(96, 190), minutes=st.integers(1, 12), only=st.booleans())
def test_nothing_overlaps_nothing_comes_sooner_and_fixed_ones_stay(rows, since, minutes, only):
    day: list[Meeting] = []
    for room, start, length, members, is_fixed in rows:
        one = meeting(len(day), start * 5, room=room, minutes=length * 5, members=members, is_fixed=is_fixed)
        if _free(one, day):
            day.append(one)
    delay = Delay(since * 5, (since + minutes) * 5, frozenset({1}) if only else frozenset())
    found = shifted(day, delay, grid=5)
    after = [one.at(found.starts.get(one.id, one.start)) for one in day if one.id not in found.unfit]
    for number, one in enumerate(after):
        assert _free(one, after[:number])
    for one in day:
        start = found.starts.get(one.id, one.start)
        assert start >= one.start
        assert start == one.start or not one.is_fixed
        if delay.holds_up(one) and not one.is_fixed and one.id not in found.unfit:
            assert start >= delay.until
