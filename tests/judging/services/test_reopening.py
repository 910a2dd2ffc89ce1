"""Reopening a submitted sheet: three people, a new version, and nothing that was submitted ever changes."""

import json

import pytest
from django.db import IntegrityError, connection, transaction

from judging.core.sealed_reason import seal
from judging.models import Presence, Reopening, ReopeningState, SaveReceipt, Seating, SheetState, SheetVersion
from judging.selectors.readiness import CONDITIONS
from judging.selectors.tabulations import latest_submitted
from judging.services import interview_day, scores
from judging.services import reopening as services
from nominees.core.lifecycle import State
from nominees.models import Status
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.reopenings import (
    REASON,
    WHOLE,
    advise,
    ask,
    decide,
    grant,
    make_reopening_world,
    sheet_of,
)
from tests.factories.saves import save
from tests.factories.sheets import make_interview, make_recusal, make_seat
from tests.factories.world import AT, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db

OTHER = {"komitmen": "60", "inovasi": "4"}


@pytest.fixture
def world():
    return make_reopening_world()


def events(world):
    found = AuditEvent.objects.filter(chain=world["round"].scope).order_by("seq")
    return [(event.action, json.loads(event.payload)) for event in found]


def actions(world):
    return [action for action, _payload in events(world)]


def marks(version):
    return {name: cell["value"] for name, cell in json.loads(version.entries).items()}


def unmet(world, code):
    return [one.code for one in CONDITIONS[code](world["round"])]


def test_three_people_open_the_sheet_as_its_next_version(world):
    one = ask(world)
    assert (one.state, one.version.number, one.asked_by) == (ReopeningState.ASKED, 1, world["member"])
    assert advise(world, one).state == ReopeningState.ENDORSED
    one = decide(world, one)
    sheet = sheet_of(world)
    assert (one.state, one.correction.number, sheet.state, sheet.revision) == ("granted", 2, SheetState.DRAFT, 2)
    first, second = sheet.versions.order_by("number")
    assert marks(first) == marks(second) == WHOLE
    assert (first.state, second.state, second.reason) == (SheetState.SUBMITTED, SheetState.DRAFT, REASON)
    assert actions(world)[1:] == ["reopening.asked", "reopening.endorsed", "reopening.granted"]


def test_events_tell_of_the_versions_and_never_of_a_mark(world):
    grant(world)
    save(world, OTHER, 2, "koreksi", submit=True)
    found = dict(events(world))
    seat = {"seat": "unsur-1", "nomination": world["nomination"].number}
    reason_hash = seal(REASON, Reopening.objects.get().reason_key)
    assert found["reopening.asked"] == seat | {"version": 1, "reason_hash": reason_hash}
    assert found["reopening.endorsed"] == seat | {"version": 1}
    first, second = SheetVersion.objects.order_by("number")
    assert found["reopening.granted"] == seat | {"version": 1, "correction": 2, "content_hash": first.content_hash}
    assert found["sheet.corrected"] == seat | {
        "revision": 3,
        "version": 2,
        "content_hash": second.content_hash,
        "replaces": {"version": 1, "content_hash": first.content_hash},
        "reason_hash": reason_hash,
    }
    assert first.content_hash != second.content_hash


def test_what_was_submitted_counts_until_the_correction_is_submitted(world):
    nomination = world["nomination"].pk
    grant(world)
    save(world, OTHER, 2, "konsep")
    assert [marks(row) for row in latest_submitted()[nomination]] == [WHOLE]
    assert unmet(world, "no_open_drafts") == ["unmet_draft_open"]
    save(world, None, 3, "kirim", submit=True)
    assert [(row.number, marks(row)) for row in latest_submitted()[nomination]] == [(2, OTHER)]
    assert unmet(world, "no_open_drafts") == []
    assert marks(SheetVersion.objects.get(number=1)) == WHOLE


