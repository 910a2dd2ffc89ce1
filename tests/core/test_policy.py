import pytest

from judging.core import package, policy
from judging.core.aggregation import PanelSettings
from judging.core.policies import NTT_POLICY, normalised
from judging.core.refusals import Refusal
from judging.core.tabulation import tabulate
from judging.core.tiebreaks import STEPS

from .documents import panel_of


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


MARKS = {"a": {"c": ["0", "60", "62", "64", "99"], "d": ["0", "60", "62", "64", "99"]}}


@pytest.mark.parametrize(
    ("methods", "score"),
    [({}, "62.00"), ({"d": "median"}, "62.00"), ({"d": "mean"}, "56.50"), ({"c": "mean"}, "59.50")],
)
def test_a_criterion_may_have_a_method_of_its_own(methods, score):
    marks = {"a": {"c": ["0", "60", "62", "64", "99"], "d": ["10", "20", "62", "64", "99"]}}
    document = panel_of(marks, panel_method="median", panel_methods=methods, weights=["50", "50"])
    assert tabulate(package.read(document)).by_nominee["a"].final == score


def test_trim_and_its_least_number_apply_to_a_criterion_that_is_trimmed_on_its_own():
    read = package.read(panel_of(MARKS, panel_method="mean", panel_methods={"c": "trimmed"}, trim=2))
    trace = {item.criterion: item for item in tabulate(read).by_nominee["a"].trace}
    assert [(trace[name].method, trace[name].divisor, trace[name].mean) for name in "cd"] == [
        ("trimmed", 1, 62),
        ("mean", 5, 57),
    ]


@pytest.mark.parametrize(
    ("changes", "code", "at"),
    [
        ({"panel_methods": {"c": "mode"}}, "panel_method", "policy.panel_methods.c"),
        ({"panel_methods": {"c": 3}}, "panel_method", "policy.panel_methods.c"),
        ({"panel_methods": ["c"]}, "malformed", "policy.panel_methods"),
        ({"panel_methods": {"x": "mean"}}, "unknown_reference", "policy.panel_methods.x"),
        ({"panel_methods": {"total": "mean"}}, "unknown_reference", "policy.panel_methods.total"),
        ({"panel_methods": {"c": "median"}, "panel_level": "judge"}, "panel_level", "policy.panel_methods"),
        ({"panel_methods": {"c": "trimmed"}, "trim": 9}, "trim_too_large", "policy.trim"),
    ],
)
def test_a_method_for_what_cannot_have_one_is_refused(changes, code, at):
    with pytest.raises(Refusal) as caught:
        package.read(panel_of(MARKS, **changes))
    assert (caught.value.code, caught.value.at) == (code, at)


def test_a_method_for_a_criterion_that_the_panel_does_not_mark_is_refused():
    document = panel_of(MARKS, panel_methods={"d": "mean"}, weights=["50", "50"])
    document["tree"]["children"][1]["kind"] = "fixed"
    with pytest.raises(Refusal) as caught:
        package.read(document)
    assert (caught.value.code, caught.value.at) == ("unknown_reference", "policy.panel_methods.d")


def test_rules_without_methods_of_their_own_are_written_as_ever():
    assert normalised(NTT_POLICY) == NTT_POLICY
    assert normalised(NTT_POLICY | {"panel_methods": {}}) == NTT_POLICY
    ours = NTT_POLICY | {"panel_methods": {"b": "mean", "a": "median"}}
    assert list(normalised(ours)["panel_methods"].items()) == [("a", "median"), ("b", "mean")]
    assert policy.from_document(normalised(ours)) == policy.from_document(ours)
