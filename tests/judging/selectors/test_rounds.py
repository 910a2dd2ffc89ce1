"""How a round got where it is."""

import pytest

from judging.models import StateChange
from judging.selectors import rounds
from nominees.models import Status
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db


def change(round, **fields):
    return StateChange.objects.create(
        round=round, source="plenary", target="scoring", requested_by=make_user(), requested_at=AT, **fields
    )


def test_the_open_step_back_is_neither_confirmed_nor_withdrawn():
    round = make_round()
    change(round, confirmed_at=AT)
    change(round, withdrawn_at=AT)
    change(make_round(region_code="52"))
    assert rounds.open_step_back(round) is None
    waiting = change(round)
    assert rounds.open_step_back(round) == waiting
    assert rounds.state_changes(round).first() == waiting
    assert rounds.state_changes(round).count() == 3


def test_categories_are_counted_by_who_is_in_the_running():
    round = make_round()
    category = make_category(round)
    make_category(round, "kosong", position=1)
    make_nomination(category)
    make_nomination(category, status=Status.WITHDRAWN)
    found = [(one.code, one.nominated, one.running) for one in rounds.categories_with_counts(round)]
    assert found == [("pemda", 2, 1), ("kosong", 0, 0)]
