"""Certificate files of the province, and the signed form of papers."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_SIGNATURES
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_SIGNATURES)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("judging", "0020_print_batches"),
        ("nominees", "0005_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="SigningCertificate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("content", models.BinaryField(help_text="The PKCS#12 file as it was brought.")),
                ("sha256", models.CharField(help_text="Of the file.", max_length=64)),
                ("fingerprint", models.CharField(help_text="SHA-256 of the certificate in it.", max_length=64)),
                ("subject", models.CharField(max_length=300)),
                ("issuer", models.CharField(max_length=300)),
                ("serial", models.CharField(max_length=64)),
                ("valid_from", models.DateTimeField()),
                ("valid_until", models.DateTimeField()),
                ("is_self_signed", models.BooleanField(default=False)),
                ("added_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signing_certificates",
                        to="nominees.round",
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("round", "-added_at"),
            },
        ),
        migrations.CreateModel(
            name="SignedFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "way",
                    models.CharField(
                        choices=[
                            ("own", "With the province's certificate file"),
                            ("outside", "Made elsewhere and brought back"),
                        ],
                        max_length=8,
                    ),
                ),
                ("file", models.FileField(upload_to="documents/%Y/")),
                ("sha256", models.CharField(max_length=64)),
                ("signer", models.CharField(max_length=300)),
                ("issuer", models.CharField(blank=True, max_length=300)),
                ("signed_at", models.DateTimeField(blank=True, help_text="As the signature says.", null=True)),
                ("report", models.TextField(default="{}", help_text="Canonical JSON: what the validation found.")),
                ("registered_at", models.DateTimeField()),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                ("superseded_reason", models.CharField(blank=True, max_length=300)),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="signed_files", to="judging.document"
                    ),
                ),
                (
                    "registered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "certificate",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="judging.signingcertificate",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("document", "registered_at", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="signedfile",
            constraint=models.UniqueConstraint(
                condition=models.Q(("superseded_at", None)), fields=("document",), name="signed_file_one_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="signingcertificate",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn_at", None)),
                fields=("round", "fingerprint"),
                name="signing_certificate_once",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
