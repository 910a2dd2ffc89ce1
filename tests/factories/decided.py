"""The scored round after its plenary: a tie settled, a deviation decided, the result confirmed by the services."""

from datetime import datetime

from judging.models import Award, Decision, Plenary, Tabulation
from judging.services.decisions import record_deviation, settle_tie
from judging.services.plenary import confirm_decision, countersign, open_plenary, record_attendance
from judging.services.votes import Votes
from paritrana.accounts.models import User
from tests.factories.scored import Scored
from tests.factories.world import AT, PASSWORD

ALL = Votes(9)


def make_decided(scored: Scored) -> Tabulation:
    """Settle the tie for nominee 4, move nominee 1 to the first place, confirm; return the run in force."""
    plenary = opened_with_votes(scored)
    confirm_and_countersign(plenary, chair=scored.chair, second=scored.secretary)
    return Plenary.objects.select_related("tabulation").get(pk=plenary.pk).tabulation


def confirm_and_countersign(
    plenary: Plenary, *, chair: User, second: User, minutes_number: str = "BA-01/2025"
) -> tuple[Award, ...]:
    """Decide the result of ``plenary`` as two people do: the chair's word, then a second officer's."""
    confirm_decision(plenary=plenary, password=PASSWORD, minutes_number=minutes_number, actor=chair, at=AT)
    return countersign(plenary=plenary, password=PASSWORD, actor=second, at=AT)


def opened_with_votes(scored: Scored) -> Plenary:
    """Open the plenary and record both motions, without confirming."""
    plenary = open_plenary(round=scored.round, place="Aula (contoh)", actor=scored.chair, at=AT)
    present = dict.fromkeys(scored.seats, True)
    plenary = record_attendance(plenary=plenary, present=present, actor=scored.secretary, at=AT)
    settle_tie(
        plenary=plenary,
        subject=scored.category,
        order=[scored.nominations[4], scored.nominations[3]],
        votes=Votes(6, 2),
        reason="cakupan pekerja rentan",
        actor=scored.secretary,
        at=AT,
    )
    put_first(scored, plenary, 1, votes=Votes(7, 1, 1), reason="temuan lapangan")
    return plenary


def put_first(
    scored: Scored, plenary: Plenary, number: int, *, reason: str, votes: Votes = ALL, at: datetime = AT
) -> Decision:
    """Record that the plenary puts nominee ``number`` first."""
    return record_deviation(
        plenary=plenary,
        subject=scored.category,
        nomination=scored.nominations[number],
        position=1,
        votes=votes,
        reason=reason,
        actor=scored.secretary,
        at=at,
    )
