"""A standing as a story: what stands first on its page, in whole sentences."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from judging.core.numbers import plain
from judging.core.result import Comparison
from judging.selectors.explanations import DEVIATION, SCORE, SHARED, Explanation, Separation
from judging.selectors.tabulations import key_of
from judging.templatetags.standings import criterion_title, official, tie_step, why_unranked


@dataclass(frozen=True, slots=True)
class TieLine:
    """One step of the tie chain: its words, what it compared, and what came of it."""

    step: str
    values: tuple[tuple[str, Fraction], ...]
    outcome: str
    reason: str


def story(found: Explanation) -> list[str]:
    """Return the place in one sentence, then one on each neighbour."""
    line = found.line
    if not line.is_ranked:
        return [_("No place: %(reason)s.") % {"reason": why_unranked(line.unranked_reason, found.part)}]
    facts = {
        "place": line.place,
        "count": len(found.part.ranked),
        "score": official(line.score),
        "title": line.title,
    }
    first = (
        _("Place %(place)s of %(count)s with %(score)s: %(title)s.")
        if line.title
        else _("Place %(place)s of %(count)s with %(score)s.")
    )
    sentences = [first % facts]
    if found.above:
        sentences.append(_above(found.above, found))
    if found.below:
        sentences.append(_below(found.below, found))
    return sentences


def _facts(one: Separation, found: Explanation) -> dict[str, str]:
    return {
        "nominee": str(one.other.nomination),
        "place": one.other.place,
        "points": plain(abs(one.difference)).replace(".", ","),
        "step": step_words(one.comparison, found) if one.comparison else "",
    }


def _above(one: Separation, found: Explanation) -> str:
    text = {
        SCORE: _("%(points)s points below place %(place)s, %(nominee)s."),
        SHARED: _("Shares the place with %(nominee)s."),
        DEVIATION: _("The plenary put %(nominee)s above it, against the computed order."),
    }.get(one.kind, _("The same score as place %(place)s, %(nominee)s, which the rules put first: %(step)s."))
    return text % _facts(one, found)


def _below(one: Separation, found: Explanation) -> str:
    text = {
        SCORE: _("%(points)s points above place %(place)s, %(nominee)s."),
        SHARED: _("Shares the place with %(nominee)s."),
        DEVIATION: _("The plenary put it above %(nominee)s, against the computed order."),
    }.get(one.kind, _("The same score as place %(place)s, %(nominee)s, and put first by the rules: %(step)s."))
    return text % _facts(one, found)


def step_words(comparison: Comparison, found: Explanation) -> str:
    """Return one step of the tie chain in words, with the criterion that it looked at."""
    words = tie_step(comparison.step, found.part)
    if comparison.basis and comparison.step == "by_weight":
        return f"{words} ({criterion_title(comparison.basis, found.part)})"
    return words


def tie_lines(found: Explanation) -> list[TieLine]:
    """Return every step that looked at a group with this nominee in it."""
    names = {key_of(line.nomination): str(line.nomination) for line in found.part.lines}
    return [_tie_line(each, found, names) for each in found.tie]


def _tie_line(each: Comparison, found: Explanation, names: dict[str, str]) -> TieLine:
    values = (
        ()
        if each.values is None or each.step == "chair"
        else tuple((names[key], each.values[key]) for group in each.outcome for key in group)
    )
    if each.values is None:
        outcome = _("Could not compare them.")
    elif each.settled:
        outcome = " > ".join(" = ".join(names[key] for key in group) for group in each.outcome)
    else:
        outcome = _("Left them equal.")
    return TieLine(step_words(each, found), values, outcome, each.reason)
