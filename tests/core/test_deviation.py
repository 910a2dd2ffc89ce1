"""Moving one nominee: who moves with it, who stays, and what is refused."""

import pytest

from judging.core.deviation import DeviationImpossible, DeviationThroughTie, apply, moved

GROUPS = (("a",), ("b",), ("c",), ("d", "e"))


def test_moved_up_and_down_shift_only_those_between() -> None:
    assert moved(GROUPS, "c", 1) == ("c", "a", "b")
    assert moved(GROUPS, "a", 2) == ("b", "a")


def test_apply_leaves_everybody_else() -> None:
    assert apply(GROUPS, ("c", "b")) == (("a",), ("c",), ("b",), ("d", "e"))


@pytest.mark.parametrize(("nominee", "position"), [("a", 1), ("x", 1), ("a", 0), ("a", 6)])
def test_moved_to_nowhere_is_refused(nominee: str, position: int) -> None:
    with pytest.raises(DeviationImpossible):
        moved(GROUPS, nominee, position)


@pytest.mark.parametrize(("nominee", "position"), [("d", 1), ("c", 4), ("d", 5)])
def test_moved_through_a_tie_is_refused(nominee: str, position: int) -> None:
    with pytest.raises(DeviationThroughTie):
        moved(GROUPS, nominee, position)


@pytest.mark.parametrize("order", [(), ("a", "c"), ("a", "x"), ("a", "a")])
def test_apply_refuses_what_is_no_block(order: tuple[str, ...]) -> None:
    with pytest.raises(DeviationImpossible):
        apply(GROUPS, order)
