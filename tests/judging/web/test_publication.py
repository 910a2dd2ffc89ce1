"""The page on which organisers say what the public is told, the preview of it, and publishing another version."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from judging.models import Publication, PublicationRules
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from tests.factories.awards import make_decided_round
from tests.factories.costs import cost
from tests.factories.publications import make_organiser, make_publication, set_rules
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
WHERE = {"year": 2024, "scope": "53"}
PAGE = reverse("judging:publication", kwargs=WHERE)
PUBLISH = reverse("judging:publish", kwargs=WHERE)
PREVIEW = reverse("judging:publication_preview", kwargs=WHERE)
HOUR = timedelta(hours=1)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70), places=2, state=State.ANNOUNCED, is_demo=True)


@pytest.fixture
def organiser(round: Round) -> User:
    return make_organiser(round)


@pytest.fixture
def desk(client: Client, organiser: User) -> Client:
    client.force_login(organiser)
    return client


def _posted(client: Client, **values: Any) -> Any:
    with time_machine.travel(AT, tick=False):
        return client.post(PAGE, {"embargo_on": "", "embargo_at": "", "words": "", "contact": ""} | values)


def _at(round: Round, state: State) -> None:
    Round.objects.filter(pk=round.pk).update(state=state)


def test_rules_are_saved_in_the_time_of_the_round(desk: Client) -> None:
    answer = _posted(desk, embargo_on="2025-06-25", embargo_at="19:30", shows_totals="on", words="Selamat", contact="x")

    assert answer.status_code == 302
    rules = PublicationRules.objects.get()
    assert rules.embargo_until == datetime(2025, 6, 25, 11, 30, tzinfo=UTC)
    assert (rules.shows_totals, rules.shows_unplaced, rules.words, rules.contact) == (True, False, "Selamat", "x")
    shown = desk.get(PAGE).context["form"].initial
    assert (str(shown["embargo_on"]), str(shown["embargo_at"])) == ("2025-06-25", "19:30:00")


@pytest.mark.parametrize(
    ("values", "field"),
    [({"embargo_on": "2025-06-25"}, "embargo_at"), ({"embargo_at": "19:30"}, "embargo_on")],
)
def test_a_day_without_a_time_is_told_at_the_field(desk: Client, values: dict[str, str], field: str) -> None:
    answer = _posted(desk, **values)

    assert answer.context["form"].errors.keys() == {field}
    assert not PublicationRules.objects.exists()


def test_an_embargo_that_is_too_far_is_told(desk: Client) -> None:
    answer = _posted(desk, embargo_on="2026-06-25", embargo_at="19:30")

    assert answer.status_code == 200
    assert not PublicationRules.objects.exists()


def test_the_page_tells_what_the_public_sees(desk: Client, round: Round, organiser: User) -> None:
    before = desk.get(PAGE).context
    with time_machine.travel(AT, tick=False):
        make_publication(round, embargo_until=AT + HOUR)
        waiting = desk.get(PAGE).context
    with time_machine.travel(AT + HOUR, tick=False):
        seen = desk.get(PAGE).context

    assert (before["public_url"], before["waiting_until"], before["differs"]) == ("", "", True)
    assert (waiting["public_url"], waiting["waiting_until"]) == ("", "Selasa, 24 Juni 2025, pukul 10.00 WITA")
    assert (seen["public_url"], seen["seen"].version, seen["waiting_until"]) == ("/hasil/2024/53/", 1, "")


def test_another_version_is_offered_only_where_it_would_tell_something_else(
    desk: Client, round: Round, organiser: User
) -> None:
    make_publication(round)
    unchanged = desk.get(PAGE).context["differs"]
    set_rules(round, organiser, words="Selamat")
    changed = desk.get(PAGE).context["differs"]

    with time_machine.travel(AT + HOUR, tick=False):
        desk.post(PUBLISH, {"reason": "ucapan"})

    assert (unchanged, changed) == (False, True)
    assert list(Publication.objects.order_by("version").values_list("version", "reason")) == [(1, ""), (2, "ucapan")]
    assert desk.get(PAGE).context["differs"] is False


def test_a_refusal_is_told_and_publishes_nothing(desk: Client, round: Round) -> None:
    make_publication(round)

    answer = desk.post(PUBLISH, {"reason": ""}, follow=True)

    assert [str(one.level_tag) for one in answer.context["messages"]] == ["error"]
    assert Publication.objects.count() == 1


def test_the_preview_is_the_public_page_with_its_marks(desk: Client, round: Round, organiser: User) -> None:
    set_rules(round, organiser, words="Selamat kepada semua.", shows_unplaced=True)
    _at(round, State.DECIDED)

    text = desk.get(PREVIEW).content.decode()
    part = desk.get(reverse("judging:publication_preview_part", kwargs=WHERE | {"part": "kategori-kategori-1"}))

    names = list(round.nominations.values_list("nominee__name", flat=True))
    for word in ("PRATINJAU", "CONTOH: bukan hasil sebenarnya", "Selamat kepada semua.", "noindex", *names):
        assert word in text
    assert "hasil.json" not in text
    assert "og:image" not in text
    assert "PRATINJAU" in part.content.decode()
    assert "no-store" in desk.get(PREVIEW)["Cache-Control"]
    assert not Publication.objects.exists()


def test_the_picture_of_the_preview_is_marked(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("judging.web.publication.render_share_picture", lambda picture: repr(picture).encode())
    where = WHERE | {"part": "kategori-kategori-1"}

    whole = desk.get(reverse("judging:publication_preview_picture", kwargs=WHERE)).content.decode()
    part = desk.get(reverse("judging:publication_preview_part_picture", kwargs=where)).content.decode()

    assert "PRATINJAU: belum diumumkan · CONTOH: bukan hasil sebenarnya" in whole
    assert "Terbaik II" in part
    assert "Terbaik II" not in whole


def test_before_the_decision_there_is_a_form_and_no_preview(desk: Client, round: Round) -> None:
    round.awards.update(superseded_at=AT)
    _at(round, State.PLENARY)

    answer = desk.get(PAGE)

    assert answer.context["form"] is not None
    assert (answer.context["may_preview"], answer.context["publish_form"]) == (False, None)
    assert desk.get(PREVIEW).status_code == 403
    assert desk.post(PUBLISH).status_code == 403


def test_a_closed_round_is_only_read(desk: Client, round: Round) -> None:
    make_publication(round)
    _at(round, State.CLOSED)

    assert desk.get(PAGE).context["form"] is None
    assert _posted(desk, words="lain").status_code == 403
    assert desk.post(PUBLISH, {"reason": "x"}).status_code == 403


@pytest.mark.parametrize("state", [State.PREPARATION, State.NOMINATION, State.SCORING])
def test_before_the_plenary_there_is_no_page(desk: Client, round: Round, state: State) -> None:
    _at(round, state)

    assert desk.get(PAGE).status_code == 403


def test_another_province_finds_nothing(client: Client, round: Round) -> None:
    client.force_login(make_organiser(make_round(region_code="52", state=State.ANNOUNCED)))

    assert [client.get(url).status_code for url in (PAGE, PREVIEW)] == [404, 404]


def test_the_page_costs_the_same_for_one_version_and_for_four(desk: Client, round: Round) -> None:
    make_publication(round)
    few = cost(desk, PAGE)
    for number in range(1, 4):
        make_publication(round, at=AT + number * HOUR, reason="lagi", words=str(number))

    assert (few, cost(desk, PAGE)) == (14, 14)


def test_an_unknown_part_has_no_preview(desk: Client) -> None:
    where = WHERE | {"part": "kategori-lain"}

    assert desk.get(reverse("judging:publication_preview_part", kwargs=where)).status_code == 404


def test_the_menu_leads_there_for_who_works_on_it(desk: Client, round: Round, client: Client) -> None:
    overview = reverse("judging:round", kwargs=WHERE)
    assert PAGE in desk.get(overview).content.decode()

    client.force_login(make_user(Role.AUDITOR, round=round))
    assert PAGE not in client.get(overview).content.decode()
