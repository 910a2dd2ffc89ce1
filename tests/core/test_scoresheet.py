from fractions import Fraction

import pytest

from judging.core import rubric
from judging.core.scoresheet import (
    Entry,
    State,
    check,
    from_plain,
    parse,
    running_total,
    to_plain,
    unexplained,
)

RUBRIC = rubric.from_document(
    {
        "id": "total",
        "children": [
            {"id": "admin", "weight": "20", "kind": "fixed", "max": "10"},
            {
                "id": "interview",
                "weight": "80",
                "children": [
                    {"id": "talk", "weight": "50", "step": "0.5"},
                    {"id": "answers", "weight": "30", "min": "1", "max": "5", "step": "1", "normalise": "range"},
                    {"id": "video", "weight": "20", "may_be_na": True},
                ],
            },
        ],
    }
)
FULL = {"talk": "82,5", "answers": "3", "video": {"state": "value", "value": "0", "note": "kosong"}}


def codes(raw):
    return [(issue.criterion, issue.code) for issue in parse(RUBRIC, raw).issues]


def test_a_full_sheet_reads_without_issues():
    reading = parse(RUBRIC, FULL)
    assert reading.is_valid
    assert reading.entries == {
        "talk": Entry(State.VALUE, Fraction(165, 2)),
        "answers": Entry(State.VALUE, Fraction(3)),
        "video": Entry(State.VALUE, Fraction(0), note="kosong"),
    }


@pytest.mark.parametrize(
    "blank", [{}, {"talk": ""}, {"talk": None}, {"talk": {"value": ""}}, {"talk": {"state": "not_entered"}}]
)
def test_blank_is_not_entered_and_never_zero(blank):
    assert parse(RUBRIC, blank).entries["talk"] == Entry(State.NOT_ENTERED)


@pytest.mark.parametrize("state", ["absent", "recused", "not_applicable", "withdrawn"])
def test_each_named_absence_is_kept_apart(state):
    entry = parse(RUBRIC, {"video": {"state": state, "reason": "alasan"}}).entries["video"]
    assert entry == Entry(State(state), reason="alasan")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("100.5", "score_range"),
        ("-1", "score_range"),
        ("80.3", "score_step"),
        ("delapan", "malformed"),
        (80.5, "float_input"),
        ({"state": "value"}, "value_missing"),
        ({"state": "absent", "value": "0"}, "value_unexpected"),
        ({"state": "not_applicable", "reason": "tidak ada"}, "not_applicable"),
        ({"state": "withdrawn", "reason": "  "}, "reason_required"),
        ({"state": "forgotten"}, "malformed"),
        ({"state": "value", "value": "1", "note": 3}, "malformed"),
    ],
)
def test_a_bad_cell_names_its_criterion_and_code(cell, code):
    assert codes({"talk": cell}) == [("talk", code)]


def test_not_applicable_needs_a_reason_where_the_rubric_allows_it():
    assert codes({"video": {"state": "not_applicable"}}) == [("video", "reason_required")]


def test_all_issues_are_collected():
    raw = {"talk": "101", "answers": "2.5", "admin": "5", "nowhere": "1", "video": {"state": "withdrawn"}}
    assert codes(raw) == [
        ("admin", "not_panel"),
        ("nowhere", "unknown_reference"),
        ("talk", "score_range"),
        ("answers", "score_step"),
        ("video", "reason_required"),
    ]


def test_a_bad_cell_reads_as_not_entered():
    assert parse(RUBRIC, {"talk": "101"}).entries["talk"].state is State.NOT_ENTERED


def test_facts_tell_the_bounds():
    (issue,) = parse(RUBRIC, {"answers": "6"}).issues
    assert issue.facts == {"value": "6", "min": "1", "max": "5", "step": "1"}


def test_an_entry_cannot_be_a_value_without_a_number_or_the_reverse():
    with pytest.raises(ValueError, match="exactly when"):
        Entry(State.VALUE)
    with pytest.raises(ValueError, match="exactly when"):
        Entry(State.ABSENT, Fraction(0))


def test_plain_json_keeps_zero_and_missing_apart():
    entries = parse(RUBRIC, FULL | {"answers": ""}).entries
    plain = to_plain(entries)
    assert plain == {
        "talk": {"state": "value", "value": "82.5"},
        "answers": {"state": "not_entered"},
        "video": {"state": "value", "value": "0", "note": "kosong"},
    }
    assert from_plain(plain) == entries
    assert check(RUBRIC, entries) == ()


def test_running_total_counts_what_is_there():
    total = running_total(RUBRIC, parse(RUBRIC, {"talk": "80", "answers": "3"}).entries)
    # 80 * 40 / 100 + 50 * 24 / 100 of the 80 points that the panel gives
    assert (total.total, total.possible, total.average) == (44, 80, Fraction(4400, 64))
    assert (total.answered, total.expected, total.missing, total.is_complete) == (2, 3, ("video",), False)


def test_running_total_shares_out_what_is_not_applicable():
    entries = parse(RUBRIC, {"talk": "80", "answers": "3", "video": {"state": "not_applicable", "reason": "x"}}).entries
    total = running_total(RUBRIC, entries)
    assert (total.total, total.possible, total.is_complete) == (
        80 * Fraction(50, 100) + 50 * Fraction(30, 100),
        80,
        True,
    )


def test_running_total_of_an_empty_sheet_has_no_average():
    total = running_total(RUBRIC, {})
    assert (total.total, total.average, total.answered) == (0, None, 0)


def test_a_named_absence_answers_a_criterion_but_is_no_zero():
    entries = parse(RUBRIC, {"talk": "80", "answers": {"state": "absent"}, "video": "80"}).entries
    total = running_total(RUBRIC, entries)
    assert (total.is_complete, total.average) == (True, 80)


SOFT = rubric.from_document(
    {
        "id": "total",
        "children": [
            {"id": "talk", "weight": "60", "soft_bounds": ["60", "95"], "may_be_na": True},
            {"id": "answers", "weight": "40"},
        ],
    }
)


@pytest.mark.parametrize(
    ("cell", "is_told"),
    [
        ("59.5", False),
        ("95.01", False),
        ("0", False),
        ("60", True),
        ("95", True),
        ("", True),
        ({"value": "40", "note": "sebab"}, True),
        ({"value": "40", "note": " \n"}, False),
        ({"state": "not_applicable", "reason": "x"}, True),
    ],
)
def test_a_mark_outside_soft_bounds_wants_a_note(cell, is_told):
    issues = unexplained(SOFT, parse(SOFT, {"talk": cell, "answers": "3"}).entries)
    assert [(issue.criterion, issue.code) for issue in issues] == ([] if is_told else [("talk", "note_required")])


def test_soft_bounds_never_make_a_mark_invalid():
    assert parse(SOFT, {"talk": "3"}).is_valid
