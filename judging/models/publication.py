"""What the public may read of a result: snapshots that never change, each replaced by the next."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Round

from .tabulation import Tabulation


class PublicationRules(models.Model):
    """What a round's public pages tell, and from when. ``embargo_until`` empty: from the announcement on."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="publication_rules")
    embargo_until = models.DateTimeField(_("not before"), null=True, blank=True)
    shows_totals = models.BooleanField(_("totals of the winners are shown"), default=False)
    shows_unplaced = models.BooleanField(_("nominees without a title are named"), default=False)
    words = models.TextField(_("words above the result"), max_length=1000, blank=True)
    contact = models.CharField(_("contact for the press"), max_length=160, blank=True)

    def __str__(self) -> str:
        return f"{self.round}"


class Publication(models.Model):
    """A published result: the pages, files and pictures are made of ``content`` alone.

    ``year`` and ``place_code`` are its permanent address, whatever becomes of the round's own rows; what the archive
    lists of it stands beside them, so that nothing else is read.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="publications")
    tabulation = models.ForeignKey(Tabulation, on_delete=models.PROTECT, related_name="publications")
    version = models.PositiveSmallIntegerField()
    year = models.PositiveSmallIntegerField()
    place_code = models.CharField(max_length=20)
    place_name = models.CharField(max_length=120)
    edition_name = models.CharField(max_length=120)
    is_demo = models.BooleanField()
    content = models.TextField(help_text="Canonical JSON.")
    sha256 = models.CharField(max_length=64)
    visible_from = models.DateTimeField()
    reason = models.CharField(_("reason"), max_length=300, blank=True, help_text="Of a version after the first.")
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField()

    class Meta:
        ordering = ("round", "-version")
        constraints = (
            models.UniqueConstraint(fields=("round", "version"), name="publication_version_once"),
            models.UniqueConstraint(fields=("year", "place_code", "version"), name="publication_address_once"),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="publication_again_with_reason"),
        )

    def __str__(self) -> str:
        return f"{self.round} {self.version}"
