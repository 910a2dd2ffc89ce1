"""The ceremony: in which order winners are called, who comes, who has taken the certificate away."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Round

from .decision import Award
from .plenary_room import SpecialAward


class Ceremony(models.Model):
    """How the result of a round is revealed. ``running_order`` lists parts (``kategori-ukm``) in their order.

    ``version`` counts changes, so that a screen that was loaded before knows that it is stale.
    """

    round = models.OneToOneField(Round, on_delete=models.PROTECT, related_name="ceremony")
    running_order = models.JSONField(default=list)
    shows_totals = models.BooleanField(_("totals are shown"), default=False)
    opening = models.CharField(_("words at the opening"), max_length=300, blank=True)
    closing = models.CharField(_("words at the end"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "ceremonies"

    def __str__(self) -> str:
        return f"{self.round}"


class CeremonyShow(models.Model):
    """One run of the reveal: a rehearsal with invented names, or the one that counts. ``step`` is where it stands.

    Each step's words lie sealed on the screen; ``key`` (random, per show) makes the keys that open them one by one.
    ``turn`` counts what the presenter did, also without network, so that nothing older undoes what is newer;
    ``screen_seen_at`` is when a screen last asked (to some seconds).
    """

    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="shows")
    is_rehearsal = models.BooleanField(default=True)
    key = models.BinaryField()
    code = models.CharField(max_length=32, unique=True, help_text="Address of the projector's screen.")
    content = models.TextField(help_text="Canonical JSON: the steps as they were when the show was opened.")
    step = models.PositiveSmallIntegerField(default=0)
    furthest = models.PositiveSmallIntegerField(default=0, help_text="The last step that was ever reached.")
    is_blank = models.BooleanField(default=False)
    turn = models.PositiveIntegerField(default=0)
    screen_seen_at = models.DateTimeField(null=True, blank=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("ceremony", "-opened_at")

    def __str__(self) -> str:
        return f"{self.ceremony} {self.opened_at}"


class Guest(models.Model):
    """Who comes for an award: name, seat, how the announcer says the name, and when the certificate was taken."""

    ceremony = models.ForeignKey(Ceremony, on_delete=models.PROTECT, related_name="guests")
    award = models.OneToOneField(Award, null=True, blank=True, on_delete=models.PROTECT, related_name="guest")
    special_award = models.OneToOneField(
        SpecialAward, null=True, blank=True, on_delete=models.PROTECT, related_name="guest"
    )
    name = models.CharField(_("represented by"), max_length=150, blank=True)
    office = models.CharField(_("office of who comes"), max_length=150, blank=True)
    seat = models.CharField(_("seat in the hall"), max_length=20, blank=True)
    say = models.CharField(_("how to say the name"), max_length=200, blank=True)
    is_absent = models.BooleanField(_("does not come"), default=False)
    handed_by = models.CharField(_("handed over by"), max_length=150, blank=True)
    collected_by = models.CharField(_("taken by"), max_length=150, blank=True)
    collected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("ceremony", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(award=None, special_award__isnull=False) | Q(award__isnull=False, special_award=None),
                name="guest_of_one_award",
            ),
        )

    def __str__(self) -> str:
        return f"{self.award or self.special_award}"
