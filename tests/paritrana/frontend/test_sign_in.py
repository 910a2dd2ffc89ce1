"""The sign-in pages, as the server answers them."""

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from paritrana.accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "benar-benar-rahasia"


@pytest.fixture(autouse=True)
def _first_page(settings: LazySettings) -> None:
    settings.LOGIN_REDIRECT_URL = "/"


@pytest.fixture
def person() -> User:
    return User.objects.create_user("sekretariat", password=PASSWORD, display_name="Sekretaris (contoh)")


def test_right_password_signs_in(client: Client, person: User) -> None:
    answer = client.post(reverse("login"), {"username": "sekretariat", "password": PASSWORD})

    assert answer.status_code == 302
    assert client.session["_auth_user_id"] == str(person.pk)


def test_wrong_password_says_the_same_for_known_and_unknown_names(client: Client, person: User) -> None:
    told = [
        list(client.post(reverse("login"), {"username": name, "password": "salah"}).context["form"].non_field_errors())
        for name in ("sekretariat", "tidak-dikenal")
    ]

    assert told[0] != []
    assert told[0] == told[1]


def test_five_wrong_passwords_close_the_door_for_a_while(client: Client, person: User, settings: LazySettings) -> None:
    settings.AXES_ENABLED = True
    answers = [client.post(reverse("login"), {"username": "sekretariat", "password": "salah"}) for _ in range(5)]

    refused = client.post(reverse("login"), {"username": "sekretariat", "password": PASSWORD})

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 429]
    assert refused.status_code == 429
    assert "registration/locked_out.html" in [template.name for template in refused.templates]
    assert "_auth_user_id" not in client.session


def test_an_address_outside_the_site_is_not_followed_after_signing_in(client: Client, person: User) -> None:
    answer = client.post(
        reverse("login"), {"username": "sekretariat", "password": PASSWORD, "next": "https://example.com/"}
    )

    assert answer.status_code == 302
    assert "example.com" not in answer.headers["Location"]


def test_the_content_policy_allows_nothing_from_elsewhere(client: Client) -> None:
    policy = client.get(reverse("login")).headers["Content-Security-Policy"]

    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert directives["img-src"] == "'self' data:"
    assert directives["frame-ancestors"] == directives["base-uri"] == "'none'"
