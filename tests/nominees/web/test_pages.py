"""The nominees' pages: who may open them, what they show, and that lists cost the same for 1 and 30 rows."""

from dataclasses import asdict
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from nominees.core.lifecycle import State
from nominees.models import BatchState, CountedIndicator, ImportBatch, Nomination, Status
from nominees.services.imports import apply_import, check_import
from nominees.services.nominations import nominate
from nominees.web.parts import address
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from tests.factories.nominees import Field, business_facts, make_field, region
from tests.factories.workbooks import business_row, good, nominees
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def field() -> Field:
    return make_field()


@pytest.fixture
def nomination(field: Field) -> Nomination:
    return nominate(category=field.governments, region=region("53.01"), actor=field.secretary, at=AT, leader="Ibu Ani")


@pytest.fixture
def batch(field: Field) -> ImportBatch:
    return _checked(field, good())


def _checked(field: Field, content: bytes) -> ImportBatch:
    return check_import(round=field.round, file_name="n.xlsx", content=content, actor=field.secretary, at=AT)


def _pages(field: Field, nomination: Nomination, batch: ImportBatch) -> dict[str, str]:
    round = field.round
    return {
        "list": address("nominees:list", round),
        "detail": address("nominees:detail", round, number=nomination.number),
        "edit": address("nominees:edit", round, number=nomination.number),
        "indicators": address("nominees:indicators", round, number=nomination.number),
        "import": address("nominees:import", round),
        "template": address("nominees:template", round),
        "batch": address("nominees:batch", round, batch_id=batch.pk),
        "problems": address("nominees:problems", round, batch_id=batch.pk),
    }


SECRETARIAT_ONLY = {"edit", "indicators", "import", "template"}


@pytest.mark.parametrize("role", [Role.SECRETARIAT, Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.ORGANISER])
def test_each_page_opens_for_its_roles(
    client: Client, field: Field, nomination: Nomination, batch: ImportBatch, role: Role
) -> None:
    client.force_login(make_user(role, round=field.round))
    before = AuditEvent.objects.count()

    answers = {name: client.get(url).status_code for name, url in _pages(field, nomination, batch).items()}

    closed = SECRETARIAT_ONLY if role != Role.SECRETARIAT else set()
    assert answers == {name: 403 if name in closed else 200 for name in answers}
    assert AuditEvent.objects.count() == before


def test_no_page_exists_for_another_province(
    client: Client, field: Field, nomination: Nomination, batch: ImportBatch
) -> None:
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="52")))

    for url in _pages(field, nomination, batch).values():
        assert client.get(url).status_code == 404
        assert client.post(url, {"act": "apply"}).status_code == 404
    assert ImportBatch.objects.get().state == BatchState.CHECKED


def test_signed_out_leads_to_sign_in(client: Client, field: Field, nomination: Nomination, batch: ImportBatch) -> None:
    for url in _pages(field, nomination, batch).values():
        answer = client.get(url)
        assert (answer.status_code, answer["Location"].partition("?")[0]) == (302, "/masuk/")


def test_a_batch_or_nominee_of_another_round_is_not_found(client: Client, field: Field, batch: ImportBatch) -> None:
    other = make_field(region_code="52", year=2023)
    client.force_login(other.secretary)

    assert client.get(address("nominees:batch", other.round, batch_id=batch.pk)).status_code == 404
    assert client.get(address("nominees:problems", other.round, batch_id=batch.pk)).status_code == 404
    assert client.get(address("nominees:detail", other.round, number=1)).status_code == 404


def _upload(client: Client, field: Field, content: bytes) -> HttpResponse:
    file = SimpleUploadedFile("nomine.xlsx", content)
    answer: Any = client.post(address("nominees:import", field.round), {"workbook": file}, follow=True)
    return answer


def test_two_wrong_rows_are_shown_with_their_cells_then_the_corrected_file_is_confirmed(
    client: Client, field: Field
) -> None:
    client.force_login(field.secretary)
    wrong = nominees(businesses=[business_row(1, NIB="12"), business_row(2, KBLI="1"), business_row(3)])

    page = _upload(client, field, wrong)

    text = page.content.decode()
    assert "Badan Usaha!H2" in text
    assert "Badan Usaha!G3" in text
    assert Nomination.objects.count() == 0

    _upload(client, field, nominees(businesses=[business_row(i) for i in range(1, 4)]))
    batch = ImportBatch.objects.get(state=BatchState.CHECKED)
    assert Nomination.objects.count() == 0
    url = address("nominees:batch", field.round, batch_id=batch.pk)

    for _ in range(2):  # the second click changes nothing
        assert client.post(url, {"act": "apply"}, follow=True).status_code == 200

    batch.refresh_from_db()
    assert (batch.state, Nomination.objects.count()) == (BatchState.APPLIED, 3)


