"""Score sheets: one seat on one nominee, in versions that are never overwritten."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nominees.models import Nomination, Round

from .panel import Seat, Seating
from .rubric import RubricVersion


class SheetState(models.TextChoices):
    """A sheet with no row has not been started: a row never stands for an empty sheet."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")


class Sheet(models.Model):
    """One seat on one nominee; ``revision`` counts every save and is what a client must have seen to save again."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="sheets")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="sheets")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="sheets")
    state = models.CharField(max_length=10, choices=SheetState.choices, default=SheetState.DRAFT)
    revision = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(
        null=True, blank=True, help_text="Set when the plenary opens: nothing changes after."
    )

    class Meta:
        ordering = ("nomination__number", "seat__position")
        constraints = (models.UniqueConstraint(fields=("seat", "nomination"), name="sheet_once"),)

    def __str__(self) -> str:
        return f"{self.seat} / {self.nomination}"


class SheetVersion(models.Model):
    """The marks of a sheet as canonical JSON: ``{criterion: {state, value, note, reason}}`` (``core.scoresheet``).

    The draft version is rewritten by saves until it is submitted; a submitted version never changes (database trigger).
    A correction is the next version, with its reason.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    rubric_version = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="sheet_versions")
    seating = models.ForeignKey(Seating, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=SheetState.choices, default=SheetState.DRAFT)
    entries = models.TextField(help_text="Canonical JSON.")
    content_hash = models.CharField(max_length=64)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    saved_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("sheet", "number")
        constraints = (
            models.UniqueConstraint(fields=("sheet", "number"), name="sheet_version_once"),
            models.UniqueConstraint(
                fields=("sheet",), condition=models.Q(state=SheetState.DRAFT), name="sheet_one_draft"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sheet} v{self.number}"


class SaveReceipt(models.Model):
    """The first answer to a client's key: a repeated save with the same key gets it again. Kept for ever."""

    key = models.CharField(max_length=64, primary_key=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="receipts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    content_hash = models.CharField(max_length=64)
    submitted = models.BooleanField(default=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key


class SecretariatEntry(models.Model):
    """A criterion's administrative score, entered twice by two people; it counts once both agree."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="secretariat_entries")
    criterion = models.SlugField(max_length=60)
    turn = models.PositiveSmallIntegerField(choices=((1, _("First entry")), (2, _("Second entry"))))
    value = models.CharField(max_length=20, help_text="An exact decimal on the criterion's scale.")
    source = models.CharField(_("source"), max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("nomination__number", "criterion", "turn")
        constraints = (
            models.UniqueConstraint(fields=("nomination", "criterion", "turn"), name="entry_turn_once"),
            models.UniqueConstraint(fields=("nomination", "criterion", "entered_by"), name="entry_two_people"),
        )

    def __str__(self) -> str:
        return f"{self.nomination} {self.criterion} ({self.turn})"
