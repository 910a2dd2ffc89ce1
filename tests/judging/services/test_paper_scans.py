"""Scans of paper sheets: attached as they came, opened by few and on the record, struck out and never replaced."""

import hashlib
import json

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from judging.models import PaperLook, PaperScan, Presence
from judging.permissions import can_open_scan
from judging.selectors.paper_entries import code_of, has_read_papers
from judging.selectors.paper_scans import ScanDamaged, scan_bytes, scan_in
from judging.services import paper_scans as services
from judging.services.paper_discards import PaperNeverTyped, discard_paper_sheet
from judging.services.paper_entries import MemberTypesNoPaper, PaperSheetUnknown
from judging.services.paper_looks import open_scan
from nominees.core.lifecycle import State
from nominees.models import Nomination, Status
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.papers import OTHER, make_paper_world, settle, type_in
from tests.factories.saves import save
from tests.factories.scans import jpeg, make_scan, pdf, png
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    world = make_paper_world()
    world["typed"] = type_in(world, "ani")
    return world


def attach(world, who="ani", content=b"", **changes):
    told = {"round": world["round"], "code": world["code"]} | changes
    return services.attach_scan(**told, content=content or pdf(), actor=world[who], at=AT)


def strike(world, scan, who="ani", reason="lembar lain"):
    return services.strike_scan(scan=scan, reason=reason, actor=world[who], at=AT)


def look(world, scan, who):
    return open_scan(scan=scan_in(world["round"], scan.pk), actor=world[who], at=AT)


def may_open(world, scan, *people):
    found = scan_in(world["round"], scan.pk)
    return {who for who in people if can_open_scan(world[who], found)}


def last_event():
    event = AuditEvent.objects.order_by("seq").last()
    return event.action, json.loads(event.payload)


def stored():
    folders, _files = default_storage.listdir("paper-scans")
    return sum(len(default_storage.listdir(f"paper-scans/{folder}")[1]) for folder in folders)


@pytest.mark.parametrize(("content", "kind"), [(pdf(), "pdf"), (jpeg(), "jpeg"), (png(), "png")])
def test_a_scan_is_stored_as_it_came_with_its_hash(world, content, kind):
    scan = attach(world, "budi", content)
    digest = hashlib.sha256(content).hexdigest()
    assert (scan.sheet, scan.kind, scan.size, scan.sha256) == (world["typed"], kind, len(content), digest)
    assert (scan.added_by, scan.added_at, scan.struck_at) == (world["budi"], AT, None)
    assert scan_bytes(PaperScan.objects.get()) == content
    action, payload = last_event()
    assert (action, payload["sha256"], payload["size"]) == ("paper_scan.added", digest, len(content))


def test_several_scans_stand_beside_each_other_but_none_twice(world):
    first = attach(world)
    attach(world, content=png())
    with pytest.raises(services.ScanAttachedAlready):
        attach(world, "budi")
    strike(world, first)
    attach(world)
    assert PaperScan.objects.count() == 3


def test_one_file_never_stands_at_two_papers(world):
    attach(world)
    other = code_of(world["round"], world["seats"][1], world["nomination"])
    type_in(world, "ani", code=other)
    with pytest.raises(services.ScanOfAnotherSheet) as refused:
        attach(world, code=other)
    assert refused.value.facts["seat"] == "Unsur 1"
    discard_paper_sheet(round=world["round"], code=world["code"], reason="tertukar", actor=world["ani"], at=AT)
    assert attach(world, code=other).sheet.seat == world["seats"][1]


def test_what_is_no_scan_is_refused_and_nothing_stays_of_it(world):
    attach(world)
    before = stored()
    for content, why in ((b"halo", "scan_kind_unknown"), (pdf()[:-9], "scan_damaged")):
        with pytest.raises(services.ScanNotTaken) as refused:
            attach(world, content=content)
        assert refused.value.facts == {"why": why}
    with pytest.raises(services.ScanAttachedAlready):
        attach(world)
    assert (stored(), PaperScan.objects.count()) == (before, 1)


def test_a_scan_belongs_to_a_paper_that_was_typed_in(world):
    untyped = {"code": world["code"].__class__("2024/53", "unsur-2", world["code"].number, world["code"].rubric)}
    with pytest.raises(PaperNeverTyped):
        attach(world, **untyped)
    with pytest.raises(PaperSheetUnknown):
        attach(world, code=world["code"].__class__("2024/81", "unsur-1", world["code"].number, world["code"].rubric))
    assert not PaperScan.objects.exists()


def test_only_the_secretariat_without_a_seat_attaches_and_strikes(world):
    scan = attach(world)
    world["both"] = make_user(Role.SECRETARIAT, Role.PANEL_MEMBER, round=world["round"])
    make.make_seat(world["round"], 3, user=world["both"])
    world["chair"] = make_user(Role.CHAIR, Role.ORGANISER, Role.AUDITOR, round=world["round"])
    world["far"] = make_user(Role.SECRETARIAT, round=make_round(region_code="81", state=State.SCORING))
    for who, refusal in (("both", MemberTypesNoPaper), *((w, NotPermitted) for w in ("member", "chair", "far"))):
        with pytest.raises(refusal):
            attach(world, who, png())
        with pytest.raises(refusal):
            strike(world, scan, who)
    assert PaperScan.objects.filter(struck_at=None).count() == 1


