"""The secretariat of a second province imports its nominees: a workbook with mistakes, the corrected one, a macro."""

import json
import zipfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from nominees.core.import_sheets import GOVERNMENTS

from .browser import assert_fit, open_page, press, sign_in, told
from .conftest import Site

ROUND = "/2024/51"
HEADER_ROW = 3
UPLOAD = "main form:has(input[type=file]) [type=submit]"
CONFIRM = ".app-confirm [type=submit]"


def fill(source: Path, rows: list[dict[str, str]], target: Path) -> dict[str, str]:
    """Write ``rows`` of governments over the template's example row; return the column letter of each field."""
    from openpyxl import load_workbook

    book = load_workbook(source)
    sheet: Any = book[GOVERNMENTS.title]
    names = {column.header: column.name for column in GOVERNMENTS.columns}
    columns = {names[str(cell.value).removesuffix(" *")]: cell for cell in sheet[HEADER_ROW] if cell.value}
    for number, row in enumerate(rows, start=1):
        for name, value in {"no": str(number), **row}.items():
            sheet.cell(HEADER_ROW + number, columns[name].column).value = value
    book.save(target)
    return {name: cell.column_letter for name, cell in columns.items()}


def government(code: str, **told: str) -> dict[str, str]:
    """A row about the government of ``code``."""
    figures = {"count": "1.200", "base": "4.000", "source": "Data contoh", "as_of": "31/12/2024"}
    return {"region_code": code, "name": "", "leader": "Bupati (contoh)", **figures, **told}


def send(page: Page, file: Path) -> None:
    """Choose ``file`` on the import page and send it; the page of what was found comes up."""
    open_page(page, f"{ROUND}/nomine/impor/")
    page.locator("main input[type=file]").set_input_files(file)
    press(page, UPLOAD)


def download(page: Page, link: str, target: Path) -> Path:
    """Save what the link ``link`` (a selector) sends."""
    with page.expect_download() as found:
        page.locator(link).click()
    found.value.save_as(target)
    return target


def nominees(site: Site) -> list[Any]:
    """Number of the round's nominees, and of all events in the audit trail."""
    query = (
        "SELECT count(*) FROM nominees_nomination n JOIN nominees_round r ON r.id = n.round_id "
        "JOIN regions_region g ON g.id = r.region_id WHERE g.code = '51'"
    )
    return site.ask(query) + site.ask("SELECT count(*) FROM audit_event")


def test_two_wrong_rows_are_named_and_the_corrected_workbook_is_imported(
    desktop: Page, site: Site, tmp_path: Path, strangers_stay_out: None
) -> None:
    sign_in(desktop, "sekretariat-bali")
    open_page(desktop, f"{ROUND}/nomine/impor/")
    template = download(desktop, "a[href$='templat.xlsx']", tmp_path / "templat.xlsx")
    good = [government("51.01"), government("51.02"), government("51.03")]
    columns = fill(template, good, tmp_path / "benar.xlsx")
    wrong = [good[0], government("51.02", count="seribu"), government("53.01")]
    fill(template, wrong, tmp_path / "salah.xlsx")

    send(desktop, tmp_path / "salah.xlsx")

    cells = desktop.locator("main tbody th").all_inner_texts()
    assert cells == [f"Pemerintah!{columns['count']}5", f"Pemerintah!{columns['region_code']}6"]
    assert nominees(site)[0] == 0
    assert_fit(desktop)
    listed = download(desktop, "a[href$='masalah.xlsx']", tmp_path / "masalah.xlsx")
    assert listed.read_bytes().startswith(b"PK")

    send(desktop, tmp_path / "benar.xlsx")

    expect(desktop.locator("main tbody tr")).to_have_count(3)
    assert nominees(site)[0] == 0
    assert_fit(desktop)
    twin = desktop.context.new_page()
    open_page(twin, desktop.url)
    press(desktop, CONFIRM)
    assert told(desktop, "success") != ""
    once = nominees(site)
    assert once[0] == 3

    press(twin, CONFIRM)

    assert nominees(site) == once
    open_page(desktop, f"{ROUND}/nomine/")
    for name in ("Kabupaten Jembrana", "Kabupaten Tabanan", "Kabupaten Badung"):
        expect(desktop.locator("main tbody")).to_contain_text(name)
    assert_fit(desktop)


def test_a_macro_workbook_under_another_name_is_refused_in_words(desktop: Page, site: Site, tmp_path: Path) -> None:
    sign_in(desktop, "sekretariat-bali")
    open_page(desktop, f"{ROUND}/nomine/impor/")
    file = download(desktop, "a[href$='templat.xlsx']", tmp_path / "nomine.xlsx")
    fill(file, [government("51.01")], file)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"\xcc\x61" * 100)

    send(desktop, file)

    problems = [json.loads(found) for found in site.ask("SELECT problems FROM nominees_importbatch ORDER BY id")][-1]
    assert [problem["code"] for problem in problems] == ["workbook_has_macros"]
    said = desktop.locator("main tbody tr").inner_text()
    assert "makro" in said.casefold()
    assert "workbook_has_macros" not in said
    expect(desktop.locator(CONFIRM)).to_have_count(0)
    assert nominees(site)[0] == 0


def test_what_is_no_workbook_at_all_is_refused_in_words(phone: Page, site: Site, tmp_path: Path) -> None:
    sign_in(phone, "sekretariat-bali")
    for name, content in (("daftar.xlsx", b"nama;kategori\n"), ("kosong.xlsx", b""), ("gambar.xlsx", b"\x89PNG\x00")):
        file = tmp_path / name
        file.write_bytes(content)
        send(phone, file)
        said = phone.locator("main .app-tone-danger").first.inner_text()
        assert (name, said != "") == (name, True)
    assert nominees(site)[0] == 0
