"""Electronic signatures in papers: PAdES (ETSI EN 319 142-1) by pyHanko, baseline B-B, or B-T with a time stamp.

A signature is appended to the issued bytes, which stay as they are: what was issued is the beginning of what is signed.
It is the last thing done to a file; anything later breaks it.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from paritrana.kernel import wording

from .rendering import to_pdf
from .signing_keys import Key
from .stamping import ROOM

if TYPE_CHECKING:
    from pyhanko.sign.fields import SigFieldSpec
    from pyhanko.sign.signers import PdfSigner
    from pyhanko.sign.timestamps import TimeStamper
    from pyhanko.stamp import StaticStampStyle

#: The room that a paper leaves for a signature begins at the destination :data:`ROOM`, its upper left corner.
#: Its width and height in points: 56 or 50 by 20 millimetres with the lines around it, as certificates draw it.
ROOM_SIZES = {"landscape": (160, 58), "portrait": (143, 58)}


class Standing(StrEnum):
    """The two kinds of electronic signature of PP 71/2019, art. 60, and the honest third answer."""

    CERTIFIED = "certified"
    UNCERTIFIED = "uncertified"
    UNKNOWN = "unknown"


STANDING_WORDS = {
    Standing.CERTIFIED: "Tanda tangan elektronik tersertifikasi (PP 71/2019)",
    Standing.UNCERTIFIED: "Tanda tangan elektronik tidak tersertifikasi (PP 71/2019)",
    Standing.UNKNOWN: "Tersertifikasi atau tidak: lihat sertifikat di dalam berkas",
}


@dataclass(frozen=True, slots=True)
class Room:
    """Where a paper leaves room: page from 0, and the box in points from the lower left corner."""

    page: int
    box: tuple[int, int, int, int]


def sign(
    pdf: bytes,
    key: Key,
    *,
    at: datetime,
    standing: Standing,
    place: str = "",
    stamp: bytes = b"",
    timestamper: TimeStamper | None = None,
) -> bytes:
    """Return ``pdf`` with a signature appended that says it was made at ``at``.

    With ``stamp`` (of :func:`stamp_picture`) it is seen where the paper leaves room; elsewhere it shows in a reader's
    signature panel only, whose words say which kind of signature it is.
    """
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata

    room = room_in(pdf) if stamp else None
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    field = _field(_free_name(writer.prev), room)
    metadata = PdfSignatureMetadata(
        field_name=field.sig_field_name,
        reason=STANDING_WORDS[standing],
        location=place or None,
        name=key.facts.subject,
        subfilter=SigSeedSubFilter.PADES,
        md_algorithm="sha256",
    )
    pen = _pen(at)(
        metadata,
        key.signer,
        timestamper=timestamper,
        new_field_spec=field,
        stamp_style=_style(stamp) if room else None,
    )
    signed = io.BytesIO()
    pen.sign_pdf(writer, output=signed)
    return signed.getvalue()


def stamp_picture(signer: str, standing: Standing, at: datetime, zone: str) -> bytes:
    """Return the picture of a signature as a PDF page: who, when, and which kind it is. No picture of handwriting."""
    values = {
        "signer": signer,
        "when": wording.date_time(at, zone),
        "standing": STANDING_WORDS[standing],
    }
    return to_pdf("signature_stamp.html", values)


def room_in(pdf: bytes) -> Room | None:
    """Return where ``pdf`` leaves room for a signature to be seen, or ``None``."""
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as file:
        names = file.Root.get("/Names")
        if names is None or "/Dests" not in names or ROOM not in (places := pikepdf.NameTree(names.Dests)):
            return None
        place: Any = places[ROOM]
        page = pikepdf.Page(place[0])
        left, top = round(place[2]), round(place[3])
        _, _, across, upwards = (round(side) for side in page.mediabox)
        width, height = ROOM_SIZES["landscape" if across > upwards else "portrait"]
        return Room(file.pages.index(page), (left, top - height, left + width, top))


def _free_name(reader: Any) -> str:
    taken = {str(signature.field_name) for signature in reader.embedded_signatures}
    return next(name for count in range(1, len(taken) + 2) if (name := f"TandaTangan{count}") not in taken)


def _field(name: str, room: Room | None) -> SigFieldSpec:
    from pyhanko.sign.fields import SigFieldSpec

    return SigFieldSpec(name, on_page=room.page, box=room.box) if room else SigFieldSpec(name)


def _pen(at: datetime) -> type[PdfSigner]:
    """Return a signer whose time is ``at``: pyHanko by itself asks the clock of the machine."""
    from pyhanko.sign.signers import PdfSigner

    class PenAt(PdfSigner):
        def init_signing_session(self, *args: Any, **named: Any) -> Any:
            session = super().init_signing_session(*args, **named)
            session.system_time = at
            return session

    return PenAt


def _style(stamp: bytes) -> StaticStampStyle:
    """Return how a stamp is laid into its room: as large as it is, without a border."""
    from pyhanko.pdf_utils.content import ImportedPdfPage
    from pyhanko.pdf_utils.layout import AxisAlignment as Align
    from pyhanko.pdf_utils.layout import BoxConstraints, Margins, SimpleBoxLayoutRule
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.stamp import StaticStampStyle

    class StampPage(ImportedPdfPage):
        """The first page of a file in memory: fonts come along, as PDF/A asks."""

        def __init__(self) -> None:
            super().__init__("")  # type: ignore[no-untyped-call] # pyHanko types most, not all

        def render(self) -> bytes:
            picture = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(stamp)))
            self.resources.xobject["/Stamp"] = picture
            _, _, width, height = (round(side) for side in picture.get_object()["/BBox"])
            self.box = BoxConstraints(width=width, height=height)
            return b"/Stamp Do"

    middle = SimpleBoxLayoutRule(Align.ALIGN_MID, Align.ALIGN_MID, margins=Margins())
    return StaticStampStyle(border_width=0, background=StampPage(), background_layout=middle, background_opacity=1)
