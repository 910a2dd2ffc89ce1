"""Many stored PDFs as one for the printer, put together from files on disk and not in memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Final

#: One file holds at most so many papers: putting 500 certificates together takes half a second and 100 MB.
MOST: Final = 500


def merge(papers: Iterable[bytes], title: str) -> IO[bytes]:
    """Return an open temporary file with all pages of at most ``MOST`` papers, in their order; closing it deletes it.

    The papers themselves stay as they were issued: what comes out is a copy for the printer, without signatures.
    Raises ``pikepdf.PdfError`` for what is no PDF.
    """
    import pikepdf

    target = tempfile.TemporaryFile(suffix=".pdf")  # noqa: SIM115 - whoever sends it closes it
    try:
        with tempfile.TemporaryDirectory() as folder, pikepdf.new() as whole:
            parts = []
            for position, paper in enumerate(papers):
                part = Path(folder, f"{position}.pdf")
                part.write_bytes(paper)
                # Pages are read from the part only when the whole is written: until then it stays open.
                parts.append(pikepdf.open(part))
                whole.pages.extend(parts[-1].pages)
            whole.docinfo["/Title"] = title
            whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
            for one in parts:
                one.close()
    except BaseException:
        target.close()
        raise
    target.seek(0)
    return target
