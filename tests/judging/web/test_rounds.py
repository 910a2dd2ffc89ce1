"""The overview of a round, its steps and its categories."""

from datetime import timedelta

import pytest
from django.urls import reverse

from judging.models import PublicationRules, StateChange
from judging.web import next_steps
from judging.web.rounds_wording import CONDITIONS as WORDED
from nominees.core.lifecycle import TRANSITIONS, State
from nominees.models import Pool
from paritrana.accounts.models import Role
from paritrana.kernel import clock
from paritrana.kernel.wording import date_time
from tests.factories.costs import cost
from tests.factories.panel import make_panel
from tests.factories.rounds import make_tabulation
from tests.factories.rubrics import make_category_rubric, make_rules
from tests.factories.world import make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


def url(name, round, **kwargs):
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": round.scope_code, **kwargs})


@pytest.fixture
def world(client):
    round = make_round()
    secretary = make_user(Role.SECRETARIAT, round=round)
    client.force_login(secretary)
    return round, secretary


def test_the_overview_lists_every_unmet_condition_with_its_way(client, world):
    round, _ = world
    context = client.get(url("round", round)).context
    unmet = [item for one in context["conditions"] for item in one["items"]]
    assert {one["url"] for one in unmet} == {url("categories", round), url("rules", round), url("panel", round)}
    assert len([one for one in context["conditions"] if one["met"]]) == 1
    assert context["may_advance"] is False
    assert [step["state"] for step in context["steps"]] == ["current"] + ["todo"] * 6
    assert [task["primary"] for task in context["tasks"]] == [True, False, False, False]
    make_category_rubric(make_category(round))
    tasks = client.get(url("round", round)).context["tasks"]
    assert [task["url"] for task in tasks if task["primary"]] == [url("rules", round)]


def test_many_missing_things_are_folded_but_all_there(client, world):
    round, _ = world
    make_panel(round, seated=False)
    response = client.get(url("round", round))
    (seats,) = [one for one in response.context["conditions"] if one["many"]]
    assert len(seats["items"]) == 10
    assert response.content.decode().count(f'<a href="{url("panel", round)}">') >= 10


def test_every_condition_has_its_words():
    assert set(WORDED) == {code for step in TRANSITIONS for code in step.conditions}


def ready(round):
    make_category_rubric(make_category(round))
    make_rules(round)
    make_panel(round)


def test_the_secretariat_moves_the_round_on_once(client, world):
    round, _ = world
    ready(round)
    assert client.get(url("round", round)).context["may_advance"] is True
    assert client.get(url("advance", round)).status_code == 405
    for _click in range(2):
        assert client.post(url("advance", round), {"target": "nomination"}).status_code == 302
    round.refresh_from_db()
    assert round.state == State.NOMINATION
    assert StateChange.objects.count() == 1


def test_a_refused_step_says_so_and_changes_nothing(client, world):
    round, _ = world
    response = client.post(url("advance", round), {"target": "nomination"}, follow=True)
    assert [message.level_tag for message in response.context["messages"]] == ["error"]
    for target in ("plenary", "closed", "nonsense", ""):
        client.post(url("advance", round), {"target": target})
    round.refresh_from_db()
    assert round.state == State.PREPARATION


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.CHAIR, Role.ORGANISER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_other_roles_see_the_round_and_do_not_move_it(client, world, role):
    round, _ = world
    ready(round)
    client.force_login(make_user(role, round=round))
    context = client.get(url("round", round)).context
    assert not context.get("may_advance")
    assert client.post(url("advance", round), {"target": "nomination"}).status_code == 403
    round.refresh_from_db()
    assert round.state == State.PREPARATION


def test_members_are_not_told_who_still_has_a_draft(client):
    round = make_round(state=State.SCORING)
    client.force_login(make_user(Role.PANEL_MEMBER, round=round))
    assert "conditions" not in client.get(url("round", round)).context
    client.force_login(make_user(Role.CHAIR, round=round))
    assert client.get(url("round", round)).context["by_plenary"] is True


@pytest.mark.parametrize("role", [Role.CHAIR, Role.SECRETARIAT])
def test_the_ways_to_what_is_missing_are_open_to_who_sees_them(client, role):
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make_category_rubric(category)
    make_nomination(category)
    client.force_login(make_user(role, round=round))
    items = [item for one in client.get(url("round", round)).context["conditions"] for item in one["items"]]
    ways = {item["url"] for item in items} - {""}
    assert ways != set()
    assert {way: client.get(way).status_code for way in ways} == dict.fromkeys(ways, 200)
    assert (url("secretariat_scores", round) in ways) is (role == Role.SECRETARIAT)


def test_another_province_and_the_signed_out_never_get_in(client, world):
    round, _ = world
    pages = [url("round", round), url("categories", round)]
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="52")))
    assert [client.get(page).status_code for page in pages] == [404, 404]
    assert client.post(url("advance", round), {"target": "nomination"}).status_code == 404
    client.logout()
    assert all(client.get(page).url.startswith(reverse("login")) for page in pages)
    assert client.post(url("advance", round), {"target": "nomination"}).url.startswith(reverse("login"))


@pytest.fixture
def plenary():
    round = make_round(state=State.PLENARY)
    make_tabulation(round)
    return round, make_user(Role.SECRETARIAT, round=round), make_user(Role.CHAIR, round=round)


