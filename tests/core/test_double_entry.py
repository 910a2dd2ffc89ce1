"""Two readings of one paper: what differs, what both say, and nobody's turn told."""

from judging.core.double_entry import agreed, differing, in_order


def cell(value, **words):
    return {"state": "value", "value": value, **words}


NOT_APPLICABLE = {"state": "not_applicable", "reason": "belum ada"}


def test_only_marks_make_a_difference():
    first = {"a": cell("80", note="rapi, lengkap"), "b": cell("0"), "c": NOT_APPLICABLE, "d": cell("3")}
    second = {"a": cell("80.0", note="rapi lengkap"), "b": cell("1"), "c": cell("0"), "d": cell("3")}
    assert differing(first, second) == ("b", "c")


def test_zero_is_not_the_same_as_not_applicable():
    assert differing({"a": NOT_APPLICABLE}, {"a": cell("0")}) == ("a",)


def test_the_words_of_the_second_hold_and_those_of_the_first_fill_in():
    first = {"a": cell("80", note="rapi"), "b": cell("2", note="kurang"), "c": cell("1")}
    second = {"a": cell("80"), "b": cell("2", note="kurang data"), "c": cell("2")}
    assert agreed(first, second) == {"a": cell("80", note="rapi"), "b": cell("2", note="kurang data")}


def test_the_order_of_readings_is_that_of_their_marks():
    low, high = cell("9"), cell("10")
    assert in_order(low, high) == in_order(high, low) == [low, high]
