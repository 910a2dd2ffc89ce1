"""What can be moved at a plenary, and whether it can be decided as things stand.

Only seats that are present and not recused for any nominee concerned have a vote. Nothing frozen is touched: a decision
is applied when the standings are read.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from judging.core import deviation
from judging.models import DecisionKind, Plenary, PlenaryAttendance
from judging.selectors.plenary import later_decisions, voting_seats
from judging.selectors.standings import PartStandings, PendingPool, final_part
from judging.selectors.tabulations import key_of
from nominees.models import Category, Nomination, Pool
from paritrana.kernel.errors import DomainError


class NotInTabulation(DomainError):
    """The category, pool or nominee has no part in this tabulation, or its pool has to wait for its categories."""

    code = "not_in_tabulation"


class AttendanceMissing(DomainError):
    """Nobody votes before attendance is recorded."""

    code = "attendance_missing"


class NotThisTie(DomainError):
    """The order does not name exactly the nominees of one tie that is left to the plenary."""

    code = "not_this_tie"


class LaterDecisionStands(DomainError):
    """A later decision rests on this one: withdraw that first."""

    code = "later_decision_stands"


class SpecialAwardIncomplete(DomainError):
    """An award outside the ranking has a title, a recipient and says what for."""

    code = "special_award_incomplete"


@dataclass(frozen=True, slots=True)
class TieOrder:
    """The order, best first, of exactly the nominees of one tie that is left to the plenary."""

    subject: Category | Pool
    order: Sequence[Nomination]


@dataclass(frozen=True, slots=True)
class Move:
    """``nomination`` goes to ``position`` (from 1) against the computed order; those between move by one."""

    subject: Category | Pool
    nomination: Nomination
    position: int


@dataclass(frozen=True, slots=True)
class Outside:
    """An award outside every ranking (piagam khusus); the recipient may be a nominee, and need not be one."""

    title: str
    recipient: str
    citation: str
    nomination: Nomination | None = None


Proposal = TieOrder | Move | Outside


@dataclass(frozen=True, slots=True)
class Resolved:
    """A proposal as things stand: its kind, part (None outside the rankings), order and the nominees concerned."""

    kind: DecisionKind
    category: Category | None
    pool: Pool | None
    order: tuple[Nomination, ...]
    nominations: tuple[Nomination, ...]
    special: Outside | None = None

    def seats(self, plenary: Plenary) -> frozenset[int]:
        """Return the seats that may vote on it. Two queries."""
        return voting_seats(plenary, [nomination.pk for nomination in self.nominations])


def resolve(plenary: Plenary, proposal: Proposal) -> Resolved:
    """Return what ``proposal`` comes to now.

    Raises :class:`NotThisTie`, ``DeviationImpossible``, ``DeviationThroughTie``, :class:`SpecialAwardIncomplete`,
    :class:`NotInTabulation`, :class:`LaterDecisionStands`, :class:`AttendanceMissing`.
    """
    if isinstance(proposal, Outside):
        found = _outside(proposal)
    else:
        part = _part(plenary, proposal.subject)
        found = _tie(part, proposal) if isinstance(proposal, TieOrder) else _move(part, proposal)
        if later_decisions(plenary, category=part.category, pool=part.pool).exists():
            raise LaterDecisionStands(subject=part.name)
    if not PlenaryAttendance.objects.filter(plenary=plenary).exists():
        raise AttendanceMissing()
    return found


def _part(plenary: Plenary, subject: Category | Pool) -> PartStandings:
    if isinstance(subject, Category):
        found = final_part(plenary.tabulation, category=subject)
    else:
        found = final_part(plenary.tabulation, pool=subject)
    if found is None or isinstance(found, PendingPool):
        raise NotInTabulation(subject=subject.name)
    return found


def _tie(part: PartStandings, proposal: TieOrder) -> Resolved:
    members = {nomination.pk for nomination in proposal.order}
    tie = next((each for each in part.ties if {one.pk for one in each.nominations} == members), None)
    if tie is None or not tie.needs_decision or len(members) != len(proposal.order):
        raise NotThisTie(subject=part.name)
    order = tuple(proposal.order)
    return Resolved(DecisionKind.TIE, part.category, part.pool, order, order)


def _move(part: PartStandings, proposal: Move) -> Resolved:
    by_key = {key_of(line.nomination): line.nomination for line in part.lines}
    block = deviation.moved(part.groups, key_of(proposal.nomination), proposal.position)
    order = tuple(by_key[key] for key in block)
    return Resolved(DecisionKind.DEVIATION, part.category, part.pool, order, order)


def _outside(proposal: Outside) -> Resolved:
    told = Outside(proposal.title.strip(), proposal.recipient.strip(), proposal.citation.strip(), proposal.nomination)
    if not (told.title and told.recipient and told.citation):
        raise SpecialAwardIncomplete()
    concerned = (told.nomination,) if told.nomination else ()
    return Resolved(DecisionKind.SPECIAL, None, None, (), concerned, told)
