"""Saving how certificates look, and the pictures that stand on them. Issued certificates keep their bytes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging import audit_actions as actions
from judging.documents.certificate_data import ACCENTS, LARGEST_LOGOS
from judging.documents.pictures import Picture, PictureUnreadable, redrawn
from judging.models import CertificateDesign, DesignPicture, Frame, PictureKind, PlacedPicture, SignatureBlock
from judging.permissions.certificates import can_design_certificates
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round

MOST_BLOCKS: Final = 3


class FrameMissing(DomainError):
    """The frame is one's own, and no picture of it is chosen."""

    code = "certificate_frame_missing"


class ColourUnknown(DomainError):
    """The colour is none of those that can be read on white."""

    code = "certificate_colour_unknown"


class PictureUnknown(DomainError):
    """A chosen picture is not of this round and kind, or was withdrawn."""

    code = "design_picture_unknown"


class TooManyLogos(DomainError):
    """More logos than fit."""

    code = "too_many_logos"


class TooManySignatureBlocks(DomainError):
    """More than three signature blocks."""

    code = "too_many_signature_blocks"


class SignatureBlockIncomplete(DomainError):
    """A signature block without an office or a name."""

    code = "signature_block_incomplete"


class PictureInUse(DomainError):
    """A picture that stands in a design is not withdrawn; facts ``name``."""

    code = "design_picture_in_use"


class PictureWithdrawnAlready(DomainError):
    """The picture was withdrawn before."""

    code = "design_picture_withdrawn_already"


class PictureNotTaken(DomainError):
    """The file is no picture that can be taken; facts ``why``, a code of ``documents.pictures``."""

    code = "design_picture_not_taken"


