"""The province's side of packages: who makes, downloads and sends them, and that the page costs the same for many."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.models import Handover
from judging.web import handover as pages
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role
from tests.factories.awards import make_decided_round
from tests.factories.handovers import make_stored
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


def _url(round: Round, name: str, **where: object) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": round.scope_code, **where})


def test_making_one_asks_the_service_and_comes_back(
    client: Client, round: Round, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Round] = []
    monkeypatch.setattr(pages, "make_handover", lambda **told: asked.append(told["round"]))
    client.force_login(make_user(Role.SECRETARIAT, round=round))

    response = client.post(_url(round, "make_package"))

    assert (response.status_code, response["Location"], asked) == (302, _url(round, "forwarding"), [round])


def test_without_a_key_the_page_says_who_makes_one(client: Client, round: Round, settings: object) -> None:
    settings.HANDOVER_KEY = "/tidak/ada.pem"  # type: ignore[attr-defined]
    client.force_login(make_user(Role.SECRETARIAT, round=round))

    response = client.post(_url(round, "make_package"), follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert not Handover.objects.exists()


def test_a_package_is_downloaded_as_it_was_made(client: Client, round: Round) -> None:
    make_stored(round, b"PK isi (contoh)")
    client.force_login(make_user(Role.AUDITOR, round=round))

    response = client.get(_url(round, "package_file", number=1))

    assert (response.status_code, response.content) == (200, b"PK isi (contoh)")
    assert response["Content-Disposition"] == 'attachment; filename="usulan-2024-53-1.zip"'
    assert "no-store" in response["Cache-Control"]
    assert client.get(_url(round, "package_file", number=2)).status_code == 404


def test_sending_is_recorded_with_how(client: Client, round: Round) -> None:
    found = make_stored(round)
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    url = _url(round, "package_sent", number=1)
    assert client.get(url).status_code == 200
    assert client.post(url, {"cara": ""}).status_code == 422

    response = client.post(url, {"cara": "surel (contoh)"})

    found.refresh_from_db()
    assert (response.status_code, found.sent_how) == (302, "surel (contoh)")
    page = client.get(_url(round, "forwarding"))
    assert "surel (contoh)" in page.content.decode()
    assert url not in page.content.decode()


def test_a_package_of_an_earlier_result_is_not_offered_as_sent(client: Client, round: Round) -> None:
    found = make_stored(round)
    later = AT + timedelta(days=1)
    round.state_changes.create(source=State.PLENARY, target=State.DECIDED, requested_by=make_user(), requested_at=later)
    client.force_login(make_user(Role.SECRETARIAT, round=round))

    page, url = client.get(_url(round, "forwarding")), _url(round, "package_sent", number=1)

    (row,) = page.context["packages"]
    assert (row["is_outdated"], row["may_send"], url in page.content.decode()) == (True, False, False)
    answer = client.get(url, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    client.post(url, {"cara": "surel (contoh)"})
    found.refresh_from_db()
    assert found.sent_at is None


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER])
def test_others_see_nothing_of_packages(client: Client, round: Round, role: Role) -> None:
    found = make_stored(round)
    client.force_login(make_user(role, round=round))

    page = client.get(_url(round, "forwarding"))

    assert page.status_code == 200
    assert found.sha256 not in page.content.decode()
    assert client.get(_url(round, "package_file", number=1)).status_code == 403
    assert client.post(_url(round, "make_package")).status_code == 403


def test_an_auditor_reads_and_makes_nothing(client: Client, round: Round) -> None:
    found = make_stored(round)
    client.force_login(make_user(Role.AUDITOR, round=round))

    page = client.get(_url(round, "forwarding")).content.decode()

    assert found.sha256 in page
    assert f'action="{_url(round, "make_package")}"' not in page
    assert client.get(_url(round, "package_sent", number=1)).status_code == 403


def test_another_province_finds_nothing(client: Client, round: Round) -> None:
    make_stored(round)
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="52")))

    assert client.get(_url(round, "package_file", number=1)).status_code == 404
    assert client.post(_url(round, "make_package")).status_code == 404


def test_the_page_costs_the_same_for_one_and_for_thirty_packages(client: Client, round: Round) -> None:
    client.force_login(make_user(Role.AUDITOR, round=round))
    costs = []
    for more in (1, 29):
        for _ in range(more):
            make_stored(round)
        with CaptureQueriesContext(connection) as captured:
            assert len(client.get(_url(round, "forwarding")).context["packages"]) in {1, 30}
        costs.append(len(captured))

    assert costs[0] == costs[1] <= 20
