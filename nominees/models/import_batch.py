"""One uploaded workbook and what was found in it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .round import Round


class BatchState(models.TextChoices):
    """A batch is checked whole before any row is written."""

    REFUSED = "refused", _("Has errors, nothing was written")
    CHECKED = "checked", _("Checked, waiting for confirmation")
    APPLIED = "applied", _("Imported")
    DISCARDED = "discarded", _("Discarded")


class ImportBatch(models.Model):
    """A workbook, checked (``rows``, ``problems``) and, once confirmed, applied.

    ``rows`` are the cleaned rows as plain data with what each would do (``new``, ``changed``, ``same``);
    ``problems`` are ``{sheet, cell, code, facts}``.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="import_batches")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=BatchState.choices)
    rows = models.JSONField(default=list)
    problems = models.JSONField(default=list)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-uploaded_at", "-pk")
        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        return self.file_name
