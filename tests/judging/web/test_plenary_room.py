"""Motions, votes and the screen on the plenary's pages: every button once, with its refusals."""

import re
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from judging.models import Ballot, Choice, Decision, Motion, MotionState, Plenary, SecretBallot, SpecialAward
from judging.selectors.plenary import plenary_in_force
from judging.services.motions import cast_ballot, open_motion
from judging.services.plenary import open_plenary, record_attendance
from judging.services.proposals import Outside, TieOrder
from paritrana.kernel.sentences import sentence
from tests.factories.motions import vote
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.sheets import holder
from tests.factories.world import AT

pytestmark = pytest.mark.django_db
TIE = "tie-kategori-pemda-3-4"
PEMDA = {"kind": "kategori", "code": "pemda"}
PRIZE = Outside("Piagam khusus", "Pemerintah Provinsi (contoh)", "inovasi")


def url(name: str, scored: Scored, **kwargs: Any) -> str:
    return reverse(f"judging:{name}", kwargs={"year": 2024, "scope": scored.round.scope_code, **kwargs})


def post(client: Client, name: str, scored: Scored, data: dict[str, Any], **kwargs: Any) -> Any:
    return client.post(url(name, scored, **kwargs), data)


def said(response: Any) -> str:
    return [str(message) for message in get_messages(response.wsgi_request)][-1]


def meeting(client: Client, who: str = "secretary", **more: Any) -> tuple[Scored, Plenary]:
    scored = make_scored_round(**more)
    plenary = open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)
    client.force_login(getattr(scored, who))
    return scored, plenary


def tie(scored: Scored, first: str = "4", second: str = "3", **changes: str) -> dict[str, str]:
    moved = {"proposed_by": str(scored.seats[1].pk), "reason": "cakupan pekerja rentan"}
    return moved | {"tie": TIE, "order_1": first, "order_2": second} | changes


def moved(scored: Scored, plenary: Plenary, *, secret: bool = False) -> Motion:
    order = TieOrder(scored.category, [scored.nominations[4], scored.nominations[3]])
    told: dict[str, Any] = {"proposed_by": scored.seats[1], "reason": "alasan", "is_secret": secret}
    return open_motion(plenary=plenary, proposal=order, actor=scored.secretary, at=AT, **told)


def agenda(client: Client, scored: Scored) -> list[Any]:
    found: list[Any] = client.get(url("plenary", scored)).context["agenda"]
    return found


def test_a_tie_is_moved_voted_on_by_show_of_hands_and_closed(client: Client) -> None:
    scored, _ = meeting(client)
    assert [(item.tone, len(item.ties)) for item in agenda(client, scored)][:2] == [("warning", 1), ("neutral", 0)]
    assert post(client, "plenary_tie", scored, tie(scored), **PEMDA).status_code == 302
    page = client.get(url("plenary", scored))
    assert page.context["agenda"][0].tone == "info"
    assert [item.deviation for item in page.context["agenda"]] == [None] * 3  # one vote at a time
    assert page.context["attendance_form"] is None
    assert len(page.context["hands_form"].fields) == 8
    some = {f"seat_{seat.pk}": "favour" for seat in scored.seats[:5]}
    assert post(client, "plenary_hands", scored, some, number=1).status_code == 302
    early = post(client, "plenary_close", scored, {}, number=1)
    assert early.status_code == 200
    told = sentence("seats_still_to_vote", {"seats": "Unsur 6, Unsur 8, Unsur 9", "count": 3})
    assert early.context["close_form"].non_field_errors() == [told]
    silent = {"not_voting": [seat.pk for seat in scored.seats[5:]]}
    assert post(client, "plenary_close", scored, silent, number=1).status_code == 302
    decision = Decision.objects.get()
    assert (decision.votes_for, decision.order) == (5, [scored.nominations[4].pk, scored.nominations[3].pk])
    page = client.get(url("plenary", scored))
    assert (page.context["agenda"][0].tone, page.context["agenda"][0].ties) == ("success", ())
    assert [each.motion.not_voting for each, _ in page.context["motions"]] == [3]


