"""The days and places of a round are changed until scoring begins."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from judging.models import Interview, Room
from judging.services.dates import InterviewOutsideDays, change_round_dates
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.services.rounds import PeriodReversed
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
FIELDS = ("city", "interviews_from", "interviews_until", "ceremony_on", "ceremony_place")


def _facts(round: Round, **changes: Any) -> dict[str, Any]:
    return {name: getattr(round, name) for name in FIELDS} | changes


def _url(round: Round) -> str:
    return reverse("judging:dates", kwargs={"year": 2024, "scope": round.scope_code})


@pytest.mark.parametrize("state", [State.PREPARATION, State.NOMINATION])
def test_what_differs_is_changed_and_logged_once(state: State) -> None:
    round = make_round(state=state)
    secretary = make_user(Role.SECRETARIAT, round=round)
    facts = _facts(round, ceremony_on=date(2025, 8, 4), ceremony_place="Aula (contoh)")

    for _click in range(2):
        change_round_dates(round=round, actor=secretary, at=AT, **facts)

    round.refresh_from_db()
    assert _facts(round) == facts
    event = AuditEvent.objects.get()
    assert (event.action, event.chain) == ("round.dates_changed", "2024/53")
    assert event.payload == '{"ceremony_on":["2025-07-21","2025-08-04"],"ceremony_place":["","Aula (contoh)"]}'


def test_no_interview_is_left_outside_the_days() -> None:
    round = make_round(state=State.NOMINATION)
    secretary = make_user(Role.SECRETARIAT, round=round)
    Interview.objects.create(
        round=round,
        nomination=make_nomination(make_category(round)),
        room=Room.objects.create(round=round, name="Aula"),
        starts_at=AT,  # 24 June, 09.00 in the round's zone
        ends_at=AT + timedelta(minutes=30),
    )
    known: dict[str, Any] = {"round": round, "actor": secretary, "at": AT}

    for days in (
        {"interviews_from": date(2025, 6, 25)},
        {"interviews_from": None, "interviews_until": date(2025, 6, 23)},
    ):
        with pytest.raises(InterviewOutsideDays):
            change_round_dates(**known, **_facts(round, **days))
    with pytest.raises(PeriodReversed):
        change_round_dates(**known, **_facts(round, interviews_until=date(2025, 6, 1)))
    assert not AuditEvent.objects.exists()

    change_round_dates(**known, **_facts(round, interviews_until=date(2025, 6, 24)))
    round.refresh_from_db()
    assert round.interviews_until == date(2025, 6, 24)


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT)])
def test_only_the_secretariat_changes_them(role: Role) -> None:
    round = make_round()
    with pytest.raises(NotPermitted):
        change_round_dates(round=round, actor=make_user(role, round=round), at=AT, **_facts(round, city="Ende"))


def test_the_form_changes_them_or_says_why_not(client: Client) -> None:
    round = make_round()
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    overview = reverse("judging:round", kwargs={"year": 2024, "scope": "53"})
    assert _url(round) in client.get(overview).content.decode()
    sent = {"city": "Ende", "interviews_from": "2025-06-23", "interviews_until": "25/06/2025"}

    refused = client.post(_url(round), sent | {"interviews_until": "2025-06-01"})
    assert [message.level_tag for message in refused.context["messages"]] == ["error"]
    assert client.post(_url(round), sent | {"city": ""}).context["form"].errors["city"]
    assert client.post(_url(round), sent).url == overview

    round.refresh_from_db()
    assert _facts(round, ceremony_place="") == {
        "city": "Ende",
        "interviews_from": date(2025, 6, 23),
        "interviews_until": date(2025, 6, 25),
        "ceremony_on": None,
        "ceremony_place": "",
    }
    Round.objects.update(state=State.SCORING)
    assert client.post(_url(round), sent).status_code == 403
    assert _url(round) not in client.get(overview).content.decode()
