"""Public result pages: nothing before its moment in any way of asking, then the same bytes for everybody."""

import csv
import hashlib
import io
import json
import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from judging.core.publication import Settled, Step
from judging.models import Publication
from judging.selectors import publication
from judging.web import results as pages
from nominees.core.lifecycle import State
from nominees.models import Category, Nominee, Round
from paritrana.accounts.models import Role
from tests.architecture.pages import RESULTS
from tests.factories.awards import make_decided_round
from tests.factories.costs import cost
from tests.factories.publications import make_publication
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
HERE = "/hasil/2024/53/"
HOSTILE = "=1+1<script>alert(1)</script>\"'>&{{ 7|add:7 }} \u202emoc"


@pytest.fixture(autouse=True)
def _drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    # How a picture looks is tested beside its drawing; here only what it says.
    monkeypatch.setattr(pages, "render_share_picture", lambda picture: repr(picture).encode())
    cache.clear()


def announced(*marks: int, **fields: Any) -> Round:
    return make_decided_round(marks or (90, 80, 70), state=State.ANNOUNCED, **fields)


def addresses() -> dict[str, str]:
    return {name: reverse(name, kwargs=where) for name, where in RESULTS.items()}


def seen(client: Client) -> dict[tuple[str, str], tuple[int, dict[str, str], str]]:
    """Status, headers and bytes of every public address, by every harmless method."""
    found = {}
    for name, url in addresses().items():
        for method in ("get", "head"):
            response = getattr(client, method)(url)
            text = response.content.decode("utf-8", "replace")
            text = re.sub(r'csrfmiddlewaretoken"[^>]*', "", text)
            found[name, method] = response.status_code, dict(response.headers), text
    return found


def worlds(client: Client, at: Any, **rules: Any) -> list[dict[tuple[str, str], Any]]:
    """What is seen ``at`` a moment in two worlds that differ in who won."""
    found = []
    for marks in ((90, 80, 70), (70, 90, 80)):
        cache.clear()
        with transaction.atomic():
            make_publication(announced(*marks), **rules)
            with time_machine.travel(at, tick=False):
                found.append(seen(client))
            transaction.set_rollback(True)
    return found


def test_before_its_moment_no_byte_tells_who_won_nor_that_anybody_did(client: Client) -> None:
    at = AT + HOUR - timedelta(microseconds=1)
    one, other = worlds(client, at, embargo_until=AT + HOUR, shows_totals=True, words="Selamat")
    with time_machine.travel(at, tick=False):
        without = seen(client)

    assert one == other == without
    assert {status for (name, _), (status, *_rest) in one.items() if name != "results_archive"} == {404}


def test_the_two_worlds_differ_once_the_moment_has_come(client: Client) -> None:
    """The comparison itself sees."""
    one, other = worlds(client, AT + HOUR, embargo_until=AT + HOUR)

    assert {status for status, *_ in one.values()} == {200}
    same = {"results_archive", "results_year"}
    assert {name for (name, method) in one if one[name, method] != other[name, method]} == set(RESULTS) - same


def test_a_hidden_address_costs_what_an_invented_one_costs(client: Client) -> None:
    make_publication(announced(), embargo_until=AT + HOUR)
    costs: dict[str, set[int]] = {}
    with time_machine.travel(AT, tick=False):
        for place in ("53", "99"):
            for name, where in RESULTS.items():
                url = reverse(name, kwargs=where | ({"place": place} if "place" in where else {}))
                with CaptureQueriesContext(connection) as queries:
                    client.get(url)
                costs.setdefault(name, set()).add(len(queries))

    assert costs == {name: {1} for name in RESULTS}


@pytest.mark.parametrize("size", [1, 6])
def test_a_public_page_takes_two_queries_at_most(client: Client, size: int) -> None:
    round = announced(*range(90, 90 - size, -1), categories=size, places=size)
    make_publication(round, shows_unplaced=True)
    make_publication(round, at=AT + HOUR, reason="ejaan", words="Selamat")

    costs = {name: cost(client, url) for name, url in addresses().items()}

    twice = {"results", "results_version", "results_json_version", "results_csv_version"}
    assert costs == {name: 2 if name in twice else 1 for name in RESULTS}


