"""The rules of an interview schedule: one list for the page, the checker, the hand that drags and every solver.

Each rule is a function from a board to what breaks it, asked about one interview or about all. Times that merely touch
do not clash. *Occupied* is the interview with its buffer, which the end of the session cuts; availability, windows and
persons are about the interview alone. The words of a code for people stand in ``judging/messages/schedule.py``.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from .board import Board, Booked, Key, Violation
from .problem import Category, Severity

Finder = Callable[[Board, Booked | None], Iterator[Violation]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule by its code; ``severity`` holds where a problem says nothing else."""

    code: str
    find: Finder
    severity: Severity = Severity.FORBIDDEN

    @property
    def meaning(self) -> str:
        """One plain English sentence."""
        return (self.find.__doc__ or "").partition("\n")[0].strip()


def unplaced(board: Board, look: Booked | None) -> Iterator[Violation]:
    """Every nominee has an interview."""
    if look is None:
        placed = {one.nominee for one in board.booked}
        for nominee in board.problem.nominees:
            if nominee.id not in placed:
                yield Violation("unplaced", nominees=(nominee.id,))


def nominee_once(board: Board, look: Booked | None) -> Iterator[Violation]:
    """A nominee is met once."""
    times = Counter(one.nominee for one in board.booked if one is not look)
    seen: set[str] = set()
    for one in board.looked(look):
        if one.nominee in seen or (look is not None and times[one.nominee]):
            yield one.violation("nominee_twice")
        seen.add(one.nominee)


def on_the_grid(board: Board, look: Booked | None) -> Iterator[Violation]:
    """An interview starts on a step of the grid."""
    for one in board.looked(look):
        if one.start % board.problem.grid_min:
            yield one.violation("off_grid", grid=board.problem.grid_min)


def within_interview_days(board: Board, look: Booked | None) -> Iterator[Violation]:
    """An interview lies on a day with sessions."""
    for one in board.looked(look):
        if not board.problem.day[one.day].sessions:
            yield one.violation("outside_interview_days")


def within_session(board: Board, look: Booked | None) -> Iterator[Violation]:
    """An interview lies inside one session of its day."""
    for one in board.looked(look):
        day = board.problem.day[one.day]
        if day.sessions and day.session_of(one.start, one.end) is None:
            yield one.violation("outside_session")


def within_window(board: Board, look: Booked | None) -> Iterator[Violation]:
    """An interview lies inside one of the nominee's windows, if there are any."""
    for one in board.looked(look):
        windows = board.problem.nominee[one.nominee].windows
        if windows and not any(window.holds(one.day, one.start, one.end) for window in windows):
            yield one.violation("outside_window")


def room_fits(board: Board, look: Booked | None) -> Iterator[Violation]:
    """The room can be used for an interview of this mode."""
    for one in board.looked(look):
        mode = board.problem.nominee[one.nominee].mode
        if mode not in board.problem.room[one.placement.room].modes:
            yield one.violation("room_mode", mode=mode)


def room_open(board: Board, look: Booked | None) -> Iterator[Violation]:
    """The room is available during the interview."""
    for one in board.looked(look):
        closed = board.problem.room[one.placement.room].unavailable
        if any(span.touches(one.day, one.start, one.end) for span in closed):
            yield one.violation("room_unavailable")


def room_free(board: Board, look: Booked | None) -> Iterator[Violation]:
    """A room is occupied by one interview at a time."""
    keys = () if look is None else board.of_room(look)
    for _key, row in board.around(board.rooms, keys, look):
        for one, other in _overlapping(row, look):
            yield one.violation("room_taken", other)


def seat_in_one_place(board: Board, look: Booked | None) -> Iterator[Violation]:
    """A member is occupied by one interview at a time."""
    for (member, _day), row in _member_days(board, look):
        for one, other in _overlapping(row, look):
            yield one.violation("seat_elsewhere", other, member=member)


def person_in_one_place(board: Board, look: Booked | None) -> Iterator[Violation]:
    """A person who comes for several nominees is in one interview at a time."""
    keys = () if look is None else board.of_persons(look)
    for (person, _day), row in board.around(board.persons, keys, look):
        for one, other in _overlapping(row, look, buffered=False):
            yield one.violation("person_elsewhere", other, person=person)


def member_available(board: Board, look: Booked | None) -> Iterator[Violation]:
    """A member is available during the interview."""
    for one, member in _sitting(board, look):
        spans = board.problem.member[member].unavailable
        if any(span.touches(one.day, one.start, one.end) for span in spans):
            yield one.violation("member_unavailable", member=member)


def nobody_recused(board: Board, look: Booked | None) -> Iterator[Violation]:
    """A member never meets a nominee whom the member may not judge."""
    for one, member in _sitting(board, look):
        if one.nominee in board.problem.member[member].recused:
            yield one.violation("recused_seat_placed", member=member)


def member_once(board: Board, look: Booked | None) -> Iterator[Violation]:
    """Nobody is listed twice at one interview."""
    for one in board.looked(look):
        for member, times in Counter(one.placement.members).items():
            if times > 1:
                yield one.violation("member_twice", member=member)


def quorum_reached(board: Board, look: Booked | None) -> Iterator[Violation]:
    """Enough members sit there."""
    for one, seats, category in _panels(board, look):
        if seats < category.quorum:
            yield one.violation("below_quorum", seats=seats, quorum=category.quorum)


