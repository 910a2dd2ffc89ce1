"""From the open tie of the plenary to a certificate that anybody checks, and the winners on their way."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from judging.management.demo.facts import PASSWORD
from paritrana.kernel.check_code import grouped

from .browser import DESKTOP, MARK, PHONE, assert_fit, open_page, press, sign_in, told
from .conftest import Site

ROUND = "/2024/53"
TIE, CONFIRM = "form[action$='/ukm/seri/']", "form[action$='/pleno/sah/']"
COUNTERSIGN = "form[action$='/pleno/sah/kedua/']"
HANDS, CLOSE = "form[action$='/mosi/1/suara/']", "form[action$='/mosi/1/tutup/']"
PAPERS_TIMEOUT = 180_000  # ms; some forty papers are drawn in one request


def state(site: Site) -> str:
    """Where the round stands."""
    query = (
        "SELECT r.state FROM nominees_round r JOIN nominees_edition e ON e.id = r.edition_id "
        "JOIN regions_region g ON g.id = r.region_id WHERE e.assessment_year = 2024 AND g.code = '53'"
    )
    return str(site.ask(query)[0])


def count(site: Site, table: str) -> int:
    """Number of rows of ``table``."""
    return int(site.ask(f"SELECT count(*) FROM {table}")[0])  # noqa: S608 - names from below


def move(page: Page) -> None:
    """Fill in the form of the tie: the nominees in the order in which they are offered."""
    form = page.locator(TIE)
    for position in (1, 2):
        form.locator(f"[name=order_{position}]").select_option(index=position)
    form.locator("[name=proposed_by]").select_option(index=1)
    form.locator("[name=reason]").fill("Melindungi pekerja musiman sepanjang tahun (contoh).")


def show_hands(page: Page) -> None:
    """Record the hands, all but one in favour, and close the vote."""
    seats = page.locator(f"{HANDS} select")
    for number in range(seats.count()):
        seats.nth(number).select_option("against" if number == 0 else "favour")
    press(page, f"{HANDS} [type=submit]")
    press(page, f"{CLOSE} [type=submit]")


def confirm(page: Page, password: str) -> None:
    """Confirm the result."""
    form = page.locator(CONFIRM)
    form.locator("[name=minutes_number]").fill("BA.01/TIM9/2025 (contoh)")
    form.locator("[name=password]").fill(password)
    press(page, f"{CONFIRM} [type=submit]")


def decide(page: Page, site: Site) -> None:
    """The chair settles the tie, once, and confirms; the password must be the chair's."""
    sign_in(page, "ketua")
    open_page(page, f"{ROUND}/pleno/")
    expect(page.locator(CONFIRM)).to_have_count(0)
    assert_fit(page)
    stale = page.context.new_page()
    open_page(stale, f"{ROUND}/pleno/")

    press(page, f"{TIE} [type=submit]")
    assert count(site, "judging_motion") == 0
    assert told(page, "danger") != ""
    move(page)
    press(page, f"{TIE} [type=submit]")
    assert count(site, "judging_motion") == 1
    assert_fit(page)
    show_hands(page)
    assert count(site, "judging_decision") == 1
    move(stale)
    press(stale, f"{TIE} [type=submit]")
    assert count(site, "judging_motion") == 1
    assert told(stale, "danger") != ""

    confirm(page, "bukan kata sandinya")
    assert state(site) == "plenary"
    assert told(page, "danger") != ""
    second = page.context.new_page()
    open_page(second, f"{ROUND}/pleno/")
    confirm(page, PASSWORD)
    assert state(site) == "plenary"
    events = count(site, "audit_event")
    confirm(second, PASSWORD)
    assert count(site, "audit_event") == events
    assert_fit(page)
    countersign(page, site)


def countersign(page: Page, site: Site) -> None:
    """The holder of the secretary's seat has the second word."""
    sign_in(page, "sekretaris")
    open_page(page, f"{ROUND}/pleno/")
    page.locator(COUNTERSIGN).locator("[name=password]").fill(PASSWORD)
    press(page, f"{COUNTERSIGN} [type=submit]")
    assert state(site) == "decided"
    assert_fit(page)


