"""Small documents of the open format for the tests of the core; invented names only."""

import copy
import json
import random
from pathlib import Path
from typing import Any

GOLDEN = Path(__file__).parents[1] / "golden"
SEATS = ["ketua", "sekretaris", "disnaker", "apindo", "spsi", "upah", "akademisi", "hukum", "dprd"]

Document = dict[str, Any]


def golden(name: str) -> Document:
    return json.loads((GOLDEN / f"{name}.json").read_text(encoding="utf-8"))


def panel_of(marks: dict[str, dict[str, list[str | None]]], **changes: Any) -> Document:
    """One panel criterion each of the marks' leaves, equal weights unless ``weights`` says else.

    ``marks``: nominee -> leaf -> the seats' marks in their order (None: not scored). Other changes go to the policy,
    or to the document when they are fields of it.
    """
    leaves = list(next(iter(marks.values())))
    weights = changes.pop("weights", None) or [str(100 // len(leaves))] * len(leaves)
    width = max(len(row) for rows in marks.values() for row in rows.values())
    document: Document = {
        "tree": {"id": "total", "children": [{"id": k, "weight": w} for k, w in zip(leaves, weights, strict=True)]},
        "judges": SEATS[:width],
        "nominees": list(marks),
        "scores": [
            [seat, name, leaf, mark]
            for name, rows in marks.items()
            for leaf, row in rows.items()
            for seat, mark in zip(SEATS, row, strict=False)
            if mark is not None
        ],
        "recusals": [],
        "values": {},
        "disqualified": [],
        "policy": {"panel_method": "mean", "min_scores": 1, "tie_break": []},
    }
    for key, value in changes.items():
        target = document if key in (*document, "not_applicable", "states", "exceptions") else document["policy"]
        target[key] = value
    return document


TRANSFORMS = [
    {"type": "identity"},
    {"type": "linear", "lo": "10", "hi": "60"},
    {"type": "linear", "lo": "90", "hi": "20"},
    {"type": "piecewise", "knots": [["0", "0"], ["35", "60"], ["80", "110"]]},
    {"type": "step", "steps": [["20", "30"], ["40", "55.5"], ["70", "100"]], "below": "5"},
    {"type": "minmax", "better": "high", "all_equal": "100"},
    {"type": "minmax", "better": "low", "all_equal": "50"},
]


def _weights(rng: random.Random, count: int) -> list[str]:
    cuts = sorted(rng.sample(range(1, 20), count - 1))
    return [str(5 * (b - a)) for a, b in zip([0, *cuts], [*cuts, 20], strict=True)]


def _leaf(rng: random.Random, name: str, weight: str) -> Document:
    leaf: Document = {"id": name, "weight": weight}
    kind = rng.choice(["panel", "panel", "panel", "fixed", "indicator"])
    if kind == "panel":
        leaf |= rng.choice(
            [
                {},
                {"max": "5", "step": "1"},
                {"min": "1", "max": "5", "normalise": "range"},
                {"min": "-2", "max": "4", "kind": "panel"},
                {"max": "10", "step": "0.5"},
            ]
        )
    elif kind == "fixed":
        leaf |= {"kind": "fixed", "max": rng.choice(["10", "4", "100"])}
    else:
        leaf |= {"kind": "indicator", "transform": rng.choice(TRANSFORMS)}
    if rng.random() < 0.4:
        leaf["may_be_na"] = True
    return leaf


def _branch(rng: random.Random, name: str, depth: int) -> Document:
    count = rng.randint(1, 3) if depth else rng.randint(2, 3)
    children = []
    for index, weight in enumerate(_weights(rng, count)):
        child = f"{name}{index}"
        if depth < 2 and rng.random() < 0.3:
            children.append(_branch(rng, child, depth + 1) | {"weight": weight})
        else:
            children.append(_leaf(rng, child, weight))
    return {"id": name, "children": children}


def leaves_of(node: Document) -> list[Document]:
    if "children" not in node:
        return [node]
    return [leaf for child in node["children"] for leaf in leaves_of(child)]


def _mark(rng: random.Random, leaf: Document) -> str:
    low, high = int(leaf.get("min", "0")), int(leaf.get("max", "100"))
    if high == 100:
        return str(rng.choice([0, 60, 70, 75, 80, 80, 85, 90, 100]))
    return str(rng.randint(low, high))


def _policy(rng: random.Random, document: Document) -> Document:
    nominees = document["nominees"]
    ids = [leaf["id"] for leaf in leaves_of(document["tree"])]
    chain = [f"criterion:{rng.choice(ids)}", "by_weight", "median", "first_places", "chair"]
    rng.shuffle(chain)
    level = rng.choice(["leaf", "leaf", "judge"])
    stages = ["none", "final", "final"] + (["every"] if level == "leaf" else [])
    order = rng.sample(nominees, rng.randint(0, len(nominees)))
    return {
        "panel_method": rng.choice(["mean", "median", "trimmed", "trimmed"]),
        "trim": 1,
        "trim_min_n": rng.choice([3, 5]),
        "panel_level": level,
        "min_scores": rng.choice([0, 1, 2, 3]),
        "missing_value": rng.choice(["unranked", "zero"]),
        "rounding": {
            "places": rng.choice([0, 0, 1, 2]),
            "mode": rng.choice(["half_up", "half_even", "down", "up"]),
            "at": rng.choice(stages),
        },
        "tie_break": chain[: rng.randint(0, 5)],
        "chair": [
            {"order": order, "reason": rng.choice(["", "   ", "musyawarah"])},
            {"order": list(nominees), "reason": "x"},
        ][: rng.randint(0, 2)],
        "ranking": rng.choice(["1224", "1224", "1334", "1223", "1234", "fractional"]),
        "labels": ["I", "II", "III"],
    }


def random_document(seed: int, *, gaps: bool = True) -> Document:
    """A valid document with coarse marks (so that ties are common); with ``gaps`` also all that can be missing."""
    rng = random.Random(seed)  # noqa: S311 - test data, the same every time
    document: Document = {"tree": _branch(rng, "n", 0), "judges": SEATS[: rng.randint(3, 9)]}
    document["nominees"] = [f"w{index}" for index in range(rng.randint(2, 6))]
    leaves = leaves_of(document["tree"])
    chance = rng.choice([0.0, 0.02, 0.15]) if gaps else 0.0
    keep = [(j, n, leaf) for n in document["nominees"] for leaf in leaves for j in document["judges"]]
    document["scores"] = [
        [j, n, leaf["id"], _mark(rng, leaf)]
        for j, n, leaf in keep
        if leaf.get("kind", "panel") == "panel" and rng.random() >= chance
    ]
    document["values"] = {
        n: {
            leaf["id"]: str(rng.randint(0, int(leaf.get("max", "100"))))
            for leaf in leaves
            if leaf.get("kind", "panel") != "panel" and rng.random() >= chance / 2
        }
        for n in document["nominees"]
    }
    pairs = [[j, n] for j in document["judges"] for n in document["nominees"]]
    document["recusals"] = [pair for pair in pairs if gaps and rng.random() < 0.05]
    document["disqualified"] = [n for n in document["nominees"] if gaps and rng.random() < 0.08]
    document["not_applicable"] = [
        [n, leaf["id"]]
        for n in document["nominees"]
        for leaf in leaves
        if gaps and leaf.get("may_be_na") and rng.random() < 0.2
    ]
    document["policy"] = _policy(rng, document)
    if len(document["nominees"]) > 2 and rng.random() < 0.5:
        _twin(document)
    document["policy"]["panel_methods"] = _panel_methods(rng, document)
    for step in rng.sample(["head_to_head", "fewest_low"], rng.randint(0, 2)):
        document["policy"]["tie_break"].insert(rng.randint(0, len(document["policy"]["tie_break"])), step)
    return document


def _panel_methods(rng: random.Random, document: Document) -> dict[str, str]:
    """Now and then a method of its own for some of the panel's criteria."""
    if document["policy"]["panel_level"] == "judge" or rng.random() < 0.6:
        return {}
    panel = [leaf["id"] for leaf in leaves_of(document["tree"]) if leaf.get("kind", "panel") == "panel"]
    own = rng.sample(panel, rng.randint(0, len(panel)))
    return {leaf: rng.choice(["mean", "median", "trimmed"]) for leaf in own}


def _twin(document: Document) -> None:
    """Give the last nominee exactly what the first one has: a true tie."""
    first, last = document["nominees"][0], document["nominees"][-1]
    for field in ("scores", "recusals"):
        own = [row for row in document[field] if row[1] != last]
        document[field] = own + [[row[0], last, *row[2:]] for row in own if row[1] == first]
    document["values"][last] = dict(document["values"][first])
    own = [row for row in document["not_applicable"] if row[0] != last]
    document["not_applicable"] = own + [[last, row[1]] for row in own if row[0] == first]


def changed(document: Document, path: list[Any], value: Any) -> Document:
    """A copy of ``document`` with one place replaced."""
    found = copy.deepcopy(document)
    target: Any = found
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = value
    return found
