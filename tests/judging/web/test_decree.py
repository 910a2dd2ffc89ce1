"""The page of the decree's words: examples to adapt, a draft to look at, and nothing kept by looking."""

import pytest
from django.test import Client
from django.urls import reverse

from judging.models import DecreeText, DocumentKind
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.kernel.sentences import sentence
from tests.factories.amendments import make_minutes, unset
from tests.factories.awards import make_decided_round
from tests.factories.world import make_user

pytestmark = pytest.mark.django_db
WHERE = {"year": 2024, "scope": "53"}
PAGE = reverse("judging:decree", kwargs=WHERE)
PREVIEW = reverse("judging:decree_preview", kwargs=WHERE)


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    unset(monkeypatch)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def organiser(client: Client, round: Round) -> User:
    user = make_user(Role.ORGANISER, round=round)
    client.force_login(user)
    return user


def _shown(client: Client) -> dict[str, str]:
    """What the form holds, as a browser would send it."""
    form = client.get(PAGE).context["form"]
    return {name: form[name].value() or "" for name in form.fields}


def test_examples_stand_in_the_form_and_are_not_kept(client: Client, round: Round, organiser: User) -> None:
    shown = _shown(client)
    assert "Undang-Undang Nomor 24 Tahun 2011" in shown["legal_basis"]

    response = client.post(PAGE, shown | {"number": "SK-9/2025", "signed_on": "2025-07-18"})

    assert response.status_code == 302
    row = DecreeText.objects.get(round=round)
    assert (row.number, str(row.signed_on), row.legal_basis, row.issuer) == ("SK-9/2025", "2025-07-18", "", "")
    assert _shown(client)["number"] == "SK-9/2025"


def test_the_preview_shows_what_is_typed_and_keeps_nothing(client: Client, round: Round, organiser: User) -> None:
    response = client.post(PREVIEW, _shown(client) | {"issuer": "Ketua Panitia (contoh)"})

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith("inline")
    assert "no-store" in response["Cache-Control"]
    assert b"Ketua Panitia (contoh)" in response.content
    assert b"DRAF" in response.content
    assert not DecreeText.objects.exists()


def test_a_mistake_is_told_beside_its_field(client: Client, round: Round, organiser: User) -> None:
    for url in (PAGE, PREVIEW):
        response = client.post(url, _shown(client) | {"signed_on": "besok"})
        assert response.context["form"].errors.keys() == {"signed_on"}
    assert not DecreeText.objects.exists()


def test_a_list_without_end_is_refused_and_what_was_typed_stays(client: Client, round: Round, organiser: User) -> None:
    response = client.post(PAGE, _shown(client) | {"provisions": "x\n" * 21})

    assert response.status_code == 200
    assert response.context["form"]["provisions"].value().startswith("x")
    told = sentence("decree_too_long", {"most": 20})
    assert response.content.decode().count(told) == 1
    assert not DecreeText.objects.exists()


def test_what_the_issuer_has_to_give_is_named_until_it_is_saved(client: Client, round: Round, organiser: User) -> None:
    assert len(client.get(PAGE).context["lacks"].split(", ")) == 3
    given = {"number": "SK-9/2025", "signed_on": "2025-07-18", "signer_name": "Maria Lake (contoh)"}
    client.post(PAGE, _shown(client) | given)

    assert client.get(PAGE).context["lacks"] == ""


def test_the_documents_lead_to_its_text_and_do_not_offer_it_before(
    client: Client, round: Round, organiser: User
) -> None:
    documents, tick = reverse("judging:documents", kwargs=WHERE), b'id="kertas-decree"'
    row = DecreeText.objects.create(round=round, number="SK-9/2025")
    shown = client.get(documents, {"jenis": "decree"}).content
    assert shown.count(PAGE.encode()) == 2  # at the row, and among the pages of other papers
    assert tick not in shown
    DecreeText.objects.filter(pk=row.pk).update(signed_on="2025-07-18", signer_name="Maria Lake (contoh)")

    shown = client.get(documents, {"jenis": "decree"}).content

    assert shown.count(PAGE.encode()) == 1
    assert tick in shown


def test_an_issued_decree_is_pointed_at(client: Client, round: Round, organiser: User) -> None:
    assert client.get(PAGE).context["issued"] is None
    issued = make_minutes(round, kind=DocumentKind.DECREE, number="SK-1/2025")

    response = client.get(PAGE)

    assert response.context["issued"] == issued
    assert b"SK-1/2025" in response.content
