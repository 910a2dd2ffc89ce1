"""A schedule from an empty board to a member's calendar: computed, taken, released, broken and repaired."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.request import urlopen

from icalendar import Calendar
from playwright.sync_api import Page, expect

from .browser import DESKTOP, PHONE, assert_fit, enter, open_page, press, sign_in, told
from .conftest import Site
from .world import SCHEDULER, SEATED

ROUND = "/2024/64"
SCHEDULE, BOARD = f"{ROUND}/jadwal/", f"{ROUND}/jadwal/papan/"
REPAIR, RELEASES = f"{ROUND}/jadwal/perbaiki/", f"{ROUND}/jadwal/rilis/"
TAKE, RELEASE, ACT = "form[action$='/ambil/'] [type=submit]", ".app-confirm [type=submit]", "main form [name=langkah]"
CHANGES = "[aria-labelledby=perubahan] tbody tr"
NOMINEES = 8

Draft = dict[int, tuple[Any, ...]]


def of_round(table: str) -> str:
    """Join what follows to the one round of this journey."""
    return (
        f" JOIN nominees_round r ON r.id = {table}.round_id JOIN nominees_edition e ON e.id = r.edition_id"
        " JOIN regions_region g ON g.id = r.region_id WHERE e.assessment_year = 2024 AND g.code = '64'"
    )


def draft(site: Site) -> Draft:
    """The interviews of the draft by number of their nominee: start, end, room and state."""
    rows = site.ask(
        "SELECT n.number, i.starts_at, i.ends_at, i.room_id, i.state FROM judging_interview i"  # noqa: S608 - own words
        f" JOIN nominees_nomination n ON n.id = i.nomination_id {of_round('i')}"
    )
    return {row[0]: row[1:] for row in rows}


def count(site: Site, table: str) -> int:
    return int(site.ask(f"SELECT count(*) FROM {table} t {of_round('t')}")[0])  # noqa: S608 - own words


def released(site: Site, number: int) -> dict[str, tuple[datetime, datetime, int]]:
    """What release ``number`` holds, by the id of a calendar's event: start and end, and which release changed it."""
    rows = site.ask(
        "SELECT n.number, i.starts_at, i.ends_at, i.changed_in FROM judging_releasedinterview i"  # noqa: S608
        " JOIN nominees_nomination n ON n.id = i.nomination_id JOIN judging_schedulerelease t ON t.id = i.release_id"
        f" {of_round('t')} AND t.number = ?",
        number,
    )
    return {f"2024-64-{row[0]}@paritrana": (utc(row[1]), utc(row[2]), row[3]) for row in rows}


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def calendar_at(address: str) -> dict[str, tuple[str, datetime, datetime, int]]:
    """Read the calendar at ``address`` as another program does, without any session: its events by their ids."""
    with urlopen(address, timeout=10) as answer:  # noqa: S310 - the address of the served site
        found = Calendar.from_ical(answer.read())
    return {
        str(one["UID"]): (
            str(one["STATUS"]),
            one.decoded("DTSTART").astimezone(UTC),
            one.decoded("DTEND").astimezone(UTC),
            int(str(one["SEQUENCE"])),
        )
        for one in found.walk("VEVENT")
    }


def confirmed(interviews: dict[str, tuple[datetime, datetime, int]]) -> dict[str, tuple[str, datetime, datetime, int]]:
    return {uid: ("CONFIRMED", *told) for uid, told in interviews.items()}


def watch_until_it_ends(page: Page, start_worker: Callable[[], None] | None = None) -> int:
    """Wait on the page of a computed schedule until it has come by itself to its end; return how much would change."""
    if start_worker is not None:
        expect(page.locator("[data-run][data-state]")).to_be_visible()
        expect(page.locator("form[action$='/berhenti/'] [type=submit]")).to_be_visible()
        expect(page.locator(TAKE)).to_have_count(0)
        assert_fit(page)
        start_worker()
    expect(page.locator(TAKE)).to_be_visible(timeout=20_000)
    assert page.context.request.get(f"{page.url}keadaan/").json()["state"] == "done"
    return page.locator(CHANGES).count()


def twin_of(page: Page) -> Page:
    """The same page once more, in a second window of the same person."""
    twin = page.context.new_page()
    open_page(twin, page.url)
    return twin


def cards(page: Page) -> int:
    """How many interviews the board shows on all days."""
    open_page(page, BOARD)
    days = [str(link.get_attribute("href")) for link in page.locator(".sb-days a").all()]
    shown = 0
    for day in days:
        open_page(page, day)
        shown += page.locator(".sb-table .sb-card").count()
    return shown


def compute(page: Page, site: Site, start_worker: Callable[[], None]) -> None:
    """From the empty board to a draft: computed, watched, looked at, taken once though two windows press."""
    open_page(page, BOARD)
    expect(page.locator(".sb-card.is-waiting")).to_have_count(NOMINEES)
    press(page, ".sb-steps a[href$='/jadwal/hitung/']")
    page.locator("[name=seconds]").select_option("10")
    press(page, "button[value=hitung]")
    assert watch_until_it_ends(page, start_worker) == NOMINEES
    assert draft(site) == {}
    assert_fit(page)
    twin = twin_of(page)

    press(page, TAKE)

    assert page.url.split("?")[0].endswith(BOARD)
    expect(page.locator(".sb-card.is-waiting")).to_have_count(0)
    taken = draft(site)
    assert len(taken) == NOMINEES
    press(twin, TAKE)
    assert told(twin, "danger") != ""
    expect(twin.locator(TAKE)).to_have_count(0)
    twin.close()
    assert (draft(site), count(site, "judging_schedulechange")) == (taken, 1)
    assert cards(page) == NOMINEES


