"""The pure parts: names, regions, cells, coverage, eligibility, statuses."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nominees.core import codelists, columns, coverage, eligibility, matching, status
from nominees.core.columns import Cell
from nominees.core.import_sheets import FORMS, form_of
from nominees.core.lifecycle import State
from nominees.core.matching import CellRefused, Gazetteer, Place
from nominees.core.rows import letters
from nominees.models import Kind, Sector, SizeClass, Status

PLACES = Gazetteer(
    [
        Place("53.01", "Kabupaten Kupang", "Kupang", "kabupaten"),
        Place("53.71", "Kota Kupang", "Kupang", "kota"),
        Place("53.04", "Kabupaten Belu", "Belu", "kabupaten"),
        Place("53.01.06.1004", "Kelurahan Oesao", "Oesao", "kelurahan", ("Kecamatan Kupang Timur", "Kupang Timur")),
        Place("53.01.06.2015", "Desa Oesao", "Oesao", "desa", ("Kecamatan Kupang Timur", "Kupang Timur")),
        Place("53.01.07.2001", "Desa Oesao", "Oesao", "desa", ("Kecamatan Amarasi", "Amarasi")),
        Place("53.07.01.2021", "Desa Do’o", "Do’o", "desa"),
    ]
)


def test_codes_of_the_core_are_those_of_the_models() -> None:
    assert set(codelists.KINDS) == set(Kind.values)
    assert set(codelists.SECTORS) == set(Sector.values)
    assert set(codelists.SIZES) == set(SizeClass.values)
    assert {name for pair in status.CHANGES for name in pair} == set(Status.values)


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("  Koperasi\u00a0 A ", "Koperasi A"),
        ("Ko\u200bpe\u202erasi", "Koperasi"),
        ("Baris\none\ttwo", "Baris one two"),
        ("\uff30\uff34", "PT"),
        ("\u200b\ufeff", ""),
    ],
)
def test_invisible_characters_go(text: str, clean: str) -> None:
    assert matching.cleaned(text) == clean


@given(st.text())
@settings(deadline=None)  # other work on the machine is not this function's
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    once = matching.cleaned(text)
    assert matching.cleaned(once) == once
    assert matching.name_key(matching.name_key(text)) == matching.name_key(text)


def test_equal_names_have_one_key() -> None:
    assert matching.name_key("PT. Aba,  Jaya") == matching.name_key("pt aba jaya")
    assert matching.name_key("Do’o") == matching.name_key("do'o")
    assert matching.name_key("PT Aba") != matching.name_key("PT Ab a")


@pytest.mark.parametrize(
    ("text", "within", "code"),
    [
        ("53.71", "", "53.71"),
        ("kota  kupang", "", "53.71"),
        ("Kab. Kupang", "", "53.01"),
        ("Kel. Oesao", "", "53.01.06.1004"),
        ("Desa Oesao", "Amarasi", "53.01.07.2001"),
        ("Desa Oesao", "Kec. Kupang Timur", "53.01.06.2015"),
        ("desa do'o", "", "53.07.01.2021"),
    ],
)
def test_a_region_is_found_by_code_or_full_name(text: str, within: str, code: str) -> None:
    assert PLACES.find(text, within=within).code == code


@pytest.mark.parametrize(
    ("text", "within", "code", "named"),
    [
        ("Kupang", "", "import_region_without_prefix", ("Kabupaten Kupang", "Kota Kupang")),
        ("Belu", "", "import_region_without_prefix", ("Kabupaten Belu",)),
        ("Desa Oesao", "", "import_region_ambiguous", ("53.01.06.2015", "53.01.07.2001")),
        ("Desa Oesao", "Semau", "import_region_elsewhere", ("53.01.06.2015",)),
        ("53.99", "", "import_region_unknown", ()),
        ("Kota Atlantis", "", "import_region_unknown", ()),
    ],
)
def test_a_doubtful_region_is_refused_with_what_it_could_be(
    text: str, within: str, code: str, named: tuple[str, ...]
) -> None:
    with pytest.raises(CellRefused) as caught:
        PLACES.find(text, within=within)

    assert caught.value.code == code
    assert all(name in str(caught.value.facts["choices"]) for name in named)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (Cell("n", "5300"), 5300),
        (Cell("n", "5300.0"), 5300),
        (Cell("s", "5.300"), 5300),
        (Cell("s", " 1.234.567 "), 1_234_567),
        (Cell("s", "0"), 0),
    ],
)
def test_counts_are_whole_numbers(cell: Cell, value: int) -> None:
    assert columns.whole_number(cell) == value


@pytest.mark.parametrize(
    "cell",
    [
        *(Cell("s", text) for text in ("5,3", "5.30", "-1", "30%", "1e3", "١٢", "5 300", "9" * 14)),
        Cell("n", "0.3"),
        Cell("n", "1e+20"),
        Cell("b", "True"),
        Cell("d", "2024-12-31"),
    ],
)
def test_anything_else_is_no_count(cell: Cell) -> None:
    with pytest.raises(CellRefused, match="import_cell_number"):
        columns.whole_number(cell)


@pytest.mark.parametrize(
    "cell",
    [
        Cell("d", "2024-12-31T00:00:00"),
        *(Cell("s", text) for text in ("31/12/2024", "31-12-2024", "2024-12-31", "31 Desember 2024")),
    ],
)
def test_days(cell: Cell) -> None:
    assert columns.day(cell) == "2024-12-31"


@pytest.mark.parametrize("text", ["31/02/2024", "12/31/2024", "2024", "45657", "1 Foo 2024", "31/12/1899"])
def test_anything_else_is_no_day(text: str) -> None:
    with pytest.raises(CellRefused, match="import_cell_date"):
        columns.day(Cell("s", text))


def test_codes_that_excel_turned_into_numbers_are_refused() -> None:
    with pytest.raises(CellRefused, match="import_cell_code_as_number"):
        columns.code(13)(Cell("n", "53.1"))
    assert columns.digits(5)(Cell("n", "64141")) == "64141"
    with pytest.raises(CellRefused, match="import_cell_digits"):
        columns.digits(5)(Cell("n", "1111"))  # 01111 lost its zero


def test_a_choice_is_taken_by_label_or_code() -> None:
    clean = columns.choice(codelists.SECTORS)
    assert clean(Cell("s", "jasa keuangan ")) == clean(Cell("s", "finance")) == "finance"
    with pytest.raises(CellRefused) as caught:
        clean(Cell("s", "Bank"))
    assert "Jasa Keuangan" in str(caught.value.facts["choices"])


def test_coverage_is_exact() -> None:
    assert coverage.ratio(555_276, 1_808_432) == Fraction(138_819, 452_108)
    assert (coverage.ratio(0, 1), coverage.ratio(3, 3)) == (Fraction(0), Fraction(1))
    for count, base in ((1, 0), (2, 1), (-1, 3)):
        with pytest.raises(ValueError, match="part of a whole"):
            coverage.ratio(count, base)


def test_a_nominee_fits_by_kind_sector_and_size() -> None:
    finance = eligibility.CategoryFacts("f", "F", "business", "finance", ("medium", "large"))
    small = eligibility.CategoryFacts("u", "U", "business", "", ("micro", "small"))
    facts = {"kind": "business", "sector": "finance", "size_class": "large"}

    assert eligibility.misfit(finance, **facts) == ""
    assert eligibility.misfit(finance, **(facts | {"kind": "village"})) == "kind"
    assert eligibility.misfit(finance, **(facts | {"sector": "trade"})) == "sector"
    assert eligibility.misfit(finance, **(facts | {"size_class": "micro"})) == "size"
    assert eligibility.fitting([finance, small], **(facts | {"size_class": "micro"})) == [small]
    assert eligibility.place_fits("government", "kota")
    assert not eligibility.place_fits("government", "provinsi")
    assert eligibility.place_fits("government", "provinsi", national=True)
    assert not eligibility.place_fits("business", "desa", national=True)


def test_nobody_leaves_the_ranking_without_reason_or_after_scoring() -> None:
    for source in Status.values:
        assert status.targets(source, State.PLENARY) == ()
    assert status.targets("proposed", State.NOMINATION) == ("running", "rejected", "outside", "withdrawn")
    assert [name for name in Status.values if not status.needs_reason(name)] == ["proposed", "running"]


def test_sheets_are_found_whatever_their_spelling() -> None:
    assert [form_of(form.title.upper() + " ") for form in FORMS] == list(FORMS)
    assert form_of("Lain") is None
    assert [letters(n) for n in (1, 26, 27, 64, 703)] == ["A", "Z", "AA", "BL", "AAA"]