def test_old_keys_get_their_first_answer_and_never_touch_the_new_version(world):
    first = SaveReceipt.objects.get()
    grant(world)
    again = save(world, WHOLE, submit=True)
    assert (again.pk, again.revision, again.submitted) == (first.pk, 1, True)
    with pytest.raises(scores.SheetChangedMeanwhile):
        save(world, OTHER, submit=True)
    assert (sheet_of(world).revision, sheet_of(world).state) == (2, SheetState.DRAFT)
    assert marks(SheetVersion.objects.get(number=2)) == WHOLE
    assert SaveReceipt.objects.count() == 1


def test_a_page_from_before_the_reopening_is_out_of_date(world):
    grant(world)
    with pytest.raises(scores.SheetChangedMeanwhile) as refusal:
        save(world, OTHER, 1, "halaman-lama", submit=True)
    assert refusal.value.facts["revision"] == 2
    assert marks(SheetVersion.objects.get(number=2)) == WHOLE


def test_a_second_correction_is_version_three(world):
    grant(world)
    save(world, OTHER, 2, "dua", submit=True)
    one = grant(world)
    assert (one.version.number, one.correction.number) == (2, 3)
    save(world, WHOLE, 4, "tiga", submit=True)
    assert [version.number for version in SheetVersion.objects.filter(state=SheetState.SUBMITTED)] == [1, 2, 3]


@pytest.mark.parametrize("prepare", ["draft", "nothing"])
def test_only_a_submitted_sheet_is_reopened(world, prepare):
    world["elsewhere"] = make_nomination(world["nomination"].category, region_code="53.02")
    if prepare == "draft":
        save(world, {"komitmen": "1"}, nomination="elsewhere", key="konsep")
    with pytest.raises(services.SheetNotSubmitted):
        ask(world | {"nomination": world["elsewhere"]})
    assert not Reopening.objects.exists()


def test_asking_needs_a_reason_and_is_done_once(world):
    with pytest.raises(services.ReopeningReasonMissing):
        ask(world, reason="  ")
    ask(world)
    with pytest.raises(services.ReopeningStands):
        ask(world)
    assert actions(world).count("reopening.asked") == 1


def test_a_member_asks_for_the_own_sheet_alone(world):
    with pytest.raises(services.SheetNotSubmitted):
        ask(world, "other")
    world["outsider"] = make_user(Role.ORGANISER, round=world["round"])
    for actor in ("secretariat", "outsider"):
        with pytest.raises(NotPermitted):
            ask(world, actor)
    world["stranger"] = make_user(Role.PANEL_MEMBER, round=make_round(region_code="52", state=State.SCORING))
    with pytest.raises(scores.SheetNotFound):
        ask(world, "stranger")
    assert not Reopening.objects.exists()


def test_whoever_took_over_the_seat_does_not_correct_what_another_submitted(world):
    world["substitute"] = _replace(world)
    with pytest.raises(services.NotOwnSubmission):
        ask(world, "substitute")


def _replace(world):
    after = make_user(Role.PANEL_MEMBER, round=world["round"])
    Seating.objects.filter(user=world["member"]).update(ends_on="2025-06-23")
    seat = world["seats"][0]
    Seating.objects.create(round=world["round"], seat=seat, user=after, name="Pengganti", starts_on="2025-06-24")
    return after


def test_nothing_is_asked_or_answered_once_the_sheets_are_closed(world):
    one = ask(world)
    endorsed = advise(world, one)
    world["round"].state = State.PLENARY
    world["round"].save()
    for act in (
        lambda: ask(world),
        lambda: advise(world, one, "secretariat"),
        lambda: decide(world, endorsed),
        lambda: services.withdraw_reopening(reopening=one, actor=world["member"], at=AT),
    ):
        with pytest.raises(NotPermitted) as refusal:
            act()
        assert refusal.value.facts == {"reason": "not_in_this_state"}


def test_a_closed_sheet_is_not_reopened(world):
    world["round"].sheets.update(closed_at=AT)
    with pytest.raises(scores.SheetClosed):
        ask(world)


