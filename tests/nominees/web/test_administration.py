"""The platform administrator's pages: what each form does, what is refused, and what is never shown."""

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from nominees.models import Edition, Round, TimeZone
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.audit.models import AuditEvent
from tests.factories.costs import cost
from tests.factories.world import AT, PASSWORD, make_region, make_round, make_user

pytestmark = pytest.mark.django_db
STRONG = "jangkar-biru-laut-timur"


@pytest.fixture
def admin(client: Client) -> User:
    user = make_user(Role.PLATFORM_ADMIN, username="admin")
    client.force_login(user)
    return user


def _person(user: User, page: str = "person", **kwargs: Any) -> str:
    return reverse(page, kwargs={"username": user.username, **kwargs})


def _actions() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_the_first_page_lists_rounds_empty_editions_and_people(client: Client, admin: User) -> None:
    assert client.get(reverse("administration")).context["rows"] == []
    round = make_round()
    Edition.objects.create(
        assessment_year=2025, name="Baru", period_start=date(2025, 1, 1), period_end=date(2025, 12, 31)
    )
    member = make_user(Role.AUDITOR, round=round)

    page = client.get(reverse("administration"))

    assert [row[0].get("url") for row in page.context["rows"]] == ["/2024/53/", None]
    assert {row[0]["url"] for row in page.context["people_rows"]} == {_person(admin), _person(member)}
    found = client.get(reverse("administration"), {"q": member.username})
    assert [row[0]["url"] for row in found.context["people_rows"]] == [_person(member)]
    assert client.get(reverse("administration"), {"q": "tidak ada"}).context["people_rows"] == []


def test_the_first_page_and_a_person_cost_the_same_for_1_and_30(client: Client, admin: User) -> None:
    def add(year: int) -> None:
        make_user(Role.AUDITOR, round=make_round(year=year))

    add(2000)
    person = User.objects.exclude(pk=admin.pk).get()
    pages = [reverse("administration"), _person(person)]
    one = [cost(client, page) for page in pages]
    for year in range(2001, 2030):
        add(year)
    RoleGrant.objects.filter(role=Role.AUDITOR).update(user=person)

    assert [cost(client, page) for page in pages] == one
    assert max(one) <= 10


def test_an_edition_and_its_rounds_are_created(client: Client, admin: User) -> None:
    make_region("53", "Nusa Tenggara Timur")
    edition = {"assessment_year": 2025, "name": "P", "period_start": "2025-01-01", "period_end": "31/12/2025"}

    assert client.post(reverse("new_edition"), edition).url == reverse("administration")
    again = client.post(reverse("new_edition"), edition)
    assert again.status_code == 200
    assert again.context["form"].non_field_errors()

    created = Edition.objects.get()
    place = {"edition": created.pk, "time_zone": TimeZone.WITA, "city": "Kupang", "interviews_from": "2026-06-23"}
    for code in ("53", "nasional"):
        assert client.post(reverse("new_round"), place | {"place": code}).status_code == 302
    assert client.post(reverse("new_round"), place | {"place": "53"}).context["form"].non_field_errors()
    assert client.post(reverse("new_round"), place | {"place": "99"}).context["form"].errors["place"]
    assert [round.scope for round in Round.objects.all()] == ["2025/53", "2025/nasional"]
    assert _actions() == ["edition.created", "round.created", "round.created"]


def test_a_login_is_created_with_the_password_that_was_shown(client: Client, admin: User) -> None:
    page = client.get(reverse("new_person"))
    proposed = page.context["form"]["password"].value()
    assert proposed in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert client.get(reverse("new_person")).context["form"]["password"].value() != proposed
    facts = {"username": "dewi", "display_name": "Dr. Dewi (contoh)", "password": proposed}

    response = client.post(reverse("new_person"), facts, follow=True)

    dewi = User.objects.get(username="dewi")
    assert response.redirect_chain == [(_person(dewi), 302)]
    assert proposed not in response.content.decode()
    assert dewi.check_password(proposed)
    assert client.post(reverse("new_person"), facts).context["form"].non_field_errors()
    for wrong in ({"username": "a/b"}, {"username": "lain", "password": "pendek"}, {"username": ""}):
        assert client.post(reverse("new_person"), facts | wrong).context["form"].errors
    assert User.objects.count() == 2
    assert _actions() == ["user.created"]


def test_proposed_passwords_are_long_and_easy_to_read_out() -> None:
    from nominees.web.people_forms import proposed_password

    drawn = {proposed_password() for _ in range(50)}
    assert len(drawn) == 50
    assert all(re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){3}", one) for one in drawn)
    assert not set("".join(drawn)) & set("il1o0")


def test_a_reset_ends_the_sessions_of_the_person(client: Client, admin: User) -> None:
    round = make_round()
    user = make_user(Role.AUDITOR, round=round)
    theirs = Client()
    theirs.force_login(user)
    assert theirs.get("/2024/53/").status_code == 200

    assert client.post(_person(user, "reset_password"), {"password": "pendek"}).context["form"].errors
    assert client.post(_person(user, "reset_password"), {"password": STRONG}).url == _person(user)

    assert theirs.get("/2024/53/").status_code == 302
    user.refresh_from_db()
    assert user.check_password(STRONG)
    assert _actions() == ["user.password_reset"]


