"""The page on one place: its story, its sum, what parts it from its neighbours, and the sheet to print."""

from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from judging.services.plenary import open_plenary
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from tests.factories.scored import Scored, make_scored_round
from tests.factories.world import AT, make_user
from tests.judging.documents.reading import page_sizes, pages_text

pytestmark = pytest.mark.django_db


def url(name: str, scored: Scored, number: int) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": scored.round.scope_code, "number": number})


@pytest.fixture
def scored() -> Scored:
    found = make_scored_round()
    open_plenary(round=found.round, place="", actor=found.chair, at=AT)
    return found


def _page(client: Client, scored: Scored, number: int, **query: str) -> Any:
    client.force_login(scored.member)
    with translation.override("en"):
        return client.get(url("standing", scored, number), query, headers={"accept-language": "en"})


def test_the_story_comes_first(client: Client, scored: Scored) -> None:
    names = {number: str(nomination) for number, nomination in scored.nominations.items()}
    first = _page(client, scored, 1).context["story"]
    assert first == [
        "Place 2 of 4 with 60,33: Terbaik II.",
        f"The same score as place 1, {names[2]}, which the rules put first:"
        " Higher score on the criteria, the heaviest first (Cakupan).",
        f"6,33 points above place 3, {names[3]}.",
    ]
    assert _page(client, scored, 4).context["story"][1:] == [f"Shares the place with {names[3]}."]
    assert _page(client, scored, 5).context["story"] == ["No place: Outside the ranking."]


def test_the_page_shows_the_sum_the_differences_and_the_steps_of_the_tie(client: Client, scored: Scored) -> None:
    response = _page(client, scored, 1)
    text = response.content.decode()
    for fact in ("≈ 33,3333", "181/3", "≈ -6,6667", "+6,33", "1 / 3 × 100 = ", "8 × 100 / 10 = ", "560 / 7 = 80"):
        assert fact in text, fact
    (step,) = response.context["tie"]
    assert [value for _, value in step.values] == [50, Fraction(100, 3)]
    assert "<script" not in text.split("<main")[1]
    assert "style=" not in text.split("<main")[1]


def test_the_sheet_is_printed_on_request_and_leaves_no_trace(client: Client, scored: Scored) -> None:
    client.force_login(scored.member)
    events = AuditEvent.objects.count()

    response = client.get(url("standing_sheet", scored, 1))

    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="lembar-penjelasan-2024-53-1.pdf"'
    (page,) = pages_text(response.content)
    assert "Peringkat 2 dari 4" in page
    assert "60,33" in page
    assert AuditEvent.objects.count() == events


def test_the_sheet_may_be_on_f4_and_about_a_pool(client: Client, scored: Scored) -> None:
    client.force_login(scored.member)
    response = client.get(url("standing_sheet", scored, 2), {"kertas": "F4", "umum": "umum"})
    assert page_sizes(response.content) == {(215, 330)}
    assert "Kategori umum" in pages_text(response.content)[0]


def test_the_sheet_is_for_those_who_see_the_standings(client: Client) -> None:
    before = make_scored_round(region_code="52")
    for user in (before.chair, before.secretary, before.member):
        client.force_login(user)
        assert client.get(url("standing_sheet", before, 1)).status_code == 403
    opened = make_scored_round()
    open_plenary(round=opened.round, place="", actor=opened.chair, at=AT)
    client.logout()
    assert client.get(url("standing_sheet", opened, 1)).status_code == 302
    client.force_login(before.chair)
    assert client.get(url("standing_sheet", opened, 1)).status_code == 404
    organiser = make_user(Role.ORGANISER, round=opened.round)
    client.force_login(organiser)
    assert client.get(url("standing_sheet", opened, 1)).status_code == 403
    type(opened.round).objects.filter(pk=opened.round.pk).update(state=State.DECIDED)
    assert client.get(url("standing_sheet", opened, 1)).status_code == 200
    assert client.get(url("standing_sheet", opened, 99)).status_code == 404
    assert client.post(url("standing_sheet", opened, 1)).status_code == 405
