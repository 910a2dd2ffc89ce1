"""Does a place hang on the panel method? The official engine under each method, for all panel criteria alike."""

from collections.abc import Mapping

from judging.core.aggregation import METHODS
from judging.core.bulk import Compiled
from judging.core.refusals import Refusal
from judging.core.result import Result

from .data import Variation
from .variations import compare


def methods(compiled: Compiled, result: Result) -> Mapping[str, Variation | None]:
    """Method code -> the places under it; exact.

    ``trim`` and ``trim_min_n`` are those of the rules; None where they do not go with the method (the rules of
    another method may hold a trim that leaves nothing).
    """
    return {code: _under(compiled, result, code) for code in METHODS}


def _under(compiled: Compiled, result: Result, code: str) -> Variation | None:
    try:
        METHODS[code].check(compiled.problem.policy.panel, "policy.trim")
    except Refusal:
        return None
    return compare(result, compiled.run(method=code))
