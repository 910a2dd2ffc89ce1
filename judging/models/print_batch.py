"""Papers issued many at a time in the background, and how numbers of papers are written."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Round

from .document import Document, DocumentKind


class NumberingScheme(models.Model):
    """How the papers of one kind are numbered: a pattern with the fields that ``documents.numbers`` names."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="numbering_schemes")
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    pattern = models.CharField(_("pattern"), max_length=80)
    first = models.PositiveIntegerField(_("first serial number"), default=1)

    class Meta:
        ordering = ("round", "kind")
        constraints = (models.UniqueConstraint(fields=("round", "kind"), name="numbering_scheme_once"),)

    def __str__(self) -> str:
        return self.pattern


class PrintState(models.TextChoices):
    """Where a batch stands."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    STOPPED = "stopped", _("Stopped")
    DONE = "done", _("Done")


class PrintBatch(models.Model):
    """A choice of papers to be issued in the background; ``beat_at`` is the worker's last sign of life.

    ``attempt`` counts how often a worker took it up: one that was taken for lost and comes back writes nothing more.
    ``error`` is the code of what ended it before its time.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="print_batches")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=PrintState.choices, default=PrintState.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    began_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    attempt = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("round", "-number")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="print_batch_number_once"),
            models.UniqueConstraint(
                fields=("round",), condition=Q(state__in=("waiting", "running")), name="print_batch_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class ItemState(models.TextChoices):
    """Where one paper of a batch stands."""

    WAITING = "waiting", _("Waiting")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")


class PrintItem(models.Model):
    """One paper of a batch: what it is about (``subject``, as ``Subject.text`` writes it), what became of it.

    ``file`` names what is being stored and is not issued yet: a worker that dies in between leaves it behind, and the
    next one takes it away. ``error`` is a code.
    """

    batch = models.ForeignKey(PrintBatch, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    subject = models.CharField(max_length=120)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=8, choices=ItemState.choices, default=ItemState.WAITING)
    error = models.CharField(max_length=300, blank=True)
    file = models.CharField(max_length=100, blank=True)
    document = models.ForeignKey(Document, null=True, blank=True, on_delete=models.PROTECT, related_name="print_items")

    class Meta:
        ordering = ("batch", "position")
        constraints = (models.UniqueConstraint(fields=("batch", "position"), name="print_item_position_once"),)

    def __str__(self) -> str:
        return self.title
