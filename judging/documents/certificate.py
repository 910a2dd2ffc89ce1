"""The piagam: one page per award, with a check code that leads to our own register.

The frame with its logos is the same on every page of a design: it is laid out once and put under the pages.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from paritrana.kernel import wording

from .assets import OWN_FILES, font_faces
from .certificate_data import Certificate, Design
from .certificate_frames import INK, NAVY, frame_svg
from .data import Paper
from .rendering import head, printable, to_bytes, to_document, to_html
from .stamping import cut, put_under

if TYPE_CHECKING:
    from weasyprint import Document

PAGES_PER_DOCUMENT = 40
"""One layout holds at most so many pages: memory then stays flat for any number of certificates."""

MOST_LETTERS = 2000
"""More than a page can hold in any size is refused unread: laying out ten thousand letters takes seconds."""

LETTERS = "EB Garamond"
EMBLEM = "emblem.svg"
EMBLEM_GOLD = "#b08d3c"

# A recipient's name is set as large as it may be without crowding the page: longest length, size class.
NAME_SIZES = ((26, "name-1"), (42, "name-2"), (64, "name-3"), (100, "name-4"))
SMALLEST_NAME = "name-5"
# What the award is called, and what it is for, when they are sentences: longest length, size class.
AWARD_SIZES = ((28, ""), (56, "long"))
CATEGORY_SIZES = ((70, ""), (150, "long"))
SMALLEST = "longest"


class CertificateDoesNotFit(Exception):
    """A certificate needs more than its one page; its texts are too long to print."""


def render_certificate(certificate: Certificate, paper: Paper | None = None) -> bytes:
    """Return one certificate as a PDF of one page. Raises CertificateDoesNotFit."""
    return next(render_certificate_files([certificate], paper))


def render_certificates(certificates: Sequence[Certificate], paper: Paper | None = None) -> Iterator[bytes]:
    """Yield PDFs of at most 40 certificates of one design each, in the given order, for the printer."""
    for chunk in _chunks(certificates, paper):
        html = _html(chunk)
        yield put_under(to_bytes(_laid_out(html, chunk), html, tagged=False), _ground(chunk[0].design))


def render_certificate_files(certificates: Sequence[Certificate], paper: Paper | None = None) -> Iterator[bytes]:
    """Yield one PDF per certificate, in the given order, each in its own design; ``paper`` overrides the design's.

    The pages are laid out and written together and then cut: the bytes of a file depend on those it was made with.
    Raises CertificateDoesNotFit.
    """
    for chunk in _chunks(certificates, paper):
        html = _html(chunk)
        whole = to_bytes(_laid_out(html, chunk), html)
        yield from cut(whole, _ground(chunk[0].design), [_title([certificate]) for certificate in chunk])


def preview_values(certificate: Certificate) -> dict[str, object]:
    """Return what the templates of a page need to show ``certificate``, as its own templates read it."""
    return {"on_paper": False, "look": _look(certificate.design), "certificate": _values(certificate)}


def qr_svg(address: str) -> str:
    """Return the QR code of an address as a ``data:`` address of an SVG without style attributes."""
    import segno

    picture = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        picture, kind="svg", border=4, omitsize=True, xmldecl=False, svgclass=None, lineclass=None
    )
    return _data_address("image/svg+xml", picture.getvalue())


def name_size(recipient: str) -> str:
    """Return the size class in which a recipient's name is set; long names are smaller, then wrap."""
    return _size(recipient, NAME_SIZES, SMALLEST_NAME)


def _size(words: str, sizes: Sequence[tuple[int, str]], smallest: str = SMALLEST) -> str:
    length = len(printable(words))
    return next((size for limit, size in sizes if length <= limit), smallest)


def _chunks(certificates: Sequence[Certificate], paper: Paper | None) -> Iterator[Sequence[Certificate]]:
    if paper:
        certificates = [replace(one, design=replace(one.design, paper=paper)) for one in certificates]
    for _, same in groupby(certificates, key=lambda one: one.design):
        alike = list(same)
        for start in range(0, len(alike), PAGES_PER_DOCUMENT):
            yield alike[start : start + PAGES_PER_DOCUMENT]


