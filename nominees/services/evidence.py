"""Bring evidence on a nominee forward, and withdraw it. Nothing is ever replaced or deleted."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from nominees import audit_actions
from nominees.core.evidence_file import EvidenceUnreadable, FileKind, kind_of, title_from
from nominees.core.lifecycle import State
from nominees.models import Evidence, EvidenceKind, Nomination
from nominees.permissions import can_bring_evidence, can_see_evidence
from nominees.selectors.above import criteria_of
from nominees.selectors.evidence import evidence_beside
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_nomination


class EvidenceRefused(DomainError):
    """Files that are not taken; facts ``problems``: a :class:`FileProblem` for each. Nothing was stored."""

    code = "evidence_refused"


class EvidenceNothingSent(DomainError):
    """No file at all."""

    code = "evidence_nothing_sent"


class EvidenceTooMany(DomainError):
    """More files at once than the settings allow; facts ``most``."""

    code = "evidence_too_many"


class EvidenceTitleMissing(DomainError):
    """A link has a title."""

    code = "evidence_title_missing"


class EvidenceAddressRefused(DomainError):
    """A link is an https address."""

    code = "evidence_address_refused"


class EvidenceCriterionUnknown(DomainError):
    """Not a leaf of the category's rubric; facts ``criterion``."""

    code = "evidence_criterion_unknown"


class EvidenceLateReasonMissing(DomainError):
    """Once scoring has begun, evidence needs a reason."""

    code = "evidence_late_reason_missing"


class EvidenceReasonMissing(DomainError):
    """A withdrawal says why."""

    code = "evidence_reason_missing"


class EvidenceWithdrawnAlready(DomainError):
    """It was withdrawn before; facts ``title``."""

    code = "evidence_withdrawn_already"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it came in; without a ``title`` it is called by its name."""

    name: str
    content: bytes
    title: str = ""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why one file is not taken: its name, and a code with facts for the sentence."""

    name: str
    code: str
    facts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Checked:
    """A file that can be taken."""

    title: str
    content: bytes
    kind: FileKind
    sha256: str


def add_evidence_files(
    *,
    nomination: Nomination,
    files: Sequence[Sent],
    actor: User,
    at: datetime,
    criterion: str = "",
    late_reason: str = "",
) -> list[Evidence]:
    """Store ``files`` as evidence on ``nomination``, all of them or none, and return them in their order.

    Bytes are written before the rows, outside the transaction, and taken back if the rows are refused. Raises
    ``NotPermitted``, :class:`EvidenceNothingSent`, :class:`EvidenceTooMany`, :class:`EvidenceRefused`,
    :class:`EvidenceCriterionUnknown`, :class:`EvidenceLateReasonMissing`.
    """
    nomination = _permitted(nomination, actor)
    _check_words(nomination, criterion, late_reason)
    if not files:
        raise EvidenceNothingSent
    if len(files) > settings.EVIDENCE_FILES_AT_ONCE:
        raise EvidenceTooMany(most=settings.EVIDENCE_FILES_AT_ONCE)
    checked = _checked(nomination, files)
    stored: list[str] = []
    try:
        for one in checked:
            name = f"evidence/{nomination.round.edition.assessment_year}/{one.sha256[:32]}.{one.kind.suffix}"
            stored.append(default_storage.save(name, ContentFile(one.content)))
        return _recorded(nomination, list(zip(checked, stored, strict=True)), criterion, late_reason, actor, at)
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise


@atomic_service
def add_evidence_link(
    *,
    nomination: Nomination,
    title: str,
    address: str,
    actor: User,
    at: datetime,
    criterion: str = "",
    late_reason: str = "",
) -> Evidence:
    """Bring forward something published at an https ``address``. The same address again is a second piece.

    Raises ``NotPermitted``, :class:`EvidenceTitleMissing`, :class:`EvidenceAddressRefused`,
    :class:`EvidenceCriterionUnknown`, :class:`EvidenceLateReasonMissing`.
    """
    nomination = _permitted(locked_nomination(nomination), actor)
    _check_words(nomination, criterion, late_reason)
    if not title.strip():
        raise EvidenceTitleMissing
    return _bring(
        nomination,
        {
            "kind": EvidenceKind.LINK,
            "title": title.strip()[:150],
            "address": _https(address.strip()),
            "criterion": criterion,
            "late_reason": late_reason.strip(),
        },
        actor,
        at,
    )


