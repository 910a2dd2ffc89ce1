"""The frame of every page in a real browser: the sign-in page, the language and the error pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse
from playwright.sync_api import Page, expect

from paritrana.accounts.models import User
from paritrana.kernel import guards

from .browser import accessibility_faults, overflow

WIDTHS = [320, 360, 768, 1280]


@pytest.mark.parametrize("width", WIDTHS)
def test_sign_in_page_fits_and_is_accessible(open_window: Callable[..., Page], live_server: Any, width: int) -> None:
    page = open_window(viewport={"width": width, "height": 800})

    page.goto(live_server.url + reverse("login"))

    expect(page.locator("html")).to_have_attribute("lang", "id")
    assert overflow(page) == 0
    assert accessibility_faults(page) == []


def test_the_font_and_the_icons_come_from_this_server(desktop: Page, live_server: Any) -> None:
    asked: list[str] = []
    desktop.on("requestfinished", lambda request: asked.append(request.url.rsplit("/", 1)[-1]))

    desktop.goto(live_server.url + reverse("login"), wait_until="networkidle")

    assert {"tabler.css", "frame.css", "inter-400.woff2", "icons.svg"} <= set(asked)
    assert desktop.evaluate("document.fonts.check('600 16px Inter')")
    assert len(asked) <= 12


def test_a_wrong_password_is_told_and_takes_the_focus(phone: Page, live_server: Any) -> None:
    User.objects.create_user("sekretariat", password="benar-benar-rahasia", display_name="Sekretaris (contoh)")
    phone.goto(live_server.url + reverse("login"))
    phone.locator("[name=username]").fill("sekretariat")
    phone.locator("[name=password]").fill("salah")

    phone.locator("#sign-in [type=submit]").click()

    expect(phone.locator("[role=alert]")).to_be_focused()
    assert overflow(phone) == 0
    assert accessibility_faults(phone) == []


def test_the_password_can_be_shown(phone: Page, live_server: Any) -> None:
    phone.goto(live_server.url + reverse("login"))
    field = phone.locator("[name=password]")
    field.fill("rahasia")

    phone.locator("#sign-in [type=checkbox]").check()

    expect(field).to_have_attribute("type", "text")


def test_the_language_can_be_changed_and_stays(desktop: Page, live_server: Any) -> None:
    desktop.goto(live_server.url + reverse("login"))

    desktop.locator("button[lang=en]").click()

    expect(desktop.locator("html")).to_have_attribute("lang", "en")
    expect(desktop.locator("h1")).to_have_text("Sign in")
    desktop.reload()
    expect(desktop.locator("html")).to_have_attribute("lang", "en")


def test_sign_in_works_without_scripts(open_window: Callable[..., Page], live_server: Any) -> None:
    page = open_window(java_script_enabled=False)
    page.goto(live_server.url + reverse("login"))
    page.locator("[name=username]").fill("siapa")
    page.locator("[name=password]").fill("salah")

    page.locator("#sign-in [type=submit]").click()

    expect(page.locator("[role=alert]")).to_be_visible()


def test_an_unknown_address_is_told_in_the_same_frame(phone: Page, live_server: Any) -> None:
    answer = phone.goto(live_server.url + "/tidak-ada/")

    assert answer is not None
    assert answer.status == 404
    expect(phone.locator("main h1")).to_be_visible()
    assert accessibility_faults(phone) == []


def test_the_triggers_are_in_place_in_every_journey(live_server: Any) -> None:
    assert guards.REGISTERED != []
    assert guards.missing(connection) == []
