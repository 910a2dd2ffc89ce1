"""The secretariat's board stays fresh by itself: while a member works, over a cut network, and only while looked at."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .browser import DESKTOP, PHONE, assert_fit, enter, open_page, press
from .conftest import Site

ROUND = "/2025/53"  # in scoring: no sheet yet
BOARD = f"{ROUND}/kemajuan/"
HIDE = (
    "hidden => { Object.defineProperty(document, 'hidden', { value: hidden, configurable: true });"
    " document.dispatchEvent(new Event('visibilitychange')); }"
)


def watched(page: Page) -> list[int]:
    """The status of every answer that the board asked for from now on."""
    statuses: list[int] = []
    page.on("response", lambda answer: statuses.append(answer.status) if "bagian=papan" in answer.url else None)
    return statuses


def later(page: Page, seconds: int = 11) -> None:
    """Let the page's clock run on, and the answer that it asked for come."""
    with page.expect_response(lambda answer: "bagian=papan" in answer.url):
        page.clock.fast_forward(seconds * 1000)


def begin_a_sheet(page: Page) -> None:
    """A member saves the first sheet of the list as a draft."""
    enter(page, "akademisi")
    open_page(page, f"{ROUND}/wawancara/?hari=semua")
    open_page(page, str(page.locator(".app-task-title").first.get_attribute("href")))
    page.locator("[data-criterion] input[type=text][name^=nilai-]").first.fill("80")
    page.locator("button[value=simpan]").click()
    expect(page.locator("[data-save-state]")).to_have_attribute("data-is", "saved")


def test_the_board_follows_what_members_do(desktop: Page, phone: Page, site: Site) -> None:
    enter(desktop, "sekretariat")
    desktop.set_viewport_size({"width": 1000, "height": 900})  # nine seats have to be scrolled sideways
    desktop.clock.install()
    open_page(desktop, BOARD)
    drafts = desktop.locator(".app-matrix use[href$='#edit']")
    statuses = watched(desktop)

    later(desktop)
    assert statuses == [304]
    expect(drafts).to_have_count(0)

    begin_a_sheet(phone)
    desktop.locator(".app-matrix").first.evaluate("table => { table.scrollLeft = 40 }")
    desktop.locator(".app-board .app-table a").nth(1).focus()
    focused = desktop.evaluate("document.activeElement.href")
    later(desktop)
    expect(drafts).to_have_count(1)
    assert statuses == [304, 200]
    assert desktop.evaluate("document.activeElement.href") == focused
    assert desktop.locator(".app-matrix").first.evaluate("table => table.scrollLeft") == 40


def test_the_board_says_when_it_is_out_of_date_and_rests_while_hidden(desktop: Page) -> None:
    enter(desktop, "sekretariat")
    desktop.clock.install()
    open_page(desktop, BOARD)
    statuses, stale = watched(desktop), desktop.locator("[data-stale]")
    later(desktop)
    expect(stale).to_be_hidden()

    desktop.context.set_offline(True)
    desktop.clock.fast_forward(11_000)
    expect(stale).to_be_visible()
    desktop.context.set_offline(False)
    later(desktop)
    expect(stale).to_be_hidden()

    seen = len(statuses)
    desktop.evaluate(HIDE, True)
    desktop.clock.fast_forward(60_000)
    with desktop.expect_response(lambda answer: "bagian=papan" in answer.url):
        desktop.evaluate(HIDE, False)
    assert len(statuses) == seen + 1

    desktop.context.clear_cookies()
    desktop.clock.fast_forward(11_000)
    expect(stale).to_be_visible()
    expect(desktop.locator(".app-matrix").first).to_be_visible()


def test_board_and_seat_are_fit_and_work_without_scripts(open_window: Callable[..., Page]) -> None:
    page = open_window(**DESKTOP)
    enter(page, "sekretariat")
    open_page(page, BOARD)
    assert_fit(page)
    press(page, ".app-board .app-table a >> nth=0")
    assert_fit(page)

    plain = open_window(java_script_enabled=False, **PHONE)
    enter(plain, "sekretariat")
    open_page(plain, BOARD)
    expect(plain.locator(".app-matrix").first).to_be_hidden()
    press(plain, "[data-updates] a")
    assert plain.url.endswith(BOARD)
    press(plain, ".app-board .app-table a >> nth=0")
    assert "/kemajuan/unsur/" in plain.url
