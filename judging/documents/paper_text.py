"""The words of one of our own papers, read back from its bytes: what was issued, whatever the record says since."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pikepdf import Page

#: A glyph and its letters, as our writer lists them; a ligature is one glyph of several letters.
GLYPH: Final = re.compile(rb"<([0-9a-fA-F]{4})> <([0-9a-fA-F]+)>")
#: In the foot only the number of the page differs.
COUNT: Final = re.compile(r"\d+")
CMap = Mapping[int, str]


def paper_text(content: bytes) -> str:
    """Return the running text of a PDF of ours, page after page, without the foot that every page repeats.

    Where lines end and columns meet stand spaces that the paper need not have. Raises ``pikepdf.PdfError`` for what is
    no PDF.
    """
    import pikepdf

    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = [list(_runs(page)) for page in pdf.pages]
    while len(pages) > 1 and all(pages) and len({COUNT.sub("", runs[-1]) for runs in pages}) == 1:
        for runs in pages:
            runs.pop()
    return " ".join(run for runs in pages for run in runs)


def _runs(page: Page) -> Iterator[str]:
    """The text of each drawing of letters that belongs to the content of the page."""
    import pikepdf

    fonts = {name: _letters(font) for name, font in page.Resources.get("/Font", {}).items()}
    marks: list[bool] = []
    font: CMap = {}
    for one in pikepdf.parse_content_stream(page):
        operands = one.operands
        match str(one.operator):
            case "BMC" | "BDC":
                marks.append(operands[0] == "/Artifact")
            case "EMC":
                marks.pop()
            case "Tf":
                font = fonts[str(operands[0])]
            case "Tj" | "TJ" if not any(marks):
                yield _read(operands[0], font)


def _letters(font: Any) -> CMap:
    """Which letters each glyph of a font stands for."""
    found = GLYPH.findall(font.ToUnicode.read_bytes())
    return {int(glyph, 16): bytes.fromhex(letters.decode()).decode("utf-16-be") for glyph, letters in found}


def _read(drawn: Any, font: CMap) -> str:
    """The letters of one string, or of an array of strings with the distances between them."""
    import pikepdf

    parts = [drawn] if isinstance(drawn, pikepdf.String) else [one for one in drawn if isinstance(one, pikepdf.String)]
    codes = b"".join(bytes(part) for part in parts)
    return "".join(font.get(int.from_bytes(codes[at : at + 2]), "") for at in range(0, len(codes), 2))
