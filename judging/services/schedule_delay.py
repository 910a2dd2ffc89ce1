"""Everything is late: the rest of the day moves in one act, and those whom it concerns are told in the same one."""

from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from judging.models import ChangeKind, Interview, ScheduleChange
from judging.permissions import can_schedule
from judging.selectors.schedule_delay import delayed_day
from judging.selectors.schedule_releases import latest_release
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .schedule_plan import apply_plan
from .schedule_releases import NothingToRelease, release


class DelayChangedMeanwhile(DomainError):
    """The day is not as it was when the delay was looked at."""

    code = "delay_changed_meanwhile"


class DelayMovesNobody(DomainError):
    """Gaps take up the whole delay."""

    code = "delay_moves_nobody"


class DelayLeavesOut(DomainError):
    """``count`` nominees would have no place left that day, and nobody said that this is known."""

    code = "delay_leaves_out"


@atomic_service
def shift_interviews(
    *,
    interview: Interview,
    minutes: int,
    is_for_all: bool,
    token: str,
    may_leave_out: bool = False,
    confirmed: Collection[str] = (),
    note: str = "",
    actor: User,
    at: datetime,
) -> ScheduleChange:
    """Move the rest of the day as ``delayed_day`` says, and release it: a delay is meant for the people of today.

    ``token``: that of the day as it was looked at. With ``may_leave_out``, those without a place that day lose theirs.
    Only the interviews concerned are released, not what else was being prepared; while nothing was released, nobody was
    told anything, and nothing is. Raises ``NotPermitted``,
    :class:`DelayChangedMeanwhile`, :class:`DelayMovesNobody`, :class:`DelayLeavesOut`, and what ``apply_plan`` and
    ``release`` raise.
    """
    round = locked_round(interview.round_id)
    can_schedule(actor, round).require()
    if not Interview.objects.filter(pk=interview.pk).exists():
        raise DelayChangedMeanwhile
    found = delayed_day(interview, minutes=minutes, is_for_all=is_for_all)
    if not found.before:
        raise DelayMovesNobody
    if found.token != token:
        raise DelayChangedMeanwhile
    if found.unfit and not may_leave_out:
        raise DelayLeavesOut(count=len(found.unfit))
    change = apply_plan(
        round=round, kind=ChangeKind.SHIFTED, before=found.before, after=found.after,
        actor=actor, at=at, confirmed=confirmed,
    )  # fmt: skip
    if latest_release(round):
        with suppress(NothingToRelease):  # the delay takes back what was planned but not told yet
            release(round=round, note=note, actor=actor, at=at, only=frozenset(found.before))
    return change
