"""What a nominee brought stands beside the sheet and beside the criterion it speaks to; not for a recused seat."""

import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from nominees.services.evidence import withdraw_evidence
from nominees.web.parts import address
from paritrana.accounts.models import Role
from tests.factories import sheets as make
from tests.factories.evidence import JPEG, bring
from tests.factories.member_day import give, make_member_day
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    found = make_member_day(client)
    return found | {"secretary": make_user(Role.SECRETARIAT, round=found["round"])}


def file_url(world, one):
    return address("nominees:evidence_file", world["round"], number=world["nomination"].number, evidence_id=one.pk)


def test_evidence_stands_beside_the_sheet_and_beside_its_criterion(client, world):
    general = bring(world["nomination"], world["secretary"], name="profil.pdf")
    special = bring(world["nomination"], world["secretary"], content=JPEG, name="foto.jpg", criterion="inovasi")
    text = client.get(world["url"]).content.decode()
    field = re.search(r'id="k-inovasi".*?</fieldset>', text, re.S).group()
    assert file_url(world, special) in field
    assert file_url(world, general) not in field
    aside = text[text.index('id="nomine"') :]
    for one in (general, special):
        assert file_url(world, one) in aside
        assert client.get(file_url(world, one)).status_code == 200
    assert "diterima terlambat (contoh)" in aside


def test_withdrawn_evidence_is_gone_from_the_sheet(client, world):
    one = bring(world["nomination"], world["secretary"])
    withdraw_evidence(evidence=one, reason="salah", actor=world["secretary"], at=AT)
    assert file_url(world, one) not in client.get(world["url"]).content.decode()


def test_a_recused_member_sees_no_evidence_on_the_sheet(client, world):
    one = bring(world["nomination"], world["secretary"], criterion="inovasi", name="rahasia.pdf")
    make.make_recusal(world["seats"][0], world["nomination"])
    assert "rahasia" not in client.get(world["url"]).content.decode()
    assert client.get(file_url(world, one)).status_code == 403


def test_the_sheet_costs_ten_statements_however_much_was_brought(client, world):
    give(client, world["nomination"], "80")
    client.get(world["url"])
    counts = []
    for number in range(3):
        with CaptureQueriesContext(connection) as captured:
            client.get(world["url"])
        counts.append(len(captured))
        bring(world["nomination"], world["secretary"], content=JPEG[:-2] + bytes([number]) + b"\xff\xd9")
    assert counts == [10, 10, 10]
