"""The data of a ranking sheet: one category or pool as decided, with every criterion's score."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from judging.core import rubric as rubrics
from judging.core.criteria import Rubric
from judging.core.result import CriterionTrace
from judging.documents.data import Criterion, CriterionScore, RankedLine, RankingSheet, StatusLine
from judging.models import CategoryRubric, RubricVersion, Tabulation, TabulationPart
from judging.selectors.decided import FinalStanding, PartStandings
from judging.selectors.standings import PendingPool, final_part
from nominees.models import Status
from paritrana.kernel import wording

from .common import (
    category_title,
    demo_mark,
    edition_title,
    issuing_body,
    origin,
    panel_members,
    provenance,
)
from .firmness import firmness_page
from .rules import rules_sentences, tie_sentence

ABSENCES: Final = {"not_applicable": "Tidak berlaku", "insufficient": "Kurang nilai"}
MISSING: Final = "Belum ada"
STATUSES: Final = {
    Status.OUTSIDE: "Di luar peringkat",
    Status.WITHDRAWN: "Mengundurkan diri",
    Status.NO_SHOW: "Tidak hadir wawancara",
}
NOT_RANKED: Final = "Belum dapat diberi peringkat"
SAMPLE: Final = "contoh, bukan bobot resmi"


class PartMissing(LookupError):
    """The tabulation has no such category or pool, or its pool is not settled: a decided one always has."""


def ranking_sheet_data(tabulation: Tabulation, part: TabulationPart, number: str, at: datetime) -> RankingSheet:
    """Return the data of the ranking sheet of ``part``, numbered ``number`` and dated the day of ``at``."""
    found = final_part(tabulation, category=part.category, pool=part.pool)
    if found is None or isinstance(found, PendingPool):
        raise PartMissing(str(part))
    return replace(sheet_of(tabulation, found, number, at), firmness=firmness_page(tabulation, found))


def sheet_of(tabulation: Tabulation, part: PartStandings, number: str, at: datetime) -> RankingSheet:
    """Return the data of the ranking sheet of a part that was read before."""
    round, rubric = tabulation.round, part.problem.rubric
    version = rubric_version_of(part)
    titles = {node.id: node.title for node in rubric.nodes}
    return RankingSheet(
        issuing_body=issuing_body(round),
        edition=edition_title(round),
        category=category_title(part.name),
        number=number,
        place=round.city,
        day=wording.local_day(at, round.time_zone),
        criteria=_criteria(rubric),
        ranked=tuple(_ranked(line, titles) for line in part.ranked),
        unranked=tuple(_unranked(line, titles, part) for line in part.unranked),
        rules=rules_sentences(part.problem.policy, rubric),
        rubric_version=rubric_words(version),
        rubric_hash=rubrics.content_hash(rubric),
        input_hash=part.part.input_hash if part.part else "",
        provenance=provenance(tabulation, round, at),
        panel=panel_members(tabulation.plenary, round),
        digits=part.problem.policy.rounding.places,
        demo_mark=demo_mark(round),
    )


def rubric_version_of(part: PartStandings) -> RubricVersion | None:
    """Return the rubric version of a category, or of the first category of a pool (they share it). One query."""
    category = part.category or (part.pool.categories.first() if part.pool else None)
    uses = CategoryRubric.objects.filter(category=category).select_related("version__rubric")
    use = uses.first() if category else None
    return use.version if use else None


def rubric_words(version: RubricVersion | None) -> str:
    """Return "Rubrik Pemerintah versi 2 (contoh, bukan bobot resmi)"."""
    if version is None:
        return ""
    words = f"{version.rubric.name} versi {version.number}"
    return f"{words} ({SAMPLE})" if version.rubric.is_sample else words


def _criteria(rubric: Rubric) -> tuple[Criterion, ...]:
    return tuple(
        Criterion(
            code=leaf.id,
            name=leaf.title or leaf.id,
            weight=rubric.leaf_weights[leaf.id],
            source=leaf.source,  # type: ignore[arg-type] # one of the three
        )
        for leaf in rubric.leaves
    )


def _ranked(line: FinalStanding, titles: Mapping[str, str]) -> RankedLine:
    steps = line.resolved_by
    return RankedLine(
        place=line.place,
        nominee=str(line.nomination),
        official_score=Decimal(line.score),
        scores=tuple(_cell(trace) for trace in line.scores),
        origin=origin(line.nomination),
        award=line.title,
        tied=line.is_tied or bool(steps),
        tie_step=tie_sentence(steps, titles, shared=line.is_tied),
        deviation=_deviation(line),
    )


def _cell(trace: CriterionTrace) -> CriterionScore:
    seats = trace.count if trace.source == "panel" else None
    if trace.official is None:
        return CriterionScore(score=None, seats=seats, absence=ABSENCES.get(trace.outcome, MISSING))
    return CriterionScore(score=trace.official, seats=seats)


def _deviation(line: FinalStanding) -> str:
    """Say where the plenary moved somebody; being moved by another's deviation is told as well."""
    if line.place == line.computed_place or (line.tie_decision and not line.deviation):
        return ""
    return f"Ditetapkan pleno pada peringkat {line.place}; hasil hitungan peringkat {line.computed_place}."


def _unranked(line: FinalStanding, titles: Mapping[str, str], part: PartStandings) -> StatusLine:
    nomination = line.nomination
    status, reason = _status(line, titles, part.problem.policy.min_scores)
    return StatusLine(nominee=str(nomination), status=status, reason=reason, origin=origin(nomination))


def _status(line: FinalStanding, titles: Mapping[str, str], quorum: int) -> tuple[str, str]:
    nomination = line.nomination
    if nomination.status in STATUSES:
        return STATUSES[Status(nomination.status)], nomination.status_reason
    return NOT_RANKED, _reason(line.unranked_reason, titles, quorum)


def unranked_words(line: FinalStanding, titles: Mapping[str, str], quorum: int) -> str:
    """Return why a nominee has no place, in one phrase; empty for who has one."""
    return "" if line.is_ranked else ": ".join(filter(None, _status(line, titles, quorum)))


def _reason(code: str, titles: Mapping[str, str], quorum: int) -> str:
    """Say in Indonesian why the core gave no place (reasons of the open format)."""
    kind, _, criterion = code.partition(":")
    name = titles.get(criterion) or criterion
    if kind == "insufficient_scores":
        return (
            f"nilai {name} kurang dari kuorum {quorum} unsur" if criterion != "sheets" else "lembar kurang dari kuorum"
        )
    return f"nilai {name} belum ada" if kind == "missing_value" else code
