"""Batches of papers in every state, and downloads that put nothing together."""

from io import BytesIO
from typing import Any

import pytest

from judging.models import ItemState, PrintBatch, PrintItem
from judging.web import paper_downloads as pages
from nominees.models import Round
from paritrana.accounts.models import User
from tests.factories.world import AT


def make_batch(round: Round, user: User, states: tuple[ItemState, ...] = (), **fields: Any) -> PrintBatch:
    """Return a batch that waits, with a paper in each of ``states``."""
    number = round.print_batches.count() + 1
    batch = PrintBatch.objects.create(round=round, number=number, asked_by=user, asked_at=AT, **fields)
    PrintItem.objects.bulk_create(
        PrintItem(
            batch=batch,
            position=position,
            subject="minutes",
            title=f"Naskah {position}",
            state=state,
            error="paper_failed" if state == ItemState.FAILED else "",
        )
        for position, state in enumerate(states, start=1)
    )
    return batch


def unmerged(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one PDF of many be their bytes, and labels their data: who gets them is asked, not how they are set."""
    monkeypatch.setattr(pages, "merge", lambda papers, title: BytesIO(b"".join(papers)))
    monkeypatch.setattr(pages, "render_labels", lambda data: repr(data).encode())
