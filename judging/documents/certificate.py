"""The piagam: one landscape page per award, with a check code that leads to our own register."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from paritrana.kernel import wording

from .assets import font_faces
from .data import Certificate, Paper
from .rendering import head, printable, to_bytes, to_document, to_html

if TYPE_CHECKING:
    from weasyprint import Document

PAGES_PER_DOCUMENT = 50
"""One layout holds at most so many pages: memory then stays flat for any number of certificates."""

LETTERS = "EB Garamond"

# A recipient's name is set as large as it may be without crowding the page: longest length, size class.
NAME_SIZES = ((26, "name-1"), (42, "name-2"), (64, "name-3"), (100, "name-4"))
SMALLEST_NAME = "name-5"


class CertificateDoesNotFit(Exception):
    """A certificate needs more than its one page; its texts are too long to print."""


def render_certificate(certificate: Certificate, paper: Paper = "A4") -> bytes:
    """Return one certificate as a PDF of one page. Raises CertificateDoesNotFit."""
    return next(render_certificate_files([certificate], paper))


def render_certificates(certificates: Sequence[Certificate], paper: Paper = "A4") -> Iterator[bytes]:
    """Yield PDFs of at most 50 certificates each, in the given order, for the printer."""
    for chunk in _chunks(certificates):
        html = _html(chunk, paper)
        yield to_bytes(_laid_out(html, chunk), html, tagged=False)


def render_certificate_files(certificates: Sequence[Certificate], paper: Paper = "A4") -> Iterator[bytes]:
    """Yield one PDF per certificate, in the given order.

    The pages are laid out together, which is most of the work, and written one by one.
    """
    for chunk in _chunks(certificates):
        document = _laid_out(_html(chunk, paper), chunk)
        for page, certificate in zip(document.pages, chunk, strict=True):
            single = document.copy([page])
            single.metadata.title = _title([certificate])
            yield to_bytes(single, _html([certificate], paper))


def qr_svg(address: str) -> str:
    """Return the QR code of an address as a ``data:`` address of an SVG without style attributes."""
    import segno

    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=4, omitsize=True, xmldecl=False, svgclass=None, lineclass=None
    )
    return "data:image/svg+xml;base64," + base64.b64encode(picture.getvalue()).decode()


def _chunks(certificates: Sequence[Certificate]) -> Iterator[Sequence[Certificate]]:
    for start in range(0, len(certificates), PAGES_PER_DOCUMENT):
        yield certificates[start : start + PAGES_PER_DOCUMENT]


def _laid_out(html: str, certificates: Sequence[Certificate]) -> Document:
    document = to_document(html, LETTERS)
    if len(document.pages) != len(certificates):
        raise CertificateDoesNotFit([certificate.number for certificate in certificates])
    return document


def _html(certificates: Sequence[Certificate], paper: Paper) -> str:
    first = certificates[0]
    values = {
        "head": head(
            title=_title(certificates),
            author=first.issuing_body,
            day=first.day,
            demo_mark=first.demo_mark,
        ),
        "paper": paper.lower(),
        "letters": "own-letters" if font_faces(LETTERS) else "system-letters",
        "certificates": [_values(certificate) for certificate in certificates],
    }
    return to_html("certificate.html", values)


def _title(certificates: Sequence[Certificate]) -> str:
    first = certificates[0]
    if len(certificates) == 1:
        return printable(f"Piagam {first.number}: {first.recipient}")
    return printable(f"{len(certificates)} piagam {first.edition}")


def _values(certificate: Certificate) -> dict[str, object]:
    return {
        "issuing_body": certificate.issuing_body,
        "heading": certificate.heading,
        "number": certificate.number,
        "recipient": certificate.recipient,
        "size": name_size(certificate.recipient),
        "award": certificate.award,
        "category": certificate.category,
        "edition": certificate.edition,
        "check_code": certificate.check_code,
        "check_address": certificate.check_address,
        "qr": qr_svg(certificate.check_address),
        "demo_mark": certificate.demo_mark,
        "signatures": _signatures(certificate),
    }


def _signatures(certificate: Certificate) -> list[dict[str, str]]:
    """Return the columns of signatures: the place and date above the last, a lone one at the right."""
    blocks = [
        {"dateline": "", "office": f"{one.office},", "name": one.name, "note": one.note}
        for one in certificate.signatures
    ]
    blocks[-1]["dateline"] = f"{certificate.place}, {wording.long_date(certificate.day)}"
    if len(blocks) == 1:
        blocks.insert(0, dict.fromkeys(blocks[0], ""))
    return blocks


def name_size(recipient: str) -> str:
    """Return the size class in which a recipient's name is set; long names are smaller, then wrap."""
    length = len(printable(recipient))
    return next((size for limit, size in NAME_SIZES if length <= limit), SMALLEST_NAME)
