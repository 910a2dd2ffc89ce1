"""Scans of paper score sheets, and who has looked at what stands on a paper while sheets are open."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .paper_entry import TypedSheet


class ScanKind(models.TextChoices):
    """What a scan is, by its content."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"


class PaperScan(models.Model):
    """A scan of a paper sheet: its bytes as they came, never replaced. A wrong one is struck out and stays."""

    sheet = models.ForeignKey(TypedSheet, on_delete=models.PROTECT, related_name="scans")
    kind = models.CharField(max_length=4, choices=ScanKind.choices)
    file = models.FileField(upload_to="paper-scans/%Y/")
    size = models.PositiveIntegerField(_("size"), help_text="Bytes.")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ("sheet", "added_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("sheet", "sha256"), condition=Q(struck_at=None), name="paper_scan_once"),
            models.CheckConstraint(
                condition=Q(struck_by=None, struck_at=None, struck_reason="")
                | Q(struck_by__isnull=False, struck_at__isnull=False) & ~Q(struck_reason=""),
                name="paper_scan_struck_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.sheet} ({self.sha256[:8]})"


class PaperLook(models.Model):
    """The first look of a person at the marks of a paper sheet while sheets are open: whoever looked takes no seat.

    ``at_scan``: at a scan; otherwise at the two readings side by side.
    """

    sheet = models.ForeignKey(TypedSheet, on_delete=models.PROTECT, related_name="looks")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at_scan = models.BooleanField()
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ("sheet", "looked_at", "pk")
        constraints = (models.UniqueConstraint(fields=("sheet", "user", "at_scan"), name="paper_look_once"),)

    def __str__(self) -> str:
        return f"{self.user} · {self.sheet}"
