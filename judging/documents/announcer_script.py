"""The naskah pembawa acara: what the announcer says at each step of the reveal, in letters that are read standing."""

from __future__ import annotations

from typing import Final

from .ceremony_data import CalledWinner, CeremonyBook, ScriptStep
from .ceremony_marks import book_values
from .rendering import to_pdf

#: Before the name, and after it; a pause lies between.
CUES: Final = {
    "part": ("Kita sampai pada {heading}.", ""),
    "place": ("{title} {heading} diraih oleh …", "Hadirin, kami mohon memberikan tepuk tangan."),
    "special": ("{heading} diberikan kepada …", "Hadirin, kami mohon memberikan tepuk tangan."),
    "all": ("Selamat kepada para penerima {heading}.", "Foto bersama."),
}
SCREENS: Final = {
    "black": "Layar hitam",
    "opening": "Pembukaan",
    "part": "Judul",
    "place": "Nama muncul",
    "special": "Nama muncul",
    "all": "Semua penerima",
    "closing": "Penutup",
}


def render_announcer_script(book: CeremonyBook) -> bytes:
    """Return the script as a portrait A4 PDF; marked as secret until the result is announced."""
    values = book_values(book, "Naskah Pembawa Acara") | {"steps": [_step(step) for step in book.steps]}
    return to_pdf("announcer_script.html", values)


def _step(step: ScriptStep) -> dict[str, object]:
    titles = ", ".join(dict.fromkeys(winner.title for winner in step.winners))
    before, after = CUES.get(step.kind, (step.text, ""))
    cue = before.format(heading=step.heading, title=titles)
    return {
        "number": step.number,
        "kind": step.kind,
        "screen": SCREENS[step.kind],
        "say": "" if step.kind == "black" else cue,
        "after": after,
        "reveals": step.kind in ("place", "special"),
        "winners": [_winner(winner) for winner in step.winners],
    }


def _winner(winner: CalledWinner) -> dict[str, object]:
    return {
        "title": winner.title,
        "name": winner.name,
        "origin": winner.origin,
        "say": winner.say,
        "score": winner.score,
        "guest": _guest(winner),
        "seat": winner.seat,
        "handed_by": winner.handed_by,
        "is_absent": winner.is_absent,
    }


def _guest(winner: CalledWinner) -> str:
    """Who represents the winner; of who does not come, an office without a name is nobody."""
    if winner.is_absent and not winner.guest:
        return ""
    return ", ".join(filter(None, (winner.guest, winner.office)))
