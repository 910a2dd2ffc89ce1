"""The trace of one nominee: every number on its way from the mark to the total, redoable on paper."""

from collections.abc import Iterator
from fractions import Fraction

from .aggregation import Aggregate
from .criteria import PANEL, Criterion
from .evaluation import Evaluation, Evaluator
from .numbers import rounded
from .policy import EVERY, JUDGE
from .problem import Problem
from .result import CriterionTrace, SeatMark, SheetTrace
from .scoresheet import State


def explain(evaluator: Evaluator, nominee: str, found: Evaluation) -> tuple[CriterionTrace, ...]:
    """One trace per node, in the order of the tree."""
    problem = evaluator.problem
    if problem.policy.panel_level == JUDGE:
        sheets = _combined(evaluator, found)
        means = {leaf.id: sheets for leaf in problem.rubric.panel_leaves} if sheets else {}
    else:
        means = evaluator.panel(nominee)
    return tuple(_node(problem, nominee, node, found, means.get(node.id)) for node in problem.rubric.nodes)


def sheet_traces(evaluator: Evaluator, found: Evaluation) -> tuple[SheetTrace, ...]:
    """The complete sheets' totals, when the rules combine whole sheets."""
    sheets = _combined(evaluator, found)
    dropped = sheets.dropped if sheets else ()
    return tuple(SheetTrace(seat, total, seat in dropped) for seat, total in sorted(found.sheet_totals.items()))


def _combined(evaluator: Evaluator, found: Evaluation) -> Aggregate | None:
    """The complete sheets' totals put together; None below judge level, or without any."""
    return evaluator.method.combine(found.sheet_totals, evaluator.settings) if found.sheet_totals else None


def cell_state(problem: Problem, seat: str, nominee: str, leaf: str, *, applicable: bool = True) -> State:
    """Which of the six states a cell is in; a recusal outweighs a mark that was given all the same."""
    if (seat, nominee) in problem.recusals:
        return State.RECUSED
    if not applicable:
        return State.NOT_APPLICABLE
    if (seat, nominee, leaf) in problem.scores:
        return State.VALUE
    return problem.states.get((seat, nominee, leaf), State.NOT_ENTERED)


def _marks(problem: Problem, nominee: str, leaf: str, found: Evaluation, mean: Aggregate | None) -> Iterator[SeatMark]:
    """Every seat's cell, in the order of the seats."""
    used, dropped = (mean.used, mean.dropped) if mean else ((), ())
    applicable = leaf not in found.not_applicable
    for seat in problem.judges:
        state = cell_state(problem, seat, nominee, leaf, applicable=applicable)
        value = problem.scores.get((seat, nominee, leaf)) if state is State.VALUE else None
        yield SeatMark(seat, state, value, used=seat in used, dropped=seat in dropped)


def _outcome(problem: Problem, nominee: str, node: Criterion, found: Evaluation, score: Fraction | None) -> str:
    if node.id in found.not_applicable or node.id not in found.shares:
        return "not_applicable"
    if node.kind == PANEL and not node.is_branch:
        short = len(found.seats.get(node.id, ())) < max(problem.policy.min_scores, 1)
        return "insufficient" if short and nominee not in problem.exceptions else "scored"
    if node.is_branch:
        return "scored" if score is not None else "insufficient"
    if (nominee, node.id) not in problem.values:
        return "missing" if score is None else "missing_as_zero"
    return "scored"


def _node(
    problem: Problem, nominee: str, node: Criterion, found: Evaluation, combined: Aggregate | None
) -> CriterionTrace:
    """One node; at judge level the score is that of the complete sheets, so there is no mean of marks."""
    is_panel = node.kind == PANEL and not node.is_branch
    by_sheet = problem.policy.panel_level == JUDGE
    mean = None if by_sheet else combined
    official = found.nodes.get(node.id)
    score = official if node.is_branch or by_sheet else found.leaves.get(node.id)
    share = found.shares.get(node.id)
    product = share * official / 100 if share is not None and official is not None else None
    rule = problem.policy.rounding
    rounds = product is not None and rule.at == EVERY and node.id != problem.rubric.root.id
    return CriterionTrace(
        criterion=node.id,
        title=node.title,
        method=problem.policy.method_of(node.id) if is_panel and not by_sheet else None,
        source="branch" if node.is_branch else node.source,
        outcome=_outcome(problem, nominee, node, found, score),
        marks=tuple(_marks(problem, nominee, node.id, found, combined)) if is_panel else (),
        count=len(found.seats.get(node.id, ())),
        total=mean.total if mean else None,
        divisor=mean.divisor if mean else None,
        mean=mean.value if mean else None,
        figure=None if is_panel or node.is_branch else problem.values.get((nominee, node.id)),
        score=score,
        official=official,
        weight=node.weight,
        share=share,
        product=product,
        part=rounded(product, rule.places, rule.mode) if rounds and product is not None else product,
    )
