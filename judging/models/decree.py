"""What the decree says beside the result, and corrections of minutes by numbered amendments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Round

from .decision import Plenary


class DecreeText(models.Model):
    """What the secretariat writes into the decree of a round; lists have one entry a line, in their order."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="decree_text")
    number = models.CharField(_("number"), max_length=80, blank=True)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True, help_text="An office, as in the heading.")
    subject = models.CharField(_("about"), max_length=200, blank=True)
    considerations = models.TextField(_("considering"), max_length=2000, blank=True)
    legal_basis = models.TextField(_("in view of"), max_length=3000, blank=True)
    observations = models.TextField(_("having regard to"), max_length=2000, blank=True)
    provisions = models.TextField(_("further provisions"), max_length=2000, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    signed_on = models.DateField(_("dated"), null=True, blank=True)
    signer_office = models.CharField(_("signed by (office)"), max_length=120, blank=True)
    signer_name = models.CharField(_("signed by (name)"), max_length=120, blank=True)
    signer_note = models.CharField(_("line below the name"), max_length=120, blank=True)
    copies = models.TextField(_("copies to"), max_length=600, blank=True)

    def __str__(self) -> str:
        return f"{self.round}"


class MinutesCorrection(models.Model):
    """A numbered amendment of confirmed minutes: words that were wrong and the right ones. Results never change so.

    Asked by one person, in force once a second one confirmed it; the ``minutes`` stay as they were issued. ``serial``
    counts within the plenary.
    """

    plenary = models.ForeignKey(Plenary, on_delete=models.PROTECT, related_name="corrections")
    minutes = models.ForeignKey("judging.Document", on_delete=models.PROTECT, related_name="corrections")
    serial = models.PositiveSmallIntegerField()
    number = models.CharField(_("number"), max_length=80, blank=True)
    part = models.CharField(_("where in the minutes"), max_length=150)
    wrong = models.TextField(_("what is written"), max_length=1000)
    right = models.TextField(_("what it has to be"), max_length=1000)
    reason = models.TextField(_("reason"), max_length=1000)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plenary", "serial")
        constraints = (
            models.UniqueConstraint(fields=("plenary", "serial"), name="minutes_correction_serial_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="minutes_correction_has_reason"),
        )

    def __str__(self) -> str:
        return f"{self.plenary} {self.serial}"
