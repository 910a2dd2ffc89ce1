"""Who is scored for calibration is left out everywhere that counts; its figures show to who submitted, after all did.

In the scored round nominee 5 is outside the ranking with nine submitted sheets.
"""

from fractions import Fraction
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from judging.models import Attendance, Presence, RecusalState, Reopening, ReopeningState, Sheet, SheetState, Standing
from judging.selectors.calibration import candidates, panel_beside
from judging.selectors.papers.minutes import minutes_data
from judging.selectors.progress import progress_of
from judging.selectors.readiness import unmet_conditions
from judging.selectors.reopening import corrections_of
from judging.selectors.sheets import current_version
from judging.selectors.tabulations import document_of, document_of_pool
from nominees.core.lifecycle import State, transition
from nominees.models import Nomination, PoolMode
from tests.factories.decided import make_decided
from tests.factories.onlookers import glancing, paperless
from tests.factories.scored import Scored, make_scored_round, submit
from tests.factories.sheets import holder, make_interview, make_recusal
from tests.factories.world import AT
from tests.judging.web.test_blind import addresses

pytestmark = pytest.mark.django_db

#: Pages that say who was nominated, met or changed, and hold no result.
WORKING = {
    "nominees:list",
    "nominees:detail",
    "nominees:edit",
    "nominees:indicators",
    "judging:schedule",
    "judging:calendars",
    "judging:interview",
    "judging:recusals",
    "judging:audit",
    "judging:audit_export",
    "judging:my_day",
    "judging:provisions",  # the own list once more, for the device
    "judging:reopenings",
    "judging:reopening",
    "judging:sheet",  # of a neighbour in the own list
    "judging:compare",  # its JSON names everybody in the round by number, also who was rejected
}


@pytest.fixture
def scored() -> Scored:
    made = make_scored_round()
    Nomination.objects.filter(pk=made.nominations[5].pk).update(is_calibration=True)
    made.nominations[5].refresh_from_db()
    return made


def seen(scored: Scored, position: int = 2) -> Any:
    """What the holder of a seat sees of the panel."""
    seat = scored.seats[position - 1]
    own = current_version(seat_id=seat.pk, nomination_id=scored.nominations[5].pk)
    return panel_beside(reader=holder(seat), own=own, nomination=Nomination.objects.get(pk=scored.nominations[5].pk))


def ask_again(scored: Scored) -> Reopening:
    """The holder of the last seat asks to correct the sheet."""
    sheet = Sheet.objects.get(seat=scored.seats[8], nomination=scored.nominations[5])
    facts = {"reason": "Kriteria tertukar (contoh)", "asked_by": holder(scored.seats[8]), "asked_at": AT}
    return Reopening.objects.create(sheet=sheet, version=sheet.versions.get(), **facts)


def correct(scored: Scored, position: int, mark: str, **more: Any) -> None:
    marks = {"inovasi": mark, "pemahaman": mark}
    submit(scored.nominations[5], scored.seats[position - 1], scored.category.rubric.version, marks, number=2, **more)


def test_who_submitted_sees_the_own_mark_beside_the_panel(scored: Scored) -> None:
    correct(scored, 9, "60")
    first, _ = seen(scored)
    assert (first.own, first.middle, first.lowest, first.highest, first.count) == (90, 90, 60, 90, 9)
    assert isinstance(first.middle, Fraction)


def test_nothing_of_any_other_nominee_not_even_a_query(scored: Scored) -> None:
    seat, nomination = scored.seats[1], scored.nominations[1]
    own = current_version(seat_id=seat.pk, nomination_id=nomination.pk)
    reader = holder(seat)
    with CaptureQueriesContext(connection) as queries:
        assert panel_beside(reader=reader, own=own, nomination=nomination) == ()
    assert len(queries) == 0


def test_nobody_sees_anything_while_a_sheet_is_out(scored: Scored) -> None:
    correct(scored, 9, "60", state=SheetState.DRAFT)
    assert [seen(scored, position) for position in range(1, 10)] == [()] * 9


def test_who_has_not_submitted_sees_nothing_even_if_not_waited_for(scored: Scored) -> None:
    interview = make_interview(scored.nominations[5], scored.seats)
    Attendance.objects.filter(interview=interview, seat=scored.seats[8]).update(presence=Presence.ABSENT)
    Sheet.objects.filter(seat=scored.seats[8], nomination=scored.nominations[5]).update(state=SheetState.DRAFT)
    correct(scored, 9, "60", state=SheetState.DRAFT)
    assert seen(scored, 9) == ()
    assert (seen(scored)[0].lowest, seen(scored)[0].count) == (90, 8)


