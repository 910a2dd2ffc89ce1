"""Every rule is either bound or may be loosened, and never to what hides that somebody has to know of it."""

import pytest

from judging.core.scheduling.levels import FIXED, LOOSENABLE, may_be
from judging.core.scheduling.problem import Severity
from judging.core.scheduling.rules import CODES


def test_each_rule_is_in_one_of_the_two_lists():
    assert set(FIXED) | set(LOOSENABLE) == CODES
    assert set(FIXED) & set(LOOSENABLE) == set()


@pytest.mark.parametrize("code", ["recused_seat_placed", "nominee_twice", "seat_elsewhere", "pin_broken"])
def test_law_and_nature_bind(code):
    assert [level for level in Severity if may_be(code, level)] == []


def test_an_absence_may_be_confirmed_but_not_overlooked():
    assert may_be("member_unavailable", Severity.CONFIRM)
    assert not may_be("member_unavailable", Severity.IGNORED)
    assert may_be("off_grid", Severity.IGNORED)
