"""Counts behind the criteria that are computed."""

from datetime import date, datetime

from nominees import audit_actions
from nominees.core.coverage import counts_fit
from nominees.models import CountedIndicator, Nomination
from nominees.permissions import can_enter_indicators
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_nomination


class CountsRefused(DomainError):
    """A count lies between 0 and its base, a base is at least 1. Facts: count, base."""

    code = "counts_refused"


class CountsSourceMissing(DomainError):
    """Counts without a source cannot be checked by anybody."""

    code = "counts_source_missing"


@atomic_service
def enter_indicator(
    *,
    nomination: Nomination,
    criterion: str,
    count: int,
    base: int,
    source: str,
    as_of: date,
    actor: User,
    at: datetime,
    request_id: str = "",
) -> CountedIndicator:
    """Record ``count`` out of ``base`` for the rubric leaf ``criterion``; the same counts again change nothing.

    Raises :class:`CountsRefused`, :class:`CountsSourceMissing` and ``NotPermitted``.
    """
    locked = locked_nomination(nomination)
    can_enter_indicators(actor, locked.round).require()
    if not counts_fit(count, base):
        raise CountsRefused(count=count, base=base)
    if not source.strip():
        raise CountsSourceMissing
    wanted = {"count": count, "base": base, "source": source.strip(), "as_of": as_of}
    found = CountedIndicator.objects.filter(nomination=locked, criterion=criterion).first()
    if found and all(getattr(found, name) == value for name, value in wanted.items()):
        return found
    before = [found.count, found.base] if found else None
    indicator = found or CountedIndicator(nomination=locked, criterion=criterion)
    for name, value in wanted.items():
        setattr(indicator, name, value)
    indicator.entered_by, indicator.entered_at = actor, at
    indicator.save()
    record(
        action=audit_actions.INDICATOR_ENTERED,
        actor=actor,
        at=at,
        target=locked,
        chain=locked.round.scope,
        payload={
            "criterion": criterion,
            "counts": [count, base],
            "before": before,
            "source": indicator.source,
            "as_of": as_of.isoformat(),
        },
        request_id=request_id,
    )
    return indicator
