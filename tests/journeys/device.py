"""A member's device: a browser with a folder of its own, that can be closed and opened again, before a bad network."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, BrowserType, Page

from .browser import watch_questions
from .network import Network

#: The device's clock is three days late.
LATE_CLOCK = """(() => {
  const Right = Date;
  const late = () => Right.now() - 3 * 864e5;
  globalThis.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(late()); }
    static now() { return late(); }
  };
})()"""

#: The rows of all stores of all databases of the site, or of the store ``wanted`` alone.
_ROWS = """
  const answer = (asked) => new Promise((done, failed) => {
    asked.onsuccess = () => done(asked.result);
    asked.onerror = failed;
  });
  const rowsOf = async (wanted) => {
    const found = {};
    for (const { name, version } of await indexedDB.databases()) {
      const db = await answer(indexedDB.open(name, version));
      for (const store of db.objectStoreNames) {
        if (!wanted || store === wanted) found[store] = await answer(db.transaction(store).objectStore(store).getAll());
      }
      db.close();
    }
    return found;
  };
"""
_RECORDS = f"""async () => {{ {_ROWS}
  return ((await rowsOf('outbox')).outbox ?? []).map(({{ path, state, order }}) => ({{ path, state, order }}));
}}"""
_PAGES = f"""async () => {{ {_ROWS}
  return ((await rowsOf('pages')).pages ?? []).map(({{ path }}) => path);
}}"""
_EVERYTHING = f"""async () => {{ {_ROWS}
  const text = (value) => {{
    if (value instanceof ArrayBuffer) return text(new Uint8Array(value));
    if (value instanceof Uint8Array) return new TextDecoder('latin1').decode(value);
    if (value instanceof CryptoKey) return value.extractable ? 'extractable key' : 'key';
    if (value && typeof value === 'object') return Object.values(value).map(text).join('\\n');
    return String(value);
  }};
  const cached = [];
  for (const name of await caches.keys()) {{
    const cache = await caches.open(name);
    for (const request of await cache.keys()) cached.push([request.url, await (await cache.match(request)).text()]);
  }}
  return {{
    databases: (await indexedDB.databases()).map(({{ name }}) => name),
    records: text(await rowsOf()),
    cached,
    small: JSON.stringify([{{ ...localStorage }}, {{ ...sessionStorage }}]),
  }};
}}"""


@dataclass
class Device:
    """One browser whose storage outlives its closing. ``complaints``: errors of its pages that nobody expects."""

    kind: BrowserType
    folder: Path
    network: Network
    options: dict[str, Any]
    clock: str = ""
    complaints: list[str] = field(default_factory=list)
    context: BrowserContext | None = None

    def start(self) -> Page:
        """Open the browser, as it was left."""
        self.context = self.kind.launch_persistent_context(self.folder, base_url=self.network.url, **self.options)
        self.context.set_default_timeout(15_000)
        if self.clock:
            self.context.add_init_script(self.clock)
        self.context.set_offline(self.network.is_cut)
        return self.watched(self.context.pages[0] if self.context.pages else self.context.new_page())

    def watched(self, page: Page) -> Page:
        """Return ``page``, whose errors count from now on; what a bad network causes is none."""

        def listen(message: Any) -> None:
            if message.type == "error" and "net::ERR_" not in message.text and "status of " not in message.text:
                self.complaints.append(message.text)

        page.on("console", listen)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        watch_questions(page, self.complaints)
        return page

    def close(self) -> None:
        """Close the browser; what it stored stays in its folder."""
        if self.context:
            self.context.close()
        self.context = None

    def cut(self) -> None:
        """Cut the network."""
        self.network.is_cut = True
        if self.context:
            self.context.set_offline(True)

    def restore(self) -> None:
        """Bring it back."""
        self.network.is_cut = False
        if self.context:
            self.context.set_offline(False)


def records(page: Page) -> list[dict[str, Any]]:
    """Return path and state of the sheets that the device has a record of, in the order in which they are sent."""
    found: list[dict[str, Any]] = page.evaluate(_RECORDS)
    return sorted(found, key=lambda record: record["order"])


def waiting(page: Page, state: str = "waiting") -> int:
    """Return how many sheets wait (or stand in another ``state``)."""
    return sum(record["state"] == state for record in records(page))


def kept_pages(page: Page) -> list[str]:
    """Return the paths of the pages that the device keeps."""
    found: list[str] = page.evaluate(_PAGES)
    return found


def stored(page: Page) -> dict[str, Any]:
    """Return all that the site has stored in the browser, as readable as it gets."""
    found: dict[str, Any] = page.evaluate(_EVERYTHING)
    return found


def until(page: Page, ask: Callable[[], bool], what: str, *, seconds: float = 15.0) -> None:
    """Wait until ``ask`` says yes; a page that is on its way to another counts as no."""
    for _ in range(int(seconds * 10)):
        with suppress(Exception):
            if ask():
                return
        page.wait_for_timeout(100)
    raise AssertionError(f"never came: {what}")


def on_disk(folder: Path, words: str) -> list[str]:
    """Return the files below ``folder`` in which ``words`` stand."""
    wanted = [words.encode("utf-8"), words.encode("utf-16-le")]
    found = []
    for file in folder.rglob("*"):
        with suppress(OSError):
            content = file.read_bytes() if file.is_file() else b""
            if any(each in content for each in wanted):
                found.append(str(file.relative_to(folder)))
    return found
