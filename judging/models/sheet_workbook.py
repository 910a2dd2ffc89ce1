"""Workbooks that the secretariat handed in for a member: waiting until that member takes them or turns them down."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .panel import Seating


class HandedState(models.TextChoices):
    """What became of a workbook that was handed in."""

    WAITING = "waiting", _("Waits for the member")
    TAKEN = "taken", _("Taken by the member")
    TURNED_DOWN = "turned_down", _("Turned down by the member")
    LAPSED = "lapsed", _("Dropped when the sheets were closed")


class HandedWorkbook(models.Model):
    """The filled workbook of one member (``seating``) and day (``None``: of all days), as it came.

    ``content`` holds marks that nobody but the member may see: no page and no administration hands it out, and it is
    dropped as soon as the workbook waits no more. The hash stays.
    """

    seating = models.ForeignKey(Seating, on_delete=models.PROTECT, related_name="+")
    day = models.DateField(_("day"), null=True, blank=True)
    content = models.BinaryField(null=True)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(_("state"), max_length=11, choices=HandedState.choices, default=HandedState.WAITING)
    handed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    handed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ("-handed_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("seating", "sha256"), condition=~Q(state="lapsed"), name="handed_workbook_once"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", content__isnull=False, settled_at=None)
                | Q(state__in=("taken", "turned_down", "lapsed"), content=None, settled_at__isnull=False),
                name="handed_workbook_kept_while_waiting",
            ),
            models.CheckConstraint(
                condition=Q(state="turned_down") & ~Q(reason="") | ~Q(state="turned_down") & Q(reason=""),
                name="handed_workbook_turned_down_with_reason",
            ),
        )

    def __str__(self) -> str:
        """Return no mark: this is what logs and error pages print."""
        return f"{self.seating.seat} ({self.day or '-'}, {self.sha256[:8]})"
