"""Keeping what each act did to the draft of a schedule; called inside the transaction of the act."""

from datetime import datetime

from django.db.models import Max

from judging.models import ChangeKind, ScheduleChange, ScheduleRun
from judging.selectors.schedule_plans import Plan, differing, written
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.transactions import require_transaction


def keep_change(
    *,
    round: Round,
    kind: ChangeKind,
    before: Plan,
    after: Plan,
    actor: User,
    at: datetime,
    run: ScheduleRun | None = None,
    undoes: ScheduleChange | None = None,
) -> ScheduleChange:
    """Keep what differs between ``before`` and ``after`` as the next change of the locked ``round``."""
    require_transaction()
    changed = differing(before, after)
    last: int | None = ScheduleChange.objects.filter(round=round).aggregate(last=Max("number"))["last"]
    return ScheduleChange.objects.create(
        round=round,
        number=(last or 0) + 1,
        kind=kind,
        actor=actor,
        at=at,
        before=written({one: before[one] for one in changed if one in before}),
        after=written({one: after[one] for one in changed if one in after}),
        run=run,
        undoes=undoes,
    )
