"""What every journey does with a page: signing in, and asking whether the page is fit to be used."""

from typing import Any

from django.urls import reverse
from playwright.sync_api import Page

from paritrana import frontend

# What the accessibility checker is asked: WCAG 2.2 up to AA, and its own good practice.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page: Page, live_server: Any, username: str, password: str) -> None:
    """Sign in through the form, as a person does, and wait until another page has come up.

    Fails if the form comes back (wrong name or password).
    """
    address = live_server.url + reverse("login")
    page.goto(address)
    page.locator("#sign-in [name=username]").fill(username)
    page.locator("#sign-in [name=password]").fill(password)
    with page.expect_navigation():
        page.locator("#sign-in [type=submit]").click()
    assert page.locator("#sign-in").count() == 0, "The sign-in form came back."


def sign_out(page: Page) -> None:
    """Sign out through the button in the header."""
    with page.expect_navigation():
        page.locator(".app-account button").click()


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe finds wrong on ``page``, as ``rule: element``; empty when all is well."""
    page.evaluate(frontend.AXE.read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags}).then(result => result.violations.flatMap("
        "rule => rule.nodes.map(node => `${rule.id}: ${node.html}`)))",
        AXE_TAGS,
    )
    return [str(fault) for fault in found]


def overflow(page: Page) -> int:
    """Return by how many pixels ``page`` is wider than its window; 0 when nothing must be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
