"""A member's day without network: nothing is lost, nothing arrives twice, nothing is overwritten unseen, and nobody
else reads what stays on the device.

Long: each journey proves much, because each has a site and a device of its own.
"""

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserType, Error, Page, expect

from .browser import PHONE, open_page, sign_in, will_be_asked
from .conftest import Site
from .device import LATE_CLOCK, Device, kept_pages, on_disk, records, stored, until, waiting
from .network import Network, network_before
from .test_scoring import CHECK, ROUND, STATE, receipts

MEMBER, OTHER = "akademisi", "hukum"
DAY = f"{ROUND}/wawancara/"
ALL_DAYS = f"{DAY}?hari=semua"
PANEL = "[data-offline]"
SIGN_OUT = "form[action='/keluar/'] [type=submit]"
NOTE = "hanya-di-lembar-sendiri"
TYPED = "input[type=text][name^=nilai-]"


@pytest.fixture
def network(site: Site) -> Iterator[Network]:
    """What lies between the devices and the site."""
    with network_before(site.url) as network:
        yield network


@pytest.fixture
def new_device(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    browser_context_args: dict[str, Any],
    network: Network,
    tmp_path: Path,
) -> Iterator[Callable[..., Device]]:
    """Return a function that buys a device; in the end no page of any may have complained."""
    devices: list[Device] = []
    options = browser_type_launch_args | browser_context_args | PHONE

    def bought(**differently: Any) -> Device:
        folder = tmp_path / f"device-{len(devices)}"
        devices.append(Device(browser_type, folder, network, options, **differently))
        return devices[-1]

    yield bought
    for device in devices:
        device.close()
    assert [complaint for device in devices for complaint in device.complaints] == []


@pytest.fixture
def practice(site: Site) -> int:
    """The id of the round in scoring."""
    (found,) = site.ask(
        "SELECT d.id FROM nominees_round d JOIN nominees_edition e ON e.id = d.edition_id"
        " WHERE e.assessment_year = 2025 AND d.practice = 0"
    )
    return int(found)


@pytest.fixture
def eight_sheets(site: Site, practice: int) -> None:
    """Two more nominees, so that the member has eight sheets."""
    change(
        site,
        "INSERT INTO nominees_nomination (number, status, status_reason, leader, summary, version, category_id,"
        " nominee_id, round_id, is_calibration) SELECT n.number + 6, n.status, n.status_reason, n.leader, n.summary,"
        " n.version, n.category_id, (SELECT max(id) FROM nominees_nominee WHERE id NOT IN (SELECT nominee_id FROM"
        " nominees_nomination WHERE round_id = n.round_id)) - n.number, n.round_id, 0"
        " FROM nominees_nomination n WHERE n.round_id = ? AND n.number IN (1, 2)",
        practice,
    )


def change(site: Site, statement: str, *values: object) -> None:
    """Change the database behind everybody's back."""
    with closing(sqlite3.connect(site.database, timeout=10)) as connection, connection:
        connection.execute(statement, values)


def sheet(number: int) -> str:
    """The address of the sheet on a nominee."""
    return f"{ROUND}/lembar/{number}/"


def prepared(device: Device, sheets: int, member: str = MEMBER) -> Page:
    """Sign in on the device and open the day until all is ready for a time without network."""
    page = device.start()
    sign_in(page, member)
    prepare(page, sheets)
    return page


def prepare(page: Page, sheets: int) -> None:
    """Open the day until so many sheets would open without network."""
    open_page(page, ALL_DAYS)
    until(page, lambda: len([path for path in kept_pages(page) if "/lembar/" in path]) == sheets, "the day is kept")
    until(page, lambda: bool(page.evaluate("Boolean(navigator.serviceWorker.controller)")), "the worker is in charge")


