"""The board in words and signs: severity, state and news each have an icon and a word, never colour alone."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.core.scheduling.problem import Severity
from judging.messages.schedule_material import LEVELS
from judging.models import InterviewState
from judging.selectors.schedule import NamedViolation
from judging.selectors.schedule_acts import Act, Moved
from judging.selectors.schedule_board import Card, ScheduleBoard
from judging.selectors.schedule_grid import CARD
from judging.selectors.schedule_plans import Planned
from judging.selectors.schedule_probe import Probe
from nominees.models import Round
from paritrana.kernel import wording
from paritrana.kernel.sentences import sentence

SIGNS = {
    Severity.FORBIDDEN: {"tone": "danger", "icon": "circle-x", "word": gettext_lazy("Not allowed")},
    Severity.CONFIRM: {"tone": "warning", "icon": "alert-triangle", "word": LEVELS[Severity.CONFIRM]},
    Severity.WARNING: {"tone": "warning", "icon": "alert-circle", "word": LEVELS[Severity.WARNING]},
}
STATES = {
    InterviewState.RUNNING: ("player-play", InterviewState.RUNNING.label),
    InterviewState.HELD: ("check", InterviewState.HELD.label),
    InterviewState.NO_SHOW: ("user-off", InterviewState.NO_SHOW.label),
}
LOCKED = ("lock", gettext_lazy("Locked in place"))
NEWS = {
    "changed": ("refresh", gettext_lazy("Changed since the release")),
    "new": ("circle-dashed", gettext_lazy("Not released yet")),
}

#: How many cards of a problem are linked; the others are counted.
LINKED = 4


def short_day(day: date) -> str:
    """Return "Sel 24 Jun"."""
    return f"{wording.day_name(day)[:3]} {day.day} {wording.MONTHS[day.month - 1][:3]}"


def told(problem: NamedViolation) -> dict[str, Any]:
    """Return a problem with its sign."""
    return {**SIGNS[problem.severity], "text": sentence(problem.code, problem.facts)}


def card_facts(card: Card, board: ScheduleBoard) -> dict[str, Any]:
    """Return what stands on a card."""
    one = card.interview
    marks = [LOCKED] if one.is_locked else []
    if one.state in STATES:
        marks.append(STATES[one.state])
    if card.news:
        marks.append(NEWS[card.news])
    return {
        "number": str(one.nomination.number),
        "version": str(one.version),
        "room": str(one.room.pk),
        "start": str(card.start),
        "length": str(card.end - card.start),
        "time": f"{wording.minute_text(card.start)}–{wording.minute_text(card.end)}",
        "name": one.nomination.nominee.name,
        "category": one.nomination.category.name,
        "colour": card.colour,
        "region": one.nomination.nominee.region.name,
        "seats": f"{len(one.seats)}/{board.seats}",
        "marks": marks,
        "sign": SIGNS[card.worst] if card.worst else None,
        "is_fixed": card.is_fixed,
        "is_over": one.state in STATES,
        "is_locked": one.is_locked,
    }


def grid_facts(board: ScheduleBoard) -> dict[str, Any]:
    """Return the table of the day shown: columns, and rows of cells with what stands on their cards."""
    if board.grid is None:
        return {}
    names = {room.pk: room for room in board.rooms}
    columns: list[dict[str, Any]] = []
    for pk in board.grid.columns:
        if columns and columns[-1]["room"].pk == pk:
            columns[-1]["span"] += 1
        else:
            columns.append({"room": names[pk], "span": 1})
    rows = [
        {
            "start": row.start,
            "minutes": row.minutes,
            "mark": row.mark,
            "label": wording.minute_text(row.start) if row.mark else "",
            "cells": [
                {
                    "kind": cell.kind,
                    "rows": cell.rows,
                    "span": f"{wording.minute_text(cell.start)}–{wording.minute_text(cell.end)}",
                    "card": card_facts(cell.card, board) if cell.kind == CARD and cell.card else None,
                }
                for cell in row.cells
            ],
        }
        for row in board.grid.rows
    ]
    # Short interviews need more height for the same words.
    lengths = [card.end - card.start for card in board.cards if card.day == board.shown]
    scale = "tall" if min(lengths, default=30) < 25 else "low" if min(lengths, default=30) >= 45 else "even"
    return {"columns": columns, "rows": rows, "scale": scale}


def problems_facts(board: ScheduleBoard) -> list[dict[str, Any]]:
    """Return every problem with the cards that it concerns, the gravest first."""
    cards = {card.interview.nomination.pk: card for card in board.cards}
    found = []
    for level in Severity:
        for problem in board.problems:
            if problem.severity is level:
                links = [
                    {
                        "number": cards[pk].interview.nomination.number,
                        "day": cards[pk].day.isoformat(),
                        "is_here": cards[pk].day == board.shown,
                        "where": f"{short_day(cards[pk].day)} {wording.minute_text(cards[pk].start)}",
                    }
                    for pk in dict.fromkeys(problem.nominations)
                    if pk in cards
                ]
                found.append({**told(problem), "links": links[:LINKED], "more": len(links[LINKED:]), "about": links})
    return found


def act_facts(act: Act, rooms: dict[int, str], round: Round) -> dict[str, Any]:
    """Return one of the last acts: what, who, when, and what it did to whom."""
    return {
        "number": act.change.number,
        "kind": act.change.get_kind_display(),
        "who": str(act.change.actor),
        "at": act.change.at,
        "lines": [_moved(one, rooms, round) for one in act.moved],
        "more": act.interviews - len(act.moved),
        "undoes": act.change.undoes.number if act.change.undoes else None,
        "is_undone": act.is_undone,
        "is_next": act.is_next,
    }


def _moved(one: Moved, rooms: dict[int, str], round: Round) -> str:
    before, after = (_place(side, rooms, round) for side in (one.before, one.after))
    seats = one.before is not None and one.after is not None and one.before.seats != one.after.seats
    changed = f" ({_('seats changed')})" if seats else ""
    way = after if before == after else f"{before} → {after}"
    return f"{one.nominee}: {way}{changed}"


def _place(side: Planned | None, rooms: dict[int, str], round: Round) -> str:
    if side is None:
        return _("without an interview")
    starts = side.starts_at.astimezone(round.zone)
    minute = wording.minute_text(starts.hour * 60 + starts.minute)
    return f"{short_day(starts.date())} {minute}, {rooms.get(side.room, '–')}"


def probe_facts(found: Probe, round: Round) -> dict[str, Any]:
    """Return what a lifted card is told of the place under it."""
    problems = sorted(found.violations, key=lambda one: list(Severity).index(one.severity))
    return {
        "where": where(found, round),
        "worst": found.worst.value if found.worst else "",
        "lines": [sentence(one.code, one.facts) for one in problems],
        "seats": seats_sentence(found),
        "cost": found.cost,
        "wishes": _wishes(found.cost),
    }


def where(found: Probe, round: Round) -> str:
    """Return day, time and room of a probe."""
    times = (found.starts_at, found.ends_at)
    day = wording.long_day_date(wording.local_day(found.starts_at, round.time_zone))
    return f"{day}, {wording.time_range(*times, round.time_zone)}, {found.room.name}"


def seats_sentence(found: Probe) -> str:
    """Return who would leave and who would come; empty where the seats stay."""
    if not found.come and not found.gone:
        return ""
    facts = {"gone": ", ".join(found.gone) or "–", "come": ", ".join(found.come) or "–"}
    return _("The seats change. Leaving: %(gone)s. Coming: %(come)s.") % facts


def _wishes(cost: int) -> str:
    if cost > 0:
        return _("Wishes: %(points)s points worse.") % {"points": cost}
    return _("Wishes: %(points)s points better.") % {"points": -cost} if cost else ""
