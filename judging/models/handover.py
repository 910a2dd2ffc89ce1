"""Hand-over of provincial winners to the national round by signed packages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Edition, Nomination, Round
from paritrana.regions.models import Region

from .tabulation import Tabulation


class TrustedKey(models.Model):
    """A province's public key (Ed25519) as the national secretariat accepted it; ``fingerprint`` was compared aloud."""

    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="trusted_keys")
    public_key = models.CharField(max_length=64, help_text="32 bytes, hexadecimal.")
    fingerprint = models.CharField(max_length=64)
    note = models.CharField(_("how it was checked"), max_length=200)
    trusted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    trusted_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("region", "-trusted_at")
        constraints = (
            models.UniqueConstraint(
                fields=("region", "public_key"), condition=Q(withdrawn_at=None), name="trusted_key_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.region}: {self.fingerprint[:16]}"


class Handover(models.Model):
    """A package made by a province. Its bytes are stored once; ``sent_at`` is when somebody said it went out."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="handovers")
    tabulation = models.ForeignKey(Tabulation, on_delete=models.PROTECT, related_name="handovers")
    number = models.PositiveSmallIntegerField()
    file = models.FileField(upload_to="handovers/%Y/")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    fingerprint = models.CharField(max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_how = models.CharField(_("how it was sent"), max_length=150, blank=True)

    class Meta:
        ordering = ("round", "-number")
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="handover_number_once"),)

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class ReceivedPackage(models.Model):
    """A province's package as it came to the national round: refused with what differs, waiting, or taken.

    ``manifest`` is the package's own (canonical JSON), ``fingerprint`` that of the key that signed it, ``problems``
    what the verification named (``[code, where, words]``). ``accepted``: its winners were taken over, by
    ``taken_by``. Bringing the same bytes again gives the row that is there.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="received_packages")
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(upload_to="handovers/%Y/")
    file_name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    manifest = models.TextField(default="{}", help_text="Canonical JSON.")
    fingerprint = models.CharField(max_length=64, blank=True)
    problems = models.JSONField(default=list)
    accepted = models.BooleanField(default=False)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    taken_at = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "-received_at")
        constraints = (
            models.UniqueConstraint(fields=("round", "sha256"), name="received_package_once"),
            models.UniqueConstraint(
                fields=("round", "region"),
                condition=Q(accepted=True, replaced_at=None),
                name="received_package_one_in_force",
            ),
        )

    def __str__(self) -> str:
        return self.file_name


class ReceivedWinner(models.Model):
    """A winner of a received package and the national nomination that it became. ``facts`` is its entry there."""

    package = models.ForeignKey(ReceivedPackage, on_delete=models.PROTECT, related_name="winners")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="received_winners")
    category_code = models.CharField(max_length=40)
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    facts = models.TextField(help_text="Canonical JSON.")

    class Meta:
        ordering = ("package", "category_code", "place")

    def __str__(self) -> str:
        return f"{self.title}: {self.nomination}"


class ProvinceReminder(models.Model):
    """That a province was reminded of its hand-over, how and by whom."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="province_reminders")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(_("how"), max_length=20)
    note = models.CharField(_("note"), max_length=300, blank=True)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ("region", "-sent_at")

    def __str__(self) -> str:
        return f"{self.region} {self.sent_at}"
