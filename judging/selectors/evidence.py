"""What the nominees' app asks about evidence: who is kept from it, and which criteria it may speak to."""

from collections.abc import Mapping

from judging.models import CategoryRubric, Recusal, RecusalState
from nominees.models import Nomination
from nominees.selectors import above
from paritrana.accounts.models import User
from paritrana.kernel.verdict import ALLOWED, Verdict

from .rubrics import read_version


def recusal_keeps_out(user: User, nomination: Nomination) -> Verdict:
    """Refuse whoever sits, or sat, on a seat with a conflict of interest that was not declined. One query."""
    recusals = Recusal.objects.filter(nomination=nomination, seat__seatings__user=user)
    is_recused = recusals.exclude(state=RecusalState.DECLINED).exists()
    return Verdict("conflict_of_interest") if is_recused else ALLOWED


def criteria_of(nomination: Nomination) -> Mapping[str, str]:
    """Return the leaves of the category's rubric, id to title; nothing before there is one. One query."""
    use = CategoryRubric.objects.filter(category=nomination.category_id).select_related("version").first()
    return {leaf.id: leaf.title or leaf.id for leaf in read_version(use.version).leaves} if use else {}


def answer_nominees() -> None:
    """Register both answers."""
    above.register(above.Answers(recusal_keeps_out, criteria_of))
