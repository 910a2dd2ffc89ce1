"""Nobody writes to a meeting that is over, nor to a vote that is closed, past the services; the step back still can."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from judging.models import Ballot, Choice, Motion, MotionState, Plenary, PlenaryAttendance, SecretBallot
from judging.services.motions import open_motion, withdraw_motion
from judging.services.plenary import open_plenary, record_attendance
from judging.services.proposals import Outside
from judging.services.rounds import confirm_step_back, request_step_back
from nominees.core.lifecycle import State
from tests.factories.decided import make_decided
from tests.factories.scored import Scored, make_scored_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
PRIZE = Outside("Piagam khusus (contoh)", "Pemerintah Provinsi (contoh)", "inovasi")


def refused(write: Callable[[], object], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def stepped_back(scored: Scored, target: State) -> None:
    change = request_step_back(round=scored.round, target=target, reason="salah", actor=scored.secretary, at=AT)
    confirm_step_back(change=change, actor=scored.chair, at=AT)


def test_a_countersigned_meeting_stays_and_so_does_who_was_there() -> None:
    scored = make_scored_round()
    plenary = make_decided(scored).plenary
    meeting, there = Plenary.objects.filter(pk=plenary.pk), PlenaryAttendance.objects.filter(plenary=plenary)
    gone = dict.fromkeys(("confirmed_at", "confirmed_by", "countersigned_at", "countersigned_by"))
    newcomer = there.first()
    assert newcomer is not None

    for changed in ({"place": "lain"}, {"minutes_number": "lain"}, {"confirmed_at": AT}, {"shown": "khusus"}):
        refused(lambda changed=changed: meeting.update(**changed), "plenary_no_update")  # type: ignore[misc]
    refused(lambda: meeting.update(**gone), "plenary_no_reopening")  # its awards are in force
    refused(lambda: there.update(present=False), "plenary_attendance_no_update")
    refused(there.delete, "plenary_attendance_no_delete")
    again = PlenaryAttendance(plenary=plenary, seat=newcomer.seat, present=True)
    refused(again.save, "plenary_attendance_no_insert")
    assert there.filter(present=True).count() == 9


def test_nobody_is_moved_into_a_meeting_that_is_over() -> None:
    plenary, other = make_decided(make_scored_round()).plenary, make_scored_round(region_code="52")
    begun = open_plenary(round=other.round, place="", actor=other.chair, at=AT)
    record_attendance(plenary=begun, present=dict.fromkeys(other.seats, True), actor=other.secretary, at=AT)

    there = PlenaryAttendance.objects.filter(plenary=begun)
    refused(lambda: there.update(plenary=plenary), "plenary_attendance_no_update")


def test_a_step_back_takes_the_signatures_away_and_attendance_is_recorded_anew() -> None:
    scored = make_scored_round()
    plenary = make_decided(scored).plenary
    stepped_back(scored, State.PLENARY)
    plenary.refresh_from_db()
    assert (plenary.confirmed_at, plenary.countersigned_at) == (None, None)
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)

    refused(lambda: Plenary.objects.filter(pk=plenary.pk).update(place="lain"), "plenary_no_update")
    stepped_back(scored, State.SCORING)
    there = PlenaryAttendance.objects.filter(plenary=plenary)
    refused(lambda: there.update(present=False), "plenary_attendance_no_update")  # the meeting was given up


@pytest.mark.parametrize("is_secret", [False, True])
def test_nobody_puts_a_paper_into_a_closed_vote_nor_takes_one_out(is_secret: bool) -> None:
    scored = make_scored_round()
    plenary = open_plenary(round=scored.round, place="", actor=scored.chair, at=AT)
    record_attendance(plenary=plenary, present=dict.fromkeys(scored.seats, True), actor=scored.secretary, at=AT)
    told = {"proposed_by": scored.seats[1], "reason": "alasan", "actor": scored.secretary, "at": AT}
    motion = open_motion(plenary=plenary, proposal=PRIZE, is_secret=is_secret, **told)

    def paper() -> None:
        if is_secret:
            SecretBallot.objects.create(id=uuid4(), motion=motion, choice=Choice.FAVOUR)
        else:
            seat = scored.seats[Ballot.objects.count()]
            Ballot.objects.create(motion=motion, seat=seat, choice=Choice.FAVOUR, cast_by=make_user(), cast_at=AT)

    paper()
    withdraw_motion(motion=motion, actor=scored.secretary, at=AT)
    table, name = (SecretBallot, "secret_ballot") if is_secret else (Ballot, "ballot")
    refused(paper, f"{name}_no_insert")
    refused(table._default_manager.filter(motion=motion).delete, f"{name}_no_delete")
    refused(lambda: Motion.objects.filter(pk=motion.pk).update(state=MotionState.OPEN), "motion_no_update")
