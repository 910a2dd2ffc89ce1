"""What the projector of a plenary shows: chosen in the working view, one item of the agenda at a time."""

from datetime import datetime

from judging import audit_actions, permissions
from judging.models import Plenary
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.transactions import atomic_service

from .decisions import PlenaryNotInForce
from .locks import locked_round


@atomic_service
def show_item(*, plenary: Plenary, item: str, actor: User, at: datetime) -> Plenary:
    """Show ``item`` (its kind and code, ``kategori-ukm``; empty: the welcome) on the screen; the same again is nothing.

    By chair or secretariat, while the meeting is open. Raises ``PlenaryNotInForce``.
    """
    fresh = Plenary.objects.select_related("tabulation").get(pk=plenary.pk)
    round = locked_round(fresh.tabulation.round_id)
    permissions.can_record_plenary(actor, round).require()
    if fresh.tabulation.superseded_at:
        raise PlenaryNotInForce()
    if fresh.shown == item:
        return fresh
    fresh.shown = item
    fresh.save(update_fields=["shown"])
    payload = {"item": item}
    record(
        action=audit_actions.PLENARY_ITEM_SHOWN, actor=actor, at=at, target=fresh, chain=round.scope, payload=payload
    )
    return fresh
