import json

import pytest

from judging.core import package
from judging.core.problem import digest
from judging.core.refusals import Refusal
from judging.core.tabulation import tabulate

from .documents import changed, golden, random_document

EXAMPLE = golden("tabulation-1")
INDICATOR = ["tree", "children", 0, "transform"]
NOMINEE = "53.04.02.2007"
LEAF = ["tree", "children", 2, "children", 0]


def with_policy(**fields):
    return {**EXAMPLE, "policy": EXAMPLE["policy"] | fields}


def with_score(*row):
    return {**EXAMPLE, "scores": [*EXAMPLE["scores"], list(row)]}


AT_END = f"scores[{len(EXAMPLE['scores'])}]"

REFUSED = [
    ("weights_sum", "tree.children", changed(EXAMPLE, ["tree", "children", 0, "weight"], "39.99")),
    ("duplicate_id", "tree.children[1].id", changed(EXAMPLE, ["tree", "children", 1, "id"], "total")),
    ("duplicate_id", "judges[9]", {**EXAMPLE, "judges": [*EXAMPLE["judges"], "ketua"]}),
    ("duplicate_id", "nominees[4]", {**EXAMPLE, "nominees": [*EXAMPLE["nominees"], NOMINEE]}),
    ("duplicate_score", AT_END, with_score("ketua", NOMINEE, "inovasi", "82.5")),
    ("unknown_reference", AT_END, with_score("nobody", NOMINEE, "inovasi", "1")),
    ("unknown_reference", AT_END, with_score("hukum", "nobody", "inovasi", "1")),
    ("unknown_reference", AT_END, with_score("hukum", NOMINEE, "nothing", "1")),
    ("unknown_reference", AT_END, with_score("hukum", NOMINEE, "regulasi", "1")),
    ("unknown_reference", AT_END, with_score("hukum", NOMINEE, "wawancara", "1")),
    ("unknown_reference", "recusals[0]", {**EXAMPLE, "recusals": [["nobody", NOMINEE]]}),
    ("unknown_reference", "disqualified[0]", {**EXAMPLE, "disqualified": ["nobody"]}),
    ("unknown_reference", "values.nobody", {**EXAMPLE, "values": {"nobody": {}}}),
    ("unknown_reference", f"values.{NOMINEE}.inovasi", {**EXAMPLE, "values": {NOMINEE: {"inovasi": "1"}}}),
    ("unknown_reference", "not_applicable[0]", {**EXAMPLE, "not_applicable": [["nobody", "inovasi"]]}),
    ("unknown_reference", "policy.chair[0].order", with_policy(chair=[{"order": ["nobody"], "reason": "x"}])),
    ("duplicate_id", "policy.chair[0].order[1]", with_policy(chair=[{"order": [NOMINEE, NOMINEE], "reason": "x"}])),
    ("not_applicable", "not_applicable[0]", {**EXAMPLE, "not_applicable": [[NOMINEE, "inovasi"]]}),
    ("not_applicable", "not_applicable[0]", {**EXAMPLE, "not_applicable": [[NOMINEE, "wawancara"]]}),
    ("score_range", AT_END, with_score("hukum", NOMINEE, "inovasi", "100.5")),
    ("score_range", AT_END, with_score("hukum", NOMINEE, "pemahaman", "-1")),
    ("score_range", f"values.{NOMINEE}.regulasi", {**EXAMPLE, "values": {NOMINEE: {"regulasi": "11"}}}),
    ("score_step", AT_END, with_score("hukum", NOMINEE, "inovasi", "80.25")),
    ("float_input", AT_END + "[3]", with_score("hukum", NOMINEE, "inovasi", 80.5)),
    ("float_input", "tree.children[0].weight", changed(EXAMPLE, ["tree", "children", 0, "weight"], 40.0)),
    ("float_input", "policy.trim", with_policy(trim=1.0)),
    ("knots", "tree.children[0].transform.knots", changed(EXAMPLE, [*INDICATOR, "knots"], [["5", "1"], ["5", "2"]])),
    ("knots", "tree.children[0].transform.knots", changed(EXAMPLE, [*INDICATOR, "knots"], [])),
    (
        "steps",
        "tree.children[0].transform.steps",
        changed(EXAMPLE, INDICATOR, {"type": "step", "steps": [["9", "1"], ["5", "2"]], "below": "0"}),
    ),
    (
        "linear_degenerate",
        "tree.children[0].transform",
        changed(EXAMPLE, INDICATOR, {"type": "linear", "lo": "5", "hi": "5.0"}),
    ),
    ("transform", "tree.children[0].transform.type", changed(EXAMPLE, INDICATOR, {"type": "logistic"})),
    ("transform", "tree.children[0].transform", changed(EXAMPLE, INDICATOR, None)),
    (
        "transform",
        "tree.children[0].transform.better",
        changed(EXAMPLE, INDICATOR, {"type": "minmax", "better": ""}),
    ),
    ("trim_too_large", "policy.trim", with_policy(trim=3)),
    (
        "every_needs_leaf_level",
        "policy.rounding.at",
        with_policy(panel_level="judge", rounding={"places": 2, "mode": "half_up", "at": "every"}),
    ),
    ("rounding_at", "policy.rounding.at", with_policy(rounding={"places": 2, "mode": "half_up", "at": "often"})),
    ("rounding_mode", "policy.rounding.mode", with_policy(rounding={"places": 2, "mode": "nearest", "at": "final"})),
    ("panel_method", "policy.panel_method", with_policy(panel_method="mode")),
    ("panel_method", "policy.panel_method", with_policy(panel_method=["mean"])),
    ("panel_level", "policy.panel_level", with_policy(panel_level="seat")),
    ("tie_break", "policy.tie_break[0]", with_policy(tie_break=["lottery"])),
    ("tie_break_criterion", "policy.tie_break[1]", with_policy(tie_break=["median", "criterion:nothing"])),
    ("ranking", "policy.ranking", with_policy(ranking="1222")),
    ("malformed", "", []),
    ("malformed", "", "text"),
    ("malformed", "tree", {}),
    ("malformed", "format", {**EXAMPLE, "format": "paritrana.tabulation/2"}),
    ("malformed", "judges", {**EXAMPLE, "judges": None}),
    ("malformed", "policy", {**EXAMPLE, "policy": None}),
    ("malformed", "scores[0]", {**EXAMPLE, "scores": [["ketua", NOMINEE, "inovasi"]]}),
    ("malformed", "scores[0]", {**EXAMPLE, "scores": ["abcd"]}),
    ("malformed", "scores[0]", {**EXAMPLE, "scores": [{"a": 1, "b": 2, "c": 3, "d": 4}]}),
    ("malformed", "scores[0]", {**EXAMPLE, "scores": [[[], {}, [], {}]]}),
    ("malformed", AT_END, with_score("hukum", NOMINEE, 0, 0)),
    ("malformed", AT_END, with_score("hukum", NOMINEE, "inovasi", ["82"])),
    ("malformed", AT_END, with_score("hukum", NOMINEE, "inovasi", True)),
    ("malformed", AT_END, with_score("hukum", NOMINEE, "inovasi", "82,5")),
    ("malformed", AT_END, with_score("hukum", NOMINEE, "inovasi", None)),
    ("malformed", "policy.min_scores", with_policy(min_scores=-1)),
    ("malformed", "policy.missing_value", with_policy(missing_value="guess")),
    ("malformed", "policy.rounding.places", with_policy(rounding={"places": -1})),
    ("malformed", "tree.children[2].children[0].kind", changed(EXAMPLE, [*LEAF, "kind"], "public")),
    ("malformed", "states[0]", {**EXAMPLE, "states": [["hukum", NOMINEE, "inovasi", "value"]]}),
    ("duplicate_score", "states[0]", {**EXAMPLE, "states": [["ketua", NOMINEE, "inovasi", "absent"]]}),
]


