"""Patterns of numbers: what they may name, and how the numbers come out."""

from datetime import date

import pytest

from judging.core.numbering import FIELDS, facts_of, problem_of, written

FACTS = facts_of(serial=7, day=date(2025, 7, 21), edition=2024, place="NTT", province="Nusa Tenggara Timur")


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("{serial}", "7"),
        ("{serial:03}/PARITRANA/{place}/{year}", "007/PARITRANA/NTT/2025"),
        ("{serial:03d}/{roman_month}/{year}", "007/VII/2025"),
        ("400.14/{serial:2}/{month:02}.{edition}", "400.14/ 7/07.2024"),
        ("{serial} {{dinas}} {province}", "7 {dinas} Nusa Tenggara Timur"),
    ],
)
def test_a_number_is_written_as_its_pattern_says(pattern: str, number: str) -> None:
    assert problem_of(pattern, FACTS) is None
    assert written(pattern, FACTS) == number


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("", "number_pattern_without_serial"),
        ("PARITRANA/{year}", "number_pattern_without_serial"),
        ("{serial}/{nomor}", "number_pattern_unknown_field"),
        ("{}", "number_pattern_unknown_field"),
        ("{0}{serial}", "number_pattern_unknown_field"),
        ("{serial.__class__}", "number_pattern_unknown_field"),
        ("{serial[0]}", "number_pattern_unknown_field"),
        ("{serial", "number_pattern_malformed"),
        ("serial}", "number_pattern_malformed"),
        ("{serial!r}", "number_pattern_malformed"),
        ("{serial:99999999}", "number_pattern_malformed"),
        ("{serial:{year}}", "number_pattern_malformed"),
        ("{serial:x}", "number_pattern_malformed"),
        ("{serial:٣}", "number_pattern_malformed"),
        ("{place:03}{serial}", "number_pattern_malformed"),
        ("{serial}\n", "number_pattern_malformed"),
        ("{serial}" + "x" * 77, "number_pattern_too_long"),
        ("{serial}{province}{province}{province}{province}{province}", "number_pattern_too_long"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern: str, problem: str) -> None:
    found = problem_of(pattern, FACTS)

    assert found is not None
    assert found[0] == problem


def test_the_longest_number_is_measured_with_the_highest_serial() -> None:
    assert problem_of("x" * 72 + "{serial}", FACTS) is None
    assert problem_of("x" * 73 + "{serial}", FACTS) is not None


def test_every_field_has_a_fact() -> None:
    assert set(FIELDS) == set(FACTS)
