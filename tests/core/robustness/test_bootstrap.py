"""The exact bootstrap: by hand, and against counting every panel one by one in fractions."""

from collections import Counter
from fractions import Fraction
from itertools import product
from math import comb

import pytest

from judging.core.robustness.bootstrap import bootstrap, why_not
from judging.core.robustness.panels import panels
from tests.core.documents import changed, golden, random_document
from tests.core.oracle import Oracle, combine, scaled

from .categories import SEATS, category, one_criterion


class Slow:
    """One panel at a time, with nothing but fractions."""

    def __init__(self, document, order):
        self.oracle, self.order, self.policy = Oracle(document), order, document["policy"]
        self.root = document["tree"]["id"]

    def total(self, nominee, drawn):
        """Total of one nominee by one panel, None when it has no mark somewhere."""
        panel = self.oracle.applicable(nominee, ("panel",))
        if self.policy["panel_level"] == "judge" and panel:
            sheets = self.oracle.sheets(nominee)
            values = [sheets[seat][self.root] for seat in drawn if seat in sheets]
            return combine(values, self.policy) if values else None
        scores = self.oracle.values(nominee)
        for leaf in panel:
            given = [
                self.oracle.marks[seat, nominee, leaf["id"]]
                for seat in drawn
                if (seat, nominee, leaf["id"]) in self.oracle.marks
            ]
            if not given:
                return None
            method = self.policy.get("panel_methods", {}).get(leaf["id"], self.policy["panel_method"])
            scores[leaf["id"]] = scaled(leaf, combine(given, self.policy | {"panel_method": method}))
        nodes = {}
        return self.oracle.node(self.oracle.doc["tree"], nominee, scores, nodes, False)

    def run(self, seats):
        """(first, place by place, nobody), over every ordered draw."""
        chance = Fraction(1, len(seats) ** len(seats))
        first, nobody = dict.fromkeys(self.order, Fraction(0)), Fraction(0)
        held = {name: [Fraction(0)] * len(self.order) for name in self.order}
        for drawn, ways in Counter(tuple(sorted(each)) for each in product(seats, repeat=len(seats))).items():
            totals = {name: self.total(name, drawn) for name in self.order}
            totals = {name: total for name, total in totals.items() if total is not None}
            nobody += 0 if totals else ways * chance
            for name, total in totals.items():
                above = sum(other > total for other in totals.values())
                level = sum(other == total for other in totals.values())
                for place in range(above, above + level):
                    held[name][place] += ways * chance / level
                first[name] += 0 if above else ways * chance / level
        return first, held, nobody


def check(document):
    problem, result = category(document)
    found = bootstrap(problem, result)
    assert found is not None
    first, held, nobody = Slow(document, result.order).run(found.seats)
    assert found.first == {name: pytest.approx(float(each), abs=1e-12) for name, each in first.items()}
    assert found.nobody == pytest.approx(float(nobody), abs=1e-12)
    assert found.titled == {
        name: pytest.approx(float(held[name][result.order.index(name)]), abs=1e-12) for name in found.titled
    }


def test_two_seats_by_hand():
    # Both twice the first (1/4): a; both twice the second (1/4): b; one of each (1/2): 75 to 75, shared.
    found = bootstrap(*category(one_criterion({"a": ["90", "60"], "b": ["70", "80"]})))
    assert (found.multisets, found.first, found.nobody) == (3, {"a": 0.5, "b": 0.5}, 0.0)


def test_nine_seats_have_24310_panels_and_their_probabilities_add_up():
    drawn = panels(9)
    assert len(drawn.probability) == comb(17, 8) == 24310
    assert drawn.counts.sum(axis=1).tolist() == [9.0] * 24310
    assert drawn.probability.sum() == pytest.approx(1, abs=1e-12)
    assert len({tuple(row) for row in drawn.counts.tolist()}) == 24310


def test_each_seat_is_drawn_once_on_average():
    drawn = panels(5)
    assert (drawn.probability @ drawn.counts).tolist() == pytest.approx([1.0] * 5)


@pytest.mark.parametrize("method", ["mean", "median", "trimmed"])
@pytest.mark.parametrize("trim", [1, 2])
def test_equal_to_counting_every_panel(method, trim):
    rows = {
        "a": ["70", "90", "40", "80", "75", "75"],
        "b": ["80", "70", "70", "70", "85", "50"],
        "c": ["75", "75", "60", "100", "65", None],
        "d": ["75", None, "75", "75", "75", "75"],
    }
    check(one_criterion(rows, panel_method=method, trim=trim, trim_min_n=5, panel_level="leaf"))


def test_equal_to_counting_every_panel_on_random_categories():
    counted = 0
    for seed in range(200):
        document = random_document(seed)
        if len(document["judges"]) <= 4 and why_not(*category(document)) is None:
            check(document)
            counted += 1
    assert counted > 25


def test_the_order_of_seats_is_irrelevant():
    document = random_document(5)
    turned = document | {"judges": document["judges"][::-1], "scores": document["scores"][::-1]}
    one, other = bootstrap(*category(document)), bootstrap(*category(turned))
    assert one.first == pytest.approx(other.first)


def test_a_seat_without_any_mark_is_not_drawn():
    problem, result = category(golden("five-villages"))
    found = bootstrap(problem, result)
    assert "dprd" not in found.seats
    assert found.multisets == comb(15, 7)


def test_numbers_too_fine_for_whole_numbers_still_share_ties():
    document = one_criterion({"a": ["90", "60"], "b": ["70", "80"]})
    fine = changed(document, ["scores", 0, 3], "89.999999999999999999")
    assert bootstrap(*category(fine)).first == pytest.approx({"a": 0.5, "b": 0.5})


@pytest.mark.parametrize(
    ("document", "code"),
    [
        (one_criterion({"a": ["90", "60"]}, min_scores=3), "nobody_ranked"),
        (one_criterion({"a": ["90", "60"]}, disqualified=["a"]), "nobody_ranked"),
    ],
)
def test_no_bootstrap_says_why(document, code):
    problem, result = category(document)
    assert (bootstrap(problem, result), why_not(problem, result)) == (None, code)


def test_more_than_nine_seats_are_refused():
    document = one_criterion({"a": ["90"] * 9, "b": ["80"] * 9})
    document["judges"] = [*SEATS, "kesepuluh"]
    document["scores"].append(["kesepuluh", "a", "k", "70"])
    problem, result = category(document)
    assert (bootstrap(problem, result), why_not(problem, result)) == (None, "too_many_seats")


def test_without_criteria_of_the_panel_there_is_nothing_to_draw():
    document = one_criterion({"a": [None], "b": [None]})
    document["tree"]["children"][0] |= {"kind": "fixed"}
    document["values"] = {"a": {"k": "80"}, "b": {"k": "70"}}
    problem, result = category(document)
    assert (bootstrap(problem, result), why_not(problem, result)) == (None, "no_marks")


def test_thousands_of_nominees_are_refused(monkeypatch):
    made = category(one_criterion({"a": ["90", "60"], "b": ["70", "80"]}))
    monkeypatch.setattr("judging.core.robustness.bootstrap.MOST_NOMINEES", 1)
    assert (bootstrap(*made), why_not(*made)) == (None, "too_many_nominees")
