"""Reads of the log."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet

from .chain import GENESIS, Break, first_break
from .models import AuditEvent, AuditHead
from .record import as_dict


def events_of(chain: str) -> QuerySet[AuditEvent]:
    """Return the events of ``chain``, newest first."""
    return AuditEvent.objects.filter(chain=chain).order_by("-seq")


def head_of(chain: str) -> tuple[int, str]:
    """Return the last (number, hash) of ``chain``; ``(0, GENESIS)`` when it is empty. One query."""
    found = AuditHead.objects.filter(chain=chain).values_list("seq", "hash").first()
    return found or (0, GENESIS)


def exported(chain: str) -> Iterator[dict[str, Any]]:
    """Yield the events of ``chain`` in order, in the form that is hashed."""
    for event in AuditEvent.objects.filter(chain=chain).order_by("seq").iterator(chunk_size=2000):
        yield as_dict(event)


def chains() -> list[str]:
    """Return the names of all chains."""
    return list(AuditHead.objects.order_by("chain").values_list("chain", flat=True))


def verified(chain: str, head: tuple[int, str] | None = None) -> Break | None:
    """Return the first break of ``chain`` against its stored head and, if given, a published ``head``."""
    return first_break(chain, exported(chain), head_of(chain)) or (
        first_break(chain, exported(chain), head) if head else None
    )
