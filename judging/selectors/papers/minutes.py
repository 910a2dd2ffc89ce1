"""The data of the minutes: who met, who stood aside, what was decided and on what it rests."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from judging.core import rubric as rubrics
from judging.documents.data import CategoryResult, CorrectionLine, Minutes, RecusalLine, Resolution, ResultLine, Vote
from judging.models import Decision, DecisionKind, RecusalState, Tabulation
from judging.selectors.decided import FinalStanding, PartStandings
from judging.selectors.panels import recusals_of
from judging.selectors.reopening import corrections_of
from judging.selectors.standings import FinalStandings, final_standings
from nominees.models import Round
from paritrana.kernel import wording

from .common import (
    category_title,
    demo_mark,
    edition_title,
    holder,
    issuing_body,
    origin,
    panel_members,
    provenance,
    seats_of,
)
from .ranking import rubric_version_of, rubric_words

KINDS = {DecisionKind.TIE: "tie", DecisionKind.DEVIATION: "deviation", DecisionKind.QUORUM: "exception"}


def minutes_data(tabulation: Tabulation, number: str, at: datetime) -> Minutes:
    """Return the data of the plenary's minutes."""
    round, plenary = tabulation.round, tabulation.plenary
    found = final_standings(tabulation)
    edition = edition_title(round)
    return Minutes(
        issuing_body=issuing_body(round),
        number=number,
        occasion=f"Rapat Pleno Penetapan Pemenang {edition}",
        edition=edition,
        place=round.city,
        venue=plenary.place or round.city,
        started_at=plenary.opened_at,
        ended_at=_ended(plenary.opened_at, plenary.confirmed_at, round.time_zone),
        zone=round.time_zone,
        panel=panel_members(plenary, round),
        results=tuple(_result(part) for part in found.categories),
        pools=tuple(_result(part) for part in found.pools),
        recusals=_recusals(round),
        corrections=tuple(_corrections(round)),
        resolutions=tuple(_resolutions(found, round)),
        provenance=provenance(tabulation, round, at),
        demo_mark=demo_mark(round),
    )


def _ended(opened: datetime, confirmed: datetime | None, zone: str) -> datetime | None:
    """The end, where it can be printed as a span of one day; otherwise the minutes name the beginning alone."""
    if confirmed is None or confirmed <= opened:
        return None
    return confirmed if wording.local_day(opened, zone) == wording.local_day(confirmed, zone) else None


def _result(part: PartStandings) -> CategoryResult:
    return CategoryResult(
        category=category_title(part.name),
        lines=tuple(_line(line) for line in part.ranked if line.title),
        nominees_ranked=len(part.ranked),
        nominees_unranked=len(part.unranked),
        rubric_version=rubric_words(rubric_version_of(part)),
        rubric_hash=rubrics.content_hash(part.problem.rubric),
        input_hash=part.part.input_hash if part.part else "",
    )


def _line(line: FinalStanding) -> ResultLine:
    return ResultLine(
        award=line.title,
        nominee=str(line.nomination),
        official_score=Decimal(line.score) if line.score else None,
        origin=origin(line.nomination),
    )


def _recusals(round: Round) -> tuple[RecusalLine, ...]:
    """The confirmed recusals; the conflict is that of whoever held the seat when it was declared."""
    seats = {seat.pk: seat for seat in seats_of(round)}
    found = []
    for recusal in recusals_of(round).filter(state=RecusalState.CONFIRMED, nomination__is_calibration=False):
        seating = holder(seats[recusal.seat_id], wording.local_day(recusal.declared_at, round.time_zone))
        found.append(
            RecusalLine(
                member=seating.name if seating else "",
                seat=recusal.seat.name,
                nominee=str(recusal.nomination),
                category=recusal.nomination.category.name,
                reason=recusal.reason,
            )
        )
    return tuple(found)


def _corrections(round: Round) -> Iterable[CorrectionLine]:
    """The sheets that were corrected, by whose consent; the name is that of the seating that asked."""
    seats = {seat.pk: seat for seat in seats_of(round)}
    for one in corrections_of(round):
        seating = holder(seats[one.sheet.seat_id], wording.local_day(one.asked_at, round.time_zone))
        yield CorrectionLine(
            member=seating.name if seating else str(one.asked_by),
            seat=one.sheet.seat.name,
            nominee=str(one.sheet.nomination),
            reason=one.reason,
            before=one.version.number,
            after=one.correction.number if one.correction else one.version.number + 1,
            endorsed_by=str(one.advised_by),
            granted_by=str(one.decided_by),
        )


def _resolutions(found: FinalStandings, round: Round) -> Iterable[Resolution]:
    """What the plenary decided beyond the computation, in the order of the decisions; exceptions included."""
    lines = {line.nomination.pk: line for part in found.parts for line in part.lines}
    decisions = (
        Decision.objects.filter(round=round, withdrawn_at=None)
        .select_related("category", "pool")
        .prefetch_related("nominations__nominee")
        .order_by("decided_at", "pk")
    )
    for decision in decisions:
        if decision.plenary_id is None or decision.plenary_id == found.tabulation.plenary.pk:
            yield _resolution(decision, found, lines)


def _resolution(decision: Decision, found: FinalStandings, lines: dict[int, FinalStanding]) -> Resolution:
    part = next(
        (
            one
            for one in found.parts
            if (decision.category_id and one.category == decision.category)
            or (decision.pool_id and one.pool == decision.pool)
        ),
        None,
    )
    nominations = list(decision.nominations.all())
    order = [next((one for one in nominations if one.pk == pk), None) for pk in decision.order]
    names = tuple(str(one) for one in order if one) or tuple(str(one) for one in nominations)
    return Resolution(
        kind=KINDS[DecisionKind(decision.kind)],  # type: ignore[arg-type] # one of the three
        category=category_title(str(decision.category or decision.pool or (part and part.name) or "")),
        nominees=names,
        matter=_matter(decision, part, lines, names),
        reason=decision.reason,
        vote=Vote(in_favour=decision.votes_for, against=decision.votes_against, abstaining=decision.abstentions),
    )


def _matter(
    decision: Decision, part: PartStandings | None, lines: dict[int, FinalStanding], names: tuple[str, ...]
) -> str:
    """One sentence on what was decided."""
    if decision.kind == DecisionKind.QUORUM:
        return "Diberi peringkat meskipun jumlah nilai kurang dari kuorum."
    placed = [part.line_of(pk) if part else lines.get(pk) for pk in decision.order]
    places = [f"{line.nomination} pada peringkat {line.place}" for line in placed if line and line.place]
    told = "; ".join(places) or ", ".join(names)
    if decision.kind == DecisionKind.TIE:
        return f"Nilai resmi sama; urutan ditetapkan: {told}."
    return f"Peringkat ditetapkan berbeda dari hasil hitungan: {told}."
