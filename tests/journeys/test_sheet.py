"""One sheet as it is used: by keyboard alone, on a network that comes and goes, on three sizes of window."""

import json
import sqlite3
import time
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from judging.core import rubric as rubrics

from .browser import accessibility_faults, open_page, overflow, sign_in, will_be_asked
from .conftest import Site
from .device import until
from .test_scoring import CHECK, ROUND, SAVE, STATE, SUBMIT, receipts

SHEET = f"{ROUND}/lembar/1/"
MARKS = "input[type=text][name^=nilai-]"
#: Longer than a person who knows the keys takes for a criterion; the machine types at this pace too.
KEYSTROKE = 60  # milliseconds
LIMIT = 25.0  # seconds for eight criteria, QUALITY.md and the contract with the panel


def eight_criteria() -> dict[str, Any]:
    """Return a rubric of eight criteria of the panel, typed and by level."""
    typed = {"kind": "panel", "min": "0", "max": "100", "step": "0.5", "may_be_na": True}
    words = [[str(value), f"Tingkat {value}"] for value in range(1, 6)]
    chosen = {"kind": "panel", "min": "1", "max": "5", "step": "1", "levels": words}
    leaves = [
        {"id": f"k{number}", "title": f"Kriteria {number}", "weight": "12.5", **(chosen if number % 4 == 0 else typed)}
        for number in range(1, 9)
    ]
    return {"id": "total", "children": leaves}


@pytest.fixture
def judged_by_eight(site: Site) -> None:
    """Let the nominee number 1 of the round in scoring be judged by eight criteria."""
    read = rubrics.from_document(eight_criteria())
    with sqlite3.connect(site.database) as connection:
        use, rubric = connection.execute(
            "SELECT u.id, v.rubric_id FROM judging_categoryrubric u "
            "JOIN judging_rubricversion v ON v.id = u.version_id "
            "JOIN nominees_nomination n ON n.category_id = u.category_id JOIN nominees_round d ON d.id = n.round_id "
            "JOIN nominees_edition e ON e.id = d.edition_id WHERE n.number = 1 AND e.assessment_year = 2025"
        ).fetchone()
        amended = connection.execute(
            "INSERT INTO judging_rubricversion (rubric_id, number, content, content_hash, created_at, reason) "
            "VALUES (?, 99, ?, ?, '2025-01-01 00:00:00', 'uji')",
            (rubric, rubrics.canonical(read).decode(), rubrics.content_hash(read)),
        ).lastrowid
        connection.execute("UPDATE judging_categoryrubric SET version_id = ? WHERE id = ?", (amended, use))


def stored(site: Site) -> dict[str, Any]:
    """Return the marks of the newest version of the one sheet of the round in scoring."""
    (entries,) = site.ask(
        "SELECT v.entries FROM judging_sheetversion v JOIN judging_sheet s ON s.id = v.sheet_id "
        "JOIN nominees_round d ON d.id = s.round_id JOIN nominees_edition e ON e.id = d.edition_id "
        "WHERE e.assessment_year = 2025"
    )
    return {name: cell.get("value") for name, cell in json.loads(entries).items()}


def test_eight_criteria_are_scored_by_keyboard_alone(desktop: Page, site: Site, judged_by_eight: None) -> None:
    sign_in(desktop, "akademisi")
    open_page(desktop, SHEET)
    begun = time.monotonic()
    desktop.locator(MARKS).first.focus()

    for mark in ["82,5", "75", "0", "4", "100", "63", "71,5", "2"]:
        desktop.keyboard.type(mark, delay=KEYSTROKE)
        desktop.keyboard.press("Enter")
    expect(desktop.locator(CHECK)).to_be_focused()
    desktop.keyboard.press("Enter")
    desktop.wait_for_url("**/periksa/")
    desktop.locator(SUBMIT).focus()
    desktop.keyboard.press("Enter")
    expect(desktop.locator(".app-receipt")).to_be_visible()

    took = time.monotonic() - begun
    assert took < LIMIT, f"{took:.1f} s"
    marks = ["82.5", "75", "0", "4", "100", "63", "71.5", "2"]
    assert stored(site) == {f"k{number}": mark for number, mark in enumerate(marks, start=1)}


