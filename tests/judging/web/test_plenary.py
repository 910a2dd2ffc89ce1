"""The plenary's page: every button once, with its refusals."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from judging.models import Award, Decision, DecisionKind, Document, Motion, Plenary, PlenaryAttendance
from judging.selectors.plenary import plenary_in_force
from judging.services.decisions import record_quorum_exception
from judging.services.plenary import open_plenary
from judging.services.votes import Votes
from judging.web import plenary_minutes
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.kernel.sentences import sentence
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.world import AT, PASSWORD, make_user

pytestmark = pytest.mark.django_db
VOTES = {"votes_for": "6", "votes_against": "2", "abstentions": "0", "reason": "cakupan pekerja rentan"}
TIE = "tie-kategori-pemda-3-4"


def url(name: str, scored: Scored, **kwargs: Any) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": scored.round.scope_code, **kwargs})


def post(client: Client, name: str, scored: Scored, data: dict[str, str], **kwargs: Any) -> Any:
    return client.post(url(name, scored, **kwargs), data)


def said(response: Any) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def scored_by(client: Client, who: str, *, opened: bool = True) -> Scored:
    scored = make_scored_round()
    if opened:
        open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    client.force_login(getattr(scored, who))
    return scored


def everybody(scored: Scored) -> dict[str, str]:
    return {f"seat_{seat.pk}": "on" for seat in scored.seats}


def move_tie(client: Client, scored: Scored, first: str = "4", second: str = "3", **changes: str) -> Any:
    reason = {"proposed_by": str(scored.seats[1].pk), "reason": "cakupan pekerja rentan"}
    data = reason | {"tie": TIE, "order_1": first, "order_2": second} | changes
    return post(client, "plenary_tie", scored, data, kind="kategori", code="pemda")


def settle(client: Client, scored: Scored) -> None:
    """Attendance, the tie moved, hands shown, the vote closed, as the recorder's page sends it."""
    post(client, "plenary_attendance", scored, everybody(scored))
    assert move_tie(client, scored).status_code == 302
    hands = {f"seat_{seat.pk}": "against" if seat.position > 7 else "favour" for seat in scored.seats}
    post(client, "plenary_hands", scored, hands, number="1")
    assert post(client, "plenary_close", scored, {}, number="1").status_code == 302


def test_chair_opens_the_plenary_and_a_second_click_opens_no_other(client: Client) -> None:
    scored = scored_by(client, "chair", opened=False)
    page = client.get(url("plenary", scored))
    assert page.context["open_form"] is not None
    for _ in range(2):
        response = post(client, "plenary_open", scored, {"place": "Aula (contoh)"})
        assert response.status_code == 302
        assert response.url == url("plenary", scored) + "#main"
    assert Plenary.objects.get().place == "Aula (contoh)"


def test_opening_without_a_place_or_too_early_changes_nothing(client: Client) -> None:
    scored = scored_by(client, "chair", opened=False)
    response = post(client, "plenary_open", scored, {"place": ""})
    assert response.context["open_form"].errors.keys() == {"place"}
    add_nominee(scored, 8, seats=4)
    response = post(client, "plenary_open", scored, {"place": "Aula"})
    assert response.templates[0].name == "judging/plenary/before.html"
    assert len(said(response)) == 1
    assert not Plenary.objects.exists()


@pytest.mark.parametrize("who", ["secretary", "member"])
def test_only_the_chair_opens_and_confirms(client: Client, who: str) -> None:
    scored = scored_by(client, who, opened=False)
    assert post(client, "plenary_open", scored, {"place": "Aula"}).status_code == 403
    open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    data = {"password": PASSWORD, "minutes_number": "1"}
    assert post(client, "plenary_confirm", scored, data).status_code == 403
    assert not Award.objects.exists()


def test_before_the_plenary_members_get_403_and_the_secretariat_sees_no_score(client: Client) -> None:
    scored = scored_by(client, "member", opened=False)
    assert client.get(url("plenary", scored)).status_code == 403
    client.force_login(scored.secretary)
    text = client.get(url("plenary", scored)).content.decode()
    assert "60,33" not in text
    assert "54,00" not in text


def test_members_read_the_plenary_and_record_nothing(client: Client) -> None:
    scored = scored_by(client, "member")
    page = client.get(url("plenary", scored))
    assert page.context["attendance_form"] is None
    assert page.context["agenda"][0].ties[0].form is None
    assert post(client, "plenary_attendance", scored, everybody(scored)).status_code == 403
    assert move_tie(client, scored).status_code == 403
    assert not Motion.objects.exists()
    assert not Decision.objects.exists()


