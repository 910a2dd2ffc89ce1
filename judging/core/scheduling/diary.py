"""Who and what is taken when, for a schedule that grows: sets of minutes as whole numbers, so that a look is cheap."""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from .problem import Category, Member, Nominee, Placement, Problem, Session

Key = tuple[str, str]  # id and day


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One interview in a room, with what its neighbours want to know of it."""

    start: int
    until: int
    session: str
    category: str
    members: frozenset[str]


def minutes(start: int, end: int) -> int:
    """The minutes from ``start`` to before ``end``, as bits."""
    return (1 << end) - (1 << start)


class Diary:
    """What is taken; ``place`` adds an interview, nothing is ever taken out."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rows: dict[Key, list[Entry]] = defaultdict(list)
        self.total: dict[str, int] = defaultdict(int)
        self._rooms: dict[Key, int] = defaultdict(int)
        self._persons: dict[Key, int] = defaultdict(int)
        self._members: dict[Key, int] = defaultdict(int)
        self._away: dict[Key, int] = defaultdict(int)
        self._closed: dict[Key, int] = defaultdict(int)
        self._load: dict[Key, int] = defaultdict(int)
        self._spans: dict[Key, list[tuple[int, int]]] = defaultdict(list)
        for taken, things in ((self._away, problem.members), (self._closed, problem.rooms)):
            for thing in things:
                for span in thing.unavailable:
                    taken[thing.id, span.day] |= minutes(span.start, span.end)

    def place(self, one: Placement, session: Session) -> None:
        """Write ``one`` down."""
        until, end = self.problem.occupied_until(one), self.problem.end(one)
        nominee = self.problem.nominee[one.nominee]
        members = frozenset(one.members)
        insort(self.rows[one.room, one.day], Entry(one.start, until, session.id, nominee.category, members))
        occupied = minutes(one.start, until)
        self._rooms[one.room, one.day] |= occupied
        for person in nominee.persons:
            self._persons[person, one.day] |= minutes(one.start, end)
        for member in members:
            self._members[member, one.day] |= occupied
            self._load[member, one.day] += until - one.start
            self.total[member] += until - one.start
            insort(self._spans[member, one.day], (one.start, until))

    def free_starts(
        self, room: str, day: str, starts: Iterable[tuple[Session, int]], duration: int, buffer: int
    ) -> Iterator[tuple[Session, int]]:
        """Those of ``starts`` at which the room is open and nothing is in it."""
        taken, closed = self._rooms[room, day], self._closed[room, day]
        interview = minutes(0, duration)
        for session, start in starts:
            occupied = minutes(start, min(start + duration + buffer, session.end))
            if not taken & occupied and not closed >> start & interview:
                yield session, start

    def room_opens(self, room: str, day: str) -> Iterable[int]:
        """When the room becomes available again after it was not."""
        return (span.end for span in self.problem.room[room].unavailable if span.day == day)

    def persons_are_free(self, nominee: Nominee, day: str, start: int, end: int) -> bool:
        """Whether nobody of ``nominee`` is in another interview."""
        return not any(self._persons[person, day] & minutes(start, end) for person in nominee.persons)

    def free_members(self, nominee: Nominee, day: str, start: int, end: int, until: int) -> list[Member]:
        """Who is there and in no other interview; neither load nor rest is looked at."""
        occupied, interview = minutes(start, until), minutes(start, end)
        return [
            member
            for member in self.problem.members
            if not self._members[member.id, day] & occupied
            and not self._away[member.id, day] & interview
            and nominee.id not in member.recused
        ]

    def bears(self, member: str, day: str, start: int, until: int) -> bool:
        """Whether one more interview leaves ``member`` within the load of a day and with breaks in time."""
        limit = self.problem.day_limit(member)
        if limit is not None and self._load[member, day] + until - start > limit:
            return False
        longest = self.problem.limits.max_continuous_min
        return longest is None or self._stretch(self._spans[member, day], start, until) <= longest

    def _stretch(self, spans: list[tuple[int, int]], start: int, until: int) -> int:
        """How long the stretch without a break would be that ``start`` to ``until`` is part of."""
        pause = max(self.problem.limits.min_break_min, 1)
        at = bisect_left(spans, (start, until))
        first, last = start, until
        for one in reversed(spans[:at]):
            if first - one[1] >= pause:
                break
            first = one[0]
        for one in spans[at:]:
            if one[0] - last >= pause:
                break
            last = one[1]
        return last - first


class Crew:
    """Chooses who sits: those of the interview before, then new ``unsur``, then whoever has sat least."""

    def __init__(self, diary: Diary, size: int, *, spare: bool) -> None:
        """``size`` is what a panel has by rights; ``spare``: do not use up those with a role."""
        self.diary = diary
        self.size = size
        self.spare = spare

    def choose(
        self,
        category: Category,
        free: Iterable[Member],
        wanted: Collection[str],
        day: str,
        start: int,
        until: int,
        size: int,
    ) -> frozenset[str] | None:
        """A panel out of ``free`` that keeps every rule, those in ``wanted`` preferred; None if there is none.

        No more than ``size``, unless the quorum asks for it.
        """
        problem = self.diary.problem
        pool = [one for one in free if self.diary.bears(one.id, day, start, until)]
        if len(pool) < category.quorum:
            return None
        chosen: list[Member] = []
        for name in category.role_groups:
            group = problem.role_group[name]
            short = group.min - sum(bool(one.roles & group.any_of) for one in chosen)
            fitting = [one for one in pool if one.roles & group.any_of and one not in chosen]
            if len(fitting) < short:
                return None
            chosen += sorted(fitting, key=lambda one: self._rank(one, wanted))[: max(short, 0)]
        self._fill(category, chosen, pool, wanted, max(category.quorum, size))
        most = len(pool) if category.panel_max is None else category.panel_max
        return frozenset(one.id for one in chosen) if category.quorum <= len(chosen) <= most else None

    def _fill(
        self, category: Category, chosen: list[Member], pool: list[Member], wanted: Collection[str], size: int
    ) -> None:
        """Add whom the quorum needs, then whom the wishes want, up to ``size``."""
        most = size if category.panel_max is None else min(size, category.panel_max)
        groups = [self.diary.problem.role_group[name].any_of for name in category.role_groups]
        unsur = {one.unsur for one in chosen}
        rest = [one for one in pool if one not in chosen]
        while rest and len(chosen) < most:
            enough = len(unsur) >= category.unsur_target
            best = min(
                rest,
                key=lambda one: (
                    not enough and one.unsur in unsur,
                    self.spare and any(one.roles & group for group in groups) and one.id not in wanted,
                    self._rank(one, wanted),
                ),
            )
            useful = best.id in wanted or (not enough and best.unsur not in unsur)
            if len(chosen) >= category.quorum and not useful:
                return
            chosen.append(best)
            rest.remove(best)
            unsur.add(best.unsur)

    def _rank(self, member: Member, wanted: Collection[str]) -> tuple[bool, int, str]:
        return (member.id not in wanted, self.diary.total[member.id], member.id)
