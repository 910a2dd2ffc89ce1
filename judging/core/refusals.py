"""The one family of refusals of the scoring core: a stable code, where it was found, and a plain English sentence.

The codes are those of the open format ``paritrana.tabulation/1``. A refusal is raised before any number is
computed: input is refused, never repaired.
"""

from typing import Any, ClassVar

from paritrana.kernel.errors import DomainError


class Refusal(DomainError):
    """Input that cannot be tabulated. ``at`` is a path into the document such as ``tree.children[1].weight``."""

    code: ClassVar[str] = "malformed"

    def __init__(self, at: str, message: str, **facts: Any) -> None:
        self.at = at
        self.message = message
        super().__init__(at=at, message=message, **facts)


class Malformed(Refusal):
    """Not a document of this format, or a number, list or name of the wrong form."""

    code = "malformed"


class FloatInput(Refusal):
    """A binary floating point number where only exact numbers are accepted."""

    code = "float_input"


class WeightsSum(Refusal):
    """Sibling weights that do not add up to exactly 100; facts ``branch`` and ``found``."""

    code = "weights_sum"


class DuplicateId(Refusal):
    """The same identifier given twice."""

    code = "duplicate_id"


class DuplicateScore(Refusal):
    """Two marks of one judge for one nominee on one criterion."""

    code = "duplicate_score"


class UnknownReference(Refusal):
    """A judge, nominee or criterion that was not declared (or that takes no entry of this sort)."""

    code = "unknown_reference"


class ScoreRange(Refusal):
    """A mark outside its scale."""

    code = "score_range"


class ScoreStep(Refusal):
    """A mark between two steps of its scale."""

    code = "score_step"


class Knots(Refusal):
    """Knots of a piecewise transform that are missing or not strictly rising."""

    code = "knots"


class Steps(Refusal):
    """Thresholds of a step transform that are missing or not strictly rising."""

    code = "steps"


class LinearDegenerate(Refusal):
    """A linear transform whose two anchors are the same figure."""

    code = "linear_degenerate"


class UnknownTransform(Refusal):
    """A transform that does not exist."""

    code = "transform"


class NotApplicable(Refusal):
    """ "Not applicable" on something the rubric does not allow it for."""

    code = "not_applicable"


class TrimTooLarge(Refusal):
    """A trim that would leave no mark to average."""

    code = "trim_too_large"


class EveryNeedsLeafLevel(Refusal):
    """Rounding every part needs criteria combined one by one."""

    code = "every_needs_leaf_level"


class RoundingAt(Refusal):
    """A rounding stage that does not exist."""

    code = "rounding_at"


class RoundingMode(Refusal):
    """A rounding mode that does not exist."""

    code = "rounding_mode"


class PanelMethod(Refusal):
    """A panel method that does not exist."""

    code = "panel_method"


class PanelLevel(Refusal):
    """A panel level that does not exist."""

    code = "panel_level"


class TieBreak(Refusal):
    """A step of the tie chain that does not exist."""

    code = "tie_break"


class TieBreakCriterion(Refusal):
    """A tie chain that names a criterion outside the rubric."""

    code = "tie_break_criterion"


class RankingStyle(Refusal):
    """A ranking style that does not exist."""

    code = "ranking"
