"""Messages about a release: to whom, with what, exactly once, whatever happens to the mail server or the worker."""

import smtplib
from contextlib import suppress
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django_tasks import task_backends

from judging.models import Interview, NoticeState, ScheduleNotice, ScheduleRelease
from judging.selectors.schedule_messages import messages_of, overtaken_nominees
from judging.services import schedule as single
from judging.services import schedule_notices as notices
from judging.services.practice import open_practice
from judging.services.reminders import NO_MAIL, MailNotSetUp
from judging.services.schedule_releases import release
from judging.tasks import send_schedule_notices
from nominees.models import Contact
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.schedule import make_prepared
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


class World:
    """Two interviews; the first seat sits at both, the second at one; a member and a nominee have addresses."""

    def __init__(self):
        found = make_prepared(sessions=False)
        self.round, self.seats, self.one, self.two = found.round, found.seats, found.one, found.two
        self.secretary = found.secretary
        make.make_interview(self.one, self.seats[:2])
        make.make_interview(self.two, [self.seats[0], self.seats[2]], starts_at=AT + HOUR)
        User.objects.filter(pk=found.holder().pk).update(email="satu@contoh.example", phone="0812-3456-7890")
        Contact.objects.create(nomination=self.two, person="Ibu Ratna (contoh)", email="ratna@contoh.example")

    def release(self):
        return release(round=self.round, actor=self.secretary, at=AT, confirmed=("unplaced",))

    def move(self, nomination, later=3 * HOUR):
        interview = Interview.objects.get(nomination=nomination)
        single.move_interview(
            interview=interview, expected_version=interview.version, room=make.make_room(self.round, "Aula"),
            starts_at=interview.starts_at + later, ends_at=interview.ends_at + later,
            seats=[row.seat for row in interview.attendances.all()], actor=self.secretary, at=AT,
        )  # fmt: skip

    def send(self, made):
        return notices.send_notices(made.pk, now=lambda: AT + HOUR)

    def states(self, made):
        found = ScheduleNotice.objects.filter(release=made).exclude(state=NoticeState.BY_HAND)
        return sorted(found.values_list("state", "attempts"))


@pytest.fixture
def world():
    return World()


class Refusing(EmailBackend):
    """A mail server that takes nothing."""

    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected


def test_each_gets_the_own_news_with_the_calendar(world):
    made = world.release()
    assert world.send(made) is False
    member, nominee = sorted(mail.outbox, key=lambda one: one.to, reverse=True)
    assert (member.to, nominee.to) == (["satu@contoh.example"], ["ratna@contoh.example"])
    assert str(world.one) in member.body
    assert str(world.two) in member.body
    assert "/2024/53/jadwal/" in member.body
    assert "Selasa, 24 Juni 2025, pukul 10.00–10.30 WITA" in nominee.body
    assert str(world.one) not in nominee.body
    assert world.seats[0].name not in nominee.body
    for message in (member, nominee):
        ((name, calendar, kind),) = message.attachments
        assert (name, kind) == ("wawancara.ics", "text/calendar")
        text = calendar if isinstance(calendar, str) else calendar.decode()
        assert text.count("BEGIN:VEVENT") == (2 if message is member else 1)


def test_a_change_is_told_with_both_sides_and_nothing_else(world):
    world.release()
    world.move(world.two)
    made = world.release()
    world.send(made)
    member = next(one for one in mail.outbox if one.to == ["satu@contoh.example"])
    assert str(world.one) not in member.body
    assert "semula: Selasa, 24 Juni 2025, pukul 10.00–10.30 WITA, Ruang Flobamora" in member.body
    assert "menjadi: Selasa, 24 Juni 2025, pukul 13.00–13.30 WITA, Aula" in member.body


def test_sent_is_sent_once_and_the_log_says_so(world):
    made = world.release()
    world.send(made)
    world.send(made)
    assert len(mail.outbox) == 2
    assert world.states(made) == [(NoticeState.SENT, 1)] * 2
    assert AuditEvent.objects.filter(action="schedule.notice_sent", chain=world.round.scope).count() == 2


