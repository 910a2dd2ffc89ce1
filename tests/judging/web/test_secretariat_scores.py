"""The matrix and its form: the second person's page never tells the first figure."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from judging.models import SecretariatEntry
from judging.selectors.secretariat_scores import EntryState, score_cell, score_tables
from paritrana.accounts.models import Role
from tests.factories.secretariat import CRITERION, enter, make_secretariat_world
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world():
    return make_secretariat_world()


def cell(world, who):
    return score_cell(score_tables(world["round"], world[who]), world["nomination"].number, CRITERION)


def test_entry_by_form_and_correction_by_form(client, world):
    cell_url = f"{world['url']}?nomine={world['nomination'].number}&kriteria={CRITERION}"
    client.force_login(world["ani"])
    assert cell_url.split("/")[-1].replace("&", "&amp;") in client.get(world["url"]).content.decode()
    assert client.post(cell_url, {"value": "87,5", "source": "Laporan"}).url == world["url"]
    client.force_login(world["budi"])
    page = client.get(cell_url).content.decode()
    assert "87,5" not in page
    client.post(cell_url, {"value": "80", "source": "Laporan"})
    page = client.get(world["url"]).content.decode()
    assert "87,5" in page
    client.post(cell_url, {"value": "87,5", "source": "Laporan", "reason": "salah baris"})
    assert cell(world, "budi").state is EntryState.CONFIRMED


def test_thousands_point_is_no_decimal_point(client, world):
    client.force_login(world["ani"])
    cell_url = f"{world['url']}?nomine={world['nomination'].number}&kriteria={CRITERION}"
    page = client.post(cell_url, {"value": "1.000", "source": "Laporan"})
    assert page.status_code == 200
    assert not SecretariatEntry.objects.exists()


def test_page_of_the_second_does_not_depend_on_the_first_figure(client, world):
    client.force_login(world["budi"])
    entry = enter(world, "ani", "11")
    seen = []
    for value in ("11", "99"):
        SecretariatEntry.objects.filter(pk=entry.pk).update(value=value)
        page = client.get(world["url"]).content.decode()
        seen.append("\n".join(line for line in page.splitlines() if "csrfmiddlewaretoken" not in line))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("query", ["?nomine=999999&kriteria=administrasi", "?nomine=x&kriteria=y", "?kriteria=x"])
def test_cell_that_is_not_there_is_404(client, world, query):
    client.force_login(world["ani"])
    assert client.get(world["url"] + query).status_code == 404


def test_roles_provinces_and_signed_out(client, world):
    client.force_login(make_user(Role.CHAIR, round=world["round"]))
    assert client.get(world["url"]).status_code == 403
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="81")))
    assert client.get(world["url"]).status_code == 404
    client.logout()
    assert client.get(world["url"]).url.startswith("/masuk/")


@pytest.mark.parametrize("nominees", [1, 30])
def test_costs_the_same_for_one_and_thirty(client, world, nominees):
    client.force_login(world["ani"])
    for index in range(nominees - 1):
        make_nomination(world["category"], region_code=f"53.{index + 10}")
    with CaptureQueriesContext(connection) as captured:
        client.get(world["url"])
    assert len(captured) == 8
