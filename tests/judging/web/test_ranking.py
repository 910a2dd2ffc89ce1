"""The ranking and its explanation: who sees them when, what they say, and at what cost."""

from typing import Any
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.models import Plenary, Standing
from judging.selectors import ranking_rows, ranking_run
from judging.services.plenary import open_plenary
from judging.web import ranking_page
from nominees.core.lifecycle import State
from nominees.models import Nominee
from paritrana.accounts.models import Role
from tests.factories.costs import cost as cost_of
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
    part, table = response.context["part"], response.context["table"]
    assert [(row.number, row.place, row.title, row.score, row.is_tied) for row in table.ranked] == [
        ("2", "1", "Terbaik I", "60,33", False),
        ("1", "2", "Terbaik II", "60,33", False),
        ("3", "3", "Terbaik III", "54,00", True),
        ("4", "3", "Terbaik III", "54,00", True),
    ]
    assert [(row.number, row.reason, row.outside_total) for row in table.unranked] == [
        ("5", "outside", "84,00"),
        ("6", "no_show", ""),
    ]
    assert table.ranked[1].spread == "6,00"  # 0.4 * 0.5 * (100 - 70)
    assert table.ranked[1].cells == (("33,33", None), ("80,00", None), ("80,00", 9), ("75,00", 9))
    assert table.has_open_ties
    assert part.recount_agrees
    text = body(response)
    for fact in ("60,33", "54,00", "33,33", "84,00", part.part.input_hash, plenary.tabulation.engine_version):
        assert fact in text


def test_ranking_of_a_pool_and_of_another_category(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.chair)
    pool = client.get(url("ranking", scored), {"umum": "umum"}).context["table"]
    assert [row.number for row in pool.ranked] == ["7", "2"]
    village = client.get(url("ranking", scored), {"kategori": "desa"}).context["table"]
    assert [row.number for row in village.ranked] == ["7"]
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
        cost = [cost_of(client, address) for address in (url("ranking", scored), url("standing", scored, number=1))]
        costs.append(cost)
    assert costs[0] == costs[1]
    assert costs[0][0] == 10
    assert Standing.objects.count() == 2 * 7 + 30


def test_reading_changes_nothing(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.chair)
    client.get(url("ranking", scored))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("standing", scored, number=1))
    assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


@pytest.mark.parametrize("language", ["id", "en"])
def test_long_ranking_is_one_narrow_table_with_the_same_places(
    client: Client, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(ranking_rows, "CARDS", 3)
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    client.cookies["django_language"] = language
    for query in ("", "?kategori=pemda"):
        text = body(client.get(url("ranking", scored) + query))
        table = text[text.index("app-compact") : text.index("is-wordy")]
        assert "<th><a href=2/>" in table
        assert "data-label" not in table
        assert "<td>60,33<td>50<td>60<td>71<td>71<td>" in table
        assert "<td>60 (8)<td>60 (8)<td>" in table
        assert urljoin(url("ranking", scored) + query, "2/") == url("standing", scored, number=2)
    assert text.count('role="region" tabindex="0"') >= 2


def test_names_are_text_in_a_long_ranking_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking_rows, "CARDS", 3)
    scored = make_scored_round()
    opened(scored)
    Nominee.objects.filter(pk=scored.nominations[2].nominee_id).update(name='<script>x</script> & "y"')
    client.force_login(scored.member)
    text = body(client.get(url("ranking", scored)))
    assert "<script>x" not in text
    assert "&lt;script&gt;x&lt;/script&gt; &amp; &quot;y&quot;" in text


def test_warm_ranking_does_not_count_again_and_asks_who_may_see_every_time(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored, other = make_scored_round(), make_scored_round(region_code="52")
    opened(scored)
    client.force_login(scored.member)
    first = body(client.get(url("ranking", scored)))
    for module in (ranking_run, ranking_page):
        monkeypatch.setattr(module, "final_part", lambda *_args, **_kwargs: pytest.fail("counted again"))
    again = body(client.get(url("ranking", scored)))
    start = '<main id="main"'
    assert again[again.index(start) :] == first[first.index(start) :]
    client.force_login(make_user(Role.AUDITOR, round=scored.round))
    assert client.get(url("ranking", scored)).status_code == 403
    client.force_login(other.chair)
    assert client.get(url("ranking", scored)).status_code == 404
