"""What people place by hand, asked by the rules of the core with the material of the round's schedule.

What nobody set is as lenient as the bare schedule of a round (``core.scheduling.hand``): any time of a day of the
round, any room, and too small a panel is a warning.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from judging.core.scheduling import check
from judging.core.scheduling.board import Violation
from judging.core.scheduling.hand import LEVELS, Clash, Sitting
from judging.core.scheduling.problem import ONLINE, ONSITE, Day, Nominee, Placement, Problem, Session, Severity
from judging.models import ScheduleMaterial
from nominees.models import Nomination, Round
from paritrana.kernel import wording

from .interviews import Placing
from .schedule_material import Material, interview_dates, material_of
from .scheduling_problem import (
    MIDNIGHT,
    category_of,
    days_of,
    levels_of,
    limits_of,
    members_of,
    nominee_of,
    role_groups_of,
    room_of,
)


def sitting_of(placing: Placing, zone: str) -> Sitting:
    """Return ``placing`` as the bare schedule has it."""
    return Sitting(
        nominee=placing.nomination.pk,
        room=placing.room.pk,
        day=wording.local_day(placing.starts_at, zone),
        last_day=wording.local_day(placing.ends_at, zone),
        starts=placing.starts_at,
        ends=placing.ends_at,
        seats=placing.seats,
    )


def violations_by_hand(round: Round, settings: ScheduleMaterial, placings: Sequence[Placing]) -> tuple[Clash, ...]:
    """Return everything that ``placings`` break in ``round`` with its ``settings``, in the order of the rules.

    The same number of queries for any number of rows.
    """
    material = material_of(round, settings, also=[placing.nomination.pk for placing in placings])
    asked = asked_of(material, placings)
    return (
        *asked.misshapen,
        *(clash_of(found, material) for found in check.violations(asked.problem, asked.placements)),
    )


@dataclass(frozen=True)
class Asked:
    """Interviews as the core is asked about them; ``misshapen`` are those that are no span of a day at all."""

    problem: Problem
    placements: tuple[Placement, ...]
    misshapen: tuple[Clash, ...]


def asked_of(material: Material, placings: Sequence[Placing]) -> Asked:
    """Return ``placings`` with the ``material`` of their round as the core takes them. No query."""
    round = material.round
    sittings = [(placing, sitting_of(placing, round.time_zone)) for placing in placings]
    misshapen = tuple(
        Clash("ends_before_start", Severity.FORBIDDEN, (one.nominee,), {}) for _, one in sittings if not one.holds
    )
    sound = [(placing, one) for placing, one in sittings if one.holds]
    codes = {seat.pk: seat.code for seat in material.seats}
    placements = tuple(_placement(placing, one, codes, round) for placing, one in sound)
    return Asked(_problem(material, sound, placements), placements, misshapen)


def _problem(
    material: Material,
    sittings: Iterable[tuple[Placing, Sitting]],
    placements: Sequence[Placement],
) -> Problem:
    days = _days(material, {one.day for one in placements})
    ids = [day.id for day in days]
    minutes: dict[str, int] = {}
    usable: dict[str, bool] = {}
    for placing, sitting in sittings:
        number = str(placing.nomination.number)
        minutes[number] = max(sitting.minutes, minutes.get(number, 0))
        usable[number] = placing.room.is_onsite
    nominees = [nominee_of(one, ids, minutes.get(str(one.number))) for one in material.nominations]
    planned = {str(one.number) for one in material.nominations if hasattr(one, "interview_plan")}
    return _problem_of(material, days, tuple(one if one.id in planned else _anywhere(one, usable) for one in nominees))


def problem_by_hand(material: Material, placed: Iterable[str], nominees: Iterable[Nominee]) -> Problem:
    """Return the problem that people are asked about, for ``nominees``; ``placed``: days with interviews. No query."""
    return _problem_of(material, _days(material, placed), tuple(nominees))


def _problem_of(material: Material, days: tuple[Day, ...], nominees: tuple[Nominee, ...]) -> Problem:
    ids = [day.id for day in days]
    seats = [seat.code for seat in material.seats]
    return Problem(
        days=days,
        categories=tuple(category_of(one, material.quorum, len(material.seats)) for one in material.categories),
        role_groups=tuple(role_groups_of(material)),
        rooms=tuple(room_of(room, ids) for room in material.rooms),
        members=tuple(members_of(material, ids, seats)),
        nominees=nominees,
        grid_min=material.settings.grid_min,
        limits=limits_of(material.settings),
        levels=LEVELS | levels_of(material.settings),
    )


def _days(material: Material, placed: Iterable[str]) -> tuple[Day, ...]:
    """The days with their sessions; while there are none, every day of the round from midnight to midnight."""
    if material.sessions:
        return days_of(material, placed)
    whole = (Session("1", 0, MIDNIGHT),)
    dates = {day.isoformat() for day in interview_dates(material.round)}
    return tuple(Day(day, whole if day in dates or not dates else ()) for day in sorted({*placed, *dates}))


def _anywhere(nominee: Nominee, is_onsite: Mapping[str, bool]) -> Nominee:
    """A nominee of whom nobody said how it is met suits the room."""
    return replace(nominee, mode=ONSITE if is_onsite.get(nominee.id, True) else ONLINE)


def _placement(placing: Placing, sitting: Sitting, codes: Mapping[int, str], round: Round) -> Placement:
    starts = sitting.starts.astimezone(round.zone)
    seats = tuple(sorted(codes[seat] for seat in sitting.seats))
    start = starts.hour * 60 + starts.minute
    return Placement(str(placing.nomination.number), sitting.day.isoformat(), start, placing.room.name, seats)


def clash_of(found: Violation, material: Material) -> Clash:
    """Return what the core ``found`` with ids of rows. No query."""
    by_number = {str(one.number): one for one in material.nominations}
    facts = dict(found.facts)
    if found.members:
        facts["seat"] = next(seat.pk for seat in material.seats if seat.code == found.members[0])
    if "person" in facts:
        facts["person"] = _person(by_number[found.nominees[0]], str(facts["person"]))
    return Clash(found.code, found.severity, tuple(by_number[one].pk for one in found.nominees), facts)


def _person(nomination: Nomination, code: str) -> str:
    return next(one.name for one in nomination.shared_persons.all() if f"orang-{one.number}" == code)
