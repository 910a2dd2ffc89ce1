"""Zones of the national round: groups of provinces whose winners compete with each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from paritrana.regions.models import Region

from .round import Round


class Zone(models.Model):
    """A group of provinces in a national round, such as Nusa Tenggara, Maluku and Papua. Printed as named."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="zones")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    provinces = models.ManyToManyField(Region, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")
        constraints = (models.UniqueConstraint(fields=("round", "code"), name="zone_code_once"),)

    def __str__(self) -> str:
        return self.name
