"""One edition at one level."""

from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nominees.core.lifecycle import State
from nominees.core.scopes import scope_text
from paritrana.regions.models import Region

from .edition import Edition

NATIONAL_SCOPE = "nasional"


class Level(models.TextChoices):
    """Provincial rounds send their firsts to the national one."""

    PROVINCIAL = "provincial", _("Provincial")
    NATIONAL = "national", _("National")


class TimeZone(models.TextChoices):
    """The three zones of Indonesia; none has summer time."""

    WIB = "Asia/Jakarta", "WIB"
    WITA = "Asia/Makassar", "WITA"
    WIT = "Asia/Jayapura", "WIT"


STATE_LABELS = {
    State.PREPARATION: _("Preparation"),
    State.NOMINATION: _("Nomination"),
    State.SCORING: _("Scoring"),
    State.PLENARY: _("Plenary"),
    State.DECIDED: _("Decided"),
    State.ANNOUNCED: _("Announced"),
    State.CLOSED: _("Closed"),
}


class Round(models.Model):
    """An edition in one province, or nationally (no region). ``state`` moves only through the lifecycle table.

    ``practice`` numbers the practice rounds opened beside the round that counts, which is 0. They stand in scoring
    until their own service closes them, and no result comes of them.
    """

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="rounds")
    level = models.CharField(max_length=12, choices=Level.choices)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=12,
        choices=[(state.value, label) for state, label in STATE_LABELS.items()],
        default=State.PREPARATION,
    )
    time_zone = models.CharField(_("time zone"), max_length=20, choices=TimeZone.choices)
    city = models.CharField(_("city"), max_length=60, help_text="Where letters and minutes are signed.")
    interviews_from = models.DateField(_("interviews from"), null=True, blank=True)
    interviews_until = models.DateField(_("interviews until"), null=True, blank=True)
    ceremony_on = models.DateField(_("ceremony on"), null=True, blank=True)
    ceremony_place = models.CharField(_("ceremony place"), max_length=120, blank=True)
    practice = models.PositiveSmallIntegerField(
        _("practice round"), default=0, help_text="0: the round that counts; above: never counted anywhere."
    )

    class Meta:
        # SQLite puts the national round (no region) first, PostgreSQL last: it comes last on both.
        ordering = ("-edition__assessment_year", F("region__code").asc(nulls_last=True), "practice")
        constraints = (
            models.UniqueConstraint(fields=("edition", "region", "practice"), name="round_once_per_region"),
            models.UniqueConstraint(
                fields=("edition", "practice"), condition=Q(region=None), name="round_one_national"
            ),
            models.CheckConstraint(
                condition=Q(level=Level.NATIONAL, region=None) | Q(level=Level.PROVINCIAL) & ~Q(region=None),
                name="round_region_fits_level",
            ),
            models.CheckConstraint(
                condition=Q(interviews_from=None)
                | Q(interviews_until=None)
                | Q(interviews_until__gte=F("interviews_from")),
                name="round_interviews_in_order",
            ),
        )

    def __str__(self) -> str:
        mark = f" (latihan {self.practice})" if self.practice else ""
        return f"{self.edition} – {self.place_name}{mark}"

    @property
    def place_name(self) -> str:
        """The province's full name, or "Tingkat Nasional". Queries unless edition and region are loaded."""
        return self.region.full_name if self.region else "Tingkat Nasional"

    @property
    def panel_name(self) -> str:
        """What the panel is called on paper: "Tim 9", nationally "Dewan Juri". No query."""
        return "Dewan Juri" if self.level == Level.NATIONAL else "Tim 9"

    @property
    def panel_title(self) -> str:
        """The panel as letters and signatures write it out: "Tim 9 Penilai", nationally "Dewan Juri". No query."""
        return self.panel_name if self.level == Level.NATIONAL else f"{self.panel_name} Penilai"

    @property
    def place_code(self) -> str:
        """The province code, or ``nasional``: where the round is, whether it counts or not."""
        return self.region.code if self.region else NATIONAL_SCOPE

    @property
    def scope_code(self) -> str:
        """The place, for a practice round with its number (``53-latihan-1``): the second part of every address."""
        return scope_text(self.place_code, self.practice)

    @property
    def scope(self) -> str:
        """``2024/53``: the start of every address of the round and the name of its audit chain."""
        return f"{self.edition.assessment_year}/{self.scope_code}"

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the round's times are read and written."""
        return ZoneInfo(self.time_zone)
