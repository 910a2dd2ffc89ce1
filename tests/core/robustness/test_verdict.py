"""The verdict: what makes a first place stable, contested or undetermined."""

import pytest

from judging.core.robustness.bootstrap import bootstrap
from judging.core.robustness.data import Bootstrap
from judging.core.robustness.leave_one_out import leave_one_out
from judging.core.robustness.verdict import verdict

from .categories import SEATS, category, compiled, one_criterion


def judged(rows, probability=None, **changes):
    document = one_criterion(rows, **changes)
    problem, result = category(document)
    drawn = bootstrap(problem, result)
    if probability is not None:
        drawn = Bootstrap((), 1, dict.fromkeys(result.order, probability), {}, 0.0)
    return verdict(result, leave_one_out(*compiled(document)), drawn)


def codes(found):
    return [reason.code for reason in found.reasons]


CLEAR = {"a": ["90", "92", "91"], "b": ["50", "52", "51"]}


def test_clear_of_everybody_is_stable():
    found = judged(CLEAR)
    assert (found.state, codes(found)) == ("stable", ["no_seat_decides", "probability"])
    assert found.reasons[1].facts == {"nominee": "a", "probability": 1.0, "enough": 0.95}


def test_a_seat_that_decides_contests_it():
    found = judged({"a": ["70", "70", "100"], "b": ["80", "80", "75"]})
    assert found.state == "contested"
    assert found.reasons[0].facts == {"seat": SEATS[2], "first": ["b"]}
    assert codes(found) == ["seat_decides", "probability"]


@pytest.mark.parametrize(("probability", "state"), [(0.95, "stable"), (0.9499, "contested")])
def test_95_percent_are_enough(probability, state):
    assert judged(CLEAR, probability).state == state


def test_without_a_probability_the_seats_decide():
    document = one_criterion(CLEAR)
    _, result = category(document)
    found = verdict(result, leave_one_out(*compiled(document)), None)
    assert (found.state, codes(found)) == ("stable", ["no_seat_decides", "no_probability"])


@pytest.mark.parametrize(
    ("rows", "changes", "code"),
    [
        (CLEAR, {"min_scores": 4}, "nobody_ranked"),
        (CLEAR, {"disqualified": ["b"]}, "one_ranked"),
        ({"a": ["80", "70"], "b": ["70", "80"]}, {}, "tied_first"),
    ],
)
def test_without_one_first_of_several_it_is_undetermined(rows, changes, code):
    found = judged(rows, **changes)
    assert (found.state, codes(found)) == ("undetermined", [code])
