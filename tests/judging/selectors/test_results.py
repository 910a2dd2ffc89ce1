"""What the public may read at a moment: nothing too early, the newest of it, and never what was withheld."""

from datetime import timedelta

import pytest

from judging.models import Publication
from judging.selectors.results import archive, current_at, is_public, results_url, searched, versions_at, visible
from nominees.core.lifecycle import State
from nominees.models import Round
from tests.factories.awards import make_decided_round
from tests.factories.publications import make_organiser, make_publication, set_rules
from tests.factories.world import AT, make_round

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80), state=State.ANNOUNCED)


def _numbers(at: object) -> list[int]:
    return list(visible(at).order_by("version").values_list("version", flat=True))  # type: ignore[arg-type]


def test_nothing_is_seen_before_its_moment(round: Round) -> None:
    make_publication(round, embargo_until=AT + HOUR)

    assert not is_public(round, AT)
    assert results_url(round, AT) == ""
    assert versions_at(2024, "53", AT) == []
    assert current_at(2024, "53", AT + HOUR - timedelta(microseconds=1)) is None
    assert archive(AT) == []
    assert is_public(round, AT + HOUR)
    assert results_url(round, AT + HOUR) == "/hasil/2024/53/"
    assert [place.code for place in archive(AT + HOUR)] == ["53"]


def test_the_newest_version_is_in_force_and_older_ones_stay(round: Round) -> None:
    make_publication(round)
    make_publication(round, at=AT + HOUR, reason="ejaan", words="baru")

    at = AT + 2 * HOUR
    assert [one.version for one in versions_at(2024, "53", at)] == [2, 1]
    assert current_at(2024, "53", at) == Publication.objects.get(version=2)
    assert [one.version for one in versions_at(2024, "53", AT + HOUR / 2)] == [1]
    assert [place.version for place in archive(at)] == [2]


def test_what_was_replaced_before_anybody_saw_it_is_never_seen(round: Round) -> None:
    make_publication(round, embargo_until=AT + 3 * HOUR)
    set_rules(round, make_organiser(round), AT + HOUR, embargo_until=AT + 5 * HOUR)
    make_publication(round, at=AT + HOUR, reason="acara diundur")

    assert _numbers(AT + 4 * HOUR) == []
    assert _numbers(AT + 5 * HOUR) == [2]
    assert [one.version for one in versions_at(2024, "53", AT + 99 * HOUR)] == [2]


def test_a_version_under_embargo_leaves_the_one_that_is_seen(round: Round) -> None:
    make_publication(round)
    make_publication(round, at=AT + HOUR, reason="ejaan", words="baru", embargo_until=AT + 3 * HOUR)

    assert _numbers(AT + 2 * HOUR) == [1]
    assert _numbers(AT + 3 * HOUR) == [1, 2]


def test_the_archive_is_newest_first_the_national_round_before_provinces() -> None:
    for code in ("53", "51"):
        make_publication(make_decided_round((90,), state=State.ANNOUNCED, region_code=code))
    national = make_decided_round((90,), region_code="52", state=State.ANNOUNCED)
    Round.objects.filter(pk=national.pk).update(region=None, level="national")
    make_publication(Round.objects.get(pk=national.pk))

    found = archive(AT)

    assert [(place.year, place.code) for place in found] == [(2024, "nasional"), (2024, "51"), (2024, "53")]
    assert [place.code for place in searched(found, "PROVINSI 51")] == ["51"]
    assert searched(found, "tidak ada") == []
    assert archive(AT, year=2023) == []


def test_the_address_does_not_follow_what_becomes_of_the_round(round: Round) -> None:
    make_publication(round)
    other = make_round(region_code="64")
    Round.objects.filter(pk=other.pk).delete()
    Round.objects.filter(pk=round.pk).update(region=other.region)

    assert current_at(2024, "53", AT) is not None
    assert current_at(2024, "64", AT) is None
