"""Invitation letters to interviews: what all of a round say, and each as it was issued."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Nomination, Round

from .schedule_release import ReleasedInterview


class InvitationText(models.Model):
    """What the secretariat writes into all invitations of a round; lists have one entry a line."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="invitation_text")
    venue = models.CharField(_("venue with address"), max_length=200, blank=True)
    online_note = models.CharField(_("how to join online"), max_length=200, blank=True)
    dress = models.CharField(_("dress"), max_length=120, blank=True)
    bring = models.TextField(_("what to bring or to know"), max_length=600, blank=True)
    contact = models.CharField(_("contact"), max_length=160, blank=True)
    copies = models.TextField(_("copies to"), max_length=400, blank=True)
    is_signed_by_chair = models.BooleanField(_("the chair signs, not the secretary"), default=False)

    def __str__(self) -> str:
        return f"{self.round}"


class Invitation(models.Model):
    """An issued letter: its bytes are stored once and never rendered again. ``serial`` counts within the round.

    ``content`` is what is printed; ``replaces`` the letter to the same nominee that this one takes the place of.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="invitations")
    interview = models.ForeignKey(ReleasedInterview, on_delete=models.PROTECT, related_name="invitations")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="invitations")
    replaces = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=80)
    content = models.TextField(help_text="Canonical JSON.")
    file = models.FileField(upload_to="documents/%Y/")
    sha256 = models.CharField(max_length=64)
    check_code = models.CharField(max_length=32, unique=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()

    class Meta:
        ordering = ("round", "serial")
        constraints = (
            models.UniqueConstraint(fields=("round", "serial"), name="invitation_serial_once"),
            models.UniqueConstraint(
                fields=("nomination",), condition=Q(replaces=None), name="invitation_one_first_letter"
            ),
        )

    def __str__(self) -> str:
        return f"{self.nomination} ({self.number})"