def fill(page: Page, mark: str, note: str = "") -> None:
    """Give ``mark`` wherever one is typed and the third level wherever one is chosen."""
    for criterion in page.locator("[data-criterion]").all():
        typed = criterion.locator(TYPED)
        if typed.count():
            typed.fill(mark)
        else:
            criterion.locator("input[type=radio][value='3']").check()
    if note:
        page.locator("[name^=catatan-]").first.evaluate("box => box.closest('details')?.setAttribute('open', '')")
        page.locator("[name^=catatan-]").first.fill(note)


def kept(page: Page) -> None:
    """Wait until the sheet says that it is kept here and not sent."""
    expect(page.locator(STATE)).to_have_attribute("data-is", "offline")
    settled(page)


def settled(page: Page) -> None:
    """Wait until the page may be left without a question: it asks while it writes down."""
    may_leave = "dispatchEvent(new Event('beforeunload', { cancelable: true }))"
    until(page, lambda: bool(page.evaluate(may_leave)), "all is written down")


def marks(site: Site) -> dict[int, set[str]]:
    """Return what is typed in the newest version of each sheet of the round in scoring; the levels are left out."""
    rows = site.ask(
        "SELECT n.number, v.entries FROM judging_sheetversion v JOIN judging_sheet s ON s.id = v.sheet_id"
        " JOIN nominees_nomination n ON n.id = s.nomination_id JOIN nominees_round d ON d.id = n.round_id"
        " JOIN nominees_edition e ON e.id = d.edition_id WHERE e.assessment_year = 2025 ORDER BY v.number"
    )
    return {
        number: {cell["value"] for cell in json.loads(entries).values() if cell.get("value") not in {"3", None}}
        for number, entries in rows
    }


def test_a_day_is_scored_without_network_and_arrives_once(
    new_device: Callable[..., Device], network: Network, site: Site, practice: int, eight_sheets: None
) -> None:
    begun = datetime.now(UTC)
    device = new_device(clock=LATE_CLOCK)
    page = prepared(device, sheets=8)
    assert_installable(page)
    device.cut()
    device.close()

    page = device.start()
    assert_opened_by_the_worker(page)
    order = [3, 1, 2, 4, 5, 6, 7, 8]
    for done, number in enumerate(order, start=1):
        open_page(page, sheet(number))
        fill(page, f"{70 + number},5", NOTE if number == 3 else "")
        kept(page)
        assert waiting(page) == done
    for number in (3, 1):
        open_page(page, sheet(number))
        expect(page.locator(TYPED).first).to_have_value(f"{70 + number},5")
        page.locator(CHECK).click()
        page.locator("dialog[data-submit-offline] [data-yes]").click()
        expect(page.locator("[data-queued]")).to_be_visible()
        settled(page)
    page.reload()
    expect(page.locator("[data-queued]")).to_be_visible()
    settled(page)
    open_page(page, ALL_DAYS)
    expect(page.locator(f"{PANEL} [data-waiting]")).to_contain_text("8")
    assert_unreadable(page, site, practice)
    assert receipts(site) == []

    network.delay = 0.8
    network.lose_every(7)
    device.restore()
    counts = [8]
    for _ in range(600):
        arrived = len(marks(site))
        with suppress(Error):  # the day loads itself anew once all is sent
            counts.append(waiting(page))
        assert arrived >= 8 - counts[-1]
        if not counts[-1]:
            break
        page.wait_for_timeout(100)
    assert counts == sorted(counts, reverse=True)
    assert counts[-1] == 0
    assert marks(site) == {number: {f"{70 + number}.5"} for number in order}
    found = receipts(site)
    assert [number for number, revision, _ in found if revision == 1] == order
    assert len({hash for _, _, hash in found}) == len(found)
    # A mark that was on its way when the network failed is sent as it was, and then what came after it.
    for number in order:
        revisions = [revision for other, revision, _ in found if other == number]
        assert revisions == list(range(1, len(revisions) + 1))
    sent = "SELECT n.number FROM judging_sheet s JOIN nominees_nomination n ON n.id = s.nomination_id"
    assert set(site.ask(f"{sent} WHERE s.state = 'submitted' AND s.round_id = ?", practice)) == {1, 3}
    assert {"request", "answer"} <= {fate for _, fate in network.seen}
    versions = (
        "SELECT count(*) FROM judging_sheetversion v JOIN judging_sheet s ON s.id = v.sheet_id WHERE round_id = ?"
    )
    assert site.ask(versions, practice) == [8]
    for moment in site.ask("SELECT at FROM judging_savereceipt ORDER BY rowid DESC LIMIT 10"):
        assert begun - timedelta(minutes=1) < datetime.fromisoformat(moment).replace(tzinfo=UTC) < datetime.now(UTC)
    network.delay, network.loses = 0, lambda line: ""
    until(page, lambda: is_counted_anew(page, "2"), "the kept day counts what was sent", seconds=60)
    expect(page.locator(f"{PANEL} [data-receipts] li")).to_have_count(2)
    expect(page.locator(f"{PANEL} [data-waiting]")).to_be_hidden()
    device.close()
    assert on_disk(device.folder, NOTE) == []


