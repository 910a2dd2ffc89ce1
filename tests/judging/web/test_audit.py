"""The audit page: who reads it, finding an event, checking the chain and taking it along."""

import json
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.core.sealed_reason import seal
from judging.permissions import AFTER_DECISION
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.audit_actions import ROLE_GRANTED, USER_CREATED
from paritrana.accounts.models import Role, User
from paritrana.audit.chain import first_break, main
from paritrana.audit.guards import GUARDS
from paritrana.audit.models import AuditEvent
from paritrana.audit.record import record
from paritrana.audit.selectors import head_of
from paritrana.kernel import guards
from tests.factories.reopenings import ask, make_reopening_world
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


def _url(round: Round, name: str = "judging:audit") -> str:
    return reverse(name, kwargs={"year": 2024, "scope": round.scope_code})


def _events(round: Round, count: int) -> User:
    user = make_user()
    for number in range(count):
        record(
            action=ROLE_GRANTED if number % 2 else USER_CREATED,
            actor=user,
            at=AT,
            target=user,
            chain=round.scope,
            payload={"nomor": number, "rincian": ["a", "b"]},
        )
    return user


@pytest.fixture
def round() -> Round:
    return make_round()


@pytest.fixture
def auditor(round: Round) -> User:
    return make_user(Role.AUDITOR, round=round)


def _shown(client: Client, round: Round, **query: str) -> list[int]:
    return [row["event"].seq for row in client.get(_url(round), query).context["events"]]


def test_events_stand_newest_first_fifty_to_a_page(client: Client, round: Round, auditor: User) -> None:
    _events(round, 60)
    client.force_login(auditor)

    assert _shown(client, round) == list(range(60, 10, -1))
    assert _shown(client, round, page="2") == list(range(10, 0, -1))


def test_events_are_found_by_what_happened_who_and_to_what(client: Client, round: Round, auditor: User) -> None:
    user = _events(round, 4)
    other = make_user()
    record(action=USER_CREATED, actor=None, at=AT, target=other, chain=round.scope)
    client.force_login(auditor)

    assert _shown(client, round, action=ROLE_GRANTED) == [4, 2]
    assert _shown(client, round, actor="sistem") == [5]
    assert _shown(client, round, object=str(user).upper()) == [4, 3, 2, 1]
    assert _shown(client, round, action="no.such") == []
    assert _shown(client, round, action=ROLE_GRANTED, actor="sistem") == []


def test_another_chain_is_not_shown(client: Client, round: Round, auditor: User) -> None:
    _events(make_round(region_code="52"), 3)
    client.force_login(auditor)

    assert _shown(client, round) == []


def test_posting_checks_the_chain_and_tells_the_result(client: Client, round: Round, auditor: User) -> None:
    _events(round, 3)
    client.force_login(auditor)
    number, digest = head_of(round.scope)
    assert f"{number}:{digest}" in client.get(_url(round)).content.decode()

    whole = client.post(_url(round), follow=True)
    guards.remove(connection, GUARDS)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET payload = '{}' WHERE seq = 2")
    broken = client.post(_url(round), follow=True)

    assert [message.level_tag for message in whole.context["messages"]] == ["success"]
    (told,) = broken.context["messages"]
    assert told.level_tag == "error"
    assert " 2" in told.message


def test_the_export_holds_the_whole_chain_and_checks_without_the_system(
    client: Client, round: Round, auditor: User, tmp_path: Path
) -> None:
    _events(round, 60)
    client.force_login(auditor)

    response = client.get(_url(round, "judging:audit_export"))
    content = b"".join(response.streaming_content)

    events = [json.loads(line) for line in content.decode().splitlines()]
    assert len(events) == 60
    assert first_break(round.scope, events, head_of(round.scope)) is None
    assert response["Content-Disposition"] == 'attachment; filename="jejak-audit-2024-53.jsonl"'
    file = tmp_path / "log.jsonl"
    file.write_bytes(content)
    assert main([str(file), "--head", "{}:{}".format(*head_of(round.scope))]) == 0


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.CHAIR, Role.SECRETARIAT])
def test_auditor_chair_and_secretariat_read_it(client: Client, round: Round, role: Role) -> None:
    client.force_login(make_user(role, round=round))

    assert client.get(_url(round)).status_code == 200


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.ORGANISER])
def test_others_of_the_round_do_not(client: Client, round: Round, role: Role) -> None:
    client.force_login(make_user(role, round=round))

    assert client.get(_url(round)).status_code == 403
    assert client.post(_url(round)).status_code == 403
    assert client.get(_url(round, "judging:audit_export")).status_code == 403


def test_another_province_and_nobody(client: Client, round: Round) -> None:
    assert client.get(_url(round))["Location"].startswith(reverse("login"))
    client.force_login(make_user(Role.AUDITOR, round=make_round(region_code="52")))
    assert client.get(_url(round)).status_code == 404
    assert client.get(_url(round, "judging:audit_export")).status_code == 404


def test_looking_and_checking_leave_no_event(client: Client, round: Round, auditor: User) -> None:
    _events(round, 2)
    client.force_login(auditor)

    client.get(_url(round))
    client.post(_url(round))
    client.get(_url(round, "judging:audit_export"))

    assert AuditEvent.objects.count() == 2


def test_text_of_events_stays_text(client: Client, round: Round, auditor: User) -> None:
    user = make_user()
    record(
        action=USER_CREATED,
        actor=user,
        at=AT,
        target=user,
        chain=round.scope,
        payload={"alasan": "<script>alert(1)</script>"},
    )
    client.force_login(auditor)

    text = client.get(_url(round)).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text


def _queries(client: Client, round: Round) -> int:
    client.force_login(make_user(Role.AUDITOR, round=round))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(_url(round)).status_code == 200
    return len(captured)


def test_the_page_costs_the_same_for_one_and_for_thirty_events(client: Client) -> None:
    one, many = make_round(region_code="51"), make_round(region_code="52")
    _events(one, 1)
    _events(many, 30)

    assert _queries(client, one) == _queries(client, many) <= 20


SECRET = "nilai 90 seharusnya 80 (contoh)"


@pytest.mark.parametrize("state", State)
def test_the_reason_of_a_reopening_is_read_once_the_result_is_decided(client: Client, state: State) -> None:
    world = make_reopening_world()
    one = ask(world, reason=SECRET)
    shown_round: Round = world["round"]
    shown_round.state = state
    shown_round.save()
    client.force_login(make_user(Role.AUDITOR, round=shown_round))
    with CaptureQueriesContext(connection) as queries:
        (facts,) = [row["facts"] for row in client.get(_url(shown_round)).context["events"][:1]]
    told = {fact["label"]: fact["value"] for fact in facts}
    is_decided = state in AFTER_DECISION
    seen = (SECRET, one.reason_key) if is_decided else (None, None)
    assert (told.get("reason"), told.get("reason_key")) == seen
    assert told["reason_hash"] == seal(SECRET, one.reason_key)
    assert sum("judging_reopening" in query["sql"] for query in queries) == is_decided
    export = b"".join(client.get(_url(shown_round, "judging:audit_export")).streaming_content).decode()
    assert (SECRET in export, told["reason_hash"] in export) == (False, True)
