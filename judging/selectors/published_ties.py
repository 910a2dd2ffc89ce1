"""By what winners with the same printed total got different places: told to the public where totals are shown."""

import json
from collections.abc import Iterable, Sequence

from judging.core import package
from judging.core.policy import CRITERION_STEP
from judging.core.publication import Settled, Step
from judging.models import Award, TabulationPart

PLENARY = "chair"


def settled_totals(awards: Iterable[Award]) -> tuple[Settled, ...]:
    """Return the totals that several of ``awards`` (of one category or pool) have on different places.

    Who shares a place needs no word. Reads the frozen input where a single criterion decided, one query then.
    """
    groups: dict[str, list[Award]] = {}
    for award in awards:
        if award.standing.score:
            groups.setdefault(award.standing.score, []).append(award)
    found = []
    for total, group in groups.items():
        if len({award.place for award in group}) > 1 and (steps := _steps(group)):
            found.append(Settled(total, steps))
    return tuple(found)


def _steps(group: Sequence[Award]) -> tuple[Step, ...]:
    """The steps of the chain, then the plenary for whom it left tied; the plenary alone where it changed the order."""
    standings = [award.standing for award in sorted(group, key=lambda award: award.place)]
    if [one.position for one in standings] != sorted(one.position for one in standings):
        return (Step(PLENARY),)
    codes = dict.fromkeys(code for one in standings for code in one.resolved_by)
    if any(one.is_tied for one in standings):
        codes[PLENARY] = None
    return tuple(_step(code, standings[0].part) for code in codes)


def _step(code: str, part: TabulationPart) -> Step:
    if not code.startswith(CRITERION_STEP):
        return Step(code)
    name = code.removeprefix(CRITERION_STEP)
    node = package.read(json.loads(part.input)).rubric.by_id.get(name)
    return Step(CRITERION_STEP.rstrip(":"), (node.title if node else "") or name)
