"""A comparison in words: one line that sums it up, then the rows of its tables."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from judging.core import changes
from judging.core.changes import Change
from judging.core.comparison import Comparison, Line
from judging.core.numbers import plain
from judging.core.result import Standing
from judging.selectors.run_comparison import PartComparison, RunComparison
from paritrana.kernel import phrases, wording

from .rubrics_wording import FIELDS
from .rules_wording import LEVELS, METHODS, MISSING, MODES, STAGES

KINDS: Mapping[str, Any] = {
    changes.MARK: gettext_lazy("Mark"),
    changes.FIGURE: gettext_lazy("Figure"),
    changes.RECUSAL: gettext_lazy("Recused"),
    changes.NOT_APPLICABLE: gettext_lazy("Not applicable"),
    changes.EXCEPTION: gettext_lazy("Exception to the quorum"),
    changes.OUTSIDE: gettext_lazy("Outside the ranking"),
    changes.NOMINEE: phrases.NOMINEE,
    changes.SEAT: phrases.SEAT,
    changes.CRITERION: gettext_lazy("Rubric"),
    changes.RULE: gettext_lazy("Rules"),
}
STATES: Mapping[str, Any] = {
    "absent": gettext_lazy("Absent"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "not_applicable": gettext_lazy("Not applicable"),
}
#: The rules by the name of their field in the policy; a rule that is not here keeps its code.
RULES: Mapping[str, Any] = {
    "panel_method": gettext_lazy("The panel's scores are combined by"),
    "panel_methods": gettext_lazy("Criteria with a method of their own"),
    "trim": gettext_lazy("Dropped from each end"),
    "trim_min_n": gettext_lazy("Dropped only from so many scores on"),
    "panel_level": gettext_lazy("Combined"),
    "min_scores": gettext_lazy("Quorum"),
    "missing_value": gettext_lazy("Missing figures"),
    "rounding.at": gettext_lazy("Rounded"),
    "rounding.places": gettext_lazy("Decimals"),
    "rounding.mode": gettext_lazy("Halves"),
    "tie_break": gettext_lazy("Ties are settled in this order"),
    "ranking": gettext_lazy("Places are counted"),
    "labels": gettext_lazy("Title"),
}
CHOICES: Mapping[str, Mapping[str, Any]] = {
    "panel_method": METHODS,
    "panel_methods": METHODS,
    "panel_level": LEVELS,
    "missing_value": MISSING,
    "rounding.at": STAGES,
    "rounding.mode": MODES,
}
#: Facts of a criterion that a page calls by one name.
FACTS: Mapping[str, str] = {"kind": "source", "min": "scale", "max": "scale", "normalise": "scale", "step": "scale"}


def part_view(part: PartComparison, found: RunComparison) -> dict[str, Any]:
    """Return what the page shows of one category or pool."""
    view: dict[str, Any] = {"name": part.subject.name, "only": part.only, "is_same": False}
    if part.found is None:
        return view
    return view | {
        "is_same": part.found.is_same,
        "summary": summary(part.found),
        "moved": [_moved(line, found) for line in part.found.lines if line.score_changed or line.place_changed],
        "columns": [{"label": label} for label in (_("Input"), _("Concerns"), _("Before"), _("After"))],
        "rows": [_change_row(change, found) for change in part.found.changes],
    }


def summary(found: Comparison) -> str:
    """Return the whole in one line: "3 marks changed, 2 places changed", or that nothing did."""
    if found.is_same:
        return _("Nothing changed.")
    marks = len(found.of_kind(changes.MARK))
    others = len(found.changes) - marks
    scores, places = len(found.rescored), len(found.moved)
    counted = [
        (marks, ngettext("%(count)s mark changed", "%(count)s marks changed", marks)),
        (others, ngettext("%(count)s other input changed", "%(count)s other inputs changed", others)),
        (scores, ngettext("%(count)s total changed", "%(count)s totals changed", scores)),
        (places, ngettext("%(count)s place changed", "%(count)s places changed", places)),
    ]
    said = [text % {"count": count} for count, text in counted if count]
    if not places:
        said.append(_("no place changed"))
    return ", ".join(said) + "."


def _moved(line: Line, found: RunComparison) -> dict[str, Any]:
    named = found.nominees
    return {
        "name": named.get(line.nominee, line.nominee),
        "place": (_place(line.before), _place(line.after)),
        "title": (_title(line.before), _title(line.after)),
        "score": (_score(line.before), _score(line.after)),
        "place_changed": line.place_changed,
        "score_changed": line.score_changed,
        "difference": None if line.difference is None else _points(line.difference),
        "parts": [(part.title or part.criterion, _points(part.difference)) for part in line.parts],
        "rest": _points(line.rest) if line.rest else None,
        "passed_by": [named.get(name, name) for name in line.passed_by],
        "passed": [named.get(name, name) for name in line.passed],
        "because": [_because(change, found) for change in line.because],
    }


def _points(points: Fraction) -> tuple[str, str]:
    """Points of the total, rounded for reading ("+1,14"), and the exact number where that is another ("+8/7")."""
    read, exact = wording.decimal_number(abs(points), 2), plain(abs(points)).replace(".", ",")
    sign = "+" if points > 0 else "−" if points < 0 else ""
    return sign + read, sign + exact if Fraction(read.replace(",", ".")) != abs(points) else ""


def _place(standing: Standing | None) -> str:
    return "–" if standing is None or standing.place is None else str(standing.place)


def _title(standing: Standing | None) -> str:
    return (standing.title or "") if standing else ""


def _score(standing: Standing | None) -> str:
    return wording.decimal_number(Decimal(standing.final)) if standing and standing.final else "–"


def _change_row(change: Change, found: RunComparison) -> list[dict[str, Any]]:
    return [
        {"text": KINDS[change.kind], "note": _field(change)},
        {"text": _about(change, found) or "–"},
        {"text": _value(change, change.before)},
        {"text": _value(change, change.after)},
    ]


def _because(change: Change, found: RunComparison) -> str:
    """One change in one line: "Mark, Unsur APINDO, Inovasi: 70 → 80"."""
    named = [str(KINDS[change.kind]), _field(change), _about(change, found, is_own=True)]
    values = f"{_value(change, change.before)} → {_value(change, change.after)}"
    return f"{', '.join(text for text in named if text)}: {values}"


def _about(change: Change, found: RunComparison, *, is_own: bool = False) -> str:
    nominee = "" if is_own else found.nominees.get(change.nominee, change.nominee)
    seat = found.seats.get(change.seat, change.seat)
    criterion = found.criteria.get(change.criterion, change.criterion)
    return ", ".join(text for text in (nominee, seat, criterion) if text)


def _field(change: Change) -> str:
    if change.kind == changes.RULE:
        return str(RULES.get(change.field, change.field))
    return str(FIELDS[FACTS.get(change.field, change.field)]) if change.field else ""


def _value(change: Change, text: str | None) -> str:
    """What stood there: a number with its comma, an absence or a choice in words, a dash for nothing."""
    if text is None:
        return "–"
    if text == changes.YES:
        return _("Yes")
    if change.kind in (changes.MARK, changes.FIGURE):
        return str(STATES[text]) if text in STATES else text.replace(".", ",")
    if change.kind == changes.RULE:
        return str(CHOICES.get(change.field, {}).get(text, text))
    return text.replace(".", ",") if change.field in ("weight", "min", "max", "step") else text
