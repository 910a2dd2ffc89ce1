"""Previews of certificates: the same template and style sheet as on paper, in the page and as PDF."""

from collections.abc import Mapping
from typing import Any, cast

from judging.documents.certificate import CertificateDoesNotFit, preview_values, render_certificate
from judging.documents.certificate_data import Certificate, Design, Frame, Orientation
from judging.documents.data import Paper, Signature
from judging.documents.page_sizes import page_size
from judging.models import DesignPicture
from judging.selectors.certificate_designs import HEADINGS, WORDINGS, Look, look_of, picture_bytes
from judging.selectors.papers.certificate_previews import CODE, preview_certificate
from judging.services.certificate_designs import Choice
from judging.services.paper_making import check_address
from nominees.models import Round
from paritrana.kernel import clock
from paritrana.kernel.wording import local_day


def chosen_look(use: str, choice: Choice, pictures: Mapping[int, DesignPicture]) -> Look:
    """Return the look of a design that is not saved; ``pictures`` are those that it may choose from, by id.

    Raises ``DesignPictureDamaged``.
    """

    def read(key: int | None) -> bytes:
        return picture_bytes(pictures[key]) if key else b""

    own = choice.frame == "own"
    return Look(
        design=Design(
            frame=cast(Frame, choice.frame),
            orientation=cast(Orientation, choice.orientation),
            paper=cast(Paper, choice.paper),
            colour=choice.colour,
            background=read(choice.background) if own else b"",
            logos=tuple(read(key) for key in choice.logos),
            room_for_signature=choice.has_room_for_signature,
        ),
        heading=choice.heading or HEADINGS[use],
        wording=choice.wording or WORDINGS[use],
        issuing_body=choice.issuing_body,
        place=choice.place,
        day=choice.dated_on,
        signatures=tuple(
            Signature(office=one.office, name=one.name, note=one.note, picture=read(one.picture))
            for one in choice.blocks
        ),
    )


def is_stretched(chosen: Mapping[str, Any], pictures: Mapping[int, DesignPicture]) -> bool:
    """Return whether the own frame has other proportions than its paper, by more than two percent.

    ``chosen`` are the values of the design's form. A frame fills the paper, so such a drawing is pulled wider or
    higher. A frame that is not among ``pictures`` counts as none.
    """
    frame = pictures.get(chosen.get("background") or 0) if chosen.get("frame") == "own" else None
    if frame is None:
        return False
    across, down = page_size(chosen["paper"], chosen["orientation"])
    return abs(frame.width * down - frame.height * across) * 50 > frame.height * across


def preview_data(round: Round, use: str, which: str, look: Look | None = None) -> Certificate:
    """Return the certificate that is shown, in ``look`` or in the saved one. Raises ``DesignPictureDamaged``."""
    look = look or look_of(round, use)
    return preview_certificate(round, use, which, look, local_day(clock.now(), round.time_zone), check_address(CODE))


def preview_context(certificate: Certificate) -> dict[str, Any]:
    """Return what the template of the preview reads."""
    return preview_values(certificate)


def fits(certificate: Certificate) -> bool:
    """Whether the certificate fits on its one page; it is laid out as for printing, which takes half a second."""
    try:
        render_certificate(certificate)
    except CertificateDoesNotFit:
        return False
    return True
