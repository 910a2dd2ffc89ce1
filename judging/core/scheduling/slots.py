"""Where an interview could be if there were no other: what every solver starts from.

The same law as the rules about a single interview (``off_grid`` to ``room_unavailable``, and pins), turned round: not
whether a slot holds, but which do.
"""

from collections.abc import Iterator

from .problem import Nominee, Problem, Session, Slot


def open_starts(problem: Problem, nominee: Nominee) -> Iterator[tuple[str, Session, int]]:
    """Day, session and start of everything that is open to ``nominee``, in order of days and time."""
    duration = problem.duration(nominee.id)
    pin = problem.pin.get(nominee.id)
    for day in problem.days:
        if pin is not None and pin.day not in (None, day.id):
            continue
        for session in day.sessions:
            first = -(-session.start // problem.grid_min) * problem.grid_min
            for start in range(first, session.end - duration + 1, problem.grid_min):
                pinned_away = pin is not None and pin.start not in (None, start)
                if not pinned_away and _in_window(nominee, day.id, start, start + duration):
                    yield day.id, session, start


def open_rooms(problem: Problem, nominee: Nominee) -> tuple[str, ...]:
    """Rooms that can hold an interview with ``nominee`` at some time."""
    pin = problem.pin.get(nominee.id)
    return tuple(
        room.id for room in problem.rooms if nominee.mode in room.modes and (pin is None or pin.room in (None, room.id))
    )


def open_slots(problem: Problem, nominee: Nominee) -> Iterator[Slot]:
    """Every slot at which ``nominee`` alone breaks no rule."""
    duration = problem.duration(nominee.id)
    rooms = [problem.room[room] for room in open_rooms(problem, nominee)]
    for day, _session, start in open_starts(problem, nominee):
        for room in rooms:
            if not any(span.touches(day, start, start + duration) for span in room.unavailable):
                yield Slot(day, start, room.id)


def _in_window(nominee: Nominee, day: str, start: int, end: int) -> bool:
    return not nominee.windows or any(window.holds(day, start, end) for window in nominee.windows)
