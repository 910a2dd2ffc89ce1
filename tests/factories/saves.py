"""A member, a nominee, and saves of the sheet between them."""

from collections.abc import Mapping
from typing import Any

from judging.models import SaveReceipt
from judging.selectors.sheets import address_of
from judging.services import scores as services
from nominees.core.lifecycle import State

from .sheets import holder, make_panel, make_rubric
from .world import AT, make_category, make_nomination, make_round

KEY = "kunci-permintaan-{}"
FIRST = {"komitmen": "80"}


def make_sheet_world() -> dict[str, Any]:
    """Return round, two seats, the ``member`` on the first, and the nomination."""
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make_rubric(category)
    seats = make_panel(round, 2)
    nomination = make_nomination(category, region_code="53.01")
    return {"round": round, "seats": seats, "member": holder(seats[0]), "nomination": nomination}


def save(
    world: dict[str, Any],
    entries: Mapping[str, Any] | None = FIRST,
    revision: int = 0,
    key: str = "1",
    *,
    actor: str = "member",
    submit: bool = False,
    nomination: str = "nomination",
) -> SaveReceipt:
    """Save or submit; ``entries`` of ``None``: as they were saved."""
    act: Any = services.submit_sheet if submit else services.save_draft
    receipt: SaveReceipt = act(
        address=address_of(world[nomination]),
        entries=entries,
        expected_revision=revision,
        request_key=KEY.format(key),
        actor=world[actor],
        at=AT,
    )
    return receipt
