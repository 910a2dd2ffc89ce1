"""Files signed elsewhere are matched by their content, checked, and registered; anything else is refused by name."""

from datetime import timedelta
from typing import Any

import pytest

from judging.documents.signature_checks import SignedFileBroken, SignedFileUnreadable, SignedFileUnsigned
from judging.documents.signing import Standing, sign
from judging.documents.signing_keys import open_key
from judging.models import Document, SignatureWay, SignedFile
from judging.selectors.awards import awards_in_force
from judging.selectors.signing import report_of, signed_bytes
from judging.services import signing_outside
from judging.services.signing import PaperNotToSign, PaperSignedAlready
from judging.services.signing_outside import (
    Register,
    SignedFileKnown,
    SignedFileOfNoPaper,
    SignedFilePagesChanged,
    SignedFileTooLarge,
    beginnings,
    register_outside,
)
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round, make_document
from tests.factories.signing import PASSPHRASE, drawn_over, secretary, small_paper, written_anew
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


@pytest.fixture
def papers(round: Round) -> list[Document]:
    awards = awards_in_force(round)
    texts = ("Piagam 1", "Piagam 2")
    return [make_document(award, content=small_paper(text)) for award, text in zip(awards, texts, strict=True)]


def _elsewhere(content: bytes, at: Any = AT) -> bytes:
    """Sign as somebody else's program would, with whatever it was given."""
    return sign(content, open_key(secretary().file, PASSPHRASE, at), at=at, standing=Standing.UNKNOWN)


def _bring(round: Round, content: bytes, actor: User, **told: Any) -> SignedFile:
    return register_outside(register=Register(round), content=content, actor=actor, at=AT, **told)


def test_a_file_that_was_appended_to_is_found_by_its_beginning(
    round: Round, organiser: User, papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Register, "with_pages", lambda *_: 1 / 0)  # not needed: its bytes say which it is
    content = _elsewhere(small_paper("Piagam 2"))

    signed = _bring(round, content, organiser)

    assert (signed.document, signed.way, signed.certificate) == (papers[1], SignatureWay.OUTSIDE, None)
    assert signed_bytes(signed) == content
    assert signed.signer.startswith("Sekretaris Daerah (contoh)")
    assert (report_of(signed).rewritten, signed.signed_at) == (False, AT)
    assert AuditEvent.objects.get(action="document.signed").object_id == str(papers[1].pk)


def test_a_file_that_was_written_anew_is_found_by_its_pages_and_told_so(
    round: Round, organiser: User, papers: list[Document]
) -> None:
    signed = _bring(round, _elsewhere(written_anew(small_paper("Piagam 2"))), organiser)

    assert signed.document == papers[1]
    assert report_of(signed).rewritten


def test_many_files_cost_one_look_at_the_papers(
    round: Round, organiser: User, papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    looks, marks = [], signing_outside.page_marks
    monkeypatch.setattr(signing_outside, "page_marks", lambda content: looks.append(1) or marks(content))
    register = Register(round)

    for text in ("Piagam 1", "Piagam 2"):
        content = _elsewhere(written_anew(small_paper(text)))
        register_outside(register=register, content=content, actor=organiser, at=AT)

    assert len(looks) == 2 + len(papers)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", SignedFileUnreadable),
        (b"bukan PDF", SignedFileUnreadable),
        (small_paper("Piagam 1"), SignedFileUnsigned),
        (small_paper("lain"), SignedFileUnsigned),
        (_elsewhere(small_paper("lain")), SignedFileOfNoPaper),
        (_elsewhere(drawn_over(small_paper("Piagam 1"))), SignedFilePagesChanged),
        (_elsewhere(written_anew(drawn_over(small_paper("Piagam 1")))), SignedFileOfNoPaper),
        (drawn_over(_elsewhere(small_paper("Piagam 1"))), SignedFileBroken),
        (written_anew(_elsewhere(small_paper("Piagam 1"))), SignedFileBroken),
        (_elsewhere(small_paper("Piagam 1")).replace(b" 842 ", b" 843 ", 1), SignedFileBroken),
    ],
    ids=[
        "empty",
        "no PDF",
        "issued but unsigned",
        "strange and unsigned",
        "strange",
        "drawn over before signing",
        "drawn over and written anew",
        "drawn over after signing",
        "written anew after signing",
        "changed after signing",
    ],
)
def test_anything_else_is_refused_and_nothing_is_stored(
    round: Round, organiser: User, papers: list[Document], content: bytes, error: type[Exception]
) -> None:
    with pytest.raises(error):
        _bring(round, content, organiser)

    assert not SignedFile.objects.exists()
    assert not AuditEvent.objects.exists()


def test_the_file_of_a_paper_that_no_longer_stands_is_refused(
    round: Round, organiser: User, papers: list[Document]
) -> None:
    Document.objects.filter(pk=papers[0].pk).update(revoked_at=AT, revoked_reason="salah")

    with pytest.raises(PaperNotToSign):
        _bring(round, _elsewhere(small_paper("Piagam 1")), organiser)
    with pytest.raises(SignedFileOfNoPaper):
        _bring(round, _elsewhere(written_anew(small_paper("Piagam 1"))), organiser)


def test_the_same_file_twice_is_refused_and_another_needs_a_reason(
    round: Round, organiser: User, papers: list[Document]
) -> None:
    content, later = (_elsewhere(small_paper("Piagam 1"), at) for at in (AT, AT + DAY))
    first = _bring(round, content, organiser)

    with pytest.raises(SignedFileKnown):
        _bring(round, content, organiser, reason="lagi")
    with pytest.raises(PaperSignedAlready):
        _bring(round, later, organiser)
    second = _bring(round, later, organiser, reason="pejabat berganti")

    first.refresh_from_db()
    assert (first.superseded_at, first.superseded_reason) == (AT, "pejabat berganti")
    assert list(SignedFile.objects.filter(superseded_at=None)) == [second]
    payload = AuditEvent.objects.filter(action="document.signed").latest("pk").payload
    assert first.sha256 in str(payload)


def test_a_second_signature_on_a_signed_file_counts_as_its_new_form(
    round: Round, organiser: User, papers: list[Document]
) -> None:
    once = _elsewhere(small_paper("Piagam 1"))
    _bring(round, once, organiser)

    signed = _bring(round, _elsewhere(once, AT + DAY), organiser, reason="tanda tangan kedua")

    assert len(report_of(signed).signatures) == 2
    assert signed.signed_at == AT + DAY


def test_a_file_too_large_is_refused_unread(
    round: Round, organiser: User, papers: list[Document], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signing_outside, "LARGEST", 10)

    with pytest.raises(SignedFileTooLarge):
        _bring(round, b"%PDF-1.7 contoh", organiser)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR])
def test_only_organiser_and_secretariat_bring_files(round: Round, papers: list[Document], role: Role) -> None:
    content = _elsewhere(small_paper("Piagam 1"))

    with pytest.raises(NotPermitted):
        _bring(round, content, make_user(role, round=round))
    assert _bring(round, content, make_user(Role.SECRETARIAT, round=round)).document == papers[0]


def test_beginnings_end_at_end_marks_with_and_without_their_line_end() -> None:
    assert beginnings(b"a%%EOF") == []
    assert len(beginnings(b"a%%EOF\nb%%EOF\n")) == 3
    assert len(beginnings(b"a%%EOF\r\nb")) == 3
