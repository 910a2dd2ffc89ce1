"""People who sign in and the roles they hold, each for one round."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from paritrana.regions.models import Region


class Role(models.TextChoices):
    """What a person may be; all but the platform administrator's are for one round."""

    PLATFORM_ADMIN = "platform_admin", _("Platform administrator")
    SECRETARIAT = "secretariat", _("Secretariat")
    CHAIR = "chair", _("Chair")
    PANEL_MEMBER = "panel_member", _("Panel member")
    ORGANISER = "organiser", _("Organiser")
    AUDITOR = "auditor", _("Auditor")
    NATIONAL_SECRETARIAT = "national_secretariat", _("National secretariat")


class User(AbstractUser):
    """A person with a login; ``display_name`` is the name with titles, as on paper."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(_("name with titles"), max_length=150)
    phone = models.CharField(_("phone"), max_length=30, blank=True)

    REQUIRED_FIELDS = ["display_name", "email"]

    def __str__(self) -> str:
        return self.display_name or self.username

    def get_full_name(self) -> str:
        """The name with titles."""
        return self.display_name

    def get_short_name(self) -> str:
        """The name with titles; Indonesian names are not cut."""
        return self.display_name


class RoleGrant(models.Model):
    """A role of a person in the round of one assessment year and region (no region: the national round).

    Rounds live in a higher package, so a grant names a round by its year and region. A grant is ended, never deleted.
    """

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=30, choices=Role.choices)
    assessment_year = models.PositiveSmallIntegerField(null=True, blank=True)
    region = models.ForeignKey(Region, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    granted_at = models.DateTimeField()
    granted_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("user", "role")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "role", "assessment_year", "region"), condition=Q(revoked_at=None), name="grant_once"
            ),
            models.UniqueConstraint(
                fields=("user", "role", "assessment_year"),
                condition=Q(revoked_at=None, region=None),
                name="grant_once_national",
            ),
            models.CheckConstraint(
                condition=Q(role=Role.PLATFORM_ADMIN, assessment_year=None)
                | ~Q(role=Role.PLATFORM_ADMIN) & ~Q(assessment_year=None),
                name="grant_year_unless_platform",
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} – {self.get_role_display()}"