def test_a_worker_that_is_killed_while_it_sends_leaves_nothing_that_is_sent_twice(world, monkeypatch):
    made = world.release()

    def killed(message):
        raise KeyboardInterrupt

    monkeypatch.setattr(notices, "_sent", killed)
    with pytest.raises(KeyboardInterrupt):
        world.send(made)
    monkeypatch.undo()
    world.send(made)
    assert len(mail.outbox) == 1
    assert world.states(made) == [(NoticeState.FAILED, 1), (NoticeState.SENT, 1)]


def test_who_asks_again_while_a_worker_sends_has_nothing_sent_twice(world, monkeypatch):
    made = world.release()
    again = []
    really = notices._sent

    def impatient(message):
        with suppress(notices.NothingToSend):
            again.append(notices.send_again(release=made, actor=world.secretary, at=AT + HOUR))
            world.send(made)
        return really(message)

    monkeypatch.setattr(notices, "_sent", impatient)
    world.send(made)
    assert again  # the other one waited, and was sent by whoever came first
    assert sorted(one.to[0] for one in mail.outbox) == ["ratna@contoh.example", "satu@contoh.example"]


def test_a_nominee_is_not_told_a_time_that_a_later_release_changed(world):
    first = world.release()
    world.move(world.two)
    second = world.release()
    world.send(second)
    world.send(first)
    (told,) = [one for one in mail.outbox if one.to == ["ratna@contoh.example"]]
    assert "menjadi" in told.body
    assert ScheduleNotice.objects.get(release=first, nomination=world.two).state == NoticeState.BY_HAND
    assert overtaken_nominees(first) == {world.two.pk}
    assert overtaken_nominees(second) == frozenset()


def test_what_the_server_does_not_take_is_tried_again_then_left_to_people(world, settings):
    made = world.release()
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    assert [world.send(made) for _ in range(3)] == [True, True, False]
    assert world.states(made) == [(NoticeState.FAILED, 3)] * 2
    assert AuditEvent.objects.filter(action="schedule.notice_failed").count() == 2
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert notices.send_again(release=made, actor=world.secretary, at=AT + 2 * HOUR) == 2
    world.send(made)
    assert len(mail.outbox) == 2
    with pytest.raises(notices.NothingToSend):
        notices.send_again(release=made, actor=world.secretary, at=AT + 2 * HOUR)


def test_the_task_is_asked_for_with_the_release_and_asks_for_itself_when_something_waits(world, settings):
    made = world.release()
    asked = task_backends["default"].results[-1]
    assert (asked.task.name, list(asked.args)) == (send_schedule_notices.name, [made.pk])
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    send_schedule_notices.call(made.pk)
    assert task_backends["default"].results[-1].task.run_after is not None


def test_without_mail_everybody_is_told_by_hand(world, settings):
    settings.EMAIL_BACKEND = NO_MAIL
    made = world.release()
    assert set(made.notices.values_list("state", flat=True)) == {NoticeState.BY_HAND}
    messages = messages_of(made)
    assert len(messages) == made.notices.count()
    first = next(one for (seating, _), one in messages.items() if seating)
    assert first.chat_link.startswith("https://wa.me/6281234567890?text=")
    with pytest.raises(MailNotSetUp):
        notices.send_again(release=made, actor=world.secretary, at=AT + 2 * HOUR)


def test_a_member_who_left_meanwhile_is_left_to_people(world):
    made = world.release()
    world.seats[0].seatings.update(starts_on=AT.date() - timedelta(days=9), ends_on=AT.date() - timedelta(days=1))
    world.send(made)
    assert [one.to for one in mail.outbox] == [["ratna@contoh.example"]]


def test_only_the_secretariat_sends_again(world):
    made = world.release()
    with pytest.raises(NotPermitted):
        notices.send_again(release=made, actor=make_user(Role.CHAIR, round=world.round), at=AT)


def test_messages_of_practice_are_marked_and_go_to_members_only(world):
    make.make_rubric(world.one.category)
    practice = open_practice(round=world.round, actor=world.secretary, at=AT)
    interview = Interview.objects.filter(round=practice).first()
    Interview.objects.filter(pk=interview.pk).update(ends_at=interview.ends_at - timedelta(minutes=5))
    made = release(round=practice, actor=world.secretary, at=AT)
    assert not made.notices.exclude(nomination=None).exists()
    world.send(made)
    (message,) = mail.outbox
    assert message.subject.startswith("[LATIHAN] ")
    assert "Babak latihan: tidak dihitung." in message.body
    assert ScheduleRelease.objects.filter(round=practice).count() == 2
