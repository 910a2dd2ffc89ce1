"""A member with three interviews on one day, and hands that fill in the workbook of that day."""

import hashlib
import io
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from judging.core.sheet_workbook import FIRST_ROW, MARK, NOTE, REASON, address, title_of
from judging.models import HandedWorkbook, Seating
from judging.services import sheet_workbooks as services
from judging.services import sheet_workbooks_handed as handing
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role, User
from tests.factories import sheets as make
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

DAY = AT.date()
#: Rows of the two panel criteria of ``factories.sheets.TREE``: 0 to 100, and four levels that may be not applicable.
KOMITMEN, INOVASI = FIRST_ROW, FIRST_ROW + 1


def mark(row: int) -> str:
    """Return the address of a mark."""
    return address(row, MARK)


def reason(row: int) -> str:
    """Return the address of a reason."""
    return address(row, REASON)


def note(row: int) -> str:
    """Return the address of a note."""
    return address(row, NOTE)


def make_day(nominees: int = 3) -> dict[str, Any]:
    """Return a round in scoring, two seats, and ``nominees`` interviews of the first of them on ``DAY``."""
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make.make_rubric(category)
    seats = make.make_panel(round, 2)
    nominations = [make_nomination(category, region_code=f"53.{i:02d}") for i in range(1, nominees + 1)]
    for i, nomination in enumerate(nominations):
        make.make_interview(nomination, seats, starts_at=AT + timedelta(minutes=10 * i), minutes=10, released=True)
    return {
        "round": round,
        "category": category,
        "seats": seats,
        "nominations": nominations,
        "numbers": [nomination.number for nomination in nominations],
        "titles": [title_of(nomination.number) for nomination in nominations],
        "member": make.holder(seats[0]),
        "other": make.holder(seats[1]),
    }


def download(world: Mapping[str, Any], /, **changes: Any) -> bytes:
    """Return the member's workbook."""
    return services.make_workbook(
        **({"round": world["round"], "day": DAY, "actor": world["member"], "at": AT} | changes)
    )


def check(world: Mapping[str, Any], content: bytes, /, **changes: Any) -> services.Check:
    """Return what the service makes of a file the member sends in."""
    asked = {"round": world["round"], "day": DAY, "content": content, "actor": world["member"], "at": AT}
    return services.check_workbook(**(asked | changes))


def save(
    world: Mapping[str, Any], found: services.Check, /, *numbers: int, **changes: Any
) -> tuple[services.Saved, ...]:
    """Confirm ``numbers`` (all of them unless named) of a comparison."""
    chosen = numbers or world["numbers"]
    asked = {"round": world["round"], "sealed": found.sealed, "chosen": chosen, "actor": world["member"], "at": AT}
    return services.save_checked(**(asked | changes))


def opened(content: bytes) -> Any:
    """Return the workbook as openpyxl reads it."""
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content))


def packed(book: Any) -> bytes:
    """Return the bytes of a workbook."""
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def filled(content: bytes, entries: Mapping[str, Mapping[str, Any]]) -> bytes:
    """Return the workbook with values written as a person would: sheet title -> address -> value."""
    book = opened(content)
    for title, cells in entries.items():
        for at, value in cells.items():
            book[title][at].value = value
    return packed(book)


def make_handed(seating: Seating, user: User, content: bytes = b"bukan buku kerja") -> HandedWorkbook:
    """Return ``content`` as something that ``user`` handed in for who holds ``seating``, unchecked."""
    digest = hashlib.sha256(content).hexdigest()
    return HandedWorkbook.objects.create(seating=seating, content=content, sha256=digest, handed_by=user, handed_at=AT)


def secretary_of(world: Mapping[str, Any]) -> User:
    """Return somebody of the round's secretariat, without a seat."""
    return make_user(Role.SECRETARIAT, round=world["round"])


def hand_in(world: Mapping[str, Any], content: bytes, actor: User | None = None, **changes: Any) -> handing.HandedIn:
    """Hand ``content`` in as the secretariat."""
    asked = {"round": world["round"], "content": content, "actor": actor or secretary_of(world), "at": AT}
    return handing.hand_in_workbook(**(asked | changes))


def take(world: Mapping[str, Any], handed: HandedWorkbook, *numbers: int, **changes: Any) -> tuple[services.Saved, ...]:
    """Compare as the member and take ``numbers`` (all of them unless named)."""
    check = handing.compare_handed(handed=handed, actor=world["member"], at=AT)
    asked = {"sealed": check.sealed, "chosen": numbers or world["numbers"], "actor": world["member"], "at": AT}
    return handing.take_handed(handed=handed, **(asked | changes))
