"""A practice round beside a round that counts: opened in one act, closed when a fresh one takes its place.

Nothing of it is ever deleted, and nothing of it is counted: it stands in scoring until it is closed.
"""

from datetime import datetime, timedelta

from django.db.models import Max

from judging import audit_actions
from judging.models import Sheet
from judging.permissions import can_open_practice
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.selectors.rounds import practice_beside
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .locks import locked_round
from .practice_copies import copy_setup
from .practice_nominees import invent_nominees
from .schedule_releases import release_first
from .sheet_workbooks_handed import lapse_handed


class PracticeNotReady(DomainError):
    """The round has no rules, no category with a rubric, or nobody on its panel: there is nothing to practise with."""

    code = "practice_not_ready"


@atomic_service
def open_practice(*, round: Round, actor: User, at: datetime, instead_of: int = 0) -> Round:
    """Open a practice round beside ``round`` and return it: its setup copied, invented nominees, interviews at once.

    If one is open already, it is returned as it is, unless ``instead_of`` is its number: then it is closed, and the
    new one begins empty. So the second click on either button changes nothing. Raises ``NotPermitted`` and
    :class:`PracticeNotReady`.
    """
    round = locked_round(round.pk)
    can_open_practice(actor, round).require()
    present = practice_beside(round)
    if present and present.practice != instead_of:
        return present
    if present:
        _close(present, actor, at)
    practice = _new_round(round, at)
    setup = copy_setup(round, practice, actor=actor, at=at)
    if not setup.is_usable:
        raise PracticeNotReady
    nominations = invent_nominees(practice, setup.rubrics, setup.seats, actor=actor, at=at)
    payload = {
        "scope": practice.scope,
        "categories": [category.code for category in setup.rubrics],
        "seats": [seat.code for seat in setup.seats],
        "rules": setup.rules_hash,
        "rubrics": sorted({version.content_hash for version in setup.rubrics.values()}),
        "nominees": len(nominations),
    }
    for chain in (round.scope, practice.scope):
        record(action=audit_actions.PRACTICE_OPENED, actor=actor, at=at, target=practice, chain=chain, payload=payload)
    release_first(round=practice, actor=actor, at=at)
    return practice


def _close(practice: Round, actor: User, at: datetime) -> None:
    """Close for good what was open. Its sheets are closed as well: a save under way is either in before or refused."""
    practice = locked_round(practice.pk)
    Sheet.objects.filter(round=practice, closed_at=None).update(closed_at=at)
    practice.state = State.CLOSED
    practice.save(update_fields=["state"])
    lapse_handed(round=practice, actor=actor, at=at)
    record(action=audit_actions.PRACTICE_CLOSED, actor=actor, at=at, target=practice, chain=practice.scope)


def _new_round(round: Round, at: datetime) -> Round:
    siblings = Round.objects.filter(edition=round.edition, region=round.region)
    today = local_day(at, round.time_zone)
    return Round.objects.create(
        edition=round.edition,
        region=round.region,
        level=round.level,
        state=State.SCORING,
        time_zone=round.time_zone,
        city=round.city,
        interviews_from=today,
        interviews_until=today + timedelta(days=1),
        practice=siblings.aggregate(last=Max("practice"))["last"] + 1,
    )
