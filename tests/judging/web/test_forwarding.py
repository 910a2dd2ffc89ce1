"""The forwarding page: who forwards, who only looks, and what a second click does."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.models import Forwarding
from judging.services.forwarding import forward_winners
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from tests.factories.awards import make_decided_round
from tests.factories.world import AT, make_category, make_round, make_user

pytestmark = pytest.mark.django_db
YES = {"yakin": "on"}


def _url(round: Round) -> str:
    return reverse("judging:forwarding", kwargs={"year": 2024, "scope": round.scope_code})


def _national(round: Round) -> Round:
    national = Round.objects.filter(region=None).first() or make_round(region_code=None, state=State.NOMINATION)
    for category in round.categories.exclude(code__in=national.categories.values("code")):
        make_category(national, category.code)
    return national


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


def test_the_secretariat_forwards_and_a_second_click_changes_nothing(client: Client, round: Round) -> None:
    _national(round)
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    assert client.get(_url(round)).context["waiting"] == 1

    first, second = client.post(_url(round), YES), client.post(_url(round), YES)

    assert (first.status_code, second.status_code, first["Location"]) == (302, 302, _url(round))
    assert Forwarding.objects.count() == 1
    assert client.get(_url(round)).context["waiting"] == 0


def test_nobody_is_forwarded_by_a_click_alone(client: Client, round: Round) -> None:
    _national(round)
    client.force_login(make_user(Role.SECRETARIAT, round=round))

    asked = client.post(_url(round))

    assert (asked.status_code, "yakin" in asked.context["form"].errors) == (422, True)
    assert not Forwarding.objects.exists()


def test_without_a_national_round_the_page_says_who_can_mend_it(client: Client, round: Round) -> None:
    client.force_login(make_user(Role.SECRETARIAT, round=round))

    response = client.post(_url(round), YES, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert response.context["national"] is None


def test_the_national_nomination_is_a_link_only_for_who_may_read_it(client: Client, round: Round) -> None:
    national = _national(round)
    secretary = make_user(Role.SECRETARIAT, round=round)
    (forwarding,) = forward_winners(round=round, actor=secretary, at=AT)
    url = reverse("nominees:detail", kwargs={"year": 2024, "scope": "nasional", "number": forwarding.nomination.number})
    both = make_user(Role.SECRETARIAT, round=round)
    both.grants.create(role=Role.NATIONAL_SECRETARIAT, assessment_year=2024, region=None, granted_at=AT)

    client.force_login(secretary)
    assert url not in client.get(_url(round)).content.decode()
    client.force_login(both)
    assert url in client.get(_url(round)).content.decode()
    assert national.nominations.count() == 1


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR])
def test_readers_look_and_forward_nobody(client: Client, round: Round, role: Role) -> None:
    _national(round)
    client.force_login(make_user(role, round=round))

    page = client.get(_url(round))

    assert (page.status_code, page.context["may_forward"]) == (200, False)
    assert client.post(_url(round)).status_code == 403
    assert not Forwarding.objects.exists()


def test_others_are_kept_out(client: Client, round: Round) -> None:
    assert client.get(_url(round))["Location"].startswith(reverse("login"))
    client.force_login(make_user(Role.PLATFORM_ADMIN))
    assert client.get(_url(round)).status_code == 403
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="52")))
    assert (client.get(_url(round)).status_code, client.post(_url(round)).status_code) == (404, 404)


def test_looking_changes_nothing(client: Client, round: Round) -> None:
    _national(round)
    client.force_login(make_user(Role.SECRETARIAT, round=round))

    client.get(_url(round))

    assert not Forwarding.objects.exists()
    assert not AuditEvent.objects.exists()


def _queries(client: Client, round: Round) -> int:
    client.force_login(make_user(Role.AUDITOR, round=round))
    with CaptureQueriesContext(connection) as captured:
        assert client.get(_url(round)).status_code == 200
    return len(captured)


def test_the_page_costs_the_same_for_one_and_for_thirty_winners(client: Client) -> None:
    one = make_decided_round((90,), region_code="51", places=1)
    many = make_decided_round(tuple(range(95, 65, -1)), region_code="52", places=20, forward_quota=20)
    for round in (one, many):
        _national(round)
        forward_winners(round=round, actor=make_user(Role.SECRETARIAT, round=round), at=AT)

    assert Forwarding.objects.filter(award__round=many).count() == 20
    assert _queries(client, one) == _queries(client, many) <= 20
