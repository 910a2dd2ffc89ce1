"""The stand-alone verifier: equal to the engine on anything, importing nothing of it, and deaf to no change."""

import ast
import json
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from judging.core import package, problem, runs, verifier
from judging.core.tabulation import tabulate
from tests.core.documents import Document, golden, random_document
from tests.core.packages import run_of, small_run

SOURCE = Path(verifier.__file__)


def engine(document: Document) -> str:
    return runs.canonical(package.answer(tabulate(package.read(document))))


def second_opinion(document: Document) -> str:
    return verifier.written(verifier.Count(verifier.Competition(document)).answer)


def varied(seed: int) -> Document:
    """A random document with what ``random_document`` leaves out: steps, states, exceptions, own methods, trims."""
    found, rng = random_document(seed), random.Random(seed + 1_000_000)  # noqa: S311 - test data
    policy = found["policy"]
    chain = [
        *policy["tie_break"],
        *rng.sample(["head_to_head", "fewest_low", "by_weight", "median"], rng.randint(0, 3)),
    ]
    policy["tie_break"] = rng.sample(chain, len(chain))
    leaves = sorted({row[2] for row in found["scores"]})
    if rng.random() < 0.3:
        found["exceptions"] = rng.sample(found["nominees"], 1)
    if rng.random() < 0.4 and policy["panel_level"] == "leaf":
        own = rng.sample(leaves, min(2, len(leaves)))
        policy["panel_methods"] = {leaf: rng.choice(["mean", "median", "trimmed"]) for leaf in own}
    if rng.random() < 0.3:
        policy.update(trim=2, trim_min_n=rng.choice([5, 6, 7]))
    scored = {tuple(row[:3]) for row in found["scores"]}
    free = [(j, n, k) for j in found["judges"] for n in found["nominees"] for k in leaves if (j, n, k) not in scored]
    states = ["absent", "withdrawn", "not_applicable"]
    found["states"] = [[*cell, rng.choice(states)] for cell in rng.sample(free, min(2, len(free)))]
    return found


@pytest.mark.parametrize("name", ["tabulation-1", "five-villages"])
def test_it_counts_the_worked_examples_as_the_engine_does(name: str) -> None:
    assert second_opinion(golden(name)) == engine(golden(name))


@pytest.mark.parametrize("start", range(0, 400, 100))
def test_it_agrees_with_the_engine_to_the_byte(start: int) -> None:
    for seed in range(start, start + 100):
        document = varied(seed)
        assert second_opinion(document) == engine(document), f"seed {seed}"


def test_the_random_documents_hold_every_kind_of_rule() -> None:
    policies = [varied(seed)["policy"] for seed in range(400)]
    assert {policy["panel_method"] for policy in policies} == set(verifier.METHODS)
    assert {policy["ranking"] for policy in policies} == set(verifier.STYLES)
    assert {policy["rounding"]["at"] for policy in policies} == {"none", "final", "every"}
    assert {step.partition(":")[0] for policy in policies for step in policy["tie_break"]} == {
        "criterion",
        *verifier.STEPS,
    }
    assert any("panel_methods" in policy for policy in policies)


def test_it_names_the_same_engine() -> None:
    assert (verifier.ENGINE, verifier.RUN) == (problem.ENGINE, runs.FORMAT)


