"""The promises of every paper: strict names, text that stays text, nothing fetched, same bytes again."""

import io
import logging
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.template import Engine
from pypdf import PdfReader

from judging.documents import assets, minutes_samples, rendering, samples
from judging.documents.minutes import render_minutes

from .reading import HOSTILE, link_targets, text, tight

PDFS = ("certificate_pdf", "hostile_certificate_pdf", "ranking_pdf", "minutes_pdf")


@pytest.fixture
def strict_template(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Return a function that renders template text under the rules of paper."""
    real = rendering._engine()
    folder = tmp_path / "documents"
    folder.mkdir()
    engine = Engine(dirs=[tmp_path], autoescape=True, string_if_invalid=real.string_if_invalid)
    monkeypatch.setattr(rendering, "_engine", lambda: engine)

    def render(source: str, values: dict[str, object]) -> str:
        (folder / "it.html").write_text(source)
        return rendering.to_html("it.html", values)

    return render


@pytest.mark.parametrize(
    "source",
    [
        "{{ missing }}",
        "{{ line.missing }}",
        "{{ line.name.missing }}",
        "{% if missing %}a{% endif %}",
        "{% if line.missing %}a{% endif %}",
        "{% for one in missing %}a{% endfor %}",
        "{% for one in line.missing %}a{% endfor %}",
    ],
)
def test_an_undefined_name_stops_the_rendering(strict_template, source: str) -> None:
    with pytest.raises(rendering.UndefinedInPaper):
        strict_template(source, {"line": {"name": "Nagekeo"}})


def test_defined_names_are_escaped(strict_template) -> None:
    printed = strict_template("{{ line.name }}{% if line.empty %}!{% endif %}", {"line": {"name": "<b>&", "empty": ""}})
    assert printed == "&lt;b&gt;&amp;"


@pytest.mark.parametrize("value", [Decimal("1.5"), date(2025, 7, 21), object(), 1.5, {1, 2}])
def test_only_plain_values_reach_a_template(value: object) -> None:
    with pytest.raises(TypeError, match="plain values"):
        rendering.plain({"lines": [value]})


def test_invisible_characters_of_user_text_are_dropped() -> None:
    assert rendering.printable(" PT\u00a0Maju\x00\u202e \n\tJaya\ud800\u200b ") == "PT Maju Jaya"


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="http://contoh.invalid/a.png">',
        '<img src="https://contoh.invalid/a.png">',
        '<img src="file:///etc/passwd">',
        '<link rel="stylesheet" href="file:///etc/passwd">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<img src="app:paper/../manage.py">',
        '<img src="app:paper/missing.svg">',
        '<p style="background: url(ftp://contoh.invalid/a.png)">a</p>',
    ],
)
def test_a_foreign_address_in_a_paper_is_fatal(markup: str) -> None:
    # What would happen if text ever slipped through as markup: the paper is not made at all.
    with pytest.raises(rendering.ForeignAddress):
        rendering.to_bytes(rendering.to_document(f"<html><body>{markup}</body></html>"), "")


@pytest.mark.parametrize(
    "url", ["app:paper/..", "app:paper/.hidden", "app:other/a.css", "app:paper/a/b.css", "file:///etc/passwd"]
)
def test_addresses_cannot_leave_their_folder(url: str) -> None:
    assert assets.resolve(url) is None


def test_own_files_are_found() -> None:
    assert assets.resolve("app:paper/sheets.css") == assets.OWN_FILES / "sheets.css"


def test_fonts_come_from_the_setting_and_may_be_absent(settings, tmp_path: Path) -> None:
    settings.PAPER_ASSETS = [tmp_path]
    assert assets.font_faces("Inter", "EB Garamond") == ""
    (tmp_path / "inter-latin-600-normal.woff2").write_bytes(b"")
    assert assets.font_faces("Inter", "EB Garamond").count("@font-face") == 1


@pytest.mark.parametrize("name", PDFS)
def test_no_paper_carries_attachments_links_or_scripts(name: str, request: pytest.FixtureRequest) -> None:
    pdf = request.getfixturevalue(name)
    assert PdfReader(io.BytesIO(pdf)).attachments == {}
    assert link_targets(pdf) == []
    assert b"/JavaScript" not in pdf


@pytest.mark.parametrize("name", ["hostile_certificate_pdf", "ranking_pdf"])
def test_markup_in_names_is_printed_as_text(name: str, request: pytest.FixtureRequest) -> None:
    assert tight(HOSTILE) in tight(text(request.getfixturevalue(name)))


@pytest.mark.parametrize("name", PDFS)
def test_language_title_and_date_are_in_the_file(name: str, request: pytest.FixtureRequest) -> None:
    reader = PdfReader(io.BytesIO(request.getfixturevalue(name)))
    assert reader.root_object["/Lang"] == "id"
    assert reader.metadata.title
    assert reader.metadata.author == samples.ISSUING_BODY
    assert reader.metadata.creation_date.date() in {samples.DAY, date(2025, 7, 14)}


def test_the_same_data_gives_the_same_bytes_and_no_warning(
    minutes_pdf: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        assert render_minutes(minutes_samples.minutes()) == minutes_pdf
    assert caplog.messages == []
