"""Who looks at marks that stand on a paper sheet leaves an event, and takes no seat as long as sheets are open."""

from datetime import datetime

from judging import audit_actions as actions
from judging.core.sheet_code import SheetCode
from judging.models import PaperLook, PaperScan, TypedSheet
from judging.permissions import can_open_scan, can_settle_paper
from judging.selectors.paper_entries import PaperPlace
from judging.selectors.paper_scans import scan_bytes, scan_in
from nominees.core.lifecycle import Act, may
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.kernel.transactions import atomic_service

from .paper_entries import paper_obstacle, place_of, record_paper, require_third


def compare_readings(*, place: PaperPlace, actor: User, at: datetime) -> TypedSheet:
    """Return the paper for the third step, on the record: one event for each person and paper, however often they look.

    Raises as ``settle_paper_sheet`` does for the wrong person, or a paper that cannot be settled.
    """
    typed = _for_third(place, actor)
    if not PaperLook.objects.filter(sheet=typed, user=actor, at_scan=False).exists():
        _compared(round=place.nomination.round, code=place.code, actor=actor, at=at)
    return typed


@atomic_service
def _compared(*, round: Round, code: SheetCode, actor: User, at: datetime) -> None:
    round = locked_round(round.pk)
    can_settle_paper(actor, round).require()
    typed = _for_third(place_of(round, code, at), actor)
    if _is_first(typed, actor, at, at_scan=False):  # or two tabs at once
        record_paper(actions.PAPER_COMPARED, typed, round, actor, at)


def _for_third(place: PaperPlace, actor: User) -> TypedSheet:
    typed = require_third(place, actor)
    refusal = paper_obstacle(place)
    if refusal:
        raise refusal
    return typed


@atomic_service
def open_scan(*, scan: PaperScan, actor: User, at: datetime) -> bytes:
    """Return the bytes of ``scan``, with an event each time.

    Raises ``NotPermitted``, ``ScanDamaged``.
    """
    round = locked_round(scan.sheet.nomination.round_id)
    found = scan_in(round, scan.pk)  # anew under the lock: the paper may have been submitted meanwhile
    assert found  # noqa: S101 - scans are never deleted
    can_open_scan(actor, found).require()
    content, paper = scan_bytes(found), found.sheet
    if may(Act.SCORE, round.state):
        _is_first(paper, actor, at, at_scan=True)
    record_paper(actions.SCAN_OPENED, paper, round, actor, at, sha256=found.sha256)
    return content


def _is_first(typed: TypedSheet, actor: User, at: datetime, *, at_scan: bool) -> bool:
    """Note the look, unless it was noted before. The round is locked."""
    _look, is_new = PaperLook.objects.get_or_create(
        sheet=typed, user=actor, at_scan=at_scan, defaults={"looked_at": at}
    )
    return is_new
