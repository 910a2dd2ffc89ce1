"""The arithmetic of the chain: pure standard library, the same for writer, command and an outsider.

``hash(n) = SHA-256(canonical JSON of event n, which holds hash(n - 1))``; the first event holds ``GENESIS``.

An outsider checks an exported log (JSON lines, one event each) with this file alone, without database or Django::

    python -m paritrana.audit.chain EXPORT.jsonl [--head NUMBER:HASH]

``--head`` takes a number and hash that were published earlier, such as those printed on the minutes: without one, a
tail that was cut off, or a log written anew from end to end, cannot be noticed. The exit status is 0 when the log
holds, 1 when it does not (the first bad event is named), 2 when the file cannot be read.
"""

import hashlib
import json
import sys
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
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


# Made once: a log of 100,000 events is checked in well under a second.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(value: Any) -> str:
    """Return ``value`` as JSON with sorted keys and no spaces; the same value gives the same text anywhere."""
    return _ENCODER.encode(value)


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
    Problems: ``sequence`` (dropped, inserted, reordered or of another chain), ``link``, ``content``, ``head``.
    """
    previous = GENESIS
    seen = {0: GENESIS}
    for seq, event in enumerate(events, start=1):
        if event["seq"] != seq or event["chain"] != chain:
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


class NotAnExport(ValueError):
    """A line of the file is not an event in the exported form; the message names the line."""


def read_lines(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    """Yield the events of an export, one per line; empty lines are passed over. Raises :class:`NotAnExport`."""
    expected = {*HASHED_FIELDS, "hash"}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            event = json.loads(line)
        except ValueError:
            raise NotAnExport(f"line {number} is not JSON") from None
        if not isinstance(event, dict) or set(event) != expected:
            raise NotAnExport(f"line {number} is not an event of this log")
        yield event


def parsed_head(text: str) -> tuple[int, str]:
    """Return ``NUMBER:HASH`` as a pair, or raise ``ArgumentTypeError``."""
    number, _, digest = text.partition(":")
    if not number.isdigit() or len(digest) != len(GENESIS):
        raise ArgumentTypeError("a head is written NUMBER:HASH, with 64 hexadecimal digits")
    return int(number), digest.lower()


def main(arguments: Sequence[str] | None = None) -> int:
    """Check an exported log and say in one line what was found; return the exit status."""
    parser = ArgumentParser(prog="python -m paritrana.audit.chain", description="Check an exported audit log.")
    parser.add_argument("export", type=Path, help="the exported log, JSON lines")
    parser.add_argument("--head", type=parsed_head, help="a head published earlier, NUMBER:HASH")
    options = parser.parse_args(arguments)
    try:
        with options.export.open(encoding="utf-8") as lines:
            events = list(read_lines(lines))
    except (OSError, NotAnExport, UnicodeDecodeError) as problem:
        sys.stderr.write(f"{options.export}: cannot be read: {problem}\n")
        return 2
    chain = str(events[0]["chain"]) if events else ""
    found = first_break(chain, events, options.head)
    if found:
        sys.stdout.write(f"{chain}: broken at event {found.seq} ({found.problem})\n")
        return 1
    head = f"{len(events)}:{events[-1]['hash']}" if events else f"0:{GENESIS}"
    sys.stdout.write(f"{chain}: {len(events)} events hold, head {head}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
