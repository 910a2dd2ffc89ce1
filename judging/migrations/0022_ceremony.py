"""The ceremony: running order, shows, guests."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("judging", "0021_signing"),
        ("nominees", "0005_zones"),
    ]

    operations = [
        migrations.CreateModel(
            name="Ceremony",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("running_order", models.JSONField(default=list)),
                ("shows_totals", models.BooleanField(default=False, verbose_name="totals are shown")),
                ("opening", models.CharField(blank=True, max_length=300, verbose_name="words at the opening")),
                ("closing", models.CharField(blank=True, max_length=300, verbose_name="words at the end")),
                ("version", models.PositiveIntegerField(default=1)),
                ("changed_at", models.DateTimeField()),
                (
                    "changed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="ceremony", to="nominees.round"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "ceremonies",
            },
        ),
        migrations.CreateModel(
            name="CeremonyShow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_rehearsal", models.BooleanField(default=True)),
                ("key", models.BinaryField()),
                ("code", models.CharField(help_text="Address of the projector's screen.", max_length=32, unique=True)),
                (
                    "content",
                    models.TextField(help_text="Canonical JSON: the steps as they were when the show was opened."),
                ),
                ("step", models.PositiveSmallIntegerField(default=0)),
                (
                    "furthest",
                    models.PositiveSmallIntegerField(default=0, help_text="The last step that was ever reached."),
                ),
                ("is_blank", models.BooleanField(default=False)),
                ("turn", models.PositiveIntegerField(default=0)),
                ("screen_seen_at", models.DateTimeField(blank=True, null=True)),
                ("opened_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "ceremony",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="shows", to="judging.ceremony"
                    ),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ("ceremony", "-opened_at"),
            },
        ),
        migrations.CreateModel(
            name="Guest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(blank=True, max_length=150, verbose_name="represented by")),
                ("office", models.CharField(blank=True, max_length=150, verbose_name="office of who comes")),
                ("seat", models.CharField(blank=True, max_length=20, verbose_name="seat in the hall")),
                ("say", models.CharField(blank=True, max_length=200, verbose_name="how to say the name")),
                ("is_absent", models.BooleanField(default=False, verbose_name="does not come")),
                ("handed_by", models.CharField(blank=True, max_length=150, verbose_name="handed over by")),
                ("collected_by", models.CharField(blank=True, max_length=150, verbose_name="taken by")),
                ("collected_at", models.DateTimeField(blank=True, null=True)),
                (
                    "award",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guest",
                        to="judging.award",
                    ),
                ),
                (
                    "ceremony",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="guests", to="judging.ceremony"
                    ),
                ),
                (
                    "special_award",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guest",
                        to="judging.specialaward",
                    ),
                ),
            ],
            options={
                "ordering": ("ceremony", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="guest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("award", None), ("special_award__isnull", False)),
                    models.Q(("award__isnull", False), ("special_award", None)),
                    _connector="OR",
                ),
                name="guest_of_one_award",
            ),
        ),
    ]
