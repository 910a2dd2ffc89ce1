"""What pages say of soft bounds, and that a form or its facts cannot go round them."""

import re

import pytest
import time_machine
from django.utils import translation

from judging.models import Sheet, SheetState
from judging.selectors.paper_entries import code_of
from nominees.templatetags.rounds import round_url
from tests.factories.member_day import give, hidden, make_member_day
from tests.factories.papers import address, make_paper_world, type_in
from tests.factories.soft_bounds import soften
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def interview_day():
    with translation.override("en"), time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def world(client):
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    found = make_member_day(client)
    soften(found["category"])
    return found


def note_of(page):
    """The fold that holds the note of ``komitmen``."""
    field = re.search(r'id="k-komitmen".*?</fieldset>', page.content.decode(), re.S).group()
    return re.findall(r"<details[^>]*>", field)[-1]


def test_the_form_tells_the_bounds_and_opens_the_note_of_a_mark_outside(client, world):
    page = client.get(world["url"])
    assert 'data-soft-min="60" data-soft-max="95"' in page.content.decode()
    assert "Usually 60 to 95; outside needs a note" in page.content.decode()
    assert "open" not in note_of(page)
    give(client, world["nomination"], "59,5", "3")
    assert "open" in note_of(client.get(world["url"]))


def test_the_review_asks_for_the_note_instead_of_offering_to_submit(client, world):
    give(client, world["nomination"], "59,5", "3")
    review = client.get(world["review"])
    assert not review.context["is_ready"]
    assert f'href="{world["url"]}#k-komitmen"' in review.content.decode()
    assert "59,5 lies outside the usual 60 to 95" in review.content.decode()
    data = {"revision": hidden(client.get(world["url"]), "revision"), "request_key": "kunci-langsung"}
    refused = client.post(world["review"], data)
    assert refused.status_code == 422
    assert "59,5 lies outside the usual 60 to 95" in refused.content.decode()
    facts = client.post(world["review"], data, headers={"accept": "application/json"})
    assert (facts.status_code, list(facts.json()["faults"])) == (422, ["komitmen"])
    assert Sheet.objects.get().state == SheetState.DRAFT


def test_the_day_names_the_criterion_and_does_not_tick_the_sheet(client, world):
    give(client, world["nomination"], "59,5", "3")
    page = client.get(round_url("judging:day_review", world["nomination"].round) + "?hari=semua")
    (ready,) = page.context["ready"]
    assert ready.unexplained == ("Komitmen",)
    assert re.search(r'name="kirim"[^>]* disabled>', page.content.decode())


def test_the_list_of_the_day_counts_a_sheet_as_ready_only_with_its_note(client, world):
    give(client, world["nomination"], "59,5", "3")
    page = client.get(world["day"])
    assert page.context["ready"] == 0
    assert [item["left"] for item in page.context["rows"]] == ["Outside the usual range without a note: Komitmen"]
    give(client, world["nomination"], "60", "3")
    page = client.get(world["day"])
    assert page.context["ready"] == 1
    assert [item["left"] for item in page.context["rows"]] == ["Complete, not submitted yet"]


def test_the_rubric_page_prints_the_bounds(client, world):
    page = client.get(round_url("judging:rubric", world["nomination"].round, code=f"rubrik-{world['category'].code}"))
    assert "0–100. Usually 60 to 95; outside needs a note" in page.content.decode()


def test_the_third_step_over_a_paper_offers_a_note(client):
    paper = make_paper_world()
    soften(paper["nomination"].category)
    paper["code"] = code_of(paper["round"], paper["seats"][0], paper["nomination"])
    type_in(paper, "ani", {"komitmen": "70", "inovasi": "3"})
    type_in(paper, "budi", {"komitmen": "79", "inovasi": "3"})
    client.force_login(paper["citra"])
    page = client.get(address(paper, "paper_settle"))
    assert 'name="catatan-komitmen"' in page.content.decode()
