"""Who sees how firm a result is, what the pages say of it, and at what cost."""

import json
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from judging.core.diagnostics import answer, diagnose
from judging.models import Plenary
from judging.selectors.standings import PendingPool
from judging.services.plenary import open_plenary
from judging.web import firmness, firmness_seats, firmness_summary
from judging.web.firmness_charts import difference_words, signed
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def url(name: str, scored: Scored) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": scored.round.scope_code})


def opened(scored: Scored) -> Plenary:
    return open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)


def test_before_the_plenary_nobody_sees_anything_of_it(client: Client) -> None:
    scored = make_scored_round()
    for user, status in ((scored.member, 403), (scored.chair, 200)):
        client.force_login(user)
        response = client.get(url("firmness", scored))
        assert response.status_code == status
        assert b"chart" not in response.content
        assert client.get(url("firmness", scored), {"format": "json"}).status_code == 403


def test_it_opens_with_the_ranking_and_to_nobody_else(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    assert client.get(url("firmness", scored)).status_code == 302
    client.force_login(make_scored_round(region_code="52").chair)
    assert client.get(url("firmness", scored)).status_code == 404
    auditor = make_user(Role.AUDITOR, round=scored.round)
    client.force_login(auditor)
    assert client.get(url("firmness", scored)).status_code == 403
    type(scored.round).objects.update(state=State.DECIDED)
    assert client.get(url("firmness", scored)).status_code == 200


def test_the_data_are_those_of_the_core(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    part = client.get(url("firmness", scored)).context["part"]
    found = client.get(url("firmness", scored), {"format": "json"}).json()
    assert found == json.loads(json.dumps(answer(diagnose(part.problem, part.result, limit=20))))


def test_every_question_has_its_section_and_every_chart_its_table(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    response = client.get(url("firmness", scored))
    sections = {section.id: section for _, group in response.context["groups"] for section in group}
    assert [*sections] == [
        "tanpa-satu-unsur",
        "metode",
        "bobot",
        "kestabilan",
        "panel-lain",
        "kesepakatan",
        "unsur",
        "unsur-rinci",
        "keterhubungan",
        "perbedaan",
        "disesuaikan",
    ]
    assert len(sections["tanpa-satu-unsur"].table.rows) == 9
    text = response.content.decode()
    assert text.count('role="img"') == 2
    assert text.count("<details") >= 2
    assert scored.seats[0].name in text


def test_the_ranking_shows_a_sentence_for_each_title_two_charts_and_the_way_to_the_rest(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    response = client.get(url("ranking", scored))
    firm = response.context["firm"]
    assert [chart.id for chart in firm.charts] == ["chart-totals", "chart-spread"]
    assert [place.main.split(",")[0].split(" is ")[0] for place in firm.places][:2] == ["Terbaik I", "Terbaik II"]
    text = response.content.decode()
    assert f'href="{url("firmness", scored)}?kategori=pemda"' in text
    assert all(place.main in text.replace("&#x27;", "'") for place in firm.places)


def test_a_large_category_has_the_link_alone(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    monkeypatch.setattr(firmness_summary, "LARGEST", 3)
    response = client.get(url("ranking", scored))
    assert response.context["firm"] is None
    assert url("firmness", scored) in response.content.decode()
    assert b"app-chart" not in response.content


def test_of_many_flags_the_widest_are_listed_and_the_page_says_so(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    monkeypatch.setattr(firmness_seats, "FLAGGED", 1)
    groups = client.get(url("firmness", scored)).context["groups"]
    (section,) = [section for _, group in groups for section in group if section.id == "perbedaan"]
    assert [row[2] for row in section.table.rows] == ["30,0"]
    assert len(section.notes) == 1


def test_a_pool_and_a_category_of_one_have_their_page(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.chair)
    for query in ({"umum": "umum"}, {"kategori": "desa"}):
        assert client.get(url("firmness", scored), query).status_code == 200
    assert client.get(url("firmness", scored), {"kategori": "lain"}).status_code == 404


def test_a_pool_that_waits_says_so_and_has_no_data(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    scored = make_scored_round()
    opened(scored)
    monkeypatch.setattr(firmness, "part_of", lambda *asked: PendingPool(scored.pool, (scored.category,)))
    client.force_login(scored.chair)
    for query in ({"umum": "umum"}, {"umum": "umum", "format": "json"}):
        response = client.get(url("firmness", scored), query)
        assert response.context["pending"]
        assert b"app-chart" not in response.content


def test_a_distance_from_the_panel_is_said_in_words_and_with_its_sign() -> None:
    with translation.override("en"):
        assert [difference_words(value) for value in (2.14, -2.14, 0.01, None)] == [
            "2,1 above the panel",
            "2,1 below the panel",
            "level with the panel",
            "cannot be told",
        ]
        assert [signed(value) for value in (2.14, -2.14, 0.01, None)] == ["+2,1", "-2,1", "0,0", "–"]


def test_the_plenary_has_the_verdict_and_the_number_of_flags_for_each_item(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.chair)
    agenda = client.get(url("plenary", scored)).context["agenda"]
    firm = {item.code: item.firm for item in agenda}
    assert firm["pemda"].flags == len(diagnose(agenda[0].part.problem, limit=20).divergence) > 0
    text = client.get(url("plenary", scored)).content.decode()
    assert f"{url('firmness', scored)}?umum=umum" in text


def test_it_costs_the_same_for_few_and_for_30_nominees(client: Client) -> None:
    costs = []
    for region_code, more in (("53", 0), ("52", 30)):
        scored = make_scored_round(region_code=region_code)
        for number in range(10, 10 + more):
            add_nominee(scored, number)
        opened(scored)
        scored.seats[0].own_categories.add(scored.category)
        client.force_login(scored.member)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("firmness", scored)).status_code == 200
        assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_only_looking_and_only_at_what_there_is(client: Client) -> None:
    scored = make_scored_round()
    opened(scored)
    client.force_login(scored.member)
    for name in ("ranking", "firmness"):
        assert client.post(url(name, scored)).status_code == 405
        assert client.head(url(name, scored)).status_code == 200
        for wrong in ({"kategori": "lain"}, {"umum": "lain"}, {"umum": "umum\0"}):
            assert client.get(url(name, scored), wrong).status_code == 404
