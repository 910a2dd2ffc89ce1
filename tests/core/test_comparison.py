"""Two runs side by side: what moved, by how much, and why; the points add up on any input."""

from fractions import Fraction

import pytest

from judging.core import package
from judging.core.comparison import compare
from judging.core.tabulation import tabulate

from .documents import changed, panel_of, random_document

MARKS = {
    "A": {"p": ["80", "80", "80"], "q": ["70", "70", "70"]},
    "B": {"p": ["70", "70", "70"], "q": ["70", "70", "70"]},
    "C": {"p": ["60", "60", "60"], "q": ["70", "70", "70"]},
}


def comparison(before, after):
    first, second = package.read(before), package.read(after)
    return compare(first, tabulate(first), second, tabulate(second))


def lines(found):
    return {line.nominee: line for line in found.lines}


def test_nothing_changed_is_said_so():
    document = panel_of(MARKS)
    found = comparison(document, panel_of(MARKS))
    assert found.is_same
    assert found.digests[0] == found.digests[1]
    assert found.rubric[0] == found.rubric[1]
    assert [line.nominee for line in found.lines] == ["A", "B", "C"]
    assert all(line.because == line.parts == line.passed_by == line.passed == () for line in found.lines)


def test_a_higher_mark_moves_its_nominee_and_says_by_what_and_past_whom():
    """B gets 100 instead of 70 from one seat on p: the mean rises by 10, its points by 5: level with A."""
    document = panel_of(MARKS, tie_break=["criterion:q"])
    after = panel_of(MARKS | {"B": {"p": ["70", "100", "70"], "q": ["70"] * 3}}, tie_break=["criterion:q"])
    found = comparison(document, after)
    moved = lines(found)
    assert [change.kind for change in found.changes] == ["mark"]
    (part,) = moved["B"].parts
    assert (part.criterion, part.before, part.after, part.difference) == ("p", 35, 40, 5)
    assert (moved["B"].difference, moved["B"].rest, moved["B"].because) == (5, 0, found.changes)
    assert (moved["B"].before.place, moved["B"].after.place) == (2, 1)
    assert moved["B"].passed == ("A",)  # caught up: it no longer stands above
    assert not moved["A"].score_changed
    assert not moved["A"].place_changed
    assert not moved["C"].place_changed
    assert found.rescored == found.moved == (moved["B"],)


def test_a_place_that_moves_without_its_score_names_who_passed():
    after = panel_of(MARKS | {"C": {"p": ["60", "100", "100"], "q": ["100", "70", "70"]}})
    found = comparison(panel_of(MARKS), after)
    moved = lines(found)
    assert [line.after.place for line in found.lines] == [1, 2, 3]
    assert [line.nominee for line in found.lines] == ["C", "A", "B"]
    assert (moved["A"].score_changed, moved["A"].place_changed) == (False, True)
    assert (moved["A"].passed_by, moved["A"].because) == (("C",), ())
    assert moved["C"].passed == ("A", "B")
    assert [part.criterion for part in moved["C"].parts] == ["p", "q"]
    assert moved["C"].difference == sum(part.difference for part in moved["C"].parts) == Fraction(55, 3)


def test_a_rule_of_order_alone_moves_places_and_is_the_reason():
    marks = {"A": {"p": ["80"], "q": ["70"]}, "B": {"p": ["70"], "q": ["80"]}}
    found = comparison(
        panel_of(marks, tie_break=["criterion:p"]), panel_of(marks, tie_break=["criterion:q"], labels=["Pertama"])
    )
    moved = lines(found)
    assert found.rescored == ()
    assert {change.field for change in moved["A"].because} == {"tie_break", "labels"}
    assert (moved["A"].passed_by, moved["B"].passed) == (("B",), ("A",))
    assert (moved["B"].before.title, moved["B"].after.title) == ("Juara II", "Pertama")


def test_who_joins_leaves_or_loses_the_place_has_no_difference_of_points():
    before = panel_of(MARKS)
    after = changed(panel_of({name: MARKS[name] for name in ("B", "C")}), ["disqualified"], ["C"])
    found = comparison(before, after)
    moved = lines(found)
    assert [line.nominee for line in found.lines] == ["B", "C", "A"]
    assert (moved["A"].after, moved["A"].difference, moved["A"].parts) == (None, None, ())
    assert (moved["C"].after.reason, moved["C"].difference) == ("disqualified", None)
    assert {change.kind for change in moved["C"].because} == {"outside"}
    assert {change.kind for change in moved["A"].because} == {"mark", "nominee"}
    assert moved["B"].passed == ("A",)
    assert not moved["B"].score_changed


def test_a_figure_of_a_peer_is_a_reason_where_nominees_are_measured_by_each_other():
    tree = {
        "id": "total",
        "children": [
            {"id": "p", "weight": "50"},
            {"id": "m", "weight": "50", "kind": "indicator", "transform": {"type": "minmax", "better": "high"}},
        ],
    }
    document = {
        "tree": tree,
        "judges": ["s"],
        "nominees": ["A", "B", "C"],
        "scores": [["s", name, "p", "70"] for name in "ABC"],
        "values": {"A": {"m": "10"}, "B": {"m": "5"}, "C": {"m": "0"}},
        "policy": {"panel_method": "mean", "min_scores": 1, "tie_break": []},
    }
    found = comparison(document, changed(document, ["values", "A", "m"], "20"))
    moved = lines(found)
    assert not moved["A"].score_changed  # the best of the category all the same
    assert moved["B"].because == found.changes
    assert (moved["B"].difference, moved["C"].difference) == (Fraction(-25, 2), 0)
    assert moved["C"].because == ()


def test_rounding_every_part_leaves_a_rest_that_is_named():
    every = {"places": 0, "mode": "half_up", "at": "every"}
    before = panel_of(MARKS | {"A": {"p": ["81"], "q": ["81"]}}, rounding=every)
    after = panel_of(MARKS | {"A": {"p": ["82"], "q": ["81"]}}, rounding=every)
    line = lines(comparison(before, after))["A"]
    assert [part.difference for part in line.parts] == [Fraction(1, 2)]
    assert (line.difference, line.rest) == (0, Fraction(-1, 2))


def added_up(line):
    return sum((part.difference for part in line.parts), Fraction(0)) + line.rest


@pytest.mark.parametrize("seed", range(60))
def test_the_points_add_up_to_the_difference_of_the_exact_totals(seed):
    """On two unlike random documents: only what no criterion owns (rounded parts, whole sheets) is left as a rest."""
    first, second = random_document(seed), random_document(seed + 1000)
    found = comparison(first, second)
    plain = all(
        one["policy"]["panel_level"] == "leaf" and one["policy"]["rounding"]["at"] != "every" for one in (first, second)
    )
    for line in found.lines:
        if line.difference is not None:
            assert added_up(line) == line.difference == line.after.exact - line.before.exact
            assert line.rest == 0 or not plain
        assert line.because or not line.score_changed
    back = comparison(second, first)
    assert {name: line.difference for name, line in lines(back).items()} == {
        name: None if line.difference is None else -line.difference for name, line in lines(found).items()
    }


@pytest.mark.parametrize("seed", [seed for seed in range(40) if random_document(seed)["scores"]])
def test_whose_place_moves_without_a_reason_of_its_own_was_passed_or_the_rules_differ(seed):
    document = random_document(seed)
    document["policy"] |= {"ranking": "1224", "chair": []}
    row = document["scores"][0]
    found = comparison(document, changed(document, ["scores"], [other for other in document["scores"] if other != row]))
    for line in found.moved:
        assert line.because or line.passed_by or line.passed