def test_a_macro_workbook_or_an_empty_choice_is_told_and_changes_nothing(client: Client, field: Field) -> None:
    client.force_login(field.secretary)
    with translation.override("en"):
        assert client.post(address("nominees:import", field.round), {}).status_code == 200
        _upload(client, field, b"")

    assert [p["code"] for p in ImportBatch.objects.get().problems] == ["workbook_empty"]
    assert Nomination.objects.count() == 0


def test_the_list_of_problems_can_be_downloaded_and_its_text_is_text(client: Client, field: Field) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    client.force_login(field.secretary)
    content = nominees(businesses=[business_row(1, Sektor="@SUM(A1)")])
    batch = _checked(field, content)

    answer = client.get(address("nominees:problems", field.round, batch_id=batch.pk))

    rows = list(load_workbook(BytesIO(answer.content)).worksheets[0].iter_rows())
    assert [cell.value for cell in rows[1]][:3] == ["Badan Usaha", "E2", "import_cell_choice"]
    assert {cell.data_type for row in rows for cell in row} == {"s"}
    assert answer["Content-Disposition"].startswith("attachment")


def test_an_import_can_be_discarded(client: Client, field: Field, batch: ImportBatch) -> None:
    client.force_login(field.secretary)
    url = address("nominees:batch", field.round, batch_id=batch.pk)

    client.post(url, {"act": "nonsense"})
    assert ImportBatch.objects.get().state == BatchState.CHECKED
    client.post(url, {"act": "discard"})

    assert ImportBatch.objects.get().state == BatchState.DISCARDED
    assert client.get(url).status_code == 200


def test_others_may_not_confirm(client: Client, field: Field, batch: ImportBatch) -> None:
    client.force_login(make_user(Role.CHAIR, round=field.round))

    assert client.post(address("nominees:batch", field.round, batch_id=batch.pk), {"act": "apply"}).status_code == 403
    assert Nomination.objects.count() == 0


def test_screening_and_a_later_status(client: Client, field: Field, nomination: Nomination) -> None:
    client.force_login(field.secretary)
    url = address("nominees:detail", field.round, number=nomination.number)

    assert client.post(url, {"status": "rejected", "reason": "", "version": 1}).status_code == 200
    nomination.refresh_from_db()
    assert nomination.status == Status.PROPOSED

    assert client.post(url, {"status": "running", "reason": "", "version": 1}).status_code == 302
    stale = client.post(url, {"status": "outside", "reason": "tuan rumah", "version": 1})
    nomination.refresh_from_db()
    assert (stale.status_code, nomination.status) == (200, Status.RUNNING)

    client.post(url, {"status": "outside", "reason": "tuan rumah", "version": 2})
    nomination.refresh_from_db()
    assert (nomination.status, nomination.status_reason) == (Status.OUTSIDE, "tuan rumah")
    assert "tuan rumah" in client.get(url).content.decode()


def test_others_may_not_screen(client: Client, field: Field, nomination: Nomination) -> None:
    client.force_login(make_user(Role.CHAIR, round=field.round))

    answer = client.post(address("nominees:detail", field.round, number=1), {"status": "running", "version": 1})

    nomination.refresh_from_db()
    assert (answer.status_code, nomination.status) == (403, Status.PROPOSED)


def test_counts_are_entered_and_the_percentage_is_computed(
    client: Client, field: Field, nomination: Nomination
) -> None:
    client.force_login(field.secretary)
    url = address("nominees:indicators", field.round, number=nomination.number)
    data = {"criterion": "cakupan", "count": "1.200", "base": "4000", "source": "BPS", "as_of": "2024-12-31"}

    assert client.post(url, data | {"count": "30%"}).status_code == 200
    assert client.post(url, data | {"count": "5000"}).status_code == 200
    assert CountedIndicator.objects.count() == 0
    assert client.post(url, data).status_code == 302

    text = client.get(address("nominees:detail", field.round, number=nomination.number)).content.decode()
    assert "30,00%" in text
    assert "1.200 / 4.000" in text


def test_contacts_are_for_those_who_write_to_them(client: Client, field: Field) -> None:
    batch = _checked(field, nominees(businesses=[business_row(1, Narahubung="Bapak Rahasia")]))
    apply_import(batch=batch, actor=field.secretary, at=AT)
    url = address("nominees:detail", field.round, number=1)
    client.force_login(field.secretary)
    assert "Bapak Rahasia" in client.get(url).content.decode()

    client.force_login(make_user(Role.PANEL_MEMBER, round=field.round))

    assert "Bapak Rahasia" not in client.get(url).content.decode()


