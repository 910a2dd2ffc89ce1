"""Interviews: who is met where and when, and who of the panel sits there."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Nomination, Round

from .panel import Seat


class Room(models.Model):
    """A room, a video link, or a room with one."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(_("room"), max_length=100)
    is_onsite = models.BooleanField(_("on site"), default=True)
    is_online = models.BooleanField(_("online"), default=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(fields=("round", "name"), name="room_name_once"),
            models.CheckConstraint(condition=Q(is_onsite=True) | Q(is_online=True), name="room_has_a_mode"),
        )

    def __str__(self) -> str:
        return self.name


class InterviewState(models.TextChoices):
    """What became of an interview."""

    PLANNED = "planned", _("Planned")
    RUNNING = "running", _("Interview is running")
    HELD = "held", _("Held")
    NO_SHOW = "no_show", _("Nominee did not come")


class Interview(models.Model):
    """One nominee's interview; times are aware and shown in the round's zone. A locked one stays as it is.

    This is the draft of the secretariat; what members and nominees were told is a :class:`ScheduleRelease`.
    ``began_at`` and ``finished_at``: when it really was, where somebody said so.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="interviews")
    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="interview")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="interviews")
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    state = models.CharField(max_length=8, choices=InterviewState.choices, default=InterviewState.PLANNED)
    is_locked = models.BooleanField(_("locked"), default=False)
    began_at = models.DateTimeField(_("began"), null=True, blank=True)
    finished_at = models.DateTimeField(_("finished"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("starts_at", "room__name")
        constraints = (
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="interview_times_in_order"),
            models.UniqueConstraint(
                fields=("room", "starts_at"), condition=~Q(state="no_show"), name="interview_room_start_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.nomination}"


class Presence(models.TextChoices):
    """Whether a seat is, or was, at the interview."""

    EXPECTED = "expected", _("Expected")
    PRESENT = "present", _("Present")
    ABSENT = "absent", _("Absent")


class Attendance(models.Model):
    """A seat at an interview. A seat without a row does not sit there."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="attendances")
    presence = models.CharField(max_length=8, choices=Presence.choices, default=Presence.EXPECTED)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ("seat__position",)
        constraints = (models.UniqueConstraint(fields=("interview", "seat"), name="attendance_once"),)

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_presence_display()}"
