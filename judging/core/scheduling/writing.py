"""Problems and answers as documents of the open format; what is as if absent is left out."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Final

from judging.core.reading import Json

from .board import Violation
from .document import FORMAT
from .problem import Category, Day, Member, Nominee, Pin, Placement, Problem, Room, Span
from .solution import Solution
from .wishes import Cost, judge_subsets

ANSWER: Final = "paritrana-interview-schedule-answer/1"


def write(problem: Problem) -> dict[str, Json]:
    """``problem`` as a document; reading it gives an equal problem."""
    limits = problem.limits
    return {
        "format": FORMAT,
        **_given(name=problem.name),
        "grid_min": problem.grid_min,
        "days": [_day(one) for one in problem.days],
        "categories": [_category(one) for one in problem.categories],
        "role_groups": [{"id": one.id, "any_of": sorted(one.any_of), "min": one.min} for one in problem.role_groups],
        "rooms": [_room(one) for one in problem.rooms],
        "members": [_member(one) for one in problem.members],
        "nominees": [_nominee(one) for one in problem.nominees],
        "rules": {
            "min_break_min": limits.min_break_min,
            **_given_numbers(
                max_continuous_min=limits.max_continuous_min, max_minutes_per_day=limits.max_minutes_per_day
            ),
        },
        **_given(
            pins=[_pin(one) for one in problem.pins],
            baseline=[write_placement(one) for one in problem.baseline],
            levels={code: severity.value for code, severity in problem.levels.items()},
        ),
        "weights": dict(problem.weights),
    }


def write_solution(problem: Problem, solution: Solution) -> dict[str, Json]:
    """``solution`` as an answer. ``gap`` and ``seconds`` are for reading only: nothing is computed from them."""
    gap = solution.gap
    return {
        "format": ANSWER,
        "status": solution.status.value,
        "proved": solution.proved,
        "assignments": [write_placement(one) for one in _in_order(solution)],
        **_write_cost(solution.cost),
        "bound": solution.bound,
        "gap": None if gap is None else round(gap * 10_000) / 10_000,
        "seconds": solution.milliseconds / 1000,
        "seed": solution.seed,
        "unplaced": [{"nominee": name, "reason": code} for name, code in solution.unplaced.items()],
        "judge_subsets": judge_subsets(problem, solution.placements),
        "explanation": [dict(one) for one in solution.explanation],
    }


def canonical(problem: Problem) -> bytes:
    """The one byte string of everything that counts: equal for problems that differ only in name or in order."""
    content = write(problem)
    content.pop("name", None)
    return _dumped(_sorted(content)).encode("ascii")


def digest(problem: Problem) -> str:
    """SHA-256 of ``canonical`` in hexadecimal."""
    return hashlib.sha256(canonical(problem)).hexdigest()


def write_placement(one: Placement) -> dict[str, Json]:
    """A placement as the format has it, members sorted."""
    return {
        "nominee": one.nominee,
        "day": one.day,
        "start": one.start,
        "room": one.room,
        "members": sorted(one.members),
    }


def _sorted(value: Json) -> Json:
    """``value`` with every list in one order: no list of the format means anything by its order."""
    if isinstance(value, dict):
        return {key: _sorted(item) for key, item in value.items()}
    return sorted(map(_sorted, value), key=_dumped) if isinstance(value, list) else value


def _dumped(value: Json) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _in_order(solution: Solution) -> list[Placement]:
    return sorted(solution.placements, key=lambda one: (one.day, one.start, one.room, one.nominee))


def write_check(found: Iterable[Violation], cost: Cost, subsets: Mapping[str, int]) -> dict[str, Json]:
    """What the rules and wishes say of a given schedule."""
    return {
        "violations": [_violation(one) for one in found],
        **_write_cost(cost),
        "judge_subsets": dict(subsets),
    }


def _write_cost(cost: Cost) -> dict[str, Json]:
    return {"cost": dict(cost.weighted), "counts": dict(cost.counts), "total": cost.total}


def _violation(one: Violation) -> dict[str, Json]:
    slot = {} if one.slot is None else {"day": one.slot.day, "start": one.slot.start, "room": one.slot.room}
    return {
        "rule": one.code,
        "level": one.severity.value,
        "nominees": list(one.nominees),
        **slot,
        **_given(members=list(one.members), facts=dict(one.facts)),
    }


def _day(one: Day) -> dict[str, Json]:
    sessions = [{"id": session.id, "start": session.start, "end": session.end} for session in one.sessions]
    return {"id": one.id, **_given(date=one.date), "sessions": sessions}


def _category(one: Category) -> dict[str, Json]:
    return {
        "id": one.id,
        "duration": one.duration,
        "buffer": one.buffer,
        "quorum": one.quorum,
        **_given_numbers(panel_max=one.panel_max),
        "unsur_target": one.unsur_target,
        "role_groups": list(one.role_groups),
    }


def _room(one: Room) -> dict[str, Json]:
    return {"id": one.id, "modes": sorted(one.modes), **_given(unavailable=_spans(one.unavailable))}


def _member(one: Member) -> dict[str, Json]:
    return {
        "id": one.id,
        "roles": sorted(one.roles),
        "unsur": one.unsur,
        **_given(unavailable=_spans(one.unavailable), recused=sorted(one.recused)),
        **_given_numbers(max_minutes_per_day=one.max_minutes_per_day),
        **({} if one.balance else {"balance": False}),
    }


def _nominee(one: Nominee) -> dict[str, Json]:
    return {
        "id": one.id,
        "category": one.category,
        "mode": one.mode,
        **_given(region=one.region, windows=_spans(one.windows), avoid=_spans(one.avoid), persons=list(one.persons)),
        **_given_numbers(duration=one.duration),
    }


def _pin(one: Pin) -> dict[str, Json]:
    members = {} if one.members is None else {"members": sorted(one.members)}
    return {"nominee": one.nominee, **_given(day=one.day, room=one.room), **_given_numbers(start=one.start), **members}


def _spans(spans: Iterable[Span]) -> list[Json]:
    return [{"day": one.day, "start": one.start, "end": one.end, **_given(cost=one.cost)} for one in spans]


def _given(**fields: Json) -> dict[str, Json]:
    """Those that hold something."""
    return {key: value for key, value in fields.items() if value}


def _given_numbers(**fields: int | None) -> dict[str, Json]:
    """Those that are there, zero too."""
    return {key: value for key, value in fields.items() if value is not None}
