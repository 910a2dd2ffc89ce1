"""The open format ``paritrana-interview-schedule/1``, read strictly; ``writing`` writes it.

What is not of the format (a ``name`` of a member, say) is passed over; what is, is refused when it does not hold.
"""

from collections.abc import Collection, Mapping
from functools import partial
from itertools import pairwise
from typing import Final

from judging.core.reading import Json, flag, identifier, join, mapping, refuse_floats, text
from judging.core.refusals import Malformed

from .fields import MOST, bounds, distinct, known, names, needed, number, part, perhaps, rows, whole
from .problem import (
    MODES,
    ONSITE,
    Category,
    Day,
    Limits,
    Member,
    Nominee,
    Pin,
    Placement,
    Problem,
    RoleGroup,
    Room,
    Session,
    Severity,
    Span,
)
from .rules import CODES
from .wishes import WISHES

FORMAT: Final = "paritrana-interview-schedule/1"
Fields = Mapping[str, Json]
Ids = Collection[str]


def read(document: Json) -> Problem:
    """The problem of ``document``; raises a ``Refusal`` that names the path of what could not be read."""
    fields = mapping(document, "")
    if fields.get("format", FORMAT) != FORMAT:
        raise Malformed("format", f"expected {FORMAT}")
    grid = number(fields, "grid_min", "", low=1)
    days = rows(fields, "days", "", _day)
    day_ids = distinct([one.id for one in days], "days")
    groups = rows(fields, "role_groups", "", _role_group)
    group_ids = distinct([one.id for one in groups], "role_groups")
    categories = rows(fields, "categories", "", partial(_category, groups=group_ids))
    category_ids = distinct([one.id for one in categories], "categories")
    rooms = rows(fields, "rooms", "", partial(_room, days=day_ids))
    room_ids = distinct([one.id for one in rooms], "rooms")
    nominees = rows(fields, "nominees", "", partial(_nominee, categories=category_ids, days=day_ids))
    nominee_ids = distinct([one.id for one in nominees], "nominees")
    members = rows(fields, "members", "", partial(_member, nominees=nominee_ids, days=day_ids))
    member_ids = distinct([one.id for one in members], "members")
    pin = partial(_pin, nominees=nominee_ids, days=day_ids, rooms=room_ids, members=member_ids)
    pins = rows(fields, "pins", "", pin)
    distinct([one.nominee for one in pins], "pins", "nominee")
    baseline = rows(fields, "baseline", "", _former)
    distinct([one.nominee for one in baseline], "baseline", "nominee")
    refuse_floats(document)
    return Problem(
        days=days,
        categories=categories,
        rooms=rooms,
        members=members,
        nominees=nominees,
        grid_min=grid,
        role_groups=groups,
        limits=_limits(part(fields, "rules")),
        pins=pins,
        baseline=baseline,
        weights=_weights(part(fields, "weights")),
        levels=_levels(part(fields, "levels")),
        name=text(fields.get("name", ""), "name"),
    )


def read_placements(problem: Problem, document: Json) -> tuple[Placement, ...]:
    """The ``assignments`` of an answer to ``problem``; raises a ``Refusal``. Whether they hold is for the rules."""
    fields = mapping(document, "")

    def placement(row: Fields, at: str) -> Placement:
        members = needed(row, "members", at)
        if not isinstance(members, list | tuple):
            raise Malformed(join(at, "members"), "expected a list")
        return Placement(
            nominee=known(needed(row, "nominee", at), join(at, "nominee"), problem.nominee),
            day=known(needed(row, "day", at), join(at, "day"), problem.day),
            start=whole(needed(row, "start", at), join(at, "start")),
            room=known(needed(row, "room", at), join(at, "room"), problem.room),
            members=tuple(known(m, f"{at}.members[{index}]", problem.member) for index, m in enumerate(members)),
        )

    needed(fields, "assignments", "")
    found = rows(fields, "assignments", "", placement)
    refuse_floats(fields["assignments"], "assignments")
    return found


def _day(row: Fields, at: str) -> Day:
    def session(one: Fields, place: str) -> Session:
        start, end = bounds(one, place)
        return Session(_id(one, place), start, end)

    sessions = rows(row, "sessions", at, session)
    distinct([one.id for one in sessions], join(at, "sessions"))
    by_start = sorted(sessions, key=lambda one: one.start)
    for one, other in pairwise(by_start):
        if other.start < one.end:
            raise Malformed(join(at, "sessions"), f"{one.id} and {other.id} overlap")
    return Day(_id(row, at), tuple(by_start), text(row.get("date", ""), join(at, "date")))


