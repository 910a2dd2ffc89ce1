"""The data of the announcer's script and of the list of guests."""

from dataclasses import replace
from datetime import datetime

from judging.core.ceremony import Step, steps
from judging.documents.ceremony_data import CalledWinner, CeremonyBook, ScriptStep
from judging.selectors.ceremony import Called, called_in, ceremony_of, parts_of
from judging.selectors.ceremony_shows import show_words
from nominees.core.lifecycle import State
from nominees.models import Round

from .common import demo_mark, edition_title, issuing_body


def ceremony_book(round: Round, at: datetime) -> CeremonyBook:
    """Return the ceremony of a decided round as its papers print it. Six queries."""
    ceremony = ceremony_of(round)
    parts = parts_of(round, ceremony)
    words = show_words(round, ceremony, is_rehearsal=False)
    called = {one.winner.key: _winner(one, shows_totals=words.shows_totals) for one in called_in(round, parts)}
    return CeremonyBook(
        issuing_body=issuing_body(round),
        edition=edition_title(round),
        place=round.city,
        zone=round.time_zone,
        printed_at=at,
        steps=tuple(_step(number, step, called) for number, step in enumerate(steps(parts, words), start=1)),
        winners=tuple(called.values()),
        is_secret=round.state == State.DECIDED,
        held_on=round.ceremony_on,
        demo_mark=demo_mark(round),
    )


def _step(number: int, step: Step, called: dict[str, CalledWinner]) -> ScriptStep:
    return ScriptStep(
        number=number,
        kind=step["kind"],
        heading=step["heading"],
        text=step["text"],
        winners=tuple(called[key] for key in step["winners"]),
    )


def _winner(one: Called, *, shows_totals: bool) -> CalledWinner:
    winner, guest = one.winner, one.guest
    told = CalledWinner(
        title=winner.title,
        category="" if one.part.is_special else one.part.name,
        name=winner.name,
        origin=winner.origin,
        score=winner.score if shows_totals else "",
    )
    if guest is None:
        return told
    return replace(
        told,
        say=guest.say,
        guest=guest.name,
        office=guest.office,
        seat=guest.seat,
        handed_by=guest.handed_by,
        is_absent=guest.is_absent,
        taken_by=guest.collected_by,
        taken_at=guest.collected_at,
    )
