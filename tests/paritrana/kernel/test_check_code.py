"""Codes are long enough, written in groups, and understood as people type them."""

import math

import pytest

from paritrana.kernel.check_code import ALPHABET, LENGTH, grouped, new_code, understood


def test_a_code_carries_at_least_eighty_bits() -> None:
    assert LENGTH * math.log2(len(ALPHABET)) >= 80
    assert len(set(ALPHABET)) == len(ALPHABET)


def test_new_codes_differ_and_are_understood() -> None:
    codes = {new_code() for _ in range(200)}

    assert len(codes) == 200
    assert all(understood(grouped(code)) == code for code in codes)


def test_a_code_is_written_in_groups_of_four() -> None:
    assert grouped("7K4MQX9T2RBDVW5N") == "7K4M-QX9T-2RBD-VW5N"


@pytest.mark.parametrize(
    "typed",
    [
        "7K4M-QX1T-2RB0-VW5N",
        "7k4mqx1t2rb0vw5n",
        " 7K4M QX1T 2RB0 VW5N ",
        "7K4M–QXIT–2RBO–VW5N",
        "7k4m.qxlt.2rbo.vw5n",
    ],
)
def test_what_people_type_is_understood(typed: str) -> None:
    assert understood(typed) == "7K4MQX1T2RB0VW5N"


@pytest.mark.parametrize(
    "typed", ["", "7K4M", "7K4M-QX9T-2RBD-VW5U", "7K4M-QX9T-2RBD-VW5N-7", "'; DROP TABLE", "é" * 16]
)
def test_what_can_be_no_code_is_not_looked_up(typed: str) -> None:
    assert understood(typed) is None
