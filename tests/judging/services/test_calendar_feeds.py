"""Addresses of calendars and what is read under them: made once, revoked for good, and true to what was released."""

from datetime import date, timedelta

import pytest

from judging.models import CalendarFeed, Seating
from judging.selectors.calendar_feeds import calendar_of, open_feed_at, single_calendar
from judging.services.calendar_feeds import CalendarRevoked, open_calendar, renew_calendar, revoke_calendar
from judging.services.schedule_releases import release
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.schedule import make_prepared
from tests.factories.schedule_documents import Meeting, make_release
from tests.factories.world import AT, make_nomination, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def world():
    world = make_prepared(sessions=False, state=State.SCORING)
    make_release(
        world.round,
        [Meeting(world.one, AT, world.room), Meeting(world.two, AT + HOUR, world.room)],
        world.seats[:2],
    )
    return world


def seating(world, position=1):
    return Seating.objects.get(seat=world.seats[position - 1], ends_on=None)


def opened(world, whose, actor=None):
    return open_calendar(whose=whose, actor=actor or world.secretary, at=AT)


def events(feed):
    return {
        one.uid.split("@")[0].rsplit("-", 1)[1]: (one.release, one.is_cancelled, (one.starts_at - AT) / HOUR)
        for one in calendar_of(feed).events
    }


def actions():
    return list(AuditEvent.objects.order_by("seq").values_list("action", flat=True))


def test_a_calendar_is_made_once_and_the_log_does_not_tell_its_address(world):
    feed = opened(world, world.one)
    assert opened(world, world.one) == feed
    assert (len(feed.key), actions()) == (43, ["calendar.opened"])
    event = AuditEvent.objects.get()
    assert feed.key not in f"{event.payload}{event.object_label}"
    assert open_feed_at(feed.key) == feed


def test_a_renewed_or_revoked_address_answers_no_more(world):
    feed = opened(world, world.room)
    anew = renew_calendar(feed=feed, actor=world.secretary, at=AT)
    assert (open_feed_at(feed.key), open_feed_at(anew.key)) == (None, anew)
    revoke_calendar(feed=anew, actor=world.secretary, at=AT)
    assert open_feed_at(anew.key) is None
    assert actions() == ["calendar.opened", "calendar.revoked", "calendar.opened", "calendar.revoked"]
    for again in (revoke_calendar, renew_calendar):
        with pytest.raises(CalendarRevoked):
            again(feed=anew, actor=world.secretary, at=AT)
    assert opened(world, world.room).key not in {feed.key, anew.key}


def test_a_member_opens_the_own_calendar_alone(world):
    assert opened(world, seating(world), world.holder()).seating == seating(world)
    for whose in (seating(world, 2), world.one, world.room):
        with pytest.raises(NotPermitted):
            opened(world, whose, world.holder())


def test_the_secretariat_opens_those_of_nominees_and_rooms_but_no_members(world):
    opened(world, world.one)
    opened(world, world.room)
    with pytest.raises(NotPermitted):
        opened(world, seating(world))
    with pytest.raises(NotPermitted):
        opened(world, world.one, make_user(Role.AUDITOR, round=world.round))
    assert CalendarFeed.objects.count() == 2


def test_a_member_whose_login_was_switched_off_has_no_calendar(world):
    feed = opened(world, seating(world), world.holder())
    type(world.holder()).objects.filter(pk=world.holder().pk).update(is_active=False)
    assert open_feed_at(feed.key) is None


def test_each_reads_what_concerns_it(world):
    one, two = str(world.one.number), str(world.two.number)
    both = {one: (1, False, 0), two: (1, False, 1)}
    assert events(opened(world, seating(world), world.holder())) == both
    assert events(opened(world, seating(world, 3), world.holder(3))) == {}
    assert events(opened(world, world.room)) == both
    assert events(opened(world, world.one)) == {one: (1, False, 0)}


def test_nominees_read_neither_the_panel_nor_other_nominees(world):
    (event,) = calendar_of(opened(world, world.one)).events
    assert (event.panel, event.nominee) == ((), world.one.nominee.name)
    (mine, _other) = calendar_of(opened(world, seating(world), world.holder())).events
    assert mine.panel == tuple(seat.name for seat in world.seats[:2])