def test_a_step_back_takes_two_people(client, plenary):
    round, secretary, chair = plenary
    page = url("step_back", round)
    client.force_login(secretary)
    assert client.post(page, {"request": "", "target": "scoring", "reason": "Keliru"}).status_code == 302
    client.post(page, {"confirm": ""})
    round.refresh_from_db()
    assert round.state == State.PLENARY
    client.force_login(chair)
    assert client.get(url("round", round)).context["open_step_back"].reason == "Keliru"
    assert client.post(page, {"confirm": ""}).status_code == 302
    round.refresh_from_db()
    assert round.state == State.SCORING
    assert client.post(page, {"confirm": ""}).status_code == 404


def test_a_step_back_is_withdrawn_or_refused(client, plenary):
    round, secretary, _ = plenary
    page = url("step_back", round)
    client.force_login(secretary)
    client.post(page, {"request": "", "target": "scoring", "reason": ""})
    assert not StateChange.objects.exists()
    client.post(page, {"request": "", "target": "scoring", "reason": "Keliru"})
    assert client.post(page, {"withdraw": ""}).status_code == 302
    assert StateChange.objects.get().withdrawn_at is not None
    client.force_login(make_user(Role.AUDITOR, round=round))
    assert client.post(page, {"request": "", "target": "scoring", "reason": "x"}).status_code == 403


def test_a_category_is_changed_in_preparation_only(client, world):
    round, secretary = world
    category = make_category(round)
    page = url("category", round, code=category.code)
    assert client.get(page).status_code == 200
    data = {"name": "Pemerintah Desa", "places": 5, "forward_quota": 2}
    assert client.post(page, data).status_code == 302
    refused = client.post(page, data | {"forward_quota": 6})
    assert [message.level_tag for message in refused.context["messages"]][-1] == "error"
    category.refresh_from_db()
    assert (category.name, category.places, category.forward_quota) == ("Pemerintah Desa", 5, 2)
    client.force_login(make_user(Role.CHAIR, round=round))
    assert client.post(page, data | {"places": 3}).status_code == 403
    round.state = State.NOMINATION
    round.save()
    client.force_login(secretary)
    assert client.post(page, data | {"places": 3}).status_code == 403
    assert client.get(url("category", round, code="tidak-ada")).status_code in (403, 404)
    category.refresh_from_db()
    assert category.places == 5


def test_categories_and_overview_cost_the_same_for_1_and_30(client, world):
    round, _ = world

    def add(number):
        category = make_category(round, f"kategori-{number}")
        make_category_rubric(category)
        make_nomination(category)
        Pool.objects.create(round=round, code=f"umum-{number}", name="Umum").categories.add(category)

    add(1)
    pages = [url("categories", round), url("round", round)]
    one = [cost(client, page) for page in pages]
    for number in range(2, 31):
        add(number)
    assert [cost(client, page) for page in pages] == one
    assert max(one) <= 26


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("role", [role for role in Role if role != Role.PLATFORM_ADMIN])
def test_every_role_finds_its_pages_in_every_state(client, state, role):
    round = make_round(state=state)
    make_rules(round)
    user = make_user(role, round=round)
    client.force_login(user)
    response = client.get(url("round", round))
    assert response.status_code == 200
    tasks = response.context["tasks"]
    assert sum(task["primary"] for task in tasks) == bool(tasks)


def test_the_table_of_next_steps_gives_each_role_something_to_do():
    told = {role for step in next_steps.STEPS for role in step.roles}
    assert told == set(Role) - {Role.PLATFORM_ADMIN}


def paths(found):
    return [task["url"].removeprefix("/2024/53/") for task in found]


def test_documents_come_last_once_all_that_are_needed_are_out_and_the_announcement_is_named():
    round, roles = make_round(state=State.DECIDED), frozenset({Role.ORGANISER})

    missing = next_steps.next_steps(round, roles, {"judging:documents"})
    ready = next_steps.next_steps(round, roles, set(), may_advance=True)

    assert paths(missing) == ["dokumen/", "acara/", "publikasi/"]
    assert paths(ready) == ["acara/", "publikasi/", "#maju", "dokumen/"]
    assert [task["primary"] for task in (*missing, *ready)] == [True, False, False, True, False, False, False]


def test_after_the_announcement_the_first_step_is_to_send_the_winners_on():
    round, roles = make_round(state=State.ANNOUNCED), frozenset({Role.SECRETARIAT})

    assert paths(next_steps.next_steps(round, roles)) == ["usulan/", "dokumen/"]


def test_the_one_to_do_now_comes_first():
    found = next_steps.next_steps(make_round(state=State.NOMINATION), frozenset({Role.SECRETARIAT}), {"nominees:list"})

    assert [task["primary"] for task in found] == [True] + [False] * (len(found) - 1)
    assert paths(found)[0] == "nomine/"


def test_who_announces_reads_first_when_the_public_will_read_the_result(client, monkeypatch):
    round = make_round(state=State.DECIDED)
    monkeypatch.setattr("judging.web.rounds.unmet_conditions", lambda *_asked: [])
    client.force_login(make_user(Role.ORGANISER, round=round))
    at_once = client.get(url("round", round))
    until = clock.now() + timedelta(days=2)
    PublicationRules.objects.create(round=round, embargo_until=until)

    put_off = client.get(url("round", round))

    assert (at_once.context["public_from"], at_once.context["may_advance"]) == ("", True)
    assert put_off.context["public_from"] == date_time(until, round.time_zone)
    assert put_off.context["public_from"] in put_off.content.decode()
