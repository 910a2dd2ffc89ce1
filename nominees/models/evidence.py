"""What a nominee brings forward: files and addresses, beside which the panel scores."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .nomination import Nomination


class EvidenceKind(models.TextChoices):
    """A stored file, or the address of something published elsewhere."""

    FILE = "file", _("File")
    LINK = "link", _("Link")


class Evidence(models.Model):
    """One piece of evidence. It never changes and is never deleted: a wrong one is withdrawn with a reason.

    ``criterion`` is the rubric's leaf it speaks to, empty for the nominee as a whole. ``media_type``, ``size`` (bytes)
    and ``sha256`` follow from the content of a file; ``late_reason`` says why it came after scoring had begun.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="evidence")
    criterion = models.SlugField(_("criterion"), max_length=60, blank=True)
    title = models.CharField(_("title"), max_length=150)
    kind = models.CharField(max_length=4, choices=EvidenceKind.choices)
    file = models.FileField(upload_to="evidence/%Y/", blank=True)
    media_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    address = models.URLField(_("address"), max_length=500, blank=True)
    late_reason = models.CharField(_("reason"), max_length=300, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ("nomination", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="file", address="") & ~Q(file="") & Q(size__gte=1) & ~Q(sha256="")
                | Q(kind="link", file="", size=0, sha256="", address__startswith="https://"),
                name="evidence_file_or_link",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_reason="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False) & ~Q(withdrawn_reason=""),
                name="evidence_withdrawn_with_reason",
            ),
            models.UniqueConstraint(
                fields=("nomination", "sha256"),
                condition=Q(kind="file", withdrawn_at=None),
                name="evidence_file_once",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_withdrawn(self) -> bool:
        """Whether it counts no more."""
        return self.withdrawn_at is not None
