"""Conflicts of interest: declared by the member, settled by somebody else, never solved by editing a score."""

from datetime import datetime

from judging import audit_actions, permissions
from judging.models import Recusal, RecusalState, Seat, Sheet, SheetVersion
from judging.models.scoresheet import SheetState
from judging.selectors.panels import seat_held_by
from nominees.models import Nomination
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .locks import locked_round


class NotOwnSeat(DomainError):
    """Only who holds a seat today declares for it; facts ``seat``."""

    code = "not_own_seat"


class NominationElsewhere(DomainError):
    """The nomination is in another round."""

    code = "nomination_elsewhere"


class RecusalReasonMissing(DomainError):
    """Declared or declined without a reason."""

    code = "recusal_reason_missing"


class RecusalStands(DomainError):
    """The seat is already recused for this nominee; facts ``seat``, ``nominee``."""

    code = "recusal_stands"


class RecusalSettled(DomainError):
    """It was settled before."""

    code = "recusal_settled"


class OwnRecusal(DomainError):
    """Who declared a recusal does not settle it."""

    code = "own_recusal"


@atomic_service
def declare_recusal(*, seat: Seat, nomination: Nomination, reason: str, actor: User, at: datetime) -> Recusal:
    """Declare that ``seat``, held today by ``actor``, may not score ``nomination``.

    From now on the seat's marks for it neither count nor may be entered; a sheet that was submitted before stays as it
    is, unread. Raises :class:`NotOwnSeat`, :class:`NominationElsewhere`, :class:`RecusalReasonMissing`,
    :class:`RecusalStands`.
    """
    round = locked_round(seat.round_id)
    permissions.can_declare_recusal(actor, round).require()
    if seat_held_by(actor, round, local_day(at, round.time_zone)) != seat:
        raise NotOwnSeat(seat=seat.name)
    if nomination.round_id != round.pk:
        raise NominationElsewhere
    if not reason.strip():
        raise RecusalReasonMissing
    if Recusal.objects.filter(seat=seat, nomination=nomination).exclude(state=RecusalState.DECLINED).exists():
        raise RecusalStands(seat=seat.name, nominee=str(nomination))
    recusal = Recusal.objects.create(seat=seat, nomination=nomination, reason=reason, declared_by=actor, declared_at=at)
    record(
        action=audit_actions.RECUSAL_DECLARED,
        actor=actor,
        at=at,
        target=recusal,
        chain=round.scope,
        payload={
            "seat": seat.code,
            "nomination": nomination.number,
            "reason": reason,
            "after_submission": has_submitted_sheet(seat, nomination),
        },
    )
    return recusal


@atomic_service
def settle_recusal(*, recusal: Recusal, confirmed: bool, actor: User, at: datetime, reason: str = "") -> Recusal:
    """Confirm or decline a declared recusal; declining needs a reason and lets the seat's marks count.

    Raises :class:`OwnRecusal`, :class:`RecusalSettled`, :class:`RecusalReasonMissing`.
    """
    round = locked_round(recusal.seat.round_id)
    permissions.can_settle_recusal(actor, round, at=at).require()
    recusal = Recusal.objects.select_for_update().select_related("seat", "nomination").get(pk=recusal.pk)
    if recusal.declared_by_id == actor.pk:
        raise OwnRecusal
    if recusal.state != RecusalState.DECLARED:
        raise RecusalSettled
    if not confirmed and not reason.strip():
        raise RecusalReasonMissing
    recusal.state = RecusalState.CONFIRMED if confirmed else RecusalState.DECLINED
    recusal.settled_by, recusal.settled_at, recusal.settled_reason = actor, at, reason
    recusal.save(update_fields=["state", "settled_by", "settled_at", "settled_reason"])
    record(
        action=audit_actions.RECUSAL_CONFIRMED if confirmed else audit_actions.RECUSAL_DECLINED,
        actor=actor,
        at=at,
        target=recusal,
        chain=round.scope,
        payload={"seat": recusal.seat.code, "nomination": recusal.nomination.number, "reason": reason},
    )
    return recusal


def has_submitted_sheet(seat: Seat, nomination: Nomination) -> bool:
    """Whether ``seat`` ever submitted a sheet on ``nomination``. One query."""
    sheets = Sheet.objects.filter(seat=seat, nomination=nomination)
    return SheetVersion.objects.filter(sheet__in=sheets, state=SheetState.SUBMITTED).exists()
