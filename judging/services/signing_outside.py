"""Papers signed elsewhere, such as with BSrE: the file comes back, is matched by its content, checked and registered.

The file says itself which paper it is: it begins with the issued bytes, or, where the signing program wrote it anew,
its pages show exactly what was issued. Nothing is taken on trust from its name.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings

from judging.documents.page_marks import PagesUnreadable, page_marks
from judging.documents.signature_checks import SignedFileUnreadable, examined, roots_in
from judging.models import Document, SignatureWay, SignedFile
from judging.permissions.signing import can_sign_papers
from judging.selectors.documents import DocumentDamaged, documents_of, stored_bytes
from judging.selectors.signing import can_be_signed, paper_with_bytes
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError

from .signing import APPENDED, REWRITTEN, NewForm, keep

LARGEST = 20 * 1024 * 1024  # bytes of one signed file
_END = re.compile(rb"%%EOF(?:\r\n|\r|\n)?")


class SignedFileOfNoPaper(DomainError):
    """The file is the signed form of nothing that was issued in this round and stands."""

    code = "signed_file_of_no_paper"


class SignedFilePagesChanged(DomainError):
    """The file begins with the issued bytes, and then draws the pages differently; facts ``number``."""

    code = "signed_file_pages_changed"


class SignedFileKnown(DomainError):
    """The same bytes are registered; facts ``number``."""

    code = "signed_file_known"


class SignedFileTooLarge(DomainError):
    """The file is larger than :data:`LARGEST`."""

    code = "signed_file_too_large"


@dataclass
class Register:
    """The papers of a round by what their pages show; worked out once for many files, and only when one needs it."""

    round: Round
    _marks: dict[str, Document] | None = field(default=None, init=False)

    def with_pages(self, marks: str) -> Document | None:
        """Return the paper that stands whose pages show ``marks``."""
        if self._marks is None:
            self._marks = dict(self._read())
        return self._marks.get(marks)

    def _read(self) -> Iterator[tuple[str, Document]]:
        for document in documents_of(self.round):
            if can_be_signed(document):
                try:
                    yield page_marks(stored_bytes(document)), document
                except (DocumentDamaged, PagesUnreadable):
                    continue  # a paper that cannot be read has no signed form either; its own page says what is wrong


def register_outside(*, register: Register, content: bytes, actor: User, at: datetime, reason: str = "") -> SignedFile:
    """Register a file that was signed elsewhere for the paper that it is; with a ``reason`` it replaces another.

    Raises ``NotPermitted``, :class:`SignedFileTooLarge`, :class:`SignedFileKnown`, :class:`SignedFileOfNoPaper`,
    :class:`SignedFilePagesChanged`, ``SignedFileUnreadable``, ``SignedFileUnsigned``, ``SignedFileBroken``,
    ``PaperNotToSign``, ``PaperSignedAlready``.
    """
    round = register.round
    can_sign_papers(actor, round).require()
    if len(content) > LARGEST:
        raise SignedFileTooLarge
    _refuse_known(round, content)
    marks = _marks(content)  # before the signatures: it refuses what unpacks without end
    signatures = examined(content, roots=roots_in(settings.SIGNATURE_ROOTS), at=at)
    document, kind = _paper_of(register, content, marks)
    form = NewForm(document, content, signatures, SignatureWay.OUTSIDE, kind)
    return keep(form=form, actor=actor, at=at, reason=reason)


def _refuse_known(round: Round, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest()
    known = SignedFile.objects.filter(document__round=round, sha256=digest, superseded_at=None)
    found = known.select_related("document").first()
    if found:
        raise SignedFileKnown(number=found.document.number)


def _marks(content: bytes) -> str:
    try:
        return page_marks(content)
    except PagesUnreadable:
        raise SignedFileUnreadable from None


def _paper_of(register: Register, content: bytes, marks: str) -> tuple[Document, str]:
    """Return the paper that ``content`` is the signed form of, and whether it was appended to or written anew."""
    begun = paper_with_bytes(register.round, beginnings(content))
    if begun is None:
        document = register.with_pages(marks)
        if document is None:
            raise SignedFileOfNoPaper
        return document, REWRITTEN
    if page_marks(stored_bytes(begun)) != marks:
        raise SignedFilePagesChanged(number=begun.number)
    return begun, APPENDED


def beginnings(content: bytes) -> list[str]:
    """Return the SHA-256 of each beginning of ``content`` that may be a whole PDF: up to an end mark and its line end.

    The whole content is none of them: a file that is only what was issued has no signature.
    """
    digest, done, found = hashlib.sha256(), 0, []
    for match in _END.finditer(content):
        bare = match.start() + len(b"%%EOF")
        for end in range(bare, match.end() + 1):
            digest.update(content[done:end])
            done = end
            if end < len(content):
                found.append(digest.hexdigest())
    return found
