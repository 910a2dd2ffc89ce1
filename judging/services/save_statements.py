"""What each save writes, as statements whose SQL is written once. ``services.scores`` sends them, on locked rows."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from judging.models import SaveReceipt, Sheet, SheetState, SheetVersion
from paritrana.kernel.compiled import Value
from paritrana.kernel.compiled_writes import Change, CompiledInsert, CompiledUpdate


def moved_on(*, sheet: int, revision: int, state: str) -> Change[Sheet]:
    """The sheet at its next revision."""
    return Change(Sheet.objects.filter(pk=sheet), {"revision": revision, "state": state})


def rewritten(
    *, version: int, rubric: int, seating: int, entries: str, digest: str, saved_by: int, saved_at: datetime
) -> Change[SheetVersion]:
    """The draft with other marks; still a draft."""
    values = {
        "rubric_version": rubric,
        "seating": seating,
        "state": SheetState.DRAFT,
        "entries": entries,
        "content_hash": digest,
        "saved_by": saved_by,
        "saved_at": saved_at,
        "submitted_at": None,
    }
    return Change(SheetVersion.objects.filter(pk=version), values)


_SHEET: Final[Mapping[str, Value]] = {"sheet": 31001, "revision": 31002, "state": "stand-in"}
_DRAFT: Final[Mapping[str, Value]] = {
    "version": 31001,
    "rubric": 31002,
    "seating": 31003,
    "entries": "stand-in-entries",
    "digest": "stand-in-digest",
    "saved_by": 31004,
    "saved_at": datetime(1, 1, 1, tzinfo=UTC),
}
SHEET_MOVED_ON: Final = CompiledUpdate(moved_on, _SHEET)
DRAFT_REWRITTEN: Final = CompiledUpdate(rewritten, _DRAFT)
NEW_RECEIPT: Final = CompiledInsert(SaveReceipt)
