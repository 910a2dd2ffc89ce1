"""What competes together."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .round import Round
from .zone import Zone


class Kind(models.TextChoices):
    """The three kinds of nominee."""

    GOVERNMENT = "government", _("Regional government")
    VILLAGE = "village", _("Village or kelurahan")
    BUSINESS = "business", _("Business")


class Sector(models.TextChoices):
    """The five sectors of large and medium businesses (NTT and Maluku, 2024 edition)."""

    FINANCE = "finance", _("Financial services")
    TRADE = "trade", _("Trade and services, health included")
    EDUCATION = "education", _("Education")
    INDUSTRY = "industry", _("Manufacturing, mining and construction")
    AGRICULTURE = "agriculture", _("Agriculture, plantation, livestock and fishery")


class SizeClass(models.TextChoices):
    """Business sizes of Government Regulation 7/2021, article 35."""

    MICRO = "micro", _("Micro")
    SMALL = "small", _("Small")
    MEDIUM = "medium", _("Medium")
    LARGE = "large", _("Large")


class Category(models.Model):
    """What competes together in one round: a kind and, for businesses, sector and sizes.

    ``places`` is the number of titled places, ``forward_quota`` how many go on to the national round (from first).
    In a national round ``receives`` is the code of the provincial category whose winners it takes (empty: its own
    code), ``zone`` the provinces that compete in it (none: all).
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="categories")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=150, help_text="As printed, in Indonesian.")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    sector = models.CharField(_("sector"), max_length=12, choices=Sector.choices, blank=True)
    sizes = models.JSONField(_("sizes"), default=list, blank=True, help_text="Size classes; empty: not a business.")
    places = models.PositiveSmallIntegerField(_("number of places"), default=3)
    forward_quota = models.PositiveSmallIntegerField(_("forwarded to the national round"), default=1)
    position = models.PositiveSmallIntegerField(default=0)
    zone = models.ForeignKey(Zone, null=True, blank=True, on_delete=models.PROTECT, related_name="categories")
    receives = models.SlugField(_("takes winners of"), max_length=40, blank=True)

    class Meta:
        ordering = ("position", "code")
        verbose_name_plural = "categories"
        constraints = (
            models.UniqueConstraint(fields=("round", "code"), name="category_code_once"),
            models.CheckConstraint(condition=Q(places__gte=1, places__lte=20), name="category_places_in_range"),
            models.CheckConstraint(
                condition=Q(forward_quota__lte=models.F("places")), name="category_quota_within_places"
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.BUSINESS) | Q(sector="", sizes=[]), name="category_sector_only_for_business"
            ),
        )

    def __str__(self) -> str:
        return self.name


class PoolMode(models.TextChoices):
    """Who takes part in a pool."""

    ALL = "all", _("Everyone in its categories")
    FIRSTS = "firsts", _("Only the firsts of its categories")


class Pool(models.Model):
    """An award over several categories that share a rubric, such as the best business over all sectors."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="pools")
    code = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=150)
    categories = models.ManyToManyField(Category, related_name="pools")
    mode = models.CharField(_("who takes part"), max_length=8, choices=PoolMode.choices, default=PoolMode.FIRSTS)
    places = models.PositiveSmallIntegerField(_("number of places"), default=3)

    class Meta:
        ordering = ("code",)
        constraints = (models.UniqueConstraint(fields=("round", "code"), name="pool_code_once"),)

    def __str__(self) -> str:
        return self.name
