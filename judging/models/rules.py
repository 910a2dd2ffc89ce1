"""The round's rules: how marks become places."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Round


class Voting(models.TextChoices):
    """How the plenary votes on a motion."""

    OPEN = "open", _("Openly, seat by seat")
    SECRET = "secret", _("In secret")


class RuleSet(models.Model):
    """One version of a round's rules: the ``policy`` of the open tabulation format as canonical JSON.

    Rules are drafted in preparation and stand from then on; a tabulation names the version it used.
    ``divergence_limit`` is no part of the policy: it changes no place, it only says when the plenary is shown a flag.
    Nor is ``voting``, by which the plenary votes on motions.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rule_sets")
    number = models.PositiveSmallIntegerField()
    content = models.TextField(help_text="Canonical JSON: method, trim, quorum, rounding, tie chain, places, labels.")
    content_hash = models.CharField(max_length=64)
    divergence_limit = models.PositiveSmallIntegerField(
        default=20, help_text="Points, 0 to 100: where seats differ by more, the plenary is shown a flag."
    )
    voting = models.CharField(max_length=6, choices=Voting.choices, default=Voting.OPEN)
    note = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("round", "number")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="rules_number_once"),
            models.CheckConstraint(condition=Q(divergence_limit__lte=100), name="rules_divergence_limit_in_points"),
        )

    def __str__(self) -> str:
        return f"{self.round}: peraturan v{self.number}"
