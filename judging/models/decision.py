"""The plenary: who was there, what was decided, and the awards that came of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Category, Nomination, Pool, Round

from .panel import Seat
from .tabulation import Standing, Tabulation


class StateChange(models.Model):
    """A step in a round's life. A step back needs a reason and a second person (``confirmed_by``)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="state_changes")
    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "requested_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("round",),
                condition=Q(confirmed_at=None, withdrawn_at=None),
                name="state_change_one_open",
            ),
        )

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"


class Plenary(models.Model):
    """The meeting that turns a frozen tabulation into a decision: confirmed by the chair, countersigned by another.

    ``shown`` names the item of the agenda that the projector shows (``kategori-ukm``).
    """

    tabulation = models.OneToOneField(Tabulation, on_delete=models.PROTECT, related_name="plenary")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    place = models.CharField(_("place"), max_length=120, blank=True)
    minutes_number = models.CharField(_("number of the minutes"), max_length=80, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    countersigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    countersigned_at = models.DateTimeField(null=True, blank=True)
    shown = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name_plural = "plenaries"

    def __str__(self) -> str:
        return f"Pleno {self.tabulation.round}"


class PlenaryAttendance(models.Model):
    """A seat at the plenary: present or not; ``name`` is who sat there."""

    plenary = models.ForeignKey(Plenary, on_delete=models.PROTECT, related_name="attendances")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=150, blank=True)
    present = models.BooleanField()

    class Meta:
        ordering = ("seat__position",)
        constraints = (models.UniqueConstraint(fields=("plenary", "seat"), name="plenary_attendance_once"),)

    def __str__(self) -> str:
        return f"{self.seat}: {self.present}"


class DecisionKind(models.TextChoices):
    """What a plenary can decide beside the computed places."""

    TIE = "tie", _("Tie settled")
    QUORUM = "quorum", _("Ranked in spite of a missing quorum")
    DEVIATION = "deviation", _("Deviation from the computed place")
    SPECIAL = "special", _("Award outside the ranking")


class Decision(models.Model):
    """A motion of the plenary with its vote and reason.

    ``order`` lists nomination ids, best first (tie, deviation). Votes count seats that are present and not recused for
    any nominee concerned.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="decisions")
    plenary = models.ForeignKey(Plenary, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    pool = models.ForeignKey(Pool, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    nominations = models.ManyToManyField(Nomination, related_name="decisions")
    order = models.JSONField(default=list)
    votes_for = models.PositiveSmallIntegerField(_("votes for"))
    votes_against = models.PositiveSmallIntegerField(_("votes against"), default=0)
    abstentions = models.PositiveSmallIntegerField(_("abstentions"), default=0)
    reason = models.TextField(_("reason"))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("decided_at", "pk")
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="decision_has_reason"),
            models.CheckConstraint(condition=Q(votes_for__gt=F("votes_against")), name="decision_has_majority"),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"


class Award(models.Model):
    """A titled place as decided: what certificates, announcements and the national round go by."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="awards")
    tabulation = models.ForeignKey(Tabulation, on_delete=models.PROTECT, related_name="awards")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")
    pool = models.ForeignKey(Pool, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="awards")
    standing = models.ForeignKey(Standing, on_delete=models.PROTECT, related_name="awards")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=60)
    decision = models.ForeignKey(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="awards")
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        # SQLite puts rows without a category first, PostgreSQL last: pools come after categories on both.
        ordering = (F("category__position").asc(nulls_last=True), "pool__code", "place")
        constraints = (
            models.UniqueConstraint(
                fields=("standing",), condition=Q(superseded_at=None), name="award_once_per_standing"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title}: {self.nomination}"
