"""A statement written once: the same text, values and objects as the queryset that it was written from."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet
from django.test.utils import CaptureQueriesContext

from nominees.models import Nomination, Round
from paritrana.kernel.compiled import CompiledQuery
from tests.factories.world import make_category, make_nomination, make_round

pytestmark = pytest.mark.django_db

STAND_INS: dict[str, Any] = {"number": 31001, "city": "stand-in", "day": date(1, 1, 1)}


def build(*, number: int, city: str, day: date) -> QuerySet[Nomination]:
    begun = Round.objects.filter(pk=OuterRef("round"), ceremony_on__lte=day)
    return (
        Nomination.objects.filter(number=number, round__city=city)
        .select_related("round__edition", "category")
        .annotate(has_begun=Exists(begun))
        .order_by("pk")[:1]
    )


@pytest.fixture
def nomination() -> Nomination:
    return make_nomination(make_category(make_round()))


@pytest.mark.parametrize(("number", "city"), [(1, "Kupang"), (0, ""), (2**31 - 1, "'; DROP TABLE x; --"), (7, "%s")])
@pytest.mark.parametrize("day", [date(2025, 7, 20), date(2025, 7, 21), date(9999, 12, 31)])
def test_statement_is_that_of_the_queryset(number: int, city: str, day: date) -> None:
    values: dict[str, Any] = {"number": number, "city": city, "day": day}
    assert CompiledQuery(build, STAND_INS).statement(**values) == build(**values).query.sql_with_params()


def test_rows_are_those_of_the_queryset_with_joins_and_annotations(nomination: Nomination) -> None:
    query = CompiledQuery(build, STAND_INS)
    for day, has_begun in ((date(2025, 7, 20), False), (date(2025, 7, 21), True), (date(2025, 7, 20), False)):
        with CaptureQueriesContext(connection) as queries:
            (found,) = query.rows(number=nomination.number, city="Kupang", day=day)
            row: Any = found
            assert (row, row.has_begun, row.round.edition.assessment_year) == (nomination, has_begun, 2024)
            assert row.category.code == "pemda"
        assert len(queries) == 1
    assert query.rows(number=nomination.number, city="Jakarta", day=date(2025, 7, 20)) == []


@pytest.mark.parametrize("number", [-1, 2**31, 2**70])
def test_numbers_beyond_a_column_find_nothing(number: int) -> None:
    assert CompiledQuery(build, STAND_INS).rows(number=number, city="Kupang", day=date(2025, 7, 21)) == []


def test_stand_in_that_is_not_in_the_statement_is_refused() -> None:
    def careless(*, number: int, city: str) -> QuerySet[Nomination]:
        return Nomination.objects.filter(number=number)

    query = CompiledQuery(careless, {"number": 31001, "city": "stand-in"})
    with pytest.raises(ValueError, match="city"):
        query.rows(number=1, city="Kupang")


def test_stand_ins_that_are_the_same_are_refused() -> None:
    def twice(*, number: int, other: int) -> QuerySet[Nomination]:
        return Nomination.objects.filter(number=number, version=other)

    with pytest.raises(ValueError, match="stand-ins"):
        CompiledQuery(twice, {"number": 31001, "other": 31001}).rows(number=1, other=2)
