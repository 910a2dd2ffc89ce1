"""All diagnostics together: the same as their parts, always JSON, whatever is missing."""

import json
import math

import pytest

from judging.core import package
from judging.core.diagnostics import answer, diagnose
from judging.core.tabulation import tabulate

from .documents import SEATS, changed, golden, panel_of, random_document

PARTS = {
    "format", "digest", "engine", "agreement", "judges", "connected", "adjusted", "leave_one_out", "methods",
    "bootstrap", "smaa", "weight_flip", "possible_places", "open_cells", "open_values", "divergence", "verdict",
    "firmness", "why_null",
}  # fmt: skip


def answered(document, **options):
    return answer(diagnose(package.read(document), **({"samples": 200} | options)))


def numbers(value):
    """Every float anywhere."""
    if isinstance(value, dict):
        return [number for item in value.values() for number in numbers(item)]
    if isinstance(value, list):
        return [number for item in value for number in numbers(item)]
    return [value] if isinstance(value, float) else []


def test_five_villages_hand_worked():
    document = golden("five-villages")
    found = answered(document)
    assert found.keys() == PARTS
    assert found["digest"] == tabulate(package.read(document)).digest
    assert found["leave_one_out"].keys() == set(document["judges"])
    # Without disnaker or upah, Ainoni's mean is above Bolok's, with which it shares its total now.
    places = found["leave_one_out"]["disnaker"]["places"]
    assert (places["desa-ainoni"], places["desa-bolok"]) == (2, 3)
    assert found["leave_one_out"]["dprd"]["changed"] == []
    assert found["verdict"] == {
        "state": "stable",
        "reasons": [
            {"code": "no_seat_decides"},
            {"code": "probability", "nominee": "desa-ceria", "probability": 1.0, "enough": 0.95},
        ],
    }
    assert found["open_cells"] == 0  # dprd is recorded as absent: nothing can come any more
    assert found["possible_places"]["desa-bolok"] == [2, 2]
    opened = answered({key: value for key, value in document.items() if key != "states"})
    assert opened["open_cells"] == 2 * 5  # not listed is not scored, and may still come
    assert opened["possible_places"]["desa-ceria"] == [1, 1]
    assert opened["possible_places"]["desa-bolok"] == [2, 3]


def test_exact_figures_are_text_and_estimates_are_numbers():
    found = answered(
        panel_of({"a": {"k": ["80", "90"], "m": ["60", "50"]}, "b": {"k": ["60", "70"], "m": ["70", "75"]}})
    )
    single = found["weight_flip"]["first"]["single"]
    assert all(isinstance(single[name], str) for name in ("weight", "to_weight", "change"))
    assert all(isinstance(move[2], str) for move in found["weight_flip"]["first"]["transfer"]["moves"])
    assert all(isinstance(share, float) for share in found["bootstrap"]["first"].values())
    assert found["smaa"]["samples"] == 200


def test_the_same_input_gives_the_same_answer():
    document = random_document(3)
    assert answered(document) == answered(document)
    assert answered(document)["smaa"]["seed"] == 20240624


def test_the_order_of_marks_and_nominees_changes_nothing():
    document = random_document(12)
    turned = document | {"scores": document["scores"][::-1], "nominees": document["nominees"][::-1]}
    one, other = answered(document), answered(turned)
    for part in ("leave_one_out", "methods", "weight_flip", "possible_places", "verdict", "smaa"):
        assert one[part] == other[part]


@pytest.mark.parametrize("seed", range(60))
def test_it_is_json_without_nan_on_any_valid_document(seed):
    found = answered(random_document(seed), samples=50)
    json.dumps(found, allow_nan=False)
    assert all(math.isfinite(number) for number in numbers(found))
    for part in ("bootstrap", "smaa"):
        assert (found[part] is None) == (part in found["why_null"])


EMPTY = {"judges": SEATS[:2], "nominees": [], "scores": []}
ONE = panel_of({"a": {"k": ["80", "90"]}})
FIXED = changed(panel_of({"a": {"k": [None]}, "b": {"k": [None]}}), ["tree", "children", 0, "kind"], "fixed")


@pytest.mark.parametrize(
    ("document", "state"),
    [
        (ONE | EMPTY, "undetermined"),
        (ONE | {"judges": [], "scores": []}, "undetermined"),
        (ONE, "undetermined"),
        (panel_of({"a": {"k": ["80"]}, "b": {"k": ["70"]}}), "contested"),
        (panel_of({"a": {"k": ["80", "80"]}, "b": {"k": ["80", "80"]}}), "undetermined"),
        (panel_of({"a": {"k": ["80", None]}, "b": {"k": [None, "70"]}}), "contested"),
        (FIXED | {"values": {"a": {"k": "80"}, "b": {"k": "70"}}}, "stable"),
        (panel_of({"a": {"k": ["80", "90"]}, "b": {"k": ["70", "60"]}}, disqualified=["a", "b"]), "undetermined"),
    ],
    ids=["no nominees", "no seats", "one nominee", "one seat", "all equal", "not connected", "no panel", "nobody"],
)
def test_too_little_to_go_on_is_no_crash(document, state):
    found = answered(document)
    json.dumps(found, allow_nan=False)
    assert found["verdict"]["state"] == state


def test_the_limit_of_divergence_is_the_plenarys():
    problem = package.read(panel_of({"a": {"k": ["80", "50", "60"]}, "b": {"k": ["70", "70", "70"]}}))
    assert len(diagnose(problem, samples=10).divergence) > len(diagnose(problem, samples=10, limit=40).divergence)
