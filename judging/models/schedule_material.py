"""What an interview schedule rests on: days and sessions, rooms, categories, nominees, who is away, rules and wishes.

Times of day are whole minutes since midnight in the round's zone, as in the open format of the schedule. A round
without a :class:`ScheduleMaterial` has none of this: its interviews may lie anywhere on its days.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Category, Nomination, Round

from .interview import Room
from .panel import Seat, Seating

MINUTES_OF_A_DAY = 24 * 60
#: Without a word of the secretariat: how long an interview takes, and on which minutes it may start.
DURATION, GRID = 30, 5


class Weight(models.TextChoices):
    """How much a wish counts; :data:`WEIGHTS` says it in numbers."""

    OFF = "off", _("Off")
    LOW = "low", _("Low")
    NORMAL = "normal", _("Normal weight")
    HIGH = "high", _("High")


WEIGHTS = {Weight.OFF: 0, Weight.LOW: 1, Weight.NORMAL: 3, Weight.HIGH: 10}


def _in_order(name: str) -> models.CheckConstraint:
    condition = Q(end__gt=F("start"), end__lte=MINUTES_OF_A_DAY)
    return models.CheckConstraint(condition=condition, name=name)


class DaySpan(models.Model):
    """Some minutes of one day."""

    day = models.DateField(_("day"))
    start = models.PositiveSmallIntegerField(_("from"), help_text="Minutes since midnight.")
    end = models.PositiveSmallIntegerField(_("until"), help_text="Minutes since midnight.")

    class Meta:
        abstract = True
        ordering = ("day", "start")


class ScheduleMaterial(models.Model):
    """What holds for the whole round. Empty limits are none; ``weights`` has words, ``levels`` codes of the rules."""

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="schedule_material")
    grid_min = models.PositiveSmallIntegerField(_("starts every (minutes)"), default=GRID)
    max_continuous_min = models.PositiveSmallIntegerField(_("longest stretch without a break"), null=True, blank=True)
    min_break_min = models.PositiveSmallIntegerField(_("shortest break"), default=0)
    max_minutes_per_day = models.PositiveSmallIntegerField(_("most minutes a day"), null=True, blank=True)
    weights = models.JSONField(default=dict)
    levels = models.JSONField(default=dict)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(grid_min__gte=1, grid_min__lte=120), name="schedule_material_grid_in_range"
            ),
        )

    def __str__(self) -> str:
        return f"{self.round}"


class InterviewSession(DaySpan):
    """A stretch of a day in which interviews are held; lunch and prayer lie between two of them."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="interview_sessions")

    class Meta(DaySpan.Meta):
        constraints = (
            _in_order("interview_session_in_order"),
            models.UniqueConstraint(fields=("round", "day", "start"), name="interview_session_once"),
        )

    def __str__(self) -> str:
        return f"{self.day} {self.start}-{self.end}"


class RoomClosure(DaySpan):
    """A room is not to be had."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="closures")
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta(DaySpan.Meta):
        constraints = (
            _in_order("room_closure_in_order"),
            models.UniqueConstraint(fields=("room", "day", "start", "end"), name="room_closure_once"),
        )

    def __str__(self) -> str:
        return f"{self.room} {self.day}"


class RoleGroup(models.Model):
    """At least ``minimum`` of ``seats`` sit in every interview of the categories that ask for it."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="role_groups")
    name = models.CharField(_("name"), max_length=80)
    minimum = models.PositiveSmallIntegerField(_("at least"), default=1)
    seats = models.ManyToManyField(Seat, related_name="role_groups")

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("round", "name"), name="role_group_name_once"),
            models.CheckConstraint(condition=Q(minimum__gte=1), name="role_group_minimum_positive"),
        )

    def __str__(self) -> str:
        return self.name


class CategoryPlan(models.Model):
    """How the nominees of a category are met. No ``quorum``: that of the round's rules; no ``panel_max``: no limit.

    No ``unsur_target``: every seat that may sit there is wished for.
    """

    category = models.OneToOneField(Category, on_delete=models.PROTECT, related_name="interview_plan")
    duration = models.PositiveSmallIntegerField(_("minutes"), default=DURATION)
    buffer = models.PositiveSmallIntegerField(_("minutes between"), default=0)
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    panel_max = models.PositiveSmallIntegerField(_("most seats"), null=True, blank=True)
    unsur_target = models.PositiveSmallIntegerField(_("different seats wished for"), null=True, blank=True)
    role_groups = models.ManyToManyField(RoleGroup, blank=True, related_name="plans")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(duration__gte=1), name="category_plan_duration_positive"),
            models.CheckConstraint(
                condition=Q(quorum=None) | Q(panel_max=None) | Q(panel_max__gte=F("quorum")),
                name="category_plan_panel_holds_quorum",
            ),
        )

    def __str__(self) -> str:
        return f"{self.category}"


class NomineePlan(models.Model):
    """How a nominee is met, and from when on. ``arrives_at`` counts only with ``arrives_on``."""

    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="interview_plan")
    is_online = models.BooleanField(_("online"), default=False)
    arrives_on = models.DateField(_("earliest arrival"), null=True, blank=True)
    arrives_at = models.PositiveSmallIntegerField(_("from"), default=0, help_text="Minutes since midnight.")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(arrives_at__lt=MINUTES_OF_A_DAY), name="nominee_plan_arrives_within_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self.nomination}"


class NomineeSpanKind(models.TextChoices):
    """A nominee comes only then, or rather not then."""

    WINDOW = "window", _("Comes only then")
    AVOID = "avoid", _("Rather not then")


class NomineeSpan(DaySpan):
    """When a nominee can come, or would rather not; ``weight`` is that of the wish."""

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="interview_spans")
    kind = models.CharField(max_length=6, choices=NomineeSpanKind.choices)
    weight = models.CharField(max_length=6, choices=Weight.choices, default=Weight.NORMAL)

    class Meta(DaySpan.Meta):
        constraints = (
            _in_order("nominee_span_in_order"),
            models.UniqueConstraint(fields=("nomination", "kind", "day", "start", "end"), name="nominee_span_once"),
        )

    def __str__(self) -> str:
        return f"{self.nomination} {self.day}"


class SharedPerson(models.Model):
    """Somebody who comes with several nominees, one after the other. Outside, ``number`` stands for the name."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="shared_persons")
    number = models.PositiveSmallIntegerField()
    name = models.CharField(_("name"), max_length=150)
    nominations = models.ManyToManyField(Nomination, related_name="shared_persons")

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="shared_person_number_once"),)

    def __str__(self) -> str:
        """Return the number: this is what the log keeps."""
        return f"orang-{self.number}"


class SeatAbsence(DaySpan):
    """The holder of a seat cannot come; a successor can. ``entered_by``: the member, or the secretariat for them."""

    seating = models.ForeignKey(Seating, on_delete=models.PROTECT, related_name="absences")
    note = models.CharField(_("note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta(DaySpan.Meta):
        constraints = (
            _in_order("seat_absence_in_order"),
            models.UniqueConstraint(fields=("seating", "day", "start", "end"), name="seat_absence_once"),
        )

    def __str__(self) -> str:
        return f"{self.seating} {self.day}"

    @property
    def is_own(self) -> bool:
        """Whether the member entered it; reads the loaded seating."""
        return self.entered_by_id == self.seating.user_id
