"""Keep and delete a panel member's own note on a nominee.

No event is recorded: a note is the member's personal data and decides nothing, and a line "wrote a note about X"
in a log that others read and nobody can erase would tell what the note is meant to keep.
"""

from datetime import datetime

from django.db import IntegrityError, transaction

from judging.models import PrivateNote
from judging.models.private_note import LONGEST_NOTE, fingerprint
from judging.permissions import can_see_own_sheets
from nominees.models import Nomination
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service


class NoteTooLong(DomainError):
    """The note has more characters than the fact ``most``."""

    code = "private_note_too_long"


class NoteChangedMeanwhile(DomainError):
    """The note is not what the form showed: another tab or device saved. No facts, errors may be logged."""

    code = "private_note_changed_meanwhile"


@atomic_service
def save_note(*, nomination: Nomination, text: str, seen: str, actor: User, at: datetime) -> PrivateNote | None:
    """Keep ``text`` as the note of ``actor`` on ``nomination``; an empty one deletes it (``None``).

    ``seen`` is the fingerprint of the text that the form showed. The text that is kept already changes nothing.
    Raises :class:`NoteTooLong`, :class:`NoteChangedMeanwhile` and ``NotPermitted``.
    """
    can_see_own_sheets(actor, nomination.round).require()
    text = _tidy(text)
    if len(text) > LONGEST_NOTE:
        raise NoteTooLong(most=LONGEST_NOTE)
    own = PrivateNote.objects.select_for_update().filter(author=actor, nomination=nomination)
    note = own.first()
    stored = note.text if note else ""
    if stored == text:
        return note
    if seen != fingerprint(stored):
        raise NoteChangedMeanwhile
    if not text:
        own.delete()
        return None
    if note is None:
        return _added(nomination, text, actor, at)
    note.text, note.saved_at = text, at
    note.save(update_fields=["text", "saved_at"])
    return note


@atomic_service
def delete_note(*, nomination: Nomination, actor: User) -> None:
    """Delete the note of ``actor`` on ``nomination``, whatever it says by now. Raises ``NotPermitted``."""
    can_see_own_sheets(actor, nomination.round).require()
    PrivateNote.objects.filter(author=actor, nomination=nomination).delete()


def _tidy(text: str) -> str:
    """Browsers send line breaks as two characters; PostgreSQL keeps no NUL."""
    return text.replace("\r\n", "\n").replace("\0", "").strip()


def _added(nomination: Nomination, text: str, actor: User, at: datetime) -> PrivateNote:
    try:
        with transaction.atomic():
            return PrivateNote.objects.create(author=actor, nomination=nomination, text=text, saved_at=at)
    except IntegrityError as clash:  # two devices wrote the first note at once
        raise NoteChangedMeanwhile from clash
