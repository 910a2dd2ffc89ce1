"""Differences between two schedules, and acts on the draft, in words: rows of tables."""

from collections.abc import Collection, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from judging.core.scheduling.problem import Severity
from judging.models import ChangeKind, NoticeState
from judging.selectors.schedule import NamedViolation
from judging.selectors.schedule_log import LoggedAct, LoggedMove, Names
from judging.selectors.schedule_news import Concerned
from judging.selectors.schedule_releases import Difference, Part
from nominees.models import Round
from paritrana.kernel import phrases, wording
from paritrana.kernel.sentences import sentence

PARTS: Mapping[Part, Any] = {
    Part.ADDED: gettext_lazy("New interview"),
    Part.CANCELLED: gettext_lazy("Interview cancelled"),
    Part.TIME: gettext_lazy("Another time"),
    Part.ROOM: gettext_lazy("Another room"),
    Part.PANEL: gettext_lazy("Another panel"),
}
NOTICES: Mapping[NoticeState, Mapping[str, str]] = {
    NoticeState.WAITING: {"tone": "info", "icon": "clock"},
    NoticeState.SENT: {"tone": "success", "icon": "check"},
    NoticeState.FAILED: {"tone": "danger", "icon": "alert-triangle"},
    NoticeState.BY_HAND: {"tone": "warning", "icon": "hand-stop"},
}
#: How many interviews of one act are named.
NAMED = 5


class Placed(Protocol):
    """Anything with a time and a room of its own."""

    @property
    def starts_at(self) -> Any: ...
    @property
    def ends_at(self) -> Any: ...
    @property
    def seats(self) -> Collection[int]: ...


def difference_columns() -> list[dict[str, Any]]:
    """Return the heads of :func:`difference_row`."""
    labels = (phrases.NOMINEE, _("Change"), _("Before"), _("After"))
    return [{"label": label} for label in labels]


def difference_row(one: Difference, names: Names, round: Round) -> list[dict[str, Any]]:
    """Return what changes for one nominee, as cells."""
    told = ", ".join(str(label) for part, label in PARTS.items() if part in one.parts)
    panel = panel_words(one.before, one.after, names) if Part.PANEL in one.parts else ""
    return [
        {"text": names.nominees[one.nomination]},
        {"text": told, "note": panel},
        {"text": place_words(one.before, one.before.room_name, round) if one.before else "–"},
        {"text": place_words(one.after, one.after.room_name, round) if one.after else "–"},
    ]


def place_words(one: Placed, room: str, round: Round) -> str:
    """Return day, time with its zone, and room."""
    day = wording.long_day_date(wording.local_day(one.starts_at, round.time_zone))
    return f"{day}, {wording.time_range(one.starts_at, one.ends_at, round.time_zone)} · {room}"


def panel_words(before: Placed | None, after: Placed | None, names: Names) -> str:
    """Return which seats join and which leave."""
    old, new = (set(one.seats) if one else set() for one in (before, after))
    told = []
    if new - old:
        told.append(_("Joins: %(seats)s") % {"seats": _listed(new - old, names)})
    if old - new:
        told.append(_("Leaves: %(seats)s") % {"seats": _listed(old - new, names)})
    return ". ".join(told)


def problem_facts(violation: NamedViolation) -> dict[str, Any]:
    """Return a broken rule as an alert."""
    tone = "danger" if violation.severity is Severity.FORBIDDEN else "warning"
    return {"tone": tone, "text": sentence(violation.code, violation.facts)}


def concerned_row(one: Concerned, *, has_mail: bool) -> list[dict[str, Any]]:
    """Return who is told, of how much, and how."""
    count = len(one.news)
    changes = ngettext("%(count)s interview", "%(count)s interviews", count) % {"count": count}
    how = one.email if has_mail and one.email else _("by hand")
    note = office(one)
    return [{"text": one.name, "note": note if note != one.name else ""}, {"text": changes}, {"text": how}]


def office(one: Concerned) -> str:
    """Return for whom somebody is told: the seat, or the nominee."""
    return str(one.seating.seat if one.seating else one.nomination)


def act_facts(act: LoggedAct, names: Names, round: Round) -> dict[str, Any]:
    """Return an act of the log with the first of its interviews in words."""
    change = act.change
    return {
        "number": change.number,
        "title": str(ChangeKind(change.kind).label),
        "who": str(change.actor),
        "when": wording.date_time(change.at, round.time_zone),
        "moves": [_move_words(one, names, round) for one in act.moves[:NAMED]],
        "further": len(act.moves[NAMED:]),
        "released_in": act.released_in,
        "undoes": change.undoes.number if change.undoes else None,
        "undone_by": change.undone_by.number if hasattr(change, "undone_by") else None,
    }


def _move_words(move: LoggedMove, names: Names, round: Round) -> dict[str, str]:
    before, after = (
        place_words(one, names.rooms.get(one.room, ""), round) if one else "" for one in (move.before, move.after)
    )
    panel = panel_words(move.before, move.after, names) if move.before and move.after else ""
    if before and before == after:
        before = ""
    return {"nominee": names.nominees.get(move.nomination, ""), "before": before, "after": after, "panel": panel}


def _listed(seats: Collection[int], names: Names) -> str:
    return ", ".join(name for seat, name in names.seats.items() if seat in seats)
