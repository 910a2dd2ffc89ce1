"""Paper score sheets typed in by two people, with the triggers that keep what was read and what came of it."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_PAPER
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_PAPER)


def _kept(to: str, *, null: bool = False, related_name: str = "+") -> models.ForeignKey:
    return models.ForeignKey(
        to, blank=null, null=null, on_delete=django.db.models.deletion.PROTECT, related_name=related_name
    )


class Migration(migrations.Migration):
    dependencies = (
        ("judging", "0007_private_notes"),
        ("nominees", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.CreateModel(
            name="TypedSheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("replaced", models.TextField(blank=True, help_text="Canonical JSON.")),
                ("nomination", _kept("nominees.nomination")),
                ("rubric_version", _kept("judging.rubricversion")),
                ("seat", _kept("judging.seat")),
                ("settled_by", _kept(settings.AUTH_USER_MODEL, null=True)),
                (
                    "version",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="typed_sheet",
                        to="judging.sheetversion",
                    ),
                ),
            ],
            options={
                "ordering": ("nomination__number", "seat__position"),
                "constraints": (
                    models.UniqueConstraint(fields=("seat", "nomination", "rubric_version"), name="typed_sheet_once"),
                    models.CheckConstraint(
                        condition=models.Q(settled_by=None, reason="")
                        | models.Q(settled_by__isnull=False, version__isnull=False) & ~models.Q(reason=""),
                        name="typed_sheet_settled_with_reason",
                    ),
                ),
            },
        ),
        migrations.CreateModel(
            name="PaperEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "turn",
                    models.PositiveSmallIntegerField(choices=[(1, "First entry"), (2, "Second entry")]),
                ),
                ("entries", models.TextField(help_text="Canonical JSON.")),
                ("entered_at", models.DateTimeField()),
                ("final_at", models.DateTimeField(blank=True, null=True)),
                ("entered_by", _kept(settings.AUTH_USER_MODEL)),
                ("sheet", _kept("judging.typedsheet", related_name="entries")),
            ],
            options={
                "ordering": ("sheet", "turn"),
                "constraints": (
                    models.UniqueConstraint(fields=("sheet", "turn"), name="paper_entry_turn_once"),
                    models.UniqueConstraint(fields=("sheet", "entered_by"), name="paper_entry_two_people"),
                    models.CheckConstraint(condition=models.Q(turn__in=(1, 2)), name="paper_entry_two_turns"),
                ),
            },
        ),
        migrations.RunPython(install, remove),
    )
