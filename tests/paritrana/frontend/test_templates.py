"""The frame of every page and the shared components, rendered without a database."""

import re
import tomllib
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from paritrana import __version__, frontend

TEMPLATES = frontend.ROOT / "templates"


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Reason")
    version = forms.IntegerField(widget=forms.HiddenInput)


def _render(component: str, **context: Any) -> str:
    with translation.override("en"):
        return render_to_string(f"components/{component}.html", context)


def test_no_template_carries_inline_style_or_script() -> None:
    """The pages' content security policy would drop them silently. Paper is rendered by another engine."""
    forbidden = re.compile(r"""<style|\sstyle=|\son[a-z]+=["']|<script(?![^>]*\ssrc=)|javascript:""")
    pages = [path for path in TEMPLATES.rglob("*.html") if "documents" not in path.relative_to(TEMPLATES).parts]

    found = [str(path.relative_to(TEMPLATES)) for path in pages if forbidden.search(path.read_text("utf-8"))]

    assert len(pages) > 25
    assert found == []


@pytest.mark.parametrize("path", sorted((TEMPLATES / "components").glob("*.html")), ids=lambda path: path.stem)
def test_each_component_says_its_parameters_first(path: Any) -> None:
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("{% load")]

    assert lines[0].startswith(("{% comment %}", "{# "))


@pytest.mark.parametrize(
    ("tone", "role"),
    [("success", "status"), ("info", "status"), ("warning", "status"), ("danger", "alert"), ("error", "alert")],
)
def test_alert_interrupts_only_for_errors(tone: str, role: str) -> None:
    assert f'role="{role}"' in _render("alert", tone=tone, text="Saved.")


def test_alert_writes_user_text_as_text() -> None:
    assert "&lt;b&gt;x&lt;/b&gt;" in _render("alert", text="<b>x</b>")


def test_badge_has_icon_and_word() -> None:
    drawn = _render("badge", tone="warning", text="Draft")

    assert "#alert-triangle" in drawn
    assert "<span>Draft</span>" in drawn


def test_table_labels_each_cell_with_its_column() -> None:
    drawn = _render(
        "table",
        caption="Nominees",
        columns=[{"label": "Name"}, {"label": "Score", "align": "end"}],
        rows=[[{"text": "Kota Kupang", "url": "/x/"}, {"text": "87,13"}]],
    )

    assert '<th scope="row" data-label="Name"><a href="/x/">Kota Kupang</a></th>' in drawn
    assert '<td data-label="Score" class="text-end">87,13</td>' in drawn


def test_table_without_rows_says_what_to_do() -> None:
    drawn = _render(
        "table", caption="Nominees", columns=[], rows=[], empty={"title": "None yet", "url": "/x/", "url_label": "Add"}
    )

    assert "<table" not in drawn
    assert "None yet" in drawn
    assert 'href="/x/"' in drawn


def test_error_summary_links_to_the_field_and_takes_the_focus() -> None:
    drawn = _render("error_summary", form=ReasonForm({"version": "x"}))

    assert 'href="#id_reason"' in drawn
    assert "Enter a whole number." in drawn
    assert "data-focus" in drawn


def test_error_summary_is_silent_without_errors() -> None:
    assert _render("error_summary", form=ReasonForm({"reason": "a", "version": "1"})).strip() == ""


def test_verdict_links_only_what_is_unmet() -> None:
    drawn = _render(
        "verdict",
        conditions=[
            {"text": "Seats filled", "met": True, "url": "/seats/", "url_label": "Seats"},
            {"text": "Sheets sent", "met": False, "url": "/sheets/", "url_label": "Sheets"},
        ],
    )

    assert "/seats/" not in drawn
    assert '<a href="/sheets/">Sheets</a>' in drawn


def test_steps_mark_the_current_one() -> None:
    drawn = _render("steps", steps=[{"label": "File", "state": "done"}, {"label": "Check", "state": "current"}])

    assert drawn.count('aria-current="step"') == 1


def test_progress_is_printed_for_machines_too() -> None:
    drawn = _render("progress", label="Sheets", value=1181, total=1198)

    assert '<progress value="1181" max="1198"' in drawn


def test_pager_keeps_the_rest_of_the_address() -> None:
    request = RequestFactory().get("/nominees/", {"q": "kupang", "page": "2"})
    with translation.override("en"):
        drawn = render_to_string("components/pager.html", {"page_obj": Paginator(range(30), 10).page(2)}, request)

    assert 'href="?q=kupang&amp;page=1"' in drawn
    assert 'href="?q=kupang&amp;page=3"' in drawn


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_error_pages_come_up_without_a_request(name: str) -> None:
    with translation.override("id"):
        assert '<html lang="id"' in render_to_string(name)


@pytest.mark.parametrize(("is_demo", "shown"), [(True, 1), (False, 0)])
def test_a_demo_edition_is_marked_on_every_page(is_demo: bool, shown: int) -> None:
    edition_round = SimpleNamespace(edition=SimpleNamespace(is_demo=is_demo))

    drawn = _render("site_header", round=edition_round, request=RequestFactory().get("/"))

    assert drawn.count("CONTOH: bukan hasil sebenarnya") == shown


def test_the_version_shown_is_the_version_of_the_project() -> None:
    project = tomllib.loads((frontend.ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert __version__ == project["version"]
