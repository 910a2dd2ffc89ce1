"""Who may write a sheet is asked by a statement written once: it must be the queryset's own for everybody."""

from datetime import date, timedelta
from typing import Any

import pytest

from judging.selectors.sheets import AT_NATIONAL_ADDRESS, AT_REGIONAL_ADDRESS, at_address
from nominees.models import TimeZone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("scope", [None, "53", "stand-in", "'"])
@pytest.mark.parametrize(("user", "number", "key"), [(1, 1, ""), (31002, 2024, "kunci"), (9, 31001, "stand-in-key")])
@pytest.mark.parametrize("shift", [0, 1])
def test_statement_is_that_of_the_queryset(scope: str | None, user: int, number: int, key: str, shift: int) -> None:
    values: dict[str, Any] = {"user": user, "year": 2024, "number": number, "key": key}
    for index, zone in enumerate(TimeZone.values):
        values[f"day_{zone}"] = date(2025, 6, 24) + timedelta(days=shift * (index > 0))
    if scope is None:
        assert AT_NATIONAL_ADDRESS.statement(**values) == at_address(**values).query.sql_with_params()
    else:
        values["scope"] = scope
        assert AT_REGIONAL_ADDRESS.statement(**values) == at_address(**values).query.sql_with_params()
