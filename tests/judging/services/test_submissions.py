"""Several sheets submitted together: each has its own transaction and event, a refusal stops nothing else."""

from datetime import timedelta

import pytest

from judging import audit_actions as actions
from judging.models import Sheet, SheetState
from judging.selectors.sheets import address_of
from judging.services import scores
from judging.services.submissions import Wish, submit_sheets
from paritrana.audit.models import AuditEvent
from tests.factories import sheets as make
from tests.factories.member_day import make_member_day
from tests.factories.world import AT, make_nomination

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(client):
    world = make_member_day(client)
    world["later"] = make_nomination(world["category"], region_code="53.02")
    make.make_interview(world["later"], world["seats"], starts_at=AT + timedelta(hours=1))
    for number, nomination in enumerate((world["nomination"], world["later"])):
        scores.save_draft(
            address=address_of(nomination),
            entries=make.WHOLE,
            expected_revision=0,
            request_key=f"kunci-awal-{number}",
            actor=world["member"],
            at=AT,
        )
    return world


def wishes(world, *revisions):
    nominations = (world["nomination"], world["later"])
    return [
        Wish(address_of(nomination), revision, f"kunci-kirim-{nomination.number}")
        for nomination, revision in zip(nominations, revisions, strict=True)
    ]


def test_each_is_submitted_with_an_event_of_its_own(world):
    outcomes = submit_sheets(wishes=wishes(world, 1, 1), actor=world["member"], at=AT)
    assert [outcome.receipt.submitted for outcome in outcomes] == [True, True]
    assert Sheet.objects.filter(state=SheetState.SUBMITTED).count() == 2
    assert AuditEvent.objects.filter(action=actions.SHEET_SUBMITTED).count() == 2


def test_a_refusal_is_kept_with_its_sheet(world):
    first, second = submit_sheets(wishes=wishes(world, 0, 1), actor=world["member"], at=AT)
    assert (first.receipt, first.error.code) == (None, "sheet_changed_meanwhile")
    assert second.receipt.submitted
    assert Sheet.objects.get(nomination=world["nomination"]).state == SheetState.DRAFT
    assert AuditEvent.objects.filter(action=actions.SHEET_SUBMITTED).count() == 1


def test_a_second_click_gets_the_first_receipts(world):
    once = submit_sheets(wishes=wishes(world, 1, 1), actor=world["member"], at=AT)
    twice = submit_sheets(wishes=wishes(world, 1, 1), actor=world["member"], at=AT)
    assert [outcome.receipt.pk for outcome in twice] == [outcome.receipt.pk for outcome in once]
    assert AuditEvent.objects.filter(action=actions.SHEET_SUBMITTED).count() == 2


def test_nobody_submits_for_another(world):
    outcomes = submit_sheets(wishes=wishes(world, 1, 1), actor=make.holder(world["seats"][1]), at=AT)
    assert [outcome.receipt for outcome in outcomes] == [None, None]
    assert not Sheet.objects.filter(state=SheetState.SUBMITTED).exists()
