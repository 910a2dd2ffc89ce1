"""The frame of every page in a real browser: the sign-in page, the language and the error pages."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from .browser import accessibility_faults, open_page, overflow, press, sign_in

WIDTHS = [320, 360, 768, 1280]


def test_sign_in_page_fits_and_is_accessible(open_window: Callable[..., Page]) -> None:
    for width in WIDTHS:
        page = open_window(viewport={"width": width, "height": 800})

        page.goto("/masuk/")

        expect(page.locator("html")).to_have_attribute("lang", "id")
        assert (width, overflow(page)) == (width, 0)
        assert accessibility_faults(page) == []


def test_the_font_and_the_icons_come_from_this_server(desktop: Page) -> None:
    asked: list[str] = []
    desktop.on("requestfinished", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))

    desktop.goto("/masuk/", wait_until="networkidle")

    assert {"tabler.css", "app.css", "inter-400.woff2", "icons.svg"} <= set(asked)
    assert desktop.evaluate("document.fonts.check('600 16px Inter')")
    assert len(asked) <= 12


def test_a_wrong_password_is_told_and_takes_the_focus(phone: Page) -> None:
    phone.goto("/masuk/")
    phone.locator("[name=username]").fill("sekretariat")
    phone.locator("[name=password]").fill("salah")

    phone.locator("#sign-in [type=submit]").click()

    expect(phone.locator("[role=alert]")).to_be_focused()
    assert overflow(phone) == 0
    assert accessibility_faults(phone) == []


def test_the_password_can_be_shown(phone: Page) -> None:
    phone.goto("/masuk/")
    field = phone.locator("[name=password]")
    field.fill("rahasia")

    phone.locator("#sign-in [type=checkbox]").check()

    expect(field).to_have_attribute("type", "text")


@pytest.mark.parametrize("scripts", [True, False], ids=["with-scripts", "without-scripts"])
def test_the_language_can_be_changed_and_stays(open_window: Callable[..., Page], scripts: bool) -> None:
    page = open_window(java_script_enabled=scripts)
    sign_in(page, "sekretariat-bali")
    open_page(page, "/2024/51/nomine/")

    press(page, "button[lang=en]")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("h1")).to_have_text("Nominees")
    open_page(page, "/2024/51/panel/")
    expect(page.locator("h1")).to_have_text("Panel")
    expect(page.locator(".app-account form button")).to_have_text("Sign out")
    press(page, "button[lang=id]")
    expect(page.locator("html")).to_have_attribute("lang", "id")


def test_sign_in_works_without_scripts(open_window: Callable[..., Page]) -> None:
    page = open_window(java_script_enabled=False)
    page.goto("/masuk/")
    page.locator("[name=username]").fill("siapa")
    page.locator("[name=password]").fill("salah")

    page.locator("#sign-in [type=submit]").click()

    expect(page.locator("[role=alert]")).to_be_visible()


def test_an_unknown_address_is_told_in_the_same_frame(phone: Page) -> None:
    open_page(phone, "/tidak-ada/", status=404)

    expect(phone.locator("main h1")).to_be_visible()
    assert accessibility_faults(phone) == []