def lose_the_network(page: Page, site: Site) -> None:
    """A card that is put elsewhere without a network comes back, and that is told."""
    before = draft(site)
    open_page(page, f"{BOARD}?hari={min(start for start, *_ in before.values())[:10]}")
    page.locator(".sb-table .sb-card").first.focus()
    page.context.set_offline(True)
    for key in ("Enter", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(page.locator("[data-refused] li")).to_have_count(1)
    page.context.set_offline(False)
    assert draft(site) == before


def release(page: Page, site: Site, number: int) -> None:
    """Release the draft with a second look; a second window that presses as well releases nothing more."""
    open_page(page, RELEASES)
    press(page, ".app-tone-warning a")
    page.locator("[name=note]").fill(f"Rilis {number} (contoh)")
    assert_fit(page)
    twin = twin_of(page)

    press(page, RELEASE)

    assert told(page, "success") != ""
    assert count(site, "judging_schedulerelease") == number
    press(twin, RELEASE)
    twin.close()
    assert count(site, "judging_schedulerelease") == number
    assert_fit(page)


def take_calendar(phone: Page) -> str:
    """The member makes the address of the own calendar, and copies it."""
    open_page(phone, f"{ROUND}/kalender/")
    press(phone, "#saya button[value=buat]")
    assert_fit(phone)
    return phone.locator("#alamat-saya").input_value()


def say_what_happened(page: Page, which: str, number: int, **told_in_form: str) -> None:
    """Write down on the page of repairs what became of the nominee ``number``."""
    open_page(page, f"{REPAIR}?apa={which}&nomor={number}")
    for name, value in told_in_form.items():
        field = page.locator(f"[name={name}]")
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    assert_fit(page)
    press(page, "button[value=catat]")
    assert told(page, "success") != ""


def break_and_repair(page: Page, site: Site) -> tuple[int, int]:
    """Lose two interviews, one for that day and one for good, and take a repair that moves nothing else.

    Returns the nominee who meets the panel on another day, and the one who does not come at all.
    """
    before = draft(site)
    locked, begun, moves, leaves = sorted(before, key=lambda number: before[number][0])[:4]
    open_page(page, f"{SCHEDULE}{locked}/")
    press(page, "button[value=kunci]")
    day = before[moves][0][:10]
    open_page(page, f"{ROUND}/jadwal/hari/?hari={day}")
    page.locator(f"#wawancara-{begun} details:has([value=mulai]) > summary").click()
    press(page, f"#wawancara-{begun} button[value=mulai]")
    say_what_happened(page, "mundur", leaves, reason="Tidak dapat hadir (contoh)")
    say_what_happened(page, "nomine", moves, first=day)
    assert_fit(page)
    broken = draft(site)
    assert {number for number in before if broken.get(number, ())[:3] != before[number][:3]} == {leaves}

    page.locator("[name=seconds]").select_option("5")
    press(page, "button[value=perbaiki]")
    changes = watch_until_it_ends(page)
    assert changes == 1
    assert draft(site) == broken
    assert_fit(page)
    press(page, TAKE)
    repaired = draft(site)
    assert {number for number in broken if repaired[number] != broken[number]} == {moves}
    assert repaired[moves][0][:10] > day
    return moves, leaves


def test_from_an_empty_board_to_a_calendar_that_follows_a_repair(
    open_window: Callable[..., Page],
    site: Site,
    start_worker: Callable[[], None],
    strangers_stay_out: None,
) -> None:
    page, phone = open_window(**DESKTOP), open_window(**PHONE)
    sign_in(page, SCHEDULER)
    enter(phone, SEATED)
    compute(page, site, start_worker)
    lose_the_network(page, site)
    open_page(phone, SCHEDULE)
    expect(phone.locator("main tbody tr")).to_have_count(0)  # a draft is nobody's business yet
    release(page, site, 1)
    address = take_calendar(phone)
    first = calendar_at(address)
    assert len(first) == NOMINEES
    assert first == confirmed(released(site, 1))

    moves, leaves = break_and_repair(page, site)
    release(page, site, 2)

    open_page(phone, f"{SCHEDULE}?hari={draft(site)[moves][0][:10]}")
    expect(phone.locator(f"main tbody a[href='{SCHEDULE}{moves}/']")).to_be_visible()
    second, now = calendar_at(address), released(site, 2)
    gone = f"2024-64-{leaves}@paritrana"
    assert second.keys() == first.keys()
    assert second.pop(gone) == ("CANCELLED", *first[gone][1:3], 2)
    assert second == confirmed(now)
    moved = f"2024-64-{moves}@paritrana"
    assert {uid for uid in second if second[uid] != first[uid]} == {moved}
    assert (first[moved][3], second[moved][3]) == (1, 2)


def test_a_schedule_for_a_draft_that_another_window_changed_is_not_taken(
    desktop: Page, site: Site, start_worker: Callable[[], None]
) -> None:
    enter(desktop, SCHEDULER)
    open_page(desktop, f"{ROUND}/jadwal/hitung/")
    desktop.locator("[name=seconds]").select_option("10")
    press(desktop, "button[value=hitung]")
    start_worker()
    watch_until_it_ends(desktop)
    other = desktop.context.new_page()
    open_page(other, BOARD)
    card = other.locator(".sb-card.is-waiting").first
    number = str(card.get_attribute("data-n"))
    card.focus()
    for key in ("Enter", "ArrowDown", "Enter"):
        other.keyboard.press(key)
    expect(other.locator("[data-said]")).to_be_visible()
    by_hand = draft(site)
    assert list(by_hand) == [int(number)]

    press(desktop, TAKE)

    assert told(desktop, "danger") != ""
    expect(desktop.locator(TAKE)).to_have_count(0)
    assert draft(site) == by_hand
