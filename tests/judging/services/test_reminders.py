"""Reminders: who gets which message, once an hour, after the commit, in the log, with no score in it."""

import json
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from judging.selectors.reminders import reminders_of
from judging.selectors.sheets import address_of
from judging.services import reminders, scores
from judging.services.panels import substitute
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

LATER = AT + timedelta(hours=2)


class World:
    """Three seats owe a sheet on each of two nominees whose interviews are over; a third one's is tomorrow."""

    def __init__(self) -> None:
        self.round = make_round(state=State.SCORING)
        category = make_category(self.round)
        make.make_rubric(category)
        make.make_rules(self.round)
        self.seats = make.make_panel(self.round, 3)
        self.nominations = [make_nomination(category, region_code=f"53.0{number}") for number in (1, 2, 3)]
        for index, nomination in enumerate(self.nominations):
            starts = AT + timedelta(minutes=30 * index, days=index // 2)
            make.make_interview(nomination, self.seats, starts_at=starts, released=True)
        self.secretary = make_user(Role.SECRETARIAT, round=self.round)
        for seat, email in zip(self.seats, ("satu@contoh.example", "", "tiga@contoh.example"), strict=True):
            User.objects.filter(pk=make.holder(seat).pk).update(email=email)

    def remind(self, index: int = 0, **facts):
        """Remind one seat."""
        return reminders.remind_seat(
            **{"seat": self.seats[index], "actor": self.secretary, "at": LATER, "confirmed": False} | facts
        )

    def remind_late(self, **facts):
        """Remind all late seats."""
        return reminders.remind_late(**{"round": self.round, "actor": self.secretary, "at": LATER} | facts)

    def score(self, seat, nomination, *, submit=True):
        """Hand in, or begin, a sheet."""
        act = scores.submit_sheet if submit else scores.save_draft
        act(
            address=address_of(nomination),
            entries={"komitmen": "87", "inovasi": "3"},
            expected_revision=0,
            request_key=f"kunci-{seat.pk}-{nomination.pk}",
            actor=make.holder(seat),
            at=AT,
        )

    def events(self):
        """What the log says of reminders."""
        found = AuditEvent.objects.filter(chain=self.round.scope, action__startswith="reminder.").order_by("seq")
        return [(event.action, event.object_label, json.loads(event.payload)) for event in found]


@pytest.fixture
def world(db):
    return World()


@pytest.fixture
def sent(django_capture_on_commit_callbacks):
    """Run an act and then what waits for its commit; the messages that went out."""

    def run(act, **facts):
        with django_capture_on_commit_callbacks(execute=True):
            act(**facts)
        return list(mail.outbox)

    return run


def test_message_names_what_is_missing_and_holds_no_score(world, sent):
    done, draft, coming = world.nominations
    world.score(world.seats[0], done)
    world.score(world.seats[0], draft, submit=False)
    (message,) = sent(world.remind)

    assert message.to == ["satu@contoh.example"]
    assert draft.nominee.name in message.body
    assert "masih draf" in message.body
    assert done.nominee.name not in message.body
    assert coming.nominee.name not in message.body
    assert "87" not in message.body + message.subject
    assert "http://127.0.0.1:8000/2024/53/wawancara/?hari=semua" in message.body
    assert "1 lembar" in message.subject
    assert world.events() == [("reminder.sent", "Unsur 1", {"seat": "unsur-1", "missing": 1})]


def test_names_are_text_and_long_lists_end(world):
    nominee = world.nominations[0].nominee
    nominee.name = "Kabupaten <b>Uji</b> & 'Coba'"
    nominee.save()
    reminder = reminders_of(world.round, LATER)[0]
    many = type(reminder)(world.round, reminder.progress, reminder.seating, reminder.missing * 40, reminder.reminded_at)
    assert "Kabupaten <b>Uji</b> & 'Coba'" in reminder.body
    assert "dan 20 nomine lain" in many.body
    assert len(many.chat_link) < 4000


def test_subject_stays_one_line(world):
    edition = world.round.edition
    edition.name = "Paritrana\nBcc: orang@contoh.example"
    assert "\n" not in reminders_of(world.round, LATER)[0].subject


def test_nothing_goes_out_before_the_commit_or_without_it(world, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as waiting:
        world.remind()
    assert (len(waiting), mail.outbox) == (1, [])

    with django_capture_on_commit_callbacks(execute=True) as waiting:  # noqa: SIM117
        with pytest.raises(RuntimeError), transaction.atomic():  # noqa: PT012
            world.remind(confirmed=True)
            raise RuntimeError
    assert (waiting, mail.outbox, len(world.events())) == ([], [], 1)


def test_once_an_hour_unless_confirmed(world, sent):
    assert len(sent(world.remind)) == 1
    with pytest.raises(reminders.RemindedLately):
        sent(world.remind, at=LATER + timedelta(minutes=59))
    assert len(mail.outbox) == len(world.events()) == 1

    assert len(sent(world.remind, at=LATER + timedelta(minutes=59), confirmed=True)) == 2
    assert len(sent(world.remind, at=LATER + timedelta(minutes=119))) == 3
    assert len(world.events()) == 3


def test_refusals_change_nothing(world, sent, settings):
    for nomination in world.nominations[:2]:
        world.score(world.seats[2], nomination)
    with pytest.raises(reminders.NoMailAddress):
        sent(world.remind, index=1)
    with pytest.raises(reminders.NothingMissing):
        sent(world.remind, index=2)
    settings.EMAIL_BACKEND = reminders.NO_MAIL
    with pytest.raises(reminders.MailNotSetUp):
        sent(world.remind)
    assert (mail.outbox, world.events()) == ([], [])


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT)])
def test_only_the_secretariat_reminds(world, role):
    actor = make_user(role, round=world.round)
    for act in (world.remind, world.remind_late):
        with pytest.raises(NotPermitted):
            act(actor=actor)
    assert world.events() == []


