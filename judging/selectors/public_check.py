"""What the public may learn of a paper, by its code or by the checksum of its file.

Nothing leaks before the result of a round can be read, which an embargo may put off beyond the announcement: until then
each of its files is answered like an invented one, and so is each of its codes until the announcement. Under an embargo
a code is told as registered, with the moment at which its content is published and nothing else: certificates are
handed out meanwhile, and "unknown" would call a true one forged. A code cannot be guessed, so that this tells only who
holds the paper that the paper exists.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from judging.models import Document, DocumentKind, Invitation, SignedFile
from judging.selectors.amendments import amendments_in_force
from judging.selectors.documents import PaperState, state_of
from judging.selectors.results import under_embargo, visible
from judging.selectors.schedule_documents import is_in_force


class Answer(StrEnum):
    """What the public is told."""

    GENUINE = "genuine"
    REVOKED = "revoked"
    SEALED = "sealed"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Embargo:
    """All that is told of a paper under an embargo: when its content is published, and whether it is a demo's."""

    until: datetime
    zone: str
    is_demo: bool


@dataclass(frozen=True, slots=True)
class Check:
    """An answer; without a document it is ``UNKNOWN``, or ``SEALED`` while an ``embargo`` lasts.

    ``signed`` is the signed form of the paper that is in force; ``older`` says that the file which was asked about is a
    signed form that was replaced or withdrawn: such a file is not genuine any more, although its paper may stand.
    ``amendments``: the numbers of those with which minutes are to be read.
    """

    answer: Answer
    document: Document | Invitation | None = None
    signed: SignedFile | None = None
    older: bool = False
    amendments: tuple[str, ...] = ()
    embargo: Embargo | None = None


UNKNOWN = Check(Answer.UNKNOWN)


def checked_by_code(code: str | None, at: datetime) -> Check:
    """Return what the public learns ``at`` that moment of a bare check code; no code at all is unknown.

    Two queries, three for minutes and for a code that is unknown or under embargo.
    """
    if not code:
        return UNKNOWN
    check = _checked(Q(check_code=code), Q(check_code=code), at)
    return _sealed(code, at) if check.answer == Answer.UNKNOWN else check


def checked_by_checksum(sha256: str, at: datetime) -> Check:
    """Return what the public learns ``at`` that moment of a file by the SHA-256 of its bytes, issued or signed.

    Two queries, three for minutes.
    """
    check = _checked(Q(sha256=sha256) | Q(signed_files__sha256=sha256), Q(sha256=sha256), at)
    standing = {one.sha256 for one in (check.document, check.signed) if one}
    older = check.document is not None and sha256 not in standing
    return replace(check, answer=Answer.REVOKED, older=True) if older else check


def _checked(which: Q, letters: Q, at: datetime) -> Check:
    """Look only among rounds whose result can be read: before that, every code is as unknown as an invented one."""
    told = Exists(visible(at).filter(round=OuterRef("round")))
    rows = Document.objects.filter(which, told, round__practice=0).select_related(
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
    return Check(Answer.GENUINE if genuine else Answer.REVOKED, found, signed, amendments=_amendments(found))


def _sealed(code: str, at: datetime) -> Check:
    """A paper in force of an announced round under embargo; one that was revoked meanwhile stays unknown."""
    embargoed = under_embargo(at).filter(round=OuterRef("round")).order_by("-version")
    rows = Document.objects.filter(check_code=code, round__practice=0).annotate(until=embargoed.values("visible_from"))
    found = rows.exclude(until=None).select_related("round__edition", "award", "special_award", "tabulation").first()
    if found is None or state_of(found) != PaperState.ISSUED:
        return UNKNOWN
    return Check(Answer.SEALED, embargo=Embargo(found.until, found.round.time_zone, found.round.edition.is_demo))


def _amendments(document: Document) -> tuple[str, ...]:
    if document.kind != DocumentKind.MINUTES:
        return ()
    return tuple(one.number or str(one.serial) for one in amendments_in_force(document))


def _checked_invitation(which: Q) -> Check:
    """An invitation is sent long before anything is announced: whoever has its code or file has the letter."""
    rows = Invitation.objects.filter(which).select_related("round__edition", "round__region", "nomination__nominee")
    found = rows.order_by("pk").first()
    if found is None:
        return UNKNOWN
    return Check(Answer.GENUINE if is_in_force(found) else Answer.REVOKED, found)
