"""What happens in the plenary meeting before something is decided: motions, ballots seat by seat, special awards."""

import json

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Category, Nomination, Pool

from .decision import Decision, DecisionKind, Plenary
from .panel import Seat


class Choice(models.TextChoices):
    """What a seat says to a motion."""

    FAVOUR = "favour", _("In favour")
    AGAINST = "against", _("Against")
    ABSTAIN = "abstain", _("Abstains")


class MotionState(models.TextChoices):
    """Where a motion stands; ``rejected`` and ``withdrawn`` ones stay readable and are printed in the minutes."""

    OPEN = "open", _("Vote is open")
    CARRIED = "carried", _("Carried")
    REJECTED = "rejected", _("Rejected")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Motion(models.Model):
    """Something that the meeting votes on. ``order`` lists nomination ids, best first (tie, deviation).

    ``details`` holds what the decision needs beyond that (canonical JSON: the new position of a deviation, title,
    recipient and citation of a special award). ``proposed_by`` is the seat that moved it. A carried motion becomes a
    ``decision`` with its three counts; ``not_voting`` counts the seats that could vote and did not. One vote at a time.
    """

    plenary = models.ForeignKey(Plenary, on_delete=models.PROTECT, related_name="motions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=DecisionKind.choices)
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="motions")
    pool = models.ForeignKey(Pool, null=True, blank=True, on_delete=models.PROTECT, related_name="motions")
    nominations = models.ManyToManyField(Nomination, related_name="motions")
    order = models.JSONField(default=list)
    details = models.TextField(default="{}", help_text="Canonical JSON.")
    reason = models.TextField(_("reason"))
    proposed_by = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    is_secret = models.BooleanField(_("secret ballot"), default=False)
    state = models.CharField(max_length=10, choices=MotionState.choices, default=MotionState.OPEN)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    not_voting = models.PositiveSmallIntegerField(default=0)
    decision = models.OneToOneField(Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="motion")

    class Meta:
        ordering = ("plenary", "number")
        constraints = (
            models.UniqueConstraint(fields=("plenary", "number"), name="motion_number_once"),
            models.UniqueConstraint(fields=("plenary",), condition=Q(state="open"), name="motion_one_open"),
            models.CheckConstraint(condition=~Q(reason=""), name="motion_has_reason"),
            models.CheckConstraint(
                condition=Q(state="open", closed_at=None) | ~Q(state="open") & Q(closed_at__isnull=False),
                name="motion_closed_at_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def special(self) -> dict[str, str] | None:
        """Title, recipient and citation of an award outside the ranking; None for other motions."""
        if self.kind != DecisionKind.SPECIAL:
            return None
        told: dict[str, str] = json.loads(self.details)
        return told


class Ballot(models.Model):
    """That a seat voted on a motion; in an open vote also how. A secret vote keeps ``choice`` empty here.

    ``is_final``: nothing of it changes any more; in a secret vote at once, in an open one from the close on.
    """

    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="ballots")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=8, choices=Choice.choices, blank=True)
    cast_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    cast_at = models.DateTimeField()
    is_final = models.BooleanField(default=False)

    class Meta:
        ordering = ("motion", "seat__position")
        constraints = (models.UniqueConstraint(fields=("motion", "seat"), name="ballot_once_per_seat"),)

    def __str__(self) -> str:
        return f"{self.seat}: {self.motion}"


class SecretBallot(models.Model):
    """One paper in the box of a secret vote: nothing here, not even its key or a time, leads to the seat.

    With each paper that comes in the whole box is written anew, in the order of the choices and under new random keys,
    so that the order of the rows on the disk is not the order of the voting. ``is_final``: the vote is closed.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    motion = models.ForeignKey(Motion, on_delete=models.PROTECT, related_name="secret_ballots")
    choice = models.CharField(max_length=8, choices=Choice.choices)
    is_final = models.BooleanField(default=False)

    class Meta:
        ordering = ("motion", "choice")

    def __str__(self) -> str:
        return f"{self.motion}: {self.choice}"


class SpecialAward(models.Model):
    """An award outside every ranking (piagam khusus), as decided by a carried motion.

    The recipient need not be a nominee: a provincial government that stood out is none.
    """

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="special_award")
    plenary = models.ForeignKey(Plenary, on_delete=models.PROTECT, related_name="special_awards")
    title = models.CharField(_("title"), max_length=120)
    recipient = models.CharField(_("recipient"), max_length=200)
    citation = models.CharField(_("what for"), max_length=300)
    nomination = models.ForeignKey(
        Nomination, null=True, blank=True, on_delete=models.PROTECT, related_name="special_awards"
    )
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("plenary", "pk")

    def __str__(self) -> str:
        return f"{self.title}: {self.recipient}"
