"""Two runs side by side: who may look, what is said, as page and as data, and at what cost."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from judging.core.policies import NTT_POLICY
from judging.models import Tabulation
from judging.services.plenary import open_plenary
from judging.services.tabulation import freeze_tabulation
from judging.web.runs_wording import CHOICES, FACTS, KINDS, RULES
from nominees.core.lifecycle import State
from nominees.models import Pool, PoolMode
from paritrana.accounts.models import Role
from tests.factories.rubrics import make_rules
from tests.factories.scored import Scored, add_nominee, make_scored_round, submit
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


def url(scored: Scored) -> str:
    return reverse("judging:compare", kwargs={"year": 2024, "scope": scored.round.scope_code})


def one_run(**fields: Any) -> Scored:
    """A round in its plenary, with the run that this froze."""
    scored = make_scored_round(**fields)
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    return scored


def correct(scored: Scored, number: int, mark: str, seat: int = 1) -> None:
    """A second version of one seat's sheet."""
    version = scored.category.rubric.version
    submit(scored.nominations[number], scored.seats[seat], version, {"inovasi": mark, "pemahaman": mark}, number=2)


def freeze(scored: Scored) -> Tabulation:
    """The next run of the round, as after a step back."""
    Tabulation.objects.filter(round=scored.round).update(superseded_at=AT)
    with transaction.atomic():
        return freeze_tabulation(round=scored.round, actor=scored.chair, at=AT)


