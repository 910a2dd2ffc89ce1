"""Every page that a role is offered: it opens, fits phone and desktop, is accessible, and carries the demo's mark."""

import re
from collections import deque
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import get_resolver, resolve
from playwright.sync_api import Page

from .browser import MARK, Visit, answer_to, assert_fit, enter, open_page, sign_in
from .conftest import Site
from .world import NEWCOMER, PRESENTER, SCHEDULER

PEOPLE = ["admin", "sekretariat", "sekretariat-bali", NEWCOMER, "ketua", "akademisi", "auditor", "nasional", PRESENTER]
#: Papers that were drawn for somebody are not drawn again for the next person: a paper takes seconds.
DRAWN: set[tuple[str, ...]] = set()
HAPPENED = ("nomine", "mundur", "anggota", "ruang", "lama")

# Who looks at what for its fitness: each kind of page once or in each of its looks, by the role that sees most on it.
# What follows a comma tells two lists of the same person apart.
FIT = {
    "": [
        "/",
        "/masuk/",
        "/cek/",
        "/cek/AAAA-BBBB-CCCC-DDDD/",
        "/hasil/",
    ],
    "sekretariat": [
        "/",
        "/2024/53/",
        "/2024/53/nomine/",
        "/2024/53/nomine/1/",
        "/2024/53/panel/benturan/",
        "/2024/53/peringkat/",
        "/2024/53/peringkat/?kategori=ukm",
        "/2024/53/jejak-audit/",
        "/2025/53/",
        "/2025/53/nomine/1/indikator/",
        "/2025/53/panel/",
        "/2025/53/panel/unsur/sekda/",
        "/2025/53/jadwal/",
        "/2025/53/jadwal/1/",
        "/2025/53/nilai-administrasi/",
        "/2025/53/kemajuan/",
        "/2025/53/pleno/",
        "/2025/53/peringkat/",
    ],
    "sekretariat, jadwal": [
        "/2025/53/jadwal/papan/cetak/",
        "/2025/53/jadwal/hitung/",
        "/2025/53/jadwal/rilis/",
        "/2025/53/jadwal/rilis/2/",
        "/2025/53/jadwal/rilis/baru/",
        "/2025/53/jadwal/perubahan/",
        "/2025/53/jadwal/1/mengapa/",
        "/2025/53/jadwal/perbaiki/",
        *(f"/2025/53/jadwal/perbaiki/?apa={what}" for what in HAPPENED),
        "/2025/53/jadwal/hari/",
        "/2025/53/jadwal/hari/1/kehadiran/",
        "/2025/53/jadwal/hari/1/tidak-hadir/",
        "/2025/53/jadwal/geser/?dari=1",
        "/2025/53/jadwal/dokumen/",
        "/2025/53/jadwal/dokumen/surat/",
        "/2025/53/jadwal/bahan/",
        "/2025/53/jadwal/bahan/hari/",
        "/2025/53/jadwal/bahan/aturan/",
        "/2025/53/jadwal/bahan/ruang/",
        "/2025/53/jadwal/bahan/kategori/",
        "/2025/53/jadwal/bahan/kategori/ukm/",
        "/2025/53/jadwal/bahan/nomine/",
        "/2025/53/jadwal/bahan/nomine/1/",
        "/2025/53/jadwal/bahan/anggota/",
        "/2025/53/kalender/",
    ],
    "akademisi": ["/2025/53/", "/2025/53/wawancara/?hari=semua", "/2025/53/lembar/1/", "/2024/53/lembar/1/"],
    "hukum": [
        "/2025/53/panel/benturan/",
        "/2025/53/ketersediaan/",
        "/2025/53/kalender/",
        "/2025/53/jadwal/",
        "/2025/53/jadwal/1/",
    ],
    SCHEDULER: ["/2024/64/jadwal/papan/", "/2024/64/jadwal/", "/2024/64/jadwal/rilis/", "/2024/64/jadwal/hari/"],
    "ketua": [
        "/2024/53/kemajuan/",
        "/2024/53/peringkat/1/",
        "/2024/53/peringkat/kekokohan/",
        "/2024/53/peringkat/kekokohan/?kategori=keuangan",
        "/2024/53/peringkat/bandingkan/",
        "/2024/53/peraturan/",
        "/2025/53/pleno/",
    ],
    "sekretariat-bali": ["/2024/51/", "/2024/51/nomine/", "/2024/51/nomine/impor/"],
    NEWCOMER: [
        "/2024/52/",
        "/2024/52/kategori/",
        "/2024/52/kategori/pemda/",
        "/2024/52/peraturan/",
        "/2024/52/rubrik/",
        "/2024/52/rubrik/pemerintah/",
        "/2024/52/panel/unsur/disnaker/",
    ],
    PRESENTER: [
        "/2024/65/",
        "/2024/65/dokumen/",
        "/2024/65/dokumen/nomor/",
        "/2024/65/dokumen/cetak/",
        "/2024/65/dokumen/tanda-tangan/",
        "/2024/65/dokumen/tanda-tangan/sertifikat/",
        "/2024/65/dokumen/tanda-tangan/luar/",
        "/2024/65/sk/",
        "/2024/65/pleno/perubahan/",
        "/2024/65/piagam/",
        "/2024/65/publikasi/",
        "/2024/65/publikasi/pratinjau/",
    ],
    "nasional": [
        "/2024/nasional/",
        "/2024/nasional/penerimaan/",
        "/2024/nasional/penerimaan/provinsi/53/",
        "/2024/nasional/zona/",
        "/2024/nasional/zona/kategori/ukm/",
        "/2024/nasional/verifikasi/",
    ],
    "auditor": ["/2024/53/jejak-audit/"],
}