@dataclass(frozen=True, kw_only=True)
class Block:
    """A signature block as chosen; ``picture`` is the id of a drawn signature."""

    office: str
    name: str
    note: str = ""
    picture: int | None = None


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A design as chosen. Empty words stand for the usual ones, no blocks for the chair and secretary of the panel."""

    frame: str
    orientation: str
    paper: str
    colour: str
    heading: str = ""
    issuing_body: str = ""
    wording: str = ""
    place: str = ""
    dated_on: date | None = None
    has_room_for_signature: bool = False
    background: int | None = None
    logos: tuple[int, ...] = ()
    blocks: tuple[Block, ...] = ()


@atomic_service
def save_design(*, round: Round, use: str, choice: Choice, actor: User, at: datetime) -> CertificateDesign:
    """Save how certificates of ``use`` look from now on; those that are issued stay as they are.

    Raises ``NotPermitted``, :class:`FrameMissing`, :class:`ColourUnknown`, :class:`PictureUnknown`,
    :class:`TooManyLogos`, :class:`TooManySignatureBlocks`, :class:`SignatureBlockIncomplete`.
    """
    round = locked_round(round.pk)
    can_design_certificates(actor, round).require()
    pictures = _pictures_of(round, choice)
    _refuse_incomplete(choice)
    design, _created = CertificateDesign.objects.update_or_create(
        round=round,
        use=use,
        defaults={
            "frame": choice.frame,
            "orientation": choice.orientation,
            "paper": choice.paper,
            "colour": choice.colour,
            "heading": choice.heading,
            "issuing_body": choice.issuing_body,
            "wording": choice.wording,
            "place": choice.place,
            "dated_on": choice.dated_on,
            "has_room_for_signature": choice.has_room_for_signature,
            "changed_by": actor,
            "changed_at": at,
        },
    )
    _place_pictures(design, choice)
    record(
        action=actions.CERTIFICATE_DESIGN_SAVED,
        actor=actor,
        at=at,
        target=design,
        chain=round.scope,
        payload=_facts(use, choice, pictures),
    )
    return design


def _pictures_of(round: Round, choice: Choice) -> dict[int, DesignPicture]:
    """The chosen pictures by id, each of the kind that its place asks for."""
    wanted = [(one, PictureKind.LOGO) for one in choice.logos]
    wanted += [(block.picture, PictureKind.SIGNATURE) for block in choice.blocks if block.picture]
    if choice.frame == Frame.OWN:
        if choice.background is None:
            raise FrameMissing
        wanted.append((choice.background, PictureKind.FRAME))
    found = DesignPicture.objects.filter(round=round, withdrawn_at=None).in_bulk([key for key, _kind in wanted])
    if any(key not in found or found[key].kind != kind for key, kind in wanted):
        raise PictureUnknown
    return found


def _refuse_incomplete(choice: Choice) -> None:
    if choice.colour not in ACCENTS:
        raise ColourUnknown
    if len(choice.logos) > LARGEST_LOGOS:
        raise TooManyLogos
    if len(choice.blocks) > MOST_BLOCKS:
        raise TooManySignatureBlocks
    if not all(block.office and block.name for block in choice.blocks):
        raise SignatureBlockIncomplete


def _place_pictures(design: CertificateDesign, choice: Choice) -> None:
    """Put pictures and signature blocks as chosen, in the place of those before."""
    placed: Sequence[int] = choice.logos
    if choice.frame == Frame.OWN and choice.background:
        placed = (choice.background, *choice.logos)
    design.pictures.all().delete()
    design.signature_blocks.all().delete()
    PlacedPicture.objects.bulk_create(
        PlacedPicture(design=design, picture_id=key, position=position) for position, key in enumerate(placed)
    )
    SignatureBlock.objects.bulk_create(
        SignatureBlock(
            design=design,
            position=position,
            office=block.office,
            name=block.name,
            note=block.note,
            picture_id=block.picture,
        )
        for position, block in enumerate(choice.blocks, start=1)
    )


def _facts(use: str, choice: Choice, pictures: dict[int, DesignPicture]) -> dict[str, object]:
    """What the log keeps of a design: its choices, and the hashes of what stands on it."""
    return {
        "use": use,
        "frame": choice.frame,
        "orientation": choice.orientation,
        "paper": choice.paper,
        "colour": choice.colour,
        "signatories": [f"{block.office}: {block.name}" for block in choice.blocks],
        "pictures": sorted(picture.sha256 for picture in pictures.values()),
    }


def add_picture(*, round: Round, kind: str, name: str, content: bytes, actor: User, at: datetime) -> DesignPicture:
    """Draw an uploaded picture anew and keep it for the designs of the round; ``name`` is for lists.

    The file is written before the transaction, and removed again if that fails. Raises ``NotPermitted``,
    :class:`PictureNotTaken`.
    """
    can_design_certificates(actor, round).require()
    try:
        picture = redrawn(content, sheet=kind == PictureKind.FRAME)
    except PictureUnreadable as refusal:
        raise PictureNotTaken(why=refusal.code) from None
    digest = hashlib.sha256(picture.content).hexdigest()
    folder = f"designs/{round.edition.assessment_year}"
    file = default_storage.save(f"{folder}/{digest[:32]}.png", ContentFile(picture.content))
    try:
        return _added(round=round, kind=kind, name=name, file=file, picture=picture, digest=digest, actor=actor, at=at)
    except BaseException:
        default_storage.delete(file)
        raise


@atomic_service
def _added(
    *, round: Round, kind: str, name: str, file: str, picture: Picture, digest: str, actor: User, at: datetime
) -> DesignPicture:
    round = locked_round(round.pk)
    can_design_certificates(actor, round).require()
    added = DesignPicture.objects.create(
        round=round,
        kind=PictureKind(kind),
        name=name.strip()[:120] or digest[:12],
        file=file,
        sha256=digest,
        width=picture.width,
        height=picture.height,
        added_by=actor,
        added_at=at,
    )
    _record_picture(actions.DESIGN_PICTURE_ADDED, added, round, actor, at)
    return added


@atomic_service
def withdraw_picture(*, picture: DesignPicture, actor: User, at: datetime) -> DesignPicture:
    """Offer a picture no longer; its file stays, because certificates may have been issued with it.

    Raises ``NotPermitted``, :class:`PictureWithdrawnAlready`, :class:`PictureInUse`.
    """
    round = locked_round(picture.round_id)
    can_design_certificates(actor, round).require()
    picture = DesignPicture.objects.select_for_update().get(pk=picture.pk)
    if picture.withdrawn_at:
        raise PictureWithdrawnAlready
    blocks, placed = SignatureBlock.objects.filter(picture=picture), PlacedPicture.objects.filter(picture=picture)
    if blocks.exists() or placed.exists():
        raise PictureInUse(name=picture.name)
    picture.withdrawn_at = at
    picture.save(update_fields=["withdrawn_at"])
    _record_picture(actions.DESIGN_PICTURE_WITHDRAWN, picture, round, actor, at)
    return picture


def _record_picture(action: str, picture: DesignPicture, round: Round, actor: User, at: datetime) -> None:
    facts = {"kind": str(picture.kind), "name": picture.name, "sha256": picture.sha256}
    record(action=action, actor=actor, at=at, target=picture, chain=round.scope, payload=facts)
