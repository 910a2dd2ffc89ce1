"""Papers that shall not count, papers that something overtook, looks at readings, and who wrote a paper."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from judging.models import Interview, PaperEntry, PaperLook, Seating, SheetVersion, TypedSheet
from judging.selectors.paper_entries import (
    Progress,
    has_read_papers,
    open_papers,
    paper_place,
    papers_waiting_for,
    progress_of,
    typed_sheets,
)
from judging.selectors.readiness import papers_settled
from judging.selectors.sheets import member_list
from judging.services import paper_entries as entries
from judging.services.paper_discards import DiscardReasonMissing, PaperNeverTyped, discard_paper_sheet
from judging.services.paper_looks import compare_readings
from judging.services.scores import SheetAlreadySubmitted
from nominees.core.lifecycle import State
from nominees.models import Nomination, Status
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.papers import OTHER, make_paper_world, settle, type_in
from tests.factories.saves import save
from tests.factories.world import AT, make_category, make_user

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(days=3)


@pytest.fixture
def world():
    return make_paper_world()


def discard(world, who="ani", reason="salah kertas", **changes):
    told = {"round": world["round"], "code": world["code"], "at": AT} | changes
    return discard_paper_sheet(**told, reason=reason, actor=world[who])


def compare(world, who="citra", at=AT):
    return compare_readings(place=paper_place(world["round"], world["code"], at), actor=world[who], at=at)


def progress(world, who="ani"):
    return [progress_of(one, world[who]) for one in typed_sheets(world["round"])]


def events(action):
    return [json.loads(one.payload) for one in AuditEvent.objects.filter(action=action)]


def test_discarding_keeps_the_marks_as_evidence_and_the_paper_may_be_typed_in_anew(world):
    type_in(world, "ani", OTHER)
    typed = discard(world, "citra")
    assert (typed.discarded_by, typed.discarded_at, typed.discard_reason) == (world["citra"], AT, "salah kertas")
    assert PaperEntry.objects.get().final_at == AT
    assert events("paper_sheet.discarded") == [
        {"seat": "unsur-1", "nomination": world["code"].number, "reason": "salah kertas", "entries": 1}
    ]
    with pytest.raises(entries.NoOwnPaperEntry):
        type_in(world, "ani", correct=True)
    type_in(world, "ani")
    type_in(world, "budi")
    assert SheetVersion.objects.get().state == "submitted"
    assert progress(world) == [Progress.DISCARDED, Progress.SUBMITTED]


def test_what_differs_may_be_discarded_by_one_of_its_typists(world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    discard(world)
    with pytest.raises(entries.PaperNotComplete):
        settle(world)
    assert papers_waiting_for(world["member"], world["round"]) == []


def test_what_is_refused_is_not_discarded(world):
    with pytest.raises(PaperNeverTyped):
        discard(world)
    type_in(world, "ani")
    with pytest.raises(DiscardReasonMissing):
        discard(world, reason=" ")
    world["both"] = make_user(Role.SECRETARIAT, Role.PANEL_MEMBER, round=world["round"])
    make.make_seat(world["round"], 3, user=world["both"])
    with pytest.raises(entries.MemberTypesNoPaper):
        discard(world, "both")
    world["chair"] = make_user(Role.CHAIR, Role.ORGANISER, round=world["round"])
    for who in ("member", "chair"):
        with pytest.raises(NotPermitted):
            discard(world, who)
    type_in(world, "budi")
    with pytest.raises(entries.PaperSubmittedAlready):
        discard(world)
    assert not TypedSheet.objects.exclude(discarded_at=None).exists()


def test_the_database_keeps_what_was_discarded(world):
    type_in(world, "ani")
    discard(world)
    for statement in (
        "UPDATE judging_typedsheet SET discard_reason = 'x'",
        "UPDATE judging_typedsheet SET discarded_at = NULL",
        "UPDATE judging_paperentry SET entries = '{}'",
    ):
        with pytest.raises(IntegrityError, match="not allowed"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_a_paper_holds_the_plenary_up_until_it_is_submitted_or_discarded(world):
    type_in(world, "ani")
    (one,) = papers_settled(world["round"])
    assert (one.code, one.page, one.facts["seat"]) == ("unmet_paper_open", "judging:paper_entries", "Unsur 1")
    type_in(world, "budi", OTHER)
    assert len(papers_settled(world["round"])) == 1
    settle(world)
    assert papers_settled(world["round"]) == []


def test_a_discarded_paper_and_one_that_would_not_count_hold_nothing_up(world):
    type_in(world, "ani")
    with transaction.atomic():
        discard(world)
        assert not open_papers(world["round"]).exists()
        transaction.set_rollback(True)
    for changes in (
        {"status": Status.WITHDRAWN, "status_reason": "mundur"},
        {"status": Status.OUTSIDE, "status_reason": "kalibrasi", "is_calibration": True},
    ):
        assert open_papers(world["round"]).exists()
        with transaction.atomic():
            Nomination.objects.update(**changes)
            assert not open_papers(world["round"]).exists()
            transaction.set_rollback(True)


def test_a_paper_is_overtaken_by_a_sheet_online_a_recusal_or_another_rubric(world):
    type_in(world, "ani")
    assert progress(world) == [Progress.OWN_FIRST]
    other = make.make_rubric(make_category(world["round"], code="lain"))
    for overtake in (
        lambda: save(world, {"komitmen": "60", "inovasi": "2"}, submit=True),
        lambda: make.make_recusal(world["seats"][0], world["nomination"]),
        lambda: (
            world["nomination"]
            .category.rubric.__class__.objects.filter(category=world["nomination"].category)
            .update(version=other)
        ),
    ):
        with transaction.atomic():
            overtake()
            assert progress(world) == [Progress.OVERTAKEN]
            assert len(papers_settled(world["round"])) == 1
            discard(world)
            assert papers_settled(world["round"]) == []
            transaction.set_rollback(True)


def test_comparing_two_readings_is_one_event_for_each_person_and_paper(world):
    type_in(world, "ani")
    with pytest.raises(entries.PaperNotComplete):
        compare(world)
    typed = type_in(world, "budi", OTHER)
    for who in ("citra", "citra", "member", "citra"):
        assert compare(world, who) == typed
    facts = {"seat": "unsur-1", "nomination": world["code"].number}
    assert events("paper_sheet.compared") == [facts, facts]
    assert has_read_papers(world["citra"], world["round"])
    assert not has_read_papers(world["member"], world["round"])
    for who in ("ani", "budi"):
        with pytest.raises(entries.PaperTypedByYou):
            compare(world, who)
    discard(world)
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    compare(world)
    assert (len(events("paper_sheet.compared")), PaperLook.objects.count()) == (3, 3)


def test_readings_that_cannot_be_settled_are_not_shown(world):
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    save(world, {"komitmen": "60", "inovasi": "2"}, submit=True)
    with pytest.raises(SheetAlreadySubmitted):
        compare(world)
    assert not PaperLook.objects.exists()


@pytest.fixture
def moved(world):
    """The member's paper differs; then a substitute takes the seat, and the interview moves to the later days."""
    make.make_interview(world["nomination"], world["seats"])
    type_in(world, "ani")
    type_in(world, "budi", OTHER)
    Seating.objects.filter(seat=world["seats"][0]).update(ends_on=AT.date())
    world["heir"] = make_user(Role.PANEL_MEMBER, round=world["round"])
    Seating.objects.create(
        round=world["round"],
        seat=world["seats"][0],
        user=world["heir"],
        name="Pengganti (contoh)",
        starts_on=AT.date() + timedelta(days=1),
    )
    for interview in Interview.objects.all():
        interview.starts_at, interview.ends_at = LATER, LATER + timedelta(minutes=30)
        interview.save()
    return world


