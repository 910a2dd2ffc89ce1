"""Why nothing fits: requirements that cannot hold together, none of which could be left out of the reason.

Cheap looks come first, for their reasons are the clearest: a nominee whom nobody could meet even alone; two who clash
wherever they are put; too many for the sessions that they are open to. Only then the whole model is asked. What is
found is made smaller one by one.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .fit import apart_at_no_time, can_be_met, clash, crowded, fits
from .problem import Problem
from .relax import Offer, offers
from .requirement import Requirement, about, binding, only, requirements
from .search import Effort
from .solution import Status
from .tell import told

ROOMS = Requirement("room_capacity")


@dataclass(frozen=True, slots=True)
class Explanation:
    """``requirements`` cannot hold together for ``nominees``; ``minimal``: it is known that any one less fits.

    ``offers`` were tried: with any of them everybody can be met. No requirements: the reason was not found.
    """

    requirements: tuple[Requirement, ...] = ()
    nominees: tuple[str, ...] = ()
    minimal: bool = False
    offers: tuple[Offer, ...] = ()

    def written(self, problem: Problem) -> tuple[dict[str, object], ...]:
        """As the open format has it: type and ids, plain words, and what helped when it was tried."""
        found: list[dict[str, object]] = []
        for one in self.requirements:
            found.append({**one.written(), "text": told(problem, one)})
            helping = [offer.written() for offer in self.offers if offer.of == one]
            if helping:
                found[-1]["relax"] = helping
        return tuple(found)


def explain(
    problem: Problem,
    *,
    seconds: float = 10,
    seed: int = 0,
    relax: bool = True,
    timer: Callable[[], float] = time.monotonic,
) -> Explanation:
    """Why ``problem`` does not fit, within about ``seconds``; without requirements if it does or nothing was found."""
    return _Explaining(binding(problem), timer() + seconds, seed, timer).explain(relax=relax)


class _Explaining:
    def __init__(self, problem: Problem, until: float, seed: int, timer: Callable[[], float]) -> None:
        self.problem, self.until, self.seed, self.timer = problem, until, seed, timer

    def explain(self, *, relax: bool) -> Explanation:
        for part, names in self._parts():
            found = self._fewest(part, names)
            if found is not None:
                tried = self._offers(found.requirements) if relax else ()
                return Explanation(found.requirements, found.nominees, found.minimal, tried)
        return Explanation()

    def _effort(self, share: int = 1) -> Effort:
        return Effort(max(self.until - self.timer(), 0) / share, self.seed)

    def _parts(self) -> Sequence[tuple[Problem, tuple[str, ...]]]:
        """Parts of the problem that do not fit, the clearest first; the last is the whole."""
        for nominee in self.problem.nominees:
            if can_be_met(self.problem, nominee) is False:
                return [(about(self.problem, [nominee.id]), (nominee.id,))]
        names = apart_at_no_time(self.problem) or crowded(self.problem)
        if names:
            return [(about(self.problem, names), names)]
        return [(self.problem, tuple(one.id for one in self.problem.nominees))]

    def _fewest(self, part: Problem, names: tuple[str, ...]) -> Explanation | None:
        """Leave out one requirement after the other, for as long as the rest does not fit."""
        kept = list(requirements(part))
        if len(names) == len(self.problem.nominees) > 1 and not crowded(part):
            status, core = clash(part, self._effort(2))
            if status is not Status.INFEASIBLE:
                return None
            kept = [one for one in kept if one in core or one == ROOMS]
        kept = self._without_types(part, kept)
        minimal = True
        for one in list(kept):
            rest = [other for other in kept if other != one]
            answer = fits(only(part, rest), self._effort(4))
            minimal = minimal and answer is not None
            if answer is False:
                kept = rest
        return Explanation(tuple(kept), names, minimal)

    def _without_types(self, part: Problem, kept: list[Requirement]) -> list[Requirement]:
        """Leave out all of one type at a time: most have nothing to do with it."""
        for kind in dict.fromkeys(one.type for one in kept):
            rest = [one for one in kept if one.type != kind]
            if len(rest) < len(kept) - 1 and fits(only(part, rest), self._effort(8)) is False:
                kept = rest
        return kept

    def _offers(self, found: Sequence[Requirement]) -> tuple[Offer, ...]:
        helped = []
        for one in found:
            for offer in offers(self.problem, one):
                if self.timer() < self.until and fits(offer.problem, self._effort(4)):
                    helped.append(offer)
                    break
        return tuple(helped)
