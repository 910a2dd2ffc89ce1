"""Reminders to provinces: one or all that have sent nothing, what came of the mail, and who may."""

import json
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends import locmem

from judging.models import ProvinceReminder
from judging.selectors.provinces import provinces_of
from judging.services import province_reminders
from judging.services.province_reminders import (
    NobodyToRemind,
    ProvinceDone,
    ProvinceMailFailed,
    ProvinceRemindedLately,
    ProvinceWithoutAddress,
    remind_province,
    remind_silent,
)
from judging.services.reminders import NO_MAIL, MailNotSetUp
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.errors import DomainError
from paritrana.kernel.verdict import NotPermitted
from paritrana.regions.models import Region
from tests.factories.handovers import make_national
from tests.factories.rounds import make_award, make_forwarding
from tests.factories.world import AT, make_region, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def national() -> tuple[Round, User]:
    found = make_national("desa")
    make_region("53")
    return found


def _remind(national: tuple[Round, User], **changes: Any) -> ProvinceReminder:
    told = {"way": "mail", "note": "", "actor": national[1], "at": AT} | changes
    return remind_province(round=national[0], region=Region.objects.get(code="53"), **told)


@pytest.fixture
def secretary(national: tuple[Round, User]) -> User:
    return make_user(Role.SECRETARIAT, round=make_round(region_code="53"), email="sekretariat@contoh.id")


def test_a_reminder_goes_to_the_secretariat_and_into_the_log(
    national: tuple[Round, User], secretary: User, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        reminder = _remind(national, note=" segera ")

    (message,) = mail.outbox
    assert message.to == ["sekretariat@contoh.id"]
    assert "\n" not in message.subject
    assert (reminder.way, reminder.note) == ("mail", "segera")
    event = AuditEvent.objects.get(action="province.reminded")
    assert json.loads(event.payload) == {"note": "segera", "province": "53", "way": "mail"}
    with pytest.raises(ProvinceRemindedLately):
        _remind(national, way="phone")


def test_one_told_by_telephone_sends_nothing(
    national: tuple[Round, User], django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        _remind(national, way="phone", note="Ibu Ani (contoh)")
    assert not mail.outbox
    assert ProvinceReminder.objects.get().note == "Ibu Ani (contoh)"


def test_mail_that_is_not_taken_is_in_the_log(
    national: tuple[Round, User],
    secretary: User,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(*_: Any) -> None:
        raise OSError

    monkeypatch.setattr(province_reminders.EmailMessage, "send", refuse)
    with pytest.raises(ProvinceMailFailed), django_capture_on_commit_callbacks(execute=True):
        _remind(national)
    assert AuditEvent.objects.filter(action="province.reminder_failed").count() == 1


def _no_mail(national: tuple[Round, User], settings: Any) -> None:
    settings.EMAIL_BACKEND = NO_MAIL


def _done(national: tuple[Round, User], settings: Any) -> None:
    make_forwarding(make_award(Round.objects.get(region__code="53")))


def _without(national: tuple[Round, User], settings: Any) -> None:
    User.objects.exclude(email="").update(email="")


def _silent(national: tuple[Round, User], **changes: Any) -> list[str]:
    told = {"way": "letter", "note": "", "actor": national[1], "at": AT} | changes
    return [one.region.code for one in remind_silent(round=national[0], **told)]


def test_all_that_have_sent_nothing_are_reminded_once_a_day(national: tuple[Round, User], secretary: User) -> None:
    make_round(region_code="52", state=State.SCORING)
    make_forwarding(make_award(make_round(region_code="51", state=State.ANNOUNCED)))

    assert _silent(national, note="Surat 12 (contoh)") == ["52", "53"]

    assert {one.note for one in ProvinceReminder.objects.all()} == {"Surat 12 (contoh)"}
    assert AuditEvent.objects.filter(action="province.reminded").count() == 2
    make_round(region_code="54", state=State.SCORING)
    assert _silent(national, at=AT + timedelta(hours=23)) == ["54"]
    with pytest.raises(NobodyToRemind):
        _silent(national, at=AT + timedelta(hours=23))
    assert _silent(national, at=AT + timedelta(hours=24)) == ["52", "53"]


def test_by_mail_only_those_with_an_address_and_one_failure_keeps_none_back(
    national: tuple[Round, User],
    secretary: User,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_round(region_code="50", state=State.SCORING)
    make_user(Role.SECRETARIAT, round=make_round(region_code="51"), email="rusak@contoh.id")
    sent: list[str] = []

    def send(message: Any) -> None:
        if "rusak@contoh.id" in message.to:
            raise OSError
        sent.extend(message.to)

    monkeypatch.setattr(province_reminders.EmailMessage, "send", send)
    with pytest.raises(ProvinceMailFailed), django_capture_on_commit_callbacks(execute=True):
        _silent(national, way="mail")

    assert sent == ["sekretariat@contoh.id"]
    assert set(ProvinceReminder.objects.values_list("region__code", flat=True)) == {"51", "53"}
    assert AuditEvent.objects.filter(action="province.reminder_failed").count() == 1
    # What was not taken is no reminder: that province alone is reminded once more, at once.
    assert [one.region.code for one in provinces_of(national[0]) if one.reminder] == ["53"]
    assert _silent(national, way="mail") == ["51"]


def test_a_mail_server_that_does_not_answer_is_asked_once_for_all(
    national: tuple[Round, User],
    secretary: User,
    django_capture_on_commit_callbacks: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_user(Role.SECRETARIAT, round=make_round(region_code="51"), email="bali@contoh.id")
    asked = []

    def silent(*_: Any) -> None:
        asked.append(1)
        raise TimeoutError

    monkeypatch.setattr(locmem.EmailBackend, "open", silent)
    monkeypatch.setattr(locmem.EmailBackend, "send_messages", silent)
    with pytest.raises(ProvinceMailFailed), django_capture_on_commit_callbacks(execute=True):
        _silent(national, way="mail")

    assert (len(asked), AuditEvent.objects.filter(action="province.reminder_failed").count()) == (1, 2)


def test_not_all_by_telephone_nor_without_mail_nor_by_others(
    national: tuple[Round, User], secretary: User, settings: Any
) -> None:
    with pytest.raises(ValueError, match="phone"):
        _silent(national, way="phone")
    settings.EMAIL_BACKEND = NO_MAIL
    with pytest.raises(MailNotSetUp):
        _silent(national, way="mail")
    with pytest.raises(NotPermitted):
        _silent(national, actor=make_user(Role.CHAIR, round=national[0]))
    assert not ProvinceReminder.objects.exists()


@pytest.mark.parametrize(
    ("prepare", "error"),
    [(_no_mail, MailNotSetUp), (_done, ProvinceDone), (_without, ProvinceWithoutAddress)],
)
def test_what_cannot_be_reminded_records_nothing(
    national: tuple[Round, User], secretary: User, settings: Any, prepare: Any, error: type[DomainError]
) -> None:
    prepare(national, settings)
    with pytest.raises(error):
        _remind(national)
    assert not ProvinceReminder.objects.exists()
