"""What the public is told of winners with the same total on different places."""

from typing import Any

import pytest

from judging.core import package
from judging.core.publication import Settled, Step
from judging.models import Award, Standing, TabulationPart
from judging.selectors.published_ties import settled_totals
from judging.selectors.tabulations import canonical
from nominees.models import Category, Nomination
from tests.factories.awards import problem_of

TOTAL = "83.74"


def award(place: int, *, score: str = TOTAL, position: int = 0, **fields: Any) -> Award:
    standing = Standing(part=TabulationPart(), score=score, position=position or place, **fields)
    return Award(place=place, standing=standing)


def test_equal_totals_on_different_places_name_the_steps_that_told_them_apart() -> None:
    awards = [
        award(1, score="90.00"),
        award(2, resolved_by=["by_weight"]),
        award(3, resolved_by=["by_weight", "median"]),
        award(4, score="70.00"),
    ]

    assert settled_totals(awards) == (Settled(TOTAL, (Step("by_weight"), Step("median"))),)


@pytest.mark.parametrize(
    "awards",
    [
        [],
        [award(1, score="90.00"), award(2)],
        [award(2, is_tied=True), award(2, position=3, is_tied=True)],
        [award(1, score=""), award(2, score="")],
    ],
)
def test_who_shares_a_place_or_has_a_total_alone_needs_no_word(awards: list[Award]) -> None:
    assert settled_totals(awards) == ()


def test_the_plenary_is_named_where_the_chain_left_a_tie_or_the_order_was_changed() -> None:
    left = [award(1, is_tied=True, resolved_by=["median"]), award(2, is_tied=True, resolved_by=["median"])]
    moved = [award(1, position=2, resolved_by=["median"]), award(2, position=1, resolved_by=["median"])]

    assert settled_totals(left)[0].by == (Step("median"), Step("chair"))
    assert settled_totals(moved)[0].by == (Step("chair"),)


def test_a_single_criterion_is_told_by_its_title() -> None:
    nomination = Nomination(number=1, category=Category(name="Uji"))
    first, second = award(1, resolved_by=["criterion:inovasi"]), award(2, resolved_by=["criterion:lain"])
    document = canonical(package.document(problem_of([nomination], [80], 1)))
    for one in (first, second):
        one.standing.part.input = document

    found = settled_totals([first, second])[0].by

    assert found == (Step("criterion", "Inovasi"), Step("criterion", "lain"))