@atomic_service
def withdraw_evidence(*, evidence: Evidence, reason: str, actor: User, at: datetime) -> Evidence:
    """Withdraw a piece of evidence: it stays stored, with the reason, and stands beside no sheet any more.

    Raises ``NotPermitted``, :class:`EvidenceReasonMissing`, :class:`EvidenceWithdrawnAlready`.
    """
    nomination = _permitted(locked_nomination(evidence.nomination), actor)
    found = Evidence.objects.select_for_update().get(pk=evidence.pk)
    if found.is_withdrawn:
        raise EvidenceWithdrawnAlready(title=found.title)
    if not reason.strip():
        raise EvidenceReasonMissing
    found.withdrawn_by, found.withdrawn_at, found.withdrawn_reason = actor, at, reason.strip()[:300]
    found.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"])
    _record(audit_actions.EVIDENCE_WITHDRAWN, nomination, found, actor, at, reason=found.withdrawn_reason)
    return found


def _permitted(nomination: Nomination, actor: User) -> Nomination:
    can_bring_evidence(actor, nomination.round).require()
    can_see_evidence(actor, nomination).require()
    return nomination


def _check_words(nomination: Nomination, criterion: str, late_reason: str) -> None:
    """Members may have scored by what was there: from then on a reason says why more comes."""
    if criterion and criterion not in criteria_of(nomination):
        raise EvidenceCriterionUnknown(criterion=criterion)
    if nomination.round.state != State.NOMINATION and not late_reason.strip():
        raise EvidenceLateReasonMissing


def _checked(nomination: Nomination, files: Sequence[Sent]) -> list[_Checked]:
    """Return the files with what they are, or raise :class:`EvidenceRefused` with everything wrong with them."""
    there = {one.sha256: one.title for one in evidence_beside(nomination).filter(kind=EvidenceKind.FILE)}
    found: dict[str, _Checked] = {}
    problems = []
    for sent in files:
        digest = hashlib.sha256(sent.content).hexdigest()
        try:
            kind = kind_of(sent.content, settings.EVIDENCE_SIZE_LIMIT)
        except EvidenceUnreadable as fault:
            problems.append(FileProblem(sent.name, fault.code, {"most": settings.EVIDENCE_SIZE_LIMIT // 1024**2}))
            continue
        if digest in there:
            problems.append(FileProblem(sent.name, "evidence_there_already", {"title": there[digest]}))
        elif digest in found:
            problems.append(FileProblem(sent.name, "evidence_twice", {}))
        title = sent.title.strip()[:150] or title_from(sent.name) or digest[:12]
        found[digest] = _Checked(title, sent.content, kind, digest)
    if problems:
        raise EvidenceRefused(problems=problems)
    return list(found.values())


@atomic_service
def _recorded(
    nomination: Nomination,
    files: Sequence[tuple[_Checked, str]],
    criterion: str,
    late_reason: str,
    actor: User,
    at: datetime,
) -> list[Evidence]:
    """Write the rows and their events, if the round still allows it and nobody was quicker with the same file."""
    nomination = _permitted(locked_nomination(nomination), actor)
    _check_words(nomination, criterion, late_reason)
    _checked(nomination, [Sent(one.title, one.content) for one, _name in files])
    return [
        _bring(
            nomination,
            {
                "kind": EvidenceKind.FILE,
                "title": one.title,
                "file": name,
                "media_type": one.kind.media_type,
                "size": len(one.content),
                "sha256": one.sha256,
                "criterion": criterion,
                "late_reason": late_reason.strip(),
            },
            actor,
            at,
        )
        for one, name in files
    ]


def _bring(nomination: Nomination, facts: dict[str, Any], actor: User, at: datetime) -> Evidence:
    evidence = Evidence.objects.create(
        nomination=nomination, **facts | {"late_reason": facts["late_reason"][:300]}, added_by=actor, added_at=at
    )
    _record(audit_actions.EVIDENCE_ADDED, nomination, evidence, actor, at, reason=evidence.late_reason)
    return evidence


def _record(action: str, nomination: Nomination, one: Evidence, actor: User, at: datetime, *, reason: str) -> None:
    """Write the event on the nominee, so that its history tells of it; a hash stands for the file or the address."""
    record(
        action=action,
        actor=actor,
        at=at,
        target=nomination,
        chain=nomination.round.scope,
        payload={
            "evidence": one.pk,
            "title": one.title,
            "kind": one.kind,
            "criterion": one.criterion,
            "sha256": one.sha256 or hashlib.sha256(one.address.encode()).hexdigest(),
            "size": one.size,
            "reason": reason,
        },
    )


def _https(address: str) -> str:
    """Return ``address`` if it is an https address with a host and no name or password of anybody in it."""
    try:
        parts = urlsplit(address)
        is_plain = bool(parts.hostname) and not parts.username and not parts.password and address.isprintable()
    except ValueError:
        raise EvidenceAddressRefused from None
    if not address.startswith("https://") or not is_plain or " " in address or len(address) > 500:
        raise EvidenceAddressRefused
    return address