@pytest.mark.parametrize("who", FIT)
def test_pages_fit_phone_and_desktop_and_are_accessible(desktop: Page, who: str) -> None:
    if who:
        sign_in(desktop, who.partition(",")[0])
    for path in FIT[who]:
        open_page(desktop, path)
        assert_fit(desktop)


def links(html: str, here: str) -> list[str]:
    """Return the pages of this site that ``html``, which came from the path ``here``, links to."""
    found = [unescape(link).partition("#")[0] for link in re.findall(r'<a [^>]*?href="([^"]*)"', html)]
    return [here + link if link.startswith("?") else link for link in found if link.startswith(("/", "?"))]


def kind_of(target: str) -> tuple[str, ...]:
    """Return the round, the page and the kinds of questions that the address ``target`` stands for.

    A practice round has the pages of the round beside it.
    """
    address = urlsplit(target)
    year, scope = (address.path + "//").split("/")[1:3]
    return (year, scope.partition("-")[0], resolve(address.path).view_name, *sorted(parse_qs(address.query)))


@pytest.mark.parametrize("username", PEOPLE)
def test_every_page_that_a_role_is_led_to_opens_and_carries_the_mark(desktop: Page, username: str) -> None:
    enter(desktop, username)
    todo, seen, kinds = deque(["/"]), {"/"}, set()
    faults = []
    while todo:
        path = todo.popleft()
        answer = desktop.context.request.get(path)
        here = urlsplit(answer.url).path
        html = answer.text() if answer.headers["content-type"].startswith("text/html") else ""
        if answer.status != 200:
            faults.append(f"{path}: {answer.status}")
        elif html and here[1:5].isdecimal() and MARK not in html:
            faults.append(f"{path}: no mark")
        for target in links(html, here):
            # Of the pages of one kind in a round (each nominee has one) the first is opened.
            kind = kind_of(target)
            if kind not in kinds | DRAWN:
                kinds.add(kind)
                seen.add(target)
                todo.append(target)
        if answer.headers["content-type"] in ("application/pdf", "application/zip"):
            DRAWN.add(kind_of(path))
    assert faults == []
    assert len(seen) > 10


def round_paths(site: Site) -> list[str]:
    """One address for every page of a round that the site knows, of things that exist in the NTT round."""
    there = {
        "batch_id": site.ask("SELECT min(id) FROM nominees_importbatch")[0],
        "recusal_id": site.ask("SELECT min(id) FROM judging_recusal")[0],
        "number": 1,
        "document_id": 1,
        "decision_id": 1,
        "kind": "kategori",
        "day": "semua",
    }
    codes = {
        "panel/unsur": "sekda",
        "kemajuan/unsur": "sekda",
        "kategori": "ukm",
        "jadwal/bahan/kategori": "ukm",
        "rubrik": "pemerintah",
        "pleno": "ukm",
        "acara/tayangan": "AAAABBBBCCCCDDDD",
        "penerimaan/provinsi": "51",
        "zona": "timur",
    }
    paths = []
    for include in get_resolver().url_patterns:
        if "<int:year>" not in str(include.pattern):
            continue
        for one in include.url_patterns:  # type: ignore[union-attr]
            route = str(one.pattern)
            code = next((code for start, code in codes.items() if route.startswith(start)), "")
            values = there | {"code": code}
            paths.append("/2024/53/" + re.sub(r"<\w+:(\w+)>", lambda found: str(values.get(found[1], 1)), route))  # noqa: B023
    return paths


def test_another_provinces_secretariat_finds_no_page_of_this_round(desktop: Page, site: Site) -> None:
    enter(desktop, "sekretariat-bali")
    paths = round_paths(site)

    # What only takes posts says so (405) to a look before it asks who looks; that tells nothing of the round.
    looks = {path: answer_to(desktop, Visit("GET", path)) for path in paths}
    posts = {path: answer_to(desktop, Visit("POST", path)) for path in paths}

    assert len(paths) > 40
    assert {path: status for path, status in looks.items() if status not in (404, 405)} == {}
    assert {path: status for path, status in posts.items() if status not in (404, 405)} == {}
    assert [path for path in paths if looks[path] == posts[path] == 405] == []


def test_signed_out_every_page_of_a_round_leads_to_sign_in(desktop: Page, site: Site) -> None:
    answers = {path: answer_to(desktop, Visit("GET", path)) for path in round_paths(site)}

    # A script is told so; it follows no redirect.
    assert [path for path, status in answers.items() if status == 401] == ["/2024/53/wawancara/bekal.json"]
    assert {path: status for path, status in answers.items() if status not in (302, 401, 405)} == {}
