"""Lists of a large round: as many queries as of a small one, in both of their shapes, and the same facts in both."""

import pytest
from django.test import Client

from judging.selectors import ranking_rows
from judging.web import progress
from nominees.templatetags.rounds import round_url
from tests.factories.costs import cost
from tests.factories.large_round import LargeRound, freeze, make_large_round

pytestmark = pytest.mark.django_db

#: Five nominees are cards and badges, twenty a plain table.
LONG = 10
COSTS = {"progress": 10, "nominees": 8, "my_day": 6, "ranking": 10}


@pytest.fixture(autouse=True)
def long_from_ten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ranking_rows, "CARDS", LONG)
    monkeypatch.setattr(progress, "BADGED", LONG)


def costs_of(client: Client, world: LargeRound) -> dict[str, int]:
    client.force_login(world.secretary)
    found = {"progress": cost(client, round_url("judging:progress", world.round))}
    found["nominees"] = cost(client, round_url("nominees:list", world.round))
    client.force_login(world.member)
    found["my_day"] = cost(client, round_url("judging:my_day", world.round) + "?hari=semua")
    freeze(world)
    found["ranking"] = cost(client, round_url("judging:ranking", world.round))
    return found


def test_lists_cost_the_same_for_5_and_20_nominees(client: Client) -> None:
    assert costs_of(client, make_large_round(5, region_code="53")) == COSTS
    assert costs_of(client, make_large_round(20, region_code="52")) == COSTS


@pytest.mark.parametrize(("size", "shape"), [(5, "data-label"), (20, "app-compact")])
def test_progress_tells_the_same_in_badges_and_in_signs(client: Client, size: int, shape: str) -> None:
    world = make_large_round(size, region_code="53")
    client.force_login(world.secretary)
    response = client.get(round_url("judging:progress", world.round))
    text = response.content.decode()
    assert shape in text[text.index("<table") - 200 :]
    assert text.count("PT Karya Nusantara") == size
    (table,) = response.context["tables"]
    assert (table["submitted"], table["expected"]) == (9 * size, 9 * size)
    assert bool(response.context["legend"]) == (size > LONG)
    if size > LONG:
        assert text.count("<td>9/5 ✓<td>✓<td>✓") == size
        assert {sign for sign, _ in response.context["legend"]} == {*progress.SIGNS.values(), progress.DECISION_SIGN}


def test_every_state_has_a_sign_of_its_own() -> None:
    assert len({*progress.SIGNS.values(), progress.DECISION_SIGN}) == len(progress.Cell) + 1
