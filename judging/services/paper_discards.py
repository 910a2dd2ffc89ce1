"""A paper sheet that shall not count is discarded with a reason: its marks stay as evidence, nothing waits for it."""

from datetime import datetime

from judging import audit_actions as actions
from judging.core.sheet_code import SheetCode
from judging.models import TypedSheet
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .paper_entries import PaperSubmittedAlready, locked_for_typist, place_of, record_paper


class PaperNeverTyped(DomainError):
    """Nobody has typed this paper in, or it was discarded before."""

    code = "paper_never_typed"


class DiscardReasonMissing(DomainError):
    """A paper is discarded with a reason."""

    code = "paper_discard_reason_missing"


@atomic_service
def discard_paper_sheet(*, round: Round, code: SheetCode, reason: str, actor: User, at: datetime) -> TypedSheet:
    """Discard a paper sheet that was not submitted; the same paper may be typed in anew.

    ``reason``: at most 300 characters, without marks, since the log shows it. Raises ``NotPermitted``,
    ``MemberTypesNoPaper``, ``PaperSheetUnknown``, :class:`PaperNeverTyped`, ``PaperSubmittedAlready``,
    :class:`DiscardReasonMissing`.
    """
    round = locked_for_typist(round, actor)
    typed = place_of(round, code, at).typed
    if typed is None:
        raise PaperNeverTyped
    if typed.version_id:
        raise PaperSubmittedAlready
    if not reason.strip():
        raise DiscardReasonMissing
    typed.entries.filter(final_at=None).update(final_at=at)
    typed.discarded_by, typed.discarded_at, typed.discard_reason = actor, at, reason.strip()[:300]
    typed.save(update_fields=["discarded_by", "discarded_at", "discard_reason"])
    facts = {"reason": typed.discard_reason, "entries": len(typed.entries.all())}
    record_paper(actions.PAPER_DISCARDED, typed, round, actor, at, **facts)
    return typed