def test_a_stale_tie_a_second_motion_and_an_incomplete_form_are_told(client: Client) -> None:
    scored, plenary = meeting(client)
    refused = post(client, "plenary_tie", scored, tie(scored, reason=""), **PEMDA)
    assert refused.context["agenda"][0].ties[0].form.errors.keys() == {"reason"}
    twice = post(client, "plenary_tie", scored, tie(scored, "4", "4"), **PEMDA)
    assert twice.context["agenda"][0].ties[0].form.non_field_errors() == [sentence("not_this_tie")]
    assert not get_messages(twice.wsgi_request)  # told at the form, to which its address leads
    assert f'/seri/#{TIE}"' in twice.content.decode()
    assert f'role="alert" id="{TIE}" tabindex="-1"' in twice.content.decode()
    post(client, "plenary_tie", scored, tie(scored), **PEMDA)
    again = post(client, "plenary_tie", scored, tie(scored), **PEMDA)
    assert said(again) == sentence("vote_is_open", {"number": 1})
    assert Motion.objects.count() == 1
    post(client, "plenary_withdraw_motion", scored, {}, number=1)
    vote(plenary, TieOrder(scored.category, [scored.nominations[3], scored.nominations[4]]), actor=scored.secretary)
    stale = post(client, "plenary_tie", scored, tie(scored), **PEMDA)
    assert (stale.status_code, said(stale)) == (302, sentence("not_this_tie"))


def test_a_deviation_is_moved_and_a_second_click_on_close_or_withdraw_is_told(client: Client) -> None:
    scored, _ = meeting(client)
    data = tie(scored, nominee="1", position="1")
    assert post(client, "plenary_deviation", scored, data, **PEMDA).status_code == 302
    motion = Motion.objects.get()
    assert motion.order == [scored.nominations[1].pk, scored.nominations[2].pk]
    for _ in range(2):
        response = post(client, "plenary_withdraw_motion", scored, {}, number=1)
        assert response.status_code == 302
    assert said(response) == sentence("vote_closed", {"number": 1})
    assert said(post(client, "plenary_close", scored, {}, number=1)) == sentence("vote_closed", {"number": 1})
    assert post(client, "plenary_deviation", scored, data, kind="kategori", code="lain").status_code == 404
    assert post(client, "plenary_close", scored, {}, number=7).status_code == 404
    motion.refresh_from_db()
    assert motion.state == MotionState.WITHDRAWN


def test_all_present_are_recorded_in_favour_after_a_question_and_single_seats_changed(client: Client) -> None:
    scored, plenary = meeting(client)
    motion = moved(scored, plenary)
    cast_ballot(motion=motion, seat=scored.seats[1], choice=Choice.AGAINST, actor=scored.member, at=AT)
    page = url("plenary_all_in_favour", scored, number=1)
    asked = client.get(page).context
    assert [each.seat for each in asked["voted"]] == [scored.seats[1]]
    silent = [each.seat for each in asked["silent"]]
    assert len(silent) == 7
    assert Ballot.objects.count() == 1
    for _ in range(2):  # a second click finds everybody voted
        assert client.post(page, {"seat": [seat.pk for seat in silent]}).status_code == 302
    assert sorted(Ballot.objects.values_list("choice", flat=True)) == ["against"] + ["favour"] * 7
    change = {f"seat_{scored.seats[2].pk}": "abstain"}
    assert post(client, "plenary_hands", scored, change, number=1).status_code == 302
    assert Ballot.objects.get(seat=scored.seats[2]).choice == Choice.ABSTAIN
    post(client, "plenary_close", scored, {}, number=1)
    assert client.get(page).context["silent"] == []
    late = client.post(page, {"seat": [seat.pk for seat in silent]})
    assert (late.status_code, said(late)) == (302, sentence("vote_closed", {"number": 1}))


def test_nobody_records_all_in_favour_in_a_secret_vote_nor_a_member_in_an_open_one(client: Client) -> None:
    scored, plenary = meeting(client, "member")
    moved(scored, plenary)
    assert client.get(url("plenary_all_in_favour", scored, number=1)).status_code == 403
    client.force_login(scored.secretary)
    post(client, "plenary_withdraw_motion", scored, {}, number=1)
    moved(scored, plenary, secret=True)
    page = url("plenary_all_in_favour", scored, number=2)
    assert client.post(page, {"seat": [scored.seats[0].pk]}).status_code == 403
    assert not Ballot.objects.exists()


def test_an_open_vote_stands_first_and_only_what_needs_something_is_unfolded(client: Client) -> None:
    scored, plenary = meeting(client)
    text = client.get(url("plenary", scored)).content.decode()
    folds = dict(re.findall(r'<details class="app-panel app-fold" id="(kategori-\w+|umum-\w+)"( open)?>', text))
    assert (folds["kategori-pemda"], len(folds)) == (" open", 3)
    assert set(folds.values()) == {" open", ""}
    assert all(f'href="#{item}"' in text for item in folds)
    moved(scored, plenary)
    client.force_login(scored.member)
    page = client.get(url("plenary", scored))
    assert page.context["may_vote"]
    text = page.content.decode()
    assert text.index('id="mosi"') < text.index('id="agenda"')
    client.force_login(holder(scored.seats[6]))  # recused for one of them
    assert not client.get(url("plenary", scored)).context["may_vote"]