def test_everybody_gets_the_same_bytes_without_a_cookie(client: Client) -> None:
    round = announced()
    make_publication(round)
    signed_in = Client(headers={"accept-language": "en"})
    signed_in.force_login(make_user(Role.ORGANISER, round=round))

    for name, url in addresses().items():
        one, other = client.get(url), signed_in.get(url)
        assert (one.content, one["ETag"]) == (other.content, other["ETag"]), name
        assert not one.cookies, name
        assert "Cookie" not in one["Vary"], name
        assert one["Cache-Control"] == "public, max-age=60", name
        assert signed_in.get(url, headers={"if-none-match": one["ETag"]}).status_code == 304, name


def test_only_reading_is_possible(client: Client) -> None:
    make_publication(announced())

    assert {client.post(url).status_code for url in addresses().values()} == {405}


def test_the_page_tells_the_winners_and_its_document_to_the_byte(client: Client) -> None:
    round = announced(places=2, is_demo=True)
    found = make_publication(round, words="Selamat kepada semua.", contact="Biro Kesra (contoh)")

    text = client.get(HERE).content.decode()
    file = client.get(f"{HERE}hasil.json")

    names = list(round.nominations.order_by("number").values_list("nominee__name", flat=True))
    assert [name in text for name in names] == [True, True, False]
    for word in ("Terbaik I", "Selamat kepada semua.", "Biro Kesra (contoh)", "CONTOH: bukan hasil", found.sha256):
        assert word in text
    assert "90" not in re.sub(r"[0-9a-f]{64}", "", text)
    assert hashlib.sha256(file.content).hexdigest() == found.sha256
    assert file["Content-Type"] == "application/json"
    assert json.loads(file.content)["format"] == "paritrana.results/1"


def test_totals_and_other_nominees_are_shown_by_rule(client: Client) -> None:
    round = announced(places=2)
    make_publication(round, shows_totals=True, shows_unplaced=True)

    text = client.get(f"{HERE}kategori-kategori-1/").content.decode()

    assert "90,00" in text
    assert "70,00" not in text
    assert round.nominations.get(number=3).nominee.name in text


def test_a_replaced_version_says_so_at_its_own_address(client: Client) -> None:
    round = announced()
    make_publication(round)
    make_publication(round, at=AT + HOUR, reason="ejaan diperbaiki", words="kata baru")

    present, older = client.get(HERE), client.get(f"{HERE}v1/")

    assert present.context["newest"] is None
    assert "kata baru" in present.content.decode()
    assert "ejaan diperbaiki" in present.content.decode()
    assert older.context["newest"].number == 2
    assert "kata baru" not in older.content.decode()
    assert "noindex" in older.content.decode()
    assert "noindex" not in present.content.decode()
    assert json.loads(client.get(f"{HERE}v1/hasil.json").content)["version"] == 1
    assert client.get(f"{HERE}v3/").status_code == 404


@pytest.mark.parametrize(
    "path", ["kategori-lain/", "umum-kategori-1/", "v0/", "kategori-lain/gambar.png", "v9/hasil.csv"]
)
def test_what_was_not_published_is_unknown(client: Client, path: str) -> None:
    make_publication(announced())

    assert client.get(HERE + path).status_code == 404


@pytest.mark.parametrize("path", ["2024/99/", "1999/53/", "9999999999999/53/", "2024/53/v99999999999999999999/"])
def test_addresses_that_cannot_be_are_unknown(client: Client, path: str) -> None:
    make_publication(announced())

    assert client.get(f"/hasil/{path}").status_code == 404