def is_counted_anew(page: Page, submitted: str) -> bool:
    """Let the device notice its network; return whether the day is the server's own, with so many ``submitted``."""
    page.evaluate("dispatchEvent(new Event('online'))")
    return page.locator("html:not([data-kept]) progress").get_attribute("value", timeout=500) == submitted


def assert_opened_by_the_worker(page: Page) -> None:
    """Without network: the first page leads to the day under the policy it came with, an unkept page says so."""
    answer = open_page(page, "/")
    assert page.url.endswith(DAY)
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert page.locator("html[data-kept]").count() == 1
    open_page(page, f"{ROUND}/panel/")
    expect(page.locator("html[data-kept]")).to_have_count(0)
    expect(page.locator("main a[href='/']")).to_be_visible()


def assert_installable(page: Page) -> None:
    """The browser would install it; the icons are as large as they say."""
    browser = page.context.new_cdp_session(page)
    assert browser.send("Page.getInstallabilityErrors")["installabilityErrors"] == []
    assert browser.send("Page.getAppManifest")["errors"] == []
    told = page.evaluate("async () => (await fetch(document.querySelector('link[rel=manifest]').href)).json()")
    assert {"name", "short_name", "start_url", "display", "icons"} <= told.keys()
    sizes = page.evaluate(
        "icons => Promise.all(icons.map(async ({src, sizes}) => { const image = new Image(); image.src = src;"
        " await image.decode(); return [sizes, `${image.naturalWidth}x${image.naturalHeight}`]; }))",
        [icon for icon in told["icons"] if icon["type"] == "image/png"],
    )
    assert sizes == [[size, size] for size, _ in sizes]
    assert {size for size, _ in sizes} == {"192x192", "512x512"}


def assert_unreadable(page: Page, site: Site, practice: int) -> None:
    """No mark, note or name of a nominee stands anywhere in what the browser stores."""
    found = stored(page)
    names = site.ask(
        "SELECT n.name FROM nominees_nominee n JOIN nominees_nomination c ON c.nominee_id = n.id WHERE c.round_id = ?",
        practice,
    )
    assert len(names) == 8
    told = [*names, NOTE, "73,5", "73%2C5", "71,5", "nilai-", "<html"]
    assert [words for words in told if words in found["records"]] == []
    elsewhere = "\n".join([found["small"], *(text for _, text in found["cached"])])
    assert [words for words in [*names, NOTE] if words in elsewhere] == []
    assert "extractable key" not in found["records"]
    paths = {url.split("/", 3)[3] for url, _ in found["cached"]}
    assert {path for path in paths if not path.startswith("static/")} == {"luring/"}