def test_a_seat_that_stands_aside_neither_sees_nor_counts(scored: Scored) -> None:
    correct(scored, 9, "60")
    make_recusal(scored.seats[8], scored.nominations[5])
    assert seen(scored, 9) == ()
    assert (seen(scored)[0].lowest, seen(scored)[0].count) == (90, 8)


def test_whoever_took_over_the_seat_did_not_submit(scored: Scored) -> None:
    own = current_version(seat_id=scored.seats[1].pk, nomination_id=scored.nominations[5].pk)
    assert panel_beside(reader=holder(scored.seats[2]), own=own, nomination=scored.nominations[5]) == ()


def test_of_two_seats_nothing_is_told(scored: Scored) -> None:
    for seat in scored.seats[2:]:
        make_recusal(seat, scored.nominations[5])
    assert seen(scored) == ()


def test_tabulation_of_category_and_pool_leave_it_out(scored: Scored) -> None:
    scored.pool.mode = PoolMode.ALL
    scored.pool.save()
    for document in (document_of(scored.category), document_of_pool(scored.pool)):
        assert "5" not in document["nominees"]
        assert "5" not in document["disqualified"]
    Nomination.objects.update(is_calibration=False)
    assert "5" in document_of(scored.category)["nominees"]


def test_progress_leaves_it_out(scored: Scored) -> None:
    before = progress_of(scored.round, AT)
    assert scored.nominations[5].pk not in {row.nomination.pk for table in before.tables for row in table.rows}
    correct(scored, 9, "60", state=SheetState.DRAFT)
    assert progress_of(scored.round, AT) == before
    Nomination.objects.update(is_calibration=False)
    assert progress_of(scored.round, AT) != before


@pytest.mark.parametrize("obstacle", ["draft", "recusal", "reopening", "quorum"])
def test_the_plenary_waits_for_nothing_of_it(scored: Scored, obstacle: str) -> None:
    step = transition(State.SCORING, State.PLENARY)
    assert step is not None
    seat, nomination = scored.seats[8], scored.nominations[5]
    if obstacle == "draft":
        correct(scored, 9, "60", state=SheetState.DRAFT)
    elif obstacle == "recusal":
        make_recusal(seat, nomination, RecusalState.DECLARED)
    elif obstacle == "reopening":
        ask_again(scored)
    else:
        for one in scored.seats[:8]:
            make_recusal(one, nomination)
    assert unmet_conditions(scored.round, step) == []
    Nomination.objects.update(is_calibration=False)
    assert bool(unmet_conditions(scored.round, step)) == (obstacle != "quorum")  # who is outside needs no quorum


def test_result_awards_minutes_and_pages_leave_it_out(scored: Scored, monkeypatch: pytest.MonkeyPatch) -> None:
    paperless(monkeypatch)
    glancing(monkeypatch)
    make_recusal(scored.seats[7], scored.nominations[5])
    waiting = ask_again(scored)
    correct(scored, 9, "60")
    version = Sheet.objects.get(seat=scored.seats[8], nomination=scored.nominations[5]).versions.get(number=2)
    waiting.advised_by, waiting.advised_at, waiting.state = scored.secretary, AT, ReopeningState.ENDORSED
    waiting.save()
    waiting.decided_by, waiting.decided_at, waiting.state = scored.chair, AT, ReopeningState.GRANTED
    waiting.correction = version
    waiting.save()
    assert not corrections_of(scored.round).exists()
    run = make_decided(scored)
    name = str(scored.nominations[5])
    assert not Standing.objects.filter(nomination=scored.nominations[5]).exists()
    assert name not in repr(minutes_data(run, "BA-01/2025", timezone.now()))
    client = Client()
    for person in (scored.chair, scored.secretary):
        client.force_login(person)
        assert {page for page, urls in addresses(scored).items() if holds(client, urls, name)} - WORKING == set()
    client.force_login(scored.chair)
    assert client.get("/2024/53/peringkat/5/").status_code == 404
    assert client.get("/2024/53/peringkat/4/").status_code == 200


def holds(client: Client, urls: tuple[str, ...], name: str) -> bool:
    """Whether an answer names ``name``."""
    found = False
    for url in urls:
        response = client.get(url)
        content = b"".join(response) if response.streaming else response.content
        found = found or name.encode() in content
    return found


def test_candidates_are_met_and_have_no_sheet(scored: Scored) -> None:
    assert candidates(scored.round) == {}
    Sheet.objects.filter(nomination=scored.nominations[2]).update(nomination=scored.nominations[6])
    assert candidates(scored.round)[scored.category.pk] == [scored.nominations[2]]
