"""How standings are written: exact numbers as officials print them, codes as sentences."""

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from django import template
from django.utils.translation import gettext

from judging.core import numbers
from judging.core.policy import CRITERION_STEP
from judging.core.working import Conversion
from judging.selectors.decided import PartStandings
from judging.selectors.ranking_rows import RankingTable
from judging.selectors.tabulations import key_of
from judging.web.rules_wording import METHODS, MODES, STAGES, STEPS
from paritrana.kernel import sentences, wording

register = template.Library()

Titled = PartStandings | RankingTable


@register.filter
def points(value: Fraction | None, places: int = 2) -> str:
    """Return an exact number rounded half up for reading: "80,00"; a dash for none."""
    return "–" if value is None else wording.decimal_number(value, places)


@register.filter
def exact(value: Fraction | None) -> str:
    """Return an exact number as it is: "82,5", or the fraction "181/3" where no decimal ends; a dash for none."""
    return "–" if value is None else numbers.plain(value).replace(".", ",")


@register.filter
def near(value: Fraction | None, places: int = 4) -> str:
    """Return an exact number for reading: "82,5", or "≈ 60,3333" where more than four decimals would follow."""
    if value is None:
        return "–"
    text = wording.decimal_number(value, places)
    if (value * 10**places).denominator != 1:
        return f"≈ {text}"
    return text.rstrip("0").rstrip(",") if "," in text else text


@register.filter
def signed(value: Fraction) -> str:
    """Return a difference with its sign: "+6", "-0,9", "≈ -6,6667"."""
    text = near(value)
    return text if value <= 0 else f"≈ +{text.removeprefix('≈ ')}" if text.startswith("≈") else f"+{text}"


@register.filter
def thousands(count: int) -> str:
    """Return a count with thousands points: "46.380"."""
    return wording.decimal_number(count)


@register.filter
def method_words(code: str) -> str:
    """Return a panel method in words."""
    return str(METHODS[code])


@register.filter
def conversion_words(found: Conversion) -> str:
    """Return the sum that made a figure a score, up to the result: "(60 - 35) × 25 / 25 + 60 = "; empty for none."""
    if found.constant is not None or found.value is None or (not found.start and found.rise == found.run):
        return ""
    value = f"({exact(found.value)} − {exact(found.start)})" if found.start else exact(found.value)
    base = f" + {exact(found.base)}" if found.base else ""
    return f"{value} × {exact(found.rise)} / {exact(found.run)}{base} = "


@register.filter
def official(score: str) -> str:
    """Return the official score as printed: "60.33" becomes "60,33"."""
    return wording.decimal_number(Decimal(score)) if score else "–"


@register.filter
def why_unranked(reason: str, part: Titled) -> str:
    """Return why a nominee has no place."""
    code, _, criterion = reason.partition(":")
    return sentences.sentence(f"unranked_{code}", {"criterion": _title(part, criterion)}) if code else ""


@register.filter
def settled_by(steps: Iterable[str], part: Titled) -> str:
    """Return which steps of the tie chain parted a nominee from others."""
    return "; ".join(tie_step(step, part) for step in steps)


@register.filter
def tie_step(step: str, part: Titled) -> str:
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


def _title(part: Titled, name: str) -> str:
    return part.title_of(name) or (gettext("complete sheets") if name == "sheets" else name)
