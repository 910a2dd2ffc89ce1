"""Everything that is said beside an official result: agreement, severity, firmness. It decides nothing.

python -m judging.core.diagnostics FILE.json   one document of the open format in, the diagnostics out, exit 0
(refused: exit 2, as ``python -m judging.core``)
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Final

from . import bulk, package
from .__main__ import REFUSED, one_file
from .agreement import Agreement, agreement
from .divergence import DEFAULT_LIMIT, Divergence, divergence
from .numbers import plain
from .problem import Problem
from .reading import Json
from .refusals import Malformed
from .result import Result
from .robustness import document as written
from .robustness.acceptability import SAMPLES, SEED, acceptability
from .robustness.acceptability import why_not as why_no_acceptability
from .robustness.bootstrap import bootstrap
from .robustness.bootstrap import why_not as why_no_bootstrap
from .robustness.data import (
    Acceptability,
    Bootstrap,
    PlaceFirmness,
    PossiblePlaces,
    Variation,
    Verdict,
    WeightFlips,
)
from .robustness.firmness import Evidence, firmness
from .robustness.leave_one_out import leave_one_out
from .robustness.methods import methods
from .robustness.possible_places import possible_places
from .robustness.verdict import verdict
from .robustness.weights import weight_flips
from .seat_totals import SeatTotals, seat_totals
from .severity import (
    AdditiveFit,
    Adjusted,
    Connectedness,
    SeatProfile,
    additive,
    adjusted_totals,
    connectedness_of,
    profiles,
)
from .tabulation import tabulate

FORMAT: Final = "paritrana.diagnostics/1"
USAGE: Final = "usage: python -m judging.core.diagnostics FILE.json"


@dataclass(frozen=True)
class Diagnostics:
    """All diagnostics of one ``result``. What could not be computed is None; ``why_null``: its part -> a code."""

    result: Result
    totals: SeatTotals
    fit: AdditiveFit | None
    agreement: Agreement
    seats: Mapping[str, SeatProfile]
    connected: Connectedness
    adjusted: Adjusted
    leave_one_out: Mapping[str, Variation]
    methods: Mapping[str, Variation | None]
    bootstrap: Bootstrap | None
    acceptability: Acceptability | None
    weight_flips: WeightFlips
    possible_places: PossiblePlaces
    divergence: tuple[Divergence, ...]
    verdict: Verdict
    firmness: tuple[PlaceFirmness, ...]
    why_null: Mapping[str, str]


def diagnose(
    problem: Problem,
    result: Result | None = None,
    *,
    seed: int = SEED,
    samples: int = SAMPLES,
    limit: Fraction | int = DEFAULT_LIMIT,
) -> Diagnostics:
    """Diagnostics of ``problem`` (checked, as ``tabulate`` takes it); ``result`` is its tabulation, if at hand.

    ``seed`` and ``samples`` are those of the sampled weights; ``limit`` (points of 0 to 100) is how far marks may be
    apart before the plenary is told. The same input gives the same answer.
    """
    result = result or tabulate(problem)
    totals = seat_totals(problem)
    fit = additive(totals)
    compiled = bulk.compile(problem)
    evidence = Evidence(
        seats=leave_one_out(compiled, result),
        methods=methods(compiled, result),
        flips=weight_flips(problem, result),
        drawn=bootstrap(problem, result),
        accepted=acceptability(problem, result, seed=seed, samples=samples),
    )
    return Diagnostics(
        result=result,
        totals=totals,
        fit=fit,
        agreement=agreement(problem, totals),
        seats=profiles(totals, fit),
        connected=connectedness_of(totals, problem.recusals),
        adjusted=adjusted_totals(problem, result, totals, fit),
        leave_one_out=evidence.seats,
        methods=evidence.methods,
        bootstrap=evidence.drawn,
        acceptability=evidence.accepted,
        weight_flips=evidence.flips,
        possible_places=possible_places(problem, result),
        divergence=divergence(problem, limit, totals, fit),
        verdict=verdict(result, evidence.seats, evidence.drawn),
        firmness=firmness(problem.policy, result, evidence),
        why_null=_why_null(problem, result, evidence),
    )


def _why_null(problem: Problem, result: Result, evidence: Evidence) -> dict[str, str]:
    codes = {
        "bootstrap": why_no_bootstrap(problem, result),
        "smaa": why_no_acceptability(result),
        "weight_flip": evidence.flips.why_null,
    }
    found = {part: code for part, code in codes.items() if code is not None}
    return found | {f"methods.{code}": "trim_too_large" for code, each in evidence.methods.items() if each is None}


def answer(found: Diagnostics) -> dict[str, Json]:
    """The diagnostics as plain JSON data: estimates are numbers, exact figures text, places as in a tabulation."""
    return {
        "format": FORMAT,
        "digest": found.result.digest,
        "engine": found.result.engine,
        "agreement": _agreement(found.agreement),
        "judges": {seat: _rounded(asdict(profile)) for seat, profile in found.seats.items()},
        "connected": _connected(found.connected),
        "adjusted": {
            "additive": written.estimates(found.adjusted.additive),
            "z": written.estimates(found.adjusted.z),
            "places_additive": written.places(found.adjusted.places_additive),
            "places_z": written.places(found.adjusted.places_z),
        },
        "leave_one_out": {seat: written.variation(each) for seat, each in found.leave_one_out.items()},
        "methods": {code: written.variation(each) for code, each in found.methods.items()},
        "bootstrap": written.drawn(found.bootstrap),
        "smaa": written.accepted(found.acceptability),
        "weight_flip": written.flips(found.weight_flips),
        "possible_places": written.possible(found.possible_places),
        "open_cells": found.possible_places.open_cells,
        "open_values": found.possible_places.open_values,
        "divergence": [_divergence(each) for each in found.divergence],
        "verdict": written.verdict(found.verdict),
        "firmness": written.firmness(found.firmness),
        "why_null": dict(found.why_null),
    }


def _rounded(fields: Mapping[str, Json]) -> dict[str, Json]:
    """Every float as an estimate."""
    return {name: written.estimate(value) if isinstance(value, float) else value for name, value in fields.items()}


def _agreement(found: Agreement) -> dict[str, Json]:
    interval, ordinal = found.interval, found.ordinal
    return {
        "n": found.n,
        "k": found.k,
        "dropped": list(found.dropped),
        "silent": list(found.silent),
        "warnings": list(found.warnings),
        "icc": found.icc and {name: _upper_f(_rounded(asdict(each))) for name, each in found.icc.items()},
        "kendall_w": found.kendall_w and _rounded(asdict(found.kendall_w)),
        "mean_spearman": written.estimate(found.mean_spearman),
        "krippendorff": {
            "interval": interval and _rounded(asdict(interval)),
            "ordinal": ordinal and _rounded(asdict(ordinal)),
        },
    }


def _upper_f(fields: dict[str, Json]) -> dict[str, Json]:
    """The statistic by the name it has in every book."""
    return {"F" if name == "f" else name: value for name, value in fields.items()}


def _connected(found: Connectedness) -> dict[str, Json]:
    joining = found.joining
    return {
        "connected": found.connected,
        "components": [{"judges": list(part.judges), "nominees": list(part.nominees)} for part in found.components],
        "joining": None if joining is None else [list(pair) for pair in joining],
    }


def _divergence(found: Divergence) -> dict[str, Json]:
    return {
        "nominee": found.nominee,
        "criterion": found.criterion,
        "range": plain(found.range),
        "median": None if found.median is None else plain(found.median),
        "flags": [{"code": flag.code, "seat": flag.seat, "amount": plain(flag.amount)} for flag in found.flags],
    }


def _answer_to(document: Json) -> dict[str, Json]:
    """The diagnostics of one document; raises ``Refusal``."""
    try:
        problem = package.read(document)
        result = tabulate(problem)
        package.answer(result)  # what the tabulation cannot print is refused here too
        return answer(diagnose(problem, result))
    except (RecursionError, ValueError) as error:
        # As in the tabulation: only nesting or digits beyond what the interpreter handles get here.
        raise Malformed("", f"this document is too deep or its numbers are too long: {error}") from None


def main(arguments: Sequence[str]) -> int:
    """Run with the command line's arguments; the exit status."""
    if len(arguments) != 1 or arguments[0].startswith("--"):
        print(USAGE, file=sys.stderr)
        return REFUSED
    return one_file(arguments[0], sys.stdout, _answer_to)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