def test_what_changed_carries_the_release_that_changed_it_and_keeps_its_name():
    world = make_prepared(sessions=False, state=State.SCORING)
    make.make_interview(world.one, world.seats)
    moved = make.make_interview(world.two, world.seats, starts_at=AT + HOUR)
    release(round=world.round, actor=world.secretary, at=AT)
    feed = opened(world, world.room)
    assert events(feed) == {str(world.one.number): (1, False, 0), str(world.two.number): (1, False, 1)}
    type(moved).objects.filter(pk=moved.pk).update(starts_at=AT + 2 * HOUR, ends_at=AT + 3 * HOUR)
    release(round=world.round, actor=world.secretary, at=AT + HOUR)
    assert events(feed) == {str(world.one.number): (1, False, 0), str(world.two.number): (2, False, 2)}
    first, second = calendar_of(feed).events
    assert {first.uid, second.uid} == {f"2024-53-{one.number}@paritrana" for one in (world.one, world.two)}
    assert (first.released_at, second.released_at) == (AT, AT + HOUR)


def test_what_was_taken_off_stays_as_cancelled_for_everybody_who_was_told(world):
    mine = opened(world, seating(world), world.holder())
    theirs, room = opened(world, world.two), opened(world, world.room)
    make_release(world.round, [Meeting(world.one, AT, world.room)], world.seats[:2])
    make_release(world.round, [Meeting(world.one, AT, world.room)], world.seats[:2])
    number = str(world.two.number)
    for feed in (mine, theirs, room):
        assert events(feed)[number] == (2, True, 1)


def test_who_left_the_panel_reads_it_as_cancelled_the_others_do_not(world):
    first, second = (opened(world, seating(world, one), world.holder(one)) for one in (1, 2))
    make_release(world.round, [Meeting(world.one, AT, world.room)], world.seats[1:2])
    number = str(world.one.number)
    assert events(first)[number] == (2, True, 0)
    assert events(second)[number][1] is False


def test_an_interview_that_left_a_room_is_cancelled_there_and_new_where_it_went(world):
    hall = make.make_room(world.round, "Aula")
    left, entered = opened(world, world.room), opened(world, hall)
    make_release(world.round, [Meeting(world.one, AT, hall)], world.seats[:2])
    number = str(world.one.number)
    assert events(left)[number] == (2, True, 0)
    assert events(entered)[number][1] is False


def test_a_substitute_reads_what_comes_after_the_change_and_the_former_member_what_was_before(world):
    former = seating(world)
    make_release(
        world.round,
        [Meeting(world.one, AT, world.room), Meeting(world.two, AT + 24 * HOUR, world.room)],
        world.seats[:2],
    )
    feed = opened(world, former, world.holder())
    Seating.objects.filter(pk=former.pk).update(ends_on=date(2025, 6, 24))
    user = make_user(Role.PANEL_MEMBER, round=world.round)
    later = Seating.objects.create(
        round=world.round, seat=former.seat, user=user, name="Pengganti (contoh)", starts_on=date(2025, 6, 25)
    )
    one, two = str(world.one.number), str(world.two.number)
    told = {number: cancelled for number, (_release, cancelled, _hours) in events(CalendarFeed.objects.get()).items()}
    assert told == {one: False, two: True}
    assert events(opened(world, later, user)).keys() == {two}
    assert feed.seating == former


def test_who_left_the_panel_reads_nothing_of_what_was_released_afterwards(world):
    former = seating(world)
    feed = opened(world, former, world.holder())
    Seating.objects.filter(pk=former.pk).update(ends_on=date(2025, 6, 24))
    before = events(open_feed_at(feed.key))
    later = [Meeting(make_nomination(world.category), AT + 48 * HOUR, world.room)]
    moved = [
        Meeting(world.one, AT, world.room),
        Meeting(world.two, AT + 72 * HOUR, make.make_room(world.round, "Aula")),
    ]
    make_release(world.round, [*moved, *later], world.seats[:2], at=AT + 24 * HOUR)
    assert events(open_feed_at(feed.key)) == before != {}


def test_the_marks_of_practice_and_demo_stand_in_the_calendar(world):
    assert calendar_of(opened(world, world.room)).mark == ""
    world.round.edition.is_demo = True
    world.round.edition.save()
    assert calendar_of(CalendarFeed.objects.get()).mark == "CONTOH"
    world.round.practice = 1
    world.round.save()
    assert calendar_of(CalendarFeed.objects.get()).mark == "LATIHAN"


def test_a_single_interview_is_there_once_it_was_released(world):
    found = single_calendar(world.round, world.one.number)
    assert [event.nominee for event in found.events] == [world.one.nominee.name]
    assert single_calendar(world.round, 99999) is None


def test_the_same_queries_for_one_release_and_for_many(world, django_assert_num_queries):
    feed = open_feed_at(opened(world, seating(world), world.holder()).key)
    with django_assert_num_queries(3):
        calendar_of(feed)
    meetings = [Meeting(make_nomination(world.category), AT + HOUR * number, world.room) for number in range(2, 9)]
    for _number in range(3):
        make_release(world.round, meetings, world.seats)
    with django_assert_num_queries(3):
        assert len(calendar_of(feed).events) == 9
