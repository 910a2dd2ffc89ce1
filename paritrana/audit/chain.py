"""The arithmetic of the chain: pure, the same for writer, command and an outsider's script.

``hash(n) = SHA-256(canonical JSON of event n, which holds hash(n - 1))``; the first event holds ``GENESIS``.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
HASHED_FIELDS = (
    "chain",
    "seq",
    "at",
    "action",
    "actor_name",
    "object_type",
    "object_id",
    "object_label",
    "payload",
    "request_id",
    "prev_hash",
)


def canonical(value: Any) -> str:
    """Return ``value`` as JSON with sorted keys and no spaces; the same value gives the same text anywhere."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def event_hash(event: Mapping[str, Any]) -> str:
    """Return the hex SHA-256 of the hashed fields of ``event`` (``at`` as ISO 8601 text in UTC)."""
    return hashlib.sha256(canonical({field: event[field] for field in HASHED_FIELDS}).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Break:
    """The first place where a chain does not hold: the number expected there and what is wrong."""

    chain: str
    seq: int
    problem: str


def first_break(chain: str, events: Iterable[Mapping[str, Any]], head: tuple[int, str] | None = None) -> Break | None:
    """Return the first break in ``events`` (ascending), or ``None`` when the chain holds.

    ``head`` is a published (number, hash): without one, a tail that was cut off cannot be noticed.
    Problems: ``sequence`` (dropped, inserted or reordered), ``link``, ``content``, ``head``.
    """
    previous = GENESIS
    seen = {0: GENESIS}
    for seq, event in enumerate(events, start=1):
        if event["seq"] != seq:
            return Break(chain, seq, "sequence")
        if event["prev_hash"] != previous:
            return Break(chain, seq, "link")
        if event_hash(event) != event["hash"]:
            return Break(chain, seq, "content")
        previous = str(event["hash"])
        if head is not None and head[0] == seq:
            seen[seq] = previous
    if head is not None and seen.get(head[0]) != head[1]:
        return Break(chain, head[0], "head")
    return None
