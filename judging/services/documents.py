"""Papers are issued once: rendered, stored with number, checksum and check code, and never rendered again.

Rendering takes seconds and happens before the transaction; storing is short. What was planned is compared with the
state of the round under its lock, so that two people who issue at the same moment never use a number twice.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging import audit_actions, permissions
from judging.models import Document, DocumentKind
from judging.selectors.amendments import amendment_papers
from judging.selectors.documents import documents_of
from judging.selectors.paper_subjects import Subject
from judging.selectors.rounds import last_decided
from judging.selectors.standings import tabulation_in_force
from nominees.models import Category, Pool, Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.check_code import new_code
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .paper_drafts import (
    Chosen,
    CodeGenerator,
    Draft,
    NothingDecided,
    NumberTaken,
    Plan,
    decree_as_written,
    fingerprint,
    plan_of,
)
from .paper_making import MADE, check_address, collected, made

__all__ = ["CodeGenerator", "NothingDecided", "NumberTaken", "check_address"]  # where papers are issued


class IssuedMeanwhile(DomainError):
    """Papers were issued or revoked, the result decided or a decree written anew, while these were rendered.

    Nothing was stored.
    """

    code = "issued_meanwhile"


class RevocationReasonMissing(DomainError):
    """A paper is revoked with a reason."""

    code = "revocation_reason_missing"


class AlreadyRevoked(DomainError):
    """The paper was revoked before; facts ``number``."""

    code = "already_revoked"


class AmendmentsStand(DomainError):
    """Minutes are not revoked under issued amendments, each a paper of its own; fact ``numbers``: revoke them first."""

    code = "amendments_stand"


@dataclass(frozen=True, slots=True)
class Ready:
    """A paper that is rendered and stored, and not issued yet."""

    draft: Draft
    file: str
    sha256: str


def issue_certificates(
    *, round: Round, actor: User, at: datetime, code_generator: CodeGenerator = new_code
) -> list[Document]:
    """Issue the certificate of every award in force that has none yet; return those of all awards.

    The bytes of a certificate that was issued before are left as they are. Raises :class:`NothingDecided`,
    :class:`IssuedMeanwhile`, ``NotPermitted``, ``CertificateDoesNotFit``.
    """
    return _issue(round, actor, at, code_generator, lambda one: one.kind == DocumentKind.CERTIFICATE)


def issue_ranking_sheet(
    *, subject: Category | Pool, actor: User, at: datetime, code_generator: CodeGenerator = new_code
) -> Document:
    """Issue, or return, the ranking sheet of a category or pool. Errors as for certificates."""
    return _issue_of_part(DocumentKind.RANKING_SHEET, subject, actor, at, code_generator)


def issue_explanation_sheets(
    *, subject: Category | Pool, actor: User, at: datetime, code_generator: CodeGenerator = new_code
) -> Document:
    """Issue, or return, the explanation sheets of a category or pool, one page for each nominee. Errors as above."""
    return _issue_of_part(DocumentKind.EXPLANATION_SHEETS, subject, actor, at, code_generator)


def _issue_of_part(
    kind: DocumentKind, subject: Category | Pool, actor: User, at: datetime, generator: CodeGenerator
) -> Document:
    """One paper of one category or pool."""
    wanted = Subject(kind, "category" if isinstance(subject, Category) else "pool", subject.pk)
    found = _issue(subject.round, actor, at, generator, lambda one: one.subject == wanted)
    if not found:
        raise NothingDecided
    return found[0]


def issue_minutes(*, round: Round, actor: User, at: datetime, code_generator: CodeGenerator = new_code) -> Document:
    """Issue, or return, the minutes of the plenary. Errors as for certificates."""
    return _issue(round, actor, at, code_generator, lambda one: one.kind == DocumentKind.MINUTES)[0]


def issue_ranking_workbook(
    *, round: Round, actor: User, at: datetime, code_generator: CodeGenerator = new_code
) -> Document:
    """Issue, or return, the ranking workbook of the round. Errors as for certificates."""
    return _issue(round, actor, at, code_generator, lambda one: one.kind == DocumentKind.RANKING_WORKBOOK)[0]


def issue_all(*, round: Round, actor: User, at: datetime, code_generator: CodeGenerator = new_code) -> list[Document]:
    """Issue every paper that the decision calls for and that is not there yet; return all of them.

    What nobody misses (certificates of participation and of the panel, letters) is left out, and so is a decree whose
    issuer has not given its number, date and signer. A second call issues nothing and returns the same papers. Errors
    as for certificates.
    """
    return _issue(round, actor, at, code_generator, lambda one: not (one.is_optional or one.is_incomplete))


def issue(
    *,
    round: Round,
    subjects: Collection[Subject],
    actor: User,
    at: datetime,
    code_generator: CodeGenerator = new_code,
) -> list[Document]:
    """Issue the papers that are about ``subjects`` and not there yet; return all of them, in the order of the page.

    What the decision does not call for (any more) is left out. Errors as for certificates, and ``DecreeIncomplete``.
    """
    asked = frozenset(subjects)
    return _issue(round, actor, at, code_generator, lambda one: one.subject in asked)


def _issue(round: Round, actor: User, at: datetime, generator: CodeGenerator, chosen: Chosen) -> list[Document]:
    plan = plan_of(round, actor=actor, at=at, chosen=chosen, generator=generator)
    standing = dict(plan.standing)
    if plan.drafts:
        stored: list[str] = []
        try:
            ready = [stored_paper(plan, draft, content, stored) for draft, content in made(collected(plan))]
            standing |= recorded(plan=plan, papers=ready, actor=actor)
        except BaseException:
            taken_away(stored)
            raise
    return [standing[one.subject] for one in plan.wanted]


def file_of(plan: Plan, draft: Draft, content: bytes) -> str:
    """Return under which name the bytes of ``draft`` are stored: one that says nothing and that no other file has."""
    name = f"documents/{plan.round.edition.assessment_year}/{hashlib.sha256(content).hexdigest()[:32]}"
    return default_storage.get_available_name(f"{name}.{MADE[draft.wanted.subject.kind].suffix}")


def stored_paper(plan: Plan, draft: Draft, content: bytes, stored: list[str], name: str = "") -> Ready:
    """Write the bytes under ``name`` (or one of its own), note the name in ``stored`` and return the paper."""
    name = default_storage.save(name or file_of(plan, draft, content), ContentFile(content))
    stored.append(name)
    return Ready(draft, name, hashlib.sha256(content).hexdigest())


def taken_away(stored: Iterable[str]) -> None:
    """Delete files that were stored for papers which were not issued."""
    for name in stored:
        default_storage.delete(name)


@atomic_service
def recorded(
    *, plan: Plan, papers: Sequence[Ready], actor: User, done: Callable[[dict[Subject, Document]], Any] | None = None
) -> dict[Subject, Document]:
    """Write the rows and their events, if the round still stands as it did when the papers were planned.

    ``done`` gets them in the same transaction. Returns the papers by what they are about.
    """
    round = locked_round(plan.round.pk)
    permissions.can_issue_documents(actor, round).require()
    if tabulation_in_force(round) != plan.tabulation or last_decided(round) != plan.decided:
        raise IssuedMeanwhile
    if fingerprint(documents_of(round), plan.kinds) != plan.seen:
        raise IssuedMeanwhile
    if decree_as_written(round, plan.kinds) != plan.words:
        raise IssuedMeanwhile
    written = {one.draft.wanted.subject: _written(plan, round, one, actor) for one in papers}
    if done:
        done(written)
    return written


def _written(plan: Plan, round: Round, paper: Ready, actor: User) -> Document:
    """The row of one paper and its event."""
    draft, subject = paper.draft, paper.draft.wanted.subject
    document = Document.objects.create(
        round=round,
        kind=subject.kind,
        tabulation=plan.tabulation,
        **({f"{subject.about}_id": subject.pk} if subject.about else {}),
        serial=draft.serial,
        number=draft.number,
        title=draft.wanted.title[:200],
        file=paper.file,
        sha256=paper.sha256,
        check_code=draft.code,
        issued_by=actor,
        issued_at=plan.at,
    )
    # The check code stays out of the log: whoever reads it could look papers up before they are announced.
    record(
        action=audit_actions.DOCUMENT_ISSUED,
        actor=actor,
        at=plan.at,
        target=document,
        chain=round.scope,
        payload={"kind": subject.kind, "number": draft.number, "sha256": document.sha256},
    )
    return document


@atomic_service
def revoke_document(*, document: Document, reason: str, actor: User, at: datetime) -> Document:
    """Revoke a paper: it stays stored, the public check says so, and a new one may be issued with a new number.

    Raises :class:`RevocationReasonMissing`, :class:`AlreadyRevoked`, :class:`AmendmentsStand`, ``NotPermitted``.
    """
    round = locked_round(document.round_id)
    permissions.can_issue_documents(actor, round).require()
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.revoked_at:
        raise AlreadyRevoked(number=document.number)
    if not reason.strip():
        raise RevocationReasonMissing
    standing = amendment_papers(document)
    if standing:
        raise AmendmentsStand(numbers=", ".join(paper.number for paper in standing))
    document.revoked_at, document.revoked_by, document.revoked_reason = at, actor, reason.strip()[:300]
    document.save(update_fields=["revoked_at", "revoked_by", "revoked_reason"])
    record(
        action=audit_actions.DOCUMENT_REVOKED,
        actor=actor,
        at=at,
        target=document,
        chain=round.scope,
        payload={"kind": document.kind, "number": document.number, "reason": document.revoked_reason},
    )
    return document
