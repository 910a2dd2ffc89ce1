"""Invitation letters, with the triggers that keep what nominees were sent."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_INVITATIONS
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_INVITATIONS)


class Migration(migrations.Migration):
    dependencies = [
        ("judging", "0013_schedule_versions"),
        ("nominees", "0004_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="InvitationText",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("venue", models.CharField(blank=True, max_length=200, verbose_name="venue with address")),
                ("online_note", models.CharField(blank=True, max_length=200, verbose_name="how to join online")),
                ("dress", models.CharField(blank=True, max_length=120, verbose_name="dress")),
                ("bring", models.TextField(blank=True, max_length=600, verbose_name="what to bring or to know")),
                ("contact", models.CharField(blank=True, max_length=160, verbose_name="contact")),
                ("copies", models.TextField(blank=True, max_length=400, verbose_name="copies to")),
                (
                    "is_signed_by_chair",
                    models.BooleanField(default=False, verbose_name="the chair signs, not the secretary"),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitation_text", to="nominees.round"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("serial", models.PositiveIntegerField()),
                ("number", models.CharField(max_length=80, verbose_name="number")),
                ("content", models.TextField(help_text="Canonical JSON.")),
                ("file", models.FileField(upload_to="documents/%Y/")),
                ("sha256", models.CharField(max_length=64)),
                ("check_code", models.CharField(max_length=32, unique=True)),
                ("issued_at", models.DateTimeField()),
                (
                    "interview",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="judging.releasedinterview",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="nominees.nomination",
                    ),
                ),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="judging.invitation",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="invitations", to="nominees.round"
                    ),
                ),
            ],
            options={
                "ordering": ("round", "serial"),
                "constraints": [
                    models.UniqueConstraint(fields=("round", "serial"), name="invitation_serial_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("replaces", None)),
                        fields=("nomination",),
                        name="invitation_one_first_letter",
                    ),
                ],
            },
        ),
        migrations.RunPython(install, remove),
    ]
