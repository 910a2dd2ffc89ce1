"""The comparison of two runs as plain JSON: exact numbers as text, nominees by number, seats by code.

``because`` of a nominee are positions in ``changes``.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from judging.core.changes import Change
from judging.core.comparison import Comparison, Line
from judging.core.numbers import plain
from judging.core.result import Standing
from judging.models import Tabulation

from .run_comparison import LIVE, PartComparison, RunComparison


def comparison_document(found: RunComparison) -> dict[str, Any]:
    """Return a comparison as plain JSON: the same facts as the page."""
    return {
        "before": _run(found.before),
        "after": _run(found.after),
        "nominees": dict(found.nominees),
        "seats": dict(found.seats),
        "parts": [_part(part) for part in found.parts],
    }


def _run(run: Tabulation | None) -> dict[str, Any]:
    if run is None:
        return {"number": LIVE}
    return {
        "number": run.number,
        "frozen_at": run.frozen_at.isoformat(),
        "engine": run.engine_version,
        "software": run.software_version,
        "rules": {"number": run.rules.number, "hash": run.rules.content_hash},
    }


def _part(part: PartComparison) -> dict[str, Any]:
    named = {"competition": part.subject.name, "code": part.subject.code}
    return named | (_compared(part.found) if part.found else {"only_in": part.only})


def _compared(found: Comparison) -> dict[str, Any]:
    places = {change: position for position, change in enumerate(found.changes)}
    return {
        "same": found.is_same,
        "digests": list(found.digests),
        "rubrics": list(found.rubric),
        "engines": list(found.engines),
        "changes": [_change(change) for change in found.changes],
        "nominees": [_line(line, places) for line in found.lines],
    }


def _change(change: Change) -> dict[str, Any]:
    about = ("nominee", "seat", "criterion", "field")
    named = {name: getattr(change, name) for name in about if getattr(change, name)}
    return {"kind": change.kind} | named | {"before": change.before, "after": change.after}


def _line(line: Line, places: Mapping[Change, int]) -> dict[str, Any]:
    return {
        "nominee": line.nominee,
        "before": _standing(line.before),
        "after": _standing(line.after),
        "difference": _text(line.difference),
        "parts": [
            {
                "criterion": part.criterion,
                "before": plain(part.before),
                "after": plain(part.after),
                "difference": plain(part.difference),
            }
            for part in line.parts
        ],
        "rest": plain(line.rest),
        "because": [places[change] for change in line.because],
        "passed_by": list(line.passed_by),
        "passed": list(line.passed),
    }


def _standing(standing: Standing | None) -> dict[str, Any] | None:
    if standing is None:
        return None
    return {
        "place": None if standing.place is None else str(standing.place),
        "title": standing.title,
        "score": standing.final,
        "exact": _text(standing.exact),
        "reason": standing.reason,
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)
