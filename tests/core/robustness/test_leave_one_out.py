"""Places without each seat: by hand, and as the engine would count a document that never had the seat."""

import pytest

from judging.core.robustness.leave_one_out import leave_one_out
from tests.core.documents import random_document

from .categories import SEATS, category, compiled, one_criterion


def without(document, seat):
    """The document as if the seat had never been there."""
    return document | {
        "judges": [name for name in document["judges"] if name != seat],
        "scores": [row for row in document["scores"] if row[0] != seat],
        "recusals": [row for row in document["recusals"] if row[0] != seat],
    }


def test_the_seat_that_decides_is_found():
    found = leave_one_out(*compiled(one_criterion({"a": ["70", "70", "100"], "b": ["80", "80", "75"]})))
    last = SEATS[2]
    assert [seat for seat, each in found.items() if each.first_changes] == [last]
    assert found[last].first == ("b",)
    assert found[last].places == {"a": 2, "b": 1}
    assert found[last].changed == ("a", "b")
    assert found[SEATS[0]].changed == ()


def test_a_nominee_that_loses_its_quorum_loses_its_place():
    document = one_criterion({"a": ["90", "90", None], "b": ["80", "80", "80"]}, min_scores=2)
    found = leave_one_out(*compiled(document))
    assert found[SEATS[0]].places == {"a": None, "b": 1}
    assert (found[SEATS[0]].first_changes, found[SEATS[2]].first_changes) == (True, False)


def test_a_panel_of_one_leaves_nobody():
    found = leave_one_out(*compiled(one_criterion({"a": ["90"], "b": ["80"]})))[SEATS[0]]
    assert (found.first, found.places, found.first_changes) == ((), {"a": None, "b": None}, True)


@pytest.mark.parametrize("seed", range(30))
def test_equal_to_the_engine_on_a_document_without_the_seat(seed):
    document = random_document(seed)
    for seat, found in leave_one_out(*compiled(document)).items():
        _, result = category(without(document, seat))
        assert found.groups == result.groups
        assert found.places == {standing.nominee: standing.place for standing in result.standings}
