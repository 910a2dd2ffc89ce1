"""Papers in batches, numbering schemes, and more kinds of papers, which stay about what they were issued for."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_SUBJECTS
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_SUBJECTS)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("judging", "0019_certificates"),
        ("nominees", "0005_zones"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="nomination",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="nominees.nomination",
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="seating",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="judging.seating",
            ),
        ),
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("certificate", "Certificate"),
                    ("ranking_sheet", "Ranking sheet"),
                    ("explanation_sheets", "Explanation sheets"),
                    ("minutes", "Minutes"),
                    ("ranking_workbook", "Ranking workbook"),
                    ("special_certificate", "Certificate of an award outside the ranking"),
                    ("participation", "Certificate of participation"),
                    ("panel_certificate", "Certificate of a panel member"),
                    ("decree", "Decree"),
                    ("amendment", "Amendment of the minutes"),
                    ("winner_letter", "Letter to a winner"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="correction",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="judging.minutescorrection",
            ),
        ),
        migrations.CreateModel(
            name="NumberingScheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("certificate", "Certificate"),
                            ("ranking_sheet", "Ranking sheet"),
                            ("explanation_sheets", "Explanation sheets"),
                            ("minutes", "Minutes"),
                            ("ranking_workbook", "Ranking workbook"),
                            ("special_certificate", "Certificate of an award outside the ranking"),
                            ("participation", "Certificate of participation"),
                            ("panel_certificate", "Certificate of a panel member"),
                            ("decree", "Decree"),
                            ("amendment", "Amendment of the minutes"),
                            ("winner_letter", "Letter to a winner"),
                        ],
                        max_length=20,
                    ),
                ),
                ("pattern", models.CharField(max_length=80, verbose_name="pattern")),
                ("first", models.PositiveIntegerField(default=1, verbose_name="first serial number")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="numbering_schemes",
                        to="nominees.round",
                    ),
                ),
            ],
            options={
                "ordering": ("round", "kind"),
            },
        ),
        migrations.CreateModel(
            name="PrintBatch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("stopped", "Stopped"),
                            ("done", "Done"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("began_at", models.DateTimeField(blank=True, null=True)),
                ("beat_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("stop_asked_at", models.DateTimeField(blank=True, null=True)),
                ("attempt", models.PositiveIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=60)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="print_batches", to="nominees.round"
                    ),
                ),
            ],
            options={
                "ordering": ("round", "-number"),
            },
        ),
        migrations.CreateModel(
            name="PrintItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("subject", models.CharField(max_length=120)),
                ("title", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Waiting"), ("done", "Done"), ("failed", "Failed")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("error", models.CharField(blank=True, max_length=300)),
                ("file", models.CharField(blank=True, max_length=100)),
                (
                    "batch",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="items", to="judging.printbatch"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="print_items",
                        to="judging.document",
                    ),
                ),
            ],
            options={
                "ordering": ("batch", "position"),
            },
        ),
        migrations.AddField(
            model_name="document",
            name="special_award",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="documents",
                to="judging.specialaward",
            ),
        ),
        migrations.AddConstraint(
            model_name="numberingscheme",
            constraint=models.UniqueConstraint(fields=("round", "kind"), name="numbering_scheme_once"),
        ),
        migrations.AddConstraint(
            model_name="printbatch",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="print_batch_number_once"),
        ),
        migrations.AddConstraint(
            model_name="printbatch",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "running"))),
                fields=("round",),
                name="print_batch_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="printitem",
            constraint=models.UniqueConstraint(fields=("batch", "position"), name="print_item_position_once"),
        ),
        *(
            migrations.AddConstraint(
                model_name="document",
                constraint=models.UniqueConstraint(condition=condition, fields=(field,), name=name),
            )
            for field, condition, name in (
                ("award", models.Q(("kind", "winner_letter"), ("revoked_at", None)), "document_one_letter"),
                ("special_award", models.Q(("revoked_at", None)), "document_one_of_special_award"),
                ("nomination", models.Q(("revoked_at", None)), "document_one_of_nomination"),
                ("seating", models.Q(("revoked_at", None)), "document_one_of_seating"),
                ("correction", models.Q(("revoked_at", None)), "document_one_of_correction"),
            )
        ),
        migrations.RunPython(install, remove),
    ]
