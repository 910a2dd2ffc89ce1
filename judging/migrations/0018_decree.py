"""The words of the decree, and numbered amendments of minutes with the triggers that keep them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_AMENDMENTS
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_AMENDMENTS)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("judging", "0017_plenary_room"),
        ("nominees", "0005_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="DecreeText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="number")),
                (
                    "issuer",
                    models.CharField(
                        blank=True, help_text="An office, as in the heading.", max_length=120, verbose_name="issued by"
                    ),
                ),
                ("subject", models.CharField(blank=True, max_length=200, verbose_name="about")),
                ("considerations", models.TextField(blank=True, max_length=2000, verbose_name="considering")),
                ("legal_basis", models.TextField(blank=True, max_length=3000, verbose_name="in view of")),
                ("observations", models.TextField(blank=True, max_length=2000, verbose_name="having regard to")),
                ("provisions", models.TextField(blank=True, max_length=2000, verbose_name="further provisions")),
                ("place", models.CharField(blank=True, max_length=60, verbose_name="place")),
                ("signed_on", models.DateField(blank=True, null=True, verbose_name="dated")),
                ("signer_office", models.CharField(blank=True, max_length=120, verbose_name="signed by (office)")),
                ("signer_name", models.CharField(blank=True, max_length=120, verbose_name="signed by (name)")),
                ("signer_note", models.CharField(blank=True, max_length=120, verbose_name="line below the name")),
                ("copies", models.TextField(blank=True, max_length=600, verbose_name="copies to")),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="decree_text", to="nominees.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="MinutesCorrection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("serial", models.PositiveSmallIntegerField()),
                ("number", models.CharField(blank=True, max_length=80, verbose_name="number")),
                ("part", models.CharField(max_length=150, verbose_name="where in the minutes")),
                ("wrong", models.TextField(max_length=1000, verbose_name="what is written")),
                ("right", models.TextField(max_length=1000, verbose_name="what it has to be")),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("requested_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "minutes",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="judging.document"
                    ),
                ),
                (
                    "plenary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="judging.plenary"
                    ),
                ),
                (
                    "requested_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("plenary", "serial"),
            },
        ),
        migrations.AddConstraint(
            model_name="minutescorrection",
            constraint=models.UniqueConstraint(fields=("plenary", "serial"), name="minutes_correction_serial_once"),
        ),
        migrations.AddConstraint(
            model_name="minutescorrection",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="minutes_correction_has_reason"
            ),
        ),
        migrations.RunPython(install, remove),
    ]
