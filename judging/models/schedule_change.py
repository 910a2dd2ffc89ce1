"""What happened to the draft of an interview schedule: every act keeps both sides, so each can be taken back."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nominees.models import Round

from .schedule_run import ScheduleRun


class ChangeKind(models.TextChoices):
    """By what act the draft changed."""

    PLACED = "placed", _("Interview placed")
    MOVED = "moved", _("Interview moved")
    CANCELLED = "cancelled", _("Interview cancelled")
    TAKEN = "taken", _("Computed schedule taken")
    SHIFTED = "shifted", _("Interviews shifted")
    UNDONE = "undone", _("Change undone")


class ScheduleChange(models.Model):
    """One act on the draft, never altered. ``before`` and ``after``: canonical JSON, a list by nomination.

    Each entry is ``{"nomination", "room", "starts_at", "ends_at", "seats": []}`` (ids, aware ISO times). A nomination
    that is missing on one side has no interview there. ``undoes``: the change that this one takes back; ``run``: the
    computed schedule that was taken.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="schedule_changes")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=ChangeKind.choices)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    before = models.TextField(help_text="Canonical JSON.")
    after = models.TextField(help_text="Canonical JSON.")
    undoes = models.OneToOneField("self", null=True, blank=True, on_delete=models.PROTECT, related_name="undone_by")
    run = models.ForeignKey(ScheduleRun, null=True, blank=True, on_delete=models.PROTECT, related_name="changes")

    class Meta:
        ordering = ("round", "number")
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="schedule_change_number_once"),)

    def __str__(self) -> str:
        return f"{self.round} {self.number}"
