"""Motions, ballots seat by seat, awards outside the ranking, and a second officer's countersign.

SQLite rebuilds the table of rules for this and silently drops its triggers: they are put back here, whichever way the
migration runs.
"""

from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS, GUARDS_OF_PLENARY_ROOM
from paritrana.kernel.guards import migration_steps

GUARDS_OF_RULES = tuple(guard for guard in GUARDS if guard.table == "judging_ruleset")
put_back, _ = migration_steps(GUARDS_OF_RULES)
install, remove = migration_steps((*GUARDS_OF_RULES, *GUARDS_OF_PLENARY_ROOM))


def one_word_was_enough(apps: Any, schema_editor: Any) -> None:
    """What was decided before a second word was asked for stays decided; nobody is said to have given that word."""
    plenaries = apps.get_model("judging", "Plenary").objects.using(schema_editor.connection.alias)
    plenaries.exclude(confirmed_at=None).update(countersigned_at=models.F("confirmed_at"))


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("judging", "0016_every_seat_is_wished_for"),
        ("nominees", "0005_zones"),
    ]

    operations = [
        migrations.RunPython(migrations.RunPython.noop, put_back),
        migrations.AddField(
            model_name="ruleset",
            name="voting",
            field=models.CharField(
                choices=[("open", "Openly, seat by seat"), ("secret", "In secret")], default="open", max_length=6
            ),
        ),
        migrations.AddField(
            model_name="plenary",
            name="countersigned_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="plenary",
            name="countersigned_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="plenary",
            name="shown",
            field=models.CharField(blank=True, max_length=60),
        ),
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[
                    ("tie", "Tie settled"),
                    ("quorum", "Ranked in spite of a missing quorum"),
                    ("deviation", "Deviation from the computed place"),
                    ("special", "Award outside the ranking"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="Motion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("tie", "Tie settled"),
                            ("quorum", "Ranked in spite of a missing quorum"),
                            ("deviation", "Deviation from the computed place"),
                            ("special", "Award outside the ranking"),
                        ],
                        max_length=10,
                    ),
                ),
                ("order", models.JSONField(default=list)),
                ("details", models.TextField(default="{}", help_text="Canonical JSON.")),
                ("reason", models.TextField(verbose_name="reason")),
                ("is_secret", models.BooleanField(default=False, verbose_name="secret ballot")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Vote is open"),
                            ("carried", "Carried"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=10,
                    ),
                ),
                ("opened_at", models.DateTimeField()),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                ("not_voting", models.PositiveSmallIntegerField(default=0)),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="nominees.category",
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decision",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motion",
                        to="judging.decision",
                    ),
                ),
                ("nominations", models.ManyToManyField(related_name="motions", to="nominees.nomination")),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "plenary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="motions", to="judging.plenary"
                    ),
                ),
                (
                    "pool",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="motions",
                        to="nominees.pool",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="judging.seat"),
                ),
            ],
            options={
                "ordering": ("plenary", "number"),
            },
        ),
        migrations.CreateModel(
            name="Ballot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[("favour", "In favour"), ("against", "Against"), ("abstain", "Abstains")],
                        max_length=8,
                    ),
                ),
                ("cast_at", models.DateTimeField()),
                ("is_final", models.BooleanField(default=False)),
                (
                    "cast_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="judging.seat"),
                ),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ballots", to="judging.motion"
                    ),
                ),
            ],
            options={
                "ordering": ("motion", "seat__position"),
            },
        ),
        migrations.CreateModel(
            name="SecretBallot",
            fields=[
                ("id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                (
                    "choice",
                    models.CharField(
                        choices=[("favour", "In favour"), ("against", "Against"), ("abstain", "Abstains")], max_length=8
                    ),
                ),
                ("is_final", models.BooleanField(default=False)),
                (
                    "motion",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="secret_ballots", to="judging.motion"
                    ),
                ),
            ],
            options={
                "ordering": ("motion", "choice"),
            },
        ),
        migrations.CreateModel(
            name="SpecialAward",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("recipient", models.CharField(max_length=200, verbose_name="recipient")),
                ("citation", models.CharField(max_length=300, verbose_name="what for")),
                ("superseded_at", models.DateTimeField(blank=True, null=True)),
                (
                    "decision",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="special_award", to="judging.decision"
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="special_awards",
                        to="nominees.nomination",
                    ),
                ),
                (
                    "plenary",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="special_awards", to="judging.plenary"
                    ),
                ),
            ],
            options={
                "ordering": ("plenary", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.UniqueConstraint(fields=("plenary", "number"), name="motion_number_once"),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("plenary",), name="motion_one_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="motion_has_reason"
            ),
        ),
        migrations.AddConstraint(
            model_name="motion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("closed_at", None), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("closed_at__isnull", False)),
                    _connector="OR",
                ),
                name="motion_closed_at_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="ballot",
            constraint=models.UniqueConstraint(fields=("motion", "seat"), name="ballot_once_per_seat"),
        ),
        migrations.RunPython(install, remove),
        migrations.RunPython(one_word_was_enough, migrations.RunPython.noop),
    ]
