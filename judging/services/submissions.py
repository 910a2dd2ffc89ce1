"""Several sheets of one member submitted together: each is its own transaction, so one refusal undoes no other."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from judging.models import SaveReceipt
from judging.selectors.sheets import SheetAddress
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError

from .scores import submit_sheet


@dataclass(frozen=True, slots=True)
class Wish:
    """A saved sheet to submit as it was seen: its revision then, and the key of this request."""

    address: SheetAddress
    revision: int
    key: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one wish: a receipt, or the error that refused it."""

    address: SheetAddress
    receipt: SaveReceipt | None
    error: DomainError | None


def submit_sheets(*, wishes: Iterable[Wish], actor: User, at: datetime) -> tuple[Outcome, ...]:
    """Submit the actor's sheets one by one, as they were saved, and return what became of each, in their order.

    A refusal is kept with its sheet and stops nothing else; see :func:`scores.submit_sheet` for what is refused.
    """
    return tuple(_outcome(wish, actor, at) for wish in wishes)


def _outcome(wish: Wish, actor: User, at: datetime) -> Outcome:
    try:
        receipt = submit_sheet(
            address=wish.address, expected_revision=wish.revision, request_key=wish.key, actor=actor, at=at
        )
    except DomainError as error:
        return Outcome(wish.address, None, error)
    return Outcome(wish.address, receipt, None)
