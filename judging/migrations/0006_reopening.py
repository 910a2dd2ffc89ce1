"""Requests to reopen a submitted sheet, with the triggers that keep what was asked and answered."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_REOPENINGS
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_REOPENINGS)


def _person(*, null: bool = False) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        blank=null,
        null=null,
        on_delete=django.db.models.deletion.PROTECT,
        related_name="+",
    )


class Migration(migrations.Migration):
    dependencies = (
        ("judging", "0005_explanation_sheets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.CreateModel(
            name="Reopening",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for an endorsement"),
                            ("endorsed", "Endorsed, waits for the decision"),
                            ("declined", "Declined"),
                            ("granted", "Reopened"),
                            ("refused", "Refused"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("reason", models.CharField(max_length=300, verbose_name="reason")),
                ("asked_by_chair", models.BooleanField(default=False)),
                ("asked_at", models.DateTimeField()),
                ("advised_at", models.DateTimeField(blank=True, null=True)),
                ("advised_reason", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("decided_reason", models.CharField(blank=True, max_length=300)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("advised_by", _person(null=True)),
                ("asked_by", _person()),
                (
                    "correction",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopening",
                        to="judging.sheetversion",
                    ),
                ),
                ("decided_by", _person(null=True)),
                (
                    "sheet",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reopenings", to="judging.sheet"
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reopenings",
                        to="judging.sheetversion",
                    ),
                ),
            ],
            options={
                "ordering": ("asked_at", "pk"),
                "constraints": (
                    models.UniqueConstraint(
                        fields=("sheet",),
                        condition=models.Q(state__in=("asked", "endorsed")),
                        name="reopening_one_open",
                    ),
                    models.CheckConstraint(condition=~models.Q(reason=""), name="reopening_has_reason"),
                    models.CheckConstraint(
                        condition=models.Q(advised_by=None) | ~models.Q(advised_by=models.F("asked_by")),
                        name="reopening_advised_by_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(decided_by=None)
                        | ~models.Q(decided_by=models.F("asked_by")) & ~models.Q(decided_by=models.F("advised_by")),
                        name="reopening_decided_by_a_third",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(state__in=("asked", "withdrawn")) | models.Q(advised_by__isnull=False),
                        name="reopening_answered_by_somebody",
                    ),
                    models.CheckConstraint(
                        condition=~models.Q(state="granted")
                        | models.Q(decided_by__isnull=False, correction__isnull=False),
                        name="reopening_granted_makes_a_version",
                    ),
                ),
            },
        ),
        migrations.RunPython(install, remove),
    )
