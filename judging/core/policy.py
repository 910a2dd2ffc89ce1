"""The rules of a round as data: read, checked and written; frozen when judging opens (docs/scoring.md)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Final

from . import reading
from .aggregation import METHODS, PanelSettings
from .criteria import PANEL, Rubric
from .numbers import MODES, whole
from .ranking import STYLES
from .reading import Json
from .refusals import (
    DuplicateId,
    EveryNeedsLeafLevel,
    Malformed,
    PanelLevel,
    PanelMethod,
    RankingStyle,
    Refusal,
    RoundingAt,
    RoundingMode,
    TieBreak,
    TieBreakCriterion,
    UnknownReference,
)

LABELS: Final = ("Juara I", "Juara II", "Juara III", "Harapan I", "Harapan II", "Harapan III")
LEAF, JUDGE = "leaf", "judge"
NONE, FINAL, EVERY = "none", "final", "every"
UNRANKED, ZERO_VALUE = "unranked", "zero"
CRITERION_STEP: Final = "criterion:"
PLAIN_STEPS: Final = ("by_weight", "median", "first_places", "head_to_head", "fewest_low", "chair")


@dataclass(frozen=True, slots=True)
class Rounding:
    """``places`` decimals by ``mode``; ``at``: ``none`` only printed, ``final`` the total, ``every`` part (ISU)."""

    places: int = 2
    mode: str = "half_up"
    at: str = FINAL


@dataclass(frozen=True, slots=True)
class ChairDecision:
    """The plenary's recorded order for a tied group; a blank reason does not count."""

    order: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Policy:
    """One rule set. The defaults are those of docs/scoring.md.

    ``panel_methods`` are (panel leaf, method) pairs, sorted: the leaves that differ from ``panel_method``.
    """

    panel_method: str = "trimmed"
    panel: PanelSettings = field(default_factory=PanelSettings)
    panel_level: str = LEAF
    min_scores: int = 5
    missing_value: str = UNRANKED
    rounding: Rounding = field(default_factory=Rounding)
    tie_break: tuple[str, ...] = ()
    chair: tuple[ChairDecision, ...] = ()
    ranking: str = "1224"
    labels: tuple[str, ...] = LABELS
    panel_methods: tuple[tuple[str, str], ...] = ()

    def method_of(self, leaf: str) -> str:
        """The code of the method by which the marks on the panel leaf ``leaf`` are combined."""
        return dict(self.panel_methods).get(leaf, self.panel_method)


def _choice(value: Json, known: Collection[str], at: str, refusal: type[Refusal]) -> str:
    if not isinstance(value, str) or value not in known:
        raise refusal(at, f"expected one of {', '.join(known)}", value=str(value))
    return value


def from_document(value: Json, at: str = "policy") -> Policy:
    """Read a rule set from plain JSON; what is left out takes its default.

    Raises ``panel_method``, ``panel_level``, ``trim_too_large``, ``rounding_at``, ``rounding_mode``,
    ``every_needs_leaf_level``, ``tie_break``, ``ranking``, ``duplicate_id``, ``float_input``, ``malformed``.
    """
    document = reading.mapping(value, at)
    method = _choice(document.get("panel_method", "trimmed"), METHODS, f"{at}.panel_method", PanelMethod)
    panel = PanelSettings(
        trim=whole(document.get("trim", 1), f"{at}.trim"),
        trim_min_n=whole(document.get("trim_min_n", 5), f"{at}.trim_min_n"),
    )
    methods = _methods(document.get("panel_methods", {}), f"{at}.panel_methods")
    for code in dict.fromkeys((method, *dict(methods).values())):
        METHODS[code].check(panel, f"{at}.trim")
    level = _choice(document.get("panel_level", LEAF), (LEAF, JUDGE), f"{at}.panel_level", PanelLevel)
    if methods and level != LEAF:
        raise PanelLevel(f"{at}.panel_methods", "a method of its own for a criterion needs the panel level leaf")
    rounding = _rounding(document.get("rounding", {}), f"{at}.rounding")
    if rounding.at == EVERY and level == JUDGE:
        raise EveryNeedsLeafLevel(f"{at}.rounding.at", "rounding every part needs the panel level leaf")
    missing = _choice(document.get("missing_value", UNRANKED), (UNRANKED, ZERO_VALUE), f"{at}.missing_value", Malformed)
    return Policy(
        panel_method=method,
        panel=panel,
        panel_level=level,
        min_scores=whole(document.get("min_scores", 5), f"{at}.min_scores"),
        missing_value=missing,
        rounding=rounding,
        tie_break=_chain(document.get("tie_break", []), f"{at}.tie_break"),
        chair=_chair(document.get("chair", []), f"{at}.chair"),
        ranking=_choice(document.get("ranking", "1224"), STYLES, f"{at}.ranking", RankingStyle),
        labels=_labels(document.get("labels"), f"{at}.labels"),
        panel_methods=methods,
    )


