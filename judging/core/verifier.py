#!/usr/bin/env python3
"""Counts the result of an award round again, on its own, and says whether it agrees to the byte.

    python verifier.py RUN.json                          the package of a run ("paritrana.run/1")
    python verifier.py RUN.json --input kategori-desa:HASH --head 944:HASH
                                                         ... and is it the one whose hashes the minutes print?
    python verifier.py RUN.json --explain 12             the sum of nominee 12, to be redone on paper
    python verifier.py INPUT.json --answer ANSWER.json   one document of the open format ("paritrana.tabulation/1")
    python verifier.py INPUT.json                        only print the answer

Exit status: 0 everything agrees, 1 something differs, 2 the file or the command cannot be understood.

This file stands alone: Python 3.9 or newer, nothing else, in any folder. It is a second opinion, written from the
description of the open format and not from the program that made the result, so it shares no code with it and may
not (a mistake would then agree with itself). It is one file, and longer than its neighbours, so that it can be copied
to another machine and read from top to bottom:

1. numbers   2. the document   3. one nominee's score   4. ties and places   5. the answer   6. the plenary
7. the package   8. on paper   9. command line

Every number is a fraction of two whole numbers. Nothing is rounded before the rules say so.
"""

from __future__ import annotations

import sys

if __name__ == "__main__" and not sys.flags.isolated:
    del sys.path[0]  # the folder of this file: what lies there by chance shall not stand in for Python's own modules

import argparse
import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

ENGINE = "paritrana.tabulation/1 engine 1"
RUN, TABULATION = "paritrana.run/1", "paritrana.tabulation/1"
METHODS = ("mean", "median", "trimmed")
STYLES = ("1224", "1334", "1223", "1234", "fractional")
STEPS = ("by_weight", "median", "first_places", "head_to_head", "fewest_low", "chair")
TITLES = ["Juara I", "Juara II", "Juara III", "Harapan I", "Harapan II", "Harapan III"]
NO_PLACE = ("outside", "withdrawn", "no_show")  # why the award lists a nominee as "disqualified"
WHOLE = Fraction(100)

Groups = list[list[str]]


class Unsound(Exception):
    """The document breaks its own format: nothing can be counted. Says what is wrong."""


# 1. NUMBERS ----------------------------------------------------------------------------------------------------------


def number(text: Any) -> Fraction:
    """An exact number: a decimal or a fraction in quotes, or a whole number. Never a binary float."""
    if isinstance(text, int) and not isinstance(text, bool):
        return Fraction(text)
    if not isinstance(text, str) or len(text) > 100:
        raise Unsound(f"{text!r} is not an exact number")
    decimal = re.fullmatch(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,2})?", text)
    if not decimal and not re.fullmatch(r"[+-]?[0-9]+/0*[1-9][0-9]*", text):
        raise Unsound(f"{text!r} is not an exact number")
    return Fraction(text)


def round_to(value: Fraction, places: int, mode: str) -> int:
    """``value`` in units of the last decimal place. half_up sends an exact half away from zero."""
    scaled = abs(value) * 10**places
    below, rest = scaled.numerator // scaled.denominator, scaled - scaled.numerator // scaled.denominator
    half = Fraction(1, 2)
    goes_up = {
        "half_up": rest >= half,
        "half_even": rest > half or (rest == half and below % 2 == 1),
        "down": False,
        "up": rest > 0,
    }[mode]
    units: int = below + 1 if goes_up else below
    return -units if value < 0 else units


def rounded(value: Fraction, places: int, mode: str) -> Fraction:
    """``value`` with so many decimals, as an exact number."""
    return Fraction(round_to(value, places, mode), 10**places)


def with_places(value: Fraction, places: int, mode: str) -> str:
    """``value`` as it is printed: ``79.10``."""
    units = round_to(value, places, mode)
    digits = f"{abs(units):0{places + 1}d}"
    body = f"{digits[:-places]}.{digits[-places:]}" if places else digits
    return f"-{body}" if units < 0 else body


def shortest(value: Fraction) -> str:
    """The shortest exact text: a decimal where there is one (``82.5``), else a fraction (``692/9``)."""
    places = 0
    while (10**places * value).denominator != 1:
        places += 1
        if places > 3 * value.denominator.bit_length():  # no decimal of any length hits it
            return f"{value.numerator}/{value.denominator}"
    return with_places(value, places, "down")


