"""Electronic signatures on issued papers: the province's certificate files, and what was signed."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from nominees.models import Round

from .document import Document


class SigningCertificate(models.Model):
    """A certificate file (PKCS#12) of the province, still locked by its own passphrase, which is never stored."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="signing_certificates")
    name = models.CharField(_("name"), max_length=120)
    content = models.BinaryField(help_text="The PKCS#12 file as it was brought.")
    sha256 = models.CharField(max_length=64, help_text="Of the file.")
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the certificate in it.")
    subject = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300)
    serial = models.CharField(max_length=64)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    is_self_signed = models.BooleanField(default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("round", "-added_at")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "fingerprint"),
                condition=models.Q(withdrawn_at=None),
                name="signing_certificate_once",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SignatureWay(models.TextChoices):
    """Where a signature was made."""

    OWN = "own", _("With the province's certificate file")
    OUTSIDE = "outside", _("Made elsewhere and brought back")


class SignedFile(models.Model):
    """The signed form of an issued paper, never rendered again.

    Its bytes begin with the issued ones; only a file signed elsewhere may be written anew, with the same pages, and its
    ``report`` says so. What was replaced or withdrawn stays, with the reason.
    """

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="signed_files")
    way = models.CharField(max_length=8, choices=SignatureWay.choices)
    certificate = models.ForeignKey(
        SigningCertificate, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file = models.FileField(upload_to="documents/%Y/")
    sha256 = models.CharField(max_length=64)
    signer = models.CharField(max_length=300)
    issuer = models.CharField(max_length=300, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True, help_text="As the signature says.")
    report = models.TextField(default="{}", help_text="Canonical JSON: what the validation found.")
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    registered_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    superseded_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("document", "registered_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("document",),
                condition=models.Q(superseded_at=None),
                name="signed_file_one_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.document}"
