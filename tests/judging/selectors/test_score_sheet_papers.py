"""Which paper sheets there are, why others are left out, how they are cut into files, and what they cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.core.sheet_code import read_code
from judging.models import Attendance, Interview, Presence, RecusalState, Seat, SheetState
from judging.selectors.papers import score_sheets as module
from judging.selectors.papers.score_sheets import chosen, days_of, paper_sheets, score_sheets_data
from nominees.core.lifecycle import State
from nominees.models import Category, Nomination, Round, Status
from tests.factories.scored import submit
from tests.factories.sheets import make_interview, make_panel, make_recusal, make_rubric
from tests.factories.world import AT, make_category, make_nomination, make_round

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2025, 6, 24), date(2025, 6, 25)


@pytest.fixture
def round() -> Round:
    return make_round(state=State.SCORING)


@pytest.fixture
def category(round: Round) -> Category:
    found = make_category(round)
    make_rubric(found)
    return found


@pytest.fixture
def seats(round: Round) -> list[Seat]:
    return make_panel(round)


def nominate(category: Category, number: int, seats: list[Seat], *, days: int = 0) -> Nomination:
    made = make_nomination(category, region_code=f"53.{number:02d}")
    Nomination.objects.filter(pk=made.pk).update(number=number)
    made.number = number
    make_interview(made, seats, starts_at=AT + timedelta(days=days, minutes=60 - number), released=True)
    return made


def printed(round: Round) -> list[tuple[str, int]]:
    return [(one.seat.code, one.nomination.number) for one in chosen(paper_sheets(round, AT)).sheets]


def test_sheets_stand_by_seat_then_time(round: Round, category: Category, seats: list[Seat]) -> None:
    nominate(category, 1, seats)
    nominate(category, 2, seats)  # a minute earlier
    unplaced = make_nomination(category, region_code="53.30")

    order = [2, 1, unplaced.number]
    assert printed(round) == [(seat.code, number) for seat in seats for number in order]


def test_who_is_not_scored_has_no_sheet(round: Round, category: Category, seats: list[Seat]) -> None:
    make_nomination(category, status=Status.REJECTED)
    make_nomination(category, status=Status.NO_SHOW)
    assert paper_sheets(round, AT) == ()


def test_a_seat_that_does_not_sit_there_has_no_sheet(round: Round, category: Category, seats: list[Seat]) -> None:
    nominate(category, 1, seats[:2])
    assert printed(round) == [("unsur-1", 1), ("unsur-2", 1)]


def test_what_nobody_fills_in_is_left_out_with_its_reason(round: Round, category: Category, seats: list[Seat]) -> None:
    seats += [Seat.objects.create(round=round, code="kosong", name="Unsur kosong", position=4)]
    one = nominate(category, 1, [seats[1], seats[2], seats[3]])
    other = nominate(category, 2, seats[:1])
    make_recusal(seats[0], one, RecusalState.DECLARED)  # not placed there because of it, and listed all the same
    make_recusal(seats[0], other, RecusalState.DECLINED)
    Attendance.objects.filter(interview__nomination=one, seat=seats[1]).update(presence=Presence.ABSENT)
    submit(one, seats[2], category.rubric.version, {"komitmen": "87", "inovasi": "3"})
    bare = make_category(round, "tanpa")
    nominate(bare, 3, seats[:1])

    found = chosen(paper_sheets(round, AT))

    assert printed(round) == [("unsur-1", 2)]
    assert {(sheet.seat.code, sheet.nomination.number, sheet.left_out) for sheet in found.left_out} == {
        ("unsur-1", 1, "recused"),
        ("unsur-1", 3, "no_rubric"),
        ("unsur-2", 1, "absent"),
        ("unsur-3", 1, "submitted"),
        ("kosong", 1, "vacant"),
    }
    told = {one.reason for one in score_sheets_data(round, found, 0, AT, "uji").left_out}
    assert told == {"no_rubric", *module.REASONS.values()}


def test_a_choice_of_day_seat_and_nominee(round: Round, category: Category, seats: list[Seat]) -> None:
    nominate(category, 1, seats)
    nominate(category, 2, seats, days=1)
    everything = paper_sheets(round, AT)

    assert days_of(everything) == [DAY, NEXT]
    assert {sheet.nomination.number for sheet in chosen(everything, day=NEXT).sheets} == {2}
    assert {sheet.seat.code for sheet in chosen(everything, seat="unsur-2").sheets} == {"unsur-2"}
    assert len(chosen(everything, number=1).sheets) == 3
    assert len(chosen(everything, day=DAY, seat="unsur-3", number=1).sheets) == 1
    assert chosen(everything, day=DAY, number=2).sheets == ()
    assert {sheet.seat.code for sheet in paper_sheets(round, AT, seat_id=seats[2].pk)} == {"unsur-3"}


def test_files_hold_whole_seats_and_never_more_than_the_limit(
    round: Round, category: Category, seats: list[Seat], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(1, 5):
        nominate(category, number, seats)
    everything = chosen(paper_sheets(round, AT))

    def sizes(limit: int) -> list[int]:
        monkeypatch.setattr(module, "SHEETS_PER_FILE", limit)
        return [len(file) for file in everything.files]

    assert sizes(25) == [12]
    assert sizes(8) == [8, 4]
    assert sizes(7) == [4, 4, 4]
    assert sizes(3) == [3, 1, 3, 1, 3, 1]
    assert [everything.first_of(file) for file in range(6)] == [1, 4, 5, 8, 9, 12]
    assert [sheet for file in everything.files for sheet in file] == list(everything.sheets)
    assert chosen(()).files == ()


def test_the_data_of_a_file(round: Round, category: Category, seats: list[Seat]) -> None:
    one = nominate(category, 7, seats)
    found = chosen(paper_sheets(round, AT), seat="unsur-2")
    (sheet,) = score_sheets_data(round, found, 0, AT, "uji").sheets

    version = category.rubric.version
    assert sheet.code == f"2024/53/unsur-2/7/{version.content_hash[:8]}"
    code = read_code(sheet.code)
    assert code is not None
    assert code.is_by(version.content_hash)
    assert (sheet.nominee, sheet.seat, sheet.room) == (one.nominee.name, "Unsur 2", "Ruang Flobamora")
    assert sheet.holder == seats[1].seatings.get().name
    assert [(one.name, one.branch, one.weight, one.may_be_na) for one in sheet.criteria] == [
        ("Komitmen", "Kebijakan", 30, False),
        ("Inovasi", "Kebijakan", 30, True),
    ]  # what the secretariat scores is not on it


def test_the_holder_on_the_day_of_the_interview_is_named(round: Round, category: Category, seats: list[Seat]) -> None:
    nominate(category, 1, seats[:1], days=1)
    seats[0].seatings.update(ends_on=DAY)
    substitute = seats[0].seatings.create(
        round=round, user=seats[1].seatings.get().user, name="Pengganti (contoh)", starts_on=NEXT, ends_on=NEXT
    )
    (sheet,) = chosen(paper_sheets(round, AT)).sheets
    assert sheet.seating == substitute


def test_no_mark_of_anybody_is_in_the_data(round: Round, category: Category, seats: list[Seat]) -> None:
    one = nominate(category, 1, seats)
    version = category.rubric.version
    submit(one, seats[0], version, {"komitmen": "87.125", "inovasi": "3"})
    submit(one, seats[1], version, {"komitmen": "87.125", "inovasi": "3"}, state=SheetState.DRAFT)
    with CaptureQueriesContext(connection) as queries:
        found = chosen(paper_sheets(round, AT))
        data = score_sheets_data(round, found, 0, AT, "uji")

    assert [sheet.seat for sheet in data.sheets] == ["Unsur 2", "Unsur 3"]
    assert "87" not in repr(data.sheets[0].criteria)
    assert all("sheetversion" not in query["sql"] for query in queries)  # marks are not even read


def test_thirty_nominees_cost_what_one_costs(round: Round, category: Category, seats: list[Seat]) -> None:
    def cost() -> int:
        fresh = Round.objects.select_related("edition", "region").get(pk=round.pk)
        with CaptureQueriesContext(connection) as queries:
            score_sheets_data(fresh, chosen(paper_sheets(fresh, AT)), 0, AT, "uji")
        return len(queries)

    nominate(category, 1, seats)
    first = cost()
    for number in range(2, 31):
        nominate(category, number, seats)

    assert Interview.objects.count() == 30
    assert cost() == first == 8
