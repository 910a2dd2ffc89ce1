"""How certificates look: designs of a round with their pictures and signature blocks."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nominees.models import Round


class Frame(models.TextChoices):
    """The designs that come with the product; ``own`` puts an uploaded picture behind the text."""

    BRAID = "braid", _("Woven braid")
    SONGKET = "songket", _("Songket")
    MODERN = "modern", _("Modern")
    OWN = "own", _("Own frame")


class Orientation(models.TextChoices):
    """Which way the sheet lies."""

    LANDSCAPE = "landscape", _("Landscape")
    PORTRAIT = "portrait", _("Portrait")


class PaperSize(models.TextChoices):
    """A4 is 210 x 297 mm; F4 (folio) 215 x 330 mm."""

    A4 = "A4", "A4"
    F4 = "F4", "F4"


class CertificateUse(models.TextChoices):
    """What a design is for; each use has at most one design in force."""

    AWARD = "award", _("Winners")
    SPECIAL = "special", _("Awards outside the ranking")
    PARTICIPATION = "participation", _("Participation")
    PANEL = "panel", _("Panel members")


class CertificateDesign(models.Model):
    """How the certificates of one use look in a round. A certificate keeps the look it was issued in."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="certificate_designs")
    use = models.CharField(_("for"), max_length=14, choices=CertificateUse.choices)
    frame = models.CharField(_("design"), max_length=8, choices=Frame.choices, default=Frame.BRAID)
    orientation = models.CharField(
        _("orientation"), max_length=10, choices=Orientation.choices, default=Orientation.LANDSCAPE
    )
    paper = models.CharField(_("paper"), max_length=2, choices=PaperSize.choices, default=PaperSize.A4)
    colour = models.CharField(_("colour"), max_length=7, default="#8a6d1d")
    heading = models.CharField(_("heading"), max_length=80, default="PIAGAM PENGHARGAAN")
    issuing_body = models.CharField(_("issuing body"), max_length=160, blank=True)
    wording = models.CharField(_("words before the title"), max_length=200, blank=True)
    place = models.CharField(_("place"), max_length=60, blank=True)
    dated_on = models.DateField(_("dated"), null=True, blank=True)
    has_room_for_signature = models.BooleanField(_("free space for a signature made elsewhere"), default=False)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("round", "use")
        constraints = (models.UniqueConstraint(fields=("round", "use"), name="certificate_design_once_per_use"),)

    def __str__(self) -> str:
        return f"{self.round}: {self.get_use_display()}"


class PictureKind(models.TextChoices):
    """What an uploaded picture is."""

    FRAME = "frame", _("Frame")
    LOGO = "logo", _("Logo")
    SIGNATURE = "signature", _("Signature")


class DesignPicture(models.Model):
    """A picture brought for the certificates of a round, drawn anew by the product: PNG, no metadata, bounded size."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="design_pictures")
    kind = models.CharField(max_length=10, choices=PictureKind.choices)
    name = models.CharField(_("name"), max_length=120)
    file = models.FileField(upload_to="designs/%Y/")
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField(help_text="Pixels.")
    height = models.PositiveIntegerField(help_text="Pixels.")
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "kind", "pk")

    def __str__(self) -> str:
        return self.name


class PlacedPicture(models.Model):
    """A picture in a design: the frame behind it, or a logo at a position from the left."""

    design = models.ForeignKey(CertificateDesign, on_delete=models.CASCADE, related_name="pictures")
    picture = models.ForeignKey(DesignPicture, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("design", "position")
        constraints = (models.UniqueConstraint(fields=("design", "position"), name="placed_picture_position_once"),)

    def __str__(self) -> str:
        return f"{self.picture}"


class SignatureBlock(models.Model):
    """One of the one to three signature blocks of a design, from the left. ``picture`` is a drawn signature."""

    design = models.ForeignKey(CertificateDesign, on_delete=models.CASCADE, related_name="signature_blocks")
    position = models.PositiveSmallIntegerField()
    office = models.CharField(_("office"), max_length=120)
    name = models.CharField(_("name"), max_length=120)
    note = models.CharField(_("line below the name"), max_length=120, blank=True)
    picture = models.ForeignKey(DesignPicture, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("design", "position")
        constraints = (
            models.UniqueConstraint(fields=("design", "position"), name="signature_block_position_once"),
            models.CheckConstraint(condition=Q(position__gte=1, position__lte=3), name="signature_block_one_to_three"),
        )

    def __str__(self) -> str:
        return f"{self.office}: {self.name}"
