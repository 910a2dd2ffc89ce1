"""Issued papers and what went on to the national round."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Category, Nomination, Pool, Round

from .decision import Award
from .decree import MinutesCorrection
from .panel import Seating
from .plenary_room import SpecialAward
from .tabulation import Tabulation


class DocumentKind(models.TextChoices):
    """The papers of a round."""

    CERTIFICATE = "certificate", _("Certificate")
    RANKING_SHEET = "ranking_sheet", _("Ranking sheet")
    EXPLANATION_SHEETS = "explanation_sheets", _("Explanation sheets")
    MINUTES = "minutes", _("Minutes")
    RANKING_WORKBOOK = "ranking_workbook", _("Ranking workbook")
    SPECIAL_CERTIFICATE = "special_certificate", _("Certificate of an award outside the ranking")
    PARTICIPATION = "participation", _("Certificate of participation")
    PANEL_CERTIFICATE = "panel_certificate", _("Certificate of a panel member")
    DECREE = "decree", _("Decree")
    AMENDMENT = "amendment", _("Amendment of the minutes")
    WINNER_LETTER = "winner_letter", _("Letter to a winner")


class Document(models.Model):
    """An issued paper: its bytes are stored once and never rendered again; reprints are the same file.

    At most one of the fields from ``award`` to ``correction`` says what the paper is about. ``check_code`` opens the
    public page; ``serial`` counts within kind and round for the number.
    """

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(max_length=20, choices=DocumentKind.choices)
    tabulation = models.ForeignKey(Tabulation, on_delete=models.PROTECT, related_name="documents")
    award = models.ForeignKey(Award, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    category = models.ForeignKey(Category, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    pool = models.ForeignKey(Pool, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    special_award = models.ForeignKey(
        SpecialAward, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    nomination = models.ForeignKey(
        Nomination, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    seating = models.ForeignKey(Seating, null=True, blank=True, on_delete=models.PROTECT, related_name="documents")
    correction = models.ForeignKey(
        MinutesCorrection, null=True, blank=True, on_delete=models.PROTECT, related_name="documents"
    )
    serial = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=80)
    title = models.CharField(max_length=200)
    file = models.FileField(upload_to="documents/%Y/")
    sha256 = models.CharField(max_length=64)
    check_code = models.CharField(max_length=32, unique=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("kind", "serial")
        constraints = (
            models.UniqueConstraint(fields=("round", "kind", "serial"), name="document_serial_once"),
            models.UniqueConstraint(
                fields=("award",), condition=Q(revoked_at=None, kind="certificate"), name="document_one_certificate"
            ),
            models.UniqueConstraint(
                fields=("award",), condition=Q(revoked_at=None, kind="winner_letter"), name="document_one_letter"
            ),
            models.UniqueConstraint(
                fields=("special_award",), condition=Q(revoked_at=None), name="document_one_of_special_award"
            ),
            models.UniqueConstraint(
                fields=("nomination",), condition=Q(revoked_at=None), name="document_one_of_nomination"
            ),
            models.UniqueConstraint(fields=("seating",), condition=Q(revoked_at=None), name="document_one_of_seating"),
            models.UniqueConstraint(
                fields=("correction",), condition=Q(revoked_at=None), name="document_one_of_correction"
            ),
        )

    def __str__(self) -> str:
        return f"{self.title} ({self.number})"


class Forwarding(models.Model):
    """A provincial winner that became a nomination in the national round, linked to its award and standing."""

    award = models.OneToOneField(Award, on_delete=models.PROTECT, related_name="forwarding")
    nomination = models.OneToOneField(Nomination, on_delete=models.PROTECT, related_name="forwarding")
    forwarded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    forwarded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.award} → {self.nomination.round}"
