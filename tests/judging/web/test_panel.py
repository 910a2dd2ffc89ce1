"""The panel pages."""

import pytest
from django.urls import reverse

from judging.models import Recusal, RecusalState, Seat, Seating
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from tests.factories.costs import cost
from tests.factories.panel import holder_of, make_member, make_panel, make_recusal, make_seat
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


def person(user, **fields):
    return {"person": "", "user": user.username, "name": "Dra. Contoh", "starts_on": "2025-06-01"} | fields


def test_the_nine_seats_are_added_by_one_button_and_a_second_click_adds_none(client, world):
    round, _ = world
    assert client.get(url("panel", round)).status_code == 200
    assert Seat.objects.count() == 0
    for _click in range(2):
        assert client.post(url("panel", round), {"standard": "ntt"}).status_code == 302
    assert Seat.objects.count() == 9


def test_a_seat_is_added_or_refused_with_its_sentence(client, world):
    round, _ = world
    data = {"save": "", "name": "Unsur APINDO", "code": "apindo", "office": "member"}
    assert client.post(url("panel", round), data).status_code == 302
    refused = client.post(url("panel", round), data)
    assert refused.status_code == 200
    assert [message.level_tag for message in refused.context["messages"]][-1] == "error"
    assert Seat.objects.count() == 1


def test_a_person_is_seated_then_substituted_then_the_seat_declared_vacant(client, world):
    round, _ = world
    seat = make_seat(round)
    page = url("seat", round, code=seat.code)
    assert client.get(page).status_code == 200
    assert client.post(page, person(make_user(), nip="196001011985031001")).status_code == 302
    data = person(make_user(), starts_on="2025-06-24", reason="Mutasi")
    assert client.post(page, data).status_code == 302
    assert client.post(page, {"vacant": "", "reason": "Belum ada usulan"}).status_code == 302
    seat.refresh_from_db()
    assert [one.is_substitute for one in seat.seatings.order_by("starts_on")] == [False, True]
    assert seat.vacant_reason == "Belum ada usulan"


def test_an_unknown_login_and_one_person_twice_change_nothing(client, world):
    round, _ = world
    seated = make_member(make_seat(round, "a"))
    page = url("seat", round, code=make_seat(round, "b").code)
    unknown = client.post(page, {"person": "", "user": "tidak-ada", "name": "X", "starts_on": "2025-06-01"})
    assert unknown.context["forms"]["person"].has_error("user", "unknown_user")
    twice = client.post(page, person(seated.user))
    assert [message.level_tag for message in twice.context["messages"]] == ["error"]
    assert Seating.objects.count() == 1


def test_panel_members_read_but_do_not_change(client, world):
    round, _ = world
    seat = make_seat(round)
    client.force_login(make_member(seat).user)
    for page in (url("panel", round), url("seat", round, code=seat.code)):
        assert b'<form method="post" novalidate' not in client.get(page).content
        assert client.post(page, {"vacant": "", "reason": "x", "standard": ""}).status_code == 403
    seat.refresh_from_db()
    assert seat.vacant_reason == ""


@pytest.mark.parametrize("name", ["panel", "recusals"])
def test_another_province_and_the_signed_out_never_get_in(client, world, name):
    round, _ = world
    client.force_login(make_user(Role.SECRETARIAT, round=make_round(region_code="52")))
    assert client.get(url(name, round)).status_code == 404
    assert client.post(url(name, round), {"standard": ""}).status_code == 404
    client.logout()
    assert client.get(url(name, round)).url.startswith(reverse("login"))


def test_an_unknown_seat_is_not_found(client, world):
    assert client.get(url("seat", world[0], code="tidak-ada")).status_code == 404


def test_panel_costs_the_same_for_1_and_30_seats(client, world):
    round, _ = world
    make_member(make_seat(round, "unsur-1"))
    one = cost(client, url("panel", round))
    for number in range(2, 31):
        make_member(make_seat(round, f"unsur-{number}"))
    assert cost(client, url("panel", round)) == one <= 12


@pytest.fixture
def scoring(client):
    round = make_round(state=State.SCORING)
    seats = make_panel(round)
    # The pages ask who sits there today: everybody in these tests sits without an end.
    return round, seats, make_nomination(make_category(round))


