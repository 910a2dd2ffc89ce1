"""Who may write a sheet is asked by a statement written once: it must be the queryset's own for everybody."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connections

from judging.selectors.sheets import (
    AT_NATIONAL_ADDRESS,
    AT_REGIONAL_ADDRESS,
    LOCKED_VERSION,
    NEWEST_VERSION,
    at_address,
    current_version,
    locked_version,
    newest_version,
)
from nominees.models import TimeZone
from paritrana.kernel.transactions import TransactionRequired

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", [None, "53", "stand-in", "'"])
@pytest.mark.parametrize(("user", "number", "key"), [(1, 1, ""), (31002, 2024, "kunci"), (9, 31001, "stand-in-key")])
@pytest.mark.parametrize("shift", [0, 1])
def test_statement_is_that_of_the_queryset(place: str | None, user: int, number: int, key: str, shift: int) -> None:
    values: dict[str, Any] = {"user": user, "year": 2024, "practice": shift, "number": number, "key": key}
    for index, zone in enumerate(TimeZone.values):
        values[f"day_{zone}"] = date(2025, 6, 24) + timedelta(days=shift * (index > 0))
    if place is None:
        assert AT_NATIONAL_ADDRESS.statement(**values) == at_address(**values).query.sql_with_params()
    else:
        values["place"] = place
        assert AT_REGIONAL_ADDRESS.statement(**values) == at_address(**values).query.sql_with_params()


@pytest.mark.parametrize("values", [{"seat": 1, "nomination": 1}, {"seat": 31002, "nomination": 31001}])
def test_statements_of_the_newest_version_are_those_of_the_querysets(values: dict[str, Any]) -> None:
    assert NEWEST_VERSION.statement(**values) == newest_version(**values).query.sql_with_params()
    assert LOCKED_VERSION.statement(**values) == locked_version(**values).query.sql_with_params()


def test_newest_version_is_locked_in_a_transaction_only(monkeypatch: pytest.MonkeyPatch) -> None:
    assert current_version(seat_id=None, nomination_id=1, lock=True) is None
    assert current_version(seat_id=1, nomination_id=1, lock=True) is None
    # Each test runs in a transaction of its own: told that there is none, the selector refuses.
    monkeypatch.setattr(connections["default"], "in_atomic_block", False)
    with pytest.raises(TransactionRequired):
        current_version(seat_id=1, nomination_id=1, lock=True)