def test_a_waiting_request_keeps_the_sheets_open(world):
    assert unmet(world, "reopenings_settled") == []
    one = ask(world)
    assert unmet(world, "reopenings_settled") == ["unmet_reopening_waiting"]
    advise(world, one)
    assert unmet(world, "reopenings_settled") == ["unmet_reopening_waiting"]
    decide(world, one, granted=False, reason="Tidak perlu")
    assert unmet(world, "reopenings_settled") == []


@pytest.mark.parametrize("actor", ["secretary", "secretariat"])
def test_secretary_or_secretariat_declines_with_a_reason(world, actor):
    one = ask(world)
    with pytest.raises(services.ReopeningReasonMissing):
        advise(world, one, actor, endorsed=False)
    one = advise(world, one, actor, endorsed=False, reason="Sudah benar")
    assert (one.state, one.advised_by, one.advised_reason) == (ReopeningState.DECLINED, world[actor], "Sudah benar")
    assert actions(world)[-1] == "reopening.declined"
    with pytest.raises(services.ReopeningAnswered):
        decide(world, one)
    assert ask(world).pk != one.pk


def test_the_chair_refuses_with_a_reason_and_the_sheet_stays(world):
    one = advise(world, ask(world))
    with pytest.raises(services.ReopeningReasonMissing):
        decide(world, one, granted=False)
    one = decide(world, one, granted=False, reason="Tidak perlu")
    assert (one.state, one.correction, sheet_of(world).state) == (ReopeningState.REFUSED, None, SheetState.SUBMITTED)
    assert (actions(world)[-1], SheetVersion.objects.count()) == ("reopening.refused", 1)


def test_each_step_is_taken_once_and_in_order(world):
    one = ask(world)
    with pytest.raises(services.ReopeningNotEndorsed):
        decide(world, one)
    advise(world, one)
    with pytest.raises(services.ReopeningAnswered):
        advise(world, one, "secretariat", endorsed=False, reason="lain")
    decide(world, one)
    with pytest.raises(services.ReopeningAnswered):
        decide(world, one)
    assert actions(world)[1:] == ["reopening.asked", "reopening.endorsed", "reopening.granted"]
    assert SheetVersion.objects.count() == 2


@pytest.mark.parametrize("actor", ["member", "other", "chair"])
def test_who_may_not_endorse(world, actor):
    with pytest.raises(NotPermitted):
        advise(world, ask(world), actor)


@pytest.mark.parametrize("actor", ["member", "other", "secretary", "secretariat"])
def test_who_may_not_decide(world, actor):
    one = advise(world, ask(world), "secretariat" if actor == "secretary" else "secretary")
    with pytest.raises(NotPermitted):
        decide(world, one, actor)
    assert sheet_of(world).state == SheetState.SUBMITTED


def test_another_province_answers_nothing(world):
    elsewhere = make_round(region_code="52", state=State.SCORING)
    world["stranger"] = make_user(Role.CHAIR, Role.SECRETARIAT, round=elsewhere)
    one = ask(world)
    with pytest.raises(NotPermitted):
        advise(world, one, "stranger")
    with pytest.raises(NotPermitted):
        decide(world, advise(world, one), "stranger")


def test_nobody_answers_the_own_request(world):
    save(world, WHOLE, actor="secretary", key="sekretaris", submit=True)
    one = ask(world, "secretary")
    with pytest.raises(services.OwnReopening):
        advise(world, one)
    assert decide(world, advise(world, one, "secretariat")).state == ReopeningState.GRANTED


def test_nobody_endorses_and_decides(world):
    world["both"] = make_user(Role.CHAIR, Role.SECRETARIAT, round=world["round"])
    one = advise(world, ask(world), "both")
    with pytest.raises(services.ReopeningAdvisedByYou):
        decide(world, one, "both")
    assert decide(world, one).decided_by == world["chair"]


