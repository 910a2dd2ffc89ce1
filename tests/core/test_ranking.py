from fractions import Fraction

import pytest

from judging.core import ranking

GROUPS = (("a",), ("b", "c"), ("d",))


@pytest.mark.parametrize(
    ("style", "expected"),
    [
        ("1224", [1, 2, 2, 4]),
        ("1334", [1, 3, 3, 4]),
        ("1223", [1, 2, 2, 3]),
        ("1234", [1, 2, 3, 4]),
        ("fractional", [1, Fraction(5, 2), Fraction(5, 2), 4]),
    ],
)
def test_places(style, expected):
    assert list(ranking.places(GROUPS, style).values()) == expected


def test_split_keeps_equal_values_together():
    assert ranking.split(["c", "a", "b"], {"a": Fraction(1), "b": Fraction(2), "c": Fraction(1)}) == (
        ("b",),
        ("a", "c"),
    )


@pytest.mark.parametrize(
    ("place", "title"), [(1, "I"), (2, "II"), (3, None), (Fraction(3, 2), None), (Fraction(2), "II")]
)
def test_titles_go_by_place_number(place, title):
    assert ranking.title_of(place, ["I", "II"]) == title


@pytest.mark.parametrize(
    ("style", "labels", "expected"),
    [
        ("1224", ["I"], False),
        ("1224", ["I", "II"], True),
        ("1334", ["I", "II"], True),  # both stand at 3, yet the second prize depends on them
        ("fractional", ["I", "II"], True),
        ("1224", [], False),
    ],
)
def test_a_prize_depends_on_a_tie_that_covers_it(style, labels, expected):
    assert ranking.holds_title(GROUPS, ("b", "c"), style, labels) is expected


def test_a_dense_place_with_a_title_makes_a_tie_matter():
    groups = (("a", "b"), ("c", "d"))
    assert ranking.holds_title(groups, ("c", "d"), "1223", ["I", "II"])