def test_whatever_step_is_lost_the_same_save_is_sent_again(
    new_device: Callable[..., Device], network: Network, site: Site, practice: int
) -> None:
    device = new_device()
    page = prepared(device, sheets=6)
    open_page(page, sheet(1))

    network.lose_next("request", "answer")
    page.locator(TYPED).first.fill("71")
    expect(page.locator(STATE)).to_have_attribute("data-is", "saved")
    assert network.posts()[-3:] == ["request", "answer", ""]
    assert [receipt[:2] for receipt in receipts(site)] == [(1, 1)]

    network.lose_next("answer", "answer")
    page.locator(TYPED).first.fill("72")
    until(page, lambda: len(receipts(site)) == 2, "the server has it, the device has no answer")
    device.cut()
    device.close()
    device.network.is_cut = False
    page = device.start()
    open_page(page, sheet(1))
    expect(page.locator(TYPED).first).to_have_value("72")
    until(page, lambda: waiting(page) == 0, "the answer came")
    assert [receipt[:2] for receipt in receipts(site)] == [(1, 1), (1, 2)]

    device.cut()
    open_page(page, sheet(2))
    fill(page, "74")
    kept(page)
    page.locator(CHECK).click()
    page.locator("dialog[data-submit-offline] [data-yes]").click()
    expect(page.locator("[data-queued]")).to_be_visible()
    lost = iter(["request", "answer"])
    network.loses = lambda line: next(lost, "") if "/lembar/2/periksa/" in line else ""
    device.restore()
    until(page, lambda: waiting(page) == 0, "the submission is answered", seconds=25)
    *_, saved, submitted = receipts(site)
    assert (saved[0], submitted[:2]) == (2, (2, saved[1] + 1))
    expect(page.locator(".app-receipt")).to_contain_text(f"{submitted[1]}-{submitted[2]}")
    assert site.ask("SELECT count(*) FROM judging_sheet WHERE state = 'submitted' AND round_id = ?", practice) == [1]


def test_two_devices_on_one_sheet_leave_the_choice_to_a_person(
    new_device: Callable[..., Device], network: Network, site: Site, open_window: Callable[..., Page]
) -> None:
    device = new_device()
    page = prepared(device, sheets=6)
    device.cut()
    open_page(page, sheet(1))
    fill(page, "61")
    kept(page)

    other = open_window()
    sign_in(other, MEMBER)
    open_page(other, sheet(1))
    fill(other, "88")
    expect(other.locator(STATE)).to_have_attribute("data-is", "saved")

    device.restore()
    until(page, lambda: waiting(page, "decide") == 1, "a person must decide")
    assert marks(site) == {1: {"88"}}
    open_page(page, sheet(1))
    expect(page.locator(TYPED).first).to_have_value("61")
    page.locator("[data-alert] button[data-plain]").click()
    page.wait_for_load_state()
    text = page.locator("main").inner_text()
    assert "61" in text
    assert "88" in text
    assert marks(site) == {1: {"88"}}
    for choice in page.locator("input[type=radio][value]").all():
        if "61" in choice.evaluate("box => box.closest('label, div').textContent"):
            choice.check()
    page.locator("form[data-choice] [type=submit]").click()
    until(page, lambda: marks(site) == {1: {"61"}}, "the choice is saved")
    until(page, lambda: records(page) == [], "the device has nothing left")