def test_arrows_step_and_delete_empties(desktop: Page, judged_by_eight: None) -> None:
    sign_in(desktop, "akademisi")
    open_page(desktop, SHEET)
    box = desktop.locator(MARKS).first
    box.fill("82")
    box.press("ArrowUp")
    expect(box).to_have_value("82,5")
    box.press("ArrowDown")
    box.press("ArrowDown")
    expect(box).to_have_value("81,5")
    expect(desktop.locator("[data-points]")).to_have_text("10,19")  # 81,5 of 100 at a weight of 12,5
    desktop.locator(MARKS).nth(1).fill("150")  # no mark of this scale
    expect(desktop.locator("[data-points]")).to_have_text("10,19")
    slider = desktop.locator("[data-slider]").first
    assert slider.get_attribute("aria-valuetext") == "81,5"
    levels = desktop.locator("[data-criterion=k4]")
    levels.locator("input[value='3']").check()
    desktop.keyboard.press("Delete")
    expect(levels.locator("input[value='']")).to_be_checked()


def test_single_letters_are_switched_off(desktop: Page) -> None:
    sign_in(desktop, "akademisi")
    open_page(desktop, SHEET)
    keys = desktop.locator("dialog[data-keys]")
    desktop.keyboard.press("?")
    expect(keys).to_be_visible()
    keys.locator("[data-single-keys]").uncheck()
    desktop.keyboard.press("Escape")
    desktop.locator("h1").click()
    desktop.keyboard.press("?")
    expect(keys).to_be_hidden()
    desktop.locator("[data-keys-open] button").click()
    expect(keys).to_be_visible()


def test_not_applicable_takes_the_mark_away_and_gives_it_back(desktop: Page, judged_by_eight: None) -> None:
    sign_in(desktop, "akademisi")
    open_page(desktop, SHEET)
    criterion = desktop.locator("[data-criterion=k1]")
    criterion.locator("input.app-mark").fill("80")
    expect(desktop.locator("[data-points]")).to_have_text("10,00")
    criterion.locator("input[name=keadaan-k1]").check()
    expect(criterion.locator("input.app-mark")).to_be_hidden()
    expect(desktop.locator("[data-points]")).to_have_text("–")
    expect(desktop.locator("[data-possible]")).to_have_text("100,00")
    expect(desktop.locator(STATE)).to_have_attribute("data-is", "faulty")  # the reason is missing
    criterion.locator("input[name=alasan-k1]").fill("Baru dibentuk")
    expect(desktop.locator(STATE)).to_have_attribute("data-is", "saved")
    criterion.locator("input[name=keadaan-k1]").uncheck()
    expect(criterion.locator("input.app-mark")).to_have_value("80")


def test_what_is_typed_without_network_is_kept_and_sent_once_it_is_back(phone: Page, site: Site) -> None:
    sign_in(phone, "hukum")
    open_page(phone, SHEET)
    phone.context.set_offline(True)
    phone.locator(MARKS).nth(0).fill("77")
    expect(phone.locator(STATE)).to_have_attribute("data-is", "offline")
    phone.locator(MARKS).nth(1).fill("66")
    phone.locator(CHECK).click()
    check = phone.locator("dialog[data-submit-offline]")
    expect(check.locator("[data-incomplete]")).to_be_visible()
    expect(check.locator("[data-yes]")).to_be_hidden()
    check.locator("[data-no]").click()
    expect(phone.locator(MARKS).nth(1)).to_have_value("66")
    assert phone.url.endswith("/lembar/1/")
    assert receipts(site) == []

    phone.context.set_offline(False)

    expect(phone.locator(STATE)).to_have_attribute("data-is", "saved")
    assert list(stored(site).values())[:2] == ["77", "66"]


def test_an_answer_that_is_lost_leads_to_no_second_save(phone: Page, site: Site) -> None:
    sign_in(phone, "spsi")
    open_page(phone, SHEET)
    lost: list[int] = []

    def lose_the_first(route: Route) -> None:
        if route.request.method != "POST" or lost:
            route.continue_()
            return
        lost.append(route.fetch().status)
        route.abort()

    phone.route("**/lembar/1/", lose_the_first)
    phone.locator(MARKS).nth(0).fill("77")
    expect(phone.locator(STATE)).to_have_attribute("data-is", "offline")
    assert lost == [200]
    once = receipts(site)
    expect(phone.locator(STATE)).to_have_attribute("data-is", "saved")

    assert receipts(site) == once
    assert len(once) == 1


def test_signed_out_meanwhile_keeps_what_is_typed(phone: Page, site: Site) -> None:
    sign_in(phone, "dprd")
    open_page(phone, SHEET)
    phone.context.clear_cookies()
    phone.locator(MARKS).nth(0).fill("77")
    phone.locator(SAVE).click()
    expect(phone.locator(STATE)).to_have_attribute("data-is", "stopped")
    expect(phone.locator(".app-bar-alert")).not_to_be_empty()
    expect(phone.locator(MARKS).nth(0)).to_have_value("77")
    assert receipts(site) == []


