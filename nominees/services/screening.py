"""Decide who is in the running, and record what happens to a nomination later."""

from datetime import datetime

from nominees import audit_actions
from nominees.core.status import SCREENING_DECISIONS, may_change, needs_reason
from nominees.models import Nomination, Status
from nominees.permissions import can_change_status, can_edit_nominees
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_nomination


class StaleNomination(DomainError):
    """Somebody changed the nomination since the page was opened. Facts: name."""

    code = "stale_nomination"

    @classmethod
    def check(cls, nomination: Nomination, version: int | None) -> None:
        """Raise unless ``version`` is the nomination's present one; ``None`` is not checked."""
        if version is not None and version != nomination.version:
            raise cls(name=nomination.nominee.name)


class AlreadyScreened(DomainError):
    """The nomination was screened before; what changes now is its status. Facts: name."""

    code = "already_screened"


class StatusChangeRefused(DomainError):
    """The table of statuses has no such step in this state of the round. Facts: source, target."""

    code = "status_change_refused"


class CalibrationNeverCompetes(DomainError):
    """Whom the panel scores for calibration does not come into the running. Facts: name."""

    code = "calibration_never_competes"


class StatusReasonMissing(DomainError):
    """Whoever is taken out of the running is told why."""

    code = "status_reason_missing"


@atomic_service
def screen_nomination(
    *,
    nomination: Nomination,
    decision: Status,
    actor: User,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Nomination:
    """Decide a proposed nomination: running, rejected or outside the ranking; the last two need ``reason``.

    The same decision again changes nothing. Raises :class:`AlreadyScreened`, :class:`StaleNomination`,
    :class:`StatusChangeRefused`, :class:`StatusReasonMissing` and ``NotPermitted``.
    """
    locked = locked_nomination(nomination)
    can_edit_nominees(actor, locked.round).require()
    if locked.screened_at and (locked.status, locked.status_reason) == (decision, reason):
        return locked
    StaleNomination.check(locked, version)
    if locked.status != Status.PROPOSED:
        raise AlreadyScreened(name=locked.nominee.name)
    if decision not in SCREENING_DECISIONS:
        raise StatusChangeRefused(source=locked.status, target=str(decision))
    locked.screened_by, locked.screened_at = actor, at
    return _move(locked, decision, reason, audit_actions.NOMINATION_SCREENED, actor=actor, at=at)


@atomic_service
def set_status(
    *,
    nomination: Nomination,
    status: Status,
    actor: User,
    at: datetime,
    reason: str = "",
    version: int | None = None,
) -> Nomination:
    """Record what became of a screened nomination: withdrawn, outside, no-show, back in the running.

    ``core.status`` says which step has its place in which state of the round. The status that it already has
    changes nothing. Raises as :func:`screen_nomination`, and :class:`CalibrationNeverCompetes`.
    """
    locked = locked_nomination(nomination)
    can_change_status(actor, locked.round).require()
    if locked.status == status and reason in ("", locked.status_reason):
        return locked
    StaleNomination.check(locked, version)
    if locked.status == Status.PROPOSED and status != Status.WITHDRAWN:
        raise StatusChangeRefused(source=locked.status, target=str(status))
    if locked.is_calibration and status == Status.RUNNING:
        raise CalibrationNeverCompetes(name=locked.nominee.name)
    return _move(locked, status, reason, audit_actions.NOMINATION_STATUS_SET, actor=actor, at=at)


def _move(nomination: Nomination, status: Status, reason: str, action: str, *, actor: User, at: datetime) -> Nomination:
    source = nomination.status
    if source != status and not may_change(source, status, nomination.round.state):
        raise StatusChangeRefused(source=source, target=str(status))
    if needs_reason(status) and not reason.strip():
        raise StatusReasonMissing
    nomination.status, nomination.status_reason = status, reason.strip()
    nomination.version += 1
    nomination.save(update_fields=["status", "status_reason", "screened_by", "screened_at", "version"])
    record(
        action=action,
        actor=actor,
        at=at,
        target=nomination,
        chain=nomination.round.scope,
        payload={"from": source, "to": str(status), "reason": nomination.status_reason},
    )
    return nomination
