"""Write one event, in the transaction of the change it tells of."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

from django.db import models

from paritrana.kernel.compiled import CompiledQuery
from paritrana.kernel.compiled_writes import CompiledInsert
from paritrana.kernel.transactions import require_transaction

from .actions import label
from .chain import GENESIS, canonical, event_hash
from .models import AuditEvent, AuditHead

SITE = "site"


def record(
    *,
    action: str,
    actor: Any,
    at: datetime,
    target: models.Model,
    chain: str = SITE,
    payload: Mapping[str, Any] | None = None,
    request_id: str = "",
) -> AuditEvent:
    """Append an event to ``chain`` and return it.

    ``actor`` is a user or ``None`` (the system itself); ``payload`` must be JSON-able and must not hold a score that
    somebody reading the log may not see yet. Raises ``UnknownAction`` and ``TransactionRequired``.
    """
    require_transaction()
    label(action)
    head = _locked_head(chain)
    event = AuditEvent(
        chain=chain,
        seq=head.seq + 1,
        at=at.astimezone(UTC),
        action=action,
        actor=actor,
        actor_name=str(actor) if actor is not None else "sistem",
        object_type=target._meta.label_lower,
        object_id=str(target.pk),
        object_label=str(target)[:300],
        payload=canonical(payload or {}),
        request_id=request_id,
        prev_hash=head.hash,
    )
    event.hash = event_hash(as_dict(event))
    return NEW_EVENT.save(event)  # and the head follows it (``guards``)


def _locked_head(chain: str) -> AuditHead:
    """Return the chain's head, locked, so that writers stand in line; the first event of a chain creates it."""
    found = LOCKED_HEAD.rows(chain=chain)
    if not found:
        # Two first writers: the second waits for the first one's row and then finds it.
        AuditHead.objects.get_or_create(chain=chain, defaults={"hash": GENESIS})
        found = LOCKED_HEAD.rows(chain=chain)
    return found[0]


def locked_head(*, chain: str) -> models.QuerySet[AuditHead]:
    """Return the head of ``chain``, to be changed."""
    return AuditHead.objects.select_for_update().filter(chain=chain)


# Every event asks the one and sends the other, while whoever writes to the same chain waits.
LOCKED_HEAD: Final = CompiledQuery(locked_head, {"chain": "stand-in-chain"})
NEW_EVENT: Final = CompiledInsert(AuditEvent)


def as_dict(event: AuditEvent) -> dict[str, Any]:
    """Return ``event`` in the form that is hashed and exported."""
    return {
        "chain": event.chain,
        "seq": event.seq,
        "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "action": event.action,
        "actor_name": event.actor_name,
        "object_type": event.object_type,
        "object_id": event.object_id,
        "object_label": event.object_label,
        "payload": event.payload,
        "request_id": event.request_id,
        "prev_hash": event.prev_hash,
        "hash": event.hash,
    }
