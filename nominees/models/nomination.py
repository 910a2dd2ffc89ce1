"""A nominee in one category of one round."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .category import Category
from .nominee import Nominee
from .round import Round


class Status(models.TextChoices):
    """Where a nomination stands; only :attr:`RUNNING` takes a place."""

    PROPOSED = "proposed", _("Proposed, not screened yet")
    RUNNING = "running", _("In the running")
    OUTSIDE = "outside", _("Outside the ranking")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    REJECTED = "rejected", _("Rejected at screening")
    NO_SHOW = "no_show", _("Did not come to the interview")


#: Statuses of those whom the panel meets and scores.
SCORED = (Status.RUNNING, Status.OUTSIDE)


class Nomination(models.Model):
    """Puts a nominee into one category of one round. ``forwarded_from`` is the provincial nomination it grew from.

    ``is_calibration``: every seat scores it so that the panel can compare how it scores; it never counts anywhere.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="nominations")
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="nominations")
    nominee = models.ForeignKey(Nominee, on_delete=models.PROTECT, related_name="nominations")
    number = models.PositiveIntegerField(_("number"), help_text="Running number in the round.")
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.PROPOSED)
    status_reason = models.CharField(_("reason"), max_length=300, blank=True)
    screened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    screened_at = models.DateTimeField(null=True, blank=True)
    leader = models.CharField(_("leader"), max_length=150, blank=True, help_text="Head of region or of the business.")
    summary = models.TextField(_("summary"), blank=True)
    forwarded_from = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="forwarded_to"
    )
    version = models.PositiveIntegerField(default=1)
    is_calibration = models.BooleanField(_("for calibration"), default=False)

    class Meta:
        ordering = ("number",)
        constraints = (
            models.UniqueConstraint(fields=("round", "nominee"), name="nomination_once_per_round"),
            models.UniqueConstraint(fields=("round", "number"), name="nomination_number_once"),
            models.CheckConstraint(
                condition=Q(status__in=(Status.PROPOSED, Status.RUNNING)) | ~Q(status_reason=""),
                name="nomination_reason_when_not_running",
            ),
            models.UniqueConstraint(
                fields=("category",), condition=Q(is_calibration=True), name="nomination_one_calibration"
            ),
            models.CheckConstraint(
                condition=Q(is_calibration=False) | ~Q(status__in=(Status.PROPOSED, Status.RUNNING)),
                name="nomination_calibration_never_competes",
            ),
        )

    def __str__(self) -> str:
        return str(self.nominee)


class Contact(models.Model):
    """How to reach a nominee's delegation; kept apart from what is judged, so that it can be erased alone."""

    nomination = models.OneToOneField(Nomination, on_delete=models.CASCADE, related_name="contact")
    person = models.CharField(_("contact person"), max_length=150, blank=True)
    phone = models.CharField(_("phone"), max_length=30, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)

    def __str__(self) -> str:
        return self.person


class CountedIndicator(models.Model):
    """A figure from counts, such as coverage = participants / employed population: never a typed percentage.

    ``criterion`` is the rubric's leaf that it feeds; ``source`` and ``as_of`` say where both counts come from.
    """

    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="indicators")
    criterion = models.SlugField(max_length=60)
    count = models.PositiveBigIntegerField(_("count"))
    base = models.PositiveBigIntegerField(_("out of"))
    source = models.CharField(_("source"), max_length=200)
    as_of = models.DateField(_("as of"))
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ("criterion",)
        constraints = (
            models.UniqueConstraint(fields=("nomination", "criterion"), name="indicator_once"),
            models.CheckConstraint(condition=Q(base__gte=1), name="indicator_base_positive"),
            models.CheckConstraint(condition=Q(count__lte=F("base")), name="indicator_count_within_base"),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.count}/{self.base}"
