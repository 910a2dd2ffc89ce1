"""Papers are issued once: rendered, stored with number, checksum and check code, and never rendered again.

Rendering takes seconds and happens before the transaction; storing is short. What was planned is compared with the
state of the round under its lock, so that two people who issue at the same moment never use a number twice.
"""

import hashlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from judging import audit_actions, permissions
from judging.documents.batch import Job, render_all
from judging.documents.certificate import render_certificate_files
from judging.documents.data import Paper
from judging.documents.explanation_sheet import render_explanation_sheets
from judging.documents.minutes import render_minutes
from judging.documents.ranking_sheet import render_ranking_sheet
from judging.documents.ranking_workbook import render_ranking_workbook
from judging.models import Document, DocumentKind, Tabulation, TabulationPart
from judging.selectors.awards import awards_in_force
from judging.selectors.documents import Wanted, documents_of, in_force, papers_wanted
from judging.selectors.papers.certificates import certificate_maker, day_of_certificates
from judging.selectors.papers.explanation import explanation_sheets_data
from judging.selectors.papers.minutes import minutes_data
from judging.selectors.papers.numbers import document_number
from judging.selectors.papers.ranking import ranking_sheet_data
from judging.selectors.papers.workbook import workbook_data
from judging.selectors.standings import tabulation_in_force
from nominees.models import Category, Pool, Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.check_code import grouped, new_code
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

CodeGenerator = Callable[[], str]
SUFFIXES = {DocumentKind.RANKING_WORKBOOK: "xlsx"}


class NothingDecided(DomainError):
    """The round has no tabulation in force to issue papers from."""

    code = "nothing_decided"


class IssuedMeanwhile(DomainError):
    """Somebody else issued or revoked papers while these were being rendered; nothing was stored."""

    code = "issued_meanwhile"


class RevocationReasonMissing(DomainError):
    """A paper is revoked with a reason."""

    code = "revocation_reason_missing"


class AlreadyRevoked(DomainError):
    """The paper was revoked before; facts ``number``."""

    code = "already_revoked"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A paper with everything but its bytes."""

    wanted: Wanted
    serial: int
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one call issues: from which tabulation, when, and what stood before."""

    round: Round
    tabulation: Tabulation
    at: datetime
    wanted: tuple[Wanted, ...]
    drafts: tuple[_Draft, ...]
    seen: frozenset[int]
    paper: Paper


def issue_certificates(
    *, round: Round, actor: User, at: datetime, paper: Paper = "A4", code_generator: CodeGenerator = new_code
) -> list[Document]:
    """Issue the certificate of every award in force that has none yet, on ``paper``; return those of all awards.

    The bytes of a certificate that was issued before are left as they are. Raises :class:`NothingDecided`,
    :class:`IssuedMeanwhile`, ``NotPermitted``, ``CertificateDoesNotFit``.
    """
    return _issue(round, actor, at, code_generator, lambda one: one.kind == DocumentKind.CERTIFICATE, paper)


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
    key = "category_id" if isinstance(subject, Category) else "pool_id"
    found = _issue(
        subject.round, actor, at, generator, lambda one: one.kind == kind and getattr(one, key) == subject.pk
    )
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


def issue_all(
    *, round: Round, actor: User, at: datetime, paper: Paper = "A4", code_generator: CodeGenerator = new_code
) -> list[Document]:
    """Issue every paper that the decision calls for and that is not there yet; return all of them.

    ``paper`` is that of the certificates; the other papers have theirs by custom (sheets A4, minutes F4).
    A second call issues nothing and returns the same papers. Errors as for certificates.
    """
    return _issue(round, actor, at, code_generator, lambda one: True, paper)


def _issue(
    round: Round,
    actor: User,
    at: datetime,
    generator: CodeGenerator,
    chosen: Callable[[Wanted], bool],
    paper: Paper = "A4",
) -> list[Document]:
    plan = _planned(round, actor, at, generator, chosen, paper)
    if plan.drafts:
        stored: list[str] = []
        try:
            papers = [(draft, content, _stored(plan, content, draft, stored)) for draft, content in _rendered(plan)]
            _recorded(plan=plan, papers=papers, actor=actor)
        except BaseException:
            for name in stored:
                default_storage.delete(name)
            raise
    standing = in_force(documents_of(plan.round))
    return [standing[one.subject] for one in plan.wanted]


def _planned(
    round: Round,
    actor: User,
    at: datetime,
    generator: CodeGenerator,
    chosen: Callable[[Wanted], bool],
    paper: Paper,
) -> _Plan:
    """Return what is missing, each with the number and code it will carry."""
    round = Round.objects.select_related("edition", "region").get(pk=round.pk)
    permissions.can_issue_documents(actor, round).require()
    tabulation = tabulation_in_force(round)
    if tabulation is None:
        raise NothingDecided
    before = list(documents_of(round))
    standing = in_force(before)
    serials = {kind: max((one.serial for one in before if one.kind == kind), default=0) for kind in DocumentKind}
    wanted = tuple(one for one in papers_wanted(round, tabulation) if chosen(one))
    taken = {one.number for one in before}
    drafts = []
    for one in wanted:
        if one.subject in standing:
            continue
        serials[one.kind] += 1
        number = _number(one.kind, serials[one.kind], tabulation, round, at, taken)
        drafts.append(_Draft(one, serials[one.kind], number, generator()))
    return _Plan(round, tabulation, at, wanted, tuple(drafts), _fingerprint(before), paper)


