"""All scores as a file: what it holds, who gets it and when, and at what cost."""

import csv
import io
from typing import Any
from unittest import mock

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.models import TabulationPart
from judging.selectors import score_rows
from judging.services.plenary import open_plenary
from nominees.core.lifecycle import State
from nominees.models import Nominee
from paritrana.accounts.models import Role
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


def url(scored: Scored) -> str:
    return reverse("judging:scores_csv", kwargs={"year": 2024, "scope": scored.round.scope_code})


def content_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def lines_of(response: Any) -> list[list[str]]:
    text = content_of(response).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))


def opened() -> Scored:
    scored = make_scored_round()
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    return scored


def test_every_seat_and_nominee_has_a_row_and_the_other_sources_one(client: Client) -> None:
    scored = opened()
    client.force_login(scored.member)

    response = client.get(url(scored))
    heads, *lines = lines_of(response)

    assert response["Content-Disposition"] == 'attachment; filename="nilai-2024-53-pemda.csv"'
    assert response["Cache-Control"] == "private, no-store"
    assert heads == ["Nomor", "Nomine", "Unsur", "Cakupan", "Regulasi", "Inovasi", "Pemahaman"]
    assert [line[0] for line in lines] == [str(number) for number in range(1, 7) for _ in range(10)]
    assert lines[0] == ["1", str(scored.nominations[1]), "unsur-1", "", "", "70", "75"]
    assert lines[9][2:] == ["Sekretariat dan indikator", "33,3333333333", "8", "", ""]
    assert lines[10][5:] == ["70,65", "71"]
    assert lines[26][2:] == ["unsur-7", "", "", "Benturan kepentingan", "Benturan kepentingan"]
    assert lines[50][5:] == ["Belum diisi", "Belum diisi"]  # did not come
    assert lines[59][3:5] == ["Belum diisi", "Belum diisi"]


def test_another_category_and_one_that_is_not_there(client: Client) -> None:
    scored = opened()
    client.force_login(scored.chair)
    assert [line[0] for line in lines_of(client.get(url(scored), {"kategori": "desa"}))[1:]] == ["7"] * 10
    for wrong in ({"kategori": "lain"}, {"kategori": "desa\0"}, {"umum": "umum"}):
        assert client.get(url(scored), wrong).status_code == 404


def test_a_name_that_begins_like_a_formula_is_text(client: Client) -> None:
    scored = opened()
    Nominee.objects.filter(pk=scored.nominations[1].nominee_id).update(name="=1+1")
    client.force_login(scored.chair)
    assert lines_of(client.get(url(scored)))[1][1] == "'=1+1"


@pytest.mark.parametrize("state", [State.PREPARATION, State.NOMINATION, State.SCORING])
def test_before_the_sheets_are_closed_nobody_gets_a_score(client: Client, state: State) -> None:
    scored = make_scored_round(state=state)
    people = [scored.chair, scored.secretary, scored.member, make_user(Role.PLATFORM_ADMIN)]
    people += [make_user(role, round=scored.round) for role in (Role.ORGANISER, Role.AUDITOR)]
    for user in people:
        client.force_login(user)
        assert client.get(url(scored)).status_code == 403


def test_in_the_plenary_only_who_sees_the_ranking(client: Client) -> None:
    scored = opened()
    for role in (Role.ORGANISER, Role.AUDITOR):
        client.force_login(make_user(role, round=scored.round))
        assert client.get(url(scored)).status_code == 403


def test_another_province_and_the_signed_out(client: Client) -> None:
    scored = opened()
    assert client.get(url(scored)).status_code == 302
    client.force_login(make_scored_round(region_code="52").chair)
    assert client.get(url(scored)).status_code == 404


def test_only_reading(client: Client) -> None:
    scored = opened()
    client.force_login(scored.chair)
    assert client.post(url(scored)).status_code == 405
    assert client.head(url(scored)).status_code == 200


def test_the_cost_is_five_queries_for_few_and_for_many(client: Client) -> None:
    found = []
    for region, more in (("53", 0), ("52", 18)):
        scored = make_scored_round(region_code=region)
        for number in range(8, 8 + more):
            add_nominee(scored, number)
        open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
        client.force_login(scored.chair)
        content_of(client.get(url(scored)))
        with CaptureQueriesContext(connection) as queries:
            lines = lines_of(client.get(url(scored)))
        found.append((len(lines), len(queries)))
    assert found == [(61, 5), (241, 5)]


def test_marks_read_in_pieces_are_the_marks_of_the_document(client: Client) -> None:
    scored = opened()
    client.force_login(scored.chair)
    whole = content_of(client.get(url(scored)))
    with mock.patch.object(score_rows, "PIECE", 7):
        assert content_of(client.get(url(scored))) == whole
    assert whole.count(b"\r\n") == 61


def test_a_document_without_marks_has_only_absences() -> None:
    scored = make_scored_round()
    open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    text = TabulationPart.objects.get(category=scored.category).input
    start = text.index('"scores":[') + len('"scores":[')
    bare = text[:start] + text[text.index('"]],"', start) + 2 :]
    table = score_rows._table("pemda", bare, {"1": "Kabupaten"})
    assert {str(cell) for *_, seat, cells in table.rows() if seat for cell in cells} == {"None", "not_entered"}


def test_the_ranking_of_a_category_links_to_its_scores_and_a_pool_has_none(client: Client) -> None:
    scored = opened()
    client.force_login(scored.chair)
    ranking = url(scored).removesuffix("nilai.csv")
    assert f'href="{url(scored)}?kategori=desa"' in client.get(ranking, {"kategori": "desa"}).content.decode()
    assert url(scored) not in client.get(ranking, {"umum": "umum"}).content.decode()
