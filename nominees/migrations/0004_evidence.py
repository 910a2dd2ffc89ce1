"""What nominees bring forward, with the triggers that keep it as it was."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from nominees.guards import GUARDS_OF_EVIDENCE
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_EVIDENCE)


class Migration(migrations.Migration):
    dependencies = (
        ("nominees", "0003_practice"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    )
    operations = (
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("criterion", models.SlugField(blank=True, max_length=60, verbose_name="criterion")),
                ("title", models.CharField(max_length=150, verbose_name="title")),
                ("kind", models.CharField(choices=[("file", "File"), ("link", "Link")], max_length=4)),
                ("file", models.FileField(blank=True, upload_to="evidence/%Y/")),
                ("media_type", models.CharField(blank=True, max_length=100)),
                ("size", models.PositiveIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("address", models.URLField(blank=True, max_length=500, verbose_name="address")),
                ("late_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                ("added_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_reason", models.CharField(blank=True, max_length=300, verbose_name="reason")),
                (
                    "added_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="nominees.nomination"
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("nomination", "pk"),
                "constraints": (
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address", ""),
                                ("kind", "file"),
                                models.Q(("file", ""), _negated=True),
                                ("size__gte", 1),
                                models.Q(("sha256", ""), _negated=True),
                            ),
                            models.Q(
                                ("address__startswith", "https://"),
                                ("file", ""),
                                ("kind", "link"),
                                ("sha256", ""),
                                ("size", 0),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_file_or_link",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_at", None), ("withdrawn_by", None), ("withdrawn_reason", "")),
                            models.Q(
                                ("withdrawn_at__isnull", False),
                                ("withdrawn_by__isnull", False),
                                models.Q(("withdrawn_reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="evidence_withdrawn_with_reason",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "file"), ("withdrawn_at", None)),
                        fields=("nomination", "sha256"),
                        name="evidence_file_once",
                    ),
                ),
            },
        ),
        migrations.RunPython(install, remove),
    )
