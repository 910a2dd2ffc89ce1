"""Does a place hang on one seat? The official engine without each seat in turn.

The seat's marks and recusals are taken out; the rules, the quorum and the plenary's recorded orders stay.
"""

from collections.abc import Mapping

from judging.core.bulk import Compiled
from judging.core.result import Result

from .data import Variation
from .variations import compare


def leave_one_out(compiled: Compiled, result: Result) -> Mapping[str, Variation]:
    """Seat -> the places without it, for every seat of the problem in its order; exact."""
    return {seat: compare(result, compiled.run(without=seat)) for seat in compiled.problem.judges}
