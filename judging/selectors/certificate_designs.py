"""How the certificates of a round look: the designs that were saved, and what stands where none was."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from typing import Final, cast

from django.db.models import Exists, OuterRef, QuerySet

from judging.documents.certificate_data import ACCENTS, Design, Frame, Orientation
from judging.documents.data import Paper, Signature
from judging.models import CertificateDesign, CertificateUse, DesignPicture, PictureKind, PlacedPicture, SignatureBlock
from nominees.models import Round
from paritrana.kernel.errors import DomainError

#: Heading and the words before the title that stand where a design says nothing.
HEADINGS: Final[dict[str, str]] = {
    CertificateUse.AWARD: "PIAGAM PENGHARGAAN",
    CertificateUse.SPECIAL: "PIAGAM PENGHARGAAN",
    CertificateUse.PARTICIPATION: "PIAGAM PARTISIPASI",
    CertificateUse.PANEL: "PIAGAM PENGHARGAAN",
}
WORDINGS: Final[dict[str, str]] = {
    CertificateUse.AWARD: "sebagai",
    CertificateUse.SPECIAL: "sebagai penerima",
    CertificateUse.PARTICIPATION: "atas partisipasi sebagai",
    CertificateUse.PANEL: "atas pengabdian sebagai",
}


class DesignPictureDamaged(DomainError):
    """The stored file of a picture is missing or differs from what was added; facts ``name``."""

    code = "design_picture_damaged"


@dataclass(frozen=True, kw_only=True)
class Look:
    """A design with the words that it sets; ``place`` and ``signatures`` may be empty, ``day`` None: then the round's
    own stand."""

    design: Design = field(default_factory=Design)
    heading: str
    wording: str
    issuing_body: str = ""
    place: str = ""
    day: date | None = None
    signatures: tuple[Signature, ...] = ()


def designs_of(round: Round) -> dict[str, CertificateDesign]:
    """Return the saved designs by use, with their pictures and signature blocks. Three queries."""
    rows = CertificateDesign.objects.filter(round=round).prefetch_related(
        "pictures__picture", "signature_blocks__picture"
    )
    return {row.use: row for row in rows}


def design_of(round: Round, use: str) -> CertificateDesign | None:
    """Return the saved design of ``use``. Five queries at most."""
    rows = CertificateDesign.objects.filter(round=round, use=use)
    return rows.prefetch_related("pictures__picture", "signature_blocks__picture").first()


def look_of(round: Round, use: str) -> Look:
    """Return how certificates of ``use`` look now. Five queries at most. Raises :class:`DesignPictureDamaged`."""
    found = design_of(round, use)
    return look_from(found) if found else Look(heading=HEADINGS[use], wording=WORDINGS[use])


def look_from(design: CertificateDesign) -> Look:
    """Return the look of ``design``, read with its pictures and blocks, with the bytes of its pictures."""
    placed = [one.picture for one in design.pictures.all()]
    background = next((one for one in placed if one.kind == PictureKind.FRAME), None)
    return Look(
        design=Design(
            frame=cast(Frame, design.frame),
            orientation=cast(Orientation, design.orientation),
            paper=cast(Paper, design.paper),
            colour=design.colour if design.colour in ACCENTS else Design.colour,
            background=picture_bytes(background) if background else b"",
            logos=tuple(picture_bytes(one) for one in placed if one.kind == PictureKind.LOGO),
            room_for_signature=design.has_room_for_signature,
        ),
        heading=design.heading or HEADINGS[design.use],
        wording=design.wording or WORDINGS[design.use],
        issuing_body=design.issuing_body,
        place=design.place,
        day=design.dated_on,
        signatures=tuple(
            Signature(
                office=block.office,
                name=block.name,
                note=block.note,
                picture=picture_bytes(block.picture) if block.picture else b"",
            )
            for block in design.signature_blocks.all()
        ),
    )


def pictures_of(round: Round) -> QuerySet[DesignPicture]:
    """Return the pictures brought for the round and not withdrawn; ``in_use``: it stands in a design. One query."""
    stands = Exists(PlacedPicture.objects.filter(picture=OuterRef("pk")))
    signs = Exists(SignatureBlock.objects.filter(picture=OuterRef("pk")))
    rows = DesignPicture.objects.filter(round=round, withdrawn_at=None).annotate(in_use=stands | signs)
    return rows.order_by("kind", "pk")


def picture_in(round: Round, picture_id: int) -> DesignPicture | None:
    """Return a picture of the round, withdrawn or not. One query."""
    return DesignPicture.objects.filter(round=round, pk=picture_id).first()


def picture_bytes(picture: DesignPicture) -> bytes:
    """Return the stored PNG, or raise :class:`DesignPictureDamaged`."""
    try:
        with picture.file.open("rb") as file:
            content = bytes(file.read())
    except OSError:
        raise DesignPictureDamaged(name=picture.name) from None
    if hashlib.sha256(content).hexdigest() != picture.sha256:
        raise DesignPictureDamaged(name=picture.name)
    return content
