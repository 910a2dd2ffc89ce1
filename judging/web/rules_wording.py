"""Rules in plain sentences, and the words for their choices."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from judging.core.policy import CRITERION_STEP, Policy

METHODS: Mapping[str, Any] = {
    "trimmed": gettext_lazy("Trimmed mean: highest and lowest scores are dropped"),
    "mean": gettext_lazy("Mean of all scores"),
    "median": gettext_lazy("Median"),
}
LEVELS: Mapping[str, Any] = {
    "leaf": gettext_lazy("Scores are combined criterion by criterion."),
    "judge": gettext_lazy("Each complete sheet is totalled first, then the totals are combined."),
}
MISSING: Mapping[str, Any] = {
    "unranked": gettext_lazy("Without an administrative score or indicator a nominee is not ranked."),
    "zero": gettext_lazy("A missing administrative score or indicator counts as zero."),
}
STAGES: Mapping[str, Any] = {
    "final": gettext_lazy("The total is rounded once, and what is then equal is a tie."),
    "none": gettext_lazy("Places follow the exact total; only printed numbers are rounded."),
    "every": gettext_lazy("Every criterion and every weighted part is rounded."),
}
MODES: Mapping[str, Any] = {
    "half_up": gettext_lazy("halves up"),
    "half_even": gettext_lazy("halves to the even digit"),
    "down": gettext_lazy("always down"),
    "up": gettext_lazy("always up"),
}
STEPS: Mapping[str, Any] = {
    "by_weight": gettext_lazy("Higher score on the criteria, the heaviest first"),
    "median": gettext_lazy("Higher median of the members' totals"),
    "first_places": gettext_lazy("More members who put the nominee first"),
    "head_to_head": gettext_lazy("More members who put one nominee above the other"),
    "fewest_low": gettext_lazy("Fewer low scores"),
    "chair": gettext_lazy("The plenary decides, with vote and reason"),
}
#: Where nobody told what the criteria are called, their codes stand.
NO_TITLES: Mapping[str, str] = MappingProxyType({})


def sentences(policy: Policy, titles: Mapping[str, str] = NO_TITLES) -> list[str]:
    """Return the rules as sentences in the active language, the tie chain apart; ``titles`` names the criteria."""
    return [
        _method(policy, policy.panel_method),
        *(
            _("%(criterion)s has a method of its own. %(method)s")
            % {"criterion": titles.get(leaf) or leaf, "method": _method(policy, method)}
            for leaf, method in policy.panel_methods
        ),
        str(LEVELS[policy.panel_level]),
        _("With fewer than %(count)s scores a nominee is not ranked, unless an exception is recorded.")
        % {"count": policy.min_scores},
        str(MISSING[policy.missing_value]),
        str(STAGES[policy.rounding.at]),
        _("Rounding: %(places)s decimals, %(mode)s.")
        % {"places": policy.rounding.places, "mode": MODES[policy.rounding.mode]},
        _("Places are counted %(style)s.")
        % {"style": "-".join(policy.ranking) if policy.ranking.isdigit() else _("in fractions")},
        _("Titles: %(titles)s; a category gives as many as it has places.") % {"titles": ", ".join(policy.labels)},
    ]


def _method(policy: Policy, method: str) -> str:
    panel = policy.panel
    return {
        "trimmed": _(
            "Of the panel's scores the %(trim)s highest and the %(trim)s lowest are dropped and the rest is averaged;"
            " with fewer than %(least)s scores all of them are averaged."
        )
        % {"trim": panel.trim, "least": panel.trim_min_n},
        "mean": _("All of the panel's scores are averaged."),
        "median": _("The median of the panel's scores counts."),
    }[method]


def tie_steps(policy: Policy, titles: Mapping[str, str] = NO_TITLES) -> list[str]:
    """Return the tie chain in words, in its order; ``titles`` names the criteria."""
    return [_step(step, titles) for step in policy.tie_break]


def _step(step: str, titles: Mapping[str, str]) -> str:
    criterion = step.removeprefix(CRITERION_STEP)
    return step_words(step, titles.get(criterion) or criterion)


def step_words(step: str, criterion: str) -> str:
    """Return one step of the tie chain in words; ``criterion`` is the title of the one that it looks at, if any."""
    plain = STEPS.get(step)
    return str(plain) if plain else _("Higher score on %(criterion)s") % {"criterion": criterion}
