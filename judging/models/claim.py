"""Claims that a province's winner brings to the national round, and what their verification found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Nomination


class ClaimVerdict(models.TextChoices):
    """What the verification of a claim found."""

    OPEN = "open", _("Not checked yet")
    CONFIRMED = "confirmed", _("Confirmed")
    CORRECTED = "corrected", _("Corrected")
    REFUTED = "refuted", _("Not borne out")


class Claim(models.Model):
    """One statement to be verified: a count, a score on paper, an innovation. ``claimed`` and ``found`` as written.

    ``source`` says where the claim stands (``indicator:pu``, ``score:regulasi``, ``text``); a corrected one tells what
    was found, every verdict but "not checked" its ``basis``.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="claims")
    number = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=80)
    label = models.CharField(_("claim"), max_length=200)
    claimed = models.CharField(_("as claimed"), max_length=300)
    verdict = models.CharField(_("verdict"), max_length=10, choices=ClaimVerdict.choices, default=ClaimVerdict.OPEN)
    found = models.CharField(_("as found"), max_length=300, blank=True)
    basis = models.CharField(_("on what basis"), max_length=300, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("nomination", "number")
        constraints = (
            models.UniqueConstraint(fields=("nomination", "number"), name="claim_number_once"),
            models.UniqueConstraint(fields=("nomination", "source", "label"), name="claim_source_once"),
            models.CheckConstraint(
                condition=Q(verdict="open", checked_at=None)
                | ~Q(verdict="open") & Q(checked_at__isnull=False) & ~Q(basis=""),
                name="claim_checked_on_a_basis",
            ),
        )

    def __str__(self) -> str:
        return self.label