def test_a_wrong_scan_is_struck_out_with_a_reason_once_and_stays(world):
    scan = attach(world)
    with pytest.raises(services.ScanStruckReasonMissing):
        strike(world, scan, reason="  ")
    struck = strike(world, scan, "citra")
    assert (struck.struck_by, struck.struck_at, struck.struck_reason) == (world["citra"], AT, "lembar lain")
    assert last_event() == (
        "paper_scan.struck",
        {"seat": "unsur-1", "nomination": world["code"].number, "sha256": scan.sha256, "reason": "lembar lain"},
    )
    with pytest.raises(services.ScanStruckAlready):
        strike(world, scan)
    assert scan_bytes(PaperScan.objects.get()) == pdf()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE judging_paperscan SET sha256 = 'x'",
        "UPDATE judging_paperscan SET file = 'x'",
        "DELETE FROM judging_paperscan",
        "UPDATE judging_paperlook SET at_scan = (1 = 0)",
        "DELETE FROM judging_paperlook",
    ],
)
def test_the_database_keeps_scans_and_looks(world, statement):
    look(world, attach(world), "ani")
    with pytest.raises(IntegrityError, match="not allowed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


PEOPLE = ("ani", "budi", "citra", "member", "other", "chair", "auditor")


@pytest.fixture
def people(world):
    world["other"] = make.holder(world["seats"][1])
    world["chair"] = make_user(Role.CHAIR, round=world["round"])
    world["auditor"] = make_user(Role.AUDITOR, round=world["round"])
    return world


def test_while_sheets_are_open_a_scan_opens_for_who_may_see_its_marks_at_that_moment(people):
    scan = attach(people, "citra")
    assert may_open(people, scan, *PEOPLE) == {"ani", "member"}
    type_in(people, "budi", OTHER)
    assert may_open(people, scan, *PEOPLE) == {"ani", "budi", "citra", "member"}
    settle(people)
    assert may_open(people, scan, *PEOPLE) == {"member"}


def test_what_was_overtaken_opens_for_no_third_person_and_what_was_discarded_for_nobody(people):
    scan = attach(people)
    type_in(people, "budi", OTHER)
    save(people, {"komitmen": "60", "inovasi": "2"}, submit=True)
    assert may_open(people, scan, *PEOPLE) == {"ani", "budi", "member"}
    discard_paper_sheet(round=people["round"], code=people["code"], reason="sudah daring", actor=people["ani"], at=AT)
    assert may_open(people, scan, *PEOPLE) == set()  # it may be another member's paper, typed in at the wrong seat


def test_once_scores_are_open_it_opens_for_who_sees_them_even_struck_out(people):
    scan, struck = attach(people), attach(people, content=png())
    strike(people, struck)
    assert may_open(people, struck, *PEOPLE) == set()
    people["round"].state = State.PLENARY
    people["round"].save()
    assert may_open(people, scan, *PEOPLE) == {*PEOPLE} - {"auditor"} == may_open(people, struck, *PEOPLE)
    people["round"].state = State.DECIDED
    people["round"].save()
    assert may_open(people, scan, *PEOPLE) == {*PEOPLE}
    look(people, scan, "other")
    assert not PaperLook.objects.exists()
    Nomination.objects.update(is_calibration=True, status=Status.OUTSIDE, status_reason="kalibrasi")
    assert may_open(people, scan, *PEOPLE) == {"member"}


def test_nobody_of_the_secretariat_with_a_seat_opens_anothers_scan(people):
    scan = attach(people)
    make.make_seat(people["round"], 3, user=people["ani"])
    assert may_open(people, scan, "ani") == set()


def test_each_opening_is_an_event_and_whoever_opened_takes_no_seat(people):
    scan = attach(people, "ani")
    type_in(people, "budi", OTHER)
    assert not has_read_papers(people["citra"], people["round"])
    for _ in range(2):
        assert look(people, scan, "citra") == pdf()
        assert last_event()[0] == "paper_scan.opened"
    assert AuditEvent.objects.filter(action="paper_scan.opened").count() == 2
    assert PaperLook.objects.get().user == people["citra"]
    assert has_read_papers(people["citra"], people["round"])
    assert look(people, scan, "member") == pdf()
    assert not has_read_papers(people["member"], people["round"])
    before = AuditEvent.objects.count()
    with pytest.raises(NotPermitted):
        look(people, scan, "other")
    assert AuditEvent.objects.count() == before


def test_whoever_attached_a_scan_has_read_the_paper(people):
    attach(people, "citra")
    assert has_read_papers(people["citra"], people["round"])


def test_a_scan_that_was_lost_or_altered_is_not_handed_out(people):
    scan = make_scan(people["typed"], people["ani"])
    PaperScan.objects.bulk_create([PaperScan(**_columns(scan) | {"sha256": "0" * 64})])
    for broken in (PaperScan.objects.get(sha256="0" * 64), scan):
        if broken == scan:
            default_storage.delete(scan.file.name)
        with pytest.raises(ScanDamaged):
            look(people, broken, "ani")
    assert not AuditEvent.objects.filter(action="paper_scan.opened").exists()


def _columns(scan):
    names = ("sheet", "kind", "size", "added_by", "added_at")
    return {name: getattr(scan, name) for name in names} | {"file": scan.file.name}


def test_an_absent_seats_paper_opens_for_its_typist_alone(people):
    scan = attach(people)
    type_in(people, "budi", OTHER)
    interview = make.make_interview(people["nomination"], people["seats"])
    interview.attendances.update(presence=Presence.ABSENT)
    assert may_open(people, scan, "ani", "citra") == {"ani"}
