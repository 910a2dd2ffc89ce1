"""Nobody has to believe a place: from the ranking to its reasons, and out of the product to a second count."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from .browser import assert_fit, open_page, press, sign_in
from .conftest import Site
from .test_result import text_of

RANKING = "/2024/53/peringkat/"


def unfold(page: Page) -> None:
    """Open everything that is folded, from the keyboard."""
    folds = page.locator("main details.app-fold:not([open]) > summary")
    while folds.count():
        folds.first.focus()
        page.keyboard.press("Enter")


def downloaded(page: Page, link: str, folder: Path) -> Path:
    """Follow the one ``link`` that leads to a file and return the file under the name it came with."""
    with page.expect_download() as found:
        page.locator(link).click()
    file = folder / found.value.suggested_filename
    found.value.save_as(file)
    return file


def test_from_a_place_to_its_reasons_and_its_paper(phone: Page, tmp_path: Path, strangers_stay_out: None) -> None:
    sign_in(phone, "akademisi")
    open_page(phone, RANKING)
    row = phone.locator("main tbody tr").first
    name, score = row.locator("th a").inner_text(), row.locator("td.text-end strong").first.inner_text()
    press(phone, "main tbody th a >> nth=0")

    expect(phone.locator("main h1")).to_have_text(name)
    expect(phone.locator("main")).to_contain_text(score)
    unfold(phone)
    expect(phone.locator("main table").last).to_be_visible()
    assert_fit(phone)

    paper = text_of(downloaded(phone, "main a[href$='lembar-penjelasan.pdf']", tmp_path))
    for expected in (name, f"Nilai resmi {score}", "CONTOH"):
        assert expected in paper
    data = json.loads(open_page(phone, f"{phone.url.partition('?')[0]}?format=json").text())
    assert (data["nominee"], data["place"], data["score"].replace(".", ",")) == (name, "1", score)


def test_how_firm_a_result_is_can_be_read_by_everybody(desktop: Page, strangers_stay_out: None) -> None:
    sign_in(desktop, "sekretariat")
    open_page(desktop, f"{RANKING}?kategori=ukm")
    unfold(desktop)
    assert_fit(desktop)
    press(desktop, "main a[href$='/peringkat/kekokohan/?kategori=ukm']")
    for chart in desktop.locator("main svg[role=img]").all():
        assert chart.get_attribute("aria-labelledby")
        expect(chart.locator("title")).not_to_be_empty()
    unfold(desktop)
    assert desktop.locator("main svg[role=img]").count() < desktop.locator("main table:visible").count()
    assert_fit(desktop)
    data = json.loads(open_page(desktop, f"{RANKING}kekokohan/?kategori=ukm&format=json").text())
    assert data["digest"]


def verdict(folder: Path, package: Path) -> Any:
    """What the downloaded program says of ``package``, alone in its folder."""
    command = [sys.executable, "-I", "verifier.py", package.name]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603


def test_the_downloaded_program_counts_the_downloaded_run_again(
    desktop: Page, site: Site, tmp_path: Path, strangers_stay_out: None
) -> None:
    sign_in(desktop, "ketua")
    open_page(desktop, RANKING)
    folder = tmp_path / "kosong"
    folder.mkdir()
    events = site.ask("SELECT count(*) FROM audit_event")
    program = downloaded(desktop, "main a[href$='/peringkat/pemeriksa.py']", folder)
    plain = downloaded(desktop, "main a[href$='/peringkat/paket.json']", folder)
    disguised = downloaded(desktop, "main a[href$='/peringkat/paket.json?samaran=1']", folder)
    assert {file.name for file in folder.iterdir()} == {program.name, plain.name, disguised.name}
    assert site.ask("SELECT count(*) FROM audit_event") == events

    for package in (plain, disguised):
        found = verdict(folder, package)
        assert (found.returncode, found.stderr) == (0, ""), found.stdout
    assert "Antonius" not in disguised.read_text("ascii")

    run = json.loads(plain.read_text("ascii"))
    mark = run["parts"][0]["input"]["scores"][0]
    mark[-1] = "1" if mark[-1] != "1" else "2"
    plain.write_text(json.dumps(run, sort_keys=True, separators=(",", ":")) + "\n", "ascii")
    found = verdict(folder, plain)
    assert (found.returncode, found.stderr) == (1, ""), found.stdout


def test_a_run_is_compared_with_the_sheets_as_they_stand(desktop: Page, strangers_stay_out: None) -> None:
    sign_in(desktop, "ketua")
    open_page(desktop, RANKING)
    press(desktop, "main a[href$='/peringkat/bandingkan/']")
    expect(desktop.locator("main li", has_text="Usaha Kecil dan Mikro")).to_be_visible()
    expect(desktop.locator("main section[aria-labelledby^=bagian]")).to_have_count(0)
    assert_fit(desktop)
    desktop.locator("main [name=sesudah]").select_option("1")
    press(desktop, "main form [type=submit]")
    assert "sesudah=1" in desktop.url
    expect(desktop.locator("main section[aria-labelledby^=bagian]")).to_have_count(0)
    open_page(desktop, f"{RANKING}bandingkan/?sebelum=9")
    expect(desktop.locator("main [role=alert] a")).to_have_count(1)
    assert_fit(desktop)
