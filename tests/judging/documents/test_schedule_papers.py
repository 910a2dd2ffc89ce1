"""Invitations, tables, lists, attendance lists and signs: what they say, on which paper, and that text stays text."""

import io
from dataclasses import replace
from datetime import date, datetime, time

import pytest
from openpyxl import load_workbook  # noqa: TID253 - tests may read at once what they check
from pypdf import PdfReader

from judging.documents import samples
from judging.documents import schedule_samples as schedules
from judging.documents.attendance_list import render_attendance_list
from judging.documents.invitation import render_invitation_files, render_invitations
from judging.documents.schedule_data import ScheduledInterview, SeatLine
from judging.documents.schedule_sheet import (
    panel_text,
    render_door_signs,
    render_member_lists,
    render_nominee_list,
    render_schedule_list,
    render_schedule_table,
)
from judging.documents.schedule_workbook import render_schedule_workbook

from .reading import HOSTILE, link_targets, page_sizes, pages_text, text, tight

REPLACED = {
    "is_online": True,
    "room": "Zoom Tim 9 (contoh)",
    "online_note": "Tautan disampaikan oleh sekretariat sehari sebelumnya.",
    "replaces": "UND-001/PARITRANA/NTT/2025",
    "replaces_day": date(2025, 6, 2),
    "calendar": "https://paritrana.example.id/kalender/kunci.ics",
}


@pytest.fixture(scope="module")
def letters_pdf() -> bytes:
    long = schedules.letter(samples.LONG_BUSINESS, serial=2, **REPLACED)
    hostile = schedules.letter(HOSTILE, serial=3, venue=HOSTILE, bring=(HOSTILE,), demo_mark="")
    return render_invitations([schedules.letter(), long, hostile])


@pytest.fixture(scope="module")
def lists_pdf() -> bytes:
    book = schedules.book(4, rooms=2, days=1)
    hostile = replace(book.interviews[0], nominee=HOSTILE, room=HOSTILE)
    return render_attendance_list(book.only((hostile, *book.interviews[1:])))


def missing(words: list[str], printed: str) -> list[str]:
    return [one for one in words if tight(one).upper() not in tight(printed).upper()]


def test_a_letter_says_who_is_met_when_and_where(letters_pdf: bytes) -> None:
    expected = [
        samples.ISSUING_BODY,
        "Kupang, 10 Juni 2025",
        "Nomor : UND-001/PARITRANA/NTT/2025",
        "Hal : Undangan wawancara Yth.",
        "hari, tanggal : Selasa, 24 Juni 2025",
        "pukul : 09.00–09.30 WITA",
        "Ruang Rapat Flobamora, Kantor Gubernur Nusa Tenggara Timur",
        "2 (dua) pejabat",
        "Sekretaris Tim 9 Penilai,",
        "Bernadus Tefa (contoh)",
        "Tembusan:",
        "bukan tanda tangan elektronik",
        samples.DEMO_MARK,
    ]
    page = pages_text(letters_pdf)[0]
    assert missing(expected, page) == []
    assert "menggantikan" not in page


def test_the_longest_letter_is_one_page_and_names_what_it_replaces(letters_pdf: bytes) -> None:
    pages = pages_text(letters_pdf)
    expected = ["dalam jaringan (daring), melalui Zoom Tim 9 (contoh)", "tanggal 2 Juni 2025", "Kalender"]
    assert len(pages) == 3
    assert missing([*expected, samples.LONG_BUSINESS, REPLACED["replaces"]], pages[1]) == []


def test_markup_in_names_is_printed_and_fetches_nothing(letters_pdf: bytes, lists_pdf: bytes) -> None:
    assert tight(HOSTILE) in tight(pages_text(letters_pdf)[2])
    assert tight(HOSTILE) in tight(text(lists_pdf))
    assert link_targets(letters_pdf) == link_targets(lists_pdf) == []


def test_single_letters_are_files_of_their_own_with_the_same_bytes_again() -> None:
    letters = [schedules.letter(), schedules.letter("Kota Kupang", serial=2)]
    first, second = render_invitation_files(letters, "F4")
    assert list(render_invitation_files(letters, "F4")) == [first, second]
    assert page_sizes(first) == {(215, 330)}
    assert "Kota Kupang" in text(second)
    assert PdfReader(io.BytesIO(second)).metadata.title == "Undangan wawancara UND-002/PARITRANA/NTT/2025: Kota Kupang"


def test_a_letter_that_needs_two_pages_keeps_both() -> None:
    long = schedules.letter(bring=tuple(f"Hal ke-{turn} yang perlu diperhatikan" for turn in range(60)))
    pages = [pages_text(pdf) for pdf in render_invitation_files([long, schedules.letter(serial=2)])]
    assert [len(one) for one in pages] == [2, 1]
    assert "UND-002" in pages[1][0]


