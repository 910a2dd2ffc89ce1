"""The frame of a round's pages: what it adds to whatever the page answers."""

import pytest
from django.urls import reverse

from paritrana.accounts.models import Role
from tests.factories.world import make_round, make_user

pytestmark = pytest.mark.django_db


def test_no_browser_keeps_a_page_of_a_round(client):
    round = make_round()
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    where = {"year": round.edition.assessment_year, "scope": round.scope_code}

    kept = client.get(reverse("nominees:list", kwargs=where))["Cache-Control"]

    assert {"no-store", "private"} <= {word.strip() for word in kept.split(",")}


def test_an_address_with_a_nul_byte_is_none(client):
    round = make_round()
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    where = {"year": round.edition.assessment_year, "scope": round.scope_code}

    assert client.get(reverse("nominees:list", kwargs=where), {"q": "a\0b"}).status_code == 404
