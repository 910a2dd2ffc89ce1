"""What the public may read of a result, with the triggers that keep what was published."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_PUBLICATIONS
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_PUBLICATIONS)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("judging", "0022_ceremony"),
        ("nominees", "0005_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="Publication",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField()),
                ("year", models.PositiveSmallIntegerField()),
                ("place_code", models.CharField(max_length=20)),
                ("place_name", models.CharField(max_length=120)),
                ("edition_name", models.CharField(max_length=120)),
                ("is_demo", models.BooleanField()),
                ("content", models.TextField(help_text="Canonical JSON.")),
                ("sha256", models.CharField(max_length=64)),
                ("visible_from", models.DateTimeField()),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="Of a version after the first.", max_length=300, verbose_name="reason"
                    ),
                ),
                ("published_at", models.DateTimeField()),
                (
                    "published_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="publications", to="nominees.round"
                    ),
                ),
                (
                    "tabulation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publications",
                        to="judging.tabulation",
                    ),
                ),
            ],
            options={
                "ordering": ("round", "-version"),
            },
        ),
        migrations.CreateModel(
            name="PublicationRules",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("embargo_until", models.DateTimeField(blank=True, null=True, verbose_name="not before")),
                ("shows_totals", models.BooleanField(default=False, verbose_name="totals of the winners are shown")),
                (
                    "shows_unplaced",
                    models.BooleanField(default=False, verbose_name="nominees without a title are named"),
                ),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="words above the result")),
                ("contact", models.CharField(blank=True, max_length=160, verbose_name="contact for the press")),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="publication_rules",
                        to="nominees.round",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(fields=("round", "version"), name="publication_version_once"),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.UniqueConstraint(
                fields=("year", "place_code", "version"), name="publication_address_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="publication",
            constraint=models.CheckConstraint(
                condition=models.Q(("version", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                name="publication_again_with_reason",
            ),
        ),
        migrations.RunPython(install, remove),
    ]