def test_days_stand_beside_each_other_and_a_break_is_shown() -> None:
    table = render_schedule_table(schedules.book(21, rooms=1, days=3))
    expected = [
        "Selasa, 24 Juni 2025",
        "Kamis, 26 Juni 2025",
        "2. Kabupaten Kepulauan",
        "jeda",
        "Rilis 2, 10 Juni 2025",
    ]
    assert page_sizes(table) == {(297, 210)}
    assert len(pages_text(table)) == 1
    assert missing(expected, text(table)) == []


def test_a_day_with_many_rooms_is_cut_where_the_paper_ends() -> None:
    table = render_schedule_table(schedules.book(16, rooms=8, days=1), "A3")
    assert page_sizes(table) == {(420, 297)}
    assert [tight("Selasa, 24 Juni 2025") in tight(page) for page in pages_text(table)] == [True, True]


def test_a_draft_says_so_on_every_page_of_a_list_for_each_seat() -> None:
    draft = schedules.book(4, rooms=1, days=1, is_draft=True, version="DRAF, belum dirilis")
    pages = pages_text(render_member_lists(draft))
    assert len(pages) == len(draft.seats)
    assert all("DRAF: belum dirilis" in page for page in pages)
    (own,) = pages_text(render_member_lists(draft, "Ahli hukum"))
    assert missing(["Ahli hukum", "Dr. Elisabeth Wea, S.H., M.H. (contoh)"], own) == []


def test_lists_by_time_and_by_nominee_and_signs_name_everybody() -> None:
    book = schedules.book(6, rooms=1, days=1)
    by_time, by_nominee, signs = (
        text(render(book)) for render in (render_schedule_list, render_nominee_list, render_door_signs)
    )
    for one in book.interviews:
        assert all(tight(one.nominee) in tight(printed) for printed in (by_time, by_nominee, signs))
    assert missing(["8 unsur, tanpa Unsur APINDO"], by_time) == []
    assert "benturan" not in by_time


def test_nothing_placed_is_still_a_paper() -> None:
    empty = schedules.book(0)
    for render in (render_schedule_table, render_nominee_list, render_door_signs, render_attendance_list):
        assert "Belum ada wawancara" in text(render(empty))


def test_an_attendance_list_has_lines_to_sign_and_strikes_who_stands_aside(lists_pdf: bytes) -> None:
    pages = pages_text(lists_pdf)
    assert len(pages) == 3  # a room on each page, and the room with the long name
    expected = ["Delegasi nomine", "Yohana Bria Seran (contoh)", "Fransiska Dhema (contoh)", "benturan kepentingan"]
    assert missing(expected, text(lists_pdf)) == []


@pytest.mark.parametrize(
    ("sitting", "words"),
    [
        ("abcd", "4 unsur, lengkap"),
        ("abd", "3 unsur, tanpa c"),
        ("ab", "a, b"),
        ("", "–"),
    ],
)
def test_a_panel_is_told_in_few_words(sitting: str, words: str) -> None:
    panel = tuple(SeatLine(seat=one, name="", role="") for one in sitting)
    interview: ScheduledInterview = replace(schedules.book(1).interviews[0], panel=panel)
    assert panel_text(interview, list("abcd")) == words


def test_the_workbook_holds_real_dates_and_times_and_filters() -> None:
    book = schedules.book(6, rooms=2, days=3)
    hostile = replace(book.interviews[0], nominee='=HYPERLINK("http://contoh.invalid")')
    made = load_workbook(io.BytesIO(render_schedule_workbook(book.only((hostile, *book.interviews[1:])))))
    assert made.sheetnames == ["Jadwal", "Per anggota", "Per nomine", "Ruang"]
    schedule = made["Jadwal"]
    assert (schedule.freeze_panes, schedule.auto_filter.ref) == ("A7", "A6:K12")
    assert [cell.value for cell in schedule[7]][:7] == [
        datetime(2025, 6, 24),  # noqa: DTZ001 - a day in a spreadsheet has no zone
        time(8, 0),
        time(8, 30),
        30,
        "Ruang Rapat Flobamora",
        "tatap muka",
        1,
    ]
    formula_like = schedule["H7"]
    assert (formula_like.data_type, formula_like.quotePrefix) == ("s", True)
    assert made["Ruang"].max_row == 12
    assert made["Per anggota"].max_row == 6 + sum(len(one.panel) for one in book.interviews)
    assert schedule.page_setup.orientation == "landscape"
    assert render_schedule_workbook(book) == render_schedule_workbook(book)
