"""The keputusan: its parts in their order, an annex of every winner, and a draft that says so."""

from dataclasses import replace
from datetime import date

import pytest

from judging.documents import decree_samples
from judging.documents.decree import OPEN_DAY, OPEN_NAME, _values, clause_name, render_decree
from judging.documents.rendering import to_html

from .reading import HOSTILE, page_sizes, pages_text, text, tight


@pytest.fixture(scope="module")
def decree_pdf() -> bytes:
    return render_decree(decree_samples.decree())


def test_it_is_folio_with_numbered_pages(decree_pdf: bytes) -> None:
    pages = pages_text(decree_pdf)
    assert page_sizes(decree_pdf) == {(215, 330)}
    for number, page in enumerate(pages, start=1):
        assert f"Halaman {number} dari {len(pages)}" in page


def test_its_parts_stand_in_their_order(decree_pdf: bytes) -> None:
    printed = text(decree_pdf)
    parts = [
        "KEPUTUSAN GUBERNUR NUSA TENGGARA TIMUR",
        "NOMOR 400.14/211/KEP/HK/2025 (contoh)",
        "Menimbang",
        "Mengingat",
        "Memperhatikan",
        "MEMUTUSKAN:",
        "Menetapkan",
        "KESATU",
        "KELIMA",
        "Ditetapkan di Kupang",
        "pada tanggal 18 Juli 2025",
        "Maria Goreti Lake (contoh)",
        "Tembusan:",
        "LAMPIRAN",
        "DAFTAR PENERIMA",
    ]
    places = [printed.find(words) for words in parts]
    assert -1 not in places
    assert places == sorted(places)


def test_the_annex_names_every_winner(decree_pdf: bytes) -> None:
    decree = decree_samples.decree()
    annex = tight(text(decree_pdf)).split("LAMPIRAN")[1]
    lines = [line for group in decree.groups for line in group.lines] + list(decree.specials)
    expected = [words for line in lines for words in (line.title, line.recipient, line.region)]
    expected += [group.name for group in decree.groups]
    assert [words for words in expected if tight(words) not in annex] == []


def test_the_signature_never_stands_alone_on_a_page(decree_pdf: bytes) -> None:
    pages = [page for page in pages_text(decree_pdf) if "Ditetapkan di" in page]
    assert len(pages) == 2
    assert all("KELIMA" in page or "J. Penghargaan khusus" in page for page in pages)


def test_clauses_are_counted_in_words() -> None:
    assert [clause_name(number) for number in (1, 2, 10, 11, 12, 21)] == [
        "KESATU",
        "KEDUA",
        "KESEPULUH",
        "KESEBELAS",
        "KEDUA BELAS",
        "KEDUA PULUH SATU",
    ]


def test_what_is_left_open_is_left_to_the_hand() -> None:
    decree = decree_samples.decree()
    bare = replace(
        decree, day=None, signature=replace(decree.signature, name=""), specials=(), copies=(), demo_mark="DRAF"
    )
    html = to_html("decree.html", _values(bare))
    assert OPEN_DAY in html
    assert OPEN_NAME in html
    assert "DRAF" in html
    assert "Tembusan" not in html
    assert "Penghargaan khusus" not in html


def test_what_people_typed_is_text_and_one_entry_has_no_number() -> None:
    decree = decree_samples.decree()
    hostile = replace(decree, subject=HOSTILE, legal_basis=(HOSTILE,), clauses=(HOSTILE,), copies=(HOSTILE,))
    values = _values(hostile)
    html = to_html("decree.html", values)
    assert "<script" not in html
    assert "<img" not in html
    assert html.count("&lt;script&gt;") >= 4
    assert values["preamble"][1]["items"] == [{"mark": "", "text": HOSTILE}]


def test_the_same_decree_is_the_same_file(decree_pdf: bytes) -> None:
    assert render_decree(decree_samples.decree()) == decree_pdf
    assert _values(replace(decree_samples.decree(), created=date(2025, 1, 1)))["head"]["created"] == "2025-01-01"