def _role_group(row: Fields, at: str) -> RoleGroup:
    return RoleGroup(_id(row, at), frozenset(names(row, "any_of", at)), number(row, "min", at, default=1))


def _category(row: Fields, at: str, *, groups: Ids) -> Category:
    return Category(
        id=_id(row, at),
        duration=number(row, "duration", at, low=1),
        buffer=number(row, "buffer", at, default=0),
        quorum=number(row, "quorum", at, default=0),
        panel_max=perhaps(row, "panel_max", at),
        unsur_target=number(row, "unsur_target", at, default=0),
        role_groups=names(row, "role_groups", at, groups),
    )


def _room(row: Fields, at: str, *, days: Ids) -> Room:
    modes = names(row, "modes", at, MODES) if "modes" in row else MODES
    return Room(_id(row, at), frozenset(modes), _spans(row, "unavailable", at, days))


def _member(row: Fields, at: str, *, nominees: Ids, days: Ids) -> Member:
    return Member(
        id=_id(row, at),
        roles=frozenset(names(row, "roles", at)),
        unsur=text(row.get("unsur", ""), join(at, "unsur")),
        unavailable=_spans(row, "unavailable", at, days),
        recused=frozenset(names(row, "recused", at, nominees)),
        max_minutes_per_day=perhaps(row, "max_minutes_per_day", at),
        balance=flag(row.get("balance", True), join(at, "balance")),
    )


def _nominee(row: Fields, at: str, *, categories: Ids, days: Ids) -> Nominee:
    return Nominee(
        id=_id(row, at),
        category=known(needed(row, "category", at), join(at, "category"), categories),
        region=text(row.get("region") or "", join(at, "region")),
        mode=known(row.get("mode", ONSITE), join(at, "mode"), MODES),
        duration=perhaps(row, "duration", at, low=1),
        windows=_spans(row, "windows", at, days),
        avoid=_spans(row, "avoid", at, days),
        persons=names(row, "persons", at),
    )


def _pin(row: Fields, at: str, *, nominees: Ids, days: Ids, rooms: Ids, members: Ids) -> Pin:
    def perhaps_known(key: str, ids: Ids) -> str | None:
        return None if row.get(key) is None else known(row[key], join(at, key), ids)

    return Pin(
        nominee=known(needed(row, "nominee", at), join(at, "nominee"), nominees),
        day=perhaps_known("day", days),
        start=perhaps(row, "start", at),
        room=perhaps_known("room", rooms),
        members=None if row.get("members") is None else frozenset(names(row, "members", at, members)),
    )


def _former(row: Fields, at: str) -> Placement:
    """One interview of the baseline; what it names need not be there any more."""
    return Placement(
        nominee=identifier(needed(row, "nominee", at), join(at, "nominee")),
        day=identifier(needed(row, "day", at), join(at, "day")),
        start=whole(needed(row, "start", at), join(at, "start")),
        room=identifier(needed(row, "room", at), join(at, "room")),
        members=tuple(sorted(names(row, "members", at))),
    )


def _limits(row: Fields) -> Limits:
    return Limits(
        max_continuous_min=perhaps(row, "max_continuous_min", "rules"),
        min_break_min=number(row, "min_break_min", "rules", default=0),
        max_minutes_per_day=perhaps(row, "max_minutes_per_day", "rules"),
    )


def _weights(row: Fields) -> dict[str, int]:
    return {known(key, join("weights", key), WISHES): whole(row[key], join("weights", key), 0, MOST) for key in row}


def _levels(row: Fields) -> dict[str, Severity]:
    levels = {severity.value for severity in Severity}
    return {
        known(key, join("levels", key), CODES): Severity(known(row[key], join("levels", key), levels)) for key in row
    }


def _spans(row: Fields, key: str, at: str, days: Ids) -> tuple[Span, ...]:
    def span(one: Fields, place: str) -> Span:
        day = known(needed(one, "day", place), join(place, "day"), days)
        return Span(day, *bounds(one, place), number(one, "cost", place, default=0))

    return rows(row, key, at, span)


def _id(row: Fields, at: str) -> str:
    return identifier(needed(row, "id", at), join(at, "id"))
