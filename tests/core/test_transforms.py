from fractions import Fraction

import pytest

from judging.core import transforms

LESS_IS_BETTER = {"type": "linear", "lo": "90", "hi": "20"}
KNOTS = {"type": "piecewise", "knots": [["0", "0"], ["35", "60"], ["80", "100"]]}
STEPS = {"type": "step", "steps": [["20", "30"], ["40", "55.5"]], "below": "5"}
HIGH = {"type": "minmax", "better": "high", "all_equal": "100"}
LOW = {"type": "minmax", "better": "low", "all_equal": "50"}


@pytest.mark.parametrize(
    ("document", "figure", "score"),
    [
        ({"type": "identity"}, "101", 100),
        ({"type": "identity"}, "-1", 0),
        (LESS_IS_BETTER, "90", 0),
        (LESS_IS_BETTER, "20", 100),
        (LESS_IS_BETTER, "10", 100),
        (LESS_IS_BETTER, "55", 50),
        (KNOTS, "54", Fraction(692, 9)),
        (KNOTS, "-3", 0),
        (KNOTS, "92.52", 100),
        (KNOTS, "35", 60),
        ({"type": "piecewise", "knots": [["5", "70"]]}, "1", 70),
        (STEPS, "19.99", 5),
        (STEPS, "20", 30),
        (STEPS, "400", Fraction(111, 2)),
    ],
)
def test_a_figure_becomes_a_score(document, figure, score):
    assert transforms.from_document(document).score(Fraction(figure), ()) == score


@pytest.mark.parametrize(
    ("document", "peers", "score"),
    [
        (HIGH, "10 30 50", 50),
        (HIGH, "30 50", 0),
        (LOW, "10 30 40", Fraction(100, 3)),
        (LOW, "30 30", 50),
        (HIGH, "30", 100),
    ],
)
def test_minmax_is_relative_to_the_peers(document, peers, score):
    assert transforms.from_document(document).score(Fraction(30), [Fraction(peer) for peer in peers.split()]) == score


@pytest.mark.parametrize("document", [{"type": "identity"}, LESS_IS_BETTER, KNOTS, STEPS, HIGH, LOW])
def test_a_transform_is_written_as_it_was_read(document):
    assert transforms.from_document(document).to_document() == document