def test_the_screen_shows_an_open_vote_at_once_and_returns_to_what_was_chosen(client: Client) -> None:
    scored, plenary = meeting(client)
    for item in ("khusus", ""):
        post(client, "plenary_show", scored, {"item": item})
        motion = moved(scored, plenary)
        during = client.get(url("plenary_screen", scored)).context
        assert (during["vote"].motion, "special" in during, "part" in during) == (motion, False, False)
        post(client, "plenary_withdraw_motion", scored, {}, number=motion.number)
        after = client.get(url("plenary_screen", scored)).context
        assert ("vote" in after, "special" in after) == (False, bool(item))


def test_a_long_list_is_on_several_pages_of_the_screen_and_no_place_is_cut(client: Client) -> None:
    scored = make_scored_round()
    for number in range(10, 25):
        add_nominee(scored, number, mark=str(10 + number))
    plenary = open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    Plenary.objects.filter(pk=plenary.pk).update(shown="kategori-pemda")
    client.force_login(scored.chair)

    def page(**asked: str) -> Any:
        return client.get(url("plenary_screen", scored), asked).context["lines"]

    pages = [page(pokok="kategori-pemda", halaman=str(number)) for number in (1, 2, 3)]
    shown = [each.object_list[0] for each in pages]
    assert [len(each) for each in shown] == [6, 6, 6]  # an open tie takes the room of two
    numbers = [line.place for each in page().paginator.object_list for line in each]
    assert [line.place for each in shown for line in each] == numbers[:18]
    assert numbers == sorted(numbers, key=int)
    # Another item starts at its first page, and what is no number is the first.
    assert [page(**asked).number for asked in ({"pokok": "kategori-lain", "halaman": "2"}, {"halaman": "x"})] == [1, 1]


def test_an_award_outside_the_ranking_is_moved_and_shown(client: Client) -> None:
    scored, plenary = meeting(client)
    data = tie(scored, title="Piagam khusus", recipient="Pemerintah (contoh)", citation="inovasi", nominee="")
    assert post(client, "plenary_special", scored, data).status_code == 302
    assert Motion.objects.get().special == {
        "title": "Piagam khusus",
        "recipient": "Pemerintah (contoh)",
        "citation": "inovasi",
    }
    post(client, "plenary_withdraw_motion", scored, {}, number=1)
    vote(plenary, PRIZE, actor=scored.secretary)
    assert list(client.get(url("plenary", scored)).context["special_awards"]) == [SpecialAward.objects.get()]
    missing = post(client, "plenary_special", scored, data | {"citation": ""})
    assert missing.context["special_form"].errors.keys() == {"citation"}


def test_members_vote_for_their_own_seat_and_may_change_an_open_vote(client: Client) -> None:
    scored, plenary = meeting(client, "member")
    moved(scored, plenary)
    page = url("plenary_ballot", scored, number=1)
    for choice in ("favour", "against"):
        assert client.post(page, {"choice": choice}).status_code == 302
    assert Ballot.objects.get().choice == Choice.AGAINST
    assert client.get(page).context["form"].initial == {"choice": "against"}
    assert client.post(page, {"choice": "lain"}).status_code == 200
    client.force_login(holder(scored.seats[6]))  # recused for one of them
    assert client.get(page).context["form"] is None
    assert said(client.post(page, {"choice": "favour"})) == sentence("seat_has_no_vote", {"seat": "Unsur 7"})
    assert Ballot.objects.count() == 1


def test_the_own_vote_leads_to_where_it_is_changed_and_the_recorder_is_told_of_others(client: Client) -> None:
    scored, plenary = meeting(client, "member")
    motion, ballot = moved(scored, plenary), url("plenary_ballot", scored, number=1)
    links = [client.get(url("plenary", scored)).content.decode().count(ballot)]
    cast_ballot(motion=motion, seat=scored.seats[1], choice=Choice.AGAINST, actor=scored.member, at=AT)
    links.append(client.get(url("plenary", scored)).content.decode().count(ballot))
    client.force_login(scored.secretary)
    recorded = client.get(url("plenary", scored))
    links.append(recorded.content.decode().count(ballot))
    assert links == [1, 2, 0]
    assert recorded.context["own_votes"] is True