def _laid_out(html: str, certificates: Sequence[Certificate]) -> Document:
    if any(_letters(certificate) > MOST_LETTERS for certificate in certificates):
        raise CertificateDoesNotFit([certificate.number for certificate in certificates])
    document = to_document(html, LETTERS)
    if len(document.pages) != len(certificates):
        raise CertificateDoesNotFit([certificate.number for certificate in certificates])
    return document


def _letters(one: Certificate) -> int:
    """How many letters stand between the logos and the signatures."""
    return sum(
        map(len, (one.issuing_body, one.heading, one.recipient, one.wording, one.award, one.category, one.edition))
    )


@lru_cache(maxsize=4)
def _ground(design: Design) -> bytes:
    """The frame with its logos as a PDF of one page; some are kept, because a batch asks for the same one 300 times."""
    html = to_html("certificate_ground.html", {"look": _look(design)})
    return to_bytes(to_document(html, LETTERS), html, tagged=False)


def _html(certificates: Sequence[Certificate]) -> str:
    first = certificates[0]
    values = {
        "head": head(
            title=_title(certificates),
            author=first.issuing_body,
            day=first.day,
            demo_mark=first.demo_mark,
        ),
        "on_paper": True,
        "look": _look(first.design),
        "certificates": [_values(certificate) for certificate in certificates],
    }
    return to_html("certificate.html", values)


def _title(certificates: Sequence[Certificate]) -> str:
    first = certificates[0]
    if len(certificates) == 1:
        return printable(f"Piagam {first.number}: {first.recipient}")
    return printable(f"{len(certificates)} piagam {first.edition}")


def _look(design: Design) -> Mapping[str, object]:
    letters = "own-letters" if font_faces(LETTERS) else "system-letters"
    accent = f"accent-{design.colour[1:]}"
    frame = design.background or frame_svg(design).encode()
    return {
        "classes": f"{design.paper.lower()} {design.orientation} {design.frame} {accent} {letters}",
        "upright": design.orientation == "portrait",
        "frame": _data_address("image/png" if design.background else "image/svg+xml", frame),
        "logos": [_data_address("image/png", logo) for logo in design.logos] or [_emblem(design)],
    }


def _emblem(design: Design) -> str:
    """Our own sign in the colours of the design, for an edition that has brought no logo."""
    drawn = (OWN_FILES / EMBLEM).read_text(encoding="utf-8")
    return _data_address(
        "image/svg+xml", drawn.replace(NAVY, INK[design.frame]).replace(EMBLEM_GOLD, design.colour).encode()
    )


def _values(certificate: Certificate) -> dict[str, object]:
    return {
        "issuing_body": certificate.issuing_body,
        "heading": certificate.heading,
        "number": certificate.number,
        "recipient": certificate.recipient,
        "size": name_size(certificate.recipient),
        "wording": certificate.wording,
        "award": certificate.award,
        "award_size": _size(certificate.award, AWARD_SIZES),
        "category": certificate.category,
        "category_size": _size(certificate.category, CATEGORY_SIZES),
        "edition": certificate.edition,
        "check_code": certificate.check_code,
        "check_address": certificate.check_address,
        "qr": qr_svg(certificate.check_address),
        "demo_mark": certificate.demo_mark,
        "signatures": _signatures(certificate),
    }


def _signatures(certificate: Certificate) -> list[dict[str, object]]:
    """Return the columns of signatures: the place and date above the last, a lone one at the right."""
    blocks: list[dict[str, object]] = [
        {
            "dateline": "",
            "office": f"{one.office},",
            "name": one.name,
            "note": one.note,
            "picture": _data_address("image/png", one.picture) if one.picture else "",
            "room": False,
        }
        for one in certificate.signatures
    ]
    blocks[-1]["dateline"] = f"{certificate.place}, {wording.long_date(certificate.day)}"
    blocks[-1]["room"] = certificate.design.room_for_signature and not certificate.signatures[-1].picture
    if len(blocks) == 1:
        blocks.insert(0, dict.fromkeys(blocks[0], ""))
    return blocks


def _data_address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode()}"