@pytest.mark.parametrize(
    "change",
    [
        {"scores": [["ketua", "a", "x", "101"]]},
        {"scores": [["ketua", "a", "x", "1"], ["ketua", "a", "x", "1"]]},
        {"scores": [["ketua", "b", "x", "1"]]},
        {"scores": [["ketua", "a", "x", "half"]]},
        {"scores": [["ketua", "a", "x", "1/0"]]},
        {"judges": ["ketua", "ketua"]},
        {"recusals": [["nobody", "a"]]},
        {"disqualified": ["b"]},
        {"not_applicable": [["a", "x"]]},
        {"values": {"a": {"x": "1"}}},
        {"policy": {"panel_method": "best"}},
        {"policy": {"tie_break": ["coin"]}},
        {"policy": {"trim": "-1"}},
        {"policy": {"trim": 3}},
        {"policy": {"panel_methods": {"t": "mean"}}},
        {"policy": {"panel_methods": {"x": "mean"}, "panel_level": "judge"}},
        {"policy": {"panel_level": "judge", "rounding": {"at": "every"}}},
        {"policy": {"tie_break": ["criterion:z"]}},
        {"policy": {"chair": [{"order": ["a", "a"], "reason": "x"}]}},
        {"tree": {"id": "t", "children": [{"id": "x", "weight": "100", "min": "5", "max": "5"}]}},
        {"tree": {"id": "t", "children": [{"id": "x", "weight": "100", "step": "0"}]}},
        {"format": "other/1"},
        {"tree": {"id": "t", "children": [{"id": "x", "weight": "99.99"}]}},
        {"tree": {"id": "t", "children": [{"id": "x", "weight": "-1"}, {"id": "y", "weight": "101"}]}},
    ],
    ids=lambda change: "-".join(change),
)
def test_it_refuses_what_the_format_forbids(change: dict[str, Any]) -> None:
    sound = {"tree": {"id": "t", "children": [{"id": "x", "weight": "100"}]}, "judges": ["ketua"], "nominees": ["a"]}
    verifier.Competition(sound)
    with pytest.raises(verifier.Unsound):
        verifier.Competition({**sound, **change})


def imports(source: str) -> Iterator[str]:
    """First words of all imports, wherever they stand; a relative one is a dot."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." if node.level else (node.module or "").partition(".")[0]


def test_it_imports_the_standard_library_alone() -> None:
    assert set(imports("from . import package\nimport judging.core")) == {".", "judging"}
    found = set(imports(SOURCE.read_text("utf-8")))
    assert "fractions" in found
    assert found <= sys.stdlib_module_names
    assert "importlib" not in found
    assert "__import__" not in SOURCE.read_text("utf-8")


def test_it_is_written_for_python_3_9() -> None:
    ast.parse(SOURCE.read_text("utf-8"), feature_version=(3, 9))


def alone(folder: Path, *arguments: str) -> tuple[int, str, str]:
    """The verifier copied into ``folder`` and run there, without the project in reach."""
    shutil.copy(SOURCE, folder / "verifier.py")
    command = [sys.executable, "-I", "verifier.py", *arguments]
    found = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603
    return found.returncode, found.stdout, found.stderr


def test_alone_in_an_empty_folder_it_accepts_a_package(tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(small_run(), encoding="ascii")
    status, out, _ = alone(tmp_path, "run.json")
    assert (status, "RESULT: agrees" in out) == (0, True)
    assert "kategori-desa: agrees, 3 places" in out


def test_alone_it_finds_a_mark_a_place_a_name_and_a_reason_that_were_changed(tmp_path: Path) -> None:
    text = small_run()
    for old, new in [('"80"]', '"81"]'), ('"place":"1"', '"place":"2"'), ("Alor", "Rote"), ("musyawarah", "undian")]:
        assert old in text
        (tmp_path / "run.json").write_text(text.replace(old, new, 1), encoding="ascii")
        status, out, _ = alone(tmp_path, "run.json")
        assert (status, "DOES NOT AGREE" in out) == (1, True)


def cells_of(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every leaf value of a document with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from cells_of(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from cells_of(item, (*path, index))
    else:
        yield path, value


def other(value: Any) -> Any:
    """A value of the same kind that is not ``value``."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if value is None:
        return "x"
    if value.isdecimal():
        return str(int(value) + 1)
    return f"{value[:-1]}{'0' if value[-1:] != '0' else '1'}"


def with_cell(document: Document, path: tuple[Any, ...], value: Any) -> Document:
    found = json.loads(json.dumps(document))
    target = found
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return found


def test_every_single_cell_that_is_changed_is_found() -> None:
    run = json.loads(small_run())
    assert verifier.verify_run(run, runs.sealed(run)) == []
    changes = list(cells_of(run))
    assert len(changes) > 150
    for path, value in changes:
        changed = with_cell(run, path, other(value))
        assert verifier.verify_run(changed, runs.canonical(changed) + "\n"), path


