"""How the tests read a finished paper back."""

import io
import re

from pypdf import PdfReader

POINTS_PER_MM = 72 / 25.4
HOSTILE = (
    '<img src=http://contoh.invalid/a.png><link rel=attachment href=file:///etc/passwd>{{ 7|add:"7" }} '
    "<script>alert(1)</script>"
)


def pages_text(pdf: bytes) -> list[str]:
    """Return the text of every page with runs of white space folded, as a reader sees it."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text(pdf: bytes) -> str:
    return " ".join(pages_text(pdf))


def tight(words: str) -> str:
    """Return text without any white space, for strings that a narrow column breaks into lines."""
    return re.sub(r"\s+", "", words)


def page_sizes(pdf: bytes) -> set[tuple[int, int]]:
    """Return the page sizes in whole millimetres."""
    boxes = [page.mediabox for page in PdfReader(io.BytesIO(pdf)).pages]
    return {(round(float(box.width) / POINTS_PER_MM), round(float(box.height) / POINTS_PER_MM)) for box in boxes}


def link_targets(pdf: bytes) -> list[str]:
    annotations = [page.get("/Annots", []) for page in PdfReader(io.BytesIO(pdf)).pages]
    return [str(one.get_object().get("/A", {}).get("/URI")) for many in annotations for one in many]
