"""Who sits where on which day."""

from datetime import date, timedelta

import pytest

from judging.models import Office, RecusalState
from judging.selectors import panels
from tests.factories.panel import SINCE, holder_of, make_member, make_panel, make_recusal, make_seat
from tests.factories.world import make_category, make_nomination, make_round

pytestmark = pytest.mark.django_db

LAST = date(2025, 6, 23)


@pytest.fixture
def replaced():
    """A seat with a holder until 23 June and a substitute from 24 June on."""
    seat = make_seat(make_round())
    before = make_member(seat, ends_on=LAST)
    after = make_member(seat, starts_on=LAST + timedelta(days=1), is_substitute=True)
    return seat, before, after


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (SINCE - timedelta(days=1), None),
        (SINCE, 0),
        (LAST, 0),
        (LAST + timedelta(days=1), 1),
        (LAST + timedelta(days=400), 1),
    ],
)
def test_a_seat_is_held_by_the_person_of_that_day(replaced, day, expected):
    seat, *people = replaced
    wanted = None if expected is None else people[expected]
    assert panels.seating_on(seat, day) == wanted
    (line,) = panels.panel_of(seat.round, day)
    assert (line.seat, line.seating, line.history) == (seat, wanted, tuple(people))
    for seating in people:
        held = panels.seat_held_by(seating.user, seat.round, day)
        assert held == (seat if seating == wanted else None)
        assert panels.seating_of(seating.user, seat.round, day) == (seating if seating == wanted else None)


def test_seats_of_another_round_are_never_mine(replaced):
    seat, _, after = replaced
    assert panels.seat_held_by(after.user, make_round(region_code="52"), date(2025, 6, 24)) is None
    assert panels.seat_held_by(after.user, seat.round, date(2025, 6, 24)) == seat


def test_holds_office_asks_for_the_holder_of_the_day():
    round = make_round()
    chair, secretary = make_panel(round)[:2]
    person, day = holder_of(secretary), timedelta(days=1)
    assert panels.holds_office(person, round, Office.SECRETARY, LAST)
    assert not panels.holds_office(holder_of(chair), round, Office.SECRETARY, LAST)
    assert not panels.holds_office(person, make_round(region_code="52"), Office.SECRETARY, LAST)
    secretary.seatings.update(ends_on=LAST)
    after = make_member(secretary, starts_on=LAST + day).user
    held = [
        [panels.holds_office(one, round, Office.SECRETARY, on) for one in (person, after)] for on in (LAST, LAST + day)
    ]
    assert held == [[True, False], [False, True]]
    assert not panels.holds_office(person, round, Office.SECRETARY, SINCE - day)


def test_panel_of_takes_two_queries_for_any_size(django_assert_num_queries):
    round = make_round()
    make_panel(round)
    with django_assert_num_queries(2):
        lines = panels.panel_of(round, LAST)
        assert [str(line.seating.user) for line in lines]
    assert [line.seat.position for line in lines] == list(range(1, 10))


def test_blocking_recusals_leave_out_the_declined_and_other_rounds():
    round, other = make_round(), make_round(region_code="52")
    seats = make_panel(round)[:3]
    nomination = make_nomination(make_category(round))
    for seat, state in zip(seats, RecusalState.values, strict=True):
        make_recusal(seat, nomination, state=state)
    make_recusal(make_panel(other)[0], make_nomination(make_category(other)))
    assert panels.blocking_recusals(round) == {(seats[0].pk, nomination.pk), (seats[1].pk, nomination.pk)}
    assert panels.recusals_of(round).count() == 3
