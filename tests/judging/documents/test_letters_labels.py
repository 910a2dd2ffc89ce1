"""Letters to winners, label sheets, and many papers as one file: rendered once, read by many tests."""

import io
from dataclasses import replace
from datetime import date

import pytest
from pypdf import PdfReader

from judging.documents.data import Signature
from judging.documents.labels import PER_SHEET, Label, Labels, render_labels
from judging.documents.merging import merge
from judging.documents.winner_letter import WinnerLetter, render_winner_letter

from .reading import HOSTILE, page_sizes, pages_text, text

LETTER = WinnerLetter(
    issuing_body="Pemerintah Provinsi Nusa Tenggara Timur",
    edition="Paritrana Award 2024 Tingkat Provinsi Nusa Tenggara Timur",
    number="SP-001/PARITRANA/NTT/2025",
    place="Kupang",
    day=date(2025, 7, 10),
    recipient=("Bupati Nagekeo",),
    nominee="Kabupaten Nagekeo",
    award="Terbaik I",
    category="Kategori Pemerintah Kabupaten/Kota",
    decided_on=date(2025, 7, 8),
    minutes_number="BA-01/PARITRANA/NTT/2025",
    ceremony_on=date(2025, 7, 21),
    is_secret=True,
    signature=Signature(office="Ketua Tim 9 Penilai", name="Nama Ketua (contoh)", note="NIP 19700101 199503 2 001"),
    check_code="0123-4567-89AB-CDEF",
    check_address="https://contoh.example/cek/0123-4567-89AB-CDEF/",
    demo_mark="CONTOH: bukan hasil sebenarnya",
)


@pytest.fixture(scope="module")
def letter() -> bytes:
    return render_winner_letter(LETTER)


@pytest.fixture(scope="module")
def open_letter() -> bytes:
    """Announced, without a day of the ceremony, with words that look like a template and an element."""
    named = replace(LETTER, is_secret=False, ceremony_on=None, minutes_number="", demo_mark="")
    return render_winner_letter(replace(named, nominee=HOSTILE * 2, recipient=(HOSTILE, HOSTILE)))


def test_a_letter_tells_the_winner_what_was_decided(letter: bytes) -> None:
    words = text(letter)

    for expected in (
        "SP-001/PARITRANA/NTT/2025",
        "Bupati Nagekeo",
        "Terbaik I",
        "8 Juli 2025",
        "Senin, 21 Juli 2025",
        "Hasil ini belum diumumkan",
        "0123-4567-89AB-CDEF",
        "CONTOH",
    ):
        assert expected in words
    assert page_sizes(letter) == {(210, 297)}
    assert len(pages_text(letter)) == 1


def test_a_letter_after_the_announcement_is_no_secret(open_letter: bytes) -> None:
    words = text(open_letter)

    assert "belum diumumkan" not in words
    assert "undangan tersendiri" in words
    assert '{{ 7|add:"7" }}' in words
    assert "<script>" in words
    assert "/EmbeddedFiles" not in str(PdfReader(io.BytesIO(open_letter)).trailer["/Root"])


def test_a_letter_is_the_same_bytes_for_the_same_words(letter: bytes) -> None:
    assert render_winner_letter(LETTER) == letter


@pytest.fixture(scope="module")
def labels() -> bytes:
    long = Label(above="Terbaik Umum III", name=HOSTILE, below="Kategori " * 30, number="001/" * 30)
    usual = Label(above="Terbaik I", name="Kabupaten Nagekeo", below="Pemerintah daerah", number="002/PARITRANA")
    sheets = Labels(
        issuing_body="Pemerintah", title="Label", day=date(2025, 7, 1), labels=(long, *[usual] * 22), free=2
    )
    return render_labels(sheets)


def test_labels_stand_three_by_eight_behind_the_places_left_free(labels: bytes) -> None:
    first, second = pages_text(labels)

    assert page_sizes(labels) == {(210, 297)}
    assert (first.count("Kabupaten Nagekeo"), second.count("Kabupaten Nagekeo")) == (21, 1)
    assert "<script>" not in second


@pytest.mark.parametrize("free", [-1, PER_SHEET])
def test_a_sheet_has_no_more_places_than_it_has(free: int) -> None:
    with pytest.raises(ValueError, match="24"):
        Labels(issuing_body="x", title="x", day=date(2025, 7, 1), labels=(), free=free)


def test_many_papers_become_one_file_in_their_order(letter: bytes, labels: bytes) -> None:
    with merge(iter([labels, letter, labels]), "Semua dokumen") as file:
        whole = PdfReader(file)

        assert len(whole.pages) == 5
        assert "SP-001/PARITRANA" in whole.pages[2].extract_text()
        assert whole.metadata is not None
        assert whole.metadata.title == "Semua dokumen"
        assert PdfReader(io.BytesIO(letter)).pages[0].mediabox == whole.pages[2].mediabox


def test_what_is_no_pdf_is_not_put_together() -> None:
    from pikepdf import PdfError

    with pytest.raises(PdfError):
        merge([b"bukan PDF"], "x")
