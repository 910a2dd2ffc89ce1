"""One nominee is nominated by hand."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from nominees.core.lifecycle import State
from nominees.models import Nomination, Status
from nominees.web.parts import address
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from tests.factories.nominees import Field, make_field
from tests.factories.world import make_round, make_user

pytestmark = pytest.mark.django_db
BUSINESS = {
    "category": "ubm-keuangan",
    "name": "Bank Contoh",
    "legal_name": "PT Bank Contoh (contoh)",
    "region": "Kota Kupang",
    "sector": "finance",
    "size_class": "large",
    "kbli": "64121",
    "nib": "1234567890123",
    "bpjs_number": "BU0001",
}


@pytest.fixture
def field(client: Client) -> Field:
    found = make_field()
    client.force_login(found.secretary)
    return found


def _url(field: Field, kind: str = "government") -> str:
    return f"{address('nominees:add', field.round)}?kind={kind}"


@pytest.mark.parametrize(("kind", "field_names"), [("government", 7), ("village", 8), ("business", 14), ("x", 7)])
def test_each_kind_has_its_form(client: Client, field: Field, kind: str, field_names: int) -> None:
    page = client.get(_url(field, kind))
    assert len(page.context["form"].fields) == field_names
    assert [one["current"] for one in page.context["kinds"]].count(True) == 1
    assert address("nominees:add", field.round) in client.get(address("nominees:list", field.round)).content.decode()


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("government", {"category": "pemda", "region": "kab. kupang", "leader": "Ibu Ani (contoh)"}, "53.01"),
        ("government", {"category": "pemda", "region": "53.71"}, "53.71"),
        ("village", {"category": "desa", "region": "Desa Dafala"}, "53.04.02.2007"),
        ("village", {"category": "desa", "region": "Kelurahan Oesao", "within": "Kupang Timur"}, "53.01.06.1004"),
        ("business", BUSINESS, "53.71"),
    ],
)
def test_a_nominee_is_nominated_once(client: Client, field: Field, kind: str, data: dict[str, Any], code: str) -> None:
    first = client.post(_url(field, kind), data | {"person": "Budi (contoh)"})
    second = client.post(_url(field, kind), data)

    nomination = Nomination.objects.get()
    assert first.url == address("nominees:detail", field.round, number=nomination.number)
    assert second.context["form"].non_field_errors()
    assert (nomination.nominee.region.code, nomination.status) == (code, Status.PROPOSED)
    assert nomination.contact.person == "Budi (contoh)"
    assert AuditEvent.objects.get(action="nomination.created").actor == field.secretary


@pytest.mark.parametrize(
    ("kind", "data", "where", "said"),
    [
        ("government", {"category": "pemda", "region": "Kupang"}, "region", "Kota Kupang (53.71)"),
        ("government", {"category": "pemda", "region": "Kota Ende"}, "region", "official list"),
        ("government", {"category": "pemda", "region": "53"}, "region", "another kind"),
        ("village", {"category": "desa", "region": "Kecamatan Kupang Timur"}, "region", "another kind"),
        ("village", {"category": "desa", "region": "Desa Dafala", "within": "Kupang Timur"}, "region", "53.04.02.2007"),
        ("village", {"category": "pemda", "region": "Desa Dafala"}, "category", "pemda"),
        ("business", BUSINESS | {"nib": "12"}, "nib", ""),
        ("business", BUSINESS | {"sector": "trade"}, "__all__", "does not fit"),
        ("business", BUSINESS | {"region": ""}, "region", ""),
    ],
)
def test_what_is_wrong_is_named_and_nothing_is_written(
    client: Client, field: Field, kind: str, data: dict[str, Any], where: str, said: str
) -> None:
    with translation.override("en"):
        response = client.post(_url(field, kind), data, headers={"accept-language": "en"})
    assert response.status_code == 200
    assert said in str(response.context["form"].errors[where])
    assert not Nomination.objects.exists()
    assert not AuditEvent.objects.exists()


def test_without_a_category_the_page_leads_to_them(client: Client) -> None:
    round = make_round(state=State.NOMINATION)
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    page = client.get(address("nominees:add", round))
    assert page.context["form"] is None
    assert address("judging:categories", round) in page.content.decode()
    assert client.post(address("nominees:add", round), {}).status_code == 200


def test_only_the_secretariat_and_only_while_nominations_are_open(client: Client, field: Field) -> None:
    data = {"category": "pemda", "region": "53.71"}
    for role in (Role.CHAIR, Role.AUDITOR, Role.PLATFORM_ADMIN):
        client.force_login(make_user(role, round=field.round))
        assert client.post(_url(field), data).status_code == 403
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="52")))
    assert client.post(_url(field), data).status_code == 404
    client.force_login(field.secretary)
    field.round.state = State.SCORING
    field.round.save()
    assert client.post(_url(field), data).status_code == 403
    assert not Nomination.objects.exists()
