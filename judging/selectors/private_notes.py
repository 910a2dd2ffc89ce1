"""The only read of private notes: one's own."""

from judging.models import PrivateNote
from nominees.models import Nomination
from paritrana.accounts.models import User


def own_note(reader: User, nomination: Nomination) -> PrivateNote | None:
    """Return what ``reader`` wrote about ``nomination``, or ``None``. One query."""
    return PrivateNote.objects.filter(author=reader, nomination=nomination).first()
