"""An address that only takes posts, opened by a person, by a script, and by who only asks for the head."""

import pytest
from django.test import Client
from django.urls import reverse

from paritrana.accounts.models import Role
from tests.factories.handovers import make_national
from tests.factories.world import make_round, make_user

pytestmark = pytest.mark.django_db
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def _posts_only() -> tuple[str, ...]:
    where = {"year": 2024, "scope": "53"}
    return (
        reverse("judging:make_package", kwargs=where),
        reverse("judging:bring_package", kwargs={"year": 2024, "scope": "nasional"}),
        reverse("logout"),
    )


@pytest.mark.parametrize("signed_in", [True, False])
def test_a_person_reads_a_page_that_leads_back(client: Client, signed_in: bool) -> None:
    if signed_in:
        client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="53")))
    for address, back in zip(_posts_only(), ("/2024/53/", "/2024/nasional/", "/"), strict=True):
        response = client.get(address, HTTP_ACCEPT=BROWSER)
        text = response.content.decode()
        assert (response.status_code, "POST" in response["Allow"]) == (405, True)
        assert response["Content-Type"] == "text/html; charset=utf-8"
        assert "no-store" in response["Cache-Control"]
        assert ("<h1>" in text, f'class="btn btn-primary" href="{back}"' in text) == (True, True)


def test_a_page_that_only_is_looked_at_says_so_to_a_form(client: Client) -> None:
    response = client.post(reverse("results_archive"), HTTP_ACCEPT=BROWSER)
    assert (response.status_code, response["Allow"], b"<h1>" in response.content) == (405, "GET, HEAD", True)


def test_scripts_and_heads_get_what_they_got(client: Client) -> None:
    address = _posts_only()[0]
    for accepted in ("application/json", "*/*", ""):
        assert client.get(address, HTTP_ACCEPT=accepted).content == b""
    assert client.head(address, HTTP_ACCEPT=BROWSER).status_code == 405


def test_it_is_no_answer_for_other_statuses(client: Client) -> None:
    make_national()
    client.force_login(make_user())
    assert client.get("/2024/nasional/penerimaan/", HTTP_ACCEPT=BROWSER).status_code == 404
