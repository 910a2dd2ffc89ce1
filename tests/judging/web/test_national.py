"""Pages of the national round: zones, verification, and what a province is told of its winners."""

from datetime import datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.models import Award, Claim, ClaimVerdict, Publication, Standing, TabulationPart
from judging.selectors.national_news import national_news
from judging.services.claims import draw_claims
from nominees.core.lifecycle import State
from nominees.models import Nomination, Pool, Round, Zone
from paritrana.accounts.models import Role, User
from tests.factories.rounds import make_award
from tests.factories.rubrics import make_category_rubric
from tests.factories.world import AT, make_category, make_nomination, make_region, make_round, make_user

pytestmark = pytest.mark.django_db
SECRET = "Terbaik 1"


@pytest.fixture
def national() -> Round:
    round = make_round(region_code=None, state=State.NOMINATION)
    make_category_rubric(make_category(round))
    return round


@pytest.fixture
def actor(national: Round, client: Client) -> User:
    user = make_user(Role.NATIONAL_SECRETARIAT, round=national)
    client.force_login(user)
    return user


def _url(name: str, scope: str = "nasional", **where: object) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": scope, **where})


def _winner(national: Round, **fields: Any) -> Nomination:
    """A winner of NTT in the national round."""
    province = Round.objects.filter(region__code="53").first() or make_round(state=State.ANNOUNCED)
    category = province.categories.first() or make_category(province)
    source = make_nomination(category, summary="Ringkasan (contoh)")
    target = national.categories.get()
    return make_nomination(target, region_code=source.nominee.region.code, forwarded_from=source, **fields)


def _publish(national: Round, visible_from: datetime) -> None:
    """A publication of the national round; what it holds is of no interest here."""
    Publication.objects.create(
        round=national,
        tabulation=national.tabulations.get(),
        version=1,
        year=2024,
        place_code="nasional",
        place_name="Tingkat Nasional",
        edition_name="Paritrana Award 2024",
        is_demo=False,
        content="{}",
        sha256="0" * 64,
        visible_from=visible_from,
        published_by=make_user(),
        published_at=AT,
    )


def test_zones_are_added_changed_and_removed(client: Client, national: Round, actor: User) -> None:
    make_region("53"), make_region("81", "Maluku")
    told = {"save": "1", "code": "timur", "name": "Timur (contoh)", "provinces": ["53"]}
    assert client.post(_url("zones"), told).status_code == 302
    assert "Timur (contoh)" in client.get(_url("zones")).content.decode()
    changed = client.post(_url("zone", code="timur"), {"name": "Timur", "provinces": ["53", "81"]})
    assert changed["Location"] == _url("zones")
    zone = Zone.objects.get()
    taking = client.post(_url("category_zone", code="pemda"), {"zone": zone.pk, "receives": "kabupaten"})
    assert taking.status_code == 302
    assert (national.categories.get().zone, national.categories.get().receives) == (zone, "kabupaten")
    client.post(_url("remove_zone", code="timur"))
    assert Zone.objects.exists()  # a category belongs to it
    client.post(_url("category_zone", code="pemda"), {"zone": "", "receives": ""})
    client.post(_url("remove_zone", code="timur"))
    assert not Zone.objects.exists()


def test_a_zone_tells_which_provinces_another_has(client: Client, national: Round, actor: User) -> None:
    make_region("53", "Nusa Tenggara Timur"), make_region("81", "Maluku")
    for code, province in (("barat", "53"), ("timur", "81")):
        told = {"save": "1", "code": code, "name": code.title(), "provinces": [province]}
        client.post(_url("zones"), told)
    choices = client.get(_url("zone", code="timur")).context["form"].fields["provinces"].choices
    assert choices == [("81", "Maluku"), ("53", "Nusa Tenggara Timur – Barat")]
    refused = client.post(_url("zone", code="timur"), {"name": "Timur", "provinces": ["81", "53"]})
    assert refused.status_code == 200
    assert Zone.objects.get(code="timur").provinces.count() == 1


def test_an_incomplete_zone_is_asked_again(client: Client, actor: User) -> None:
    assert client.post(_url("zones"), {"save": "1", "code": "ada spasi", "name": ""}).status_code == 422


def test_claims_are_listed_and_verified(client: Client, national: Round, actor: User) -> None:
    winner = _winner(national)
    page = client.get(_url("claims"))
    assert (page.context["waiting"], page.context["total"]) == ([str(winner)], 0)
    assert page.context["rows"][0][1]["tone"] == "warning"
    assert client.post(_url("claims")).status_code == 302
    page = client.get(_url("claims_of", number=winner.number)).content.decode()
    assert "Ringkasan (contoh)" in page
    where: Any = {"number": winner.number, "claim_number": 1}
    assert client.get(_url("claim", **where)).status_code == 200
    assert client.post(_url("claim", **where), {"verdict": "confirmed"}).status_code == 422
    assert client.get(_url("claims")).context["waiting"] == []
    told = {"verdict": "confirmed", "basis": "Berkas (contoh)"}
    told["dilihat"] = client.get(_url("claim", **where)).context["seen"]
    # Told anew by a newer package meanwhile: nobody confirms what the page did not show.
    Claim.objects.update(claimed="Ringkasan lain (contoh)")
    assert client.post(_url("claim", **where), told).status_code == 200
    assert Claim.objects.get().verdict == ClaimVerdict.OPEN
    told["dilihat"] = client.get(_url("claim", **where)).context["seen"]
    assert client.post(_url("claim", **where), told).status_code == 302
    assert Claim.objects.get().verdict == ClaimVerdict.CONFIRMED
    # A page from before that verdict changes nothing any more.
    assert client.post(_url("claim", **where), told | {"verdict": "refuted"}).status_code == 200
    assert Claim.objects.get().verdict == ClaimVerdict.CONFIRMED


