"""An amendment corrects words; whatever tells of the result is found in it."""

from decimal import Decimal

import pytest

from judging.core.amendment import is_quoted, touched

RESULT = {
    "titles": {"Terbaik I", "Piagam Khusus Inovasi"},
    "totals": {Decimal("84.74"), Decimal("60.33")},
    "names": {
        "Kabupaten Sumba Barat",
        "Kabupaten Sumba Barat Daya",
        "Kabupaten Nagekeo",
        "Unsur APINDO",
        "Drs. Yohanis Leki, S.H. (contoh)",
        "Maria Goreti (contoh)",
    },
}


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("Ruang Rapat Gubenur", "Ruang Rapat Gubernur"),
        ("Dra. Yohana Bria Seran", "Dra. Yohana Bria Seran, M.Si."),
        ("Kabupaten Nageko", "Kabupaten Nagekeo"),
        ("Nageko", "Nagekeo"),
        ("Sumba", "Sumba Barat"),
        ("rapat di Nagekeo", "rapat di Mbay"),
        ("alasan: temuan Kabupaten Nagekeo", "alasan: temuan lapangan di Kabupaten Nagekeo"),
        ("pukul 09.00 WITA", "pukul 09.30 WITA"),
        ("bertempat di lantai I", "bertempat di lantai II"),
        ("karya terbaiknya", "karya terbaik mereka"),
        ("Drs. Yohanis Leki, S.H. (contoh)", "Drs. Yohanes Leki, S.H. (contoh)"),
        ("Drs. Yohanis Leki, S.H. (contoh)", "Drs. Yohanis Leki, M.Si. (contoh)"),
        ("Aula (contoh)", "Aula Lantai Dua (contoh)"),
        ("rapat di hadiri oleh 8 unsur", "rapat dihadiri oleh 8 unsur"),
        ("Peraturan Gubernur Nomor 3 Tahun 2024", "Peraturan Gubernur Nomor 4 Tahun 2023"),
    ],
)
def test_a_slip_of_the_pen_touches_nothing(wrong: str, right: str) -> None:
    assert touched(wrong, right, **RESULT) == ""


@pytest.mark.parametrize(
    ("wrong", "right", "words"),
    [
        ("Peringkat  2", "peringkat tiga", "peringkat 2"),
        ("juara ke-1", "pemenang", "juara ke-1"),
        ("nomine itu", "peringkat pertama", "peringkat pertama"),
        ("TERBAIK I", "yang lain", "terbaik i"),
        ("piagam", "PIAGAM khusus  inovasi", "Piagam Khusus Inovasi"),
        ("nilai 84,74", "nilai 84,75", "84,74"),
        ("nilai 84.75", "nilai 60.33", "60,33"),
        ("delapan puluh empat koma tujuh empat", "delapan puluh", "84,74"),
        ("Kabupaten Nagekeo", "Kabupaten Sumba Barat", "Kabupaten Nagekeo"),
        ("Kabupaten Sumba Barat", "Kabupaten Sumba Barat Daya", "Kabupaten Sumba Barat Daya"),
        ("bagi Kabupaten Nagekeo", "bagi yang lain", "Kabupaten Nagekeo"),
        ("Kabupaten Nagekeo", "Kabupaten Nagekeo dan Kabupaten Sumba Barat", "Kabupaten Sumba Barat"),
        ("Maria Goreti (contoh)", "Drs. Yohanis Leki, S.H. (contoh)", "Drs. Yohanis Leki, S.H. (contoh)"),
        ("hadir: Maria Goreti (contoh)", "hadir: Budi Santoso (contoh)", "Maria Goreti (contoh)"),
        ("Unsur APINDO", "Unsur", "Unsur APINDO"),
        ("Nagekeo", "Sumba", "sumba"),  # halves of names
        ("Barat", "Barat Daya", "daya"),
        ("Barat Daya", "Barat", "daya"),
        ("Unsur APINDO, Yohanis", "Unsur APINDO, Goreti", "goreti"),
        ("inovasi", "inovasi Kabupaten Nagekeo", "Kabupaten Nagekeo"),
        ("Kabupaten Belu", "Kabupaten Nagekeo", "Kabupaten Nagekeo"),
        ("8 setuju, 1 tidak setuju", "9 setuju, 0 tidak setuju", "0"),
        ("delapan unsur", "sembilan unsur", "delapan"),
        ("8", "9", "8"),
        ("setuju", "tidak setuju", "tidak"),
        ("Hadir", "Berhalangan", "hadir"),
        ("Ditolak", "Diterima", "terima"),
        ("usul itu", "usul yang ditarik itu", "tarik"),
        ("nomine itu", "Ter\u200bbaik I", "terbaik i"),  # what nobody sees in print
        ("nomine itu", "peringkat \u2161", "peringkat ii"),
        ("nilai itu", "nilai \uff16\uff10\uff0c\uff13\uff13", "60,33"),
    ],
)
def test_what_tells_of_the_result_is_found(wrong: str, right: str, words: str) -> None:
    assert touched(wrong, right, **RESULT) == words


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("bertempat di Aula Kantor Gubernur", True),
        ("“Aula  kantor\nGubernur”, Kupang", True),
        ("Aula Kan-tor", True),
        ("Aula Gubernur", False),
        ("Kupang, Aula", False),
        ("…", False),
    ],
)
def test_a_quotation_is_found_whatever_stands_between_its_words(words: str, found: bool) -> None:
    assert is_quoted(words, "BERTEMPAT DI Aula Kan-\ntor Gubernur,\xa0Kupang") is found
