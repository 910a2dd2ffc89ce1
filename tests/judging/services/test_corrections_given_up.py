"""A granted correction that is never submitted: given up by who holds the seat, closed by others once it was left."""

import json
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction

from judging.core.sealed_reason import seal
from judging.models import Reopening, ReopeningState, SaveReceipt, Seating, SheetState, SheetVersion
from judging.selectors.cells import Cell
from judging.selectors.open_points import OpenPoint
from judging.selectors.progress import progress_of
from judging.selectors.provisions import own_provisions
from judging.selectors.readiness import CONDITIONS
from judging.selectors.reopening import corrections_of
from judging.selectors.sheets import last_receipt
from judging.selectors.tabulations import latest_submitted
from judging.services import reopening as services
from judging.services import scores
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.reopenings import ask, decide, grant, make_reopening_world, sheet_of
from tests.factories.saves import save
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db

OTHER = {"komitmen": "60", "inovasi": "4"}
WHY = "nilai 90 seharusnya 80"


@pytest.fixture
def world():
    return make_reopening_world()


def give_up(world, one, actor="member", reason=WHY):
    return services.give_up_correction(reopening=one, reason=reason, actor=world[actor], at=AT)


def leave(world, *, substitute=True):
    """The member's last day was yesterday."""
    Seating.objects.filter(user=world["member"]).update(ends_on=date(2025, 6, 23))
    seat = world["seats"][0]
    if substitute:
        world["after"] = make_user(Role.PANEL_MEMBER, round=world["round"])
        Seating.objects.create(
            round=world["round"], seat=seat, user=world["after"], name="Pengganti", starts_on=date(2025, 6, 24)
        )
    else:
        seat.vacant_reason = "Mutasi (contoh)"
        seat.save()


def events(world):
    found = AuditEvent.objects.filter(chain=world["round"].scope).order_by("seq")
    return [(event.action, json.loads(event.payload)) for event in found]


def board(world):
    ((row,),) = [table.rows for table in progress_of(world["round"], AT).tables]
    return row.cells[0], row.points[0]


def test_the_sheet_is_submitted_again_as_it_was(world):
    one = grant(world)
    save(world, OTHER, 2, "koreksi")
    one = give_up(world, one)
    sheet = sheet_of(world)
    assert (sheet.state, sheet.revision, [each.number for each in sheet.versions.all()]) == ("submitted", 4, [1])
    assert (one.state, one.correction, one.ended_by, one.ended_at) == ("given_up", None, world["member"], AT)
    ((version,),) = latest_submitted().values()
    assert (version.number, json.loads(version.entries)["komitmen"]["value"]) == (1, "80")
    assert last_receipt(sheet).content_hash == version.content_hash
    _rows, receipts, _ruled = own_provisions(user=world["member"], round=world["round"], at=AT)
    assert receipts == {world["nomination"].pk: last_receipt(sheet)}
    assert CONDITIONS["no_open_drafts"](world["round"]) == []
    assert not corrections_of(world["round"]).exists()


def test_the_event_names_versions_and_seals_the_reason(world):
    one = give_up(world, grant(world))
    action, payload = events(world)[-1]
    assert action == "reopening.given_up"
    assert payload == {
        "seat": "unsur-1",
        "nomination": world["nomination"].number,
        "version": 1,
        "correction": 2,
        "content_hash": SheetVersion.objects.get().content_hash,
        "reason_hash": seal(WHY, one.reason_key),
    }


def test_what_was_sent_to_the_draft_finds_the_submitted_sheet(world):
    one = grant(world)
    first = save(world, OTHER, 2, "konsep")
    give_up(world, one)
    with pytest.raises(scores.SheetAlreadySubmitted):
        save(world, OTHER, 3, "terlambat", submit=True)
    assert save(world, OTHER, 2, "konsep").pk == first.pk  # a replay gets its answer and changes nothing
    assert (SheetVersion.objects.count(), SaveReceipt.objects.count()) == (1, 2)


def test_it_is_given_up_once_and_may_be_asked_for_again(world):
    one = grant(world)
    give_up(world, one)
    with pytest.raises(services.CorrectionNotOpen):
        give_up(world, one)
    again = grant(world)
    assert (again.correction.number, sheet_of(world).revision) == (2, 4)
    save(world, OTHER, 4, "koreksi", submit=True)
    assert [each.number for each in SheetVersion.objects.filter(state=SheetState.SUBMITTED)] == [1, 2]


