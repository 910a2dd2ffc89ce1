"""From the open tie of the plenary to winners that anybody reads of, a certificate that is checked, and a package."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from judging.core.verifier_handover import verify_package
from judging.management.demo.facts import PASSWORD
from paritrana.kernel.check_code import grouped

from .browser import DESKTOP, MARK, PHONE, Visit, answer_to, assert_fit, enter, open_page, press, sign_in, told
from .conftest import Site
from .device import until

ROUND, RESULTS = "/2024/53", "/hasil/2024/53/"
TIE, CONFIRM = "form[action*='/ukm/seri/#']", "form[action*='/pleno/sah/#']"
COUNTERSIGN = "form[action*='/pleno/sah/kedua/#']"
HANDS, CLOSE = "form[action*='/mosi/1/suara/#']", "form[action*='/mosi/1/tutup/#']"
SHOW = "form:has(input[name=item][value=kategori-ukm]) [type=submit]"
STOP, GO_ON = "form[action$='/berhenti/'] [type=submit]", "form[action$='/lanjut/'] [type=submit]"
SEND = "main form[method=post]:not([action]) [type=submit]"
PAPERS_TIMEOUT = 120_000  # ms; until the rest of a batch is there
FORWARDED = 8


@dataclass
class Windows:
    """Who looks at what in the plenary: the chair's own window and projector, a member's phone, the secretary."""

    chair: Page
    screen: Page
    member: Page
    secretary: Page


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


def put_to_the_vote(page: Page, site: Site) -> None:
    """Move the order of the tie once: not without a reason, and not again from a window that was opened before."""
    stale = page.context.new_page()
    open_page(stale, f"{ROUND}/pleno/")
    press(page, f"{TIE} [type=submit]")
    assert count(site, "judging_motion") == 0
    assert told(page, "danger") != ""
    move(page)
    press(page, f"{TIE} [type=submit]")
    assert count(site, "judging_motion") == 1
    assert_fit(page)
    move(stale)
    press(stale, f"{TIE} [type=submit]")
    assert count(site, "judging_motion") == 1
    assert told(stale, "danger") != ""
    stale.close()


def vote(windows: Windows, site: Site) -> None:
    """One member votes on the own phone, the chair records the other hands; the projector counts along."""
    member, chair, screen = windows.member, windows.chair, windows.screen
    enter(member, "akademisi")
    open_page(member, f"{ROUND}/pleno/")
    press(member, "#mosi a[href$='/pleno/suara/1/']")
    assert_fit(member)
    member.locator("[name=choice][value=favour]").check()
    press(member, "main form [type=submit]")
    assert count(site, "judging_ballot") == 1

    open_page(chair, f"{ROUND}/pleno/")
    seats = chair.locator(f"{HANDS} select")
    may_vote = seats.count() + 1
    counted = screen.locator(".app-screen-count")
    until(screen, lambda: re.findall(r"\d+", counted.inner_text()) == ["1", str(may_vote)], "the first vote")
    for number in range(seats.count()):
        seats.nth(number).select_option("against" if number == 0 else "favour")
    press(chair, f"{HANDS} [type=submit]")
    assert count(site, "judging_ballot") == may_vote
    press(chair, f"{CLOSE} [type=submit]")
    decision = site.ask("SELECT votes_for, votes_against, abstentions FROM judging_decision ORDER BY id DESC")
    assert decision[0] == (may_vote - 1, 1, 0)
    expect(screen.locator(".app-screen-result")).to_be_visible()
    expect(screen.locator(".app-screen-tie")).to_have_count(0)
    assert_fit(screen)


def confirm(page: Page, password: str) -> None:
    """Confirm the result."""
    form = page.locator(CONFIRM)
    form.locator("[name=minutes_number]").fill("BA.01/TIM9/2025 (contoh)")
    form.locator("[name=password]").fill(password)
    press(page, f"{CONFIRM} [type=submit]")


def sign(page: Page, secretary: Page, site: Site) -> None:
    """The chair confirms, once and with the chair's own password; the holder of the secretary's seat countersigns."""
    confirm(page, "bukan kata sandinya")
    assert told(page, "danger") != ""
    assert count(site, "judging_plenary WHERE confirmed_at IS NOT NULL AND countersigned_at IS NULL") == 0
    stale = page.context.new_page()
    open_page(stale, f"{ROUND}/pleno/")
    confirm(page, PASSWORD)
    expect(page.locator(COUNTERSIGN)).to_have_count(0)
    events = count(site, "audit_event")
    confirm(stale, PASSWORD)
    assert told(stale, "danger") != ""
    stale.close()
    assert (state(site), count(site, "audit_event")) == ("plenary", events)

    enter(secretary, "sekretaris")
    open_page(secretary, f"{ROUND}/pleno/")
    secretary.locator(COUNTERSIGN).locator("[name=password]").fill(PASSWORD)
    press(secretary, f"{COUNTERSIGN} [type=submit]")
    assert state(site) == "decided"
    assert_fit(secretary)


def decide(windows: Windows, site: Site) -> None:
    """The plenary settles its tie and the result is signed twice."""
    chair, screen = windows.chair, windows.screen
    sign_in(chair, "ketua")
    open_page(chair, f"{ROUND}/pleno/")
    expect(chair.locator(CONFIRM)).to_have_count(0)
    press(chair, SHOW)
    assert_fit(chair)
    open_page(screen, f"{ROUND}/pleno/layar/")
    expect(screen.locator(".app-screen-tie")).to_have_count(1)
    put_to_the_vote(chair, site)
    vote(windows, site)
    sign(chair, windows.secretary, site)


def issue(page: Page, site: Site, start_worker: Callable[[], None]) -> None:
    """The organiser has certificates and minutes issued in the background, once; stops, and goes on."""
    sign_in(page, "panitia")
    open_page(page, f"{ROUND}/dokumen/")
    for kind in page.locator("#terbitkan [name=jenis]").all():
        kind.set_checked(kind.get_attribute("value") in ("certificate", "minutes"))
    twin = page.context.new_page()
    open_page(twin, page.url)
    press(page, "#terbitkan [value=jenis]")
    batch = page.url
    papers = count(site, "judging_printitem")
    press(twin, "#terbitkan [value=jenis]")
    assert told(twin, "danger") != ""
    assert (count(site, "judging_printbatch"), count(site, "judging_printitem")) == (1, papers)
    twin.close()
    expect(page.locator("[data-run] .app-badge")).to_be_visible()
    assert_fit(page)

    start_worker()
    until(page, lambda: site.ask("SELECT state FROM judging_printbatch") == ["running"], "a worker")
    press(page, STOP)
    page.reload()
    expect(page.locator(GO_ON)).to_be_visible(timeout=PAPERS_TIMEOUT)
    done = count(site, "judging_document")
    assert 0 < done < papers
    assert page.locator("main progress").get_attribute("value") == str(done)
    press(page, GO_ON)
    page.reload()
    assert page.url == batch
    expect(page.locator("main a[href*='?cetak=']").first).to_be_visible(timeout=PAPERS_TIMEOUT)
    numbers = site.ask("SELECT kind, serial FROM judging_document ORDER BY kind, serial")
    assert numbers == [*(("certificate", serial) for serial in range(1, papers)), ("minutes", 1)]
    assert_fit(page)


def download(page: Page, site: Site, folder: Path) -> tuple[Path, str, str]:
    """Download all of the batch and one certificate: its file, code and winner."""
    with page.expect_download() as found:
        page.locator("main a[href*='/dokumen/'][href*='?cetak=']").last.click()
    found.value.save_as(folder / "semua.zip")
    assert len(ZipFile(folder / "semua.zip").namelist()) == count(site, "judging_document")
    number, code, winner = site.ask(
        "SELECT d.id, d.check_code, m.name FROM judging_document d JOIN judging_award a ON a.id = d.award_id "
        "JOIN nominees_nomination n ON n.id = a.nomination_id JOIN nominees_nominee m ON m.id = n.nominee_id "
        "WHERE d.kind = 'certificate' ORDER BY d.id"
    )[0]
    open_page(page, f"{ROUND}/dokumen/")
    assert_fit(page)
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


def assert_nothing_leaks(page: Page, code: str, winner: str) -> None:
    """Before the announcement a true code is answered like an invented one, and there is no page of results."""
    expect(check(page, code)).to_have_attribute("data-answer", "unknown")
    expect(page.locator("body")).not_to_contain_text(winner)
    for path in ("", "hasil.json", "kategori-ukm/", "gambar.png", "v1/"):
        assert answer_to(page, Visit("GET", f"{RESULTS}{path}")) == 404
    archive = page.context.request.get("/hasil/")  # not through the browser, which keeps the list for a minute
    assert archive.ok
    assert RESULTS not in archive.text()


def assert_announced(page: Page, code: str, winner: str, paper: Path) -> None:
    """The code answers, the very file is genuine, and the winner stands on the page of results."""
    answer = check(page, code)
    expect(answer).to_have_attribute("data-answer", "genuine")
    for expected in (MARK, winner):
        expect(answer).to_contain_text(expected)
    assert page.url.endswith(f"/cek/{code}/")
    assert_fit(page)
    page.locator("main input[type=file]").set_input_files(paper)
    expect(page.locator("[data-check-is=issued]")).to_be_visible()
    expect(page.locator("[data-check-is=other]")).to_be_hidden()

    open_page(page, "/hasil/")
    press(page, f"a[href='{RESULTS}']")
    expect(page.locator(".winners .name", has_text=winner).first).to_be_visible()
    assert_fit(page)
    open_page(page, f"{RESULTS}kategori-ukm/")
    assert_fit(page)


def hand_over(page: Page, site: Site, folder: Path) -> None:
    """The secretariat makes the package, says that it was sent, and forwards the winners on this site: each once."""
    sign_in(page, "sekretariat")
    open_page(page, f"{ROUND}/usulan/")
    twin = page.context.new_page()
    open_page(twin, page.url)
    press(page, "form[action$='/usulan/paket/'] [type=submit]")
    with page.expect_download() as found:
        page.locator("main a[href$='/usulan/paket/1.zip']").click()
    found.value.save_as(folder / "paket.zip")
    fingerprint = site.ask("SELECT fingerprint FROM judging_handover")[0]
    assert verify_package((folder / "paket.zip").read_bytes(), fingerprint) == []
    press(page, "main a[href$='/paket/1/terkirim/']")
    assert_fit(page)
    page.locator("[name=cara]").fill("Kurir (contoh)")
    press(page, ".app-confirm [type=submit]")
    assert count(site, "judging_handover WHERE sent_at IS NOT NULL") == 1

    page.locator("[name=yakin]").check()
    press(page, SEND)
    once = count(site, "nominees_nomination"), count(site, "judging_forwarding"), count(site, "audit_event")
    assert once[1] == FORWARDED
    twin.locator("[name=yakin]").check()
    press(twin, SEND)
    assert (count(site, "nominees_nomination"), count(site, "judging_forwarding"), count(site, "audit_event")) == once
    assert_fit(page)


def test_from_the_open_tie_to_winners_on_their_way(
    open_window: Callable[..., Page],
    site: Site,
    start_worker: Callable[[], None],
    tmp_path: Path,
    strangers_stay_out: None,
) -> None:
    chair, organiser, public = open_window(**DESKTOP), open_window(**DESKTOP), open_window(**PHONE)
    decide(Windows(chair, chair.context.new_page(), open_window(**PHONE), open_window(**DESKTOP)), site)
    issue(organiser, site, start_worker)
    paper, code, winner = download(organiser, site, tmp_path)
    for expected in (MARK, winner, code):
        assert expected in text_of(paper)
    assert_nothing_leaks(public, code, winner)

    open_page(organiser, f"{ROUND}/")
    organiser.locator("#id_sure").check()
    press(organiser, "form[action$='/maju/'] [type=submit]")
    assert state(site) == "announced"

    assert_announced(public, code, winner, paper)
    hand_over(open_window(**DESKTOP), site, tmp_path)
    open_page(chair, f"{ROUND}/peringkat/")
    press(chair, "main tbody th a >> nth=0")
    assert "/peringkat/" in chair.url
    expect(chair.locator("main .app-panel").first).to_be_visible()
    assert_fit(chair)
