"""The data of the minutes: who met, who stood aside, what was decided and on what it rests."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Final

from judging.core import rubric as rubrics
from judging.documents.minutes_data import (
    CategoryResult,
    Confirmation,
    CorrectionLine,
    LeftOutLine,
    Minutes,
    MovedLine,
    RecusalLine,
    ResultLine,
    SpecialLine,
    TieLine,
)
from judging.models import Office, Plenary, RecusalState, Tabulation
from judging.selectors.awards import special_awards_of
from judging.selectors.decided import FinalStanding, PartStandings
from judging.selectors.panels import recusals_of
from judging.selectors.reopening import corrections_of
from judging.selectors.standings import FinalStandings, final_standings
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel import wording

from .common import (
    ROLES,
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
from .decree import OPEN_NUMBER, draft_mark
from .minutes_earlier import earlier_meetings
from .minutes_replaced import replaced_decision, steps_back
from .minutes_votes import resolutions
from .ranking import rubric_version_of, rubric_words, unranked_words
from .rules import tie_sentence

DRAFT: Final = "KONSEP"
SECRETARIAT: Final = "Pejabat kedua: Sekretariat"


def minutes_data(tabulation: Tabulation, number: str, at: datetime, *, is_draft: bool = False) -> Minutes:
    """Return the data of the plenary's minutes; a draft is marked as one on every page and has no number."""
    round, plenary = tabulation.round, tabulation.plenary
    found = final_standings(tabulation)
    edition = edition_title(round)
    return Minutes(
        issuing_body=issuing_body(round),
        panel_name=round.panel_name,
        number=OPEN_NUMBER if is_draft else number,
        occasion=f"Rapat Pleno Penetapan Pemenang {edition}",
        edition=edition,
        place=round.city,
        venue=plenary.place or round.city,
        started_at=plenary.opened_at,
        ended_at=_ended(plenary.opened_at, plenary.confirmed_at, round.time_zone),
        zone=round.time_zone,
        tabulation=tabulation.number,
        frozen_at=tabulation.frozen_at,
        panel=panel_members(plenary, round),
        results=tuple(_result(part) for part in found.categories),
        pools=tuple(_result(part) for part in found.pools),
        specials=special_lines(plenary),
        recusals=_recusals(round),
        left_out=tuple(_left_out(found)),
        ties=tuple(line for part in found.parts for line in _ties(part)),
        resolutions=tuple(resolutions(found, round, plenary)),
        moved=tuple(_moved(found)),
        corrections=tuple(_corrections(round)),
        steps_back=steps_back(round),
        earlier=earlier_meetings(round, plenary),
        replaced=replaced_decision(found, plenary),
        confirmations=tuple(_confirmations(plenary, round)),
        provenance=provenance(tabulation, round, at),
        demo_mark=draft_mark(round, DRAFT) if is_draft else demo_mark(round),
    )


def special_lines(plenary: Plenary) -> tuple[SpecialLine, ...]:
    """Return the awards outside the ranking that the meeting carried. One query."""
    return tuple(
        SpecialLine(title=one.title, recipient=one.recipient, citation=one.citation)
        for one in special_awards_of(plenary)
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
        answer_hash=part.part.answer_hash if part.part else "",
    )


def _line(line: FinalStanding) -> ResultLine:
    return ResultLine(
        award=line.title,
        place=line.place,
        nominee=str(line.nomination),
        official_score=Decimal(line.score) if line.score else None,
        origin=origin(line.nomination),
    )


def _left_out(found: FinalStandings) -> Iterable[LeftOutLine]:
    """Who has no place in the own category, and why; a pool leaves nobody out who was not left out there."""
    for part in found.categories:
        titles = {node.id: node.title for node in part.problem.rubric.nodes}
        for line in part.unranked:
            yield LeftOutLine(
                category=category_title(part.name),
                nominee=str(line.nomination),
                reason=unranked_words(line, titles, part.problem.policy.min_scores),
                origin=origin(line.nomination),
            )


def _ties(part: PartStandings) -> Iterable[TieLine]:
    """Every group of equal official scores that a step of the tie chain or the plenary settled, or that is shared."""
    titles = {node.id: node.title for node in part.problem.rubric.nodes}
    groups: dict[str, list[FinalStanding]] = {}
    for line in part.ranked:
        if line.is_tied or line.resolved_by:
            groups.setdefault(line.score, []).append(line)
    for score, lines in groups.items():
        told = dict.fromkeys(tie_sentence(line.resolved_by, titles, shared=line.is_tied) for line in lines)
        yield TieLine(
            category=category_title(part.name),
            nominees=tuple(str(line.nomination) for line in lines),
            official_score=Decimal(score) if score else None,
            settled=" ".join(told),
        )


def _moved(found: FinalStandings) -> Iterable[MovedLine]:
    """Who has another place than the computed one, by a deviation; a tie that the plenary settled is none."""
    for part in found.parts:
        for line in part.ranked:
            if line.deviation and line.place != line.computed_place:
                yield MovedLine(
                    category=category_title(part.name),
                    nominee=str(line.nomination),
                    computed_place=line.computed_place,
                    place=line.place,
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


def _confirmations(plenary: Plenary, round: Round) -> Iterable[Confirmation]:
    """The chair's word and the second officer's, as far as they are given."""
    if plenary.confirmed_by and plenary.confirmed_at:
        yield Confirmation(office=f"Ketua {round.panel_name}", name=str(plenary.confirmed_by), at=plenary.confirmed_at)
    if plenary.countersigned_by and plenary.countersigned_at:
        office = _office(plenary.countersigned_by, round, plenary.countersigned_at)
        yield Confirmation(office=office, name=str(plenary.countersigned_by), at=plenary.countersigned_at)


def _office(person: User, round: Round, at: datetime) -> str:
    """In which office somebody countersigned: that of the seat held on the day, else the secretariat."""
    day = wording.local_day(at, round.time_zone)
    for seat in seats_of(round):
        seating = holder(seat, day)
        if seating and seating.user_id == person.pk:
            return f"Pejabat kedua: {ROLES[Office(seat.office)]} {round.panel_name}"
    return SECRETARIAT
