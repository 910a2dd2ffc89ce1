"""Reads of evidence."""

import hashlib

from django.db.models import QuerySet
from django.utils.text import slugify

from nominees.core.evidence_file import KINDS
from nominees.models import Evidence, Nomination
from paritrana.kernel.errors import DomainError


class EvidenceLost(DomainError):
    """The stored file is not there, or is not what was stored; facts ``title``."""

    code = "evidence_lost"


def evidence_of(nomination: Nomination) -> QuerySet[Evidence]:
    """Return all evidence on a nominee, the withdrawn too, as it came in. One query."""
    found = Evidence.objects.filter(nomination=nomination).select_related("added_by", "withdrawn_by")
    return found.order_by("pk")


def evidence_beside(nomination: Nomination) -> QuerySet[Evidence]:
    """Return the evidence that counts, without who brought it. One query."""
    return Evidence.objects.filter(nomination=nomination, withdrawn_at=None).order_by("pk")


def evidence_at(*, nomination: Nomination, evidence_id: int) -> Evidence | None:
    """Return one piece of evidence on ``nomination``, withdrawn or not. One query."""
    return evidence_of(nomination).filter(pk=evidence_id).first()


def stored_bytes(evidence: Evidence) -> bytes:
    """Return the bytes that were stored. Raises :class:`EvidenceLost`."""
    try:
        with evidence.file.open("rb") as file:
            content = bytes(file.read())
    except (OSError, ValueError):
        raise EvidenceLost(title=evidence.title) from None
    if hashlib.sha256(content).hexdigest() != evidence.sha256:
        raise EvidenceLost(title=evidence.title)
    return content


def file_name(evidence: Evidence) -> str:
    """Return a name under which the file is saved: plain letters, digits and hyphens, ending as its content asks."""
    kind = KINDS.get(evidence.media_type)
    return f"{slugify(evidence.title)[:100] or f'bukti-{evidence.pk}'}.{kind.suffix if kind else 'bin'}"
