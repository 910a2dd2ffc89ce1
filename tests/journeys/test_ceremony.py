"""The reveal: no name reaches a screen before its step, with and without network, on one machine and on two."""

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from playwright.sync_api import Page, Response, expect

from paritrana.kernel.check_code import grouped

from .browser import DESKTOP, assert_fit, open_page, press, sign_in
from .device import until
from .world import PRESENTER

ROUND = "/2024/65"
BOUNCE = 400  # ms between two presses of a clicker, so that both count


@dataclass
class Screen:
    """A projector's window with all that ever reached it."""

    page: Page
    answers: list[Response] = field(default_factory=list)
    read: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", lambda answer: self.answers.append(answer))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))

    def open(self, code: str) -> None:
        open_page(self.page, f"/layar/{grouped(code)}/")

    def shown(self) -> str:
        """What a person in the hall reads."""
        return " ".join(self.page.locator("[data-stage]").inner_text().split())

    def reached(self) -> str:
        """Every answer from the network and the page as it is now."""
        while self.answers:  # each is fetched from the browser once
            answer = self.answers.pop(0)
            if answer.ok:
                self.read.append(answer.body().decode("utf-8", "replace"))
        assert self.read != []
        return "\n".join([*self.read, str(self.page.evaluate("document.documentElement.outerHTML"))])

    def told_early(self, secrets: list[str]) -> list[str]:
        """Which of ``secrets`` (names and keys of later steps) have reached it."""
        reached = self.reached()
        return [secret for secret in secrets if secret in reached]

    def shows(self, words: str) -> None:
        until(self.page, lambda: words in self.shown(), f"{words} on the screen", seconds=6)


@dataclass
class Clicker:
    """What the presenter holds: waits before a press only as long as two presses would be taken for one."""

    page: Page
    pressed: float = 0.0

    def wait(self) -> None:
        self.page.wait_for_timeout(max(0.0, BOUNCE - (monotonic() - self.pressed) * 1000))

    def press(self, key: str = "PageDown", *, at: Page | None = None) -> None:
        self.wait()
        (at or self.page).keyboard.press(key)
        self.pressed = monotonic()


def secrets_of(presenter: Page) -> list[tuple[str, list[str]]]:
    """Return of each step its key, and the names that it is the first to show."""
    steps: list[tuple[str, list[str]]] = []
    seen: set[str] = set()
    for part in presenter.locator("[data-now]").all():
        words = part.evaluate("part => [...part.querySelectorAll('.show-name')].map(name => name.textContent)")
        names = [word.partition(": ")[2] or word for word in words]
        steps.append((part.get_attribute("data-key") or "", [name for name in names if name not in seen]))
        seen.update(names)
    return steps


def later(steps: list[tuple[str, list[str]]], step: int) -> list[str]:
    return [secret for key, names in steps[step + 1 :] for secret in (key, *names)]


def test_no_name_reaches_a_screen_before_its_step(open_window: Callable[..., Page]) -> None:
    presenter = open_window(**DESKTOP)
    sign_in(presenter, PRESENTER)
    open_page(presenter, f"{ROUND}/acara/tamu/")
    assert_fit(presenter)
    open_page(presenter, f"{ROUND}/acara/")
    assert_fit(presenter)
    press(presenter, "button[value=sungguhan]")
    code = presenter.locator("[data-show]").get_attribute("data-code") or ""
    steps = secrets_of(presenter)
    third, second, first = (names[0] for _key, names in steps[3:6])
    assert len({third, second, first}) == 3
    assert len(steps) == 10

    clicker = Clicker(presenter)
    screen, distant = Screen(presenter.context.new_page()), Screen(open_window(**DESKTOP))
    screen.open(code)
    distant.open(code)
    expect(presenter.locator("[data-mark-here]")).to_be_visible()
    presenter.bring_to_front()
    assert screen.shown() == ""
    assert screen.told_early(later(steps, 0)) == []

    for step in (1, 2, 3):
        clicker.press()
        expect(presenter.locator("[data-now]").nth(step)).to_be_visible()
        screen.shows(steps[step][1][0] if steps[step][1] else "Paritrana")
        assert screen.told_early(later(steps, step)) == []
    distant.shows(third)
    assert distant.told_early(later(steps, 3)) == []

    clicker.press("b")
    until(screen.page, lambda: screen.shown() == "", "a dark screen")
    assert third not in screen.page.content()
    clicker.press()  # brings back what was hidden, nothing new
    screen.shows(third)
    clicker.press("PageUp")
    until(screen.page, lambda: third not in screen.shown(), "the step before")
    clicker.press("Escape")
    until(screen.page, lambda: screen.shown() == "", "a hidden screen")
    assert screen.told_early(later(steps, 3)) == []
    clicker.press()
    clicker.press()
    screen.shows(third)
    distant.shows(third)

    presenter.context.set_offline(True)
    clicker.press()
    screen.shows(second)
    clicker.press(" ", at=screen.page)  # a clicker may be heard by either window
    screen.shows(first)
    assert screen.told_early(later(steps, 5)) == []
    assert third in distant.shown()
    assert distant.told_early(later(steps, 3)) == []
    expect(presenter.locator("[data-mark-offline]")).to_be_visible()
    for step in (6, 7):
        clicker.press()
        expect(presenter.locator("[data-now]").nth(step)).to_be_visible()
    clicker.wait()
    presenter.locator("[data-act=skip]").click()
    screen.shows("Selamat kepada")
    assert len(steps[8][1]) == 1
    assert screen.told_early([*steps[8][1], steps[8][0]]) == []
    expect(presenter.locator("[data-act=forward]")).to_be_disabled()

    presenter.context.set_offline(False)
    distant.shows("Selamat kepada")
    assert distant.told_early([first, second, *(key for key, _names in steps[4:9])]) == []
    expect(presenter.locator("[data-mark-offline]")).to_be_hidden()
    assert_fit(presenter)
    assert len({key for key, _names in steps}) == len(steps)
    assert screen.faults + distant.faults == []
