from judging.core import policy
from judging.core.aggregation import PanelSettings
from judging.core.tiebreaks import STEPS


def test_an_empty_rule_set_is_the_published_default():
    read = policy.from_document({})
    assert read == policy.Policy()
    assert (read.panel_method, read.panel, read.min_scores) == ("trimmed", PanelSettings(1, 5), 5)
    assert read.rounding == policy.Rounding(2, "half_up", "final")
    assert read.labels[:3] == ("Juara I", "Juara II", "Juara III")
    assert len(read.labels) == 6


def test_a_rule_set_is_written_as_an_equal_one():
    document = {
        "panel_method": "median",
        "rounding": {"places": 3, "mode": "down", "at": "none"},
        "tie_break": ["criterion:a", "by_weight", "chair"],
        "chair": [{"order": ["x", "y"], "reason": "musyawarah"}],
        "ranking": "fractional",
        "labels": [],
    }
    read = policy.from_document(document)
    assert policy.from_document(policy.to_document(read)) == read


def test_every_step_of_the_chain_that_can_be_named_exists():
    assert {*policy.PLAIN_STEPS, "criterion"} == set(STEPS)
