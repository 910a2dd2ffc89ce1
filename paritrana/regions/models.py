"""Province, regency, district, village: official areas with their codes."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegionKind(models.TextChoices):
    """The four levels, with the two names that a regency and a village can have."""

    PROVINCE = "provinsi", _("Province")
    REGENCY = "kabupaten", _("Regency")
    CITY = "kota", _("City")
    DISTRICT = "kecamatan", _("District")
    VILLAGE = "desa", _("Village (desa)")
    WARD = "kelurahan", _("Village (kelurahan)")


REGENCY_KINDS = (RegionKind.REGENCY, RegionKind.CITY)
VILLAGE_KINDS = (RegionKind.VILLAGE, RegionKind.WARD)


class Region(models.Model):
    """One area of the official list, under the area that contains it.

    ``name`` is the full official form of provinces, regencies and cities ("Kabupaten Kupang"); districts and villages
    are listed by their bare name, so pages show :attr:`full_name`. Codes are not stable over vintages: each row says
    which one it came from, and a code that a newer vintage no longer has is kept with ``is_current`` off.
    """

    code = models.CharField(max_length=13, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=RegionKind.choices)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    vintage = models.CharField(max_length=60)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ("code",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(kind=RegionKind.PROVINCE, parent=None)
                | ~models.Q(kind=RegionKind.PROVINCE) & ~models.Q(parent=None),
                name="region_only_provinces_have_no_parent",
            ),
        )

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its prefix: "Kota Kupang", "Desa Dafala", "Kecamatan Semau", "Provinsi Bali"."""
        prefix = self.get_kind_prefix()
        return f"{prefix} {self.name}" if prefix else self.name

    def get_kind_prefix(self) -> str:
        """The word before the name, in Indonesian as in official papers; empty where the name already has it."""
        return {
            RegionKind.PROVINCE: "Provinsi",
            RegionKind.DISTRICT: "Kecamatan",
            RegionKind.VILLAGE: "Desa",
            RegionKind.WARD: "Kelurahan",
        }.get(RegionKind(self.kind), "")

    @property
    def province_code(self) -> str:
        """The two digits of the province."""
        return self.code[:2]
