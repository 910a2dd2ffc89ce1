"""What a panel member writes about a nominee for nobody else."""

import hashlib
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Length
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from nominees.models import Nomination

#: So many characters a note may have; a line break is one.
LONGEST_NOTE: Final = 2000


def fingerprint(text: str) -> str:
    """Return what stands for ``text`` in the form of its author, so that a save tells what it has seen."""
    return hashlib.sha256(text.encode()).hexdigest()[:16]


class PrivateNote(models.Model):
    """One person's own words on one nominee. Personal data: kept and deleted by that person, read by nobody else.

    It is no part of the record: no event, no version, no trigger that keeps it; it goes with the person's login.
    """

    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    nomination = models.ForeignKey(Nomination, on_delete=models.CASCADE, related_name="+")
    text = models.TextField(_("private note"))
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("author", "nomination"), name="private_note_once"),
            models.CheckConstraint(condition=~Q(text=""), name="private_note_not_empty"),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("text"), Value(LONGEST_NOTE)), name="private_note_not_too_long"
            ),
        )

    def __str__(self) -> str:
        """Return no word of the text: this is what logs and error pages print."""
        return f"private note {self.pk}"

    @property
    def fingerprint(self) -> str:
        """What stands for the text in the form."""
        return fingerprint(self.text)
