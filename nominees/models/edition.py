"""The award of one assessment year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Edition(models.Model):
    """The award of one assessment year; its interviews and ceremony usually fall in the next calendar year."""

    assessment_year = models.PositiveSmallIntegerField(_("assessment year"), unique=True)
    name = models.CharField(_("name"), max_length=120)
    period_start = models.DateField(_("assessed from"))
    period_end = models.DateField(_("assessed until"))
    is_demo = models.BooleanField(_("demo edition"), default=False, help_text="Every page and paper says so.")

    class Meta:
        ordering = ("-assessment_year",)
        constraints = (
            models.CheckConstraint(condition=Q(period_end__gte=F("period_start")), name="edition_period_in_order"),
        )

    def __str__(self) -> str:
        return self.name