def test_the_private_note_is_saved_as_it_is_written_and_never_lost_silently(desktop: Page, site: Site) -> None:
    sign_in(desktop, "akademisi")
    open_page(desktop, SHEET)
    note, state = desktop.locator("[name=private_note]"), desktop.locator("[data-note-state]")
    notes = "SELECT text FROM judging_privatenote"
    note.fill("Ditulis lalu pergi")
    desktop.locator(".app-breadcrumbs a").click()
    desktop.wait_for_url("**/wawancara/")
    assert site.ask(notes) == ["Ditulis lalu pergi"]

    open_page(desktop, SHEET)
    desktop.context.set_offline(True)
    note.fill("Tanpa jaringan")
    expect(state).to_have_attribute("data-is", "offline")
    left = will_be_asked(desktop, says_yes=False)
    desktop.locator(".app-breadcrumbs a").click()
    expect(note).to_have_value("Tanpa jaringan")
    until(desktop, lambda: left == [], "the browser asks before the note is lost")
    desktop.context.set_offline(False)
    expect(state).to_have_attribute("data-is", "saved")
    assert site.ask(notes) == ["Tanpa jaringan"]


def test_a_look_at_the_nominee_keeps_the_place_in_the_sheet(phone: Page, judged_by_eight: None) -> None:
    sign_in(phone, "akademisi")
    open_page(phone, SHEET)
    phone.evaluate("scrollTo(0, 1300)")
    phone.evaluate("location.hash = 'nomine'")
    expect(phone.locator("#nomine h2").first).to_be_in_viewport()
    expect(phone.locator("form.app-sheet")).to_be_hidden()
    phone.evaluate("location.hash = 'lembar'")
    expect(phone.locator("form.app-sheet")).to_be_visible()
    assert phone.evaluate("scrollY") == 1300


def test_the_countdown_goes_on_by_the_time_that_passed_not_by_the_clock_of_the_device(desktop: Page) -> None:
    desktop.clock.install(time=datetime(2001, 1, 1, tzinfo=UTC))  # a device that is years behind
    open_page(desktop, "/masuk/")
    desktop.evaluate(
        "document.body.insertAdjacentHTML('beforeend', `<b data-countdown=5400 data-minutes='{minutes} menit' "
        "data-hours='{hours} jam {minutes} menit' data-running='berlangsung'></b>`);"
        "import('/static/judging/countdown.js')"
    )
    told = desktop.locator("[data-countdown]")
    for passed, text in (("00:30", "1 jam 30 menit"), ("01:00:00", "30 menit"), ("29:31", "berlangsung")):
        desktop.clock.fast_forward(passed)
        expect(told).to_have_text(text)


SIZES = [(360, 640), (768, 1024), (1440, 900)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_sheet_fits_its_window_in_every_look(desktop: Page, judged_by_eight: None, width: int, height: int) -> None:
    desktop.set_viewport_size({"width": width, "height": height})
    sign_in(desktop, "akademisi")
    open_page(desktop, SHEET)
    assert bottom_of_the_first_mark(desktop) <= desktop.locator(".app-bar").evaluate(TOP)
    desktop.locator(MARKS).first.fill("82,5")
    desktop.locator("[data-criterion=k4] input[value='3']").check()
    expect(desktop.locator(STATE)).to_have_attribute("data-is", "saved")
    desktop.evaluate("scrollTo(0, 0)")  # what lies half under the bar is no small target
    assert (overflow(desktop), accessibility_faults(desktop)) == (0, [])
    assert small_targets(desktop) == []

    desktop.goto(f"{SHEET}#nomine")
    expect(desktop.locator("#nomine")).to_be_visible()
    assert desktop.locator("form.app-sheet").is_visible() == (width >= 1200)
    assert (overflow(desktop), accessibility_faults(desktop)) == (0, [])


TOP = "box => box.getBoundingClientRect().top"


def bottom_of_the_first_mark(page: Page) -> float:
    """Return how far down the window the first mark is typed."""
    return float(page.locator(MARKS).first.evaluate("box => box.getBoundingClientRect().bottom"))


def small_targets(page: Page) -> list[str]:
    """Return what can be tapped in the form and is lower than 44 px; a box inside a label counts as its label."""
    found = page.evaluate(
        "() => [...document.querySelectorAll('form.app-sheet :is(button, summary, select, .app-level, .form-check,"
        " input:not([type=hidden], [type=radio], [type=checkbox]), textarea)')]"
        ".filter(each => each.checkVisibility() && each.getBoundingClientRect().height < 44)"
        ".map(each => each.outerHTML.slice(0, 80))"
    )
    return [str(each) for each in found]
