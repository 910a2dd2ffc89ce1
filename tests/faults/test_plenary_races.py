"""The plenary opens while somebody saves: what was answered is in the frozen input, all else was refused."""

import time
from functools import partial
from threading import Event
from typing import Any

import pytest
from django.db import connection, transaction

from judging.audit_actions import ROUND_ADVANCED, SHEET_SAVED
from judging.models import Plenary, SaveReceipt, Sheet, TabulationPart
from judging.selectors.sheets import address_of, current_version
from judging.services.plenary import open_plenary
from judging.services.rounds import RoundNotReady
from judging.services.scores import SheetClosed, save_draft, submit_sheet
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.audit.models import AuditEvent
from paritrana.audit.record import record
from paritrana.kernel.verdict import NotPermitted
from tests.factories.scored import Scored, add_nominee, make_scored_round
from tests.factories.sheets import holder, make_recusal
from tests.factories.world import AT

from .racing import race

pytestmark = pytest.mark.usefixtures("shared_database")

MARK = "77.125"
CUT_OFF = (NotPermitted, SheetClosed)


@pytest.fixture
def scored() -> Scored:
    """Every sheet is in but one, which nobody has begun: the ninth on nominee 8, who has the quorum without it."""
    found = make_scored_round()
    add_nominee(found, 8, seats=8)
    return found


def write(scored: Scored, *, expected: int = 0, submitted: bool) -> SaveReceipt:
    act: Any = submit_sheet if submitted else save_draft
    receipt: SaveReceipt = act(
        address=address_of(scored.nominations[8]),
        entries={"inovasi": MARK, "pemahaman": MARK},
        expected_revision=expected,
        request_key=f"kunci-permintaan-{expected}",
        actor=holder(scored.seats[8]),
        at=AT,
    )
    return receipt


def opening(scored: Scored) -> Plenary:
    return open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)


def assert_frozen(scored: Scored, *, with_mark: bool) -> None:
    """The round is in its plenary, and its frozen input has the mark or not."""
    assert (MARK in TabulationPart.objects.get(category=scored.category).input) is with_mark
    assert not Sheet.objects.filter(closed_at=None).exists()
    assert Round.objects.get(pk=scored.round.pk).state == State.PLENARY


@pytest.mark.parametrize("turn", range(2))
@pytest.mark.parametrize("begun", [False, True])
def test_a_sheet_submitted_while_the_plenary_opens_is_frozen_or_refused(scored: Scored, turn: int, begun: bool) -> None:
    if begun:
        write(scored, submitted=False)
    acts: list[Any] = [partial(write, scored, expected=int(begun), submitted=True), partial(opening, scored)]
    results = race(acts[:: -1 if turn % 2 else 1])
    plenary, receipt = sorted(results, key=lambda result: isinstance(result, (SaveReceipt, *CUT_OFF)))
    if isinstance(plenary, RoundNotReady):  # the draft was still open when it looked
        assert begun
        assert isinstance(receipt, SaveReceipt)
        assert Round.objects.get(pk=scored.round.pk).state == State.SCORING
        opening(scored)
    assert_frozen(scored, with_mark=isinstance(receipt, SaveReceipt))


@pytest.mark.parametrize("turn", range(2))
def test_a_sheet_begun_while_the_plenary_opens_keeps_it_closed_or_is_refused(scored: Scored, turn: int) -> None:
    acts: list[Any] = [partial(write, scored, submitted=False), partial(opening, scored)]
    results = race(acts[:: -1 if turn % 2 else 1])
    plenary, receipt = sorted(results, key=lambda result: isinstance(result, (SaveReceipt, *CUT_OFF)))
    if isinstance(plenary, Plenary):
        assert isinstance(receipt, CUT_OFF)
        assert_frozen(scored, with_mark=False)
    else:
        assert isinstance(plenary, RoundNotReady)
        assert isinstance(receipt, SaveReceipt)
        assert Round.objects.get(pk=scored.round.pk).state == State.SCORING
        assert Sheet.objects.get(nomination=scored.nominations[8], seat=scored.seats[8]).closed_at is None


def test_a_save_under_way_and_the_plenary_do_not_wait_for_each_other(scored: Scored) -> None:
    """A draft whose seat was recused a moment ago keeps no plenary closed, but its save may still be under way."""
    nomination, seat = scored.nominations[8], scored.seats[8]
    write(scored, submitted=False)
    make_recusal(seat, nomination)
    holds_sheet = Event()

    def save() -> None:
        with transaction.atomic():
            version = current_version(seat_id=seat.pk, nomination_id=nomination.pk, lock=True)
            assert version is not None
            holds_sheet.set()
            _until_somebody_waits()
            actor, chain = holder(seat), scored.round.scope
            record(action=SHEET_SAVED, actor=actor, at=AT, target=version.sheet, chain=chain)

    def open_meanwhile() -> Plenary:
        holds_sheet.wait(timeout=60)
        return opening(scored)

    acts: list[Any] = [save, open_meanwhile]
    _saved, plenary = race(acts)
    assert isinstance(plenary, Plenary)
    actions = AuditEvent.objects.filter(chain=scored.round.scope).order_by("seq").values_list("action", flat=True)
    assert list(actions)[1:3] == [SHEET_SAVED, ROUND_ADVANCED]


def _until_somebody_waits() -> None:
    """PostgreSQL: until another connection waits for a lock. SQLite: writers stand in one line anyway."""
    deadline = time.monotonic() + 30
    while connection.vendor == "postgresql" and time.monotonic() < deadline:
        with connection.cursor() as cursor:
            cursor.execute("SELECT COUNT(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.01)
