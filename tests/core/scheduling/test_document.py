"""The open format in and out: what is read is what is written, and what is wrong is refused with its path."""

import json
from random import Random

import pytest

from judging.core.reading import json_object
from judging.core.refusals import Refusal
from judging.core.scheduling import document, writing
from judging.core.scheduling.lines import line_of
from judging.core.scheduling.problem import Severity
from tests.core.documents import changed, golden

from . import worlds

EXAMPLE = golden("schedule-1")
FAULTS = [
    (["format"], "other/1", "malformed", "format"),
    (["grid_min"], 0, "malformed", "grid_min"),
    (["grid_min"], 7.5, "malformed", "grid_min"),
    (["grid_min"], True, "malformed", "grid_min"),
    (["days"], {}, "malformed", "days"),
    (["days", 1, "id"], "D1", "duplicate_id", "days[1].id"),
    (["days", 0, "sessions", 1, "start"], 700, "malformed", "days[0].sessions"),
    (["days", 0, "sessions", 0, "end"], 480, "malformed", "days[0].sessions[0].end"),
    (["days", 0, "sessions", 0, "end"], 1441, "malformed", "days[0].sessions[0].end"),
    (["categories", 0, "duration"], 0, "malformed", "categories[0].duration"),
    (["categories", 0, "role_groups"], ["X"], "unknown_reference", "categories[0].role_groups[0]"),
    (["rooms", 0, "modes"], ["phone"], "unknown_reference", "rooms[0].modes[0]"),
    (["rooms", 0, "unavailable", 0, "day"], "D9", "unknown_reference", "rooms[0].unavailable[0].day"),
    (["members", 6, "recused"], ["N99"], "unknown_reference", "members[6].recused[0]"),
    (["members", 6, "balance"], 1, "malformed", "members[6].balance"),
    (["nominees", 0, "category"], "X", "unknown_reference", "nominees[0].category"),
    (["nominees", 0, "mode"], "phone", "unknown_reference", "nominees[0].mode"),
    (["nominees", 4, "avoid", 0, "cost"], "4", "malformed", "nominees[4].avoid[0].cost"),
    (["pins", 0, "nominee"], "N99", "unknown_reference", "pins[0].nominee"),
    (["rules"], [], "malformed", "rules"),
    (["weights", "speed"], 1, "unknown_reference", "weights.speed"),
    (["weights", "idle"], -1, "malformed", "weights.idle"),
    (["levels"], {"below_quorum": "maybe"}, "unknown_reference", "levels.below_quorum"),
    (["remark"], 1.5, "float_input", "remark"),
]


@pytest.mark.parametrize(("path", "value", "code", "at"), FAULTS)
def test_what_does_not_hold_is_refused_with_its_path(path, value, code, at):
    with pytest.raises(Refusal) as refused:
        document.read(changed(EXAMPLE, path, value))
    assert (refused.value.code, refused.value.at) == (code, at)


def test_missing_field_and_repeated_key_are_refused():
    with pytest.raises(Refusal, match="missing"):
        document.read({key: value for key, value in EXAMPLE.items() if key != "grid_min"})
    with pytest.raises(Refusal, match="twice"):
        document.read(json.loads('{"grid_min": 5, "grid_min": 15}', object_pairs_hook=json_object))


@pytest.mark.parametrize("name", ["schedule-1", "schedule-2"])
def test_example_is_read_and_written_back(name):
    problem = document.read(golden(name))
    assert document.read(writing.write(problem)) == problem
    assert problem.category_of("N13").quorum == 5
    assert problem.limits.max_continuous_min == 180


def test_random_problems_are_read_and_written_back():
    chance = Random(7)  # noqa: S311 - no secret
    for _ in range(50):
        problem = document.read(worlds.problem(chance))
        assert document.read(json.loads(json.dumps(writing.write(problem)))) == problem


def test_levels_are_read():
    problem = document.read({**EXAMPLE, "levels": {"below_quorum": "confirm"}})
    assert problem.levels == {"below_quorum": Severity.CONFIRM}


def test_digest_does_not_depend_on_order_or_name_but_on_everything_else():
    turned = {key: value[::-1] if isinstance(value, list) else value for key, value in EXAMPLE.items()}
    digest = writing.digest(document.read(EXAMPLE))
    assert writing.digest(document.read({**turned, "name": "other"})) == digest
    assert writing.digest(document.read(changed(EXAMPLE, ["nominees", 4, "avoid", 0, "cost"], 5))) != digest


def test_baseline_may_name_what_is_gone_and_a_pin_may_not():
    gone = {"nominee": "N99", "day": "D9", "start": 480, "room": "R9", "members": ["M99"]}
    assert document.read({**EXAMPLE, "baseline": [gone]}).baseline[0].nominee == "N99"
    with pytest.raises(Refusal):
        document.read({**EXAMPLE, "pins": [gone]})


@pytest.mark.parametrize(
    ("row", "at"),
    [
        ({"nominee": "N99"}, "assignments[0].nominee"),
        ({"start": 480.0}, "assignments[0].start"),
        ({"members": ["M01", "M99"]}, "assignments[0].members[1]"),
        ({"members": "M01"}, "assignments[0].members"),
    ],
)
def test_answer_that_names_what_is_not_there_is_refused(row, at):
    good = {"nominee": "N01", "day": "D1", "start": 780, "room": "R1", "members": ["M01"]}
    problem = document.read(EXAMPLE)
    assert document.read_placements(problem, {"assignments": [good], "seconds": 0.5})[0].start == 780
    with pytest.raises(Refusal) as refused:
        document.read_placements(problem, {"assignments": [good | row]})
    assert refused.value.at == at


TEXT = '{\n "a": [1,\n  {"b": "x", "c": [\n   true]}],\n "b": {"a": 2}, "e": []\n}'


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ("", 1),
        ("a", 2),
        ("a[1]", 3),
        ("a[1].c", 3),
        ("a[1].c[0]", 4),
        ("a[9]", 2),
        ("a[1].z", 3),
        ("b.a", 5),
        ("e[0]", 5),
        ("b[0]", 5),
        ("a.b", 2),
    ],
)
def test_path_leads_to_its_line(at, line):
    assert line_of(TEXT, at) == line
