"""The second part of a round's address, there and back."""

import pytest

from nominees.core.scopes import read_scope, scope_text


@pytest.mark.parametrize(
    ("scope", "read"),
    [
        ("53", ("53", 0)),
        ("nasional", ("nasional", 0)),
        ("53-latihan-1", ("53", 1)),
        ("nasional-latihan-12", ("nasional", 12)),
    ],
)
def test_scope_there_and_back(scope: str, read: tuple[str, int]) -> None:
    assert read_scope(scope) == read
    assert scope_text(*read) == scope


@pytest.mark.parametrize(
    "scope", ["53-latihan-0", "53-latihan-01", "53-latihan-", "53-latihan-10000", "53-Latihan-1", "-latihan-1"]
)
def test_one_practice_round_has_one_address(scope: str) -> None:
    assert read_scope(scope) == (scope, 0)
