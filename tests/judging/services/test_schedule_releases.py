"""Making a schedule known: what is written, what it differs in, whom it concerns, what stays for good."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from judging.models import (
    Interview,
    InterviewState,
    NoticeState,
    ReleasedInterview,
    ScheduleNotice,
    ScheduleRelease,
    Seating,
)
from judging.selectors.schedule_release_documents import release_text
from judging.selectors.schedule_releases import Part, told_in, unreleased
from judging.selectors.tabulations import sha256_of
from judging.services import schedule as single
from judging.services.schedule_releases import (
    NothingToRelease,
    ReleaseNeedsConfirmation,
    ScheduleBreaksRules,
    release,
)
from nominees.models import Contact, Status
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.schedule import make_prepared
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
HALF = timedelta(minutes=30)


class World:
    """Two interviews of one Tuesday, with two of three seats each; the second nominee has a contact person."""

    def __init__(self):
        self.prepared = make_prepared(sessions=False)
        self.round, self.seats = self.prepared.round, self.prepared.seats
        self.one, self.two = self.prepared.one, self.prepared.two
        make.make_interview(self.one, self.seats[:2])
        make.make_interview(self.two, self.seats[1:], starts_at=AT + HALF)
        Contact.objects.create(nomination=self.two, person="Ibu Ratna (contoh)", email="ratna@contoh.example")

    def release(self, **given):
        return release(**{"round": self.round, "actor": self.prepared.secretary, "at": AT} | given)

    def move(self, nomination, *, later=HALF * 4, seats=None, room=None):
        interview = Interview.objects.get(nomination=nomination)
        return single.move_interview(
            interview=interview,
            expected_version=interview.version,
            room=room or interview.room,
            starts_at=interview.starts_at + later,
            ends_at=interview.ends_at + later,
            seats=seats or [row.seat for row in interview.attendances.all()],
            actor=self.prepared.secretary,
            at=AT,
        )

    def told(self, made):
        """Who is told of a release, by name, with the state of each message."""
        rows = ScheduleNotice.objects.filter(release=made).select_related("seating__seat", "nomination")
        return {one.seating.seat if one.seating else one.nomination: one.state for one in rows}


@pytest.fixture
def world():
    return World()


def test_the_first_release_writes_everything_down_and_tells_everybody(world):
    User.objects.filter(pk=make.holder(world.seats[0]).pk).update(email="satu@contoh.example")
    made = world.release(note=" Jadwal pertama ")
    assert (made.number, made.note, made.released_by) == (1, "Jadwal pertama", world.prepared.secretary)
    told = told_in(made)
    assert {one: (row.starts_at, row.seats, row.changed_in) for one, row in told.items()} == {
        world.one.pk: (AT, tuple(seat.pk for seat in world.seats[:2]), 1),
        world.two.pk: (AT + HALF, tuple(seat.pk for seat in world.seats[1:]), 1),
    }
    assert world.told(made) == {
        world.seats[0]: NoticeState.WAITING,
        world.seats[1]: NoticeState.BY_HAND,
        world.seats[2]: NoticeState.BY_HAND,
        world.one: NoticeState.BY_HAND,
        world.two: NoticeState.WAITING,
    }


def test_the_log_and_the_checksum_say_what_was_released(world):
    made = world.release()
    event = AuditEvent.objects.order_by("-seq").first()
    assert (event.action, event.chain) == ("schedule.released", world.round.scope)
    counts = {"number": 1, "interviews": 2, "added": 2, "changed": 0, "cancelled": 0}
    assert json.loads(event.payload) == counts | {"sha256": made.sha256}
    text = release_text(ScheduleRelease.objects.select_related("round__edition", "round__region").get())
    assert sha256_of(text) == made.sha256
    first = json.loads(text)["interviews"][0]
    assert first["nominee"] == min(world.one.number, world.two.number)
    assert (first["seats"], first["starts_at"]) == (["unsur-1", "unsur-2"], "2025-06-24T01:00:00+00:00")


def test_the_next_release_tells_only_whom_the_change_concerns(world):
    world.release()
    world.move(world.one)
    made = world.release()
    assert {row.nomination: row.changed_in for row in made.interviews.all()} == {world.one: 2, world.two: 1}
    assert set(world.told(made)) == {*world.seats[:2], world.one}


def test_another_panel_concerns_only_who_joins_or_leaves(world):
    world.release()
    world.move(world.one, later=timedelta(), seats=world.seats[1:])
    _, (difference,) = unreleased(world.round)
    assert difference.parts == {Part.PANEL}
    assert set(world.told(world.release())) == {world.seats[0], world.seats[2]}


def test_a_cancelled_interview_is_told_and_gone(world):
    world.release()
    interview = Interview.objects.get(nomination=world.two)
    single.cancel_interview(
        interview=interview, expected_version=interview.version, actor=world.prepared.secretary, at=AT
    )
    made = world.release(confirmed=("unplaced",))
    assert [row.nomination for row in made.interviews.all()] == [world.one]
    assert set(world.told(made)) == {*world.seats[1:], world.two}


def test_whoever_substitutes_on_the_day_of_the_interview_is_told(world):
    old = Seating.objects.get(seat=world.seats[0])
    old.ends_on = AT.date() - timedelta(days=1)
    old.save()
    new = Seating.objects.create(
        round=world.round, seat=world.seats[0], user=make_user(), name="Pengganti (contoh)", starts_on=AT.date()
    )
    made = world.release()
    assert set(made.notices.filter(seating__seat=world.seats[0]).values_list("seating", flat=True)) == {new.pk}


def test_what_is_over_is_no_news_and_a_no_show_stays_as_told(world):
    world.release()
    world.move(world.one)
    Interview.objects.filter(nomination=world.one).update(state=InterviewState.HELD)
    Interview.objects.filter(nomination=world.two).update(state=InterviewState.NO_SHOW)
    made = world.release()
    assert world.told(made) == {}
    assert {row.nomination: row.changed_in for row in made.interviews.all()} == {world.one: 2, world.two: 1}


def test_one_interview_alone_is_released_while_another_is_still_being_prepared(world):
    world.release()
    world.move(world.one)
    world.move(world.two)
    made = world.release(only={world.two.pk})
    assert set(world.told(made)) == {*world.seats[1:], world.two}
    assert {one.nomination for one in unreleased(world.round)[1]} == {world.one.pk}


def test_nothing_new_somebody_unplaced_and_a_broken_rule_are_refused(world):
    world.release()
    with pytest.raises(NothingToRelease):
        world.release()
    world.move(world.one)
    make.make_recusal(world.seats[2], world.two)
    with pytest.raises(ScheduleBreaksRules) as refused:
        world.release()
    assert [one.code for one in refused.value.facts["violations"]] == ["recused_seat_placed"]
    Interview.objects.get(nomination=world.two).delete()
    with pytest.raises(ReleaseNeedsConfirmation) as asked:
        world.release()
    assert asked.value.facts["nominees"] == 1
    assert ScheduleRelease.objects.count() == 1


def test_a_rule_broken_by_an_interview_that_is_over_stands_in_nobodys_way(world):
    make.make_recusal(world.seats[2], world.two)
    Interview.objects.filter(nomination=world.two).update(state=InterviewState.HELD)
    assert world.release().number == 1


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.CHAIR, Role.AUDITOR])
def test_only_the_secretariat_releases(world, role):
    with pytest.raises(NotPermitted):
        world.release(actor=make_user(role, round=world.round))
    assert not ScheduleRelease.objects.exists()


@pytest.mark.parametrize("table", [ScheduleRelease, ReleasedInterview, ReleasedInterview.seats.through])
def test_the_database_itself_keeps_what_was_told(world, table):
    world.release()
    row = table.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.filter(pk=row.pk).update(id=row.pk)
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.filter(pk=row.pk)._raw_delete("default")


def test_a_nominee_who_withdrew_is_not_waited_for(world):
    Interview.objects.get(nomination=world.two).delete()
    type(world.two).objects.filter(pk=world.two.pk).update(status=Status.WITHDRAWN, status_reason="uji")
    assert world.release().number == 1
