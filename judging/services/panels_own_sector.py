"""Which categories are near a seat's own institution: what the diagnostics compare, nothing that counts."""

from collections.abc import Collection
from datetime import datetime

from judging import audit_actions, permissions
from judging.models import Seat
from nominees.models import Category
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round


class CategoryElsewhere(DomainError):
    """The category is not in the round of the seat; facts ``category``."""

    code = "category_elsewhere"


@atomic_service
def set_own_sector(*, seat: Seat, categories: Collection[Category], actor: User, at: datetime) -> Seat:
    """Let ``categories`` be the whole of the seat's own sector; none is an answer as well.

    Changes no score and no place. The secretariat, until the plenary. The same categories again leave no event. Raises
    :class:`CategoryElsewhere`.
    """
    round = locked_round(seat.round_id)
    permissions.can_seat_panel(actor, round).require()
    seat = Seat.objects.select_for_update().get(pk=seat.pk)
    for category in categories:
        if category.round_id != round.pk:
            raise CategoryElsewhere(category=category.name)
    codes = sorted(category.code for category in categories)
    if codes == sorted(category.code for category in seat.own_categories.all()):
        return seat
    seat.own_categories.set(categories)
    record(
        action=audit_actions.OWN_SECTOR_SET,
        actor=actor,
        at=at,
        target=seat,
        chain=round.scope,
        payload={"seat": seat.name, "categories": codes},
    )
    return seat
