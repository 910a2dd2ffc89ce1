"""Workbooks that the secretariat handed in for a member."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_HANDED_WORKBOOKS
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_HANDED_WORKBOOKS)


class Migration(migrations.Migration):
    dependencies = (
        ("judging", "0010_paper_scans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.CreateModel(
            name="HandedWorkbook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(blank=True, null=True, verbose_name="day")),
                ("content", models.BinaryField(null=True)),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for the member"),
                            ("taken", "Taken by the member"),
                            ("turned_down", "Turned down by the member"),
                            ("lapsed", "Dropped when the sheets were closed"),
                        ],
                        default="waiting",
                        max_length=11,
                        verbose_name="state",
                    ),
                ),
                ("handed_at", models.DateTimeField()),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "handed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "seating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="judging.seating"
                    ),
                ),
            ],
            options={
                "ordering": ("-handed_at", "-pk"),
                "constraints": (
                    models.UniqueConstraint(
                        condition=~models.Q(state="lapsed"), fields=("seating", "sha256"), name="handed_workbook_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(state="waiting", content__isnull=False, settled_at=None)
                        | models.Q(
                            state__in=("taken", "turned_down", "lapsed"), content=None, settled_at__isnull=False
                        ),
                        name="handed_workbook_kept_while_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(state="turned_down") & ~models.Q(reason="")
                        | ~models.Q(state="turned_down") & models.Q(reason=""),
                        name="handed_workbook_turned_down_with_reason",
                    ),
                ),
            },
        ),
        migrations.RunPython(install, remove),
    )
