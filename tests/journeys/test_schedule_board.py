"""The schedule board in a browser: dragged, refused, moved with the keys, undone, and nothing lost with the network."""

from playwright.sync_api import Locator, Page, expect

from .browser import assert_fit, enter, open_page, press
from .conftest import Site

BOARD = "/2025/53/jadwal/papan/"  # in scoring; interviews of twenty minutes in one room
PLACED = (
    "SELECT i.starts_at FROM judging_interview i JOIN nominees_nomination n ON n.id = i.nomination_id"
    " JOIN nominees_round r ON r.id = n.round_id JOIN nominees_edition e ON e.id = r.edition_id"
    " WHERE e.assessment_year = 2025 AND n.number = ? ORDER BY r.id LIMIT 1"
)


def start_of(site: Site, number: str) -> str:
    (found,) = site.ask(PLACED, int(number))
    return str(found)


def drag(page: Page, card: Locator, target: Locator, *, down: int = 12) -> None:
    """Drag ``card`` by its upper edge over ``target``, and let it go there."""
    card.scroll_into_view_if_needed()
    here, there = card.bounding_box(), target.bounding_box()
    assert here is not None
    assert there is not None
    page.mouse.move(here["x"] + 30, here["y"] + 4)
    page.mouse.down()
    page.mouse.move(here["x"] + 40, here["y"] + 20, steps=3)
    page.mouse.move(there["x"] + 60, there["y"] + down, steps=5)
    expect(page.locator(".sb-ghost[data-is]")).to_be_visible()  # the server has said what it thinks
    page.mouse.up()


def test_cards_are_moved_by_mouse_and_keys_and_every_act_is_taken_back(desktop: Page, site: Site) -> None:
    enter(desktop, "sekretariat")
    open_page(desktop, BOARD)
    press(desktop, ".sb-days a >> nth=-1")  # tomorrow: nothing has begun
    desktop.set_viewport_size({"width": 1280, "height": 1400})
    cards = desktop.locator(".sb-table .sb-card")
    number, other = (str(cards.nth(which).get_attribute("data-n")) for which in (0, 1))
    card, neighbour = desktop.locator(f"#w{number}"), desktop.locator(f"#w{other}")
    said, refused = desktop.locator("[data-said]"), desktop.locator("[data-refused] li")
    first = start_of(site, number)

    drag(desktop, card, neighbour, down=20)
    expect(refused.first).to_be_visible()
    assert start_of(site, number) == first

    drag(desktop, card, desktop.locator(".sb-table [data-at='600'] td"))
    expect(said).to_be_visible()
    expect(card).to_be_focused()
    dragged = start_of(site, number)
    assert dragged > first

    for key in ("Enter", "ArrowUp", "ArrowUp"):
        desktop.keyboard.press(key)
    expect(desktop.locator(".sb-ghost[data-is=fits], .sb-ghost[data-is=warning]")).to_be_visible()
    desktop.keyboard.press("Enter")
    expect(card).to_be_focused()
    expect(desktop.locator("[data-live]")).to_be_hidden()
    keyed = start_of(site, number)
    assert first < keyed < dragged

    desktop.keyboard.press("Enter")
    desktop.keyboard.press("ArrowUp")
    desktop.keyboard.press("Escape")
    expect(card).to_be_focused()
    desktop.context.set_offline(True)
    desktop.keyboard.press("Enter")
    desktop.keyboard.press("ArrowUp")
    desktop.keyboard.press("Enter")
    expect(refused).to_have_count(1)
    desktop.context.set_offline(False)
    assert start_of(site, number) == keyed

    open_page(desktop, desktop.url)  # what can be undone, the server knows
    for before in (dragged, first):
        with desktop.expect_response(lambda answer: answer.url.endswith("/urungkan/")):
            desktop.keyboard.press("Control+z")
        expect(said).to_be_visible()
        assert start_of(site, number) == before
    assert_fit(desktop)
