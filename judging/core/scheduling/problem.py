"""What is to be scheduled, as frozen data. Times are whole minutes since local midnight; a span ends before its end.

The words are those of the open format ``paritrana-interview-schedule/1``; ``document`` reads and writes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Final

ONSITE, ONLINE = "onsite", "online"
MODES: Final = (ONSITE, ONLINE)


class Severity(StrEnum):
    """What a broken rule means: refused, done only on a person's word, shown, or not looked for at all."""

    FORBIDDEN = "forbidden"
    CONFIRM = "confirm"
    WARNING = "warning"
    IGNORED = "ignored"


@dataclass(frozen=True, slots=True)
class Span:
    """Some minutes of one day; ``cost`` is what an interview that touches an avoided span counts."""

    day: str
    start: int
    end: int
    cost: int = 0

    def touches(self, day: str, start: int, end: int) -> bool:
        """Whether both share a moment."""
        return self.day == day and self.start < end and start < self.end

    def holds(self, day: str, start: int, end: int) -> bool:
        """Whether the other lies inside."""
        return self.day == day and self.start <= start and end <= self.end


@dataclass(frozen=True, slots=True)
class Session:
    """A stretch of a day in which interviews are held; lunch and prayer are what lies between two of them."""

    id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Day:
    """A day with its sessions, which do not overlap. ``date`` is an ISO date; nothing is computed with it."""

    id: str
    sessions: tuple[Session, ...]
    date: str = ""

    def session_of(self, start: int, end: int) -> Session | None:
        """The session that holds the whole span."""
        return next((one for one in self.sessions if one.start <= start and end <= one.end), None)


@dataclass(frozen=True, slots=True)
class Category:
    """How its nominees are met. ``panel_max`` None: as many as like; ``buffer`` follows every interview."""

    id: str
    duration: int
    buffer: int = 0
    quorum: int = 0
    panel_max: int | None = None
    unsur_target: int = 0
    role_groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RoleGroup:
    """At least ``min`` of those sitting have one of the roles ``any_of``."""

    id: str
    any_of: frozenset[str]
    min: int = 1


@dataclass(frozen=True, slots=True)
class Room:
    """A room or a video link."""

    id: str
    modes: frozenset[str] = frozenset(MODES)
    unavailable: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody of a panel. ``balance``: counts in the comparison of loads."""

    id: str
    roles: frozenset[str] = frozenset()
    unsur: str = ""
    unavailable: tuple[Span, ...] = ()
    recused: frozenset[str] = frozenset()
    max_minutes_per_day: int | None = None
    balance: bool = True


@dataclass(frozen=True, slots=True)
class Nominee:
    """Who is met. ``duration`` None: the category's; ``windows`` empty: at any time; ``persons``: who must come."""

    id: str
    category: str
    region: str = ""
    mode: str = ONSITE
    duration: int | None = None
    windows: tuple[Span, ...] = ()
    avoid: tuple[Span, ...] = ()
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Limits:
    """What one member can bear; None: no limit."""

    max_continuous_min: int | None = None
    min_break_min: int = 0
    max_minutes_per_day: int | None = None


@dataclass(frozen=True, slots=True)
class Pin:
    """What of a nominee's interview stays as given; None: free."""

    nominee: str
    day: str | None = None
    start: int | None = None
    room: str | None = None
    members: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """When and where."""

    day: str
    start: int
    room: str


@dataclass(frozen=True, slots=True)
class Placement:
    """One interview: whom, when, where, before whom. ``members`` is as it was given: a rule looks for doubles."""

    nominee: str
    day: str
    start: int
    room: str
    members: tuple[str, ...] = ()

    @property
    def slot(self) -> Slot:
        """When and where."""
        return Slot(self.day, self.start, self.room)


@dataclass(frozen=True)
class Problem:
    """Everything a schedule rests on. Ids are unique per list, and whatever is named is there (``document`` refuses).

    Only ``baseline`` may name what is gone: a repair starts because something is. ``levels`` overrides what a broken
    rule means here, by the code of the rule; ``weights`` are those of the wishes, absent is 0.
    """

    days: tuple[Day, ...]
    categories: tuple[Category, ...]
    rooms: tuple[Room, ...]
    members: tuple[Member, ...]
    nominees: tuple[Nominee, ...]
    grid_min: int = 1
    role_groups: tuple[RoleGroup, ...] = ()
    limits: Limits = field(default_factory=Limits)
    pins: tuple[Pin, ...] = ()
    baseline: tuple[Placement, ...] = ()
    weights: Mapping[str, int] = field(default_factory=dict)
    levels: Mapping[str, Severity] = field(default_factory=dict)
    name: str = ""

    def duration(self, nominee: str) -> int:
        """Minutes of the interview of ``nominee``, without the buffer."""
        own = self.nominee[nominee].duration
        return self.category_of(nominee).duration if own is None else own

    def category_of(self, nominee: str) -> Category:
        """The category of ``nominee``."""
        return self.category[self.nominee[nominee].category]

    def end(self, placement: Placement) -> int:
        """When the interview ends."""
        return placement.start + self.duration(placement.nominee)

    def occupied_until(self, placement: Placement) -> int:
        """When room and members are free again: after the buffer, or when the session ends, if that is sooner.

        Outside every session the buffer counts in full.
        """
        end = self.end(placement)
        session = self.day[placement.day].session_of(placement.start, end)
        until = end + self.category_of(placement.nominee).buffer
        return until if session is None else min(until, session.end)

    def day_limit(self, member: str) -> int | None:
        """Occupied minutes that ``member`` bears on a day: the smaller of the own and the common limit."""
        limits = (self.member[member].max_minutes_per_day, self.limits.max_minutes_per_day)
        return min((limit for limit in limits if limit is not None), default=None)

    @cached_property
    def day(self) -> Mapping[str, Day]:
        """By id."""
        return {one.id: one for one in self.days}

    @cached_property
    def category(self) -> Mapping[str, Category]:
        """By id."""
        return {one.id: one for one in self.categories}

    @cached_property
    def role_group(self) -> Mapping[str, RoleGroup]:
        """By id."""
        return {one.id: one for one in self.role_groups}

    @cached_property
    def room(self) -> Mapping[str, Room]:
        """By id."""
        return {one.id: one for one in self.rooms}

    @cached_property
    def member(self) -> Mapping[str, Member]:
        """By id."""
        return {one.id: one for one in self.members}

    @cached_property
    def nominee(self) -> Mapping[str, Nominee]:
        """By id."""
        return {one.id: one for one in self.nominees}

    @cached_property
    def pin(self) -> Mapping[str, Pin]:
        """By nominee."""
        return {one.nominee: one for one in self.pins}

    @cached_property
    def former(self) -> Mapping[str, Placement]:
        """The baseline by nominee."""
        return {one.nominee: one for one in self.baseline}
