"""What is said about each titled place."""

from judging.core.diagnostics import diagnose

from .categories import SEATS, alike, category, one_criterion


def places_of(document):
    problem, result = category(document)
    return diagnose(problem, result, samples=500).firmness


def test_one_record_for_every_titled_place_that_is_held():
    rows = {"a": ["90", "90", "90"], "b": ["70", "70", "70"], "c": ["50", "50", "50"]}
    found = places_of(one_criterion(rows, labels=["Terbaik I", "Terbaik II"]))
    assert [(each.place, each.title, each.nominees) for each in found] == [
        (1, "Terbaik I", ("a",)),
        (2, "Terbaik II", ("b",)),
    ]
    assert len(places_of(one_criterion(rows, labels=["I", "II", "III", "IV"]))) == 3


def test_only_what_changes_the_holder_is_listed():
    found = places_of(one_criterion({"a": ["70", "70", "100"], "b": ["80", "80", "75"]}))
    assert [(effect.cause, effect.holders) for effect in found[0].seats] == [(SEATS[2], ("b",))]
    assert [(effect.cause, effect.holders) for effect in found[1].seats] == [(SEATS[2], ("a",))]
    assert [effect.cause for effect in found[0].methods] == ["median"]


def test_a_place_has_a_boundary_above_and_one_below():
    scores = {"a": (90, 50), "b": (60, 79), "c": (70, 60)}
    first, second, third = places_of(alike(scores, (50, 50)))
    assert (first.upper, third.lower) == (None, None)
    assert first.lower == second.upper
    assert second.lower == third.upper
    assert second.single.change == min(first.single.change, third.single.change)
    assert second.transfer.amount == min(first.transfer.amount, third.transfer.amount)


def test_probabilities_are_those_of_just_this_place():
    rows = {"a": ["90", "90"], "b": ["70", "70"], "c": ["50", "50"]}
    found = places_of(one_criterion(rows))
    assert [each.probability for each in found] == [1, 1, 1]
    assert [each.acceptability_official for each in found] == [1, 1, 1]


def test_a_tie_stands_on_each_place_it_covers():
    found = places_of(one_criterion({"a": ["80", "70"], "b": ["70", "80"], "c": ["50", "50"]}))
    assert [each.nominees for each in found] == [("a", "b"), ("a", "b"), ("c",)]
    assert [(each.tied, each.probability) for each in found] == [(True, None), (True, None), (False, 1)]
    assert found[0].single.change == 0