@pytest.mark.parametrize(("code", "at", "document"), REFUSED, ids=[f"{c}:{a}" for c, a, _ in REFUSED])
def test_a_bad_document_is_refused_with_code_and_path(code, at, document):
    with pytest.raises(Refusal) as caught:
        package.read(document)
    assert (caught.value.code, caught.value.at) == (code, at)
    assert caught.value.message


def test_every_code_of_the_format_has_a_case():
    wanted = """weights_sum duplicate_id duplicate_score unknown_reference score_range score_step float_input knots
        steps linear_degenerate trim_too_large every_needs_leaf_level rounding_at rounding_mode panel_method panel_level
        transform tie_break tie_break_criterion ranking not_applicable malformed"""
    assert set(wanted.split()) == {code for code, _, _ in REFUSED}


def test_a_document_survives_the_round_trip_with_its_digest():
    for seed in range(40):
        problem = package.read(random_document(seed))
        written = json.loads(json.dumps(package.document(problem)))
        assert package.read(written) == problem
        assert digest(package.read(written)) == digest(problem)


def test_states_and_exceptions_survive_the_round_trip():
    document = golden("five-villages") | {"exceptions": ["desa-elok"]}
    problem = package.read(document)
    assert package.document(problem)["states"] == document["states"]
    assert package.read(package.document(problem)) == problem


def test_the_answer_is_plain_json_and_the_trace_is_optional():
    result = tabulate(package.read(EXAMPLE))
    short, full = package.answer(result), package.answer(result, trace=True)
    assert "trace" not in short["nominees"][NOMINEE]
    assert json.loads(json.dumps(full)) == full
    inovasi = next(item for item in full["nominees"][NOMINEE]["trace"] if item["criterion"] == "inovasi")
    assert (inovasi["sum"], inovasi["divisor"], inovasi["mean"], inovasi["product"]) == ("493/2", 3, "493/6", "1479/40")
