"""A granted correction may be given up again, and the log seals reasons with a key of each request."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_REASON_KEYS, GUARDS_OF_REOPENINGS
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_REOPENINGS)
install_keys, remove_keys = migration_steps(GUARDS_OF_REASON_KEYS)


class Migration(migrations.Migration):
    dependencies = (
        ("judging", "0008_paper_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        # The law has changed, and SQLite rebuilds the table: the triggers go first and come back last.
        migrations.RunPython(remove, install),
        migrations.AlterField(
            model_name="reopening",
            name="state",
            field=models.CharField(
                choices=[
                    ("asked", "Waits for an endorsement"),
                    ("endorsed", "Endorsed, waits for the decision"),
                    ("declined", "Declined"),
                    ("granted", "Reopened"),
                    ("refused", "Refused"),
                    ("withdrawn", "Withdrawn"),
                    ("given_up", "Correction given up"),
                ],
                default="asked",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="reopening",
            name="reason_key",
            field=models.CharField(blank=True, default="", editable=False, max_length=32),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reopening",
            name="ended_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(model_name="reopening", name="ended_at", field=models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            model_name="reopening",
            name="ended_reason",
            field=models.CharField(blank=True, default="", max_length=300),
            preserve_default=False,
        ),
        migrations.AddConstraint(
            model_name="reopening",
            constraint=models.CheckConstraint(
                condition=~models.Q(state="given_up")
                | models.Q(decided_by__isnull=False, correction__isnull=True, ended_by__isnull=False)
                & ~models.Q(ended_reason=""),
                name="reopening_given_up_by_somebody",
            ),
        ),
        migrations.RunPython(install, remove),
        migrations.RunPython(install_keys, remove_keys),
    )
