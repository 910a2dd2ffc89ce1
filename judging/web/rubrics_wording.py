"""A rubric as lines of a page."""

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.core.criteria import Criterion, Rubric
from judging.core.numbers import plain
from judging.core.refusals import Refusal
from judging.selectors.rubrics import Difference, lines
from paritrana.kernel import phrases
from paritrana.kernel.sentences import sentence

SOURCES = {
    "panel": gettext_lazy("Panel: each member scores"),
    "secretariat": gettext_lazy("Secretariat: entered twice"),
    "indicator": gettext_lazy("Indicator: computed from counts"),
}
TRANSFORMS = {
    "identity": gettext_lazy("The figure itself"),
    "linear": gettext_lazy("Linear between two anchors"),
    "piecewise": gettext_lazy("Linear between anchors"),
    "step": gettext_lazy("Step table"),
    "minmax": gettext_lazy("Share of the best in the category"),
}
FIELDS = {
    "added": gettext_lazy("Added"),
    "removed": gettext_lazy("Removed"),
    "title": phrases.NAME,
    "weight": gettext_lazy("Weight"),
    "parent": gettext_lazy("Place in the tree"),
    "source": gettext_lazy("Source"),
    "scale": gettext_lazy("Scale"),
    "transform": gettext_lazy("Transform"),
    "levels": gettext_lazy("Levels"),
    "may_be_na": gettext_lazy("May be not applicable"),
    "soft_bounds": gettext_lazy("Usual range"),
}


def tree_lines(rubric: Rubric) -> list[dict[str, Any]]:
    """Return each criterion with its weights, source, scale and levels, printed."""
    return [
        {
            "title": line.criterion.title or line.criterion.id,
            "id": line.criterion.id,
            "depth": line.depth,
            "is_branch": line.criterion.is_branch,
            "weight": comma(line.criterion.weight),
            "share": comma(line.share),
            "source": "" if line.criterion.is_branch else SOURCES[line.criterion.source],
            "scale": scale_text(line.criterion),
            "levels": [(comma(level.value), level.descriptor) for level in line.criterion.levels],
        }
        for line in lines(rubric)
    ]


def scale_text(criterion: Criterion) -> str:
    """Return "0–100, in steps of 0,5" with the soft bounds, the anchors of an indicator, or nothing for a branch."""
    if criterion.is_branch:
        return ""
    transform = criterion.transform
    if transform is not None:
        pairs = transform.to_document().get("knots") or transform.to_document().get("steps") or []
        anchors = ", ".join(f"{x} → {y}" for x, y in pairs)
        name = str(TRANSFORMS[transform.kind])
        return f"{name}: {anchors}" if anchors else name
    scale, soft = criterion.scale, criterion.soft_bounds
    told = f"{comma(scale.minimum)}–{comma(scale.maximum)}"
    if scale.step is not None:
        told = _("%(ends)s, in steps of %(step)s") % {"ends": told, "step": comma(scale.step)}
    if soft is None:
        return told
    usual = _("Usually %(low)s to %(high)s; outside needs a note") % {"low": comma(soft.low), "high": comma(soft.high)}
    return f"{told}. {usual}"


def difference_rows(found: Iterable[Difference]) -> list[list[dict[str, Any]]]:
    """Return the differences as rows of the table component."""
    return [
        [
            {"text": one.title or one.criterion, "note": one.criterion},
            {"text": FIELDS[one.field]},
            {"text": one.before or "–"},
            {"text": one.after or "–"},
        ]
        for one in found
    ]


def fault_sentences(faults: Iterable[Refusal]) -> list[str]:
    """Return what is wrong with a rubric document, a sentence for each fault."""
    return [sentence(fault.code, _printed(fault.facts)) for fault in faults]


def _printed(facts: dict[str, Any]) -> dict[str, Any]:
    """``facts`` with decimal commas where they hold numbers."""
    numbers = {name: str(facts[name]).replace(".", ",") for name in ("found", "missing") if name in facts}
    return facts | numbers | {"title": facts.get("title") or facts.get("branch", "")}


def comma(value: Fraction) -> str:
    """Return an exact number with a decimal comma; one without an end as a fraction."""
    return plain(value).replace(".", ",")