def test_giving_up_needs_a_reason(world):
    one = grant(world)
    with pytest.raises(services.ReopeningReasonMissing):
        give_up(world, one, reason=" ")
    assert sheet_of(world).state == SheetState.DRAFT


def test_nothing_is_given_up_that_is_not_open(world):
    one = ask(world)
    with pytest.raises(services.CorrectionNotOpen):
        give_up(world, one)
    services.withdraw_reopening(reopening=one, actor=world["member"], at=AT)
    one = grant(world)
    save(world, OTHER, 2, "koreksi", submit=True)
    with pytest.raises(services.CorrectionNotOpen):
        give_up(world, one)


@pytest.mark.parametrize("actor", ["secretariat", "secretary", "chair"])
def test_others_close_no_correction_of_who_holds_the_seat(world, actor):
    one = grant(world)
    with pytest.raises(services.CorrectionNotLeftBehind):
        give_up(world, one, actor)
    assert sheet_of(world).state == SheetState.DRAFT


@pytest.mark.parametrize("actor", ["secretariat", "secretary", "chair", "after"])
def test_a_correction_left_to_a_substitute_is_closed(world, actor):
    one = grant(world)
    save(world, OTHER, 2, "koreksi")
    leave(world)
    assert board(world) == (Cell.DRAFT, OpenPoint.CORRECTION)
    assert [each.code for each in CONDITIONS["no_open_drafts"](world["round"])] == ["unmet_draft_open"]
    give_up(world, one, actor)
    assert board(world) == (Cell.SUBMITTED, None)
    assert CONDITIONS["no_open_drafts"](world["round"]) == []


def test_a_vacated_seat_stands_as_it_submitted(world):
    one = grant(world)
    leave(world, substitute=False)
    assert board(world) == (Cell.SUBMITTED, OpenPoint.CORRECTION)
    give_up(world, one, "chair")
    assert board(world) == (Cell.SUBMITTED, None)


def test_a_substitute_who_has_begun_to_correct_is_not_closed_by_others(world):
    one = grant(world)
    leave(world)
    save(world, OTHER, 2, "pengganti", actor="after")
    assert board(world) == (Cell.DRAFT, None)
    with pytest.raises(services.CorrectionNotLeftBehind):
        give_up(world, one, "secretariat")
    with pytest.raises(NotPermitted):
        give_up(world, one, "member")
    give_up(world, one, "after")


def test_an_open_correction_of_its_member_is_a_draft_on_the_board(world):
    grant(world)
    assert board(world) == (Cell.DRAFT, None)


def test_who_may_not_give_up(world):
    one = grant(world)
    leave(world)
    elsewhere = make_round(region_code="52", state=State.SCORING)
    world["organiser"] = make_user(Role.ORGANISER, round=world["round"])
    world["stranger"] = make_user(Role.CHAIR, Role.SECRETARIAT, Role.PANEL_MEMBER, round=elsewhere)
    for actor in ("other", "organiser", "stranger"):
        with pytest.raises(NotPermitted):
            give_up(world, one, actor)
    world["round"].state = State.PLENARY
    world["round"].save()
    for actor in ("after", "chair"):
        with pytest.raises(NotPermitted) as refusal:
            give_up(world, one, actor)
        assert refusal.value.facts == {"reason": "not_in_this_state"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE judging_reopening SET state = 'given_up', correction_id = NULL",
        "UPDATE judging_reopening SET state = 'given_up', correction_id = NULL, ended_by_id = asked_by_id",
        "UPDATE judging_reopening SET reason_key = 'lain'",
        "UPDATE judging_reopening SET state = 'asked'",
    ],
)
def test_the_database_asks_who_gave_up_and_why(world, statement):
    grant(world)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_keeps_what_was_given_up(world):
    one = give_up(world, grant(world))
    for change in ({"ended_reason": "lain"}, {"state": ReopeningState.GRANTED}, {"ended_by": world["chair"]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Reopening.objects.filter(pk=one.pk).update(**change)


def test_a_refused_reason_is_sealed_like_the_others(world):
    one = services.advise_reopening(reopening=ask(world), endorsed=True, actor=world["secretary"], at=AT)
    one = decide(world, one, granted=False, reason=WHY)
    told = json.dumps(events(world))
    assert (WHY in told, one.reason in told) == (False, False)
    assert events(world)[-1][1]["reason_hash"] == seal(WHY, one.reason_key)
