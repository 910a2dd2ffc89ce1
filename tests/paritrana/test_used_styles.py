"""The part of a style sheet that pages can use."""

import re
import zlib

import pytest

from paritrana import frontend
from paritrana.used_styles import sources, used

STYLE = (
    '@charset "UTF-8";:root{--x:1}a:hover{color:red}.btn{a:b}.btn-danger{a:b}.btn,.gone{a:b}.btn .gone{a:b}'
    "@media print{.gone{a:b}}@media print{.btn{a:b}.gone{a:b}}@font-face{font-family:x}@keyframes k{to{a:b}}"
    r".a\:b{a:b}:not(.gone) p{a:b}"
)


def test_what_no_class_can_meet_goes_and_the_rest_stays_in_order() -> None:
    left = used(STYLE, ['<p class="btn">'])

    assert re.findall(r"[^{}]+(?={)", left.replace("a:b", "")) == [
        '@charset "UTF-8";:root',
        "a:hover",
        ".btn",
        ".btn",
        "@media print",
        ".btn",
        "@font-face",
        "@keyframes k",
        "to",
        ":not(.gone) p",
    ]


@pytest.mark.parametrize("text", ['class="btn-{{ tone }}"', 'f"btn-{tone}"', "`btn-${tone}`", 'x = "btn-danger"'])
def test_a_name_that_is_put_together_counts(text: str) -> None:
    assert "btn-danger" in used(STYLE, [text])


def test_the_built_sheet_knows_every_class_that_a_template_names() -> None:
    """Fails where a template was changed since ``python -m paritrana.frontend``."""
    (source,) = frontend.STYLESHEETS
    whole = (frontend.PACKAGES / source).read_text("utf-8")
    built = (frontend.BUILD / frontend.STYLESHEETS[source]).read_text("utf-8")
    texts = [path.read_text("utf-8") for path in (frontend.ROOT / "templates").rglob("*.html")]
    named = {word for text in texts for value in re.findall(r'class="([^"]*)"', text) for word in value.split()}
    known = {name for name in named if re.search(rf"\.{re.escape(name)}(?![\w-])", whole)}

    assert "btn-primary" in known
    assert [name for name in sorted(known) if not re.search(rf"\.{re.escape(name)}(?![\w-])", built)] == []


def test_the_built_sheet_is_light() -> None:
    """The frame of all pages is fetched over a phone's network: at most 30 KB compressed."""
    (name,) = frontend.STYLESHEETS.values()
    assert len(zlib.compress((frontend.BUILD / name).read_bytes(), 9)) < 30 * 1024


def test_form_packages_are_read() -> None:
    texts = "".join(sources(frontend.ROOT))
    assert "crispy_forms_field" in texts
    assert "form-select" in texts