def panel_not_too_large(board: Board, look: Booked | None) -> Iterator[Violation]:
    """No more members sit there than the category allows."""
    for one, seats, category in _panels(board, look):
        if category.panel_max is not None and seats > category.panel_max:
            yield one.violation("above_panel_max", seats=seats, panel_max=category.panel_max)


def roles_present(board: Board, look: Booked | None) -> Iterator[Violation]:
    """Enough of those sitting have one of the roles that the category asks for."""
    for one, _seats, category in _panels(board, look):
        for name in category.role_groups:
            group = board.problem.role_group[name]
            sitting = {m for m in one.placement.members if board.problem.member[m].roles & group.any_of}
            if len(sitting) < group.min:
                yield one.violation("role_missing", group=name, seats=len(sitting), min=group.min)


def day_not_overfull(board: Board, look: Booked | None) -> Iterator[Violation]:
    """A member is not occupied for longer on a day than the limits allow."""
    for (member, _day), row in _member_days(board, look):
        limit = board.problem.day_limit(member)
        minutes = sum(one.until - one.start for one in row)
        if limit is not None and minutes > limit:
            yield row[0].violation("day_load", *row[1:], member=member, minutes=minutes, limit=limit)


def rest_in_time(board: Board, look: Booked | None) -> Iterator[Violation]:
    """A member has a break before a stretch of interviews gets too long."""
    limits = board.problem.limits
    if limits.max_continuous_min is None:
        return
    for (member, _day), row in _member_days(board, look):
        for stretch in _stretches(row, limits.min_break_min):
            minutes = max(one.until for one in stretch) - stretch[0].start
            if minutes > limits.max_continuous_min and (look is None or look in stretch):
                facts = {"minutes": minutes, "limit": limits.max_continuous_min}
                yield stretch[0].violation("no_break", *stretch[1:], member=member, **facts)


def pins_kept(board: Board, look: Booked | None) -> Iterator[Violation]:
    """What is pinned stays as given."""
    for one in board.looked(look):
        pin = board.problem.pin.get(one.nominee)
        if pin is not None:
            placed = one.placement
            asked = ((pin.day, placed.day), (pin.start, placed.start), (pin.room, placed.room))
            moved = any(wanted is not None and wanted != found for wanted, found in asked)
            if moved or (pin.members is not None and pin.members != set(placed.members)):
                yield one.violation("pin_broken")


RULES: Final[tuple[Rule, ...]] = (
    Rule("unplaced", unplaced),
    Rule("nominee_twice", nominee_once),
    Rule("off_grid", on_the_grid),
    Rule("outside_interview_days", within_interview_days),
    Rule("outside_session", within_session),
    Rule("outside_window", within_window),
    Rule("room_mode", room_fits),
    Rule("room_unavailable", room_open),
    Rule("room_taken", room_free),
    Rule("seat_elsewhere", seat_in_one_place),
    Rule("person_elsewhere", person_in_one_place),
    Rule("member_unavailable", member_available),
    Rule("recused_seat_placed", nobody_recused),
    Rule("member_twice", member_once),
    Rule("below_quorum", quorum_reached),
    Rule("above_panel_max", panel_not_too_large),
    Rule("role_missing", roles_present),
    Rule("day_load", day_not_overfull),
    Rule("no_break", rest_in_time),
    Rule("pin_broken", pins_kept),
)
CODES: Final = frozenset(rule.code for rule in RULES)
#: What can keep one member from one interview, whoever else sits there.
MEMBER_CODES: Final = frozenset({"seat_elsewhere", "member_unavailable", "recused_seat_placed", "day_load", "no_break"})


def _sitting(board: Board, look: Booked | None) -> Iterator[tuple[Booked, str]]:
    """Interviews with each of their members, once."""
    for one in board.looked(look):
        for member in dict.fromkeys(one.placement.members):
            yield one, member


def _panels(board: Board, look: Booked | None) -> Iterator[tuple[Booked, int, Category]]:
    """Interviews with how many different members sit there, and the category that asks for them."""
    for one in board.looked(look):
        yield one, len(set(one.placement.members)), board.problem.category_of(one.nominee)


def _member_days(board: Board, look: Booked | None) -> Iterator[tuple[Key, list[Booked]]]:
    """The interviews of each member on each day, by start."""
    keys = () if look is None else board.of_members(look)
    return board.around(board.members, keys, look)


def _overlapping(row: list[Booked], look: Booked | None, *, buffered: bool = True) -> Iterator[tuple[Booked, Booked]]:
    """Pairs of ``row`` (which is by start) that share a moment; with ``look``, only its own."""

    def end(one: Booked) -> int:
        return one.until if buffered else one.end

    if look is not None:
        pairs = combinations(row, 2)
        yield from (pair for pair in pairs if look in pair and pair[1].start < end(pair[0]))
        return
    going: list[Booked] = []
    for one in row:
        going = [other for other in going if end(other) > one.start]
        yield from ((other, one) for other in going)
        going.append(one)


def _stretches(row: list[Booked], pause: int) -> Iterator[list[Booked]]:
    """``row`` (by start) cut wherever nothing is occupied for at least ``pause`` minutes, and some."""
    stretch: list[Booked] = []
    until = 0
    for one in row:
        if stretch and one.start - until >= max(pause, 1):
            yield stretch
            stretch = []
        until = max(until, one.until) if stretch else one.until
        stretch.append(one)
    if stretch:
        yield stretch