def test_every_act_is_a_post_and_reading_changes_nothing(client: Client) -> None:
    scored = scored_by(client, "chair")
    for name in ("plenary_open", "plenary_attendance", "plenary_confirm"):
        assert client.get(url(name, scored)).status_code == 405
    client.get(url("plenary", scored))
    with CaptureQueriesContext(connection) as queries:
        client.get(url("plenary", scored))
    assert not [each for each in queries if each["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_attendance_is_recorded_and_shown(client: Client) -> None:
    scored = scored_by(client, "secretary")
    absent = everybody(scored)
    absent.pop(f"seat_{scored.seats[8].pk}")
    assert post(client, "plenary_attendance", scored, absent).status_code == 302
    assert PlenaryAttendance.objects.filter(present=True).count() == 8
    assert client.get(url("plenary", scored)).context["present"] == 8
    response = post(client, "plenary_attendance", scored, {})
    assert response.context["attendance_form"].non_field_errors() == [sentence("nobody_present")]
    assert PlenaryAttendance.objects.filter(present=True).count() == 8


def test_quorum_exception_is_recorded_while_scoring(client: Client) -> None:
    scored = scored_by(client, "secretary", opened=False)
    add_nominee(scored, 8, seats=4)
    page = client.get(url("plenary", scored))
    assert [each.shortfall.nomination.number for each in page.context["shortfalls"]] == [8]
    assert post(client, "plenary_exception", scored, VOTES, number=8).status_code == 302
    assert Decision.objects.get().kind == DecisionKind.QUORUM
    response = post(client, "plenary_exception", scored, VOTES, number=8)
    assert len(said(response)) == 2  # recorded; needs no exception any more
    assert Decision.objects.count() == 1


def test_chair_confirms_by_password_and_only_once(client: Client) -> None:
    scored = scored_by(client, "chair")
    assert "confirm_form" not in client.get(url("plenary", scored)).context
    settle(client, scored)
    ready = client.get(url("plenary", scored))
    assert ready.context["confirm_form"] is not None
    assert ready.content.decode().count('href="#sah"') == 2  # at the top, and in the agenda
    data = {"password": "bukan ini", "minutes_number": "BA-01/2025"}
    wrong = post(client, "plenary_confirm", scored, data)
    assert wrong.context["confirm_form"].errors["password"] == [sentence("wrong_password")]
    assert "bukan ini" not in wrong.content.decode()
    assert not Award.objects.exists()
    assert post(client, "plenary_confirm", scored, data | {"password": PASSWORD}).status_code == 302
    again = post(client, "plenary_confirm", scored, data | {"password": PASSWORD})
    assert said(again)[-1] == sentence("chair_word_stands")  # the form is gone: at the top of the page
    assert post(client, "plenary_countersign", scored, {"password": PASSWORD}).status_code == 403
    assert not Award.objects.exists()
    shown = client.get(url("plenary", scored)).context
    assert (shown["confirm_form"], shown["countersign_form"], shown["may_take_back"]) == (None, None, True)


def test_nobody_signs_what_the_own_page_did_not_show(client: Client) -> None:
    scored = scored_by(client, "chair")
    settle(client, scored)
    old = client.get(url("plenary", scored)).context["result_version"]
    assert f'name="seen" value="{old}"' in client.get(url("plenary", scored)).content.decode()
    seats = everybody(scored)
    seats.popitem()
    withdrawn = Decision.objects.get()
    post(client, "plenary_withdraw", scored, {}, decision_id=withdrawn.pk)
    post(client, "plenary_attendance", scored, seats)
    move_tie(client, scored, "3", "4")
    hands = {f"seat_{seat.pk}": "favour" for seat in scored.seats[:8]}
    post(client, "plenary_hands", scored, hands, number="2")
    assert post(client, "plenary_close", scored, {}, number="2").status_code == 302

    word = {"password": PASSWORD, "minutes_number": "BA-01/2025"}
    refused = post(client, "plenary_confirm", scored, word | {"seen": old})

    assert refused.context["confirm_form"].non_field_errors() == [sentence("result_changed_meanwhile")]
    fresh = refused.context["result_version"]
    assert fresh != old
    assert post(client, "plenary_confirm", scored, word | {"seen": fresh}).status_code == 302


def test_the_second_officer_signs_the_chairs_present_word(client: Client) -> None:
    """The chair took the word back and gave another one while the second officer's page lay open."""
    scored = scored_by(client, "chair")
    settle(client, scored)
    word = {"password": PASSWORD, "minutes_number": "BA-01/2025"}
    post(client, "plenary_confirm", scored, word)
    old = client.get(url("plenary", scored)).context["result_version"]
    post(client, "plenary_take_back", scored, {})
    post(client, "plenary_confirm", scored, word | {"minutes_number": "BA-02/2025"})
    client.force_login(scored.second)

    refused = post(client, "plenary_countersign", scored, {"password": PASSWORD, "seen": old})

    assert refused.context["countersign_form"].non_field_errors() == [sentence("result_changed_meanwhile")]
    assert not Award.objects.exists()
    fresh = client.get(url("plenary", scored)).context["result_version"]
    assert post(client, "plenary_countersign", scored, {"password": PASSWORD, "seen": fresh}).status_code == 302


def test_chair_takes_the_word_back_once_and_a_second_click_is_told(client: Client) -> None:
    scored = scored_by(client, "chair")
    settle(client, scored)
    post(client, "plenary_confirm", scored, {"password": PASSWORD, "minutes_number": "BA-01/2025"})
    for _ in range(2):
        assert post(client, "plenary_take_back", scored, {}).status_code == 302
    assert said(post(client, "plenary_take_back", scored, {}))[-1] == sentence("chair_word_missing")
    assert client.get(url("plenary", scored)).context["confirm_form"] is not None


def test_second_officer_countersigns_by_password_and_only_once(client: Client) -> None:
    scored = scored_by(client, "chair")
    settle(client, scored)
    client.force_login(scored.second)
    early = post(client, "plenary_countersign", scored, {"password": PASSWORD})
    assert said(early)[-1] == sentence("chair_word_missing")
    client.force_login(scored.chair)
    post(client, "plenary_confirm", scored, {"password": PASSWORD, "minutes_number": "BA-01/2025"})
    client.force_login(scored.second)
    assert client.get(url("plenary", scored)).context["countersign_form"] is not None
    wrong = post(client, "plenary_countersign", scored, {"password": "bukan ini"})
    assert wrong.context["countersign_form"].errors["password"] == [sentence("wrong_password")]
    assert not Award.objects.exists()
    assert post(client, "plenary_countersign", scored, {"password": PASSWORD}).status_code == 302
    assert Award.objects.count() == 6
    again = post(client, "plenary_countersign", scored, {"password": PASSWORD})
    assert said(again)[-1] == sentence("plenary_over")
    scored.round.refresh_from_db()
    assert scored.round.state == State.DECIDED


def test_after_the_decision_the_page_is_for_reading(client: Client) -> None:
    scored = scored_by(client, "chair")
    settle(client, scored)
    post(client, "plenary_confirm", scored, {"password": PASSWORD, "minutes_number": "BA-01/2025"})
    client.force_login(scored.secretary)
    post(client, "plenary_countersign", scored, {"password": PASSWORD})
    client.force_login(make_user(Role.AUDITOR, round=scored.round))
    with translation.override("id"):
        page = client.get(url("plenary", scored))
    assert "confirm_form" not in page.context
    assert page.context["attendance_form"] is None
    assert "BA-01/2025" in page.content.decode()
    client.force_login(scored.secretary)
    refused = move_tie(client, scored)
    assert refused.status_code == 302  # the tie its sender saw is settled
    assert post(client, "plenary_attendance", scored, {}).status_code == 200
    assert PlenaryAttendance.objects.filter(present=True).count() == 9


def test_the_draft_of_the_minutes_is_read_by_who_signs_and_stored_nowhere(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plenary_minutes, "render_minutes", lambda data: f"%PDF {data.demo_mark}".encode())
    scored = scored_by(client, "secretary")
    for who in (scored.chair, scored.secretary, scored.second):
        client.force_login(who)
        link = url("minutes_draft", scored)
        assert f'href="{link}"' in client.get(url("plenary", scored)).content.decode()
        response = client.get(link)
        assert (response.headers["Content-Type"], response.content) == ("application/pdf", b"%PDF KONSEP")
    assert not Document.objects.exists()
    client.force_login(scored.member)
    assert client.get(link).status_code == 403
    assert link not in client.get(url("plenary", scored)).content.decode()


def test_another_provinces_decision_cannot_be_withdrawn_here(client: Client) -> None:
    other = make_scored_round(region_code="52")
    nomination = add_nominee(other, 8, seats=4)
    decision = record_quorum_exception(
        nomination=nomination, votes=Votes(9), reason="cuaca", actor=other.secretary, at=AT
    )
    scored = scored_by(client, "secretary")
    assert post(client, "plenary_withdraw", scored, {}, decision_id=decision.pk).status_code == 404
    assert post(client, "plenary_withdraw", other, {}, decision_id=decision.pk).status_code == 404


def test_plenary_costs_the_same_for_few_and_for_30_nominees(client: Client) -> None:
    costs = []
    for region_code, more in (("53", 0), ("52", 30)):
        scored = make_scored_round(region_code=region_code)
        for number in range(10, 10 + more):
            add_nominee(scored, number, mark=str(10 + number))
        client.force_login(scored.chair)
        with CaptureQueriesContext(connection) as before:
            assert client.get(url("plenary", scored)).status_code == 200
        open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
        with CaptureQueriesContext(connection) as after:
            assert client.get(url("plenary", scored)).status_code == 200
        costs.append((len(before), len(after)))
        assert plenary_in_force(scored.round) is not None
    assert costs[0] == costs[1]
