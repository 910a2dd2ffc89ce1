"""The round's rules: how marks become places."""

from django.conf import settings
from django.db import models

from nominees.models import Round


class RuleSet(models.Model):
    """One version of a round's rules: the ``policy`` of the open tabulation format as canonical JSON.

    Rules are drafted in preparation and stand from then on; a tabulation names the version it used.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="rule_sets")
    number = models.PositiveSmallIntegerField()
    content = models.TextField(help_text="Canonical JSON: method, trim, quorum, rounding, tie chain, places, labels.")
    content_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("round", "number")
        constraints = (models.UniqueConstraint(fields=("round", "number"), name="rules_number_once"),)

    def __str__(self) -> str:
        return f"{self.round}: peraturan v{self.number}"