#: What a forger who makes the outer hash anew can change: names, dates and places in the log, from which nothing is
#: counted. Inputs, answers, rules, decisions that move somebody and published places are not among them.
FREE = {
    *(("round", key) for key in ("scope", "title", "zone", "is_demo")),
    *(("tabulation", key) for key in ("number", "software", "frozen_at")),
    ("tabulation", "rules", "number"),
    *(("plenary", key) for key in ("confirmed_at", "minutes_number")),
    *(("audit_head", key) for key in ("number", "hash")),
    *(("parts", 0, key) for key in ("kind", "code", "name")),
    *(("parts", 0, "nominees", name) for name in "1234"),
    *(("parts", 0, "seats", seat) for seat in ("ketua", "sekretaris", "disnaker", "apindo", "spsi")),
    *(("parts", 0, "decided", "decisions", row, "reason") for row in range(3)),
    *(("parts", 0, "decided", "decisions", row, "decided_at") for row in range(3)),
    *(
        ("parts", 0, "decided", "decisions", row, "votes", key)
        for row in range(3)
        for key in ("for", "against", "abstain")
    ),
}


def test_a_forger_who_makes_the_outer_hash_anew_can_change_no_number_no_place_and_no_rule() -> None:
    run = json.loads(small_run())
    free = set()
    for path, value in cells_of(run):
        text = runs.sealed(with_cell(run, path, other(value)))
        if not verifier.verify_run(json.loads(text), text):
            free.add(path)
    assert free - {("sha256",)} == FREE


@pytest.mark.parametrize("change", [{"votes": {"for": 1, "against": 1, "abstain": 3}}, {"reason": " "}])
def test_a_decision_needs_its_majority_and_its_reason(change: dict[str, Any]) -> None:
    run = json.loads(small_run())
    for row in range(3):
        changed = json.loads(json.dumps(run))
        changed["parts"][0]["decided"]["decisions"][row].update(change)
        assert any("majority" in fault for fault in verifier.verify_run(changed, runs.sealed(changed)))


@pytest.mark.parametrize("times", [0, 2])
def test_a_package_holds_every_category_once_and_at_least_one(times: int) -> None:
    run = json.loads(small_run())
    run["parts"] = run["parts"] * times
    assert any("no category at all" in fault for fault in verifier.verify_run(run, runs.sealed(run)))


def forged() -> tuple[str, str, str]:
    """A package with one better mark in which everything was computed anew; the hash of its input before and after."""
    run = json.loads(small_run())
    part = run["parts"][0]
    row = next(row for row in part["input"]["scores"] if row[1] == "2")
    row[3] = "99"
    text = run_of(part["input"], motions=[])
    return text, run["parts"][0]["input_sha256"], json.loads(text)["parts"][0]["input_sha256"]


def test_a_forger_who_counts_everything_anew_is_found_by_what_was_published_alone(tmp_path: Path) -> None:
    text, before, after = forged()
    (tmp_path / "run.json").write_text(text, encoding="ascii")
    assert alone(tmp_path, "run.json")[0] == 0
    assert alone(tmp_path, "run.json", "--input", f"desa:{after}")[0] == 0
    status, out, _ = alone(tmp_path, "run.json", "--input", f"kategori-desa:{before}")
    assert (status, before in out, "published:" in out) == (1, True, True)
    assert alone(tmp_path, "run.json", "--input", f"usaha:{after}")[0] == 1


def test_the_head_of_the_log_is_compared_with_the_one_on_paper() -> None:
    text = small_run()
    run = json.loads(text)
    head = f"{run['audit_head']['number']}:{run['audit_head']['hash']}"
    assert verifier.verify_run(run, text, head) == []
    assert verifier.verify_run(run, text, head.upper()) == []
    (fault,) = verifier.verify_run(run, text, f"1{head}")
    assert head in fault


