"""Papers are signed by the browser, portion by portion; anybody compares a file, which never leaves the browser."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, Request, expect

from tests.factories.signing import PASSPHRASE

from .browser import DESKTOP, PHONE, assert_fit, open_page, sign_in
from .conftest import ROOT, Site, _environment
from .world import PRESENTER

SIGNING = "/2024/65/dokumen/tanda-tangan/"
FILE = "#check-file"


def _sign(page: Page, site: Site) -> None:
    """Choose all certificates, sign them by the file, and stay on the page meanwhile."""
    open_page(page, SIGNING)
    assert_fit(page)
    page.locator("[name=jenis]").check()
    page.locator("[name=sandi]").fill("salah")
    page.locator("[data-sign] [type=submit]").click()
    expect(page.locator("[data-sign-failed] li")).to_have_count(1)
    assert site.ask("SELECT count(*) FROM judging_signedfile") == [0]
    page.locator("[name=sandi]").fill(PASSPHRASE)
    with page.expect_navigation():
        page.locator("[data-sign] [type=submit]").click()
    assert site.ask("SELECT count(*) FROM judging_signedfile") == [3]
    assert PASSPHRASE not in page.content()


def _signed(page: Page, site: Site) -> bytes:
    """Download one of the signed files as the organiser does."""
    number = site.ask("SELECT min(id) FROM judging_signedfile")[0]
    answer = page.context.request.get(f"{SIGNING}berkas/{number}/")
    assert answer.ok
    return answer.body()


def _choose(page: Page, name: str, content: bytes) -> str:
    """Open the public check, choose a file, and return what the page answers."""
    open_page(page, "/cek/")
    with page.expect_navigation():
        page.locator(FILE).set_input_files({"name": name, "mimeType": "application/pdf", "buffer": content})
    return page.locator("[data-answer]").get_attribute("data-answer") or ""


def test_a_signed_file_is_compared_in_the_browser_and_stays_there(
    open_window: Callable[..., Page], site: Site, tmp_path: Path
) -> None:
    subprocess.run(
        [sys.executable, "-m", "tests.journeys.papers"], cwd=ROOT, env=_environment(site.database), check=True
    )
    organiser, visitor = open_window(**DESKTOP), open_window(**PHONE)
    sign_in(organiser, PRESENTER)
    _sign(organiser, site)
    content = _signed(organiser, site)
    sent: list[Request] = []
    visitor.on("request", lambda request: sent.append(request))

    assert _choose(visitor, "piagam.pdf", content) == "genuine"
    assert_fit(visitor)
    changed = content[:-40] + bytes([content[-40] ^ 1]) + content[-39:]
    assert _choose(visitor, "piagam.pdf", changed) == "unknown"

    code = site.ask("SELECT check_code FROM judging_document WHERE kind = 'certificate' ORDER BY id")[0]
    open_page(visitor, f"/cek/{code}/")
    for told, which in ((content, "signed"), (changed, "other")):
        visitor.locator(FILE).set_input_files({"name": "p.pdf", "mimeType": "application/pdf", "buffer": told})
        expect(visitor.locator(f"[data-check-is={which}]")).to_be_visible()
    posted = [request.post_data_buffer or b"" for request in sent if request.method == "POST"]
    assert len(posted) == 2
    assert all(len(body) < 500 and b"%PDF" not in body and b"piagam.pdf" not in body for body in posted)
