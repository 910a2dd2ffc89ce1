"""The reveal of a result: in which steps it is shown, and the keys that open them one by one.

A screen holds every step sealed from the start and gets the key of a step only when the step has come, so that nothing
on it, in its memory or in what it received tells a name earlier. Standard library only.
"""

import hmac
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

KEY_LENGTH: Final = 32
"""Bytes of the key of a show, and of the key of a step (AES-256)."""
AT_ONCE: Final = 3
"""Names that stand on the screen at once, so that large letters fit also on 4:3."""
PADDED_TO: Final = 256
"""Sealed steps are as long as the longest, rounded up to this many bytes: a length tells nothing of a name."""

Step = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Winner:
    """One award as it is called: ``key`` names it (``gelar-12``), ``place`` orders it, ``score`` is as printed."""

    key: str
    title: str
    name: str
    place: int
    origin: str = ""
    score: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What is called together: the places of a category or pool, or one award outside the rankings."""

    key: str
    name: str
    winners: tuple[Winner, ...] = ()
    is_special: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What is said around the names; ``mark`` stands on every step (a rehearsal's, a demo's)."""

    heading: str
    opening: str
    closing: str
    mark: str = ""
    shows_totals: bool = False


def steps(parts: Iterable[Part], words: Words) -> list[Step]:
    """Return the steps of a show, first to last: black, opening, then each part, closing.

    A category: its title, its places from the last to the first (who shares a place shares a step, ``AT_ONCE`` at
    most), then all of them. A part without winners is left out.
    """
    found = [_step("black", words), _step("opening", words, heading=words.heading, text=words.opening)]
    for part in parts:
        if part.winners:
            found += _special(part, words) if part.is_special else _places(part, words)
    return [*found, _step("closing", words, heading=words.heading, text=words.closing)]


def resumed_at(before: Sequence[Step], step: int, furthest: int, now: Sequence[Step]) -> tuple[int, int]:
    """Return at which step of ``now`` a show goes on that ended at ``step`` of ``before``, and how far it was shown.

    ``furthest`` is the last step of ``before`` that was shown. Where ``now`` differs (decided or ordered anew), it was
    shown only as far as each step from the first on is one of those, so that nothing unseen is passed over.
    """
    shown = list(before[: furthest + 1])
    reached = max(0, next((number for number, one in enumerate(now) if one not in shown), len(now)) - 1)
    known = list(now[: reached + 1])
    return (known.index(before[step]) if before[step] in known else reached), reached


def step_key(key: bytes, step: int) -> bytes:
    """Return the key that opens the step at index ``step``: HMAC-SHA-256 of its number under the show's ``key``.

    Raises ``ValueError`` for a key of another length or a negative step.
    """
    if len(key) != KEY_LENGTH or step < 0:
        raise ValueError(f"a key of {len(key)} bytes, step {step}")
    return hmac.digest(key, f"paritrana-layar/1:{step}".encode("ascii"), "sha256")


def padded(texts: Sequence[bytes]) -> list[bytes]:
    """Return ``texts`` (JSON) filled up with blanks to one length, a multiple of ``PADDED_TO`` bytes."""
    longest = max(map(len, texts), default=0)
    length = -(-longest // PADDED_TO) * PADDED_TO
    return [text.ljust(length) for text in texts]


def _step(kind: str, words: Words, *, heading: str = "", text: str = "", winners: Iterable[Winner] = ()) -> Step:
    shown = list(winners)
    return {
        "kind": kind,
        "heading": heading,
        "text": text,
        "mark": "" if kind == "black" else words.mark,
        "rows": [
            {
                "title": "" if winner.title == heading else winner.title,
                "name": winner.name,
                "origin": winner.origin,
                "score": winner.score if words.shows_totals else "",
            }
            for winner in shown
        ],
        "winners": [winner.key for winner in shown],
    }


def _places(part: Part, words: Words) -> list[Step]:
    ordered = sorted(part.winners, key=lambda winner: winner.place)
    by_place = [tuple(group) for _place, group in groupby(ordered, key=lambda winner: winner.place)]
    found = [_step("part", words, heading=part.name)]
    for group in reversed(by_place):
        found += [_step("place", words, heading=part.name, winners=some) for some in _batches(group)]
    if len(found) > 2:
        found += [_step("all", words, heading=part.name, winners=some) for some in _batches(ordered)]
    return found


def _special(part: Part, words: Words) -> list[Step]:
    return [
        _step("part", words, heading=part.name),
        *(_step("special", words, heading=part.name, winners=some) for some in _batches(part.winners)),
    ]


def _batches(winners: Sequence[Winner]) -> list[Sequence[Winner]]:
    return [winners[start : start + AT_ONCE] for start in range(0, len(winners), AT_ONCE)]
