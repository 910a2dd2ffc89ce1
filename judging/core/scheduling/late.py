"""Running late: which of a day's interviews begin later, and by how much, so that nothing overlaps.

Nobody is moved further than needed: gaps take up a delay, and whoever has time before the next interview starts on
time. Times are whole minutes since local midnight, ids whatever names things. The other rules (who can come until when,
how long a member sits) are not asked here: the schedule that comes out is asked by all of them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from .problem import Session

MIDNIGHT: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Meeting:
    """An interview of the day. ``buffer`` follows it in its room and for its members, as far as its session lasts.

    ``is_fixed``: it stays where it is, because it is locked, runs, or is over.
    """

    id: int
    room: int
    start: int
    end: int
    buffer: int = 0
    members: frozenset[int] = frozenset()
    persons: frozenset[int] = frozenset()
    is_fixed: bool = False

    def at(self, start: int) -> "Meeting":
        """The same, from ``start`` on."""
        return replace(self, start=start, end=start + self.end - self.start)


@dataclass(frozen=True, slots=True)
class Delay:
    """In ``rooms`` (all, if none are named) nothing begins from ``since`` until ``until``.

    ``overruns``: an interview that runs on until then, where it is.
    """

    since: int
    until: int
    rooms: frozenset[int] = frozenset()
    overruns: int | None = None

    def holds_up(self, one: Meeting) -> bool:
        """Whether ``one`` has to wait."""
        return one.start >= self.since and (not self.rooms or one.room in self.rooms)


@dataclass(frozen=True, slots=True)
class Shift:
    """What comes of a delay: new starts of those that move, in their old order.

    ``later_session``: those of them that leave their session for a later one; ``unfit``: who has no room left that day.
    """

    starts: Mapping[int, int] = field(default_factory=dict)
    later_session: tuple[int, ...] = ()
    unfit: tuple[int, ...] = ()


def shifted(meetings: Iterable[Meeting], delay: Delay, *, sessions: Sequence[Session] = (), grid: int = 1) -> Shift:
    """Return what moves on a day because of ``delay``.

    Interviews keep their order, their room and their people; each begins as soon as nothing overlaps, on a step of
    ``grid`` if it moves, inside a session. Without ``sessions`` the day is open until midnight.
    """
    ordered = sorted(meetings, key=lambda one: (one.start, one.room, one.id))
    open_in = sorted(sessions, key=lambda one: one.start) or [Session("", 0, MIDNIGHT)]
    stay = [one for one in ordered if one.is_fixed or one.start < delay.since]
    settled = [_spell(_overrun(one, delay), open_in) for one in stay]
    starts: dict[int, int] = {}
    later, unfit = [], []
    for one in (one for one in ordered if one not in stay):
        earliest = max(one.start, delay.until) if delay.holds_up(one) else one.start
        found = _soonest(one, earliest, settled, open_in, grid)
        if found is None:
            unfit.append(one.id)
            continue
        settled.append(_spell(one.at(found), open_in))
        if found != one.start:
            starts[one.id] = found
        if _session_at(one.start, open_in) != _session_at(found, open_in):
            later.append(one.id)
    return Shift(starts, tuple(later), tuple(unfit))


@dataclass(frozen=True, slots=True)
class _Spell:
    """A meeting in its place, with the minute from which its room and its members are free."""

    meeting: Meeting
    until: int


def _overrun(one: Meeting, delay: Delay) -> Meeting:
    return replace(one, end=max(one.end, delay.until)) if one.id == delay.overruns else one


def _spell(one: Meeting, sessions: Sequence[Session]) -> _Spell:
    """The buffer ends with the session, as the rules have it; outside of every session it counts in full."""
    ends = next((session.end for session in sessions if session.start <= one.start and one.end <= session.end), None)
    until = one.end + one.buffer
    return _Spell(one, until if ends is None else min(until, ends))


def _soonest(
    one: Meeting, earliest: int, settled: Sequence[_Spell], sessions: Sequence[Session], grid: int
) -> int | None:
    """Return the first start from ``earliest`` on that fits, ``None`` if the day has none."""
    if earliest == one.start and _is_free(one, settled, sessions):
        return earliest  # as it was, even off the grid or outside of every session
    freed = (time for spell in settled for time in (spell.until, spell.meeting.end))
    tried = {_on_grid(time, grid) for time in chain((earliest,), freed, (session.start for session in sessions))}
    for start in sorted(time for time in tried if time >= earliest):
        there = one.at(start)
        inside = any(session.start <= there.start and there.end <= session.end for session in sessions)
        if inside and _is_free(there, settled, sessions):
            return start
    return None


def _is_free(one: Meeting, settled: Collection[_Spell], sessions: Sequence[Session]) -> bool:
    until = _spell(one, sessions).until
    for spell in settled:
        other = spell.meeting
        shares = one.room == other.room or not one.members.isdisjoint(other.members)
        if shares and one.start < spell.until and other.start < until:
            return False
        if not one.persons.isdisjoint(other.persons) and one.start < other.end and other.start < one.end:
            return False
    return True


def _session_at(start: int, sessions: Sequence[Session]) -> Session | None:
    return next((one for one in sessions if one.start <= start < one.end), None)


def _on_grid(minutes: int, grid: int) -> int:
    return -(-minutes // grid) * grid
