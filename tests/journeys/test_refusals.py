"""Bad input gets a clear message and changes nothing: weights, files, seats, sheets after the lock."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from .browser import Visit, answer_to, enter, open_page, press, sign_in, token_of, told
from .conftest import ROOT, Site
from .world import NEWCOMER

ROUND = "/2024/52"  # still in preparation
RUBRIC = json.loads((ROOT / "fixtures" / "rubrics" / "pemerintah.json").read_text("utf-8"))
UPLOAD = "main form:has(input[type=file]) [type=submit]"


def fingerprint(site: Site) -> list[Any]:
    """What must stay as it is when something is refused: every table's number of rows; each change adds an event."""
    tables = site.ask(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'django_session' ORDER BY 1"
    )
    return [(table, *site.ask(f'SELECT count(*) FROM "{table}"')) for table in tables]  # noqa: S608 - own tables


@pytest.fixture
def rubric_page(desktop: Page) -> Page:
    """The page of the governments' rubric, before the secretariat that may still change it."""
    sign_in(desktop, NEWCOMER)
    open_page(desktop, f"{ROUND}/rubrik/pemerintah/")
    return desktop


def test_weights_that_do_not_close_are_refused_by_the_name_of_their_branch(
    rubric_page: Page, site: Site, tmp_path: Path
) -> None:
    document = copy.deepcopy(RUBRIC)
    branch = next(node for node in document["tree"]["children"] if node.get("children"))
    branch["children"][0]["weight"] = "41"
    file = tmp_path / "rubrik.json"
    file.write_text(json.dumps(document), "utf-8")
    before = fingerprint(site)

    rubric_page.locator("main input[type=file]").set_input_files(file)
    press(rubric_page, UPLOAD)

    said = told(rubric_page, "danger")
    assert branch["title"] in said
    assert "101" in said
    assert fingerprint(site) == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("rubrik.json", b"{"),
        ("rubrik.json", b'{"tree": []}'),
        ("foto.png", b"\x89PNG\xff\xfe\x00"),
        ("kosong.json", b""),
    ],
    ids=["cut-off", "no-tree", "picture", "empty"],
)
def test_a_wrong_file_for_a_rubric_is_refused_in_words(
    rubric_page: Page, site: Site, tmp_path: Path, name: str, content: bytes
) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    before = fingerprint(site)

    rubric_page.locator("main input[type=file]").set_input_files(file)
    press(rubric_page, UPLOAD)

    assert told(rubric_page, "danger") != ""
    assert fingerprint(site) == before


def test_rules_out_of_their_bounds_are_refused(desktop: Page, site: Site) -> None:
    sign_in(desktop, NEWCOMER)
    open_page(desktop, f"{ROUND}/peraturan/")
    before = fingerprint(site)
    form = desktop.locator("main form")
    form.evaluate("form => { form.noValidate = true }")
    form.locator("[name=min_scores]").fill("12")
    form.locator("[name=tie_2]").select_option(form.locator("[name=tie_1]").input_value())

    press(desktop, "main form [type=submit]")

    expect(desktop.locator("main [role=alert] a")).to_have_count(2)
    assert fingerprint(site) == before


def test_two_seats_for_one_person_are_refused(phone: Page, site: Site) -> None:
    sign_in(phone, NEWCOMER)
    open_page(phone, f"{ROUND}/panel/unsur/disnaker/")
    before = fingerprint(site)
    phone.locator("[name=user]").fill("ketua-ntb")
    phone.locator("[name=name]").fill("Baiq Ratna, M.Si. (contoh)")

    press(phone, "button[name=person]")

    assert told(phone, "danger") != ""
    assert fingerprint(site) == before
    open_page(phone, f"{ROUND}/panel/")
    expect(phone.locator("main tbody tr", has_text="Baiq Ratna")).to_have_count(1)


def test_a_sheet_after_the_lock_shows_its_marks_and_takes_none(phone: Page, site: Site) -> None:
    sign_in(phone, "akademisi")
    sheet = "/2024/53/lembar/1/"
    open_page(phone, sheet)
    expect(phone.locator("form.app-sheet")).to_have_count(0)
    expect(phone.locator(".app-receipt")).to_be_visible()
    before = fingerprint(site)

    # A page that was opened before the lock still posts.
    marks = {"nilai-inovasi": "99", "nilai-komitmen": "99", "nilai-pemahaman": "99", "nilai-rencana": "5"}
    form = {
        "revision": "1",
        "request_key": "a" * 32,
        "langkah": "simpan",
        "csrfmiddlewaretoken": token_of(phone),
        **marks,
    }
    answer = phone.context.request.post(sheet, form=form, headers={"Referer": phone.url})

    assert answer.status == 200
    assert "app-tone-danger" in answer.text()
    assert fingerprint(site) == before
    open_page(phone, f"{sheet}periksa/")
    assert phone.url.endswith(sheet)


@pytest.mark.parametrize("username", ["akademisi", "auditor", "panitia"])
def test_a_role_without_the_right_is_forbidden_to_change_the_round(phone: Page, site: Site, username: str) -> None:
    enter(phone, username)
    before = fingerprint(site)
    pages = ["nomine/impor/", "nilai-administrasi/", "rubrik/pemerintah/", "usulan/"]

    answers = {path: answer_to(phone, Visit("POST", f"/2024/53/{path}")) for path in pages}

    assert answers == dict.fromkeys(pages, 403)
    assert fingerprint(site) == before