def _methods(value: Json, at: str) -> tuple[tuple[str, str], ...]:
    """Leaf -> method, sorted by leaf, so that equal rules are equal whatever the order they were written in."""
    document = reading.mapping(value, at)
    pairs = ((leaf, _choice(code, METHODS, reading.join(at, leaf), PanelMethod)) for leaf, code in document.items())
    return tuple(sorted(pairs))


def _labels(value: Json, at: str) -> tuple[str, ...]:
    if value is None:
        return LABELS
    return tuple(reading.text(label, f"{at}[{index}]") for index, label in enumerate(reading.listing(value, at)))


def _rounding(value: Json, at: str) -> Rounding:
    document = reading.mapping(value, at)
    return Rounding(
        places=whole(document.get("places", 2), f"{at}.places", most=30),
        mode=_choice(document.get("mode", "half_up"), MODES, f"{at}.mode", RoundingMode),
        at=_choice(document.get("at", FINAL), (NONE, FINAL, EVERY), f"{at}.at", RoundingAt),
    )


def _chain(value: Json, at: str) -> tuple[str, ...]:
    steps = []
    for index, step in enumerate(reading.listing(value, at)):
        if not isinstance(step, str) or not (step in PLAIN_STEPS or step.startswith(CRITERION_STEP)):
            raise TieBreak(f"{at}[{index}]", f"the steps are criterion:<id>, {', '.join(PLAIN_STEPS)}", step=str(step))
        steps.append(step)
    return tuple(steps)


def _chair(value: Json, at: str) -> tuple[ChairDecision, ...]:
    decisions = []
    for index, item in enumerate(reading.listing(value, at)):
        path = f"{at}[{index}]"
        document = reading.mapping(item, path)
        reason = document.get("reason")
        decisions.append(
            ChairDecision(
                order=reading.unique(document.get("order"), f"{path}.order"),
                reason="" if reason is None else reading.text(reason, f"{path}.reason"),
            )
        )
    return tuple(decisions)


def check_references(policy: Policy, rubric: Rubric, nominees: Collection[str], at: str = "policy") -> None:
    """Refuse rules that name what is not there.

    Raises ``unknown_reference`` (a method for something that is no panel leaf, a decision on an unknown nominee),
    ``tie_break_criterion`` (a chain that names a criterion outside the rubric) or ``duplicate_id``.
    """
    for leaf, _ in policy.panel_methods:
        if leaf not in rubric.by_id or rubric.by_id[leaf].is_branch or rubric.by_id[leaf].kind != PANEL:
            raise UnknownReference(f"{at}.panel_methods.{leaf}", f"{leaf} is no panel criterion", id=leaf)
    for index, step in enumerate(policy.tie_break):
        if step.startswith(CRITERION_STEP) and step.removeprefix(CRITERION_STEP) not in rubric.by_id:
            raise TieBreakCriterion(f"{at}.tie_break[{index}]", f"{step} names no criterion of the rubric", step=step)
    for index, decision in enumerate(policy.chair):
        path = f"{at}.chair[{index}].order"
        if len(set(decision.order)) != len(decision.order):
            raise DuplicateId(path, "a nominee is listed twice")
        for name in decision.order:
            if name not in nominees:
                raise UnknownReference(path, f"{name} is no nominee", id=name)


def to_document(policy: Policy) -> dict[str, Json]:
    """Plain JSON with every rule spelled out."""
    rounding: Mapping[str, Json] = {
        "places": policy.rounding.places,
        "mode": policy.rounding.mode,
        "at": policy.rounding.at,
    }
    found: dict[str, Json] = {
        "panel_method": policy.panel_method,
        "trim": policy.panel.trim,
        "trim_min_n": policy.panel.trim_min_n,
        "panel_level": policy.panel_level,
        "min_scores": policy.min_scores,
        "missing_value": policy.missing_value,
        "rounding": dict(rounding),
        "tie_break": list(policy.tie_break),
        "chair": [{"order": list(decision.order), "reason": decision.reason} for decision in policy.chair],
        "ranking": policy.ranking,
        "labels": list(policy.labels),
    }
    if policy.panel_methods:  # written only where it says something, so that rules without it keep their hash
        found["panel_methods"] = dict(policy.panel_methods)
    return found