def _number(
    kind: DocumentKind, serial: int, tabulation: Tabulation, round: Round, at: datetime, taken: Collection[str]
) -> str:
    """The number; minutes carry the one that the plenary gave them, unless earlier minutes carry it already."""
    given = tabulation.plenary.minutes_number if kind == DocumentKind.MINUTES else ""
    if given and given not in taken:
        return given
    return document_number(kind, serial, round, local_day(at, round.time_zone).year)


def _fingerprint(documents: Iterable[Document]) -> frozenset[int]:
    """What stands: changes with every paper that is issued or revoked."""
    return frozenset(-one.pk if one.revoked_at else one.pk for one in documents)


def _rendered(plan: _Plan) -> list[tuple[_Draft, bytes]]:
    """Return the bytes of every draft, in the order of the drafts."""
    certificates = [draft for draft in plan.drafts if draft.wanted.kind == DocumentKind.CERTIFICATE]
    others = [draft for draft in plan.drafts if draft.wanted.kind != DocumentKind.CERTIFICATE]
    found = _rendered_certificates(plan, certificates) if certificates else []
    parts = {(part.category_id, part.pool_id): part for part in plan.tabulation.parts.all()} if others else {}
    rendered = render_all([_sheet_job(plan, draft, parts) for draft in others])
    return found + list(zip(others, rendered, strict=True))


def _rendered_certificates(plan: _Plan, drafts: Sequence[_Draft]) -> list[tuple[_Draft, bytes]]:
    awards = {award.pk: award for award in awards_in_force(plan.round)}
    make = certificate_maker(plan.round, day_of_certificates(plan.round, local_day(plan.at, plan.round.time_zone)))
    data = [
        make(awards[draft.wanted.award_id or 0], draft.number, draft.code, check_address(draft.code))
        for draft in drafts
    ]
    return list(zip(drafts, render_certificate_files(data, plan.paper), strict=True))


def check_address(code: str) -> str:
    """Return the public address of a check code, as the QR code holds it."""
    address: str = settings.PUBLIC_ADDRESS.rstrip("/")
    return address + reverse("check_code", kwargs={"code": grouped(code)})


def _sheet_job(plan: _Plan, draft: _Draft, parts: dict[tuple[int | None, int | None], TabulationPart]) -> Job:
    """Return how one sheet is rendered, and from what."""
    wanted, tabulation = draft.wanted, plan.tabulation
    if wanted.kind == DocumentKind.EXPLANATION_SHEETS:
        part = parts[wanted.category_id, wanted.pool_id]
        return render_explanation_sheets, explanation_sheets_data(tabulation, part, draft.number, plan.at)
    if wanted.kind == DocumentKind.RANKING_SHEET:
        part = parts[wanted.category_id, wanted.pool_id]
        return render_ranking_sheet, ranking_sheet_data(tabulation, part, draft.number, plan.at)
    if wanted.kind == DocumentKind.MINUTES:
        return render_minutes, minutes_data(tabulation, draft.number, plan.at)
    return render_ranking_workbook, workbook_data(tabulation, draft.number, plan.at)


def _stored(plan: _Plan, content: bytes, draft: _Draft, stored: list[str]) -> str:
    """Write the bytes under a name that says nothing, note the name in ``stored`` and return it."""
    digest = hashlib.sha256(content).hexdigest()
    suffix = SUFFIXES.get(draft.wanted.kind, "pdf")
    folder = f"documents/{plan.round.edition.assessment_year}"
    name = default_storage.save(f"{folder}/{digest[:32]}.{suffix}", ContentFile(content))
    stored.append(name)
    return name


@atomic_service
def _recorded(*, plan: _Plan, papers: Sequence[tuple[_Draft, bytes, str]], actor: User) -> None:
    """Write the rows and their events, if the round still stands as it did when the papers were planned."""
    round = locked_round(plan.round.pk)
    permissions.can_issue_documents(actor, round).require()
    current = tabulation_in_force(round)
    if current != plan.tabulation or _fingerprint(documents_of(round)) != plan.seen:
        raise IssuedMeanwhile
    for draft, content, name in papers:
        wanted = draft.wanted
        document = Document.objects.create(
            round=round,
            kind=wanted.kind,
            tabulation=plan.tabulation,
            award_id=wanted.award_id,
            category_id=wanted.category_id,
            pool_id=wanted.pool_id,
            serial=draft.serial,
            number=draft.number,
            title=wanted.title[:200],
            file=name,
            sha256=hashlib.sha256(content).hexdigest(),
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
            payload={"kind": wanted.kind, "number": draft.number, "sha256": document.sha256},
        )


@atomic_service
def revoke_document(*, document: Document, reason: str, actor: User, at: datetime) -> Document:
    """Revoke a paper: it stays stored, the public check says so, and a new one may be issued with a new number.

    Raises :class:`RevocationReasonMissing`, :class:`AlreadyRevoked`, ``NotPermitted``.
    """
    round = locked_round(document.round_id)
    permissions.can_issue_documents(actor, round).require()
    document = Document.objects.select_for_update().get(pk=document.pk)
    if document.revoked_at:
        raise AlreadyRevoked(number=document.number)
    if not reason.strip():
        raise RevocationReasonMissing
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
