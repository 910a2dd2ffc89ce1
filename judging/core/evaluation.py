"""From marks and figures to node scores of one nominee: exact, one nominee at a time, no ranking yet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from . import quorum
from .aggregation import METHODS, Aggregate
from .criteria import PANEL, Criterion, Rubric, on_line
from .numbers import ZERO, rounded, weighted
from .policy import EVERY, JUDGE, ZERO_VALUE, Rounding
from .problem import Problem

Scores = Mapping[str, Fraction]


def roll_up(
    rubric: Rubric,
    shares: Mapping[str, Fraction],
    leaves: Scores,
    round_part: Callable[[Fraction], Fraction] | None = None,
) -> dict[str, Fraction]:
    """Scores of all nodes that did not drop out: node = sum of share * child / 100.

    ``round_part`` rounds each leaf score and each weighted part (the rules' ``every``).
    """
    nodes: dict[str, Fraction] = {}
    for node in reversed(rubric.nodes):
        if not node.is_branch:
            if node.id in leaves:
                nodes[node.id] = round_part(leaves[node.id]) if round_part else leaves[node.id]
        elif node.id in shares:
            terms = [(shares[child.id], nodes[child.id]) for child in node.children if child.id in shares]
            if round_part:
                nodes[node.id] = sum((round_part(weighted([term])) for term in terms), ZERO)
            else:
                nodes[node.id] = weighted(terms)
    return {node.id: nodes[node.id] for node in rubric.nodes if node.id in nodes}


@dataclass(frozen=True, slots=True)
class Evaluation:
    """One nominee's numbers. ``reason`` is why there is no total; then ``nodes`` is empty.

    ``seats``: applicable panel leaf -> seat -> mark that counts. ``sheet_totals`` only at judge level.
    """

    reason: str | None
    shares: Mapping[str, Fraction]
    not_applicable: frozenset[str]
    seats: quorum.Marks
    counts: Mapping[str, int]
    leaves: Scores
    nodes: Scores
    sheet_totals: Scores


class Evaluator:
    """The numbers of every nominee of one problem; indexes the marks once.

    ``marks`` (nominee -> marks that count), when they are known already, stand in the place of the problem's scores.
    """

    def __init__(self, problem: Problem, marks: Mapping[str, quorum.Marks] | None = None) -> None:
        self.problem = problem
        self.rubric = problem.rubric
        self.settings = problem.policy.panel
        self.method = METHODS[problem.policy.panel_method]
        self.methods = {leaf.id: METHODS[problem.policy.method_of(leaf.id)] for leaf in self.rubric.panel_leaves}
        self.lines = self.rubric.lines
        self.value_leaves = tuple(leaf for leaf in self.rubric.leaves if leaf.kind != PANEL)
        self.seats = quorum.counted_marks(problem) if marks is None else marks
        self._shares = {frozenset[str](): self.rubric.full_shares}

    @cached_property
    def peers(self) -> Mapping[str, tuple[Fraction, ...]]:
        """leaf -> the lowest and the highest figure of all nominees that are not disqualified."""
        found: dict[str, list[Fraction]] = {leaf.id: [] for leaf in self.value_leaves}
        for (nominee, leaf), value in self.problem.values.items():
            if nominee not in self.problem.disqualified:
                found[leaf].append(value)
        return {leaf: (min(values), max(values)) if values else () for leaf, values in found.items()}

    def shares(self, not_applicable: frozenset[str]) -> Mapping[str, Fraction]:
        """``Rubric.shares``, worked out once for all nominees to whom the same leaves are not applicable."""
        if not_applicable not in self._shares:
            self._shares[not_applicable] = self.rubric.shares(not_applicable)
        return self._shares[not_applicable]

    def panel(self, nominee: str) -> dict[str, Aggregate]:
        """Leaf -> the combined mark of the seats, on the scale of the leaf; leaves without any mark are left out."""
        marks = self.seats[nominee]
        return {leaf: self.methods[leaf].combine(seats, self.settings) for leaf, seats in marks.items() if seats}

    def _panel_scores(self, nominee: str) -> dict[str, Fraction]:
        """Leaf -> its score; leaves without any mark are left out."""
        return {
            leaf: on_line(self.lines[leaf], *self.methods[leaf].mean(seats.values(), self.settings))
            for leaf, seats in self.seats[nominee].items()
            if seats
        }

    def _value_score(self, nominee: str, leaf: Criterion) -> Fraction | None:
        """Score of a leaf that the panel does not mark; a missing figure is None, or 0 if the rules say so."""
        value = self.problem.values.get((nominee, leaf.id))
        if value is None:
            return ZERO if self.problem.policy.missing_value == ZERO_VALUE else None
        if leaf.transform is not None:
            return leaf.transform.score(value, self.peers[leaf.id])
        return leaf.scale.to_hundred(value)

    def value_scores(self, nominee: str) -> dict[str, Fraction | None]:
        """Score of every applicable leaf that the panel does not mark."""
        out = self.problem.leaves_out(nominee)
        return {leaf.id: self._value_score(nominee, leaf) for leaf in self.value_leaves if leaf.id not in out}

    def sheets(self, nominee: str) -> dict[str, dict[str, Fraction]]:
        """Seat -> node scores of its complete sheet, the other sources' scores included; never rounded."""
        shares = self.shares(self.problem.leaves_out(nominee))
        common = {leaf: score for leaf, score in self.value_scores(nominee).items() if score is not None}
        found = {}
        for seat in sorted(quorum.complete_seats(self.seats[nominee])):
            own = {
                leaf: on_line(self.lines[leaf], *marks[seat].as_integer_ratio())
                for leaf, marks in self.seats[nominee].items()
            }
            found[seat] = roll_up(self.rubric, shares, common | own)
        return found

    def sheet_totals(self, nominee: str) -> dict[str, Fraction]:
        """Seat -> weighted total of its complete sheet."""
        return {seat: nodes[self.rubric.root.id] for seat, nodes in self.sheets(nominee).items()}

    def _reason(self, nominee: str, shares: Scores, values: Mapping[str, Fraction | None]) -> str | None:
        """Why this nominee cannot be ranked; the reasons in the order of the open format."""
        if nominee in self.problem.disqualified:
            return "disqualified"
        if self.rubric.root.id not in shares:
            return "not_applicable"
        short = quorum.shortfall(self.problem, nominee, self.seats[nominee])
        if short is not None:
            return f"insufficient_scores:{short.leaf}"
        missing = next((leaf for leaf, score in values.items() if score is None), None)
        return None if missing is None else f"missing_value:{missing}"

    def evaluate(self, nominee: str) -> Evaluation:
        """Everything about one nominee that does not depend on the places of the others."""
        out = self.problem.leaves_out(nominee)
        shares, values = self.shares(out), self.value_scores(nominee)
        leaves = {leaf: score for leaf, score in values.items() if score is not None} | self._panel_scores(nominee)
        reason = self._reason(nominee, shares, values)
        nodes: Mapping[str, Fraction] = {}
        sheets: dict[str, dict[str, Fraction]] = {}
        if reason is None:
            if self.problem.policy.panel_level == JUDGE and self.seats[nominee]:
                sheets = self.sheets(nominee)
                nodes = self._over_sheets(sheets)
            else:
                nodes = roll_up(self.rubric, shares, leaves, _round_part(self.problem.policy.rounding))
        return Evaluation(
            reason=reason,
            shares=shares,
            not_applicable=out,
            seats=self.seats[nominee],
            counts=quorum.counts(self.problem, self.seats[nominee]),
            leaves=leaves,
            nodes=nodes,
            sheet_totals={seat: found[self.rubric.root.id] for seat, found in sheets.items()},
        )

    def _over_sheets(self, sheets: Mapping[str, Scores]) -> dict[str, Fraction]:
        """Judge level: every node is the panel method over the complete sheets' scores of that node."""
        names, rows = next(iter(sheets.values())), sheets.values()
        return {name: Fraction(*self.method.mean([row[name] for row in rows], self.settings)) for name in names}


def _round_part(rule: Rounding) -> Callable[[Fraction], Fraction] | None:
    return (lambda part: rounded(part, rule.places, rule.mode)) if rule.at == EVERY else None
