"""Computing a schedule in the background: what was asked, how far it is, what came of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Round


class RunKind(models.TextChoices):
    """What is computed: a schedule from what there is, the fewest changes to the present one, or why nothing fits."""

    SOLVE = "solve", _("New schedule")
    REPAIR = "repair", _("Repair")
    EXPLAIN = "explain", _("Why nothing fits")


class RunState(models.TextChoices):
    """How far the computing is; who asked to stop it gets the best so far as done."""

    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Finished")
    FAILED = "failed", _("Failed")


class RunStatus(models.TextChoices):
    """What is known of the schedule that was found; see ``core.scheduling.solution``."""

    FEASIBLE = "feasible", _("Everybody has an interview")
    INFEASIBLE = "infeasible", _("Nothing fits")
    UNKNOWN = "unknown", _("Some have no interview yet")


class ScheduleRun(models.Model):
    """One computation. ``problem``: the open format as it was when asked; ``placements``: the best found so far.

    Both, and ``explanation``, are canonical JSON. ``beat_at``: the worker's last sign of life; ``options``: what a
    repair was told (see ``services.schedule_runs``). ``total`` and ``bound`` belong to ``placements``.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="schedule_runs")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=7, choices=RunKind.choices)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    seconds = models.PositiveSmallIntegerField()
    seed = models.PositiveIntegerField(default=0)
    problem = models.TextField(help_text="Canonical JSON.")
    options = models.JSONField(default=dict)
    state = models.CharField(max_length=7, choices=RunState.choices, default=RunState.WAITING)
    started_at = models.DateTimeField(null=True, blank=True)
    beat_at = models.DateTimeField(null=True, blank=True)
    stop_asked_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=RunStatus.choices, blank=True)
    placements = models.TextField(blank=True, help_text="Canonical JSON.")
    costs = models.JSONField(default=dict)
    total = models.PositiveIntegerField(null=True, blank=True)
    bound = models.PositiveIntegerField(null=True, blank=True)
    unplaced = models.JSONField(default=dict)
    explanation = models.TextField(blank=True, help_text="Canonical JSON.")
    error = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("round", "-number")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="schedule_run_number_once"),
            models.UniqueConstraint(
                fields=("round",), condition=Q(state__in=("waiting", "running")), name="schedule_run_one_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class ScheduleRunStep(models.Model):
    """An improvement on the way; ``milliseconds`` since the computing began."""

    run = models.ForeignKey(ScheduleRun, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    milliseconds = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    bound = models.PositiveIntegerField(null=True, blank=True)
    unplaced = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("run", "number")
        constraints = (models.UniqueConstraint(fields=("run", "number"), name="schedule_run_step_once"),)

    def __str__(self) -> str:
        return f"{self.run} {self.number}"