def test_a_request_of_the_chair_is_endorsed_by_the_secretariat_and_granted_by_the_secretary(world):
    save(world, WHOLE, actor="chair", key="ketua", submit=True)
    one = ask(world, "chair")
    assert one.asked_by_chair
    for actor in ("secretary", "chair"):
        with pytest.raises(NotPermitted):
            advise(world, one, actor)
    advise(world, one, "secretariat")
    for actor in ("chair", "secretariat"):
        with pytest.raises(NotPermitted):
            decide(world, one, actor)
    assert decide(world, one, "secretary").state == ReopeningState.GRANTED
    assert sheet_of(world, "chair").state == SheetState.DRAFT


def test_the_member_withdraws_before_the_decision(world):
    one = ask(world)
    for actor in ("other", "chair"):
        with pytest.raises(services.NotYourReopening):
            services.withdraw_reopening(reopening=one, actor=world[actor], at=AT)
    advise(world, one)
    services.withdraw_reopening(reopening=one, actor=world["member"], at=AT)
    one.refresh_from_db()
    assert (one.state, one.withdrawn_at, actions(world)[-1]) == ("withdrawn", AT, "reopening.withdrawn")
    for act in (
        lambda: services.withdraw_reopening(reopening=one, actor=world["member"], at=AT),
        lambda: decide(world, one),
        lambda: advise(world, one),
    ):
        with pytest.raises(services.ReopeningAnswered):
            act()


@pytest.mark.parametrize("why", ["recused", "withdrawn", "replaced"])
def test_a_sheet_that_may_not_be_written_is_not_opened(world, why):
    one = advise(world, ask(world))
    if why == "recused":
        make_recusal(world["seats"][0], world["nomination"])
    elif why == "withdrawn":
        type(world["nomination"]).objects.update(status=Status.WITHDRAWN, status_reason="mundur")
    else:
        _replace(world)
    with pytest.raises(services.SheetCannotBeReopened) as refusal:
        decide(world, one)
    assert refusal.value.facts["seat"] == "Unsur 1"
    assert (SheetVersion.objects.count(), actions(world)[-1]) == (1, "reopening.endorsed")


def test_a_seat_that_has_submitted_is_not_recorded_absent_while_it_corrects(world):
    interview = make_interview(world["nomination"], world["seats"])
    grant(world)
    with pytest.raises(interview_day.AbsentSeatHasScored):
        interview_day.record_attendance(
            interview=interview,
            expected_version=interview.version,
            presences={world["seats"][0].pk: (Presence.ABSENT, "sakit")},
            actor=world["secretariat"],
            at=AT,
        )


def test_the_database_keeps_one_open_request_for_a_sheet(world):
    one = ask(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        Reopening.objects.create(
            sheet=one.sheet, version=one.version, reason="lagi", asked_by=world["member"], asked_at=AT
        )


@pytest.mark.parametrize(
    ("step", "statement"),
    [
        ("asked", "UPDATE judging_reopening SET reason = 'lain'"),
        ("asked", "UPDATE judging_reopening SET asked_at = '2025-01-01 00:00:00+00:00'"),
        ("asked", "DELETE FROM judging_reopening"),
        ("asked", "UPDATE judging_reopening SET state = 'granted'"),
        ("asked", "UPDATE judging_reopening SET advised_by_id = asked_by_id"),
        ("endorsed", "UPDATE judging_reopening SET state = 'asked'"),
        ("endorsed", "UPDATE judging_reopening SET advised_by_id = NULL"),
        ("endorsed", "UPDATE judging_reopening SET decided_by_id = advised_by_id"),
        ("granted", "UPDATE judging_reopening SET state = 'refused'"),
        ("granted", "UPDATE judging_reopening SET decided_reason = 'lain'"),
    ],
)
def test_the_database_refuses_to_change_what_was_asked_or_answered(world, step, statement):
    one = ask(world)
    if step != "asked":
        advise(world, one)
    if step == "granted":
        decide(world, one)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_secretary_of_another_province_has_no_word(world):
    seat = make_seat(make_round(region_code="81", state=State.SCORING), 1, office="secretary")
    world["stranger"] = seat.seatings.get().user
    with pytest.raises(NotPermitted):
        advise(world, ask(world), "stranger")
