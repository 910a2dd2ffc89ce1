"""Shows of the reveal: what they consist of, how they lie sealed on a screen, where they stand, whether they are stale.

What the screen shows is read in a hall in Indonesia and is written in Indonesian, as papers are.
"""

import json
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.db.models import QuerySet

from judging.core.ceremony import Part, Step, Winner, Words, padded, step_key, steps
from judging.core.policies import titles
from judging.models import Ceremony, CeremonyShow, Guest
from judging.selectors.papers.common import demo_mark, edition_title
from judging.selectors.tabulations import canonical
from nominees.models import Round

from .ceremony import SPECIAL, ceremony_of, guests_of, parts_of

REHEARSAL_MARK: Final = "LATIHAN (contoh)"
OPENING: Final = "Selamat datang"
CLOSING: Final = "Selamat kepada para penerima penghargaan"
#: Steps that show a name for the first time.
REVEALING: Final = frozenset({"place", "special"})
#: Each key opens one step and nothing else, so its one use needs no nonce of its own.
NONCE: Final = bytes(12)
SEALED_TO: Final = 32
#: A screen asks every 1.5 seconds and is noted from 2 seconds on: two times unheard, and it is lost.
SCREEN_LOST: Final = timedelta(seconds=6)
OPENING_STEP: Final = 1
_INVENTED: Final = ("Nama Latihan %d (contoh)", "Nama Latihan %d yang Agak Panjang (contoh)", "Latihan %d (contoh)")


@dataclass(frozen=True, slots=True)
class Note:
    """What the presenter reads beside a name: who comes for it, how it is said, who hands over."""

    name: str
    say: str = ""
    guest: str = ""
    seat: str = ""
    handed_by: str = ""
    is_absent: bool = False


def show_content(round: Round, *, is_rehearsal: bool) -> str:
    """Return what a show that is opened now consists of, as canonical JSON: its steps. Five queries.

    A rehearsal is the same before and after the decision: a name for each place that there may be, and one award
    outside the rankings. Shared places and titles that nobody got would tell the hall what was decided.
    """
    ceremony = ceremony_of(round)
    parts = parts_of(round, ceremony)
    if is_rehearsal:
        parts = _invented(_expected_parts(round, parts))
    return canonical(
        {"format": "paritrana-acara/1", "steps": steps(parts, show_words(round, ceremony, is_rehearsal=is_rehearsal))}
    )


def show_words(round: Round, ceremony: Ceremony | None, *, is_rehearsal: bool) -> Words:
    """Return what a show says around the names."""
    return Words(
        heading=edition_title(round),
        opening=(ceremony.opening if ceremony else "") or OPENING,
        closing=(ceremony.closing if ceremony else "") or CLOSING,
        mark=REHEARSAL_MARK if is_rehearsal else demo_mark(round),
        shows_totals=bool(ceremony and ceremony.shows_totals),
    )


def running_show(code: str) -> CeremonyShow | None:
    """Return the show of the screen's address ``code``, with its round, unless it has ended. One query."""
    return _shows().filter(code=code, ended_at=None).first()


def show_of(round: Round, code: str) -> CeremonyShow | None:
    """Return the show of ``round`` with this code, whether it has ended or not. One query."""
    return shows_of(round).filter(code=code).first()


def shows_of(round: Round) -> QuerySet[CeremonyShow]:
    """Return the shows of ``round``, the latest first. One query."""
    return _shows().filter(ceremony__round=round).order_by("-opened_at", "-pk")


def resumable(shows: Iterable[CeremonyShow]) -> list[CeremonyShow]:
    """Return with which of ``shows`` (latest first) another may go on: of each kind the last that came anywhere.

    One that was left at its black start or opening is passed over; one that came to its last step is over for good.
    """
    last: dict[bool, CeremonyShow] = {}
    for show in shows:
        if show.ended_at and show.step > OPENING_STEP:
            last.setdefault(show.is_rehearsal, show)
    return [show for show in last.values() if show.step < len(steps_of(show)) - 1]


def steps_of(show: CeremonyShow) -> list[Step]:
    """Return the steps of ``show`` as they were when it was opened."""
    found: list[Step] = json.loads(show.content)["steps"]
    return found


def is_stale(show: CeremonyShow) -> bool:
    """Whether a show that is opened now would be another: decision, running order or words have changed.

    Reads ``ceremony.round``. Five queries.
    """
    return show.content != show_content(show.ceremony.round, is_rehearsal=show.is_rehearsal)


