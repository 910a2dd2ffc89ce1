"""How standings are written: exact numbers as officials print them, codes as sentences."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.translation import gettext

from judging.core import numbers
from judging.core.policy import CRITERION_STEP
from judging.selectors.decided import PartStandings
from judging.selectors.tabulations import key_of
from judging.web.rules_wording import MODES, STAGES, STEPS
from paritrana.kernel import sentences, wording

register = template.Library()


@register.filter
def points(value: Fraction | None, places: int = 2) -> str:
    """Return an exact number rounded half up for reading: "80,00"; a dash for none."""
    return "–" if value is None else wording.decimal_number(value, places)


@register.filter
def exact(value: Fraction | None) -> str:
    """Return an exact number as it is: "82,5", or the fraction "181/3" where no decimal ends; a dash for none."""
    return "–" if value is None else numbers.plain(value).replace(".", ",")


@register.filter
def official(score: str) -> str:
    """Return the official score as printed: "60.33" becomes "60,33"."""
    return wording.decimal_number(Decimal(score)) if score else "–"


@register.filter
def why_unranked(reason: str, part: PartStandings) -> str:
    """Return why a nominee has no place."""
    code, _, criterion = reason.partition(":")
    return sentences.sentence(f"unranked_{code}", {"criterion": _title(part, criterion)}) if code else ""


@register.filter
def settled_by(steps: Iterable[str], part: PartStandings) -> str:
    """Return which steps of the tie chain parted a nominee from others."""
    return "; ".join(tie_step(step, part) for step in steps)


@register.filter
def tie_step(step: str, part: PartStandings) -> str:
    """Return one step of the tie chain in words."""
    if step.startswith(CRITERION_STEP):
        return gettext("Higher score on %(criterion)s") % {"criterion": _title(part, step.removeprefix(CRITERION_STEP))}
    return str(STEPS[step])


@register.filter
def rounding_words(part: PartStandings) -> str:
    """Return how the exact total became the official score."""
    rule = part.problem.policy.rounding
    digits = gettext("Rounding: %(places)s decimals, %(mode)s.") % {"places": rule.places, "mode": MODES[rule.mode]}
    return f"{STAGES[rule.at]} {digits}"


@register.filter
def criterion_title(name: str, part: PartStandings) -> str:
    """Return the title of a criterion of the part's rubric."""
    return _title(part, name)


@register.filter
def nominee_named(key: str, part: PartStandings) -> str:
    """Return the name of the nominee that documents call ``key`` (its number in the round)."""
    return next((str(line.nomination) for line in part.lines if key_of(line.nomination) == key), key)


@register.filter
def sentence(code: str) -> str:
    """Return the sentence of a code without facts."""
    return sentences.sentence(code)


def _title(part: PartStandings, name: str) -> str:
    node = part.problem.rubric.by_id.get(name)
    return (node.title or name) if node else gettext("complete sheets") if name == "sheets" else name
