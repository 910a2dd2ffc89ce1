"""Tim 9: seats, who sits on them from when, and who may not judge whom."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Category, Nomination, Round


class Office(models.TextChoices):
    """What a seat does in the panel."""

    CHAIR = "chair", _("Chair")
    SECRETARY = "secretary", _("Secretary")
    MEMBER = "member", _("Member")


class Seat(models.Model):
    """An office in the panel, such as "unsur APINDO"; people come and go, the seat scores."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="seats")
    code = models.SlugField(max_length=30)
    name = models.CharField(_("seat"), max_length=120, help_text="As printed: Unsur pengusaha (APINDO).")
    office = models.CharField(_("office"), max_length=10, choices=Office.choices, default=Office.MEMBER)
    position = models.PositiveSmallIntegerField()
    vacant_reason = models.CharField(_("declared vacant because"), max_length=200, blank=True)
    own_categories = models.ManyToManyField(
        Category,
        blank=True,
        related_name="seats_of_own_sector",
        help_text="Near the seat's own institution: diagnostics compare how the seat scores there.",
    )

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(fields=("round", "code"), name="seat_code_once"),
            models.UniqueConstraint(fields=("round", "position"), name="seat_position_once"),
            models.UniqueConstraint(
                fields=("round", "office"), condition=~Q(office=Office.MEMBER), name="seat_one_chair_one_secretary"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Seating(models.Model):
    """The person on a seat from a day on. A substitute is a new seating; the old one gets its last day.

    ``round`` repeats the seat's, so that the database can refuse one person on two seats.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="seatings")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="seatings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seatings")
    name = models.CharField(_("name with titles"), max_length=150, help_text="As printed, kept when the login changes.")
    position_title = models.CharField(_("position"), max_length=150, blank=True)
    nip = models.CharField(_("NIP"), max_length=18, blank=True, help_text="Civil servants only.")
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)
    is_substitute = models.BooleanField(_("substitute"), default=False)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    class Meta:
        ordering = ("seat__position", "starts_on")
        constraints = (
            models.UniqueConstraint(fields=("seat",), condition=Q(ends_on=None), name="seating_one_holder"),
            models.UniqueConstraint(
                fields=("round", "user"), condition=Q(ends_on=None), name="seating_one_seat_per_person"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="seating_dates_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.name


class RecusalState(models.TextChoices):
    """Declared by the member, settled by the secretary."""

    DECLARED = "declared", _("Declared, waiting for confirmation")
    CONFIRMED = "confirmed", _("Confirmed")
    DECLINED = "declined", _("Declined")


class Recusal(models.Model):
    """A seat may not score a nominee. Blocks the sheet from the moment it is declared."""

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="recusals")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="recusals")
    reason = models.CharField(_("reason"), max_length=300)
    state = models.CharField(max_length=10, choices=RecusalState.choices, default=RecusalState.DECLARED)
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("nomination__number", "seat__position")
        constraints = (
            models.UniqueConstraint(
                fields=("seat", "nomination"), condition=~Q(state=RecusalState.DECLINED), name="recusal_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat} / {self.nomination}"
