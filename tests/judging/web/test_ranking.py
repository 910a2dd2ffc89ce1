"""The ranking and its explanation: who sees them when, what they say, and at what cost."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.models import Plenary, Standing
from judging.services.plenary import open_plenary
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


def url(name: str, scored: Scored, **kwargs: Any) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": scored.round.scope_code, **kwargs})


def opened(scored: Scored) -> Plenary:
    return open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)


def body(response: Any) -> str:
    return str(response.content.decode())


@pytest.mark.parametrize("who", ["chair", "secretary"])
def test_before_the_plenary_chair_and_secretariat_see_what_is_missing_and_no_score(client: Client, who: str) -> None:
    scored = make_scored_round()
    add_nominee(scored, 8, seats=4)
    client.force_login(getattr(scored, who))
    for address in (url("ranking", scored), url("standing", scored, number=1)):
        response = client.get(address)
        assert response.templates[0].name == "judging/ranking/not_yet.html"
        assert [each["met"] for each in response.context["conditions"]].count(False) == 1
        for secret in ("60,33", "60.33", "54,00", "Terbaik"):
            assert secret not in body(response)


@pytest.mark.parametrize("state", [State.PREPARATION, State.NOMINATION, State.SCORING])
def test_before_the_plenary_members_and_others_get_403(client: Client, state: State) -> None:
    scored = make_scored_round(state=state)
    for user in (
        scored.member,
        make_user(Role.ORGANISER, round=scored.round),
        make_user(Role.AUDITOR, round=scored.round),
    ):
        client.force_login(user)
        assert client.get(url("ranking", scored)).status_code == 403
        assert client.get(url("standing", scored, number=1)).status_code == 403


@pytest.mark.parametrize("who", ["chair", "secretary", "member"])
def test_before_the_plenary_the_data_are_refused_to_everybody(client: Client, who: str) -> None:
    scored = make_scored_round()
    client.force_login(getattr(scored, who))
    response = client.get(url("standing", scored, number=1), {"format": "json"})
    assert response.status_code == 403
    assert response.json() == {"error": "standings_not_open_yet"}


def test_in_the_plenary_the_ranking_shows_scores_places_seats_and_the_tie(client: Client) -> None:
    scored = make_scored_round()
    plenary = opened(scored)
    client.force_login(scored.member)
    response = client.get(url("ranking", scored))
    part = response.context["part"]
    assert [(line.nomination.number, line.place, line.score) for line in part.ranked] == [
        (2, "1", "60.33"),
        (1, "2", "60.33"),
        (3, "3", "54.00"),
        (4, "3", "54.00"),
    ]
    assert [(line.nomination.number, line.unranked_reason) for line in part.unranked] == [
        (5, "outside"),
        (6, "no_show"),
    ]
    assert [str(line.outside_total) for line in part.unranked] == ["84", "None"]
    assert str(part.ranked[1].spread) == "6"  # 0.4 * 0.5 * (100 - 70)
    assert part.recount_agrees
    text = body(response)
    for fact in ("60,33", "54,00", "33,33", "84,00", part.part.input_hash, plenary.tabulation.engine_version):
        assert fact in text


def test_ranking_of_a_pool_and_of_another_category(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.chair)
    pool = client.get(url("ranking", scored), {"umum": "umum"}).context["part"]
    assert [line.nomination.number for line in pool.ranked] == [7, 2]
    village = client.get(url("ranking", scored), {"kategori": "desa"}).context["part"]
    assert [line.nomination.number for line in village.ranked] == [7]
    assert client.get(url("ranking", scored), {"kategori": "lain"}).status_code == 404


def test_in_the_plenary_organiser_and_auditor_get_403_and_after_the_decision_they_read(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    for role in (Role.ORGANISER, Role.AUDITOR):
        client.force_login(make_user(role, round=scored.round))
        assert client.get(url("ranking", scored)).status_code == 403
        type(scored.round).objects.update(state=State.DECIDED)
        assert client.get(url("ranking", scored)).status_code == 200
        type(scored.round).objects.update(state=State.PLENARY)


def test_another_province_gets_404_and_signed_out_goes_to_sign_in(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    for address in (url("ranking", scored), url("standing", scored, number=1), url("plenary", scored)):
        assert client.get(address).status_code == 302
    client.force_login(make_scored_round(region_code="52").chair)
    for address in (url("ranking", scored), url("standing", scored, number=1), url("plenary", scored)):
        assert client.get(address).status_code == 404
        assert client.get(address, {"format": "json"}).status_code == 404


def test_standing_explains_itself_down_to_the_cell_and_its_sheet(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    found = client.get(url("standing", scored, number=1), {"format": "json"}).json()
    assert (found["place"], found["score"], found["exact"], found["title"]) == ("2", "60.33", "181/3", "Terbaik II")
    steps = {step["criterion"]: step for step in found["criteria"]}
    innovation = steps["inovasi"]
    assert (innovation["sum"], innovation["divisor"], innovation["mean"], innovation["seats"]) == ("560", 7, "80", 9)
    dropped = [(cell["seat"], cell["value"]) for cell in innovation["cells"] if cell["dropped"]]
    assert dropped == [("unsur-1", "70"), ("unsur-9", "100")]
    assert innovation["cells"][0]["version"] == 1
    assert innovation["cells"][0]["entered_by"] == str(scored.chair)
    assert steps["cakupan"]["indicator"]["count"] == 1
    assert steps["cakupan"]["score"] == "100/3"
    assert [entry["entered_by"] for entry in steps["regulasi"]["entries"]] == [
        str(scored.secretary),
        str(scored.second),
    ]
    assert (found["above"]["by"], found["above"]["step"], found["above"]["basis"]) == ("tie", "by_weight", "cakupan")
    assert found["above"]["values"] == {"1": "100/3", "2": "50"}
    assert (found["below"]["by"], found["below"]["difference"]) == ("score", "6.33")


def test_standing_page_says_what_the_data_say(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    response = client.get(url("standing", scored, number=1))
    text = body(response)
    for fact in ("181/3", "60,33", "<s>70</s>", "<s>100</s>", "BPS (contoh)", str(scored.second), "WITA"):
        assert fact in text
    recused = client.get(url("standing", scored, number=3), {"format": "json"}).json()
    cell = next(step for step in recused["criteria"] if step["criterion"] == "inovasi")["cells"][6]
    assert (cell["state"], cell["value"], cell["used"]) == ("recused", None, False)


@pytest.mark.parametrize("number", [5, 6, 7])
def test_standing_of_who_is_not_ranked_or_alone_is_shown(client: Client, number: int) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    response = client.get(url("standing", scored, number=number))
    assert response.status_code == 200
    assert response.context["why"].above is None
    assert client.get(url("standing", scored, number=99)).status_code == 404


def test_ranking_and_standing_cost_the_same_for_few_and_for_30_nominees(client: Client) -> None:
    costs = []
    for region_code, more in (("53", 0), ("52", 30)):
        scored = make_scored_round(region_code=region_code)
        for number in range(10, 10 + more):
            add_nominee(scored, number)
        opened(scored)
        client.force_login(scored.member)
        cost = []
        for address in (url("ranking", scored), url("standing", scored, number=1)):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            cost.append(len(queries))
        costs.append(cost)
    assert costs[0] == costs[1]
    assert Standing.objects.count() == 2 * 7 + 30


def test_reading_changes_nothing(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.chair)
    client.get(url("ranking", scored))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("standing", scored, number=1))
    assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
