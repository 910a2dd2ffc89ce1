"""The package of a run, ``paritrana.run/1``: everything that is needed to count a frozen run again elsewhere.

Plain data in, canonical JSON out. What is in it and how it is checked: docs/formats.md, and ``verifier``, which reads
it without the product.
"""

import copy
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from . import package
from .reading import Json
from .tabulation import tabulate

FORMAT: Final = "paritrana.run/1"
PSEUDONYMS: Final = (
    "Seats carry pseudonyms in this file. The hash of each input therefore differs from the one printed in the "
    "minutes, which is only quoted here as published_input_sha256: an input with pseudonyms cannot prove it."
)
ROWS_WITH_SEATS: Final = ("scores", "recusals", "states")


@dataclass(frozen=True, slots=True)
class Motion:
    """What the plenary decided: ``kind`` tie, deviation or quorum; ``order`` nominees, best first (quorum: the one)."""

    kind: str
    order: tuple[str, ...]
    votes_for: int
    votes_against: int
    abstentions: int
    reason: str
    decided_at: str


@dataclass(frozen=True, slots=True)
class Line:
    """One nominee as published; ``place``, ``title``, ``score`` are empty without a place, ``reason`` then says why."""

    nominee: str
    place: str
    title: str
    score: str
    reason: str


@dataclass(frozen=True, slots=True)
class Part:
    """One category or pool (``kind``). ``input`` and ``answer`` are the stored documents, the hashes as stored."""

    kind: str
    code: str
    name: str
    input: Json
    input_sha256: str
    answer: Json
    answer_sha256: str
    motions: Sequence[Motion]
    lines: Sequence[Line]
    nominees: Mapping[str, str]
    seats: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Run:
    """A frozen run. Moments are ISO 8601 with the offset of the round's zone; ``pending`` pools are not frozen yet."""

    scope: str
    title: str
    zone: str
    is_demo: bool
    number: int
    engine: str
    software: str
    frozen_at: str
    confirmed_at: str
    minutes_number: str
    rules_number: int
    rules: Json
    rules_sha256: str
    head: tuple[int, str]
    parts: Sequence[Part]
    pending: Sequence[str]
    notices: Sequence[str] = ()


def canonical(document: Json) -> str:
    """The one text of a document: sorted keys, no blanks, ASCII."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"))


def sha256_of(document: Json) -> str:
    """SHA-256 of :func:`canonical`, hexadecimal."""
    return hashlib.sha256(canonical(document).encode("ascii")).hexdigest()


def document(run: Run) -> dict[str, Json]:
    """The package as plain JSON, not sealed yet."""
    return {
        "format": FORMAT,
        "round": {"scope": run.scope, "title": run.title, "zone": run.zone, "is_demo": run.is_demo},
        "tabulation": {
            "number": run.number,
            "engine": run.engine,
            "software": run.software,
            "frozen_at": run.frozen_at,
            "rules": {"number": run.rules_number, "content": run.rules, "sha256": run.rules_sha256},
        },
        "plenary": {"confirmed_at": run.confirmed_at, "minutes_number": run.minutes_number},
        "audit_head": {"number": run.head[0], "hash": run.head[1]},
        "notices": list(run.notices),
        "pending_pools": list(run.pending),
        "parts": [_part(part) for part in run.parts],
    }


def _part(part: Part) -> dict[str, Json]:
    return {
        "kind": part.kind,
        "code": part.code,
        "name": part.name,
        "nominees": dict(part.nominees),
        "seats": dict(part.seats),
        "input": part.input,
        "input_sha256": part.input_sha256,
        "answer": part.answer,
        "answer_sha256": part.answer_sha256,
        "decided": {
            "decisions": [_motion(motion) for motion in part.motions],
            "standings": [
                {"nominee": x.nominee, "place": x.place, "title": x.title, "score": x.score, "reason": x.reason}
                for x in part.lines
            ],
        },
    }


def _motion(motion: Motion) -> dict[str, Json]:
    return {
        "kind": motion.kind,
        "order": list(motion.order),
        "votes": {"for": motion.votes_for, "against": motion.votes_against, "abstain": motion.abstentions},
        "reason": motion.reason,
        "decided_at": motion.decided_at,
    }


def sealed(document: Mapping[str, Json]) -> str:
    """The text of the file: canonical, with ``sha256`` over everything else, and a newline at its end."""
    content = {key: value for key, value in document.items() if key != "sha256"}
    return canonical({**content, "sha256": sha256_of(content)}) + "\n"


def pseudonyms(seats: Iterable[str], salt: bytes) -> dict[str, str]:
    """Seat -> ``unsur-1``, ``unsur-2``, ... in an order that tells nothing to who does not hold ``salt``."""
    order = sorted(set(seats), key=lambda seat: hmac.new(salt, seat.encode(), hashlib.sha256).digest())
    return {seat: f"unsur-{number}" for number, seat in enumerate(order, start=1)}


def pseudonymised(document: Mapping[str, Json], salt: bytes) -> dict[str, Json]:
    """A copy of a package whose seats have pseudonyms, the same in every part; input and answer are made anew for them.

    The published hashes are kept beside. What was decided and why stays as it is: it says nothing about seats by code.
    """
    found: dict[str, Json] = copy.deepcopy(dict(document))
    aliases = pseudonyms((seat for part in found["parts"] for seat in part["input"]["judges"]), salt)
    for part in found["parts"]:
        part["published_input_sha256"], part["published_answer_sha256"] = part["input_sha256"], part["answer_sha256"]
        part["input"] = _renamed(part["input"], aliases)
        part["answer"] = package.answer(tabulate(package.read(part["input"])))
        part["input_sha256"], part["answer_sha256"] = sha256_of(part["input"]), sha256_of(part["answer"])
        part["seats"] = {seat: seat for seat in part["input"]["judges"]}
    found["notices"] = [*found["notices"], PSEUDONYMS]
    return found


def _renamed(stored: Mapping[str, Json], aliases: Mapping[str, str]) -> dict[str, Json]:
    """The input with other names for its seats; every list in a new order, as the old one would tell the seat."""
    found = {**stored, "judges": sorted(aliases[seat] for seat in stored["judges"])}
    for field in ROWS_WITH_SEATS:
        if field in stored:
            found[field] = sorted([aliases[row[0]], *row[1:]] for row in stored[field])
    return found
