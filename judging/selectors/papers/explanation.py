"""The data of the lembar penjelasan: one nominee's whole sum, or one sheet for each nominee of a category."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Final

from judging.core import rubric as rubrics
from judging.core.policy import CRITERION_STEP, JUDGE, Policy
from judging.core.result import Comparison, SeatMark
from judging.core.working import REMAINDER
from judging.documents.explanation_data import (
    ExplainedCriterion,
    ExplainedMark,
    ExplainedNeighbour,
    ExplainedPaper,
    ExplainedSheetTotal,
    ExplainedTieStep,
    ExplanationSheet,
    ExplanationSheets,
)
from judging.models import Decision, DecisionKind, Tabulation, TabulationPart
from judging.selectors.decided import PartStandings
from judging.selectors.explanations import (
    DEVIATION,
    SHARED,
    TIE,
    Explanation,
    Separation,
    SheetTotal,
    Step,
    explanations_of,
)
from judging.selectors.standings import PendingPool, final_part
from judging.selectors.tabulations import key_of
from paritrana.kernel import wording

from .common import category_title, demo_mark, edition_title, issuing_body, origin, provenance
from .ranking import ABSENCES, MISSING, PartMissing, rubric_version_of, rubric_words, unranked_words
from .rules import rounding_sentence, rules_sentences, step_words

METHODS: Final = {"mean": "rata-rata", "median": "median", "trimmed": "rata-rata terpangkas"}
REMAINDERS: Final = {JUDGE: "penggabungan lembar dan pembulatan", "leaf": "pembulatan"}
#: Steps of a tie that changed nothing are told as one line where they stand together.
SAME: Final = "tetap sama"
NOT_COMPARABLE: Final = "tidak dapat membandingkan"


def explanation_sheets_data(
    tabulation: Tabulation, part: TabulationPart, number: str, at: datetime
) -> ExplanationSheets:
    """Return one sheet for each nominee of ``part``, numbered ``number`` and dated the day of ``at``.

    The number of queries does not depend on the number of nominees.
    """
    found = final_part(tabulation, category=part.category, pool=part.pool)
    if found is None or isinstance(found, PendingPool):
        raise PartMissing(str(part))
    return sheets_of(explanations_of(tabulation, found), tabulation, found, number, at)


def explanation_sheet_data(found: Explanation, at: datetime) -> ExplanationSheets:
    """Return the sheet of one nominee as it is printed on request: it carries no number."""
    return sheets_of([found], found.tabulation, found.part, "", at)


def sheets_of(
    explanations: Iterable[Explanation], tabulation: Tabulation, part: PartStandings, number: str, at: datetime
) -> ExplanationSheets:
    """Return the sheets of some explanations of one part, whose origin is read once."""
    round, rubric = tabulation.round, part.problem.rubric
    common = {
        "issuing_body": issuing_body(round),
        "edition": edition_title(round),
        "category": category_title(part.name),
        "number": number,
        "day": wording.local_day(at, round.time_zone),
        "rounding": rounding_sentence(part.problem.policy),
        "rules": rules_sentences(part.problem.policy, rubric),
        "rubric_version": rubric_words(rubric_version_of(part)),
        "rubric_hash": rubrics.content_hash(rubric),
        "input_hash": part.part.input_hash if part.part else "",
        "provenance": provenance(tabulation, round, at),
        "demo_mark": demo_mark(round),
    }
    sheets = tuple(_sheet(found, common) for found in explanations)
    return ExplanationSheets(title=category_title(part.name), sheets=sheets)


def _sheet(found: Explanation, common: Mapping[str, object]) -> ExplanationSheet:
    line, policy = found.line, found.part.problem.policy
    seats = found.part.problem.judges
    names = {cell.seat.code: cell.seat.name for step in found.steps for cell in step.cells}
    titles = {node.id: node.title or node.id for node in found.part.problem.rubric.nodes}
    return ExplanationSheet(
        nominee=str(line.nomination),
        serial=line.nomination.number,
        origin=origin(line.nomination),
        place=line.place,
        of=len(found.part.ranked),
        award=line.title,
        unranked=unranked_words(line, titles, policy.min_scores),
        level="judge" if policy.panel_level == JUDGE else "leaf",
        seats=tuple(names.get(seat, seat) for seat in seats),
        criteria=criteria_of(found.steps, policy),
        papers=tuple(_papers(found, seats)),
        sheet_totals=tuple(_sheet_total(one, seats) for one in found.sheets),
        exact=line.core.exact,
        official_score=Decimal(line.score) if line.score else None,
        tie=tuple(_tie_steps(found, titles)),
        neighbours=tuple(
            _neighbour(one, titles, policy, is_above=one is found.above) for one in (found.above, found.below) if one
        ),
        decisions=tuple(_decision(row, found) for row in found.decisions),
        **common,  # type: ignore[arg-type] # the fields that all sheets of a part share
    )


def criteria_of(steps: Sequence[Step], policy: Policy) -> tuple[ExplainedCriterion, ...]:
    """Return every criterion below the total with the pieces of its sum."""
    return tuple(_criterion(step, policy) for step in steps if step.depth)


def _criterion(step: Step, policy: Policy) -> ExplainedCriterion:
    node = step.node
    is_scored = node.score is not None
    return ExplainedCriterion(
        name=node.title or node.criterion,
        depth=step.depth,
        source=node.source,  # type: ignore[arg-type] # a branch, or one of the three
        weight=node.weight,
        scale=step.scale if node.source == "panel" else None,
        marks=tuple(_mark(mark) for mark in node.marks),
        method=METHODS.get(node.method or "", "") if node.method != policy.panel_method else "",
        total=node.total,
        divisor=node.divisor,
        mean=node.mean,
        counts=_counts(step),
        conversion=step.conversion,
        score=node.score,
        official=node.official,
        share=node.share,
        whole_share=step.share,
        product=node.product,
        part=node.part,
        absence="" if is_scored or node.source == "branch" else ABSENCES.get(node.outcome, MISSING).lower(),
        origin=_origin(step),
    )


def _mark(mark: SeatMark) -> ExplainedMark:
    return ExplainedMark(value=mark.value, state=mark.state, used=mark.used, dropped=mark.dropped)


def _counts(step: Step) -> tuple[int, int] | None:
    """The counts behind a figure, as long as they still are what was frozen."""
    row = step.indicator
    if row is None or step.node.figure != Fraction(row.count * 100, row.base):
        return None
    return row.count, row.base


def _origin(step: Step) -> str:
    """Who entered a figure, who checked it, and from which source."""
    if step.indicator:
        row = step.indicator
        return f"{row.source}, per {wording.long_date(row.as_of)}; dientri {row.entered_by}"
    if not step.entries:
        return ""
    people = " dan ".join(str(row.entered_by) for row in step.entries)
    sources = ", ".join(dict.fromkeys(row.source for row in step.entries if row.source))
    words = f"dientri terpisah oleh {people}" if len(step.entries) > 1 else f"dientri {people}, belum diperiksa"
    return f"{words}; {sources}" if sources else words


def _sheet_total(one: SheetTotal, seats: Sequence[str]) -> ExplainedSheetTotal:
    return ExplainedSheetTotal(seat=seats.index(one.seat.code) + 1, total=one.total, dropped=one.dropped)


def _papers(found: Explanation, seats: Sequence[str]) -> Iterable[ExplainedPaper]:
    """The sheets that were typed in from paper, in the order of the seats."""
    papers = {cell.seat.code: cell.paper for step in found.steps for cell in step.cells if cell.paper}
    for number, seat in enumerate(seats, start=1):
        if seat in papers:
            paper = papers[seat]
            yield ExplainedPaper(
                seat=number,
                typed_by=tuple(str(entry.entered_by) for entry in paper.entries.all()),
                settled_by=str(paper.settled_by or ""),
                reason=paper.reason,
            )


def _tie_steps(found: Explanation, titles: Mapping[str, str]) -> Iterable[ExplainedTieStep]:
    """The steps in their order; those that compared the same group one after the other in vain are one line."""
    names = {key_of(line.nomination): str(line.nomination) for line in found.part.lines}
    waiting: list[Comparison] = []
    for each in found.tie:
        if not each.settled and each.values is not None and (not waiting or waiting[-1].step == each.step):
            waiting.append(each)
            continue
        if waiting:
            yield _in_vain(waiting, titles)
        waiting = [each] if not each.settled and each.values is not None else []
        if not waiting:
            yield _tie_step(each, names, titles)
    if waiting:
        yield _in_vain(waiting, titles)


def _words(comparison: Comparison, titles: Mapping[str, str]) -> str:
    """The words for a step; ``by_weight`` names the criterion that it looked at."""
    if comparison.basis and not comparison.step.startswith(CRITERION_STEP):
        return f"kriteria {titles[comparison.basis]}"
    return step_words(comparison.step, titles)


def _in_vain(steps: Sequence[Comparison], titles: Mapping[str, str]) -> ExplainedTieStep:
    words = "; ".join(_words(each, titles) for each in steps)
    return ExplainedTieStep(step=_capital(words), values=(), outcome=SAME)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _tie_step(each: Comparison, names: Mapping[str, str], titles: Mapping[str, str]) -> ExplainedTieStep:
    words = _capital(_words(each, titles))
    if each.values is None:
        return ExplainedTieStep(step=words, values=(), outcome=NOT_COMPARABLE)
    order = " di atas ".join(" = ".join(names[key] for key in group) for group in each.outcome)
    is_vote = each.step == "chair"
    values = () if is_vote else tuple((names[key], each.values[key]) for group in each.outcome for key in group)
    return ExplainedTieStep(step=words, values=values, outcome=order, reason=each.reason)


def _neighbour(one: Separation, titles: Mapping[str, str], policy: Policy, *, is_above: bool) -> ExplainedNeighbour:
    parts = [
        (titles[each.criterion] if each.criterion != REMAINDER else REMAINDERS[policy.panel_level], each.points)
        for each in one.parts
    ]
    return ExplainedNeighbour(
        place=one.other.place,
        nominee=str(one.other.nomination),
        official_score=Decimal(one.other.score),
        is_above=is_above,
        story=_story(one, titles),
        difference=one.difference,
        parts=tuple(parts),
    )


def _story(one: Separation, titles: Mapping[str, str]) -> str:
    """What parted the two, where it was not the score alone."""
    if one.kind == SHARED:
        return "nilai resmi sama, peringkat ditempati bersama"
    if one.kind == DEVIATION:
        return "urutan ditetapkan pleno, berbeda dari hasil hitungan"
    if one.kind == TIE:
        return f"nilai resmi sama; diputuskan oleh {_words(one.comparison, titles) if one.comparison else 'pleno'}"
    return ""


def _decision(row: Decision, found: Explanation) -> str:
    """One sentence on what the plenary decided, with its reason and vote."""
    line = found.line
    votes = f"setuju {row.votes_for}, tidak setuju {row.votes_against}, abstain {row.abstentions}"
    matter = {
        DecisionKind.QUORUM: "Pleno memberi peringkat meskipun nilai kurang dari kuorum",
        DecisionKind.TIE: "Pleno menetapkan urutan di antara nomine yang nilainya sama",
        DecisionKind.DEVIATION: f"Pleno menetapkan peringkat {line.place}; hasil hitungan {line.computed_place}",
    }[DecisionKind(row.kind)]
    return f"{matter}. Alasan: {row.reason.rstrip('.')} ({votes})."
