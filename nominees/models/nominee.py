"""Regional governments, villages and businesses."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.regions.models import Region

from .category import Kind, Sector, SizeClass


class Nominee(models.Model):
    """Somebody who can be nominated, in one or more editions.

    A government or village *is* its region: its name is the region's full name. A business has its own
    :class:`BusinessProfile`; its region is the regency or city of its seat. ``is_practice``: invented for a practice
    round, so no round that counts ever recognises it.
    """

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(_("name"), max_length=200)
    region = models.ForeignKey(Region, on_delete=models.PROTECT, related_name="nominees")
    is_practice = models.BooleanField(_("invented for practice"), default=False)

    class Meta:
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "region"),
                condition=~Q(kind=Kind.BUSINESS) & Q(is_practice=False),
                name="nominee_region_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class BusinessProfile(models.Model):
    """What only businesses have. NIB is the business number (13 digits), KBLI the field of business (5 digits)."""

    nominee = models.OneToOneField(Nominee, on_delete=models.PROTECT, related_name="business")
    legal_name = models.CharField(_("legal name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=12, choices=Sector.choices)
    size_class = models.CharField(_("size class"), max_length=8, choices=SizeClass.choices)
    kbli = models.CharField(_("KBLI"), max_length=5, validators=[RegexValidator(r"^\d{5}$")])
    nib = models.CharField(_("NIB"), max_length=13, unique=True, validators=[RegexValidator(r"^\d{13}$")])
    bpjs_number = models.CharField(_("BPJS registration number"), max_length=20)

    def __str__(self) -> str:
        return self.legal_name
