"""Why nothing fits, and what would help, with the names that people know; how good a schedule is."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from judging.core.scheduling import document
from judging.core.scheduling.problem import Pin, Problem, Span
from judging.models import RunStatus, ScheduleRun

from .schedule_names import ScheduleNames, day_name, names_of

Facts = dict[str, object]
Ids = Mapping[str, Any]
#: The window of who can come on none of the days (``scheduling_problem.windows_of``).
NEVER: Final = (0, 1)


@dataclass(frozen=True, slots=True)
class ToldRequirement:
    """A requirement that cannot hold with the others: ``code`` and ``facts`` of its sentence, ``ids`` of the core."""

    type: str
    code: str
    facts: Mapping[str, object]
    ids: Ids


@dataclass(frozen=True, slots=True)
class ToldOffer:
    """A change that was tried and helps. ``number`` counts from one within the run; ``ids`` has its numbers too.

    What is done by one button is a matter of ``services/schedule_offers``.
    """

    number: int
    change: str
    code: str
    facts: Mapping[str, object]
    ids: Ids


@dataclass(frozen=True, slots=True)
class ToldExplanation:
    """What cannot hold together; with any one of ``offers`` it can. Both empty: the reason was not found."""

    requirements: tuple[ToldRequirement, ...] = ()
    offers: tuple[ToldOffer, ...] = ()


def explanation_of(run: ScheduleRun) -> ToldExplanation:
    """Return what ``run`` found out about why nothing fits, as it was then. Four queries, none without a reason."""
    rows = json.loads(run.explanation) if run.explanation else []
    if not rows:
        return ToldExplanation()
    return told_explanation(document.read(json.loads(run.problem)), rows, names_of(run.round))


def told_explanation(problem: Problem, rows: Iterable[Ids], names: ScheduleNames) -> ToldExplanation:
    """Return an explanation as the open format writes it, of ``problem``, with ``names``. No query."""
    requirements: list[ToldRequirement] = []
    offers: list[ToldOffer] = []
    for row in rows:
        ids = {key: value for key, value in row.items() if key not in ("type", "text", "relax")}
        requirements.append(_requirement(problem, row["type"], ids, names))
        for change in row.get("relax", ()):
            offers.append(_offer(problem, len(offers) + 1, change, ids, names))
    return ToldExplanation(tuple(requirements), tuple(offers))


def status_told(run: ScheduleRun) -> tuple[str, dict[str, object]]:
    """Return code and facts of the sentence about the schedule that ``run`` found. No query.

    What could still be saved is rounded up to a whole per cent.
    """
    if run.status == RunStatus.INFEASIBLE:
        return "schedule_infeasible", {}
    if run.status != RunStatus.FEASIBLE:
        return "schedule_unknown", {"unplaced": len(run.unplaced)}
    if run.bound is None or run.total is None:
        return "schedule_feasible", {}
    if run.bound >= run.total:
        return "schedule_proved", {}
    if not run.bound:
        return "schedule_feasible", {}
    return "schedule_within", {"percent": f"{-(-100 * (run.total - run.bound) // run.total)}%"}


def _requirement(problem: Problem, kind: str, ids: Ids, names: ScheduleNames) -> ToldRequirement:
    code, facts = REQUIREMENTS[kind](problem, ids, names)
    return ToldRequirement(kind, f"requirement_{code or kind}", facts, ids)


def _nominee(problem: Problem, ids: Ids, names: ScheduleNames) -> tuple[str, Facts]:
    windows = problem.nominee[ids["nominee"]].windows
    facts: Facts = {"nominee": names.nominee(ids["nominee"]), "times": names.spans(windows)}
    return ("nominee_never" if [(one.start, one.end) for one in windows] == [NEVER] else ""), facts


def _member(problem: Problem, ids: Ids, names: ScheduleNames) -> tuple[str, Facts]:
    return "", {"seat": names.seat(ids["member"]), "times": names.spans(problem.member[ids["member"]].unavailable)}


def _recusal(_problem: Problem, ids: Ids, names: ScheduleNames) -> tuple[str, Facts]:
    return "", {"seat": names.seat(ids["member"]), "nominee": names.nominee(ids["nominee"])}


def _quorum(problem: Problem, ids: Ids, names: ScheduleNames) -> tuple[str, Facts]:
    category = ids["category"]
    return "", {"category": names.category(category), "quorum": problem.category[category].quorum}


def _role(problem: Problem, ids: Ids, names: ScheduleNames) -> tuple[str, Facts]:
    group = problem.role_group[ids["group"]]
    seats = ", ".join(names.seat(code) for code in sorted(group.any_of))
    return "", {"group": group.id, "min": group.min, "seats": seats}


def _room(problem: Problem, ids: Ids, names: ScheduleNames) -> tuple[str, Facts]:
    return "", {"room": ids["room"], "times": names.spans(problem.room[ids["room"]].unavailable)}


def _capacity(problem: Problem, _ids: Ids, _names: ScheduleNames) -> tuple[str, Facts]:
    return "", {"rooms": len(problem.rooms)}


def _pin(problem: Problem, ids: Ids, names: ScheduleNames) -> tuple[str, Facts]:
    place = _place(problem.pin[ids["nominee"]], names)
    return "", {"nominee": names.nominee(ids["nominee"]), "place": place}


def _place(pin: Pin, names: ScheduleNames) -> str:
    when = None
    if pin.day is not None:
        when = day_name(pin.day) if pin.start is None else names.moment(pin.day, pin.start)
    return ", ".join(part for part in (when, pin.room) if part) or "–"


def _person(problem: Problem, ids: Ids, names: ScheduleNames) -> tuple[str, Facts]:
    persons = ", ".join(names.person(code) for code in problem.nominee[ids["nominee"]].persons)
    return "", {"nominee": names.nominee(ids["nominee"]), "persons": persons}


def _rest(problem: Problem, _ids: Ids, _names: ScheduleNames) -> tuple[str, Facts]:
    return "", {"limit": problem.limits.max_continuous_min, "pause": problem.limits.min_break_min}


def _load(problem: Problem, _ids: Ids, _names: ScheduleNames) -> tuple[str, Facts]:
    limits = {one for member in problem.members if (one := problem.day_limit(member.id)) is not None}
    return "", {"limit": "–".join(map(str, sorted({min(limits), max(limits)})))}


#: By the type of the requirement: a code, if it is not that of the type, and the facts of the sentence.
REQUIREMENTS: Final[Mapping[str, Callable[[Problem, Ids, ScheduleNames], tuple[str, Facts]]]] = {
    "nominee_availability": _nominee,
    "member_availability": _member,
    "recusal": _recusal,
    "quorum": _quorum,
    "role": _role,
    "room_availability": _room,
    "room_capacity": _capacity,
    "pin": _pin,
    "person": _person,
    "rest": _rest,
    "day_load": _load,
}


def _offer(problem: Problem, number: int, change: Ids, of: Ids, names: ScheduleNames) -> ToldOffer:
    ids = {**of, **{key: value for key, value in change.items() if key != "change"}}
    if problem.limits.max_minutes_per_day is not None and "minutes" in ids:
        ids["max_minutes_per_day"] = problem.limits.max_minutes_per_day + ids["minutes"]
    kind = str(change["change"])
    code = "role_dropped" if kind == "role_lower" and not ids["min"] else kind
    return ToldOffer(number, kind, f"offer_{code}", _facts(ids, names), ids)


def _facts(ids: Ids, names: ScheduleNames) -> Facts:
    """All that a sentence of an offer may name."""
    facts: Facts = {key: ids[key] for key in ("quorum", "min", "group", "room", "minutes") if key in ids}
    named: tuple[tuple[str, str, Callable[[str], str]], ...] = (
        ("nominee", "nominee", names.nominee),
        ("member", "seat", names.seat),
        ("category", "category", names.category),
        ("day", "day", day_name),
    )
    facts |= {fact: name(ids[key]) for key, fact, name in named if key in ids}
    if "start" in ids:
        facts["times"] = names.span(Span(ids["day"], ids["start"], ids["end"]))
    if "max_continuous_min" in ids:
        facts["limit"] = ids["max_continuous_min"]
    return facts
