"""A panel member with a phone: the sheets of a day, a sheet opened twice, a sheet without scripts."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .browser import PHONE, open_page, overflow, press, sign_in, told
from .conftest import Site

ROUND = "/2025/53"  # in scoring: interviews yesterday, today and tomorrow, no sheet yet
SAVE, CHECK = "button[value=simpan]", "button[value=periksa]"
SUBMIT = ".app-confirm [type=submit]"
STATE = "[data-save-state]"


def score(page: Page, marks: list[str]) -> None:
    """Give ``marks`` to the criteria of the open sheet in order, each typed or chosen among the levels."""
    criteria = page.locator("[data-criterion]")
    assert criteria.count() == len(marks)
    for criterion, mark in zip(criteria.all(), marks, strict=True):
        typed = criterion.locator("input[type=text][name^=nilai-]")
        if typed.count():
            typed.fill(mark)
        else:
            criterion.locator(f"input[type=radio][value='{mark}']").check()


def save(page: Page) -> None:
    """Press "save" and wait until the page says that everything is saved; it stays where it is."""
    page.locator(SAVE).click()
    expect(page.locator(STATE)).to_have_attribute("data-is", "saved")


def receipts(site: Site) -> list[tuple[int, int, str]]:
    """Return nominee, revision and hash of every save, oldest first."""
    return site.ask(
        "SELECT n.number, r.revision, r.content_hash FROM judging_savereceipt r "
        "JOIN judging_sheet s ON s.id = r.sheet_id JOIN nominees_nomination n ON n.id = s.nomination_id "
        "JOIN nominees_round d ON d.id = n.round_id JOIN nominees_edition e ON e.id = d.edition_id "
        "WHERE e.assessment_year = 2025 ORDER BY r.rowid"
    )


def test_three_nominees_are_scored_on_a_phone(phone: Page, site: Site, strangers_stay_out: None) -> None:
    sign_in(phone, "akademisi")
    open_page(phone, f"{ROUND}/wawancara/?hari=semua")
    sheets = [link.get_attribute("href") for link in phone.locator(".app-task-title").all()[:3]]

    for number, sheet in enumerate(sheets, start=1):
        open_page(phone, str(sheet))
        assert overflow(phone) == 0
        score(phone, ["82,5", "0", "", "4"])
        expect(phone.locator("[data-points]")).not_to_have_text("0,00")
        save(phone)
        open_page(phone, str(sheet))
        expect(phone.locator("input[name^=nilai-][type=text]").nth(0)).to_have_value("82,5")

        # What is missing is not a zero: the check says so and offers no way to submit.
        press(phone, CHECK)
        expect(phone.locator(".app-verdict .is-unmet")).to_have_count(1)
        expect(phone.locator(SUBMIT)).to_have_count(0)
        press(phone, ".app-verdict .is-unmet a")
        score(phone, ["82,5", "0", str(90 + number), "4"])
        press(phone, CHECK)
        assert overflow(phone) == 0
        press(phone, SUBMIT)

        last = receipts(site)[-1]
        expect(phone.locator(".app-receipt")).to_have_text(f"{last[1]}-{last[2]}")
        assert f"{last[1]}-{last[2][:8]}" in told(phone, "success")
        expect(phone.locator("form.app-sheet")).to_have_count(0)

    open_page(phone, f"{ROUND}/wawancara/?hari=semua")
    expect(phone.locator("progress").or_(phone.locator("[role=progressbar]"))).to_be_visible()
    assert site.ask("SELECT count(*) FROM judging_sheet WHERE state = 'submitted' AND closed_at IS NULL") == [3]
    revisions = [receipt[1] for receipt in receipts(site) if receipt[0] == receipts(site)[0][0]]
    assert revisions == list(range(1, len(revisions) + 1))


def test_the_second_click_on_submit_answers_as_the_first(phone: Page, site: Site) -> None:
    sign_in(phone, "hukum")
    open_page(phone, f"{ROUND}/lembar/1/")
    score(phone, ["80", "75", "70", "3"])
    press(phone, CHECK)
    twin = phone.context.new_page()
    open_page(twin, f"{ROUND}/lembar/1/periksa/")
    key = phone.locator("input[name=request_key]").first.get_attribute("value")
    twin.locator("input[name=request_key]").first.evaluate("(field, key) => { field.value = key }", key)

    press(phone, SUBMIT)
    once = receipts(site)
    press(twin, SUBMIT)

    assert receipts(site) == once
    assert told(twin, "success") == told(phone, "success") != ""


def test_of_two_tabs_the_later_save_overwrites_nothing(phone: Page, site: Site) -> None:
    sign_in(phone, "spsi")
    stale = phone.context.new_page()
    open_page(stale, f"{ROUND}/lembar/2/")
    open_page(phone, f"{ROUND}/lembar/2/")
    score(phone, ["81", "70", "", "2"])
    save(phone)
    before = receipts(site)

    score(stale, ["64", "70", "", "2"])
    expect(stale.locator(STATE)).to_have_attribute("data-is", "stopped")
    answer = press(stale, ".app-bar-alert [type=submit]")

    assert answer.status == 409
    expect(stale.locator(".app-clash")).to_have_count(1)
    expect(stale.locator(".app-clash")).to_contain_text("81")
    expect(stale.locator(".app-clash")).to_contain_text("64")
    assert overflow(stale) == 0
    assert receipts(site) == before
    stale.locator("input[type=radio][value=saya]").check()
    press(stale, "main form [type=submit]")
    assert stale.url.endswith("/lembar/2/")
    expect(stale.locator("input[name^=nilai-][type=text]").nth(0)).to_have_value("64")
    expect(stale.locator("input[name^=nilai-][type=text]").nth(1)).to_have_value("70")
    assert len(receipts(site)) == len(before) + 1


def test_a_mark_outside_its_scale_is_refused_and_kept_in_the_form(phone: Page, site: Site) -> None:
    sign_in(phone, "dprd")
    open_page(phone, f"{ROUND}/lembar/3/")
    score(phone, ["101", "1.234,5", "70", "2"])

    phone.locator(SAVE).click()

    expect(phone.locator(STATE)).to_have_attribute("data-is", "faulty")
    expect(phone.locator(".has-errors")).to_have_count(2)
    expect(phone.locator(".has-errors").first).to_be_focused()
    expect(phone.locator(".has-errors .invalid-feedback").first).to_contain_text("101")
    expect(phone.locator("input[name^=nilai-][type=text]").nth(0)).to_have_value("101")
    assert receipts(site) == []


def test_a_sheet_is_scored_and_submitted_without_scripts(open_window: Callable[..., Page], site: Site) -> None:
    page = open_window(**(PHONE | {"java_script_enabled": False}))
    sign_in(page, "upah")
    open_page(page, f"{ROUND}/lembar/5/")
    score(page, ["87,5", "60", "71.5", "5"])

    press(page, SAVE)
    press(page, CHECK)
    press(page, SUBMIT)

    number, revision, content_hash = receipts(site)[-1]
    assert number == 5
    expect(page.locator(".app-receipt")).to_have_text(f"{revision}-{content_hash}")
