"""In which of a person's rounds something waits besides the usual steps, asked for all rounds at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Final

from django.db.models import CharField, F, Q, Value

from judging.models import HandedState, HandedWorkbook, Reopening, ReopeningState, SheetState, TypedSheet
from judging.models.reopening import OPEN
from nominees.models import Round
from paritrana.accounts.models import User

#: A request to reopen that somebody must answer or settle; an own sheet to correct, an own paper, an own workbook.
REQUEST: Final = "request"
CORRECTION: Final = "correction"
PAPER: Final = "paper"
WORKBOOK: Final = "workbook"


def waiting_in(user: User, rounds: Collection[Round]) -> Mapping[int, frozenset[str]]:
    """Return round id -> the kinds of what may wait for ``user`` there. One query; none for no round.

    It may say too much (somebody else answers the request), never too little: whoever reads it looks closer.
    """
    if not rounds:
        return {}
    ids = [round.pk for round in rounds]
    begun = Q(state=ReopeningState.GRANTED, correction__state=SheetState.DRAFT)
    unsettled = Reopening.objects.filter(Q(state__in=OPEN) | begun, sheet__round__in=ids).order_by()
    papers = TypedSheet.objects.filter(seating__user=user, version=None, discarded_at=None, entries__turn=2).order_by()
    books = HandedWorkbook.objects.filter(seating__user=user, state=HandedState.WAITING).order_by()
    found = (
        unsettled.values_list(F("sheet__round_id"), _kind(REQUEST)),
        unsettled.filter(begun, correction__saved_by=user).values_list(F("sheet__round_id"), _kind(CORRECTION)),
        papers.filter(nomination__round__in=ids).values_list(F("nomination__round_id"), _kind(PAPER)),
        books.filter(seating__round__in=ids).values_list(F("seating__round_id"), _kind(WORKBOOK)),
    )
    kinds: dict[int, set[str]] = defaultdict(set)
    for round_id, kind in found[0].union(*found[1:]):
        kinds[round_id].add(kind)
    return {round_id: frozenset(seen) for round_id, seen in kinds.items()}


def own_corrections(user: User, round: Round, seat_id: int) -> list[Reopening]:
    """Return the granted requests whose correction ``user`` has begun on a seat, with the nominee. One query."""
    granted = Reopening.objects.filter(
        sheet__round=round,
        sheet__seat=seat_id,
        state=ReopeningState.GRANTED,
        correction__state=SheetState.DRAFT,
        correction__saved_by=user,
    )
    return list(granted.select_related("sheet__nomination__nominee__region").order_by("asked_at", "pk"))


def _kind(name: str) -> Value:
    return Value(name, CharField())
