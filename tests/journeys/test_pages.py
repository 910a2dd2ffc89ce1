"""Every page that a role is offered: it opens, fits phone and desktop, is accessible, and carries the demo's mark."""

import re
from collections import deque
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import resolve
from playwright.sync_api import Page

from .browser import MARK, assert_fit, enter, open_page, sign_in
from .world import NEWCOMER, PRESENTER, SCHEDULER

PEOPLE = ["admin", "sekretariat", "sekretariat-bali", NEWCOMER, "ketua", "akademisi", "auditor", "nasional", PRESENTER]
#: Pages that give a paper which was drawn for somebody: of another round or for the next person it is not drawn again.
DRAWN: set[str] = set()
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
            if kind not in kinds and kind[2] not in DRAWN:
                kinds.add(kind)
                seen.add(target)
                todo.append(target)
        if answer.headers["content-type"] in ("application/pdf", "application/zip"):
            DRAWN.add(resolve(here).view_name)
    assert faults == []
    assert len(seen) > 10