def test_networks_find_title_text_and_picture_under_full_addresses(client: Client, settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://paritrana.example"
    round = announced(is_demo=True)
    make_publication(round)

    text = client.get(f"{HERE}kategori-kategori-1/").content.decode()
    picture = client.get(f"{HERE}kategori-kategori-1/gambar.png")

    address = "https://paritrana.example/hasil/2024/53/kategori-kategori-1/"
    assert f'<link rel="canonical" href="{address}">' in text
    assert f'<meta property="og:image" content="{address}gambar.png">' in text
    assert '<meta name="twitter:card" content="summary_large_image">' in text
    assert re.search(r'og:description" content="CONTOH[^"]*Terbaik I: ', text)
    assert picture["Content-Type"] == "image/png"
    for word in ("CONTOH: bukan hasil sebenarnya", round.nominations.get(number=1).nominee.name, "Terbaik I"):
        assert word in picture.content.decode()


def test_a_picture_is_drawn_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_publication(announced())
    drawn: list[object] = []

    def draw(picture: object) -> bytes:
        drawn.append(picture)
        return b"PNG"

    monkeypatch.setattr(pages, "render_share_picture", draw)

    for _ in range(3):
        assert client.get(f"{HERE}gambar.png").content == b"PNG"

    assert len(drawn) == 1


def test_the_address_says_the_language(client: Client) -> None:
    make_publication(announced())

    page, english = client.get(HERE), client.get(f"{HERE}?bahasa=en")

    assert '<html lang="id">' in page.content.decode()
    assert '<html lang="en">' in english.content.decode()
    assert "Winners of Paritrana Award 2024" in english.content.decode()
    assert page["ETag"] != english["ETag"]


def test_the_archive_is_searched_by_place(client: Client) -> None:
    for code in ("53", "51"):
        make_publication(announced(region_code=code, is_demo=True))

    everything = client.get("/hasil/").content.decode()
    found = client.get("/hasil/?provinsi=PROVINSI 51").content.decode()

    assert ("/hasil/2024/53/" in everything, "/hasil/2024/51/" in everything) == (True, True)
    assert ("/hasil/2024/53/" in found, "/hasil/2024/51/" in found) == (False, True)
    assert "CONTOH" in found
    assert client.get("/hasil/?provinsi=%00<b>").status_code == 200


def test_the_archive_takes_one_query_for_few_and_for_many(client: Client) -> None:
    make_publication(announced(90, region_code="51"))
    few = cost(client, "/hasil/")
    for number in range(60, 65):
        make_publication(announced(90, region_code=str(number)))

    assert (few, cost(client, "/hasil/")) == (1, 1)


def test_hostile_names_stay_text_everywhere(client: Client) -> None:
    round = announced(places=1)
    Nominee.objects.update(name=HOSTILE)
    Category.objects.update(name=HOSTILE)
    make_publication(round, shows_unplaced=True, words=HOSTILE, contact=HOSTILE)

    for name, url in addresses().items():
        response = client.get(url)
        assert response.status_code == 200, name
        if response["Content-Type"].startswith("text/html"):
            text = response.content.decode()
            assert "<script" not in text, name
            assert "results_" in name or "&lt;script&gt;" in text, name
    rows = csv.reader(io.StringIO(client.get(f"{HERE}hasil.csv").content.decode("utf-8-sig")), delimiter=";")
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))]
    assert json.loads(client.get(f"{HERE}hasil.json").content)["parts"][0]["winners"][0]["name"] == HOSTILE


def test_pages_need_no_script_and_are_light(client: Client) -> None:
    make_publication(announced(*range(90, 87, -1), categories=9))

    text = client.get(HERE).content.decode()

    assert "<script" not in text
    assert text.count('rel="stylesheet"') == 1
    assert len(text) < 16_000
    assert Publication.objects.get().content.isascii()


def test_equal_totals_are_explained_where_totals_are_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    by = (Step("criterion", "Inovasi <uji>"), Step("chair"))
    monkeypatch.setattr(publication, "settled_totals", lambda _awards: (Settled("83.74", by),))
    make_publication(announced(), shows_totals=True)

    page = client.get(HERE + "?bahasa=en")

    assert page.context["parts"][0]["ties"][0]["total"] == "83,74"
    assert "Equal totals (83,74)" in page.content.decode()
    assert "Higher score on Inovasi &lt;uji&gt;; The plenary decides" in page.content.decode()


def test_a_category_without_a_title_stands_last(client: Client) -> None:
    round = announced(categories=2)
    round.awards.filter(category__code="kategori-1").update(superseded_at=AT)
    make_publication(round)

    page = client.get(HERE)

    assert [one["part"].code for one in page.context["parts"]] == ["kategori-2", "kategori-1"]