def sealed_steps(show: CeremonyShow) -> list[str]:
    """Return each step as the screen holds it: JSON of what is shown, all of one length, AES-256-GCM, in base64.

    Empty ones follow up to a multiple of :data:`SEALED_TO`, so that their number tells of no shared place.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    shown = [_shown(step) for step in steps_of(show)]
    texts = padded(shown + [b"{}"] * (-len(shown) % SEALED_TO))
    key = bytes(show.key)
    sealed = (AESGCM(step_key(key, number)).encrypt(NONCE, text, None) for number, text in enumerate(texts))
    return [b64encode(one).decode("ascii") for one in sealed]


def key_of_step(show: CeremonyShow, number: int) -> str:
    """Return the key of one step, in base64."""
    return b64encode(step_key(bytes(show.key), number)).decode("ascii")


def screen_state(show: CeremonyShow) -> dict[str, Any]:
    """Return all that a screen may know now: where the show stands and the key of that step, of no other.

    A dark screen gets no key: it may stand before a step that it never showed.
    """
    key = "" if show.is_blank else key_of_step(show, show.step)
    return {"turn": show.turn, "step": show.step, "is_blank": show.is_blank, "key": key}


def presenter_state(show: CeremonyShow, *, at: datetime) -> dict[str, Any]:
    """Return where the show stands, whether it may go on and whether another machine's screen follows.

    Five queries.
    """
    seen = show.screen_seen_at
    return {
        "turn": show.turn,
        "step": show.step,
        "furthest": show.furthest,
        "is_blank": show.is_blank,
        "is_over": show.ended_at is not None,
        "is_stale": is_stale(show),
        "screen_ago": int((at - seen).total_seconds()) if seen and at - seen < SCREEN_LOST else None,
    }


def presenter_steps(show: CeremonyShow) -> list[dict[str, Any]]:
    """Return the steps with what is beside them for the presenter: key, notes, whether all of its winners are absent.

    Notes are read as they are now: who is absent is known in the last minute. Reads ``ceremony.round``. One query.
    """
    guests = {} if show.is_rehearsal else guests_of(show.ceremony.round)
    told = []
    for number, step in enumerate(steps_of(show)):
        notes = []
        for row, winner in zip(step["rows"], step["winners"], strict=True):
            guest = guests.get(winner)
            said = (
                Note(row["name"], guest.say, _who(guest), guest.seat, guest.handed_by, guest.is_absent)
                if guest
                else Note(row["name"])
            )
            notes.append(asdict(said))
        absent = bool(notes) and all(note["is_absent"] for note in notes)
        shown = {name: step[name] for name in ("kind", "heading", "text", "rows")}
        about = {"key": key_of_step(show, number), "notes": notes, "may_skip": absent and step["kind"] != "all"}
        told.append(shown | about | {"reveals": step["kind"] in REVEALING})
    return told


def _shows() -> QuerySet[CeremonyShow]:
    return CeremonyShow.objects.select_related("ceremony__round__edition", "ceremony__round__region", "opened_by")


def _shown(step: Step) -> bytes:
    shown = {name: value for name, value in step.items() if name != "winners"}
    return json.dumps(shown, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _expected_parts(round: Round, parts: Iterable[Part]) -> list[Part]:
    """Each category and pool with a place for each title that there may be, then one award outside the rankings."""
    places = {f"kategori-{one.code}": one.places for one in round.categories.all()}
    places |= {f"umum-{one.code}": one.places for one in round.pools.all()}
    ranked = [replace(part, winners=tuple(_expected(places[part.key]))) for part in parts if not part.is_special]
    if not ranked:
        return []
    return [*ranked, Part(SPECIAL, "", (Winner(key=SPECIAL, title="", name="", place=1),), is_special=True)]


def _expected(places: int) -> Iterable[Winner]:
    for place, title in enumerate(titles("Terbaik", places), start=1):
        yield Winner(key=f"latihan-{place}", title=title, name="", place=place)


def _invented(parts: Iterable[Part]) -> list[Part]:
    """The same parts without a real name: recipients, where they are from, scores, and special awards altogether."""
    found, number = [], 0
    for part in parts:
        winners = []
        for winner in part.winners:
            number += 1
            name = _INVENTED[number % len(_INVENTED)] % number
            title = f"Piagam Khusus {REHEARSAL_MARK}" if part.is_special else winner.title
            winners.append(
                Winner(f"latihan-{number}", title, name, winner.place, origin="Asal Latihan (contoh)", score="00,00")
            )
        name = f"Piagam Khusus {REHEARSAL_MARK}" if part.is_special else part.name
        key = SPECIAL if part.is_special else part.key
        found.append(Part(key, name, tuple(winners), part.is_special))
    return found


def _who(guest: Guest) -> str:
    """Who represents the winner; of who does not come, an office without a name is nobody."""
    return "" if guest.is_absent and not guest.name else ", ".join(filter(None, (guest.name, guest.office)))
