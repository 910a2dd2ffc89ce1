"""What every journey does with a page: signing in, and asking whether the page is fit to be used."""

from typing import NamedTuple
from weakref import WeakKeyDictionary

from playwright.sync_api import Dialog, Page, Response

from judging.management.demo.facts import PASSWORD
from paritrana import frontend

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESKTOP = {"viewport": {"width": 1280, "height": 900}}
MARK = "CONTOH: bukan hasil sebenarnya"

# What the accessibility checker is asked: WCAG 2.2 up to AA, and its own good practice.
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Visit(NamedTuple):
    """One request for a page."""

    method: str
    path: str


#: The answers to what the browser will ask on a page, as its journey foresees.
_foreseen: WeakKeyDictionary[Page, list[bool]] = WeakKeyDictionary()


def watch_questions(page: Page, complaints: list[str]) -> None:
    """Add to ``complaints`` whatever the browser itself asks on ``page`` and ``will_be_asked`` did not foresee.

    Without a listener Playwright answers every question by itself, so that nobody learns of it.
    """

    def answer(dialog: Dialog) -> None:
        foreseen = _foreseen.get(page)
        if not foreseen:
            complaints.append(f"asked unexpectedly ({dialog.type}) at {page.url}: {dialog.message}")
        says_yes = foreseen.pop(0) if foreseen else dialog.type == "beforeunload"  # the journey shall go on
        if says_yes:
            dialog.accept()
        else:
            dialog.dismiss()

    page.on("dialog", answer)


def will_be_asked(page: Page, *, says_yes: bool) -> list[bool]:
    """Foresee one question of the browser on ``page`` and how it is answered; the list is empty once it was asked."""
    foreseen = _foreseen[page] = [says_yes]
    return foreseen


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    """Sign in through the form, as a person does, and wait until another page has come up.

    Fails if the form comes back (wrong name or password).
    """
    page.goto("/masuk/")
    page.locator("#sign-in [name=username]").fill(username)
    page.locator("#sign-in [name=password]").fill(password)
    press(page, "#sign-in [type=submit]")
    assert page.locator("#sign-in").count() == 0, "The sign-in form came back."


def enter(page: Page, username: str) -> None:
    """Sign in without looking: for what asks the server, not the screen."""
    request = page.context.request
    request.get("/masuk/")
    form = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token_of(page)}
    answer = request.post("/masuk/", form=form, max_redirects=0)
    assert answer.status == 302, f"{username} could not sign in: {answer.status}"


def token_of(page: Page) -> str:
    """Return the token with which ``page`` may post; empty before any form was shown."""
    return next((cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "csrftoken"), "")


def open_page(page: Page, path: str, *, status: int = 200) -> Response:
    """Open ``path`` and return the answer, which must have ``status``."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status, f"{path}: {answer.status}"
    return answer


def press(page: Page, button: str) -> Response:
    """Press the one ``button`` (a selector) that leads to another page, and return that page's answer."""
    with page.expect_navigation() as navigation:
        page.locator(button).click()
    return navigation.value


def answer_to(page: Page, visit: Visit) -> int:
    """Return the status with which the server answers ``visit`` of whoever is signed in on ``page``; no redirect."""
    headers = {"X-CSRFToken": token_of(page)}
    return page.context.request.fetch(visit.path, method=visit.method, headers=headers, max_redirects=0).status


def told(page: Page, tone: str) -> str:
    """Return what the page says in its messages of ``tone`` (success, danger, warning, info)."""
    return " ".join(page.locator(f".app-alert.app-tone-{tone}").all_inner_texts())


def accessibility_faults(page: Page) -> list[str]:
    """Return what axe finds wrong on ``page``, as ``rule: element``; empty when all is well."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(frontend.AXE.read_text("utf-8"))
    found = page.evaluate(
        "tags => axe.run(document, {runOnly: tags, resultTypes: ['violations']}).then("
        "result => result.violations.flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.html}`)))",
        AXE_TAGS,
    )
    return [str(fault) for fault in found]


def overflow(page: Page) -> int:
    """Return by how many pixels ``page`` is wider than its window; 0 when nothing must be scrolled sideways."""
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def assert_fit(page: Page) -> None:
    """Hold the open page to its promises: at 360 and at 1280 px axe finds nothing, and at no width, also the least and
    a page enlarged to the double, anything runs over the edge.
    """
    before = page.viewport_size
    found = []
    for width in (320, 360, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        if overflow(page):
            found.append(f"{width} px: {overflow(page)} px too wide")
        if width in (360, 1280):
            found += [f"{width} px: {fault}" for fault in accessibility_faults(page)]
    if before:
        page.set_viewport_size(before)
    assert not found, f"{page.url}: {len(found)} faults: {found[:5]}"
