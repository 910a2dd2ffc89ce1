"""Released schedules: what members and nominees were told, numbered, never altered; calendars that read them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Nomination, Round

from .interview import Room
from .panel import Seat, Seating


class ScheduleRelease(models.Model):
    """A schedule as it was made known. ``sha256`` is that of its canonical JSON (``selectors.schedule_releases``)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="schedule_releases")
    number = models.PositiveIntegerField()
    note = models.CharField(_("what changed, in a sentence"), max_length=300, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ("round", "-number")
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="schedule_release_number_once"),)

    def __str__(self) -> str:
        return f"{self.round} {self.number}"


class ReleasedInterview(models.Model):
    """One interview of a release; ``room_name`` as it was then. ``changed_in``: the release that last changed it."""

    release = models.ForeignKey(ScheduleRelease, on_delete=models.PROTECT, related_name="interviews")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="released_interviews")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="+")
    room_name = models.CharField(max_length=100)
    is_online = models.BooleanField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    changed_in = models.PositiveIntegerField()
    seats = models.ManyToManyField(Seat, related_name="released_interviews")

    class Meta:
        ordering = ("release", "starts_at", "room_name")
        constraints = (models.UniqueConstraint(fields=("release", "nomination"), name="released_interview_once"),)

    def __str__(self) -> str:
        return f"{self.nomination}"


class NoticeState(models.TextChoices):
    """What became of a message; ``BY_HAND``: no address is known, or this installation sends no mail."""

    WAITING = "waiting", _("Waiting")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed")
    BY_HAND = "by_hand", _("To be told by hand")


class ScheduleNotice(models.Model):
    """A release told to one of those whom it concerns: a panel member or a nominee."""

    release = models.ForeignKey(ScheduleRelease, on_delete=models.PROTECT, related_name="notices")
    seating = models.ForeignKey(Seating, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nomination = models.ForeignKey(Nomination, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=7, choices=NoticeState.choices, default=NoticeState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("release", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(seating__isnull=False, nomination=None) | Q(seating=None, nomination__isnull=False),
                name="schedule_notice_concerns_one",
            ),
            models.UniqueConstraint(
                fields=("release", "seating"), condition=Q(nomination=None), name="schedule_notice_seating_once"
            ),
            models.UniqueConstraint(
                fields=("release", "nomination"), condition=Q(seating=None), name="schedule_notice_nomination_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.release}: {self.seating or self.nomination}"


class CalendarFeed(models.Model):
    """An address under which calendars read released interviews, of one seating, one nominee or one room.

    Whoever has ``key`` reads it without signing in; a revoked one answers no more.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="calendar_feeds")
    key = models.CharField(max_length=43, unique=True)
    seating = models.ForeignKey(Seating, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nomination = models.ForeignKey(Nomination, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    room = models.ForeignKey(Room, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(seating__isnull=False, nomination=None, room=None)
                | Q(seating=None, nomination__isnull=False, room=None)
                | Q(seating=None, nomination=None, room__isnull=False),
                name="calendar_feed_of_one",
            ),
            *(
                models.UniqueConstraint(
                    fields=(whose,),
                    condition=Q(revoked_at=None, **{f"{whose}__isnull": False}),
                    name=f"calendar_feed_{whose}_once",
                )
                for whose in ("seating", "nomination", "room")
            ),
        )

    def __str__(self) -> str:
        return f"{self.seating or self.nomination or self.room}"
