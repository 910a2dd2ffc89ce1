"""A problem put together from sheets is the one that the document gives."""

from fractions import Fraction

import pytest

from judging.core import package
from judging.core.policy import Policy
from judging.core.problem import assemble, digest
from judging.core.refusals import DuplicateId, NotApplicable, ScoreRange, ScoreStep, TieBreakCriterion, UnknownReference
from judging.core.scoresheet import Entry, State, parse
from judging.core.tabulation import tabulate

from .documents import changed, golden

VILLAGES = golden("five-villages")
READ = package.read(VILLAGES)


def sheets_of(document, problem):
    raw = {}
    for judge, nominee, leaf, mark in document["scores"]:
        raw.setdefault((judge, nominee), {})[leaf] = mark
    for judge, nominee, leaf, state in document["states"]:
        raw.setdefault((judge, nominee), {})[leaf] = {"state": state}
    return {key: parse(problem.rubric, cells).entries for key, cells in raw.items()}


def assembled(**changes):
    parts = {
        "rubric": READ.rubric,
        "judges": READ.judges,
        "nominees": READ.nominees,
        "policy": READ.policy,
        "sheets": sheets_of(VILLAGES, READ),
        "recusals": READ.recusals,
        "values": READ.values,
    }
    return assemble(**(parts | changes))


def test_sheets_and_document_give_the_same_digest_and_answer():
    assert digest(assembled()) == digest(READ)
    assert package.answer(tabulate(assembled()), trace=True) == package.answer(tabulate(READ), trace=True)


def sheet(state, value=None):
    return {"paparan": Entry(State(state), Fraction(value) if value else None, reason="x")}


def may_be_na():
    return package.read(changed(VILLAGES, ["tree", "children", 2, "children", 0, "may_be_na"], True)).rubric


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        (["not_applicable", "not_applicable"], True),
        (["not_applicable", "absent"], True),
        (["not_applicable", "value"], False),
        (["absent", "absent"], False),
    ],
)
def test_a_criterion_is_not_applicable_when_a_seat_says_so_and_none_gives_a_value(states, expected):
    names = zip(["ketua", "sekretaris"], states, strict=True)
    sheets = {(seat, "desa-elok"): sheet(state, "70" if state == "value" else None) for seat, state in names}
    problem = assembled(rubric=may_be_na(), sheets=sheets)
    assert (("desa-elok", "paparan") in problem.not_applicable) is expected


def test_a_recused_seat_does_not_decide_what_is_applicable():
    sheets = {("akademisi", "desa-damai"): sheet("not_applicable")}
    assert assembled(sheets=sheets).not_applicable == frozenset()


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"judges": ["ketua", "ketua"]}, DuplicateId),
        ({"nominees": ["desa-elok"]}, UnknownReference),
        ({"recusals": [("nobody", "desa-elok")]}, UnknownReference),
        ({"disqualified": ["nobody"]}, UnknownReference),
        ({"not_applicable": [("desa-elok", "paparan")]}, NotApplicable),
        ({"sheets": {("ketua", "desa-elok"): sheet("value", "101")}}, ScoreRange),
        ({"sheets": {("ketua", "desa-elok"): sheet("value", "70.2")}}, ScoreStep),
        ({"sheets": {("ketua", "desa-elok"): {"regulasi": Entry(State.VALUE, Fraction(1))}}}, UnknownReference),
        ({"values": {("desa-elok", "paparan"): Fraction(1)}}, UnknownReference),
        ({"values": {("desa-elok", "regulasi"): Fraction(11)}}, ScoreRange),
        ({"policy": Policy(tie_break=("criterion:nothing",))}, TieBreakCriterion),
    ],
)
def test_parts_that_do_not_belong_together_are_refused(changes, refusal):
    with pytest.raises(refusal):
        assembled(**changes)


def test_the_digest_changes_with_a_mark_a_rule_and_a_title_of_the_rubric():
    mark = changed(VILLAGES, ["scores", 0, 3], "81")
    rule = changed(VILLAGES, ["policy", "trim_min_n"], 4)
    title = changed(VILLAGES, ["tree", "title"], "Lain")
    digests = {digest(package.read(document)) for document in (VILLAGES, mark, rule, title)}
    assert len(digests) == 4


def test_the_digest_does_not_change_with_the_spelling_of_a_number():
    assert digest(package.read(changed(VILLAGES, ["scores", 0, 3], "80.0"))) == digest(READ)
