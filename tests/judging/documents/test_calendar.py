"""Calendars read back by ``icalendar``: times in each zone, lines of 75 octets, names that stay, text that is text."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from judging.documents.calendar import CalendarEvent, InterviewCalendar, event_uid, render_calendar

START = datetime(2025, 6, 24, 1, 0, tzinfo=UTC)
RELEASED = datetime(2025, 6, 20, 4, 30, tzinfo=UTC)


def event(number=17, **changes):
    given = {
        "uid": event_uid("2025/53", number),
        "release": 3,
        "released_at": RELEASED,
        "starts_at": START,
        "ends_at": START + timedelta(minutes=30),
        "nominee": "Kabupaten Kupang (contoh)",
        "category": "Pemerintah kabupaten",
        "room": "Ruang Flobamora",
    }
    return CalendarEvent(**(given | changes))


def calendar(*events, zone="Asia/Makassar", **more):
    return InterviewCalendar("Wawancara Paritrana Award 2024: Unsur APINDO", zone, events or (event(),), **more)


def read(found):
    return Calendar.from_ical(render_calendar(found))


@pytest.mark.parametrize(
    ("zone", "clock", "word"),
    [
        ("Asia/Jakarta", "08:00", "pukul 08.00–08.30 WIB"),
        ("Asia/Makassar", "09:00", "pukul 09.00–09.30 WITA"),
        ("Asia/Jayapura", "10:00", "pukul 10.00–10.30 WIT"),
    ],
)
def test_times_are_in_the_zone_of_the_round_and_are_the_same_moment(zone, clock, word):
    (found,) = read(calendar(zone=zone)).walk("VEVENT")
    assert (found.start, found.end) == (START, START + timedelta(minutes=30))
    assert f"{found.start:%H:%M}" == clock
    assert found["DTSTART"].params["TZID"] == zone
    assert f"Selasa, 24 Juni 2025, {word}" in found["DESCRIPTION"]


@pytest.mark.parametrize(("zone", "hours"), [("Asia/Jakarta", 7), ("Asia/Makassar", 8), ("Asia/Jayapura", 9)])
def test_the_file_brings_its_time_zone(zone, hours):
    (found,) = read(calendar(zone=zone)).walk("VTIMEZONE")
    assert found["TZID"] == zone
    assert found.to_tz().utcoffset(START.replace(tzinfo=None)) == timedelta(hours=hours)


def test_what_a_calendar_is_told_comes_back():
    found = read(calendar(event(panel=("Unsur 1", "Unsur 2"), is_online=True)))
    (one,) = found.walk("VEVENT")
    assert (found["METHOD"], found["VERSION"]) == ("PUBLISH", "2.0")
    assert found["X-WR-CALNAME"] == "Wawancara Paritrana Award 2024: Unsur APINDO"
    assert (one["UID"], one["SEQUENCE"], one["STATUS"]) == ("2025-53-17@paritrana", 3, "CONFIRMED")
    assert one["DTSTAMP"].dt == RELEASED
    assert (one["SUMMARY"], one["LOCATION"]) == ("Wawancara: Kabupaten Kupang (contoh)", "Daring: Ruang Flobamora")
    assert "Unsur: Unsur 1; Unsur 2" in one["DESCRIPTION"]


def test_a_cancelled_one_stays_and_says_so():
    (one,) = read(calendar(event(is_cancelled=True))).walk("VEVENT")
    assert (one["STATUS"], one["SUMMARY"]) == ("CANCELLED", "Wawancara dibatalkan: Kabupaten Kupang (contoh)")


def test_lines_are_folded_by_octets_and_end_as_the_standard_says():
    long = "Kabupaten Ngada – é" * 12
    content = render_calendar(calendar(event(nominee=long)))
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert b"\n" not in content.replace(b"\r\n", b"")
    (one,) = Calendar.from_ical(content).walk("VEVENT")
    assert one["SUMMARY"] == f"Wawancara: {long}"


def test_text_of_people_stays_text():
    nasty = 'PT A; B, C\\n"\r\nEND:VEVENT\r\nBEGIN:VALARM\x00\x07'
    found = read(calendar(event(nominee=nasty, room="Aula; X")))
    (one,) = found.walk("VEVENT")
    assert not found.walk("VALARM")
    assert "END:VEVENT" in one["SUMMARY"]
    assert "\x00" not in one["SUMMARY"]
    assert one["LOCATION"] == "Aula; X"


def test_practice_says_so_everywhere():
    found = read(calendar(mark="LATIHAN"))
    (one,) = found.walk("VEVENT")
    assert found["X-WR-CALNAME"].startswith("[LATIHAN]")
    assert one["SUMMARY"].startswith("[LATIHAN]")
    assert one["DESCRIPTION"].startswith("LATIHAN: bukan jadwal yang sesungguhnya.")


def test_the_same_calendar_gives_the_same_bytes_whatever_the_order():
    one, two = event(1), event(2, starts_at=START - timedelta(days=1), ends_at=START)
    assert render_calendar(calendar(one, two)) == render_calendar(calendar(two, one))


def test_an_empty_calendar_is_one():
    found = read(InterviewCalendar("Kosong", "Asia/Makassar", ()))
    assert not found.walk("VEVENT")
    assert ZoneInfo(found["X-WR-TIMEZONE"]) == ZoneInfo("Asia/Makassar")


def test_the_name_of_a_calendar_is_escaped_like_any_text_and_its_interval_is_a_duration():
    nasty = "Desa A, B; C\r\nATTENDEE:mailto:x\u2028END:VEVENT"
    content = render_calendar(InterviewCalendar(nasty, "Asia/Makassar", (event(nominee=nasty),)))
    unfolded = content.decode().replace("\r\n ", "").splitlines()
    assert "X-WR-CALNAME:Desa A\\, B\\; C \\nATTENDEE:mailto:x END:VEVENT" in unfolded
    assert "X-PUBLISHED-TTL:PT1H" in unfolded
    assert unfolded.count("END:VEVENT") == 1
