"""The rubric pages."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation

from judging.core import rubric as core
from judging.models import CategoryRubric, Rubric, RubricVersion
from judging.services.rubrics import sample_documents
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from tests.factories.costs import cost
from tests.factories.rubrics import make_rubric, make_version, rubric_document
from tests.factories.world import make_category, make_round, make_user

pytestmark = pytest.mark.django_db


def url(name, round, **kwargs):
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": round.scope_code, **kwargs})


@pytest.fixture
def world(client):
    round = make_round()
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    return round


def test_sample_rubrics_by_one_button(client, world):
    make_category(world)
    assert client.get(url("rubrics", world)).status_code == 200
    assert not Rubric.objects.exists()
    for _click in range(2):
        assert client.post(url("rubrics", world), {"samples": ""}).status_code == 302
    assert Rubric.objects.count() == len(sample_documents()) == 2
    assert CategoryRubric.objects.count() == 1
    page = client.get(url("rubric", world, code="pemerintah"))
    assert "contoh, bukan bobot resmi" in page.content.decode()
    shares = {line["id"]: (line["weight"], line["share"]) for line in page.context["tree"]}
    assert shares["cakupan"] == ("40", "40")
    assert shares["pemahaman"] == ("35", "7")


def test_a_rubric_is_added_drafted_from_text_and_from_a_file_and_assigned(client, world):
    category = make_category(world)
    added = {"rubric": "", "name": "Desa", "code": "desa"}
    assert client.post(url("rubrics", world), added).status_code == 302
    page = url("rubric", world, code="desa")
    assert client.get(page).status_code == 200
    assert client.post(page, {"text": json.dumps(rubric_document())}).status_code == 302
    file = SimpleUploadedFile("r.json", json.dumps({"tree": rubric_document(title="Lain")}).encode())
    assert client.post(page, {"file": file, "reason": "Istilah"}).status_code == 302
    second = RubricVersion.objects.get(number=2)
    shown = client.get(page)
    assert shown.context["version"] == second
    assert [row[2]["text"] for row in shown.context["differences"]] == ["Inovasi"]
    assert client.get(page, {"versi": 1}).context["version"].number == 1
    assert client.get(page, {"versi": 3}).status_code == 404
    assigned = {"assign": "", "category": category.pk, "version": second.pk}
    assert client.post(url("rubrics", world), assigned).status_code == 302
    assert category.rubric.version == second


def test_weights_that_do_not_close_are_told_by_branch_sum_and_difference(client, world):
    make_rubric(world, "desa")
    with translation.override("en"):
        response = client.post(
            url("rubric", world, code="desa"),
            {"text": json.dumps(rubric_document(panel_weight="59.5"))},
            headers={"accept-language": "en"},
        )
    (fault,) = response.context["faults"]
    for part in ("Nilai akhir (total)", "99,5", "0,5"):
        assert part in fault
    assert not RubricVersion.objects.exists()


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"id": 1}', '{"id": "t", "children": [{"id": "a", "weight": 99.5}]}', "[" * 5000]
)
def test_bad_documents_are_told_and_change_nothing(client, world, text):
    make_rubric(world, "desa")
    response = client.post(url("rubric", world, code="desa"), {"text": text})
    assert response.status_code == 200
    assert response.context["faults"] or response.context["form"].errors
    assert not RubricVersion.objects.exists()


def test_a_file_that_is_no_text_or_both_sources_are_refused(client, world):
    make_rubric(world, "desa")
    page = url("rubric", world, code="desa")
    binary = client.post(page, {"file": SimpleUploadedFile("r.json", b"\xff\xfe\x00")})
    assert binary.context["form"].has_error("__all__", "not_text")
    both = client.post(page, {"file": SimpleUploadedFile("r.json", b"{}"), "text": "{}"})
    assert both.context["form"].has_error("__all__", "one_source")
    large = client.post(page, {"file": SimpleUploadedFile("r.json", b" " * (256 * 1024 + 1))})
    assert large.context["form"].has_error("__all__", "too_large")
    assert not RubricVersion.objects.exists()


def test_the_download_is_what_the_upload_takes_and_the_hash_is_of(client, world):
    version = make_version(make_rubric(world, "desa"))
    response = client.get(url("rubric_document", world, code="desa", number=1))
    document = json.loads(response.content)
    assert "attachment" in response["Content-Disposition"]
    assert core.content_hash(core.from_document(document["tree"])) == document["hash"] == version.content_hash
    assert client.get(url("rubric_document", world, code="desa", number=2)).status_code == 404


def test_others_read_and_nobody_changes_rubrics_later(client, world):
    rubric = make_rubric(world, "desa")
    make_version(rubric)
    page = url("rubric", world, code="desa")
    client.force_login(make_user(Role.PANEL_MEMBER, round=world))
    assert client.get(page).context["form"] is None
    assert client.post(page, {"text": json.dumps(rubric_document(title="Lain"))}).status_code == 403
    assert client.post(url("rubrics", world), {"samples": ""}).status_code == 403
    world.state = State.NOMINATION
    world.save()
    client.force_login(make_user(Role.SECRETARIAT, round=world))
    assert client.post(url("rubrics", world), {"samples": ""}).status_code == 403
    assert RubricVersion.objects.count() == Rubric.objects.count() == 1


def test_another_province_and_the_signed_out_never_get_in(client, world):
    make_version(make_rubric(world, "desa"))
    pages = [
        url("rubrics", world),
        url("rubric", world, code="desa"),
        url("rubric_document", world, code="desa", number=1),
    ]
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="52")))
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    client.logout()
    assert [client.get(page).status_code for page in pages] == [302, 302, 302]


def test_rubrics_cost_the_same_for_1_and_30(client, world):
    def add(number):
        version = make_version(make_rubric(world, f"rubrik-{number}"))
        CategoryRubric.objects.create(category=make_category(world, f"kategori-{number}"), version=version)

    add(1)
    one = cost(client, url("rubrics", world))
    for number in range(2, 31):
        add(number)
    assert cost(client, url("rubrics", world)) == one <= 14
    assert len(client.get(url("rubrics", world)).context["rows"]) == 30
