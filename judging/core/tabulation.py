"""The one entry point: rubric, marks and rules in, a result that explains itself out. Pure and exact."""

from collections.abc import Mapping
from fractions import Fraction
from functools import partial

from . import tiebreaks
from .evaluation import Evaluation, Evaluator
from .explanation import explain, sheet_traces
from .numbers import printed, rounded
from .policy import FINAL
from .problem import ENGINE, Problem, digest
from .ranking import Group, Place, holds_title, places, split, title_of
from .result import RANKED, UNRANKED, Result, Standing, TieReport

__all__ = ["Problem", "Result", "tabulate"]


def tabulate(problem: Problem) -> Result:
    """Score, rank and explain one category.

    ``problem`` comes from ``package.read`` or ``problem.assemble`` (both refuse bad input before any number is
    computed). The order of judges, nominees and marks changes nothing but the order of the seats in the traces.
    """
    evaluator = Evaluator(problem)
    found = {nominee: evaluator.evaluate(nominee) for nominee in problem.nominees}
    official = {name: _official(problem, item) for name, item in found.items() if item.reason is None}
    groups, ties = _ranking(problem, evaluator, found, official)
    policy = problem.policy
    given = places(groups, policy.ranking)
    unresolved = tuple(group for group in groups if len(group) > 1)
    report_of = {name: report for report in ties for name in report.group}
    ranked = [
        _ranked(evaluator, name, found[name], official[name], given[name], group, report_of.get(name))
        for group in groups
        for name in group
    ]
    unranked = [_unranked(evaluator, name, found[name]) for name in sorted(found) if name not in official]
    return Result(
        standings=(*ranked, *unranked),
        groups=groups,
        ties=ties,
        unresolved_ties=unresolved,
        needs_decision=any(holds_title(groups, group, policy.ranking, policy.labels) for group in unresolved),
        digest=digest(problem),
        engine=ENGINE,
    )


def _official(problem: Problem, found: Evaluation) -> Fraction:
    """The score that ranks: the total rounded once, or as it is (``every``: its parts are rounded already)."""
    total, rule = found.nodes[problem.rubric.root.id], problem.policy.rounding
    return rounded(total, rule.places, rule.mode) if rule.at == FINAL else total


def _ranking(
    problem: Problem, evaluator: Evaluator, found: Mapping[str, Evaluation], official: Mapping[str, Fraction]
) -> tuple[tuple[Group, ...], tuple[TieReport, ...]]:
    """Groups best first after the tie chain, and a report on every group that was tied."""
    field = tiebreaks.Field(evaluator, {name: found[name].nodes for name in official})
    groups: list[Group] = []
    ties: list[TieReport] = []
    for group in split(tuple(official), official):
        if len(group) == 1:
            groups.append(group)
            continue
        report = tiebreaks.break_tie(field, group, official[group[0]])
        ties.append(report)
        groups.extend(report.outcome)
    return tuple(groups), tuple(ties)


def _ranked(
    evaluator: Evaluator,
    nominee: str,
    found: Evaluation,
    official: Fraction,
    place: Place,
    group: Group,
    report: TieReport | None,
) -> Standing:
    policy = evaluator.problem.policy
    exact, rule = found.nodes[evaluator.rubric.root.id], policy.rounding
    return Standing(
        nominee=nominee,
        status=RANKED,
        reason=None,
        exact=exact,
        official=official,
        final=printed(exact, rule.places, rule.mode),
        place=place,
        title=title_of(place, policy.labels),
        tied=len(group) > 1,
        resolved_by=tiebreaks.resolved_by(report, nominee) if report else (),
        nodes=found.nodes,
        counts=found.counts,
        explain=partial(explain, evaluator, nominee, found),
        explain_sheets=partial(sheet_traces, evaluator, found),
    )


def _unranked(evaluator: Evaluator, nominee: str, found: Evaluation) -> Standing:
    return Standing(
        nominee=nominee,
        status=UNRANKED,
        reason=found.reason,
        exact=None,
        official=None,
        final=None,
        place=None,
        title=None,
        tied=False,
        resolved_by=(),
        nodes={},
        counts=found.counts,
        explain=partial(explain, evaluator, nominee, found),
        explain_sheets=tuple,
    )
