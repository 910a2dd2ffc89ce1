"""Requests to open a submitted sheet again: asked with a reason, answered by two other people, never edited."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .scoresheet import Sheet, SheetVersion


class ReopeningState(models.TextChoices):
    """Asked by the member, endorsed or declined by the secretary, granted or refused by the chair.

    What was granted may be given up again: the correction was never submitted, and the sheet stands as it was.
    """

    ASKED = "asked", _("Waits for an endorsement")
    ENDORSED = "endorsed", _("Endorsed, waits for the decision")
    DECLINED = "declined", _("Declined")
    GRANTED = "granted", _("Reopened")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    GIVEN_UP = "given_up", _("Correction given up")


#: Somebody still has to answer.
OPEN = (ReopeningState.ASKED, ReopeningState.ENDORSED)


class Reopening(models.Model):
    """One request. ``version`` is the submitted one that stands; ``correction`` the next one, once granted.

    ``version`` keeps counting until ``correction`` is submitted. ``asked_by_chair`` is as it was when asked: such a
    request is endorsed by the secretariat and granted by the secretary instead. ``ended_by`` gave the correction up:
    its draft is gone, and ``correction`` is empty again. ``reason_key`` is random and kept from the log, which holds of
    each reason only a hash over it and this key (``core.sealed_reason``); requests from before that have none.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="reopenings")
    version = models.ForeignKey(SheetVersion, on_delete=models.PROTECT, related_name="reopenings")
    correction = models.OneToOneField(
        SheetVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="reopening"
    )
    state = models.CharField(max_length=10, choices=ReopeningState.choices, default=ReopeningState.ASKED)
    reason = models.CharField(_("reason"), max_length=300)
    reason_key = models.CharField(max_length=32, blank=True, editable=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_by_chair = models.BooleanField(default=False)
    asked_at = models.DateTimeField()
    advised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    advised_at = models.DateTimeField(null=True, blank=True)
    advised_reason = models.CharField(max_length=300, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_reason = models.CharField(max_length=300, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("asked_at", "pk")
        constraints = (
            models.UniqueConstraint(fields=("sheet",), condition=Q(state__in=OPEN), name="reopening_one_open"),
            models.CheckConstraint(condition=~Q(reason=""), name="reopening_has_reason"),
            models.CheckConstraint(
                condition=Q(advised_by=None) | ~Q(advised_by=F("asked_by")), name="reopening_advised_by_another"
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")) & ~Q(decided_by=F("advised_by")),
                name="reopening_decided_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "withdrawn")) | Q(advised_by__isnull=False),
                name="reopening_answered_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="granted") | Q(decided_by__isnull=False, correction__isnull=False),
                name="reopening_granted_makes_a_version",
            ),
            models.CheckConstraint(
                condition=~Q(state="given_up")
                | Q(decided_by__isnull=False, correction__isnull=True, ended_by__isnull=False) & ~Q(ended_reason=""),
                name="reopening_given_up_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return str(self.sheet)
