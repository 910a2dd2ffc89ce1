"""Reads of the schedule: the interviews of a round, the rules asked about them, and the board that shows both."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from django.db.models import QuerySet

from judging.core.scheduling.hand import Clash, Schedule, violations
from judging.core.scheduling.problem import Severity
from judging.models import Attendance, Interview, Presence, Room, Seat
from nominees.models import SCORED, Nomination, Round
from paritrana.kernel import wording

from .interviews import Placing, interviews_of, placings_of
from .panels import blocking_recusals
from .schedule_hand import sitting_of, violations_by_hand
from .schedule_material import quorum_of, settings_of

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class NamedViolation:
    """A violation in words' reach: ``facts`` holds names and times for the sentence of ``code``."""

    code: str
    severity: Severity
    nominations: tuple[int, ...]
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One interview on the board; ``attending`` leaves out absent seats, ``recused`` names seats."""

    interview: Interview
    time: str
    attending: int
    absent: tuple[str, ...]
    recused: tuple[str, ...]
    problems: tuple[NamedViolation, ...]


@dataclass(frozen=True, slots=True)
class BoardTable:
    """The interviews of one day in one room, in order of time."""

    day: date
    room: Room
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The whole schedule of a round; ``seats`` is how many the panel has."""

    tables: tuple[BoardTable, ...]
    unplaced: tuple[Nomination, ...]
    seats: int
    problems: tuple[NamedViolation, ...]


def seat_names(round: Round) -> dict[int, str]:
    """Return the names of the seats by id. One query."""
    return dict(Seat.objects.filter(round=round).values_list("pk", "name"))


def named_violations(
    round: Round,
    placings: Sequence[Placing],
    *,
    recused: frozenset[Pair] | None = None,
    seats: Mapping[int, str] | None = None,
) -> tuple[NamedViolation, ...]:
    """Ask the rules about ``placings`` and name what they answer: with the material of the schedule where it is begun.

    Two queries and two more for what is not given; where it is begun, a fixed number more.
    """
    settings = settings_of(round)
    found = violations_by_hand(round, settings, placings) if settings else _plain(round, placings, recused)
    names = seat_names(round) if seats is None else seats
    by_nomination = {placing.nomination.pk: placing for placing in placings}
    return together(named(violation, by_nomination, names, round) for violation in found)


def together(found: Iterable[NamedViolation]) -> tuple[NamedViolation, ...]:
    """Return ``found`` in order, what is the same of several seats told once, with the names of all of them."""
    groups: dict[tuple[object, ...], list[NamedViolation]] = {}
    for one in found:
        facts = tuple(sorted((key, str(fact)) for key, fact in one.facts.items() if key != "seat"))
        groups.setdefault((one.code, one.severity, one.nominations, facts), []).append(one)
    return tuple(_joined(group) for group in groups.values())


def _joined(group: Sequence[NamedViolation]) -> NamedViolation:
    seats = dict.fromkeys(str(one.facts["seat"]) for one in group if "seat" in one.facts)
    return replace(group[0], facts={**group[0].facts, "seat": ", ".join(seats)}) if seats else group[0]


def _plain(round: Round, placings: Sequence[Placing], recused: frozenset[Pair] | None) -> tuple[Clash, ...]:
    """Ask the rules of a round whose schedule rests on its first and last day alone."""
    schedule = Schedule(
        sittings=tuple(sitting_of(placing, round.time_zone) for placing in placings),
        first_day=round.interviews_from,
        last_day=round.interviews_until,
        quorum=quorum_of(round),
        recused=blocking_recusals(round) if recused is None else recused,
    )
    return violations(schedule)


def schedule_board(round: Round) -> Board:
    """Return the board of ``round``. The same number of queries for any number of interviews."""
    interviews = list(interviews_of(round))
    recused = blocking_recusals(round)
    seats = seat_names(round)
    problems = named_violations(round, placings_of(interviews), recused=recused, seats=seats)
    recused_by = defaultdict(list)
    for seat, nomination in sorted(recused):
        recused_by[nomination].append(seats[seat])
    rows = [_row(interview, recused_by[interview.nomination_id], problems, round) for interview in interviews]
    return Board(_tables(rows, round), tuple(unplaced_nominations(round)), len(seats), problems)


def unplaced_nominations(round: Round) -> QuerySet[Nomination]:
    """Return the nominations that the panel will score and that have no interview yet, by category and number."""
    return (
        Nomination.objects.filter(round=round, status__in=SCORED, interview=None)
        .select_related("nominee", "category")
        .order_by("category__position", "category__code", "number")
    )


def interview_for(round: Round, number: int) -> Interview | None:
    """Return the interview of the nomination ``number`` in ``round``, or ``None``. Two queries."""
    return interviews_of(round).filter(nomination__number=number).first()


def named(violation: Clash, placings: Mapping[int, Placing], seats: Mapping[int, str], round: Round) -> NamedViolation:
    """Name what ``violation`` concerns: ``placings`` by nomination, ``seats`` by id. No query."""
    facts: dict[str, object] = {key: fact for key, fact in violation.facts.items() if key not in ("seat", "room")}
    concerned = [placings[nominee] for nominee in violation.nominees]
    for key, placing in zip(("nominee", "other"), concerned, strict=False):
        facts[key] = str(placing.nomination)
        facts[f"{key}_time"] = wording.date_time(placing.starts_at, round.time_zone)
    facts["room"] = str(concerned[0].room)
    if "seat" in violation.facts:
        facts["seat"] = seats[int(violation.facts["seat"])]
    return NamedViolation(violation.code, violation.severity, violation.nominees, facts)


def _row(interview: Interview, recused: Sequence[str], problems: Iterable[NamedViolation], round: Round) -> BoardRow:
    attendances: list[Attendance] = list(interview.attendances.all())
    absent = tuple(row.seat.name for row in attendances if row.presence == Presence.ABSENT)
    return BoardRow(
        interview=interview,
        time=wording.time_range(interview.starts_at, interview.ends_at, round.time_zone),
        attending=len(attendances) - len(absent),
        absent=absent,
        recused=tuple(recused),
        problems=tuple(problem for problem in problems if interview.nomination_id in problem.nominations),
    )


def _tables(rows: Sequence[BoardRow], round: Round) -> tuple[BoardTable, ...]:
    def place(row: BoardRow) -> tuple[date, str, int]:
        interview = row.interview
        return (
            wording.local_day(interview.starts_at, round.time_zone),
            interview.room.name,
            interview.room_id,
        )

    tables = []
    for (day, _name, _pk), group in groupby(sorted(rows, key=place), key=place):
        listed = tuple(group)
        tables.append(BoardTable(day, listed[0].interview.room, listed))
    return tuple(tables)
