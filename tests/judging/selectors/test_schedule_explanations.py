"""Every requirement, offer, wish and status of the core has a sentence, with the names that people know."""

import json
import re
from dataclasses import replace

import pytest
from django.utils import translation

from judging.core.scheduling import relax, requirement
from judging.core.scheduling.problem import (
    Category,
    Day,
    Limits,
    Member,
    Nominee,
    Pin,
    Problem,
    RoleGroup,
    Room,
    Session,
    Span,
)
from judging.core.scheduling.wishes import WISHES
from judging.models import RunStatus, ScheduleRun
from judging.selectors.schedule_explanations import REQUIREMENTS, explanation_of, status_told, told_explanation
from judging.selectors.schedule_names import ScheduleNames
from judging.web.schedule_offers import WHERE
from paritrana.kernel.sentences import sentence

DAY = "2025-06-25"
PROBLEM = Problem(
    days=(Day(DAY, (Session("1", 480, 720),), DAY), Day("2025-06-26", (Session("1", 480, 720),), "2025-06-26")),
    categories=(Category("kode-kategori", 30, quorum=2, role_groups=("Pimpinan",)),),
    rooms=(Room("Aula", unavailable=(Span(DAY, 0, 1440),)),),
    members=(
        Member("unsur-1", frozenset({"unsur-1"}), unavailable=(Span(DAY, 480, 600),), recused=frozenset({"71"})),
        Member("unsur-2", frozenset({"unsur-2"})),
    ),
    nominees=(Nominee("71", "kode-kategori", windows=(Span(DAY, 540, 660),), persons=("orang-1",)),),
    role_groups=(RoleGroup("Pimpinan", frozenset({"unsur-1", "unsur-2"}), 2),),
    limits=Limits(120, 15, 300),
    pins=(Pin("71", DAY, 540, "Aula"),),
)
NAMES = ScheduleNames(
    zone="Asia/Makassar",
    nominees={"71": "Kabupaten Contoh"},
    seats={"unsur-1": "Unsur Pertama", "unsur-2": "Unsur Kedua"},
    categories={"kode-kategori": "Pemerintah Daerah"},
    persons={"orang-1": "Ibu Camat (contoh)"},
)
IDS = re.compile(r"unsur-\d|orang-\d|kode-kategori|\b71\b|\d{4}-\d\d|None|%\(")


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def told(problem=PROBLEM):
    rows = []
    for one in requirement.requirements(problem):
        offers = [offer.written() for offer in relax.offers(problem, one)]
        rows.append({**one.written(), "text": "of the document", "relax": offers})
    return told_explanation(problem, rows, NAMES)


def test_every_type_of_the_core_can_be_told():
    kinds = {one.type for one in requirement.requirements(PROBLEM)}
    assert kinds == set(REQUIREMENTS) == {*requirement._RULE_OF, "room_capacity"}
    texts = [sentence(one.code, one.facts) for one in told().requirements]
    assert [text for text in texts if IDS.search(text)] == []
    assert "Unsur Pertama cannot come: Rabu, 25 Juni 2025, pukul 08.00–10.00 WITA." in texts
    assert "Aula is closed: Rabu, 25 Juni 2025." in texts
    assert "The interview of Kabupaten Contoh stays where it is: Rabu, 25 Juni 2025, pukul 09.00 WITA, Aula." in texts


def test_every_offer_of_the_core_can_be_told_and_leads_somewhere():
    offers = told().offers
    assert {one.change for one in offers} == set(WHERE) - set(REQUIREMENTS)
    texts = [sentence(one.code, one.facts) for one in offers]
    assert [text for text in texts if IDS.search(text)] == []
    assert "Add a session: Rabu, 25 Juni 2025, pukul 12.00–16.00 WITA." in texts
    assert "Let Kabupaten Contoh come at any time of Kamis, 26 Juni 2025." in texts
    assert [one.number for one in offers] == list(range(1, len(offers) + 1))
    assert not any("recusal" in one.change for one in offers)


def test_the_last_seat_of_a_group_is_done_without():
    group = replace(PROBLEM.role_groups[0], min=1)
    codes = [one.code for one in told(replace(PROBLEM, role_groups=(group,))).offers]
    assert ("offer_role_dropped" in codes, "offer_role_lower" in codes) == (True, False)


def test_who_can_never_come_is_told_so():
    never = replace(PROBLEM.nominees[0], windows=(Span(DAY, 0, 1),))
    texts = [sentence(one.code, one.facts) for one in told(replace(PROBLEM, nominees=(never,))).requirements]
    assert "Kabupaten Contoh can come on none of the interview days." in texts


def test_every_wish_says_what_it_counts():
    for wish in WISHES:
        assert sentence(f"wish_{wish}", {"count": "+3"}).endswith(": +3")


@pytest.mark.parametrize(
    ("status", "total", "bound", "code"),
    [
        (RunStatus.INFEASIBLE, None, None, "schedule_infeasible"),
        (RunStatus.UNKNOWN, 7, None, "schedule_unknown"),
        (RunStatus.FEASIBLE, 7, None, "schedule_feasible"),
        (RunStatus.FEASIBLE, 7, 0, "schedule_feasible"),
        (RunStatus.FEASIBLE, 7, 7, "schedule_proved"),
        (RunStatus.FEASIBLE, 0, 0, "schedule_proved"),
        (RunStatus.FEASIBLE, 101, 100, "schedule_within"),
    ],
)
def test_what_is_known_of_a_schedule_is_told_honestly(status, total, bound, code):
    run = ScheduleRun(status=status, total=total, bound=bound, unplaced={"71": "room_taken"})
    found = status_told(run)
    assert found[0] == code
    assert not IDS.search(sentence(*found))
    if code == "schedule_within":
        assert found[1] == {"percent": "1%"}


def test_a_run_without_a_reason_tells_none_and_asks_nothing():
    found = explanation_of(ScheduleRun(explanation=json.dumps([])))
    assert (found.requirements, found.offers) == ((), ())