def data(client: Client, scored: Scored, **query: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(url(scored), {"format": "json", **query}).json()
    return found


def part(found: dict[str, Any], code: str) -> dict[str, Any]:
    return next(one for one in found["parts"] if one["code"] == code)


def test_with_one_run_it_is_compared_with_the_sheets_as_they_stand_now(client: Client) -> None:
    scored = one_run()
    client.force_login(scored.member)
    response = client.get(url(scored))
    assert [view["name"] for view in response.context["unchanged"]] == [scored.category.name, scored.village.name]
    assert response.context["changed"] == []
    assert (response.context["found"].before.number, response.context["found"].after) == (1, None)
    with translation.override("en"):
        found = data(client, scored)
    assert (found["before"]["number"], found["after"]["number"]) == (1, "kini")
    assert [one["same"] for one in found["parts"]] == [True, True]
    assert part(found, "pemda")["changes"] == []


def test_a_correction_shows_what_it_changed_and_why(client: Client) -> None:
    """Nominee 4 gets 61 instead of 60 from one seat on both criteria: trimmed away, so only its marks differ."""
    scored = one_run()
    correct(scored, 4, "61")
    client.force_login(scored.chair)
    found = part(data(client, scored), "pemda")
    assert [(one["kind"], one["seat"], one["criterion"], one["before"], one["after"]) for one in found["changes"]] == [
        ("mark", "unsur-2", "inovasi", "60", "61"),
        ("mark", "unsur-2", "pemahaman", "60", "61"),
    ]
    assert not found["same"]
    lines = {one["nominee"]: one for one in found["nominees"]}
    assert (lines["4"]["difference"], lines["4"]["because"]) == ("0", [0, 1])
    view = client.get(url(scored)).context["parts"][0]
    assert view["moved"] == []
    assert len(view["rows"]) == 2


def test_two_frozen_runs_name_points_places_and_who_was_passed(client: Client) -> None:
    """Two seats give nominee 4 full marks: one is trimmed, the other lifts both means by 40/7, by 8/7 points."""
    scored = one_run()
    correct(scored, 4, "100", seat=1)
    correct(scored, 4, "100", seat=2)
    freeze(scored)
    client.force_login(scored.chair)
    found = data(client, scored)
    assert (found["before"]["number"], found["after"]["number"]) == (1, 2)
    lines = {one["nominee"]: one for one in part(found, "pemda")["nominees"]}
    assert [(one["criterion"], one["difference"]) for one in lines["4"]["parts"]] == [
        ("inovasi", "8/7"),
        ("pemahaman", "8/7"),
    ]
    assert (lines["4"]["difference"], lines["4"]["rest"]) == ("16/7", "0")
    assert (lines["4"]["before"]["score"], lines["4"]["after"]["score"]) == ("54.00", "56.29")
    assert (lines["3"]["before"]["place"], lines["3"]["after"]["place"]) == ("3", "4")
    assert (lines["3"]["passed_by"], lines["4"]["passed"]) == (["4"], ["3"])
    response = client.get(url(scored))
    text = response.content.decode()
    for fact in ("+1,14", "+8/7", "+2,29", "+16/7", "56,29", "Inovasi", str(scored.nominations[4])):
        assert fact in text
    with translation.override("en"):
        assert "4 marks changed" in str(client.get(url(scored), HTTP_ACCEPT_LANGUAGE="en").context["parts"][0])
    back = data(client, scored, sebelum="2", sesudah="1")
    assert {one["nominee"]: one for one in part(back, "pemda")["nominees"]}["4"]["difference"] == "-16/7"
    assert all(one["same"] for one in data(client, scored, sebelum="2", sesudah="2")["parts"])


def test_other_rules_are_named_with_both_values(client: Client) -> None:
    scored = one_run()
    make_rules(scored.round, panel_method="mean", panel_methods={"pemahaman": "median"}, ranking="1223")
    client.force_login(scored.secretary)
    found = data(client, scored)
    assert {(one["field"], one["before"], one["after"]) for one in part(found, "pemda")["changes"]} == {
        ("panel_method", "trimmed", "mean"),
        ("panel_methods", None, "median"),
        ("ranking", "1224", "1223"),
    }
    lines = {one["nominee"]: one for one in part(found, "pemda")["nominees"]}
    # 70, 7 x 80, 100 with nothing dropped: 730/9 instead of 80, a fifth of it in points.
    assert (lines["1"]["difference"], len(lines["1"]["because"])) == ("2/9", 3)  # and it is first now
    assert lines["3"]["difference"] == "0"
    assert client.get(url(scored)).status_code == 200


def test_a_pool_over_all_nominees_has_a_live_state_and_one_of_firsts_waits(client: Client) -> None:
    scored = make_scored_round()
    pool = Pool.objects.create(round=scored.round, code="semua", name="Semua", places=3, mode=PoolMode.ALL)
    pool.categories.set([scored.category, scored.village])
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    client.force_login(scored.chair)
    assert [one["code"] for one in data(client, scored)["parts"]] == ["pemda", "desa", "semua"]
    assert all(one["same"] for one in data(client, scored)["parts"])


def test_a_part_that_one_run_does_not_have_is_said_so(client: Client) -> None:
    scored = one_run()
    pool = Pool.objects.create(round=scored.round, code="semua", name="Semua", places=3, mode=PoolMode.ALL)
    pool.categories.set([scored.category, scored.village])
    freeze(scored)
    client.force_login(scored.chair)
    assert part(data(client, scored), "semua")["only_in"] == "after"
    assert client.get(url(scored)).context["parts"][-1]["only"] == "after"


def test_an_unknown_run_is_a_mistake_of_the_form_and_no_data(client: Client) -> None:
    scored = one_run()
    client.force_login(scored.chair)
    for wrong in ("9", "x", "kini"):
        response = client.get(url(scored), {"sebelum": wrong})
        assert response.status_code == 200
        assert response.context["form"].errors
        assert response.context["parts"] == []
    assert client.get(url(scored), {"sebelum": "9", "format": "json"}).status_code == 404


def test_sheets_that_cannot_be_tabulated_are_explained(client: Client) -> None:
    scored = one_run()
    scored.village.rubric.delete()
    client.force_login(scored.chair)
    response = client.get(url(scored))
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    assert response.context["parts"] == []


@pytest.mark.parametrize("who", ["chair", "secretary", "member"])
def test_before_the_plenary_nobody_sees_a_comparison(client: Client, who: str) -> None:
    scored = one_run()
    type(scored.round).objects.update(state=State.SCORING)  # a step back: the frozen numbers are out of sight again
    client.force_login(getattr(scored, who))
    assert client.get(url(scored), {"format": "json"}).status_code == 403
    response = client.get(url(scored))
    assert response.status_code == (403 if who == "member" else 200)
    assert "60,33" not in response.content.decode()
    assert "found" not in (response.context or {})


def test_it_is_open_to_those_who_see_the_ranking(client: Client) -> None:
    scored = one_run()
    address = url(scored)
    assert client.get(address).status_code == 302
    for role in (Role.ORGANISER, Role.AUDITOR):
        client.force_login(make_user(role, round=scored.round))
        assert client.get(address).status_code == 403
        type(scored.round).objects.update(state=State.DECIDED)
        assert client.get(address).status_code == 200
        type(scored.round).objects.update(state=State.PLENARY)
    client.force_login(make_scored_round(region_code="52").chair)
    assert client.get(address).status_code == 404
    client.force_login(scored.chair)
    assert client.post(address).status_code == 405


def test_it_costs_the_same_for_few_and_for_30_nominees_and_changes_nothing(client: Client) -> None:
    costs = []
    for region_code, more in (("53", 0), ("52", 30)):
        scored = make_scored_round(region_code=region_code)
        for number in range(10, 10 + more):
            add_nominee(scored, number)
        open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
        correct(scored, 4, "100")
        client.force_login(scored.member)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url(scored)).status_code == 200
        assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_every_kind_rule_and_choice_has_its_words() -> None:
    from judging.core import changes

    assert set(KINDS) == set(changes.KINDS)
    rounding = {f"rounding.{name}" for name in NTT_POLICY["rounding"]}
    assert set(RULES) | {"chair"} == (NTT_POLICY.keys() - {"rounding"}) | rounding | {"panel_methods"}
    assert set(CHOICES) <= set(RULES)
    assert set(FACTS.values()) == {"source", "scale"}
