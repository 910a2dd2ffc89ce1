"""The pages of reminders: what is offered, what a click does, and to whom the pages are closed."""

from datetime import timedelta

import pytest
import time_machine
from django.core import mail

from judging.services.reminders import NO_MAIL
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from tests.factories import sheets as make
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def after_the_interview():
    with time_machine.travel(AT + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    """Post, and let happen what waits for the commit."""

    def run(url, data=None):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(url, data)

    return run


@pytest.fixture
def world(client):
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make.make_rubric(category)
    make.make_rules(round)
    seats = make.make_panel(round, 2)
    nomination = make_nomination(category, region_code="53.01")
    make.make_interview(nomination, seats, released=True)
    contact(seats[0], "satu@contoh.example", "0812-3456-7890")
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    return {
        "round": round,
        "seats": seats,
        "seat": round_url("judging:progress_seat", round, code="unsur-1"),
        "bare": round_url("judging:progress_seat", round, code="unsur-2"),
        "remind": round_url("judging:remind", round, code="unsur-1"),
        "late": round_url("judging:remind_late", round),
    }


def contact(seat, email, phone):
    User.objects.filter(pk=make.holder(seat).pk).update(email=email, phone=phone)


def test_seat_page_offers_mail_and_a_chat_with_the_number(client, world):
    text = client.get(world["seat"]).content.decode()
    assert "satu@contoh.example" in text
    assert 'href="https://wa.me/6281234567890?text=Yth.' in text
    assert f'action="{world["remind"]}"' in text
    assert 'name="confirmed"' not in text


def test_seat_without_address_and_number_offers_the_text_alone(client, world):
    text = client.get(world["bare"]).content.decode()
    assert 'href="https://wa.me/?text=Yth.' in text
    assert 'type="submit" class="btn btn-primary"' not in text


def test_installation_without_mail_offers_the_chat_alone(client, world, settings):
    settings.EMAIL_BACKEND = NO_MAIL
    text = client.get(world["seat"]).content.decode()
    assert "satu@contoh.example" not in text
    assert "wa.me" in text
    assert client.get(world["late"]).status_code == 200


def test_a_click_sends_one_message_and_a_second_asks_for_a_tick(client, post, world):
    assert post(world["remind"]).url == world["seat"]
    assert post(world["remind"]).url == world["seat"]
    assert [message.to for message in mail.outbox] == [["satu@contoh.example"]]
    assert 'name="confirmed"' in client.get(world["seat"]).content.decode()

    post(world["remind"], {"confirmed": "on"})
    assert len(mail.outbox) == 2
    assert AuditEvent.objects.filter(action="reminder.sent").count() == 2


def test_refusal_is_told_on_the_seat_page(client, world):
    url = round_url("judging:remind", world["round"], code="unsur-2")
    page = client.post(url, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    assert mail.outbox == []


def test_late_seats_are_listed_and_reminded_after_confirming(client, post, world):
    page = client.get(world["late"])
    assert [item["label"] for item in page.context["facts"]] == ["Unsur 1"]
    assert [item["label"] for item in page.context["left_out"]] == ["Unsur 2"]
    assert mail.outbox == []

    assert post(world["late"]).url == round_url("judging:progress", world["round"])
    assert len(mail.outbox) == 1
    again = post(world["late"])
    assert (again.status_code, len(mail.outbox)) == (200, 1)
    assert [item["label"] for item in again.context["repeated"]] == ["Unsur 1"]
    post(world["late"], {"confirmed": "on"})
    assert len(mail.outbox) == 2


def test_looking_changes_nothing(client, world):
    for url in (world["seat"], world["late"]):
        client.get(url)
    assert client.get(world["remind"]).status_code == 405
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize(("role", "status"), [(Role.CHAIR, 403), (Role.PANEL_MEMBER, 403), (Role.AUDITOR, 403)])
def test_others_of_the_round_are_refused(client, post, world, role, status):
    client.force_login(make_user(role, round=world["round"]))
    assert post(world["remind"]).status_code == status
    assert client.get(world["late"]).status_code == status
    assert post(world["late"]).status_code == status
    assert mail.outbox == []


def test_other_province_and_signed_out(client, post, world):
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="81")))
    for url in (world["remind"], world["late"]):
        assert post(url).status_code == 404
    client.logout()
    for url in (world["remind"], world["late"]):
        assert post(url).url.startswith("/masuk/")
    assert mail.outbox == []