def test_a_member_declares_for_the_own_seat(client, scoring):
    round, seats, nomination = scoring
    client.force_login(holder_of(seats[3]))
    page = url("recusals", round)
    assert client.get(page).context["own"] == seats[3]
    assert client.post(page, {"nomination": nomination.pk, "reason": "Komisaris (contoh)"}).status_code == 302
    recusal = Recusal.objects.get()
    assert (recusal.seat, recusal.nomination, recusal.state) == (seats[3], nomination, RecusalState.DECLARED)
    again = client.post(page, {"nomination": nomination.pk, "reason": "Lagi"})
    assert [message.level_tag for message in again.context["messages"]][-1] == "error"
    assert Recusal.objects.count() == 1


def test_only_nominees_of_the_round_can_be_named(client, scoring):
    round, seats, _ = scoring
    other = make_nomination(make_category(make_round(region_code="52", state=State.SCORING)))
    client.force_login(holder_of(seats[3]))
    response = client.post(url("recusals", round), {"nomination": other.pk, "reason": "x"})
    assert response.context["form"].has_error("nomination")
    assert not Recusal.objects.exists()


def test_the_secretariat_settles_and_does_not_declare(client, scoring):
    round, seats, nomination = scoring
    recusal = make_recusal(seats[3], nomination)
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    assert client.post(url("recusals", round), {"nomination": nomination.pk, "reason": "x"}).status_code == 403
    page = url("recusal", round, recusal_id=recusal.pk)
    assert client.get(page).status_code == 200
    assert client.post(page, {"confirmed": "yes"}).status_code == 302
    recusal.refresh_from_db()
    assert recusal.state == RecusalState.CONFIRMED
    assert client.post(page, {"confirmed": "no", "reason": "Lain"}, follow=True).status_code == 200
    recusal.refresh_from_db()
    assert recusal.state == RecusalState.CONFIRMED


def test_members_do_not_settle_and_foreign_recusals_are_not_found(client, scoring):
    round, seats, nomination = scoring
    recusal = make_recusal(seats[3], nomination)
    client.force_login(holder_of(seats[4]))
    assert client.post(url("recusal", round, recusal_id=recusal.pk), {"confirmed": "yes"}).status_code == 403
    other = make_round(region_code="52", state=State.SCORING)
    client.force_login(make_user(Role.SECRETARIAT, round=other))
    assert client.get(url("recusal", other, recusal_id=recusal.pk)).status_code == 404
    recusal.refresh_from_db()
    assert recusal.state == RecusalState.DECLARED


def test_recusals_cost_the_same_for_1_and_30_rows(client, scoring):
    round, seats, nomination = scoring
    make_recusal(seats[3], nomination)
    client.force_login(make_user(Role.SECRETARIAT, round=round))
    one = cost(client, url("recusals", round))
    for _ in range(29):
        make_recusal(seats[3], make_nomination(nomination.category))
    assert cost(client, url("recusals", round)) == one <= 12
    assert len(client.get(url("recusals", round)).context["rows"]) == 30


def test_the_own_sector_of_a_seat_is_set_shown_and_emptied_by_the_secretariat(client, world):
    round, _ = world
    seat, category = make_seat(round), make_category(round, "usaha")
    make_category(make_round(region_code="52"), "lain")
    page = url("seat", round, code=seat.code)
    assert list(client.get(page).context["forms"]["sector"].fields["categories"].queryset) == [category]
    assert client.post(page, {"sector": "", "categories": [category.pk]}).status_code == 302
    assert list(seat.own_categories.all()) == [category]
    assert [box.data["selected"] for box in client.get(page).context["forms"]["sector"]["categories"]] == [True]
    client.force_login(make_user(Role.AUDITOR, round=round))
    assert category.name in client.get(page).content.decode()
    assert client.post(page, {"sector": ""}).status_code == 403
    client.force_login(world[1])
    assert client.post(page, {"sector": ""}).status_code == 302
    assert not seat.own_categories.exists()


def test_a_category_of_another_round_is_no_own_sector(client, world):
    round, _ = world
    seat, elsewhere = make_seat(round), make_category(make_round(region_code="52"))
    make_category(round)
    response = client.post(url("seat", round, code=seat.code), {"sector": "", "categories": [elsewhere.pk]})
    assert response.context["forms"]["sector"].errors
    assert not seat.own_categories.exists()


def test_the_page_of_a_seat_costs_the_same_for_1_and_30_categories(client, world):
    round, _ = world
    seat = make_seat(round)
    page = url("seat", round, code=seat.code)
    seat.own_categories.add(make_category(round))
    one = cost(client, page)
    seat.own_categories.add(*(make_category(round, f"kategori-{number}") for number in range(29)))
    assert cost(client, page) == one <= 14
