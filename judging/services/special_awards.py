"""Awards outside every ranking (piagam khusus): made with the decision that grants them, superseded with it."""

from datetime import datetime

from django.db.models import QuerySet

from judging.models import Decision, Plenary, SpecialAward
from paritrana.kernel.transactions import require_transaction

from .proposals import Outside


def make_special_award(*, plenary: Plenary, decision: Decision, told: Outside) -> SpecialAward:
    """Make what ``decision`` grants, inside the caller's transaction; papers come once the result is decided."""
    require_transaction()
    return SpecialAward.objects.create(
        decision=decision,
        plenary=plenary,
        title=told.title,
        recipient=told.recipient,
        citation=told.citation,
        nomination=told.nomination,
    )


def supersede_special_awards(awards: QuerySet[SpecialAward], *, at: datetime) -> int:
    """Supersede those of ``awards`` that still stand, inside the caller's transaction; return how many."""
    require_transaction()
    return awards.filter(superseded_at=None).update(superseded_at=at)
