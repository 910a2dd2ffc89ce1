"""From a template and plain values to the bytes of a PDF, without reaching for anything outside.

Three promises: an undefined name in a template stops the rendering, user text stays text, and nothing
is fetched except our own files under ``static/documents`` and the fonts of ``settings.PAPER_ASSETS``.
Equal input gives equal bytes with the same WeasyPrint, fonts and text libraries.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Never
from unicodedata import category

from django.template import Context, Engine

from .assets import font_faces
from .fetching import strict_fetcher

if TYPE_CHECKING:
    from weasyprint import Document

PDF_VARIANT = "pdf/a-2b"
RESOURCES = ("ExtGState", "XObject", "Pattern", "Shading", "Font")
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


class UndefinedInPaper(Exception):
    """A template names something that its data does not have."""


class ForeignAddress(Exception):
    """A paper asked for an address that is neither ``data:`` nor one of our own files."""


class PlainDict(dict[str, Any]):
    """A dictionary for templates in which a missing key is a loud error, also inside if and for."""

    def __missing__(self, key: str) -> Never:
        raise UndefinedInPaper(key)


class PaperContext(Context):
    """A template context in which a missing name is a loud error, also inside if and for."""

    def __getitem__(self, key: Any) -> Any:
        try:
            return super().__getitem__(key)
        except KeyError:
            raise UndefinedInPaper(str(key)) from None


def plain(value: object) -> Any:
    """Return a copy made of text, whole numbers, truth values, lists and strict dictionaries.

    Templates get nothing that could query, compute or be written in a way of its own: dates, decimals
    and objects must already be words. Control characters are dropped. Raises TypeError otherwise.
    """
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return PlainDict({str(key): plain(item) for key, item in value.items()})
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    raise TypeError(f"paper templates take plain values, not {type(value).__name__}")


def printable(text: str) -> str:
    """Return user text on one line: single spaces, no control, direction or other invisible characters."""
    spaced = "".join(" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(letter for letter in spaced if category(letter)[0] != "C").split())


def to_html(template: str, values: Mapping[str, object]) -> str:
    """Render ``templates/documents/<template>`` with plain values; everything is escaped."""
    context = PaperContext(plain(values), autoescape=True, use_l10n=False)
    return _engine().get_template(f"documents/{template}").render(context)


def to_document(html: str, family: str = "Inter") -> Document:
    """Lay out the pages of a paper, set in one family of letters.

    Raises ForeignAddress when the paper asks for anything that is not ours.
    """
    from weasyprint import CSS, HTML
    from weasyprint.text.fonts import FontConfiguration

    fonts, fetcher = FontConfiguration(), strict_fetcher()
    faces = CSS(string=font_faces(family), font_config=fonts, url_fetcher=fetcher)
    with _refusals_named():
        return HTML(string=html, url_fetcher=fetcher).render(font_config=fonts, stylesheets=[faces])


def to_bytes(document: Document, identity: str, *, tagged: bool = True) -> bytes:
    """Write a laid-out paper as PDF. ``identity`` (its content) gives the file its fixed identifier.

    Every paper is a PDF/A-2b file: it carries its fonts and its colours' meaning, asks for nothing outside and holds no
    other file. Tags let a screen reader follow the page; they cost a third of the writing and are left out of files
    that only go to a printer.
    """
    identifier = hashlib.sha256(identity.encode()).digest()[:16]
    target = io.BytesIO()
    with _refusals_named():
        document.write_pdf(
            target, pdf_identifier=identifier, pdf_tags=tagged, pdf_variant=PDF_VARIANT, finisher=_drop_empty_resources
        )
    return target.getvalue()


def _drop_empty_resources(_document: Document, pdf: Any) -> None:
    """Drop the kinds of resources of which a page has none: a strict validator wants to know what they are for."""
    for one in pdf.objects:
        inner: Any = getattr(one, "extra", {}).get("Resources")
        for lists in (one, inner):
            for kind in RESOURCES if isinstance(lists, dict) else ():
                if lists.get(kind) == {}:
                    del lists[kind]


def to_pdf(template: str, values: Mapping[str, object]) -> bytes:
    """Render one template with plain values into the bytes of one PDF."""
    html = to_html(template, values)
    return to_bytes(to_document(html), html)


def head(*, title: str, author: str, day: date, demo_mark: str) -> dict[str, str]:
    """Return what every paper's template needs about the file itself."""
    return {"title": title, "author": author, "created": day.isoformat(), "demo_mark": demo_mark}


@contextmanager
def _refusals_named() -> Iterator[None]:
    """Turn the fetcher's refusal, in WeasyPrint not an Exception, into an error that handlers see."""
    from weasyprint.urls import FatalURLFetchingError

    try:
        yield
    except FatalURLFetchingError as refusal:
        raise ForeignAddress(str(refusal)) from None


class _Loud(str):
    """Django asks for a replacement of an undefined name; this one refuses to be inserted."""

    __slots__ = ()

    def __contains__(self, item: object) -> bool:
        return True

    def __mod__(self, name: object) -> Never:
        raise UndefinedInPaper(str(name))


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(TEMPLATES)], autoescape=True, string_if_invalid=_Loud("undefined"))