def test_nobody_is_reminded_once_the_sheets_are_closed(world):
    Round.objects.filter(pk=world.round.pk).update(state=State.PLENARY)
    with pytest.raises(NotPermitted):
        world.remind()


def test_all_late_seats_but_those_without_address_or_reminded_lately(world, sent):
    sent(world.remind)
    with pytest.raises(NotPermitted):
        world.remind_late(actor=make_user(Role.SECRETARIAT, round=make_round(region_code="81")))
    planned = reminders.sorted_out(reminders_of(world.round, LATER), LATER, confirmed=False)
    assert [seats(group) for group in (planned.reminded, planned.without_address, planned.too_soon)] == [
        ["Unsur 3"],
        ["Unsur 2"],
        ["Unsur 1"],
    ]
    assert [message.to for message in sent(world.remind_late)] == [["satu@contoh.example"], ["tiga@contoh.example"]]
    with pytest.raises(reminders.NobodyToRemind):
        sent(world.remind_late)
    assert len(sent(world.remind_late, confirmed=True)) == 4
    assert [label for _, label, _ in world.events()] == ["Unsur 1", "Unsur 3", "Unsur 1", "Unsur 3"]


def seats(group):
    return [one.seat.name for one in group]


def test_a_message_that_is_not_taken_is_recorded_and_may_be_sent_again(world, sent, monkeypatch):
    real = EmailBackend.send_messages

    def refuse_first(backend, messages):
        if messages[0].to == ["satu@contoh.example"]:
            raise OSError("uji")
        return real(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", refuse_first)
    with pytest.raises(reminders.MailNotDelivered) as refused:
        sent(world.remind_late)
    assert refused.value.facts == {"seats": "Unsur 1"}
    assert [message.to for message in mail.outbox] == [["tiga@contoh.example"]]
    assert [(action, label) for action, label, _ in world.events()] == [
        ("reminder.sent", "Unsur 1"),
        ("reminder.sent", "Unsur 3"),
        ("reminder.failed", "Unsur 1"),
    ]
    monkeypatch.undo()
    assert [message.to for message in sent(world.remind)][1:] == [["satu@contoh.example"]]


def test_an_address_that_mail_does_not_know_keeps_nobody_else_waiting(world, sent):
    unreadable = "satu\nBcc: lain@contoh.example"
    User.objects.filter(pk=make.holder(world.seats[0]).pk).update(email=unreadable)
    with pytest.raises(reminders.MailNotDelivered) as refused:
        sent(world.remind_late)
    assert refused.value.facts == {"seats": "Unsur 1"}
    assert [message.to for message in mail.outbox] == [["tiga@contoh.example"]]


def test_a_reminder_goes_to_who_sits_there_today_not_to_who_takes_over_later(world, sent):
    member = make.holder(world.seats[0])
    substitute(
        seat=world.seats[0],
        user=make_user(Role.AUDITOR, round=world.round),
        name="Pengganti (contoh)",
        reason="berhalangan",
        starts_on=LATER.date() + timedelta(days=3),
        actor=world.secretary,
        at=LATER,
    )
    (message,) = sent(world.remind)
    assert message.to == ["satu@contoh.example"]
    assert message.body.startswith(f"Yth. {member}")
