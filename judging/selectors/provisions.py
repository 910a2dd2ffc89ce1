"""What a panel member's device needs to know of the own sheets to work without network. Nothing of any other seat."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import F, Q

from judging.models import CategoryRubric, SaveReceipt, Seating, SheetState
from nominees.models import Round
from paritrana.accounts.models import User

from .sheets import DayRow, member_list


def own_provisions(
    *, user: User, round: Round, at: datetime
) -> tuple[tuple[DayRow, ...], Mapping[int, SaveReceipt], frozenset[int]]:
    """Return the member's list, the last receipt by nomination id and the ids of the categories that have a rubric.

    A submitted sheet is the seat's, so its receipt is shown to whoever holds the seat; that of a draft only to who
    saved it. At most four queries.
    """
    seating, rows = member_list(user=user, round=round, at=at)
    if seating is None:
        return (), {}, frozenset()
    ruled = CategoryRubric.objects.filter(category__round=round).values_list("category_id", flat=True)
    return rows, _receipts(seating, user), frozenset(ruled)


def _receipts(seating: Seating, user: User) -> dict[int, SaveReceipt]:
    own = Q(user=user, revision=F("sheet__revision"))
    of_seat = Q(sheet__state=SheetState.SUBMITTED, submitted=True)  # not of a correction that was given up
    found = SaveReceipt.objects.filter(own | of_seat, sheet__seat=seating.seat_id).select_related("sheet")
    return {receipt.sheet.nomination_id: receipt for receipt in found.order_by("revision")}
