"""Frozen runs: their inputs, results and standings. Live standings are computed, never stored."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from nominees.models import Category, Nomination, Pool, Round

from .rules import RuleSet


class Tabulation(models.Model):
    """One frozen run over all categories and pools of a round; the last one that is not superseded counts."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="tabulations")
    number = models.PositiveSmallIntegerField()
    rules = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="tabulations")
    engine_version = models.CharField(max_length=40)
    software_version = models.CharField(max_length=40, blank=True, help_text="Empty: frozen before it was recorded.")
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "number")
        constraints = (
            models.UniqueConstraint(fields=("round", "number"), name="tabulation_number_once"),
            models.UniqueConstraint(fields=("round",), condition=Q(superseded_at=None), name="tabulation_one_in_force"),
        )

    def __str__(self) -> str:
        return f"Rekapitulasi {self.number}"


class TabulationPart(models.Model):
    """One category (or pool) of a run: input and answer in the open format as canonical JSON, with their hashes."""

    tabulation = models.ForeignKey(Tabulation, on_delete=models.PROTECT, related_name="parts")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    pool = models.ForeignKey(Pool, null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    input = models.TextField()
    input_hash = models.CharField(max_length=64)
    answer = models.TextField()
    answer_hash = models.CharField(max_length=64)

    class Meta:
        # SQLite puts rows without a category first, PostgreSQL last: pools come after categories on both.
        ordering = ("tabulation", F("category__position").asc(nulls_last=True), "pool__code")
        constraints = (
            models.UniqueConstraint(fields=("tabulation", "category"), name="part_category_once"),
            models.UniqueConstraint(fields=("tabulation", "pool"), name="part_pool_once"),
            models.CheckConstraint(
                condition=Q(category=None) & ~Q(pool=None) | ~Q(category=None) & Q(pool=None),
                name="part_category_or_pool",
            ),
        )

    def __str__(self) -> str:
        return str(self.category or self.pool)


class Standing(models.Model):
    """One nominee's line in a part. ``exact`` is the exact total as a fraction, ``score`` the official printed one."""

    part = models.ForeignKey(TabulationPart, on_delete=models.PROTECT, related_name="standings")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="standings")
    position = models.PositiveIntegerField(
        help_text="Order on the page, best first; ties share a place, not a position."
    )
    place = models.CharField(max_length=12, blank=True, help_text="Empty: not ranked.")
    score = models.CharField(max_length=30, blank=True)
    exact = models.CharField(max_length=200, blank=True)
    title = models.CharField(max_length=60, blank=True)
    unranked_reason = models.CharField(max_length=120, blank=True)
    resolved_by = models.JSONField(default=list)
    is_tied = models.BooleanField(default=False)

    class Meta:
        ordering = ("part", "position")
        constraints = (models.UniqueConstraint(fields=("part", "nomination"), name="standing_once"),)

    def __str__(self) -> str:
        return f"{self.nomination}: {self.place or self.unranked_reason}"
