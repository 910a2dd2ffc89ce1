"""Paper score sheets typed in by two people, and what came of them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from judging.core.sheet_code import RUBRIC_DIGITS
from nominees.models import Nomination

from .panel import Seat, Seating
from .rubric import RubricVersion
from .scoresheet import SheetVersion


class TypedSheet(models.Model):
    """One paper sheet being typed in: a seat on a nominee, by the rubric version that is printed on it.

    ``version`` is the submitted sheet it became; nothing here changes afterwards. ``settled_by`` and ``reason`` are
    there when a third step was needed; ``replaced`` then keeps the marks of a draft that the member had saved online
    (canonical JSON), which nobody of the secretariat reads. ``seating`` is whoever filled in the paper, fixed by the
    first entry: a successor never becomes its writer. A discarded sheet counts for nothing and stays as evidence; the
    same paper may then be typed in anew, as another row.
    """

    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    seating = models.ForeignKey(Seating, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    nomination = models.ForeignKey(Nomination, on_delete=models.PROTECT, related_name="+")
    rubric_version = models.ForeignKey(RubricVersion, on_delete=models.PROTECT, related_name="+")
    version = models.OneToOneField(
        SheetVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="typed_sheet"
    )
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    replaced = models.TextField(blank=True, help_text="Canonical JSON.")
    discarded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    discarded_at = models.DateTimeField(null=True, blank=True)
    discard_reason = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        ordering = ("nomination__number", "seat__position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("seat", "nomination", "rubric_version"),
                condition=Q(discarded_at=None),
                name="typed_sheet_once",
            ),
            models.CheckConstraint(
                condition=Q(discarded_by=None, discarded_at=None, discard_reason="")
                | Q(discarded_by__isnull=False, discarded_at__isnull=False, version=None) & ~Q(discard_reason=""),
                name="typed_sheet_discarded_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(settled_by=None, reason="")
                | Q(settled_by__isnull=False, version__isnull=False) & ~Q(reason=""),
                name="typed_sheet_settled_with_reason",
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat} / {self.nomination}"

    @property
    def rubric_digits(self) -> str:
        """The start of the rubric's hash, as the code on the paper carries it."""
        return self.rubric_version.content_hash[:RUBRIC_DIGITS]


class PaperEntry(models.Model):
    """What one person read on the paper, as canonical JSON of the marks. Corrected by that person until ``final_at``.

    Both entries become final when the second is in.
    """

    sheet = models.ForeignKey(TypedSheet, on_delete=models.PROTECT, related_name="entries")
    turn = models.PositiveSmallIntegerField(choices=((1, _("First entry")), (2, _("Second entry"))))
    entries = models.TextField(help_text="Canonical JSON.")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    final_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("sheet", "turn")
        constraints = (
            models.UniqueConstraint(fields=("sheet", "turn"), name="paper_entry_turn_once"),
            models.UniqueConstraint(fields=("sheet", "entered_by"), name="paper_entry_two_people"),
            models.CheckConstraint(condition=Q(turn__in=(1, 2)), name="paper_entry_two_turns"),
        )

    def __str__(self) -> str:
        """Return no mark: this is what logs and error pages print."""
        return f"{self.sheet} ({self.turn})"
