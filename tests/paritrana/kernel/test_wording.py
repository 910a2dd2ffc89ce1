"""Numbers, dates, times and money as Indonesian officials write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paritrana.kernel import wording

MONDAY = date(2025, 7, 21)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "nol"),
        (1, "satu"),
        (9, "sembilan"),
        (10, "sepuluh"),
        (11, "sebelas"),
        (12, "dua belas"),
        (19, "sembilan belas"),
        (20, "dua puluh"),
        (21, "dua puluh satu"),
        (99, "sembilan puluh sembilan"),
        (100, "seratus"),
        (101, "seratus satu"),
        (111, "seratus sebelas"),
        (200, "dua ratus"),
        (999, "sembilan ratus sembilan puluh sembilan"),
        (1_000, "seribu"),
        (1_001, "seribu satu"),
        (1_100, "seribu seratus"),
        (2_025, "dua ribu dua puluh lima"),
        (11_000, "sebelas ribu"),
        (21_000, "dua puluh satu ribu"),
        (100_000, "seratus ribu"),
        (101_000, "seratus satu ribu"),
        (1_000_000, "satu juta"),
        (1_001_000, "satu juta seribu"),
        (1_000_000_000, "satu miliar"),
        (1_000_000_000_000, "satu triliun"),
        (10**15, "satu kuadriliun"),
    ],
)
def test_terbilang(number: int, words: str) -> None:
    assert wording.terbilang(number) == words


def test_terbilang_of_fifteen_nines() -> None:
    thousand = "sembilan ratus sembilan puluh sembilan"
    expected = " ".join(f"{thousand} {scale}" for scale in ("triliun", "miliar", "juta", "ribu"))
    assert wording.terbilang(10**15 - 1) == f"{expected} {thousand}"


@pytest.mark.parametrize("number", [-1, 10**15 + 1])
def test_terbilang_outside_its_bounds_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        wording.terbilang(number)


@pytest.mark.parametrize("number", [True, 1.0, "1", Decimal(1)])
def test_terbilang_of_anything_but_an_int_is_refused(number: object) -> None:
    with pytest.raises(TypeError):
        wording.terbilang(number)  # type: ignore[arg-type]


UNITS = {word: value for value, word in enumerate(wording._DIGITS)}
SCALES = {"juta": 10**6, "miliar": 10**9, "triliun": 10**12, "kuadriliun": 10**15}


def read_back(words: str) -> int:
    """Read Indonesian number words, by a way of its own, to check the writer."""
    total = thousand = group = unit = 0
    for word in words.split():
        if word in UNITS:
            unit = UNITS[word]
        elif word in ("sepuluh", "sebelas"):
            unit = 10 if word == "sepuluh" else 11
        elif word == "belas":
            unit += 10
        elif word == "puluh":
            group, unit = group + unit * 10, 0
        elif word in ("ratus", "seratus"):
            group, unit = group + (1 if word == "seratus" else unit) * 100, 0
        elif word in ("ribu", "seribu"):
            thousand, group, unit = (
                (1 if word == "seribu" else group + unit) * 1000,
                0,
                0,
            )
        else:
            total, thousand, group, unit = (
                total + (thousand + group + unit) * SCALES[word],
                0,
                0,
                0,
            )
    return total + thousand + group + unit


@given(st.integers(0, 10**15))
def test_terbilang_reads_back_as_the_same_number(number: int) -> None:
    assert read_back(wording.terbilang(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("84,74", "delapan puluh empat koma tujuh empat"),
        ("70,00", "tujuh puluh koma nol nol"),
        ("79,10", "tujuh puluh sembilan koma satu nol"),
        ("100,00", "seratus koma nol nol"),
        ("0,05", "nol koma nol lima"),
        ("1.234,5", "seribu dua ratus tiga puluh empat koma lima"),
        ("5.300", "lima ribu tiga ratus"),
        ("12", "dua belas"),
        ("-3,5", "minus tiga koma lima"),
        (Decimal("84.70"), "delapan puluh empat koma tujuh nol"),
        (Decimal("1E+2"), "seratus"),
        (7, "tujuh"),
    ],
)
def test_terbilang_decimal_reads_what_is_printed(number: int | Decimal | str, words: str) -> None:
    assert wording.terbilang_decimal(number) == words


@pytest.mark.parametrize("text", ["", "abc", "84.74", "1,2,3", "12,", ",5", "1.23", "1e3", "\u0664", "5 000"])
def test_terbilang_decimal_of_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        wording.terbilang_decimal(text)


def test_floats_are_refused_everywhere() -> None:
    for function in (wording.terbilang_decimal, wording.decimal_number, wording.rupiah):
        with pytest.raises(TypeError):
            function(1.5)  # type: ignore[arg-type,operator]
    with pytest.raises(TypeError):
        wording.round_half_up(1.5, 1)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="not a number"):
        wording.decimal_number(Decimal("NaN"))


@pytest.mark.parametrize(
    ("number", "numeral"),
    [
        (1, "I"),
        (2, "II"),
        (3, "III"),
        (4, "IV"),
        (9, "IX"),
        (14, "XIV"),
        (40, "XL"),
        (1999, "MCMXCIX"),
        (3999, "MMMCMXCIX"),
    ],
)
def test_roman(number: int, numeral: str) -> None:
    assert wording.roman(number) == numeral


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_roman_outside_its_bounds_is_refused(number: int) -> None:
    with pytest.raises(ValueError, match="Roman"):
        wording.roman(number)


@pytest.mark.parametrize(
    ("number", "places", "printed"),
    [
        (Decimal("87.125"), 2, "87,13"),
        (Decimal("87.999"), 2, "88,00"),
        (Decimal("-0.5"), 0, "-1"),
        (Decimal("-0.001"), 2, "0,00"),
        (Fraction(1, 3), 4, "0,3333"),
        (Fraction(203383, 2400), 2, "84,74"),
        (Fraction(5, 1000), 2, "0,01"),
        (100, 2, "100,00"),
        (5300, None, "5.300"),
        (1234567, 0, "1.234.567"),
        (Decimal("12.50"), None, "12,50"),
        (Decimal("-0.00"), None, "0,00"),
        # More digits than the default decimal context keeps.
        (Decimal("1" + "0" * 39 + "1.5"), 0, "10" + ".000" * 12 + ".002"),
    ],
)
def test_decimal_number(number: int | Decimal | Fraction, places: int | None, printed: str) -> None:
    assert wording.decimal_number(number, places) == printed


def test_a_fraction_needs_a_number_of_places() -> None:
    with pytest.raises(TypeError):
        wording.decimal_number(Fraction(1, 3))
    with pytest.raises(ValueError, match="places"):
        wording.round_half_up(Fraction(1, 3), -1)


@given(st.fractions(), st.integers(0, 6))
def test_rounding_is_never_more_than_half_a_unit_off(number: Fraction, places: int) -> None:
    rounded = wording.round_half_up(number, places)
    assert -rounded.as_tuple().exponent == places
    assert abs(Fraction(rounded) - number) <= Fraction(1, 2 * 10**places)


@pytest.mark.parametrize(
    ("part", "whole", "places", "printed"),
    [
        (349, 1000, 2, "34,90%"),
        (141_000, 1_000_000, 2, "14,10%"),
        (1, 3, 2, "33,33%"),
        (2, 3, 2, "66,67%"),
        (1, 800, 2, "0,13%"),
        (0, 5, 0, "0%"),
        (12, 10, 1, "120,0%"),
    ],
)
def test_percentage_comes_from_the_counts(part: int, whole: int, places: int, printed: str) -> None:
    assert wording.percentage(part, whole, places) == printed


@pytest.mark.parametrize(("part", "whole"), [(1, 0), (-1, 5), (1, -5)])
def test_percentage_of_impossible_counts_is_refused(part: int, whole: int) -> None:
    with pytest.raises(ValueError, match="percentage"):
        wording.percentage(part, whole)


def test_rupiah() -> None:
    assert wording.rupiah(5000) == "Rp5.000,00"
    assert wording.rupiah(Decimal("900500.5")) == "Rp900.500,50"
    assert wording.rupiah(2_500_000, 0) == "Rp2.500.000"
    assert wording.rupiah(-1000) == "-Rp1.000,00"


def test_dates() -> None:
    assert wording.long_date(date(1945, 8, 17)) == "17 Agustus 1945"
    assert wording.long_day_date(MONDAY) == "Senin, 21 Juli 2025"
    assert wording.date_in_words(MONDAY) == "Senin tanggal dua puluh satu bulan Juli tahun dua ribu dua puluh lima"
    assert wording.day_name(date(2025, 7, 25)) == "Jumat"


def test_every_month_has_its_own_name() -> None:
    printed = [wording.long_date(date(2025, month, 1)) for month in range(1, 13)]
    assert printed[1] == "1 Februari 2025"
    assert printed[10] == "1 November 2025"
    assert len(set(printed)) == 12


@pytest.mark.parametrize(
    ("first", "last", "printed"),
    [
        (date(2025, 6, 24), date(2025, 6, 26), "24–26 Juni 2025"),
        (date(2025, 6, 24), date(2025, 6, 24), "24 Juni 2025"),
        (date(2025, 6, 30), date(2025, 7, 2), "30 Juni–2 Juli 2025"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 Desember 2025–2 Januari 2026"),
        (date(2024, 6, 24), date(2025, 6, 24), "24 Juni 2024–24 Juni 2025"),
    ],
)
def test_date_range(first: date, last: date, printed: str) -> None:
    assert wording.date_range(first, last) == printed


def test_date_range_takes_datetimes_as_their_days_and_refuses_the_wrong_order() -> None:
    start = datetime(2025, 6, 24, 9, tzinfo=UTC)
    assert wording.date_range(start, date(2025, 6, 26)) == "24–26 Juni 2025"
    with pytest.raises(ValueError, match="before the first"):
        wording.date_range(date(2025, 6, 26), date(2025, 6, 24))


@pytest.mark.parametrize(
    ("zone", "printed"),
    [
        ("Asia/Jakarta", "pukul 08.00 WIB"),
        ("Asia/Pontianak", "pukul 08.00 WIB"),
        ("Asia/Makassar", "pukul 09.00 WITA"),
        ("Asia/Jayapura", "pukul 10.00 WIT"),
    ],
)
def test_clock_time_names_its_zone(zone: str, printed: str) -> None:
    assert wording.clock_time(datetime(2025, 7, 21, 1, 0, tzinfo=UTC), zone) == printed


def test_clock_time_to_the_second() -> None:
    moment = datetime(2025, 7, 21, 2, 42, 10, tzinfo=UTC)
    assert wording.clock_time_exact(moment, "Asia/Makassar") == "pukul 10.42.10 WITA"


def test_date_and_time_follow_the_local_day() -> None:
    moment = datetime(2025, 7, 20, 16, 30, tzinfo=UTC)
    assert wording.date_time(moment, "Asia/Makassar") == "Senin, 21 Juli 2025, pukul 00.30 WITA"
    assert wording.date_time(moment, "Asia/Jakarta") == "Minggu, 20 Juli 2025, pukul 23.30 WIB"


def test_time_range() -> None:
    start, end = (
        datetime(2025, 6, 24, 1, 0, tzinfo=UTC),
        datetime(2025, 6, 24, 6, 20, tzinfo=UTC),
    )
    assert wording.time_range(start, end, "Asia/Makassar") == "pukul 09.00–14.20 WITA"
    with pytest.raises(ValueError, match="after it starts"):
        wording.time_range(end, start, "Asia/Makassar")


def test_minute_range_of_a_day() -> None:
    assert wording.minute_range(480, 690, "Asia/Makassar") == "pukul 08.00–11.30 WITA"
    assert wording.minute_text(24 * 60) == "24.00"


def test_time_range_over_midnight_names_the_day_of_its_end() -> None:
    start, zone = datetime(2025, 6, 24, 15, 30, tzinfo=UTC), "Asia/Makassar"
    assert wording.time_range(start, start + timedelta(hours=1), zone) == "pukul 23.30–00.30 WITA (25 Juni)"
    assert wording.time_range(start, start + timedelta(minutes=29), zone) == "pukul 23.30–23.59 WITA"
    eve = datetime(2025, 12, 31, 15, 30, tzinfo=UTC)
    assert wording.time_range(eve, eve + timedelta(hours=1), zone) == "pukul 23.30–00.30 WITA (1 Januari 2026)"


def test_a_time_without_zone_or_in_a_foreign_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        wording.clock_time(datetime(2025, 7, 21, 9, tzinfo=UTC).replace(tzinfo=None), "Asia/Makassar")
    with pytest.raises(ValueError, match="Indonesia"):
        wording.clock_time(datetime(2025, 7, 21, 9, tzinfo=UTC), "Europe/Berlin")