def test_a_claim_is_added_by_hand(client: Client, national: Round, actor: User) -> None:
    winner = _winner(national)
    told = {"label": "Perda", "claimed": "Perda 4/2024 (contoh)"}
    assert client.post(_url("claims_of", number=winner.number), told).status_code == 302
    assert Claim.objects.get().label == "Perda"
    assert client.post(_url("claims_of", number=winner.number), {"label": ""}).status_code == 422


@pytest.mark.parametrize("name", ["zones", "claims"])
def test_the_jury_reads_and_changes_nothing(client: Client, national: Round, name: str) -> None:
    client.force_login(make_user(Role.PANEL_MEMBER, round=national))
    assert client.get(_url(name)).status_code == 200
    assert client.post(_url(name), {"samples": "1"}).status_code == 403
    client.force_login(make_user(Role.ORGANISER, round=national))
    assert client.get(_url(name)).status_code == 403


def test_the_list_asks_as_often_for_one_as_for_many(client: Client, national: Round, actor: User) -> None:
    counts = []
    for more in (1, 6):
        for _ in range(more):
            _winner(national)
        draw_claims(round=national, actor=actor, at=AT)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(_url("claims"))
        counts.append(len(queries))
    assert counts[0] == counts[1]


class TestNews:
    """What a province is told."""

    @pytest.fixture
    def told(self, client: Client, national: Round) -> Any:
        self.winner = _winner(national)
        make_award(national, self.winner)
        province = Round.objects.get(region__code="53")
        client.force_login(make_user(Role.SECRETARIAT, round=province))
        return lambda: client.get(_url("national_news", "53")).content.decode()

    @pytest.mark.parametrize("state", [State.SCORING, State.PLENARY, State.DECIDED])
    def test_before_the_announcement_only_that_they_arrived(self, told: Any, national: Round, state: State) -> None:
        Round.objects.filter(pk=national.pk).update(state=state)
        shown = told()
        assert str(self.winner) in shown
        assert SECRET not in shown

    def test_not_before_the_embargo_ends(self, told: Any, national: Round) -> None:
        Round.objects.filter(pk=national.pk).update(state=State.ANNOUNCED)
        _publish(national, AT + timedelta(hours=2))
        with time_machine.travel(AT + timedelta(hours=1), tick=False):
            assert SECRET not in told()
        with time_machine.travel(AT + timedelta(hours=3), tick=False):
            assert SECRET in told()

    def test_a_title_is_shown_only_to_the_own_province(self, told: Any, client: Client, national: Round) -> None:
        Round.objects.filter(pk=national.pk).update(state=State.ANNOUNCED)
        _publish(national, AT)
        assert SECRET in told()
        other = make_round(region_code="81", state=State.ANNOUNCED)
        client.force_login(make_user(Role.SECRETARIAT, round=other))
        assert SECRET not in client.get(_url("national_news", "81")).content.decode()
        assert client.get(_url("national_news", "53")).status_code == 404

    def test_a_title_over_several_categories_stands_below_its_own(self, told: Any, national: Round) -> None:
        award = national.awards.get()
        pool = Pool.objects.create(round=national, code="umum", name="Umum")
        answer = {"input": "{}", "input_hash": "0" * 64, "answer": "{}", "answer_hash": "0" * 64}
        part = TabulationPart.objects.create(tabulation=award.tabulation, pool=pool, **answer)
        standing = Standing.objects.create(part=part, nomination=self.winner, position=2, place="2")
        where = {"round": national, "tabulation": award.tabulation, "standing": standing, "place": 2}
        Award.objects.create(**where, pool=pool, nomination=self.winner, title="Terbaik 2")
        Round.objects.filter(pk=national.pk).update(state=State.ANNOUNCED)
        _publish(national, AT)
        (one,) = national_news(Round.objects.get(region__code="53"), AT).rows
        assert (one.title, one.of_pools) == (award.title, ("Terbaik 2, Umum",))
        assert "Terbaik 2, Umum" in told()

    def test_the_national_round_has_no_such_page(self, client: Client, national: Round, actor: User) -> None:
        assert client.get(_url("national_news")).status_code == 403


def test_the_panel_is_called_the_jury(client: Client, national: Round, actor: User) -> None:
    menu = {item["url"]: item["label"] for item in client.get(_url("panel")).context["nav_items"]}
    assert menu[_url("panel")] == national.panel_name == "Dewan Juri"


def test_the_national_round_sends_nobody_on(client: Client, national: Round, actor: User) -> None:
    Round.objects.filter(pk=national.pk).update(state=State.ANNOUNCED)
    assert client.get(_url("forwarding")).status_code == 403
    overview = client.get(_url("round")).content.decode()
    assert _url("forwarding") not in overview
    assert _url("claims") in overview


@pytest.mark.parametrize(("state", "name"), [(State.PREPARATION, "zones"), (State.NOMINATION, "claims")])
def test_the_overview_leads_the_national_secretariat_on(
    client: Client, national: Round, actor: User, state: State, name: str
) -> None:
    Round.objects.filter(pk=national.pk).update(state=state)
    main = client.get(_url("round")).content.decode().partition("<main")[2]
    assert _url(name) in main