def written(document: Any) -> str:
    """The one text of a document: keys sorted, no blanks, ASCII. This is what is hashed."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """The fingerprint of a text, hexadecimal."""
    return hashlib.sha256(text.encode("ascii")).hexdigest()


# 2. THE DOCUMENT -----------------------------------------------------------------------------------------------------


class Node:
    """A criterion. ``parts`` are its children; a leaf has none and a ``kind``: panel, fixed or indicator."""

    def __init__(self, raw: dict[str, Any], is_root: bool = False) -> None:
        self.raw, self.is_root = raw, is_root
        self.id: str = raw["id"]
        self.weight = WHOLE if is_root else number(raw["weight"])
        self.is_leaf = "children" not in raw
        self.parts = [Node(child) for child in raw.get("children", [])]
        self.kind = choice(raw.get("kind", "panel"), ("panel", "fixed", "indicator"), "kind") if self.is_leaf else ""
        self.low, self.high = number(raw.get("min", "0")), number(raw.get("max", "100"))
        self.step = None if raw.get("step") is None else number(raw["step"])
        self.by_range = choice(raw.get("normalise", "max"), ("max", "range"), "normalise") == "range"
        if not self.is_leaf and sum((part.weight for part in self.parts), Fraction(0)) != WHOLE:
            raise Unsound(f"the weights under {self.id} do not add up to 100")
        if self.weight < 0 or not isinstance(raw.get("may_be_na", False), bool):
            raise Unsound(f"the weight of {self.id} is negative, or may_be_na is neither true nor false")
        if self.kind in ("panel", "fixed"):
            self._check_scale()

    def all(self) -> Iterator[Node]:
        """This criterion and everything below it, in order."""
        yield self
        for part in self.parts:
            yield from part.all()

    def _check_scale(self) -> None:
        if (
            self.high <= self.low
            or (not self.by_range and self.high <= 0)
            or (self.step is not None and self.step <= 0)
        ):
            raise Unsound(f"the scale of {self.id} is not one")
        for mark, _ in self.raw.get("levels", []):
            self.check(number(mark))

    def check(self, mark: Fraction) -> None:
        """Refuse a mark that is not on the scale."""
        on_step = self.step is None or ((mark - self.low) / self.step).denominator == 1
        if not self.low <= mark <= self.high or not on_step:
            raise Unsound(f"{shortest(mark)} is not on the scale of {self.id}")

    def to_hundred(self, mark: Fraction) -> Fraction:
        """A mark (or a mean of marks) on 0 to 100."""
        if self.by_range:
            return clamp((mark - self.low) * 100 / (self.high - self.low))
        return clamp(mark * 100 / self.high)

    def document(self) -> dict[str, Any]:
        """The criterion with every default spelled out, numbers in their shortest form: what the digest covers."""
        raw, found = self.raw, {"id": self.id}  # type: dict[str, Any], dict[str, Any]
        if raw.get("title"):
            found["title"] = raw["title"]
        if not self.is_root:
            found["weight"] = shortest(self.weight)
        if not self.is_leaf:
            return {**found, "children": [part.document() for part in self.parts]}
        found["kind"] = self.kind
        if self.kind == "indicator":
            found["transform"] = mapping_document(raw["transform"])
        else:
            found.update(min=shortest(self.low), max=shortest(self.high), normalise=raw.get("normalise", "max"))
            if self.step is not None:
                found["step"] = shortest(self.step)
        if raw.get("may_be_na"):
            found["may_be_na"] = True
        if raw.get("levels"):
            found["levels"] = [[shortest(number(mark)), words] for mark, words in raw["levels"]]
        if "soft_bounds" in raw:
            found["soft_bounds"] = [shortest(number(bound)) for bound in raw["soft_bounds"]]
        return found


def clamp(score: Fraction) -> Fraction:
    """``score`` held between 0 and 100."""
    return min(max(score, Fraction(0)), WHOLE)


def mapping_document(raw: dict[str, Any]) -> dict[str, Any]:
    """The declared mapping of an indicator, defaults spelled out."""
    kind = raw["type"]
    if kind == "linear":
        if number(raw["lo"]) == number(raw["hi"]):
            raise Unsound("a linear mapping needs two different figures")
        return {"type": kind, "lo": shortest(number(raw["lo"])), "hi": shortest(number(raw["hi"]))}
    if kind == "minmax":
        choice(raw.get("better", "high"), ("high", "low"), "better")
        equal = shortest(number(raw.get("all_equal", "100")))
        return {"type": kind, "better": raw.get("better", "high"), "all_equal": equal}
    if kind == "piecewise":
        return {"type": kind, "knots": [[shortest(x), shortest(y)] for x, y in pairs(raw["knots"])]}
    if kind == "step":
        steps = [[shortest(x), shortest(y)] for x, y in pairs(raw["steps"])]
        return {"type": kind, "steps": steps, "below": shortest(number(raw.get("below", "0")))}
    if kind != "identity":
        raise Unsound(f"{kind!r} is no mapping of an indicator")
    return {"type": kind}


def pairs(raw: Iterable[Sequence[Any]]) -> list[tuple[Fraction, Fraction]]:
    """Knots or thresholds with their scores, the figures rising."""
    found = [(number(x), number(y)) for x, y in raw]
    if not found or [x for x, _ in found] != sorted({x for x, _ in found}):
        raise Unsound("the figures of a mapping must rise")
    return found


def choice(value: Any, known: Sequence[str], what: str) -> str:
    """One of the words that the format knows."""
    if value not in known:
        raise Unsound(f"{what} is {value!r}, not one of {', '.join(known)}")
    return str(value)


def count_of(value: Any, most: int = 10_000) -> int:
    """A whole number of marks or decimals."""
    found = number(value)
    if found.denominator != 1 or not 0 <= found <= most:
        raise Unsound(f"{value!r} is not a whole number from 0 to {most}")
    return found.numerator


def full_rules(raw: dict[str, Any]) -> dict[str, Any]:
    """The rules (``policy``) with every default spelled out."""
    rounding = raw.get("rounding", {})
    steps = list(raw.get("tie_break", []))
    if any(step not in STEPS and not step.startswith("criterion:") for step in steps):
        raise Unsound("the tie chain holds an unknown step")
    found: dict[str, Any] = {
        "panel_method": choice(raw.get("panel_method", "trimmed"), METHODS, "panel_method"),
        "trim": count_of(raw.get("trim", 1)),
        "trim_min_n": count_of(raw.get("trim_min_n", 5)),
        "panel_level": choice(raw.get("panel_level", "leaf"), ("leaf", "judge"), "panel_level"),
        "min_scores": count_of(raw.get("min_scores", 5)),
        "missing_value": choice(raw.get("missing_value", "unranked"), ("unranked", "zero"), "missing_value"),
        "rounding": {
            "places": count_of(rounding.get("places", 2), 30),
            "mode": choice(rounding.get("mode", "half_up"), ("half_up", "half_even", "down", "up"), "rounding"),
            "at": choice(rounding.get("at", "final"), ("none", "final", "every"), "rounding"),
        },
        "tie_break": steps,
        "chair": [{"order": list(row["order"]), "reason": row.get("reason") or ""} for row in raw.get("chair", [])],
        "ranking": choice(raw.get("ranking", "1224"), STYLES, "ranking"),
        "labels": list(TITLES if raw.get("labels") is None else raw["labels"]),
    }
    if raw.get("panel_methods"):  # a method of its own for single criteria; written only where there is one
        found["panel_methods"] = {leaf: choice(m, METHODS, leaf) for leaf, m in raw["panel_methods"].items()}
    if any(not isinstance(text, str) for text in [*found["labels"], *(row["reason"] for row in found["chair"])]):
        raise Unsound("titles and reasons are text")
    refuse_contradictions(found)
    return found


def refuse_contradictions(rules: dict[str, Any]) -> None:
    """Rules that cannot be followed together."""
    own = rules.get("panel_methods", {})
    if "trimmed" in {rules["panel_method"], *own.values()} and 2 * rules["trim"] >= max(rules["trim_min_n"], 1):
        raise Unsound("the trim leaves no mark")
    if rules["panel_level"] == "judge" and (own or rules["rounding"]["at"] == "every"):
        raise Unsound("whole sheets are combined: no method for one criterion and no rounding of parts")


class Competition:
    """One category or pool: who competes, on what, by which rules, and every mark."""

    def __init__(self, raw: dict[str, Any]) -> None:
        if raw.get("format", TABULATION) != TABULATION:
            raise Unsound(f"the input is not {TABULATION}")
        self.tree = Node(raw["tree"], is_root=True)
        self.nodes = {node.id: node for node in self.tree.all()}
        self.leaves = [node for node in self.tree.all() if node.is_leaf]
        self.panel = [leaf for leaf in self.leaves if leaf.kind == "panel"]
        self.judges: list[str] = list(raw["judges"])
        self.nominees: list[str] = list(raw["nominees"])
        self.rules = full_rules(raw.get("policy", {}))
        self.disqualified = set(raw.get("disqualified", []))
        self.exceptions = set(raw.get("exceptions", []))
        self.recusals = {(judge, name) for judge, name in raw.get("recusals", [])}
        self.left_out = {(name, leaf) for name, leaf in raw.get("not_applicable", [])}
        self.marks = cells(raw.get("scores", []), number)
        self.states = cells(raw.get("states", []), str)
        self.figures = {
            (name, leaf): number(figure)
            for name, figures in raw.get("values", {}).items()
            for leaf, figure in figures.items()
        }
        self.check_names()
        self.check_cells()

    def check_names(self) -> None:
        """Nothing has the name of another, and everything that the rules name is there."""
        for names in (self.judges, self.nominees, [node.id for node in self.tree.all()]):
            if len(set(names)) != len(names):
                raise Unsound("an id is used twice")
        panel = [leaf.id for leaf in self.panel]
        for leaf in self.rules.get("panel_methods", {}):
            self.known(leaf in panel, leaf)
        for step in self.rules["tie_break"]:
            self.known(":" not in step or step.partition(":")[2] in self.nodes, step)
        for row in self.rules["chair"]:
            self.known(len(set(row["order"])) == len(row["order"]), "an order of the plenary")
        for name in self.disqualified | self.exceptions | {n for row in self.rules["chair"] for n in row["order"]}:
            self.known(name in self.nominees, name)

    def check_cells(self) -> None:
        """Every cell belongs to somebody, every mark is on its scale."""
        panel = {leaf.id for leaf in self.panel}
        for judge, name in [*self.recusals, *(cell[:2] for cell in [*self.marks, *self.states])]:
            self.known(judge in self.judges and name in self.nominees, judge, name)
        for cell, mark in self.marks.items():
            self.known(cell[2] in panel and cell not in self.states, *cell)
            self.nodes[cell[2]].check(mark)
        for cell, state in self.states.items():
            self.known(cell[2] in panel and state in ("absent", "withdrawn", "not_applicable"), *cell, state)
        for name, leaf in self.left_out:
            self.known(name in self.nominees and self.nodes[leaf].raw.get("may_be_na") is True, name, leaf)
        for (name, leaf), figure in self.figures.items():
            self.known(name in self.nominees and leaf not in panel and self.nodes[leaf].is_leaf, name, leaf)
            if self.nodes[leaf].kind == "fixed":
                self.nodes[leaf].check(figure)

    @staticmethod
    def known(known: bool, *names: str) -> None:
        if not known:
            raise Unsound(f"{', '.join(names)}: not foreseen by the document")

    def digest(self) -> str:
        """The fingerprint of everything that counts, whatever the order in which it is listed."""
        return sha256(
            written(
                {
                    "engine": ENGINE,
                    "rubric": self.tree.document(),
                    "policy": self.rules,
                    "judges": sorted(self.judges),
                    "nominees": sorted(self.nominees),
                    "scores": sorted([*cell, shortest(mark)] for cell, mark in self.marks.items()),
                    "recusals": sorted(list(pair) for pair in self.recusals),
                    "values": sorted([*key, shortest(figure)] for key, figure in self.figures.items()),
                    "disqualified": sorted(self.disqualified),
                    "not_applicable": sorted(list(pair) for pair in self.left_out),
                    "states": sorted([*cell, state] for cell, state in self.states.items()),
                    "exceptions": sorted(self.exceptions),
                }
            )
        )


def cells(rows: Iterable[Sequence[Any]], read: Callable[[Any], Any]) -> dict[tuple[str, str, str], Any]:
    """Rows [judge, nominee, criterion, content]; each cell once."""
    found: dict[tuple[str, str, str], Any] = {}
    for judge, nominee, leaf, content in rows:
        if (judge, nominee, leaf) in found:
            raise Unsound(f"{judge}, {nominee}, {leaf} is listed twice")
        found[judge, nominee, leaf] = read(content)
    return found


# 3. ONE NOMINEE'S SCORE ----------------------------------------------------------------------------------------------


def middle(marks: dict[str, Fraction], method: str, rules: dict[str, Any]) -> tuple[Fraction, list[str]]:
    """One number out of several seats' marks, and the seats whose marks entered it."""
    order = sorted(marks, key=lambda seat: (marks[seat], seat))
    n, trim = len(order), rules["trim"]
    if method == "median":
        order = order[(n - 1) // 2 : n // 2 + 1]  # the middle one, or the middle two
    elif method == "trimmed" and n >= rules["trim_min_n"]:
        order = order[trim : n - trim]
    return sum((marks[seat] for seat in order), Fraction(0)) / len(order), order


def mapped(leaf: Node, figure: Fraction, peers: list[Fraction]) -> Fraction:
    """An indicator's figure on 0 to 100 by its declared mapping."""
    raw = leaf.raw["transform"]
    kind = raw["type"]
    if kind == "linear":
        low, high = number(raw["lo"]), number(raw["hi"])
        return clamp((figure - low) * 100 / (high - low))
    if kind == "minmax":
        low, high = min(peers, default=figure), max(peers, default=figure)
        if low == high:
            return clamp(number(raw.get("all_equal", "100")))
        better = figure - low if raw.get("better", "high") == "high" else high - figure
        return clamp(better * 100 / (high - low))
    if kind == "step":
        reached = [score for threshold, score in pairs(raw["steps"]) if threshold <= figure]
        return clamp(reached[-1] if reached else number(raw.get("below", "0")))
    if kind == "piecewise":
        return clamp(on_line(pairs(raw["knots"]), figure))
    return clamp(figure)


def on_line(knots: list[tuple[Fraction, Fraction]], figure: Fraction) -> Fraction:
    """Straight lines between the knots, flat outside."""
    figure = min(max(figure, knots[0][0]), knots[-1][0])
    for (left, low), (right, high) in zip(knots, knots[1:]):  # noqa: B905, RUF007 - as Python 3.9 has it
        if figure <= right:
            return low + (high - low) * (figure - left) / (right - left)
    return knots[0][1]


class Sum:
    """Everything about one nominee that does not depend on the others' places."""

    def __init__(self, competition: Competition, nominee: str) -> None:
        self.competition, self.nominee, rules = competition, nominee, competition.rules
        self.out = {leaf for name, leaf in competition.left_out if name == nominee}
        self.shares: dict[str, Fraction] = {}
        if self._share_out(competition.tree):
            self.shares[competition.tree.id] = WHOLE
        self.marks = {leaf.id: self._marks(leaf.id) for leaf in competition.panel if leaf.id not in self.out}
        self.common = self._common()
        self.complete = [seat for seat in competition.judges if self._is_complete(seat)]
        self.by_sheet = rules["panel_level"] == "judge" and bool(self.marks)
        counts = {leaf: len(marks) for leaf, marks in self.marks.items()}
        if rules["panel_level"] == "judge":
            counts = {"sheets": len(self.complete)} if self.marks else {}
        self.counts = counts
        self.reason = self._reason()
        self.scores: dict[str, Fraction] = {} if self.reason else self._scores()

    def _share_out(self, node: Node) -> bool:
        """Shares of the children; what is not applicable leaves its weight to its siblings. False: nothing is left."""
        if node.is_leaf:
            return node.id not in self.out
        left = [part for part in node.parts if self._share_out(part)]
        weight = sum((part.weight for part in left), Fraction(0))
        if weight:
            self.shares.update({part.id: part.weight * 100 / weight for part in left})
        return weight > 0

    def _marks(self, leaf: str) -> dict[str, Fraction]:
        """Seat -> mark, of the seats that are not recused."""
        found = self.competition
        return {
            judge: found.marks[judge, self.nominee, leaf]
            for judge in found.judges
            if (judge, self.nominee, leaf) in found.marks and (judge, self.nominee) not in found.recusals
        }

    def _common(self) -> dict[str, Fraction]:
        """Scores that the panel does not give; a missing figure is left out, or 0 where the rules say so."""
        found, scores = self.competition, {}
        for leaf in found.leaves:
            figure = found.figures.get((self.nominee, leaf.id))
            if leaf.kind == "panel" or leaf.id in self.out:
                continue
            if figure is None:
                if found.rules["missing_value"] == "zero":
                    scores[leaf.id] = Fraction(0)
            elif leaf.kind == "fixed":
                scores[leaf.id] = leaf.to_hundred(figure)
            else:
                peers = [v for (n, k), v in found.figures.items() if k == leaf.id and n not in found.disqualified]
                scores[leaf.id] = mapped(leaf, figure, peers)
        return scores

    def _is_complete(self, seat: str) -> bool:
        """The seat has a mark on every criterion of the panel that applies."""
        return bool(self.marks) and all(seat in marks for marks in self.marks.values())

    @cached_property
    def sheets(self) -> dict[str, dict[str, Fraction]]:
        """Seat -> scores of all criteria from its own complete sheet alone. Never rounded; of ranked nominees only."""
        nodes, found = self.competition.nodes, {}
        for seat in self.complete:
            own = {leaf: nodes[leaf].to_hundred(marks[seat]) for leaf, marks in self.marks.items()}
            found[seat] = self._up({**self.common, **own}, lambda part: part)
        return found

    @property
    def totals(self) -> dict[str, Fraction]:
        """Seat -> weighted total of its complete sheet."""
        return {seat: scores[self.competition.tree.id] for seat, scores in self.sheets.items()}

    def _up(self, leaves: dict[str, Fraction], finish: Callable[[Fraction], Fraction]) -> dict[str, Fraction]:
        """From the leaves up the tree: a branch is the sum of share * child / 100 (each part through ``finish``)."""
        scores = {leaf: finish(score) for leaf, score in leaves.items()}
        for node in reversed(list(self.competition.tree.all())):
            if not node.is_leaf and node.id in self.shares:
                parts = [self.shares[p.id] * scores[p.id] / 100 for p in node.parts if p.id in self.shares]
                scores[node.id] = sum(map(finish, parts), Fraction(0))
        return scores

    def _reason(self) -> str | None:
        """Why there is no place, if there is none."""
        found = self.competition
        if self.nominee in found.disqualified:
            return "disqualified"
        if found.tree.id not in self.shares:
            return "not_applicable"
        need = 1 if self.nominee in found.exceptions else max(found.rules["min_scores"], 1)
        for what, count in self.counts.items():
            if count < need:
                return f"insufficient_scores:{what}"
        for leaf in found.leaves:
            if leaf.kind != "panel" and leaf.id not in self.out and leaf.id not in self.common:
                return f"missing_value:{leaf.id}"
        return None

    def method(self, leaf: str) -> str:
        rules = self.competition.rules
        return str(rules.get("panel_methods", {}).get(leaf, rules["panel_method"]))

    def _scores(self) -> dict[str, Fraction]:
        """The exact score of every criterion, the root's is the total."""
        rules, nodes = self.competition.rules, self.competition.nodes
        if self.by_sheet:  # the panel method goes over whole sheets, criterion by criterion
            names = next(iter(self.sheets.values()))
            columns = {name: {seat: sheet[name] for seat, sheet in self.sheets.items()} for name in names}
            return {name: middle(column, rules["panel_method"], rules)[0] for name, column in columns.items()}
        own = {
            leaf: nodes[leaf].to_hundred(middle(marks, self.method(leaf), rules)[0])
            for leaf, marks in self.marks.items()
        }
        places, mode, at = (rules["rounding"][key] for key in ("places", "mode", "at"))
        finish = (lambda part: rounded(part, places, mode)) if at == "every" else (lambda part: part)
        return self._up({**self.common, **own}, finish)

    @property
    def total(self) -> Fraction:
        return self.scores[self.competition.tree.id]

    @property
    def official(self) -> Fraction:
        """What ranks: the total rounded once where the rules say "final", else as it is."""
        rounding = self.competition.rules["rounding"]
        return rounded(self.total, rounding["places"], rounding["mode"]) if rounding["at"] == "final" else self.total


# 4. TIES AND PLACES --------------------------------------------------------------------------------------------------


def apart(values: dict[str, Fraction], best_first: bool = True) -> Groups:
    """Names in groups of equal value, best first; names sorted inside a group."""
    order = sorted(set(values.values()), reverse=best_first)
    return [sorted(name for name in values if values[name] == value) for value in order]


class Chain:
    """The tie chain of one competition; ``sums`` are those of the ranked nominees."""

    def __init__(self, competition: Competition, sums: dict[str, Sum]) -> None:
        self.competition, self.sums = competition, sums
        self.totals = {name: found.totals for name, found in sums.items()}

    def settle(self, group: list[str]) -> tuple[Groups, list[dict[str, Any]]]:
        """Step by step, each only inside the groups that the steps before it left. What each did is reported."""
        groups, report = [sorted(group)], []
        for step in self.competition.rules["tie_break"]:
            for basis in self._bases(step):
                after: Groups = []
                for tied in groups:
                    if len(tied) == 1:
                        after.append(tied)
                        continue
                    values = self._values(step, basis, tied)
                    lower_wins = step in ("fewest_low", "chair")
                    outcome = [tied] if values is None else apart(values, best_first=not lower_wins)
                    report.append(self._line(step, basis, tied, values, outcome))
                    after += outcome
                groups = after
        return groups, report

    def _bases(self, step: str) -> list[str]:
        """by_weight looks at every leaf in turn, the heaviest first; the order of the tree among equals."""
        if step.startswith("criterion:"):
            return [step[len("criterion:") :]]
        if step != "by_weight":
            return [""]
        whole = {self.competition.tree.id: WHOLE}
        for node in self.competition.tree.all():
            whole.update({part.id: whole[node.id] * part.weight / 100 for part in node.parts})
        return [leaf.id for leaf in sorted(self.competition.leaves, key=lambda leaf: -whole[leaf.id])]

    def _line(self, step: str, basis: str, tied: list[str], values: Any, outcome: Groups) -> dict[str, Any]:
        decision = self._decision(tied) if step == "chair" and values else None
        return {
            "step": step,
            "basis": basis,
            "group": tied,
            "values": None if values is None else {name: str(value) for name, value in values.items()},
            "outcome": outcome,
            "reason": decision["reason"] if decision else "",
        }

    def _values(self, step: str, basis: str, tied: list[str]) -> dict[str, Fraction] | None:
        """What the step compares; None when it has no number for somebody (missing is not zero)."""
        if basis:
            if any(basis not in self.sums[name].scores for name in tied):
                return None
            return {name: self.sums[name].scores[basis] for name in tied}
        if step == "median":
            if not all(self.totals[name] for name in tied):
                return None
            return {name: middle(self.totals[name], "median", self.competition.rules)[0] for name in tied}
        if step in ("first_places", "fewest_low"):
            return {name: Fraction(self._seats(name, max if step == "first_places" else min)) for name in tied}
        if step == "head_to_head":
            return {name: sum((self._duel(name, b) for b in tied if b != name), Fraction(0)) for name in tied}
        decision = self._decision(tied)
        return {name: Fraction(decision["order"].index(name) + 1) for name in tied} if decision else None

    def _decision(self, tied: list[str]) -> dict[str, Any] | None:
        """The first recorded order with a reason that covers the whole group."""
        for row in self.competition.rules["chair"]:
            if row["reason"].strip() and set(tied) <= set(row["order"]):
                return dict(row)
        return None

    def _seats(self, name: str, extreme: Callable[..., Fraction]) -> int:
        """Seats whose best (lowest) total among all ranked nominees is this one's; shared ones count for each."""
        return sum(
            total == extreme(others[seat] for others in self.totals.values() if seat in others)
            for seat, total in self.totals[name].items()
        )

    def _duel(self, one: str, other: str) -> Fraction:
        """1 won, 1/2 drawn, 0 lost: by the seats with complete sheets of both."""
        mine, theirs = self.totals[one], self.totals[other]
        shared = [seat for seat in mine if seat in theirs]
        won, lost = (sum(a[s] > b[s] for s in shared) for a, b in ((mine, theirs), (theirs, mine)))
        return Fraction(1) if won > lost else Fraction(1, 2) if won == lost else Fraction(0)


def places_of(groups: Groups, style: str) -> dict[str, Any]:
    """The place of everybody: whole numbers, halves under "fractional"."""
    found: dict[str, Any] = {}
    held = 0  # places that better groups hold
    for nth, group in enumerate(groups, start=1):
        for index, name in enumerate(group):
            found[name] = {
                "1224": held + 1,
                "1334": held + len(group),
                "1223": nth,
                "1234": held + 1 + index,
                "fractional": Fraction(2 * held + 1 + len(group), 2),
            }[style]
        held += len(group)
    return found


def title_of(place: Any, titles: list[str]) -> str | None:
    """The title of a place; none between two places or beyond the last title."""
    return titles[int(place) - 1] if place == int(place) and place <= len(titles) else None


# 5. THE ANSWER -------------------------------------------------------------------------------------------------------


class Count:
    """A competition counted: ``groups`` best first (a group shares a place), ``answer`` as the format writes it."""

    def __init__(self, competition: Competition) -> None:
        self.competition, rules = competition, competition.rules
        self.sums = {name: Sum(competition, name) for name in competition.nominees}
        ranked = {name: found for name, found in self.sums.items() if found.reason is None}
        chain = Chain(competition, ranked)
        self.groups: Groups = []
        self.ties: list[dict[str, Any]] = []
        for group in apart({name: found.official for name, found in ranked.items()}):
            parts, steps = chain.settle(group) if len(group) > 1 else ([group], [])
            self.groups += parts
            if len(group) > 1:
                score = str(ranked[group[0]].official)
                self.ties.append({"group": group, "official": score, "steps": steps, "outcome": parts})
        self.places = places_of(self.groups, rules["ranking"])

    @property
    def answer(self) -> dict[str, Any]:
        open_ties = [group for group in self.groups if len(group) > 1]
        return {
            "nominees": {name: self._line(name) for name in self.competition.nominees},
            "order": [name for group in self.groups for name in group],
            "unresolved_ties": open_ties,
            "needs_decision": any(self._holds_title(group) for group in open_ties),
            "ties": self.ties,
            "digest": self.competition.digest(),
            "engine": ENGINE,
        }

    def _holds_title(self, group: list[str]) -> bool:
        better = sum(len(other) for other in self.groups[: self.groups.index(group)])
        titles = self.competition.rules["labels"]
        return better < len(titles) or any(title_of(self.places[name], titles) for name in group)

    def final(self, name: str) -> str:
        """The printed score."""
        rounding = self.competition.rules["rounding"]
        return with_places(self.sums[name].total, rounding["places"], rounding["mode"])

    def _line(self, name: str) -> dict[str, Any]:
        found = self.sums[name]
        line: dict[str, Any] = {"status": "unranked", "reason": found.reason, "rank": None, "final": None}
        line.update(award=None, counts=found.counts)
        if found.reason is not None:
            return line
        place = self.places[name]
        parted = [row for tie in self.ties for row in tie["steps"] if name in row["group"] and len(row["outcome"]) > 1]
        return {
            **line,
            "status": "ranked",
            "rank": str(place) if isinstance(place, Fraction) else place,
            "final": self.final(name),
            "award": title_of(place, self.competition.rules["labels"]),
            "final_exact": str(found.total),
            "resolved_by": list(dict.fromkeys(row["step"] for row in parted)),
            "nodes": {criterion: str(score) for criterion, score in found.scores.items()},
        }


# 6. THE PLENARY ------------------------------------------------------------------------------------------------------


def decided_count(raw: dict[str, Any], decisions: list[dict[str, Any]]) -> Count:
    """The count with the plenary's decisions: its orders of ties settle them, then deviations move whom they move."""
    orders = [{"order": row["order"], "reason": row["reason"]} for row in decisions if row["kind"] == "tie"]
    rules = {**raw.get("policy", {}), **({"chair": orders} if orders else {})}
    count = Count(Competition({**raw, "policy": rules}))
    for row in decisions:
        if row["kind"] == "deviation":
            count.groups = moved(count.groups, row["order"])
    count.places = places_of(count.groups, count.competition.rules["ranking"])
    return count


def moved(groups: Groups, order: list[str]) -> Groups:
    """The nominees of ``order``, who stand next to each other and share no place, put into that order."""
    touched = [index for index, group in enumerate(groups) if set(group) & set(order)]
    members = [name for index in touched for name in groups[index]]
    together = bool(touched) and touched[-1] - touched[0] + 1 == len(touched) == len(order)
    if not together or sorted(members) != sorted(order):
        raise Unsound(f"the deviation {order} does not fit the places")
    return [*groups[: touched[0]], *([name] for name in order), *groups[touched[-1] + 1 :]]


def by_number(name: str) -> tuple[int, str]:
    """Nominees are called by their number: 9 before 10."""
    return len(name), name


def decided_lines(count: Count, published: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The places, titles and scores as they have to be published, in their order."""
    said = {row["nominee"]: row.get("reason") for row in published}
    lines = []
    for name in [name for group in count.groups for name in sorted(group, key=by_number)]:
        place = count.places[name]
        title = title_of(place, count.competition.rules["labels"]) or ""
        lines.append({"nominee": name, "place": str(place), "title": title, "score": count.final(name), "reason": ""})
    for name in sorted((name for name in count.sums if name not in count.places), key=by_number):
        reason = count.sums[name].reason
        if reason == "disqualified" and said.get(name) in NO_PLACE:
            reason = said[name]  # which of the three it was, the input does not say
        lines.append({"nominee": name, "place": "", "title": "", "score": "", "reason": reason or ""})
    return lines


# 7. THE PACKAGE ------------------------------------------------------------------------------------------------------


def first_difference(mine: Any, theirs: Any, at: str = "") -> str | None:
    """Where two documents first differ, in words; None when they are the same."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        for key in sorted({*mine, *theirs}):
            if key not in mine or key not in theirs:
                return f"{at}{key}: only in the {'file' if key in theirs else 'recount'}"
            found = first_difference(mine[key], theirs[key], f"{at}{key} / ")
            if found:
                return found
        return None
    if isinstance(mine, list) and isinstance(theirs, list) and len(mine) == len(theirs):
        found_any = (first_difference(a, b, f"{at}{i + 1} / ") for i, (a, b) in enumerate(zip(mine, theirs)))  # noqa: B905
        return next((found for found in found_any if found), None)
    same = type(mine) is type(theirs) and mine == theirs
    return None if same else f"{at.rstrip(' /')}: recounted {written(mine)}, in the file {written(theirs)}"


def part_faults(part: dict[str, Any], rules: dict[str, Any]) -> Iterator[str]:
    """Everything in which one category or pool does not agree."""
    for name in ("input", "answer"):
        if sha256(written(part[name])) != part[f"{name}_sha256"]:
            yield f"the hash of the {name} is not that of the {name} in this file"
    try:
        competition = Competition(part["input"])
        difference = first_difference(Count(competition).answer, part["answer"])
        if difference:
            yield f"answer: {difference}"
        yield from rule_faults(competition, rules)
        for field, names in (("nominees", competition.nominees), ("seats", competition.judges)):
            if sorted(part[field]) != sorted(names):
                yield f"the names of the {field} are not those of the input"
        decided = part["decided"]
        yield from decision_faults(competition, decided["decisions"])
        lines = decided_lines(decided_count(part["input"], decided["decisions"]), decided["standings"])
        difference = first_difference(lines, decided["standings"])
        if difference:
            yield f"decided places: line {difference}"
    except Unsound as error:
        yield f"cannot be counted: {error}"


def rule_faults(competition: Competition, rules: dict[str, Any]) -> Iterator[str]:
    """The part goes by the rules of the round: all but the titles, and what its rubric does not have."""
    used, known = competition.rules, competition.nodes
    steps = [(step, step.partition(":")[2]) for step in rules["tie_break"]]
    methods = {leaf: method for leaf, method in rules.get("panel_methods", {}).items() if leaf in known}
    enough = len(rules["labels"]) >= len(used["labels"])
    expected = {
        **rules,
        "tie_break": [step for step, criterion in steps if not criterion or criterion in known],
        "chair": [],
        "labels": rules["labels"][: len(used["labels"])] if enough else used["labels"],
    }
    expected.pop("panel_methods", None)
    if methods:
        expected["panel_methods"] = methods
    difference = first_difference(expected, used)
    if difference:
        yield f"the rules are not those of the round: {difference}"


def decision_faults(competition: Competition, decisions: list[dict[str, Any]]) -> Iterator[str]:
    """Each decision has a reason and a majority, and each exception from the quorum is one."""
    for row in decisions:
        choice(row["kind"], ("tie", "quorum", "deviation"), "the kind of a decision")
        if not row["reason"].strip() or not row["votes"]["for"] > row["votes"]["against"]:
            yield f"a decision ({row['kind']}) lacks its reason or its majority"
    recorded = {name for row in decisions if row["kind"] == "quorum" for name in row["order"]}
    if recorded != competition.exceptions:
        yield "the exceptions from the quorum are not those that were decided"


def run_faults(run: dict[str, Any], text: str) -> Iterator[str]:
    """Everything in which the package as a whole does not agree."""
    if sha256(written({key: run[key] for key in run if key != "sha256"})) != run["sha256"]:
        yield "the file was changed after it was made: its sha256 does not fit"
    if text != written(run) + "\n":
        yield "the file is not written the way the product writes it"
    if run["format"] != RUN:
        yield f"its format is not {RUN}"
    if run["tabulation"]["engine"] != ENGINE:
        yield f"this verifier counts by {ENGINE}, the run was counted by {run['tabulation']['engine']}"
    rules = run["tabulation"]["rules"]
    if sha256(written(rules["content"])) != rules["sha256"]:
        yield "the hash of the rules is not that of the rules in this file"
    names = [part_name(part) for part in run["parts"]]
    if not names or len(set(names)) < len(names):
        yield "it holds no category at all, or one of them twice"


def published_faults(run: dict[str, Any], head: str | None, inputs: list[str]) -> Iterator[str]:
    """Does the file agree with what was published on paper?"""
    if head and head.lower() != f"{run['audit_head']['number']}:{run['audit_head']['hash']}":
        yield f"the head of the log is {run['audit_head']['number']}:{run['audit_head']['hash']}, not {head}"
    for told in inputs:
        code, _, wanted = told.rpartition(":")
        found = [part for part in run["parts"] if code in (part["code"], part_name(part))]
        if not found:
            yield f"the package holds no {code}"
        elif all(published_hash(part) != wanted.lower() for part in found):
            yield f"the input of {code} has the hash {published_hash(found[0])}, not {wanted}"


def part_name(part: dict[str, Any]) -> str:
    """``kategori-desa``, ``umum-usaha``: as files and this program call a category or pool."""
    return f"{'umum' if part['kind'] == 'pool' else 'kategori'}-{part['code']}"


def published_hash(part: dict[str, Any]) -> str:
    """The hash on the minutes; a file with pseudonyms can only quote it."""
    return str(part.get("published_input_sha256", part["input_sha256"]))


def verify_run(run: dict[str, Any], text: str, head: str | None = None, inputs: Sequence[str] = ()) -> list[str]:
    """Every fault of a package, each a sentence that begins with where it is. An empty list: everything agrees."""
    found = []
    try:
        found += [f"file: {fault}" for fault in run_faults(run, text)]
        found += [f"published: {fault}" for fault in published_faults(run, head, list(inputs))]
        rules = full_rules(run["tabulation"]["rules"]["content"])
        for part in run["parts"]:
            found += [f"{part_name(part)}: {fault}" for fault in part_faults(part, rules)]
    except Unsound as error:
        found.append(f"file: {error}")
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError) as error:
        found.append(f"file: it is not built like a package ({type(error).__name__}: {error})")
    return found


# 8. ON PAPER ---------------------------------------------------------------------------------------------------------


def on_paper(count: Count, nominee: str) -> Iterator[str]:
    """The sum of one nominee, line by line, in the order in which a person can redo it."""
    found = count.sums[nominee]
    for leaf in count.competition.leaves:
        yield f"  {leaf.id}: {leaf_on_paper(found, leaf)}"
    if found.reason is not None:
        yield f"  no place: {found.reason}"
        return
    if found.by_sheet:
        yield from (f"  sheet of {seat}: {shortest(total)}" for seat, total in sorted(found.totals.items()))
    for node in count.competition.nodes.values():
        if not node.is_leaf and node.id in found.shares and not found.by_sheet:
            terms = [(found.shares[p.id], found.scores[p.id]) for p in node.parts if p.id in found.shares]
            sum_of = " + ".join(f"{shortest(share)} x {shortest(score)}" for share, score in terms)
            yield f"  {node.id} = ({sum_of}) / 100 = {shortest(found.scores[node.id])}"
    rounding = count.competition.rules["rounding"]
    yield f"  rounding: {rounding['at']}, {rounding['places']} decimals, {rounding['mode']}"
    yield f"  total {shortest(found.total)}, printed {count.final(nominee)}, place {count.places[nominee]}"
    for row in [row for tie in count.ties for row in tie["steps"] if nominee in row["group"]]:
        yield f"  equal with {', '.join(n for n in row['group'] if n != nominee)}: {tie_on_paper(row)}"


def leaf_on_paper(found: Sum, leaf: Node) -> str:
    """How one criterion came to its number."""
    if leaf.id in found.out:
        return "not applicable"
    if leaf.kind == "panel":
        return marks_on_paper(found, leaf)
    figure = found.competition.figures.get((found.nominee, leaf.id))
    if leaf.id not in found.common:
        return "no figure"
    told = "none, counted as 0" if figure is None else shortest(figure)
    return f"figure {told}; on 0 to 100: {shortest(found.common[leaf.id])}"


def marks_on_paper(found: Sum, leaf: Node) -> str:
    """The marks of a criterion, which of them count, and what they come to."""
    marks = found.marks[leaf.id]
    if not marks:
        return "no mark"
    if found.by_sheet:
        return ", ".join(f"{seat} {shortest(mark)}" for seat, mark in marks.items())
    value, used = middle(marks, found.method(leaf.id), found.competition.rules)
    told = [f"{seat} {shortest(mark)}{'' if seat in used else ' (left out)'}" for seat, mark in marks.items()]
    sum_of = sum((marks[seat] for seat in used), Fraction(0))
    method = f"{found.method(leaf.id)} {shortest(sum_of)} / {len(used)} = {shortest(value)}"
    return f"{', '.join(told)}; {method}; on 0 to 100: {shortest(leaf.to_hundred(value))}"


def tie_on_paper(row: dict[str, Any]) -> str:
    """One step of the tie chain in words."""
    step = row["step"] if row["step"].startswith("criterion:") else f"{row['step']} {row['basis']}".strip()
    if row["values"] is None:
        return f"{step} cannot compare them"
    values = ", ".join(f"{name} {value}" for name, value in row["values"].items())
    return f"{step}: {values}" + (f" ({row['reason']})" if row["reason"] else "")


# 9. COMMAND LINE -----------------------------------------------------------------------------------------------------


def unread(message: str) -> NoReturn:
    """Stop: there is nothing to judge."""
    print(message, file=sys.stderr)
    raise SystemExit(2)


def no_float(text: str) -> NoReturn:
    """A binary float, NaN or infinity is not exact."""
    raise ValueError(f"{text} is not an exact number")


def each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """A JSON object whose keys are all different; plain JSON would silently keep the last."""
    if len({key for key, _ in pairs}) != len(pairs):
        raise ValueError("a key is given twice")
    return dict(pairs)


def parsed(text: str) -> dict[str, Any]:
    """A JSON object without floats and without a key given twice. Raises ``ValueError``."""
    found = json.loads(text, parse_float=no_float, parse_constant=no_float, object_pairs_hook=each_key_once)
    if not isinstance(found, dict):
        raise ValueError("it is not an object")
    return found


def read(path: str) -> tuple[dict[str, Any], str]:
    """A file and its text; stops with status 2 when it cannot be read."""
    try:
        text = Path(path).read_bytes().decode("utf-8")
        return parsed(text), text
    except (OSError, ValueError, RecursionError) as error:
        unread(f"{path} cannot be read: {error}")


def check_run(run: dict[str, Any], text: str, options: argparse.Namespace) -> int:
    """Say part by part whether a package agrees."""
    faults = verify_run(run, text, options.head, options.input)
    for part in run["parts"] if not any("not built like" in fault for fault in faults) else []:
        own = [fault for fault in faults if fault.startswith(f"{part_name(part)}: ")]
        places = sum(1 for line in part["decided"]["standings"] if line["place"])
        quoted = " (only quoted)" if "published_input_sha256" in part else ""
        verdict = "DIFFERS" if own else "agrees"
        print(f"{part_name(part)}: {verdict}, {places} places, input {published_hash(part)}{quoted}")
    for fault in faults:
        print(f"DIFFERS {fault}")
    for notice in run.get("notices", []):
        print(notice)
    if not faults and not options.input:
        print("Compare the hashes of the inputs with those printed in the minutes, or give them with --input.")
    print("RESULT: DOES NOT AGREE" if faults else f"RESULT: agrees ({run['round']['scope']}, {ENGINE})")
    return 1 if faults else 0


def explain(run: dict[str, Any], nominee: str) -> int:
    """Print the sum of one nominee in every part that it stands in."""
    parts = [part for part in run["parts"] if nominee in part["nominees"]]
    for part in parts:
        print(f"{part_name(part)}: nominee {nominee}, {part['nominees'][nominee]}")
        for line in on_paper(decided_count(part["input"], part["decided"]["decisions"]), nominee):
            print(line)
    if not parts:
        unread(f"there is no nominee {nominee}")
    return 0


def check_document(raw: dict[str, Any], options: argparse.Namespace) -> int:
    """Count one document: print the answer, or compare it, or print one nominee's sum."""
    count = Count(Competition(raw))
    if options.explain:
        if options.explain not in count.sums:
            unread(f"there is no nominee {options.explain}")
        print("\n".join(on_paper(count, options.explain)))
        return 0
    if not options.answer:
        print(written(count.answer))
        return 0
    difference = first_difference(count.answer, read(options.answer)[0])
    print(f"DIFFERS {difference}" if difference else "RESULT: agrees")
    return 1 if difference else 0


def main(arguments: Sequence[str]) -> int:
    """Run with the command line's arguments; the exit status."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("file", help="the package of a run, or one document of the open format")
    parser.add_argument("--head", metavar="NUMBER:HASH", help="head of the log as printed")
    parser.add_argument("--input", metavar="CODE:HASH", nargs="+", default=[], help="hashes of inputs as printed")
    parser.add_argument("--explain", metavar="NOMINEE", help="print the sum of one nominee")
    parser.add_argument("--answer", metavar="FILE", help="the answer to compare with a single document")
    options = parser.parse_args(arguments)
    document, text = read(options.file)
    try:
        if document.get("format") != RUN:
            return check_document(document, options)
        return explain(document, options.explain) if options.explain else check_run(document, text, options)
    except Unsound as error:
        unread(f"{options.file} cannot be counted: {error}")
    except (KeyError, TypeError, ValueError, AttributeError, IndexError, ArithmeticError, RecursionError) as error:
        unread(f"{options.file} is not built as described ({type(error).__name__}: {error})")


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