def test_a_login_is_deactivated_at_once_and_reactivated(client: Client, admin: User) -> None:
    user = make_user(Role.AUDITOR, round=make_round())
    theirs = Client()
    theirs.force_login(user)
    assert client.get(_person(user, "switch_login")).context["form"]["is_active"].value() == "0"

    for _click in range(2):
        assert client.post(_person(user, "switch_login"), {"is_active": "0"}).url == _person(user)
    assert theirs.get("/2024/53/").status_code == 302
    assert client.get(_person(user, "switch_login")).context["form"]["is_active"].value() == "1"
    client.post(_person(user, "switch_login"), {"is_active": "1"})
    theirs.force_login(user)
    assert theirs.get("/2024/53/").status_code == 200
    assert client.post(_person(user, "switch_login"), {}).status_code == 200

    own = client.post(_person(admin, "switch_login"), {"is_active": "0"}, follow=True)
    assert [message.level_tag for message in own.context["messages"]] == ["error"]
    assert _actions() == ["user.deactivated", "user.reactivated"]


def test_a_role_is_given_and_ended_and_the_history_tells(client: Client, admin: User) -> None:
    round, user = make_round(), make_user()
    given = {"role": Role.SECRETARIAT, "round": round.pk}

    for _click in range(2):
        assert client.post(_person(user, "give_role"), given).url == _person(user)
    grant = user.grants.get()
    page = client.get(_person(user))
    assert [row[3].get("url") for row in page.context["roles"]["rows"]] == [
        _person(user, "end_role", grant_id=grant.pk)
    ]
    assert client.get(_person(user, "end_role", grant_id=grant.pk)).status_code == 200
    for _click in range(2):
        assert client.post(_person(user, "end_role", grant_id=grant.pk)).url == _person(user)

    history = client.get(_person(user)).context["history"]["rows"]
    assert len(history) == 2
    assert all("2024/53" in row[0]["note"] for row in history)
    assert _actions() == ["role.granted", "role.revoked"]


def test_roles_that_do_not_fit_are_refused_on_the_form(client: Client, admin: User) -> None:
    round, user = make_round(), make_user()
    for wrong in (
        {"role": Role.CHAIR, "round": round.pk},
        {"role": Role.PANEL_MEMBER, "round": round.pk},
        {"role": Role.NATIONAL_SECRETARIAT, "round": round.pk},
        {"role": Role.AUDITOR},
    ):
        response = client.post(_person(user, "give_role"), wrong)
        assert response.status_code == 200
        assert response.context["form"].errors
    seated = make_user(Role.CHAIR, round=round)
    assert client.post(_person(seated, "end_role", grant_id=seated.grants.get().pk)).status_code == 404
    assert client.post(_person(user, "end_role", grant_id=seated.grants.get().pk)).status_code == 404
    assert not RoleGrant.objects.filter(user=user).exists()
    assert _actions() == []


def test_unknown_people_are_not_found(client: Client, admin: User) -> None:
    for page in ("person", "reset_password", "switch_login", "give_role"):
        assert client.get(reverse(page, kwargs={"username": "tidak-ada"})).status_code == 404


def test_the_administrator_comes_to_the_list_even_with_one_round(client: Client, admin: User) -> None:
    make_round()
    page = client.get(reverse("home"))
    assert page.status_code == 200
    assert [action["url"] for action in page.context["actions"]] == [reverse("administration")]
    client.force_login(make_user())
    assert client.get(reverse("home")).context["actions"] == []


def test_the_own_password_is_changed_and_this_session_stays(client: Client) -> None:
    user = make_user(Role.AUDITOR, round=make_round())
    client.force_login(user)
    other = Client()
    other.force_login(user)
    page = client.get(reverse("account"))
    assert [row[1]["url"] for row in page.context["roles"]["rows"]] == ["/2024/53/"]
    assert page.context["actions"] == []
    new = {"new_password1": STRONG, "new_password2": STRONG}

    wrong = client.post(reverse("account"), new | {"old_password": "salah"})
    assert wrong.context["form"].errors["old_password"]
    differ = client.post(reverse("account"), new | {"old_password": PASSWORD, "new_password2": "lain"})
    assert differ.context["form"].errors["new_password2"]
    assert _actions() == []
    assert client.post(reverse("account"), new | {"old_password": PASSWORD}).url == reverse("account")

    assert client.get(reverse("account")).status_code == 200
    assert other.get(reverse("account")).status_code == 302
    user.refresh_from_db()
    assert user.check_password(STRONG)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, STRONG in event.payload) == ("user.password_changed", user, False)


def test_wrong_old_passwords_count_towards_the_lock_out(client: Client, settings: Any) -> None:
    settings.AXES_ENABLED = True
    user = make_user()
    client.force_login(user)
    new = {"new_password1": STRONG, "new_password2": STRONG}
    for _try in range(5):
        client.post(reverse("account"), new | {"old_password": "salah"})

    client.post(reverse("account"), new | {"old_password": PASSWORD})

    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_ended_roles_stand_on_the_own_account_without_links(client: Client) -> None:
    user = make_user(Role.AUDITOR, Role.CHAIR, round=make_round())
    user.grants.filter(role=Role.AUDITOR).update(revoked_at=AT)
    client.force_login(user)
    rows = client.get(reverse("account")).context["roles"]["rows"]
    assert len(rows) == 2
    assert [row[3].get("url") for row in rows] == [None, None]
    assert rows[1][3]["text"] != "–"