def test_a_successor_reads_nothing_of_the_predecessors_paper(moved):
    place = paper_place(moved["round"], moved["code"], LATER)
    assert place.seating.user == moved["heir"]
    assert place.writer.user == moved["member"]
    assert not place.is_written_by(moved["heir"])
    assert papers_waiting_for(moved["heir"], moved["round"]) == []
    for act in (lambda: compare(moved, "heir", LATER), lambda: settle(moved, "heir")):
        with pytest.raises(NotPermitted):
            act()
    assert not PaperLook.objects.exists()


def test_the_predecessors_paper_is_never_submitted_for_the_successor(moved):
    for act in (lambda: compare(moved, "citra", LATER), lambda: settle(moved, "citra")):
        with pytest.raises(entries.PaperHolderChanged):
            act()
    assert not SheetVersion.objects.exists()
    discard(moved, at=LATER)
    type_in(moved, "ani")
    type_in(moved, "budi")
    assert SheetVersion.objects.get().seating.user == moved["heir"]


def test_what_was_typed_from_paper_is_among_the_own_sheets_of_who_wrote_it_and_of_nobody_else(world):
    type_in(world, "ani")
    type_in(world, "budi")
    _seating, rows = member_list(user=world["member"], round=world["round"], at=AT)
    assert [row.cells["komitmen"]["value"] for row in rows] == ["73.25"]
    Seating.objects.filter(seat=world["seats"][0]).update(ends_on=AT.date())
    heir = make_user(Role.PANEL_MEMBER, round=world["round"])
    Seating.objects.create(
        round=world["round"], seat=world["seats"][0], user=heir, name="Pengganti (contoh)", starts_on=LATER.date()
    )
    _seating, rows = member_list(user=heir, round=world["round"], at=LATER)
    assert [row.cells for row in rows] == [{}]


def test_after_scoring_nothing_is_discarded(world):
    type_in(world, "ani")
    world["round"].state = State.PLENARY
    world["round"].save()
    with pytest.raises(NotPermitted):
        discard(world)