def test_a_secret_vote_shows_no_choice_to_anybody_and_is_cast_once(client: Client) -> None:
    scored, plenary = meeting(client, "member")
    moved(scored, plenary, secret=True)
    page = url("plenary_ballot", scored, number=1)
    client.post(page, {"choice": "against"})
    assert said(client.post(page, {"choice": "favour"})) == sentence("already_voted", {"seat": "Unsur 2"})
    assert SecretBallot.objects.get().choice == Choice.AGAINST
    assert client.get(page).context["form"] is None
    client.force_login(scored.secretary)
    shown = client.get(url("plenary", scored)).context
    assert (shown["hands_form"], shown["vote"].votes) == (None, None)
    hands = {f"seat_{seat.pk}": "favour" for seat in scored.seats}
    refused = post(client, "plenary_hands", scored, hands, number=1)
    assert Ballot.objects.count() == 1
    assert refused.status_code == 200


@pytest.mark.parametrize("name", ["plenary_hands", "plenary_close", "plenary_withdraw_motion"])
def test_a_member_neither_records_nor_closes(client: Client, name: str) -> None:
    scored, plenary = meeting(client, "member")
    moved(scored, plenary)
    assert post(client, name, scored, {}, number=1).status_code == 403
    assert Motion.objects.get().state == MotionState.OPEN


def test_the_screen_shows_what_was_chosen_and_asks_again_only_when_something_changed(client: Client) -> None:
    scored, plenary = meeting(client)
    state = url("plenary_screen_state", scored)
    seen = [client.get(state).json()["version"]]
    assert "part" not in client.get(url("plenary_screen", scored)).context
    for item in ("kategori-pemda", "khusus", ""):
        response = post(client, "plenary_show", scored, {"item": item})
        assert response.url == url("plenary", scored) + (f"#{item}" if item else "")
        seen.append(client.get(state).json()["version"])
    assert seen[3] == seen[0]
    assert len(set(seen)) == 3
    assert post(client, "plenary_show", scored, {"item": "kategori-lain"}).status_code == 404
    post(client, "plenary_show", scored, {"item": "kategori-pemda"})
    part = client.get(url("plenary_screen", scored) + "?bagian=isi")
    assert part.context["part"].category == scored.category
    assert b"<html" not in part.content
    before = client.get(state).json()
    motion = moved(scored, plenary)
    during = client.get(state).json()
    cast_ballot(motion=motion, seat=scored.seats[1], choice=Choice.FAVOUR, actor=scored.member, at=AT)
    assert len({each["version"] for each in (before, during, client.get(state).json())}) == 3


def test_the_screen_names_no_judge_and_no_single_score(client: Client) -> None:
    scored, plenary = meeting(client, "chair")
    post(client, "plenary_show", scored, {"item": "kategori-pemda"})
    for secret in (False, True):
        with translation.override("id"):
            text = client.get(url("plenary_screen", scored)).content.decode()
        assert "60,33" in text  # the official totals are there
        motion = moved(scored, plenary, secret=secret)
        cast_ballot(motion=motion, seat=scored.seats[1], choice=Choice.FAVOUR, actor=scored.member, at=AT)
        text += client.get(url("plenary_screen", scored)).content.decode()
        names = {str(holder(seat)) for seat in scored.seats} | {"Unsur "} | {seat.code for seat in scored.seats}
        assert [name for name in names if re.search(rf"{re.escape(name)}\b", text)] == []
        assert re.search(r">\s*(70,65|7[159](,00)?)\s*<", text) is None
        post(client, "plenary_withdraw_motion", scored, {}, number=motion.number)


def test_a_member_sees_the_screen_and_does_not_change_it(client: Client) -> None:
    scored, plenary = meeting(client, "member")
    assert client.get(url("plenary_screen", scored)).status_code == 200
    assert post(client, "plenary_show", scored, {"item": "khusus"}).status_code == 403
    plenary.refresh_from_db()
    assert plenary.shown == ""


def test_pages_with_an_open_vote_cost_the_same_for_few_and_for_30_nominees(client: Client) -> None:
    costs = []
    for region_code, more in (("53", 0), ("52", 30)):
        scored = make_scored_round(region_code=region_code)
        for number in range(10, 10 + more):
            add_nominee(scored, number, mark=str(10 + number))
        plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
        record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)
        vote(plenary, PRIZE, actor=scored.secretary)
        Plenary.objects.filter(pk=plenary.pk).update(shown="kategori-pemda")
        moved(scored, plenary)
        client.force_login(scored.chair)
        found = []
        for name, kwargs in (("plenary", {}), ("plenary_screen", {}), ("plenary_ballot", {"number": 2})):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(url(name, scored, **kwargs)).status_code == 200
            found.append(len(queries))
        costs.append(found)
        assert plenary_in_force(scored.round) == plenary
    assert costs[0] == costs[1]