def test_the_list_filters_searches_and_sorts(client: Client, field: Field, nomination: Nomination) -> None:
    for i in (3, 1, 2):
        nominate(
            category=field.businesses, region=region("53.71"), business=business_facts(i), actor=field.secretary, at=AT
        )
    client.force_login(field.secretary)

    def names(query: str) -> list[str]:
        page = client.get(address("nominees:list", field.round) + query)
        return [row[0]["text"] for row in page.context["rows"]]

    everything = ["Kabupaten Kupang", "Koperasi 3 (contoh)", "Koperasi 1 (contoh)", "Koperasi 2 (contoh)"]
    assert names("") == everything
    assert names("?order=name") == [everything[0], *sorted(everything[1:])]
    assert names("?category=pemda") == ["Kabupaten Kupang"]
    assert names("?status=running") == []
    assert names("?q=simpan+2") == ["Koperasi 2 (contoh)"]
    assert names("?q=53.01") == ["Kabupaten Kupang"]
    assert names("?order=nonsense&page=99") == everything


INJECTIONS = ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7919|add:54321 }}", "=HYPERLINK(1)"]


@pytest.mark.parametrize("text", INJECTIONS)
def test_markup_in_names_is_shown_as_text(client: Client, field: Field, text: str) -> None:
    nominate(
        category=field.businesses,
        region=region("53.71"),
        business=business_facts(1, name=text),
        actor=field.secretary,
        at=AT,
        leader=text,
    )
    client.force_login(field.secretary)

    for url in (address("nominees:list", field.round), address("nominees:detail", field.round, number=1)):
        page = client.get(url).content.decode()
        assert "62240" not in page  # what a template would make of the third
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def _queries(client: Client, url: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_lists_cost_the_same_for_one_and_thirty_rows(client: Client, field: Field) -> None:
    client.force_login(field.secretary)
    content = nominees(
        businesses=[business_row(i) for i in range(2, 31)], villages=[{"Kode desa/kelurahan": "53.04.02.2007"}]
    )
    apply_import(batch=_checked(field, good()), actor=field.secretary, at=AT)
    urls = [
        address("nominees:list", field.round),
        address("nominees:import", field.round),
        address("nominees:batch", field.round, batch_id=ImportBatch.objects.get().pk),
        address("nominees:detail", field.round, number=1),
    ]
    one = [_queries(client, url) for url in urls]

    big = apply_import(batch=_checked(field, content), actor=field.secretary, at=AT)
    for _ in range(3):
        _checked(field, b"")
    urls[2] = address("nominees:batch", field.round, batch_id=big.pk)

    assert [_queries(client, url) for url in urls] == one
    assert max(one) <= 15


def test_pages_stay_open_for_reading_after_the_round_went_on(
    client: Client, field: Field, nomination: Nomination, batch: ImportBatch
) -> None:
    field.round.state = State.DECIDED
    field.round.save()
    client.force_login(field.secretary)

    answers = {name: client.get(url).status_code for name, url in _pages(field, nomination, batch).items()}

    assert answers == {name: 403 if name in SECRETARIAT_ONLY else 200 for name in answers}


def test_a_government_is_corrected(client: Client, field: Field, nomination: Nomination) -> None:
    client.force_login(field.secretary)
    url = address("nominees:edit", field.round, number=nomination.number)
    data = {"category": "pemda", "leader": "Bapak Budi (contoh)", "person": "Ani (contoh)", "version": 1}

    assert client.post(url, data | {"version": 9}).status_code == 200
    assert client.post(url, data).status_code == 302

    nomination.refresh_from_db()
    assert (nomination.leader, nomination.contact.person) == ("Bapak Budi (contoh)", "Ani (contoh)")


def test_a_business_is_corrected_and_stays_one(client: Client, field: Field) -> None:
    known: dict[str, Any] = {"category": field.businesses, "region": region("53.71"), "actor": field.secretary}
    for number in (1, 2):
        nominate(business=business_facts(number), **known, at=AT)
    client.force_login(field.secretary)
    url = address("nominees:edit", field.round, number=2)
    data = asdict(business_facts(2)) | {"category": "ubm-keuangan", "region": "53.01", "version": 1}

    assert client.get(url).context["form"]["nib"].value() == f"{2:013d}"
    assert client.post(url, data | {"nib": f"{1:013d}"}).status_code == 200
    assert client.post(url, data | {"size_class": "micro"}).status_code == 200
    assert client.post(url, data | {"size_class": "large"}).status_code == 302

    nominee = Nomination.objects.select_related("nominee__business", "nominee__region").get(number=2).nominee
    assert (nominee.business.size_class, nominee.region.code) == ("large", "53.01")
