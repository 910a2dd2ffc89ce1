"""One pass of the quick way: interview after interview, nothing taken back.

First whatever of a baseline can stay, then who could not be placed in an earlier pass, then always the nominee who
would lose most by waiting: whose second best day costs most beside the best (*regret*).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import islice
from operator import itemgetter
from random import Random
from typing import Final, NamedTuple

from .diary import Crew, Diary, Entry
from .problem import ONSITE, Nominee, Placement, Problem, Session, Slot
from .slots import open_rooms, open_starts

NEVER: Final = 1 << 40  # dearer than any wish
WINDOW: Final = 40  # kinds of nominees that are compared at a time,
COMPARED: Final = 24_000  # and fewer where there are more nominees: about so many comparisons in all
LOOKS: Final = 6  # places of a day whose panels are tried, the cheapest first
Group = tuple[object, str]  # what nominees have in common, and their region


class Option(NamedTuple):
    """The best that a day offers."""

    cost: int
    placement: Placement
    session: Session


@dataclass(frozen=True, slots=True)
class _Place:
    """Room and start with what they cost without the panel."""

    cost: int
    room: str
    session: Session
    start: int
    before: Entry | None
    after: Entry | None


class Construction:
    """One pass over all nominees."""

    def __init__(self, problem: Problem, size: int, chance: Random, first: Sequence[str] = ()) -> None:
        """``size``: of panels, where the quorum asks for no more; ``first``: nominees who are not kept waiting."""
        self.problem = problem
        self.diary = Diary(problem)
        self.crew = Crew(self.diary, size, spare=side_by_side(problem) > 1)
        self.first = first
        self.weights = {name: problem.weights.get(name, 0) for name in ("category_day", "region_day")}
        self.window = max(1, min(WINDOW, COMPARED // max(len(problem.nominees), 1)))
        self.used: set[tuple[str, str, str]] = set()
        self.known: dict[str, dict[object, Option | None]] = {day.id: {} for day in problem.days}
        # Nominees that ask for the same share one look at a day: most have neither window nor wish.
        self.kinds = {one.id: _kind(problem, one) for one in problem.nominees}
        self.starts: dict[object, dict[str, list[tuple[Session, int]]]] = {}
        for one in problem.nominees:
            if self.kinds[one.id] not in self.starts:
                self.starts[self.kinds[one.id]] = _by_day(open_starts(problem, one))
        order = list(problem.nominees)
        chance.shuffle(order)
        self.waiting: dict[Group, list[Nominee]] = {}
        for one in sorted(order, key=self._constrained):
            self.waiting.setdefault(self._group(one), []).append(one)

    def placements(self) -> list[Placement]:
        """Place whoever can be placed."""
        done = [*self._kept(whole=True), *self._kept(whole=False)]
        for name in self.first:
            nominee = self.problem.nominee[name]
            best = min(self.options(nominee), key=itemgetter(0), default=None)
            if nominee in self.waiting.get(self._group(nominee), ()) and best is not None:
                done.append(self._take(nominee, best[1]))
        while self.waiting:
            chosen = self._most_urgent()
            if chosen is not None:
                done.append(self._take(*chosen))
        return done

    def _most_urgent(self) -> tuple[Nominee, Option] | None:
        """Of the most constrained, who loses most by waiting; those whom nothing is open to wait no longer."""
        best: tuple[tuple[int, int], Nominee, Option] | None = None
        for group in list(islice(self.waiting, self.window)):
            nominee = self.waiting[group][-1]
            options = nsmallest(2, self.options(nominee), key=itemgetter(0))
            if not options:
                del self.waiting[group]
                continue
            second = options[1][0] if len(options) > 1 else NEVER
            rank = (options[0][0] - second, options[0][0])
            if best is None or rank < best[0]:
                best = (rank, nominee, options[0][1])
        return None if best is None else best[1:]

    def _kept(self, *, whole: bool) -> Iterator[Placement]:
        """Interviews of the baseline at their time and place: ``whole`` with all their members, or with a new panel."""
        if not self.problem.weights.get("move"):
            return
        for former in sorted(self.problem.baseline, key=lambda one: (one.day, one.start, one.nominee)):
            nominee = self.problem.nominee.get(former.nominee)
            if nominee is None or nominee not in self.waiting.get(self._group(nominee), ()):
                continue
            option = self._as_before(nominee, former)
            if option is not None and (not whole or set(option.placement.members) == set(former.members)):
                yield self._take(nominee, option)

    def _as_before(self, nominee: Nominee, former: Placement) -> Option | None:
        starts = self.starts[self.kinds[nominee.id]].get(former.day, ())
        open_then = [one for one in starts if one[1] == former.start]
        if not open_then or former.room not in open_rooms(self.problem, nominee):
            return None
        length = self.problem.duration(nominee.id), self.problem.category_of(nominee.id).buffer
        free = list(self.diary.free_starts(former.room, former.day, open_then, *length))
        place = self._place(nominee, former.room, former.day, *free[0]) if free else None
        return None if place is None else self._manned(nominee, former.day, place)

    def options(self, nominee: Nominee) -> Iterator[tuple[int, Option]]:
        """What each day offers ``nominee``, with what that costs together with using the day at all."""
        kind = self.kinds[nominee.id]
        for day in self.starts[kind]:
            known = self.known[day]
            if kind not in known:
                known[kind] = self._best_of(nominee, day)
            option = known[kind]
            if option is not None:
                yield option.cost + self._day_cost(nominee, day), option

    def _constrained(self, nominee: Nominee) -> tuple[int, str]:
        return len(self.starts[self.kinds[nominee.id]]), nominee.category

    def _take(self, nominee: Nominee, option: Option) -> Placement:
        """Write the option down for ``nominee``; what was known of its day is known no more."""
        group = self._group(nominee)
        self.waiting[group].remove(nominee)
        if not self.waiting[group]:
            del self.waiting[group]
        slot = option.placement.slot
        placed = Placement(nominee.id, slot.day, slot.start, slot.room, option.placement.members)
        self.diary.place(placed, option.session)
        self.used |= set(self._day_keys(nominee, slot.day))
        self.known[slot.day].clear()
        return placed

    def _group(self, nominee: Nominee) -> Group:
        return self.kinds[nominee.id], nominee.region

    def _day_keys(self, nominee: Nominee, day: str) -> Iterator[tuple[str, str, str]]:
        yield "category_day", nominee.category, day
        if nominee.region and nominee.mode == ONSITE:
            yield "region_day", nominee.region, day

    def _day_cost(self, nominee: Nominee, day: str) -> int:
        return sum(self.weights[key[0]] for key in self._day_keys(nominee, day) if key not in self.used)

    def _best_of(self, nominee: Nominee, day: str) -> Option | None:
        """The cheapest of a day; the panels of the ``LOOKS`` cheapest places that have one are compared."""
        best: Option | None = None
        tried = 0
        places = sorted(self._places(nominee, day), key=lambda one: (one.cost, one.room, one.start))
        for place in places:
            if tried >= LOOKS or (best is not None and place.cost >= best.cost):
                break
            option = self._manned(nominee, day, place)
            if option is not None:
                tried += 1
                best = option if best is None or option.cost < best.cost else best
        return best

    def _places(self, nominee: Nominee, day: str) -> Iterator[_Place]:
        """Where the room and the persons are free: beside what is there, or, if nothing is, anywhere."""
        starts = self.starts[self.kinds[nominee.id]][day]
        duration, buffer = self.problem.duration(nominee.id), self.problem.category_of(nominee.id).buffer
        for room in open_rooms(self.problem, nominee):
            near = self._near(nominee, room, day)
            free = list(self.diary.free_starts(room, day, starts, duration, buffer))
            beside = [one for one in free if one[1] in near]
            found = [place for one in beside if (place := self._place(nominee, room, day, *one))]
            if not found:
                found = [place for one in free if (place := self._place(nominee, room, day, *one))]
            yield from found

    def _near(self, nominee: Nominee, room: str, day: str) -> set[int]:
        """Starts worth a look: beside other interviews, after a break, at the beginning of sessions and windows."""
        grid, category = self.problem.grid_min, self.problem.category_of(nominee.id)
        length = self.problem.duration(nominee.id) + category.buffer
        pause = self.problem.limits.min_break_min
        edges = [session.start for session in self.problem.day[day].sessions]
        edges += [window.start for window in nominee.windows if window.day == day]
        edges += self.diary.room_opens(room, day)
        row = self.diary.rows[room, day]
        edges += [time for entry in row for time in (entry.until, entry.until + pause)]
        former = self.problem.former.get(nominee.id)
        pin = self.problem.pin.get(nominee.id)
        exact = [one.start for one in (former, pin) if one is not None and one.start is not None]
        back = [(entry.start - length) // grid * grid for entry in row]
        return {-(-edge // grid) * grid for edge in edges} | set(back) | set(exact)

    def _place(self, nominee: Nominee, room: str, day: str, session: Session, start: int) -> _Place | None:
        problem = self.problem
        end = start + problem.duration(nominee.id)
        until = min(end + problem.category_of(nominee.id).buffer, session.end)
        if not self.diary.persons_are_free(nominee, day, start, end):
            return None
        row = self.diary.rows[room, day]
        before = next((one for one in reversed(row) if one.start < start), None)
        after = next((one for one in row if one.start > start), None)
        weigh = problem.weights.get
        price = sum(span.cost for span in nominee.avoid if span.touches(day, start, end)) * weigh("preference", 0)
        price += _switches(nominee.category, before, after) * weigh("category_switch", 0)
        price += _moved(problem, nominee, Slot(day, start, room))
        before = before if before is not None and before.session == session.id else None
        after = after if after is not None and after.session == session.id else None
        price += self._idle(before, after, start, until) * weigh("idle", 0)
        return _Place(price, room, session, start, before, after)

    def _idle(self, before: Entry | None, after: Entry | None, start: int, until: int) -> int:
        grid = self.problem.grid_min
        added = 0 if before is None else (start - before.until) // grid
        added += 0 if after is None else (after.start - until) // grid
        return added - (0 if before is None or after is None else (after.start - before.until) // grid)

    def _manned(self, nominee: Nominee, day: str, place: _Place) -> Option | None:
        """The place with a panel, if there is one for it."""
        problem, start = self.problem, place.start
        category = problem.category_of(nominee.id)
        end = start + problem.duration(nominee.id)
        until = min(end + category.buffer, place.session.end)
        former = problem.former.get(nominee.id)
        size = self.crew.size
        wanted = place.before.members if place.before else place.after.members if place.after else frozenset()
        if former is not None and former.slot == Slot(day, start, place.room):
            wanted, size = frozenset(former.members), len(former.members)
        free = self.diary.free_members(nominee, day, start, end, until)
        pin = problem.pin.get(nominee.id)
        if pin is not None and pin.members is not None:
            able = {one.id for one in free if self.diary.bears(one.id, day, start, until)}
            panel = pin.members if pin.members <= able else None
        else:
            panel = self.crew.choose(category, free, wanted, day, start, until, size)
        if panel is None:
            return None
        weigh = problem.weights.get
        short = category.unsur_target - len({problem.member[one].unsur for one in panel})
        price = place.cost + max(0, short) * weigh("unsur_missing", 0)
        price += _joins(panel, place.before, place.after) * weigh("panel_join", 0)
        placed = Placement(nominee.id, day, start, place.room, tuple(sorted(panel)))
        return Option(price, placed, place.session)


def side_by_side(problem: Problem) -> int:
    """How many rooms have to work at the same time, if all do for all of the time."""
    wanted = sum(problem.duration(one.id) + problem.category_of(one.id).buffer for one in problem.nominees)
    there = sum(session.end - session.start for day in problem.days for session in day.sessions)
    return max(1, -(-wanted // max(there, 1)))


def _by_day(starts: Iterator[tuple[str, Session, int]]) -> dict[str, list[tuple[Session, int]]]:
    found: dict[str, list[tuple[Session, int]]] = {}
    for day, session, start in starts:
        found.setdefault(day, []).append((session, start))
    return found


def _kind(problem: Problem, nominee: Nominee) -> tuple[object, ...]:
    """What two nominees have in common that fit equally well everywhere; regions are reckoned apart."""
    recused = tuple(member.id for member in problem.members if nominee.id in member.recused)
    pin = problem.pin.get(nominee.id)
    former = problem.former.get(nominee.id)
    own = None if pin is None and former is None else nominee.id
    key = (nominee.category, nominee.duration, nominee.mode, nominee.windows, nominee.avoid, nominee.persons)
    return (*key, recused, own)


def _switches(category: str, before: Entry | None, after: Entry | None) -> int:
    added = sum(one is not None and one.category != category for one in (before, after))
    return added - (before is not None and after is not None and before.category != after.category)


def _joins(panel: frozenset[str], before: Entry | None, after: Entry | None) -> int:
    added = 0 if before is None else len(panel - before.members)
    added += 0 if after is None else len(after.members - panel)
    return added - (0 if before is None or after is None else len(after.members - before.members))


def _moved(problem: Problem, nominee: Nominee, slot: Slot) -> int:
    """What leaving the place of the baseline costs; a change of the panel is left to the choice of the panel."""
    former = problem.former.get(nominee.id)
    if former is None or former.slot == slot:
        return 0
    stays = (former.day, former.start) == (slot.day, slot.start)
    return problem.weights.get("room_change" if stays else "move", 0)
