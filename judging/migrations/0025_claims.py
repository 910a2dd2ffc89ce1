"""Claims of provincial winners and their verification."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("judging", "0024_handover"),
        ("nominees", "0005_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("source", models.CharField(max_length=80)),
                ("label", models.CharField(max_length=200, verbose_name="claim")),
                ("claimed", models.CharField(max_length=300, verbose_name="as claimed")),
                (
                    "verdict",
                    models.CharField(
                        choices=[
                            ("open", "Not checked yet"),
                            ("confirmed", "Confirmed"),
                            ("corrected", "Corrected"),
                            ("refuted", "Not borne out"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="verdict",
                    ),
                ),
                ("found", models.CharField(blank=True, max_length=300, verbose_name="as found")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="on what basis")),
                ("checked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "checked_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="claims", to="nominees.nomination"
                    ),
                ),
            ],
            options={
                "ordering": ("nomination", "number"),
            },
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("nomination", "number"), name="claim_number_once"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(fields=("nomination", "source", "label"), name="claim_source_once"),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("checked_at", None), ("verdict", "open")),
                    models.Q(
                        models.Q(("verdict", "open"), _negated=True),
                        ("checked_at__isnull", False),
                        models.Q(("basis", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="claim_checked_on_a_basis",
            ),
        ),
    ]
