"""A member takes the day along in Excel: filled in, sent in, compared, saved; or left to the secretariat."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from judging.core.sheet_workbook import FIRST_ROW, ID, MARK, title_of

from .browser import PHONE, assert_fit, open_page, press, sign_in, told
from .conftest import Site
from .test_reasons import downloaded
from .test_scoring import ROUND, receipts

DAY = f"{ROUND}/wawancara/?hari=semua"
HANDED = f"{ROUND}/lembar/berkas/"
UPLOAD = "main form:has(input[type=file]) [type=submit]"
CONFIRM = "main form:has(input[name=isi]) [type=submit]"
TO_FILE = "main a[href$='/semua/berkas/']"
FOR_YOU = "main a[href*='/wawancara/berkas/']"
#: A mark that is on the scale of every criterion of the demo, whether typed or a level.
MARK_GIVEN = 4


def fill(source: Path, number: int, mark: float, target: Path) -> Path:
    """Write ``mark`` beside every criterion of the nominee ``number``."""
    from openpyxl import load_workbook

    book = load_workbook(source)
    sheet: Any = book[title_of(number)]
    row = FIRST_ROW
    while sheet.cell(row, ID).value:
        sheet.cell(row, MARK).value = mark
        row += 1
    book.save(target)
    return target


def send(page: Page, file: Path) -> None:
    """Choose ``file`` in the form of the page and send it."""
    page.locator("main input[type=file]").set_input_files(file)
    press(page, UPLOAD)


def saves(site: Site) -> list[tuple[int, int]]:
    """Return nominee and revision of every save, oldest first."""
    return [(number, revision) for number, revision, _ in receipts(site)]


def take_along(member: Page, folder: Path) -> Path:
    """Follow the day page to the workbook and download it."""
    open_page(member, DAY)
    press(member, TO_FILE)
    assert_fit(member)
    return downloaded(member, "main a[href$='.xlsx']", folder)


def test_filled_in_without_network_by_the_member_and_left_to_the_secretariat(
    desktop: Page, open_window: Callable[..., Page], site: Site, tmp_path: Path, strangers_stay_out: None
) -> None:
    member, secretariat = desktop, open_window(**PHONE)
    sign_in(member, "akademisi")
    blank = take_along(member, tmp_path)

    send(member, fill(blank, 1, 1000, tmp_path / "keliru.xlsx"))
    expect(member.locator("main tbody tr").first).to_contain_text(f"{title_of(1)}!")
    assert_fit(member)
    send(member, fill(blank, 1, MARK_GIVEN, tmp_path / "isi.xlsx"))
    assert_fit(member)
    assert saves(site) == []
    press(member, CONFIRM)
    assert told(member, "success") != ""
    assert saves(site) == [(1, 1)]

    sign_in(secretariat, "sekretariat")
    open_page(secretariat, f"{ROUND}/kemajuan/")
    press(secretariat, f"main a[href='{HANDED}']")
    send(secretariat, fill(blank, 2, 1000, tmp_path / "keliru.xlsx"))
    expect(secretariat.locator("main tbody tr").first).to_contain_text(f"{title_of(2)}!")
    expect(secretariat.locator("main")).not_to_contain_text("1000")
    assert_fit(secretariat)
    send(secretariat, fill(blank, 2, MARK_GIVEN, tmp_path / "titipan.xlsx"))
    assert told(secretariat, "success") != ""
    assert_fit(secretariat)
    assert saves(site) == [(1, 1)]

    open_page(member, DAY)
    assert_fit(member)
    press(member, FOR_YOU)
    assert_fit(member)
    press(member, "main a[href$='/tolak/']")
    assert_fit(member)
    member.go_back()
    press(member, CONFIRM)
    assert told(member, "success") != ""
    assert saves(site) == [(1, 1), (2, 1)]
    expect(member.locator(FOR_YOU)).to_have_count(0)

    secretariat.reload()
    expect(secretariat.locator("main tbody .app-tone-success")).to_have_count(1)
    assert site.ask("SELECT state, content FROM judging_handedworkbook") == [("taken", None)]
