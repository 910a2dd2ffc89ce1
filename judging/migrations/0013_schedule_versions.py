"""Drafts, computations and releases of the interview schedule, with the triggers that keep what people were told."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from judging.guards import GUARDS_OF_SCHEDULE
from paritrana.kernel.guards import migration_steps

install, remove = migration_steps(GUARDS_OF_SCHEDULE)


class Migration(migrations.Migration):
    dependencies = [
        ("judging", "0012_schedule_material"),
        ("nominees", "0004_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="interview",
            name="began_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="began"),
        ),
        migrations.AddField(
            model_name="interview",
            name="finished_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="finished"),
        ),
        migrations.AlterField(
            model_name="interview",
            name="state",
            field=models.CharField(
                choices=[
                    ("planned", "Planned"),
                    ("running", "Interview is running"),
                    ("held", "Held"),
                    ("no_show", "Nominee did not come"),
                ],
                default="planned",
                max_length=8,
            ),
        ),
        migrations.CreateModel(
            name="ScheduleRelease",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="what changed, in a sentence")),
                ("released_at", models.DateTimeField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "released_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedule_releases",
                        to="nominees.round",
                    ),
                ),
            ],
            options={
                "ordering": ("round", "-number"),
            },
        ),
        migrations.CreateModel(
            name="ScheduleNotice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("failed", "Failed"),
                            ("by_hand", "To be told by hand"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("settled_at", models.DateTimeField(blank=True, null=True)),
                (
                    "nomination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="nominees.nomination",
                    ),
                ),
                (
                    "seating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="judging.seating",
                    ),
                ),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notices",
                        to="judging.schedulerelease",
                    ),
                ),
            ],
            options={
                "ordering": ("release", "pk"),
            },
        ),
        migrations.CreateModel(
            name="ReleasedInterview",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("room_name", models.CharField(max_length=100)),
                ("is_online", models.BooleanField()),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("changed_in", models.PositiveIntegerField()),
                (
                    "nomination",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="released_interviews",
                        to="nominees.nomination",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="judging.room"),
                ),
                ("seats", models.ManyToManyField(related_name="released_interviews", to="judging.seat")),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="interviews",
                        to="judging.schedulerelease",
                    ),
                ),
            ],
            options={
                "ordering": ("release", "starts_at", "room_name"),
            },
        ),
        migrations.CreateModel(
            name="ScheduleRun",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("solve", "New schedule"), ("repair", "Repair"), ("explain", "Why nothing fits")],
                        max_length=7,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("seconds", models.PositiveSmallIntegerField()),
                ("seed", models.PositiveIntegerField(default=0)),
                ("problem", models.TextField(help_text="Canonical JSON.")),
                ("options", models.JSONField(default=dict)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Finished"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("started_at", models.DateTimeField(blank=True, null=True)),
                ("beat_at", models.DateTimeField(blank=True, null=True)),
                ("stop_asked_at", models.DateTimeField(blank=True, null=True)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "status",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("feasible", "Everybody has an interview"),
                            ("infeasible", "Nothing fits"),
                            ("unknown", "Some have no interview yet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("placements", models.TextField(blank=True, help_text="Canonical JSON.")),
                ("costs", models.JSONField(default=dict)),
                ("total", models.PositiveIntegerField(blank=True, null=True)),
                ("bound", models.PositiveIntegerField(blank=True, null=True)),
                ("unplaced", models.JSONField(default=dict)),
                ("explanation", models.TextField(blank=True, help_text="Canonical JSON.")),
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
                        on_delete=django.db.models.deletion.PROTECT, related_name="schedule_runs", to="nominees.round"
                    ),
                ),
            ],
            options={
                "ordering": ("round", "-number"),
            },
        ),
        migrations.CreateModel(
            name="ScheduleChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("placed", "Interview placed"),
                            ("moved", "Interview moved"),
                            ("cancelled", "Interview cancelled"),
                            ("taken", "Computed schedule taken"),
                            ("shifted", "Interviews shifted"),
                            ("undone", "Change undone"),
                        ],
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("before", models.TextField(help_text="Canonical JSON.")),
                ("after", models.TextField(help_text="Canonical JSON.")),
                (
                    "actor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schedule_changes",
                        to="nominees.round",
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="judging.schedulechange",
                    ),
                ),
                (
                    "run",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changes",
                        to="judging.schedulerun",
                    ),
                ),
            ],
            options={
                "ordering": ("round", "number"),
            },
        ),
        migrations.CreateModel(
            name="ScheduleRunStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("milliseconds", models.PositiveIntegerField()),
                ("total", models.PositiveIntegerField()),
                ("bound", models.PositiveIntegerField(blank=True, null=True)),
                ("unplaced", models.PositiveIntegerField(default=0)),
                (
                    "run",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="judging.schedulerun"
                    ),
                ),
            ],
            options={
                "ordering": ("run", "number"),
            },
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=43, unique=True)),
                ("created_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "nomination",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="nominees.nomination",
                    ),
                ),
                (
                    "room",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="judging.room",
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="calendar_feeds", to="nominees.round"
                    ),
                ),
                (
                    "seating",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="judging.seating",
                    ),
                ),
            ],
            options={
                "ordering": ("round", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("nomination", None), ("room", None), ("seating__isnull", False)),
                            models.Q(("nomination__isnull", False), ("room", None), ("seating", None)),
                            models.Q(("nomination", None), ("room__isnull", False), ("seating", None)),
                            _connector="OR",
                        ),
                        name="calendar_feed_of_one",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None), ("seating__isnull", False)),
                        fields=("seating",),
                        name="calendar_feed_seating_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("nomination__isnull", False), ("revoked_at", None)),
                        fields=("nomination",),
                        name="calendar_feed_nomination_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at", None), ("room__isnull", False)),
                        fields=("room",),
                        name="calendar_feed_room_once",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="schedulerelease",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="schedule_release_number_once"),
        ),
        migrations.AddConstraint(
            model_name="schedulenotice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("nomination", None), ("seating__isnull", False)),
                    models.Q(("nomination__isnull", False), ("seating", None)),
                    _connector="OR",
                ),
                name="schedule_notice_concerns_one",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulenotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("nomination", None)),
                fields=("release", "seating"),
                name="schedule_notice_seating_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulenotice",
            constraint=models.UniqueConstraint(
                condition=models.Q(("seating", None)),
                fields=("release", "nomination"),
                name="schedule_notice_nomination_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="releasedinterview",
            constraint=models.UniqueConstraint(fields=("release", "nomination"), name="released_interview_once"),
        ),
        migrations.AddConstraint(
            model_name="schedulerun",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="schedule_run_number_once"),
        ),
        migrations.AddConstraint(
            model_name="schedulerun",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state__in", ("waiting", "running"))),
                fields=("round",),
                name="schedule_run_one_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="schedulechange",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="schedule_change_number_once"),
        ),
        migrations.AddConstraint(
            model_name="schedulerunstep",
            constraint=models.UniqueConstraint(fields=("run", "number"), name="schedule_run_step_once"),
        ),
        migrations.RunPython(install, remove),
    ]
