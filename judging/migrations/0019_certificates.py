"""Designs of certificates with their pictures and signature blocks."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("judging", "0018_decree"),
        ("nominees", "0005_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="CertificateDesign",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("award", "Winners"),
                            ("special", "Awards outside the ranking"),
                            ("participation", "Participation"),
                            ("panel", "Panel members"),
                        ],
                        max_length=14,
                        verbose_name="for",
                    ),
                ),
                (
                    "frame",
                    models.CharField(
                        choices=[
                            ("braid", "Woven braid"),
                            ("songket", "Songket"),
                            ("modern", "Modern"),
                            ("own", "Own frame"),
                        ],
                        default="braid",
                        max_length=8,
                        verbose_name="design",
                    ),
                ),
                (
                    "orientation",
                    models.CharField(
                        choices=[("landscape", "Landscape"), ("portrait", "Portrait")],
                        default="landscape",
                        max_length=10,
                        verbose_name="orientation",
                    ),
                ),
                (
                    "paper",
                    models.CharField(
                        choices=[("A4", "A4"), ("F4", "F4")], default="A4", max_length=2, verbose_name="paper"
                    ),
                ),
                ("colour", models.CharField(default="#8a6d1d", max_length=7, verbose_name="colour")),
                ("heading", models.CharField(default="PIAGAM PENGHARGAAN", max_length=80, verbose_name="heading")),
                ("issuing_body", models.CharField(blank=True, max_length=160, verbose_name="issuing body")),
                ("wording", models.CharField(blank=True, max_length=200, verbose_name="words before the title")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("dated_on", models.DateField(blank=True, null=True, verbose_name="dated")),
                (
                    "has_room_for_signature",
                    models.BooleanField(default=False, verbose_name="free space for a signature made elsewhere"),
                ),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="certificate_designs",
                        to="nominees.round",
                    ),
                ),
            ],
            options={
                "ordering": ("round", "use"),
            },
        ),
        migrations.CreateModel(
            name="DesignPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("frame", "Frame"), ("logo", "Logo"), ("signature", "Signature")], max_length=10
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("file", models.FileField(upload_to="designs/%Y/")),
                ("sha256", models.CharField(max_length=64)),
                ("width", models.PositiveIntegerField(help_text="Pixels.")),
                ("height", models.PositiveIntegerField(help_text="Pixels.")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="design_pictures", to="nominees.round"
                    ),
                ),
            ],
            options={
                "ordering": ("round", "kind", "pk"),
            },
        ),
        migrations.CreateModel(
            name="PlacedPicture",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="pictures",
                        to="judging.certificatedesign",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="judging.designpicture"
                    ),
                ),
            ],
            options={
                "ordering": ("design", "position"),
            },
        ),
        migrations.CreateModel(
            name="SignatureBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("office", models.CharField(max_length=120, verbose_name="office")),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("note", models.CharField(blank=True, max_length=120, verbose_name="line below the name")),
                (
                    "design",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signature_blocks",
                        to="judging.certificatedesign",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="judging.designpicture",
                    ),
                ),
            ],
            options={
                "ordering": ("design", "position"),
            },
        ),
        migrations.AddConstraint(
            model_name="certificatedesign",
            constraint=models.UniqueConstraint(fields=("round", "use"), name="certificate_design_once_per_use"),
        ),
        migrations.AddConstraint(
            model_name="placedpicture",
            constraint=models.UniqueConstraint(fields=("design", "position"), name="placed_picture_position_once"),
        ),
        migrations.AddConstraint(
            model_name="signatureblock",
            constraint=models.UniqueConstraint(fields=("design", "position"), name="signature_block_position_once"),
        ),
        migrations.AddConstraint(
            model_name="signatureblock",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1), ("position__lte", 3)), name="signature_block_one_to_three"
            ),
        ),
    ]