def test_the_first_difference_names_nominee_and_field() -> None:
    run = json.loads(small_run())
    run["parts"][0]["answer"]["nominees"]["2"]["final"] = "99.00"
    faults = verifier.verify_run(run, runs.sealed(run))
    assert 'kategori-desa: answer: nominees / 2 / final: recounted "80.00", in the file "99.00"' in faults


def test_a_file_written_another_way_or_with_a_key_twice_does_not_agree(tmp_path: Path) -> None:
    run = json.loads(small_run())
    (tmp_path / "run.json").write_text(json.dumps(run, indent=1), encoding="ascii")
    assert alone(tmp_path, "run.json")[0] == 1
    (tmp_path / "run.json").write_text(small_run().replace('"pending_pools"', '"format":"x","pending_pools"', 1))
    assert alone(tmp_path, "run.json")[0] == 2
    (tmp_path / "run.json").write_text(small_run().replace('"is_demo":false', '"is_demo":0.5', 1))
    assert alone(tmp_path, "run.json")[0] == 2


def test_what_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    (tmp_path / "list.json").write_text("[]")
    (tmp_path / "bad.json").write_text('{"tree": {"id": "t"}, "judges": 3}')
    for arguments in (("none.json",), ("list.json",), ("bad.json",), ()):
        status, _, error = alone(tmp_path, *arguments)
        assert (status, bool(error)) == (2, True)


def test_one_document_is_counted_or_compared(tmp_path: Path) -> None:
    document = golden("five-villages")
    (tmp_path / "in.json").write_text(json.dumps(document), encoding="ascii")
    status, out, _ = alone(tmp_path, "in.json")
    assert (status, out) == (0, engine(document) + "\n")
    (tmp_path / "answer.json").write_text(out, encoding="ascii")
    assert alone(tmp_path, "in.json", "--answer", "answer.json")[0] == 0
    (tmp_path / "answer.json").write_text(out.replace("69.27", "69.28"), encoding="ascii")
    status, out, _ = alone(tmp_path, "in.json", "--answer", "answer.json")
    assert (status, "69.28" in out) == (1, True)


def test_the_sum_of_a_nominee_can_be_redone_on_paper(tmp_path: Path) -> None:
    (tmp_path / "in.json").write_text(json.dumps(golden("five-villages")), encoding="ascii")
    status, out, _ = alone(tmp_path, "in.json", "--explain", "desa-ainoni")
    assert status == 0
    assert "trimmed 490 / 6 = 245/3" in out
    assert "total = (40 x 335/6 + 20 x 80 + 40 x 232/3) / 100 = 1039/15" in out
    assert "by_weight cakupan: desa-ainoni 335/6, desa-bolok 1777/30" in out
    assert alone(tmp_path, "in.json", "--explain", "nobody")[0] == 2


@pytest.mark.parametrize("seed", range(40))
def test_every_nominee_of_any_document_can_be_told_on_paper(seed: int) -> None:
    count = verifier.Count(verifier.Competition(varied(seed)))
    for name, found in count.sums.items():
        told = "\n".join(verifier.on_paper(count, name))
        assert (f"no place: {found.reason}" if found.reason else f"printed {count.final(name)}") in told


def test_run_in_place_it_does_not_take_its_neighbours_for_pythons_own_modules(tmp_path):
    """``judging/core/numbers.py`` stands beside it, and Python's ``fractions`` imports ``numbers``."""
    document = tmp_path / "input.json"
    document.write_text(json.dumps(golden("five-villages")))
    done = subprocess.run([sys.executable, verifier.__file__, document], capture_output=True, check=False)  # noqa: S603
    assert (done.returncode, done.stderr) == (0, b"")


def test_it_digests_soft_bounds_and_counts_the_same_with_them() -> None:
    document = golden("five-villages")
    before = json.loads(second_opinion(document))
    document["tree"]["children"][2]["children"][0]["soft_bounds"] = ["40.0", "90"]
    after = json.loads(second_opinion(document))
    assert second_opinion(document) == engine(document)
    assert (before["nominees"], before["digest"] == after["digest"]) == (after["nominees"], False)