def test_what_may_not_be_saved_any_more_stays_on_the_device(
    new_device: Callable[..., Device], network: Network, site: Site, practice: int
) -> None:
    device = new_device()
    page = prepared(device, sheets=6)
    network.delay = 60  # it is not cut, but nobody waits as long as that
    open_page(page, sheet(1))
    assert page.locator("html[data-kept]").count() == 1
    network.delay = 0
    member, substitute = site.ask(
        "SELECT id FROM accounts_user WHERE username IN ('akademisi', 'admin') ORDER BY username DESC"
    )
    (seat,) = site.ask("SELECT seat_id FROM judging_seating WHERE round_id = ? AND user_id = ?", practice, member)
    happened = [
        ("UPDATE judging_attendance SET presence = 'absent' WHERE seat_id = ?", seat),
        ("UPDATE judging_seating SET user_id = ? WHERE seat_id = ?", substitute, seat),
        ("UPDATE nominees_round SET state = 'plenary' WHERE id = ?", practice),
    ]

    for number, (statement, *values) in enumerate(happened, start=1):
        device.cut()
        open_page(page, sheet(number))
        fill(page, f"6{number}")
        kept(page)
        change(site, statement, *values)
        device.restore()
        until(page, lambda: waiting(page, "decide") == number, f"the server refused: {statement}")  # noqa: B023
        expect(page.locator("[data-alert] [data-text]")).not_to_be_empty()
        expect(page.locator(TYPED).first).to_have_value(f"6{number}")

    assert receipts(site) == []
    device.cut()
    open_page(page, ALL_DAYS)
    expect(page.locator(f"{PANEL} [data-marks]")).to_have_count(3)
    for number, row in enumerate(page.locator(f"{PANEL} [data-marks]").all(), start=1):
        expect(row).to_contain_text(f"6{number}")
    will_be_asked(page, says_yes=True)
    page.locator(f"{PANEL} [data-discard]").first.click()
    expect(page.locator(f"{PANEL} [data-marks]")).to_have_count(2)
    assert [record["path"] for record in records(page)] == [sheet(2), sheet(3)]


def test_sign_out_leaves_nothing_and_the_next_member_sees_nothing(
    new_device: Callable[..., Device], network: Network, site: Site
) -> None:
    device = new_device()
    page = prepared(device, sheets=6)
    device.cut()
    open_page(page, sheet(1))
    fill(page, "61", NOTE)
    kept(page)
    device.restore()
    network.loses = lambda line: "request" if line.startswith("POST ") and "/lembar/" in line else ""

    page.locator(SIGN_OUT).click()
    leaving = page.locator("dialog[data-leaving]")
    leaving.locator("[data-stay]").click()
    assert waiting(page) == 1
    page.locator(SIGN_OUT).click()
    leaving.locator("[data-leave]").click()
    page.wait_for_url("**/masuk/")
    nothing_is_left(page)

    network.loses = lambda line: ""
    sign_in(page, MEMBER)
    prepare(page, sheets=6)
    device.cut()
    open_page(page, sheet(2))
    fill(page, "62", NOTE)
    kept(page)
    page.context.clear_cookies()  # the session ended by itself; somebody else signs in
    device.restore()
    sign_in(page, OTHER)
    device.cut()
    for path in (sheet(2), DAY, "/"):
        open_page(page, path)
        assert page.locator("html[data-kept]").count() == 0
    device.restore()
    open_page(page, f"{ROUND}/panel/")
    page.locator(SIGN_OUT).click()
    page.wait_for_url("**/masuk/")
    assert waiting(page) == 1
    sign_in(page, OTHER)
    open_page(page, ALL_DAYS)
    until(page, lambda: len(kept_pages(page)) > 0, "the day of the other member is kept")
    expect(page.locator(f"{PANEL} [data-others]")).to_be_visible()
    open_page(page, sheet(2))
    expect(page.locator(TYPED).first).to_have_value("")
    assert NOTE not in page.content()
    assert receipts(site) == []
    page.locator(SIGN_OUT).click()
    page.wait_for_url("**/masuk/")
    sign_in(page, MEMBER)
    open_page(page, sheet(2))
    until(page, lambda: marks(site) == {2: {"62"}}, "it is sent under the right name")
    expect(page.locator(TYPED).first).to_have_value("62")


def nothing_is_left(page: Page) -> None:
    """No database, no cache, no worker and no small thing of the site is in the browser."""
    until(page, lambda: not page.evaluate("async () => (await caches.keys()).length"), "the caches are gone")
    found = stored(page)
    assert (found["databases"], found["records"], found["cached"], found["small"]) == ([], "", [], "[{},{}]")
