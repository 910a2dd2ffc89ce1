"""Zones of the national round: groups of provinces whose winners compete with each other."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from paritrana.regions.models import Region

from .round import Round


class Zone(models.Model):
    """A group of provinces in a national round, such as Nusa Tenggara, Maluku and Papua. Printed as named.

    ``provinces`` are set with ``through_defaults={"round": ...}``: see :class:`ZoneProvince`.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="zones")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=120)
    provinces = models.ManyToManyField(Region, through="ZoneProvince", related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "code")
        constraints = (
            models.UniqueConstraint(fields=("round", "code"), name="zone_code_once"),
            models.UniqueConstraint(fields=("round", "name"), name="zone_name_once"),
        )

    def __str__(self) -> str:
        return self.name


class ZoneProvince(models.Model):
    """That a province lies in a zone. ``round`` is the zone's: a province lies in one zone of a round at most."""

    zone = models.ForeignKey(Zone, on_delete=models.CASCADE, related_name="+")
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "region"), name="zone_province_once"),)

    def __str__(self) -> str:
        return f"{self.zone}: {self.region}"
