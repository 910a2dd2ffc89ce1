"""A published result as CSV for an Indonesian spreadsheet: one line for each winner, special award and other nominee.

UTF-8 with its mark, semicolons, decimal commas; no text of it can be taken for a formula (law 12).
"""

import csv
import io
from collections.abc import Iterator
from typing import Final

from judging.core.publication import CATEGORY, Part, Results

from .scores_csv import BYTE_ORDER_MARK, cell_text, safe_text

HEADS: Final = ("Edisi", "Wilayah", "Jenis", "Kategori", "Tempat", "Gelar", "Penerima", "Asal", "Keterangan")
KINDS: Final = {True: "Kategori", False: "Kategori umum"}
SPECIAL: Final = "Piagam khusus"
NOMINEE: Final = "Nomine"


def results_csv(results: Results) -> bytes:
    """Return the file; a column of totals only where the publication shows them, of its mark only where it has one."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=";", lineterminator="\r\n")
    heads = [*HEADS, *(["Nilai"] if results.shows_totals else []), *(["Tanda"] if results.mark else [])]
    writer.writerow(heads)
    for row in _rows(results):
        *cells, total = row
        tail = [*([cell_text(total)] if results.shows_totals else []), *([results.mark] if results.mark else [])]
        writer.writerow([*map(safe_text, (results.edition, results.place, *cells)), *tail])
    return (BYTE_ORDER_MARK + written.getvalue()).encode()


def _rows(results: Results) -> Iterator[tuple[str, str, str, str, str, str, str, str]]:
    """Kind, category, place, title, name, origin, note, total."""
    for part in results.parts:
        yield from _part(part)
    for one in results.specials:
        yield (SPECIAL, "", "", one.title, one.recipient, "", one.citation, "")


def _part(part: Part) -> Iterator[tuple[str, str, str, str, str, str, str, str]]:
    kind = KINDS[part.kind == CATEGORY]
    for one in part.winners:
        yield (kind, part.name, str(one.place), one.title, one.name, one.origin, "", one.total)
    for other in part.others:
        yield (kind, part.name, "", "", other.name, other.origin, NOMINEE, "")
