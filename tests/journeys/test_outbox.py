"""What the device makes of strange answers and failing storage: its modules in an empty page, without a server."""

import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from paritrana import frontend

HOME = "http://localhost/"
ONE, TWO = "/2025/53/lembar/1/", "/2025/53/lembar/2/"
ENTRY = """
export * as outbox from "./offline/outbox.js";
export * as session from "./offline/session.js";
export * as store from "./offline/store.js";
"""

# Begins as member "a" with a token, and answers what is posted to a path with `answers[path]`: [status, facts].
BEGIN = """async (answers) => {
  globalThis.posted = [];
  globalThis.fetch = async (path, { method = "GET" } = {}) => {
    if (method === "POST") posted.push(path);
    if (path.endsWith("bekal.json")) return Response.json({ member: "a", token: "t" });
    const [status, facts] = answers[path];
    return typeof facts === "string" ? new Response(facts, { status }) : Response.json(facts, { status });
  };
  await offline.store.begin("a");
  offline.session.believe("a", "t");
}"""
WRITE = """async ({ path, marks }) => offline.store.update(path, () => (
  { marks, saved: "", base: 0, state: "waiting", sending: null, submit: null, title: path, words: marks }))"""
STATES = "async () => (await offline.store.records()).map(({ path, state }) => [path, state])"
LOSE_KEYS = """async () => new Promise((done) => {
  indexedDB.open("paritrana", 1).onsuccess = ({ target }) => {
    const losing = target.result.transaction("keys", "readwrite");
    losing.objectStore("keys").clear();
    losing.oncomplete = () => done(target.result.close());
  };
})"""
SAVED = {"revision": 1, "receipt": "1-abc", "text": "Saved"}


@pytest.fixture(scope="module")
def script() -> str:
    """The modules of the device as one script."""
    program = next(frontend.PACKAGES.glob("@esbuild/*/bin/esbuild"))
    options = ["--bundle", "--format=iife", "--global-name=offline"]
    built = subprocess.run(  # noqa: S603 (our own lock file's program)
        [program, *options], input=ENTRY, cwd=frontend.SOURCES, capture_output=True, text=True, check=True
    )
    return built.stdout


@pytest.fixture
def new_page(browser: Browser, script: str) -> Iterator[Callable[..., Page]]:
    """Return a function that opens the empty page of a fresh device, on which ``before`` ran first."""
    contexts = []

    def opened(before: str = "") -> Page:
        contexts.append(browser.new_context())
        page = contexts[-1].new_page()
        page.route("**/*", lambda route: route.fulfill(body="<!doctype html><html></html>", content_type="text/html"))
        page.goto(HOME)
        page.evaluate(before)
        page.evaluate(f"{script}; globalThis.offline = offline")
        return page

    yield opened
    for context in contexts:
        context.close()


def sent(page: Page, answers: dict[str, Any]) -> str:
    """Write a sheet for each path of ``answers`` and send them; return how it ended."""
    page.evaluate(BEGIN, answers)
    for path in answers:
        page.evaluate(WRITE, {"path": path, "marks": "nilai-a=61"})
    return str(page.evaluate("() => offline.outbox.run()"))


@pytest.mark.parametrize("facts", [{"login": "needed"}, "<html>Sign in to this network</html>"])
def test_what_a_foreign_network_answers_saves_nothing(new_page: Callable[..., Page], facts: Any) -> None:
    page = new_page()
    assert sent(page, {ONE: [200, facts]}) != "idle"
    assert page.evaluate(STATES) == [[ONE, "waiting"]]


@pytest.mark.parametrize("status", [400, 413, 500])
def test_a_sheet_that_fails_holds_up_no_other(new_page: Callable[..., Page], status: int) -> None:
    page = new_page()
    assert sent(page, {ONE: [status, "no"], TWO: [200, SAVED]}) == "offline"
    assert page.evaluate(STATES) == [[ONE, "waiting"], [TWO, "sent"]]


def test_a_browser_without_newer_signals_sends_all_the_same(new_page: Callable[..., Page]) -> None:
    page = new_page("delete AbortSignal.timeout")
    assert sent(page, {ONE: [200, SAVED]}) == "idle"
    assert page.evaluate(STATES) == [[ONE, "sent"]]


def test_a_record_whose_key_is_lost_is_told_and_holds_up_nothing(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.evaluate(BEGIN, {TWO: [200, SAVED]})
    page.evaluate(WRITE, {"path": ONE, "marks": "nilai-a=61"})
    page.evaluate("path => offline.store.putReceipt(path, { title: 'x' })", TWO)
    page.evaluate(LOSE_KEYS)
    assert sent(page, {TWO: [200, SAVED]}) == "idle"
    assert page.evaluate("() => offline.store.unreadable()") == [ONE]
    assert page.evaluate("() => offline.store.receipts()") == []
    page.evaluate("path => offline.store.forget(path)", ONE)
    assert page.evaluate("() => offline.store.unreadable()") == []


def test_a_receipt_that_finds_no_space_sends_no_sheet_twice(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.evaluate(BEGIN, {ONE: [200, SAVED], f"{ONE}periksa/": [200, {**SAVED, "revision": 2, "hash": "abc"}]})
    page.evaluate(WRITE, {"path": ONE, "marks": "nilai-a=61"})
    page.evaluate("path => offline.store.update(path, (r) => ({ ...r, submit: { key: 'k' } }))", ONE)
    page.evaluate(
        "() => { const put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = function (...row) {"
        " if (this.name === 'receipts') throw new DOMException('full', 'QuotaExceededError');"
        " return put.apply(this, row); }; }"
    )
    assert page.evaluate("() => offline.outbox.run()") == "idle"
    assert page.evaluate("posted") == [ONE, f"{ONE}periksa/"]
    assert page.evaluate(STATES) == []


def test_marks_take_the_space_of_kept_pages(new_page: Callable[..., Page]) -> None:
    page = new_page()
    page.evaluate(BEGIN, {})
    page.evaluate("path => offline.store.putPage(path, '<html>', {})", ONE)
    page.evaluate(
        "() => { const put = IDBObjectStore.prototype.put; let full = true;"
        " const clear = IDBObjectStore.prototype.clear;"
        " IDBObjectStore.prototype.clear = function () { full = false; return clear.call(this); };"
        " IDBObjectStore.prototype.put = function (...row) {"
        " if (full && this.name === 'outbox') throw new DOMException('full', 'QuotaExceededError');"
        " return put.apply(this, row); }; }"
    )
    page.evaluate(WRITE, {"path": ONE, "marks": "nilai-a=61"})
    assert page.evaluate(STATES) == [[ONE, "waiting"]]
    assert page.evaluate("() => offline.store.keptPaths()") == []
