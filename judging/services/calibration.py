"""Name the nominee of a category that every seat scores for calibration, or end that, before its first sheet.

Once a sheet is begun nothing changes any more: whom the panel compares notes on never competes afterwards, and who
competes is never taken out of the ranking by this way after being scored.
"""

from datetime import datetime
from typing import Final

from judging import audit_actions as actions
from judging.models import Decision, Sheet, TypedSheet
from nominees.models import SCORED, Nomination, Status
from nominees.permissions import can_change_status
from nominees.services.locks import locked_nomination
from nominees.services.screening import set_status
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

#: Kept as the reason of the status; data, in the language of the record.
REASON: Final = "Kalibrasi: dinilai semua, tidak dihitung"


class CalibrationNamedAlready(DomainError):
    """The category has its nominee for calibration; fact ``nominee``."""

    code = "calibration_named_already"


class CalibrationSheetsBegun(DomainError):
    """A sheet on the nominee was begun, or one on paper typed in; fact ``nominee``."""

    code = "calibration_sheets_begun"


class CalibrationNotPossible(DomainError):
    """The panel does not meet the nominee, or a quorum exception for it stands; fact ``nominee``."""

    code = "calibration_not_possible"


@atomic_service
def name_calibration(*, nomination: Nomination, actor: User, at: datetime) -> Nomination:
    """Have every seat score ``nomination`` for calibration: it leaves the running and counts nowhere.

    Naming it again changes nothing. Raises :class:`CalibrationNamedAlready`, :class:`CalibrationSheetsBegun`,
    :class:`CalibrationNotPossible` and ``NotPermitted``.
    """
    locked = locked_nomination(nomination)
    can_change_status(actor, locked.round).require()
    if locked.is_calibration:
        return locked
    if locked.status not in SCORED or Decision.objects.filter(nominations=locked, withdrawn_at=None).exists():
        raise CalibrationNotPossible(nominee=str(locked))
    _require_no_sheet(locked)
    named = Nomination.objects.filter(category=locked.category_id, is_calibration=True).first()
    if named:
        raise CalibrationNamedAlready(nominee=str(named))
    moved = set_status(nomination=locked, status=Status.OUTSIDE, reason=REASON, actor=actor, at=at)
    return _flag(moved, actions.CALIBRATION_NAMED, is_calibration=True, actor=actor, at=at)


@atomic_service
def end_calibration(*, nomination: Nomination, actor: User, at: datetime) -> Nomination:
    """Take back what :func:`name_calibration` did; the nominee stays outside the ranking until its status is changed.

    One that is not scored for calibration stays as it is. Raises :class:`CalibrationSheetsBegun`, ``NotPermitted``.
    """
    locked = locked_nomination(nomination)
    can_change_status(actor, locked.round).require()
    if not locked.is_calibration:
        return locked
    _require_no_sheet(locked)
    return _flag(locked, actions.CALIBRATION_ENDED, is_calibration=False, actor=actor, at=at)


def _require_no_sheet(nomination: Nomination) -> None:
    begun = (model.objects.filter(nomination=nomination) for model in (Sheet, TypedSheet))  # a paper is read already
    if any(found.exists() for found in begun):
        raise CalibrationSheetsBegun(nominee=str(nomination))


def _flag(nomination: Nomination, action: str, *, is_calibration: bool, actor: User, at: datetime) -> Nomination:
    nomination.is_calibration = is_calibration
    nomination.version += 1
    nomination.save(update_fields=["is_calibration", "version"])
    record(
        action=action,
        actor=actor,
        at=at,
        target=nomination,
        chain=nomination.round.scope,
        payload={"number": nomination.number, "category": nomination.category.code},
    )
    return nomination