def issue(page: Page, site: Site, folder: Path) -> tuple[Path, str, str]:
    """The organiser issues every paper, once, and downloads a certificate: its file, code and winner."""
    sign_in(page, "panitia")
    open_page(page, f"{ROUND}/dokumen/")
    twin = page.context.new_page()
    open_page(twin, f"{ROUND}/dokumen/")
    for tab in (page, twin):
        tab.set_default_timeout(PAPERS_TIMEOUT)
        press(tab, "main form[method=post] [type=submit]")
        tab.set_default_timeout(15_000)
    assert len(set(site.ask("SELECT number FROM judging_document"))) == count(site, "judging_document") > 30
    assert_fit(page)

    number, code, winner = site.ask(
        "SELECT d.id, d.check_code, m.name FROM judging_document d JOIN judging_award a ON a.id = d.award_id "
        "JOIN nominees_nomination n ON n.id = a.nomination_id JOIN nominees_nominee m ON m.id = n.nominee_id "
        "WHERE d.kind = 'certificate' ORDER BY d.id"
    )[0]
    with page.expect_download() as found:
        page.locator(f"main a[href$='/dokumen/{number}/']").click()
    found.value.save_as(folder / "piagam.pdf")
    return folder / "piagam.pdf", grouped(code), winner


def text_of(file: Path) -> str:
    """The words on a PDF, on one line."""
    from pypdf import PdfReader

    return " ".join(" ".join(page.extract_text() for page in PdfReader(file).pages).split())


def check(page: Page, code: str) -> Any:
    """Type ``code`` on the public page and return the part of the page that answers."""
    open_page(page, "/cek/")
    page.locator("main [name=code]").fill(code.lower())
    press(page, "main form:has([name=code]) [type=submit]")
    return page.locator("[data-answer]")


def forward(page: Page, site: Site) -> None:
    """The secretariat sends the winners on; a second click sends nobody."""
    sign_in(page, "sekretariat")
    open_page(page, f"{ROUND}/usulan/")
    twin = page.context.new_page()
    open_page(twin, f"{ROUND}/usulan/")
    press(page, "main form[method=post] [type=submit]")
    once = count(site, "nominees_nomination"), count(site, "judging_forwarding"), count(site, "audit_event")
    assert once[1] == 8
    press(twin, "main form[method=post] [type=submit]")
    assert (count(site, "nominees_nomination"), count(site, "judging_forwarding"), count(site, "audit_event")) == once
    assert_fit(page)


def test_from_the_open_tie_to_a_checked_certificate(
    open_window: Callable[..., Page], site: Site, tmp_path: Path, strangers_stay_out: None
) -> None:
    chair, organiser, public = open_window(**DESKTOP), open_window(**DESKTOP), open_window(**PHONE)
    decide(chair, site)
    paper, code, winner = issue(organiser, site, tmp_path)
    assert paper.read_bytes().startswith(b"%PDF")
    for expected in (MARK, winner, code):
        assert expected in text_of(paper)

    # Nothing leaks before the announcement: a true code is answered like an invented one.
    answer = check(public, code)
    expect(answer).to_have_attribute("data-answer", "unknown")
    expect(public.locator("body")).not_to_contain_text(winner)

    open_page(organiser, f"{ROUND}/")
    press(organiser, "form[action$='/maju/'] [type=submit]")
    assert state(site) == "announced"

    answer = check(public, code)
    expect(answer).to_have_attribute("data-answer", "genuine")
    for expected in (MARK, winner):
        expect(answer).to_contain_text(expected)
    assert public.url.endswith(f"/cek/{code}/")
    assert_fit(public)
    public.locator("main input[type=file]").set_input_files(paper)
    press(public, "main form:has(input[type=file]) [type=submit]")
    expect(public.locator("[data-answer]")).to_have_attribute("data-answer", "genuine")

    forward(open_window(**DESKTOP), site)
    open_page(chair, f"{ROUND}/peringkat/")
    press(chair, "main tbody th a >> nth=0")
    assert "/peringkat/" in chair.url
    expect(chair.locator("main .app-panel").first).to_be_visible()
    assert_fit(chair)
