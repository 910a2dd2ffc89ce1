"""The amendment of minutes: what is written, what it has to be, who says so, and that no result changes."""

from dataclasses import replace

import pytest

from judging.documents import minutes_samples
from judging.documents.amendment import OPEN_NAME, _values, render_amendment
from judging.documents.rendering import to_html

from .reading import HOSTILE, page_sizes, pages_text, tight


@pytest.fixture(scope="module")
def amendment_pdf() -> bytes:
    return render_amendment(minutes_samples.amendment())


def test_it_is_one_folio_that_says_everything(amendment_pdf: bytes) -> None:
    amendment = minutes_samples.amendment()
    (page,) = pages_text(amendment_pdf)
    assert page_sizes(amendment_pdf) == {(215, 330)}
    expected = (
        "Perubahan ke-1 atas Berita Acara Nomor 400.14/BA-01/PARITRANA/NTT/2025".upper(),
        f"Nomor: {amendment.number}",
        "Kamis tanggal tujuh belas bulan Juli tahun dua ribu dua puluh lima (17-07-2025)",
        "Berita Acara Nomor 400.14/BA-01/PARITRANA/NTT/2025 tanggal 14 Juli 2025",
        amendment.part,
        amendment.wrong,
        amendment.right,
        amendment.reason,
        f"{amendment.asked_by}, Kamis, 17 Juli 2025, pukul 09.05 WITA",
        f"{amendment.confirmed_by}, Kamis, 17 Juli 2025, pukul 11.40 WITA",
        "tidak mengubah peringkat, gelar, nilai, suara, maupun kehadiran",
        amendment.provenance.audit_head,
        "Halaman 1 dari 1",
    )
    printed = tight(page)
    assert [words for words in expected if tight(words) not in printed] == []


def test_a_draft_waits_for_the_second_person() -> None:
    draft = replace(minutes_samples.amendment(), confirmed_by="", confirmed_at=None)
    assert to_html("amendment.html", _values(draft)).count(OPEN_NAME) == 2


def test_what_people_typed_is_text() -> None:
    typed = dict.fromkeys(("part", "wrong", "right", "reason"), HOSTILE)
    html = to_html("amendment.html", _values(replace(minutes_samples.amendment(), **typed)))
    assert html.count("&lt;script&gt;") == 4
    assert "<script" not in html
    assert "<img" not in html
