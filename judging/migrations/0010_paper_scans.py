"""Scans of paper sheets, looks at papers, papers discarded with a reason, and who filled in a paper."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_PAPER, GUARDS_OF_SCANS
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_PAPER)
install_scans, remove_scans = migration_steps(GUARDS_OF_SCANS)

PEOPLE = settings.AUTH_USER_MODEL


def _kept(to: str, *, null: bool = False, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        to, blank=null, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=related_name
    )


class Migration(migrations.Migration):
    dependencies = (
        ("judging", "0009_corrections_given_up"),
        migrations.swappable_dependency(PEOPLE),
    )
    operations = (
        # SQLite rebuilds the table of typed sheets: its triggers go first and come back last.
        migrations.RunPython(remove, install),
        migrations.AlterModelOptions(
            name="typedsheet", options={"ordering": ("nomination__number", "seat__position", "pk")}
        ),
        migrations.AddField(model_name="typedsheet", name="seating", field=_kept("judging.seating", null=True)),
        migrations.AddField(model_name="typedsheet", name="discarded_by", field=_kept(PEOPLE, null=True)),
        migrations.AddField(
            model_name="typedsheet", name="discarded_at", field=models.DateTimeField(blank=True, null=True)
        ),
        migrations.AddField(
            model_name="typedsheet",
            name="discard_reason",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="reason"),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="typedsheet", name="typed_sheet_once"),
        migrations.AddConstraint(
            model_name="typedsheet",
            constraint=models.UniqueConstraint(
                fields=("seat", "nomination", "rubric_version"),
                condition=models.Q(discarded_at=None),
                name="typed_sheet_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="typedsheet",
            constraint=models.CheckConstraint(
                condition=models.Q(discarded_by=None, discarded_at=None, discard_reason="")
                | models.Q(discarded_by__isnull=False, discarded_at__isnull=False, version=None)
                & ~models.Q(discard_reason=""),
                name="typed_sheet_discarded_with_reason",
            ),
        ),
        migrations.CreateModel(
            name="PaperScan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(choices=[("pdf", "PDF"), ("jpeg", "JPEG"), ("png", "PNG")], max_length=4),
                ),
                ("file", models.FileField(upload_to="paper-scans/%Y/")),
                ("size", models.PositiveIntegerField(help_text="Bytes.", verbose_name="size")),
                ("sha256", models.CharField(max_length=64)),
                ("added_at", models.DateTimeField()),
                ("struck_at", models.DateTimeField(blank=True, null=True)),
                ("struck_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("added_by", _kept(PEOPLE)),
                ("sheet", _kept("judging.typedsheet", related_name="scans")),
                ("struck_by", _kept(PEOPLE, null=True)),
            ],
            options={
                "ordering": ("sheet", "added_at", "pk"),
                "constraints": (
                    models.UniqueConstraint(
                        condition=models.Q(struck_at=None), fields=("sheet", "sha256"), name="paper_scan_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(struck_by=None, struck_at=None, struck_reason="")
                        | models.Q(struck_by__isnull=False, struck_at__isnull=False) & ~models.Q(struck_reason=""),
                        name="paper_scan_struck_with_reason",
                    ),
                ),
            },
        ),
        migrations.CreateModel(
            name="PaperLook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at_scan", models.BooleanField()),
                ("looked_at", models.DateTimeField()),
                ("sheet", _kept("judging.typedsheet", related_name="looks")),
                ("user", _kept(PEOPLE)),
            ],
            options={
                "ordering": ("sheet", "looked_at", "pk"),
                "constraints": (models.UniqueConstraint(fields=("sheet", "user", "at_scan"), name="paper_look_once"),),
            },
        ),
        migrations.RunPython(install, remove),
        migrations.RunPython(install_scans, remove_scans),
    )
