"""What the public may learn of a paper, by its code or by the checksum of its file.

Nothing leaks before a round is announced: until then each of its codes and files is answered like an invented one.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Q

from judging.models import Document, Invitation, SignedFile
from judging.selectors.documents import PaperState, state_of
from judging.selectors.schedule_documents import is_in_force
from nominees.core.lifecycle import State

#: Nothing of a round is told to the public before it is announced.
PUBLIC_STATES = (State.ANNOUNCED, State.CLOSED)


class Answer(StrEnum):
    """What the public is told."""

    GENUINE = "genuine"
    REVOKED = "revoked"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """An answer; without a document it is ``UNKNOWN``.

    ``signed`` is the signed form of the paper that is in force; ``older`` says that the file which was asked about is a
    signed form that was replaced or withdrawn.
    """

    answer: Answer
    document: Document | Invitation | None = None
    signed: SignedFile | None = None
    older: bool = False


UNKNOWN = Check(Answer.UNKNOWN)


def checked_by_code(code: str | None) -> Check:
    """Return what the public learns of a bare check code; no code at all is unknown. Three queries at most."""
    return _checked(Q(check_code=code), Q(check_code=code)) if code else UNKNOWN


def checked_by_checksum(sha256: str) -> Check:
    """Return what the public learns of a file by the SHA-256 of its bytes, issued or signed. Three queries at most."""
    check = _checked(Q(sha256=sha256) | Q(signed_files__sha256=sha256), Q(sha256=sha256))
    standing = {one.sha256 for one in (check.document, check.signed) if one}
    older = check.document is not None and sha256 not in standing
    return Check(check.answer, check.document, check.signed, older)


def _checked(which: Q, letters: Q) -> Check:
    """Look only among announced rounds: before that, every code is as unknown as an invented one."""
    rows = Document.objects.filter(which, round__state__in=PUBLIC_STATES, round__practice=0).select_related(
        "round__edition",
        "round__region",
        "tabulation",
        "category",
        "pool",
        "award__category",
        "award__pool",
        "award__nomination__nominee",
        "special_award",
        "nomination__nominee",
        "nomination__category",
        "seating__seat",
    )
    found = rows.order_by("pk").first()
    if found is None:
        return _checked_invitation(letters)
    genuine = state_of(found) == PaperState.ISSUED
    signed = found.signed_files.filter(superseded_at=None).first()
    return Check(Answer.GENUINE if genuine else Answer.REVOKED, found, signed)


def _checked_invitation(which: Q) -> Check:
    """An invitation is sent long before anything is announced: whoever has its code or file has the letter."""
    rows = Invitation.objects.filter(which).select_related("round__edition", "round__region", "nomination__nominee")
    found = rows.order_by("pk").first()
    if found is None:
        return UNKNOWN
    return Check(Answer.GENUINE if is_in_force(found) else Answer.REVOKED, found)
