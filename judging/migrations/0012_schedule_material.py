"""What an interview schedule rests on."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def links_have_no_door(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """A room that was entered as a video link is nothing else."""
    apps.get_model("judging", "Room").objects.filter(is_online=True).update(is_onsite=False)


class Migration(migrations.Migration):
    dependencies = [
        ("judging", "0011_handed_workbooks"),
        ("nominees", "0004_evidence"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CategoryPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("duration", models.PositiveSmallIntegerField(default=30, verbose_name="minutes")),
                ("buffer", models.PositiveSmallIntegerField(default=0, verbose_name="minutes between")),
                ("quorum", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="quorum")),
                ("panel_max", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="most seats")),
                (
                    "unsur_target",
                    models.PositiveSmallIntegerField(default=0, verbose_name="different seats wished for"),
                ),
            ],
        ),
        migrations.CreateModel(
            name="InterviewSession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("start", models.PositiveSmallIntegerField(help_text="Minutes since midnight.", verbose_name="from")),
                ("end", models.PositiveSmallIntegerField(help_text="Minutes since midnight.", verbose_name="until")),
            ],
            options={
                "ordering": ("day", "start"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="NomineePlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_online", models.BooleanField(default=False, verbose_name="online")),
                ("arrives_on", models.DateField(blank=True, null=True, verbose_name="earliest arrival")),
                (
                    "arrives_at",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Minutes since midnight.", verbose_name="from"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NomineeSpan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("start", models.PositiveSmallIntegerField(help_text="Minutes since midnight.", verbose_name="from")),
                ("end", models.PositiveSmallIntegerField(help_text="Minutes since midnight.", verbose_name="until")),
                (
                    "kind",
                    models.CharField(
                        choices=[("window", "Comes only then"), ("avoid", "Rather not then")], max_length=6
                    ),
                ),
                (
                    "weight",
                    models.CharField(
                        choices=[("off", "Off"), ("low", "Low"), ("normal", "Normal weight"), ("high", "High")],
                        default="normal",
                        max_length=6,
                    ),
                ),
            ],
            options={
                "ordering": ("day", "start"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="RoleGroup",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80, verbose_name="name")),
                ("minimum", models.PositiveSmallIntegerField(default=1, verbose_name="at least")),
            ],
            options={
                "ordering": ("name",),
            },
        ),
        migrations.CreateModel(
            name="RoomClosure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("start", models.PositiveSmallIntegerField(help_text="Minutes since midnight.", verbose_name="from")),
                ("end", models.PositiveSmallIntegerField(help_text="Minutes since midnight.", verbose_name="until")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="reason")),
            ],
            options={
                "ordering": ("day", "start"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ScheduleMaterial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("grid_min", models.PositiveSmallIntegerField(default=5, verbose_name="starts every (minutes)")),
                (
                    "max_continuous_min",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="longest stretch without a break"
                    ),
                ),
                ("min_break_min", models.PositiveSmallIntegerField(default=0, verbose_name="shortest break")),
                (
                    "max_minutes_per_day",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="most minutes a day"),
                ),
                ("weights", models.JSONField(default=dict)),
                ("levels", models.JSONField(default=dict)),
            ],
        ),
        migrations.CreateModel(
            name="SeatAbsence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(verbose_name="day")),
                ("start", models.PositiveSmallIntegerField(help_text="Minutes since midnight.", verbose_name="from")),
                ("end", models.PositiveSmallIntegerField(help_text="Minutes since midnight.", verbose_name="until")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("entered_at", models.DateTimeField()),
            ],
            options={
                "ordering": ("day", "start"),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="SharedPerson",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=150, verbose_name="name")),
            ],
            options={
                "ordering": ("number",),
            },
        ),
        migrations.AddField(
            model_name="interview",
            name="is_locked",
            field=models.BooleanField(default=False, verbose_name="locked"),
        ),
        migrations.AddField(
            model_name="room",
            name="is_onsite",
            field=models.BooleanField(default=True, verbose_name="on site"),
        ),
        migrations.RunPython(links_have_no_door, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="room",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_onsite", True), ("is_online", True), _connector="OR"), name="room_has_a_mode"
            ),
        ),
        migrations.AddField(
            model_name="categoryplan",
            name="category",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="interview_plan", to="nominees.category"
            ),
        ),
        migrations.AddField(
            model_name="interviewsession",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="interview_sessions", to="nominees.round"
            ),
        ),
        migrations.AddField(
            model_name="nomineeplan",
            name="nomination",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="interview_plan", to="nominees.nomination"
            ),
        ),
        migrations.AddField(
            model_name="nomineespan",
            name="nomination",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="interview_spans", to="nominees.nomination"
            ),
        ),
        migrations.AddField(
            model_name="rolegroup",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="role_groups", to="nominees.round"
            ),
        ),
        migrations.AddField(
            model_name="rolegroup",
            name="seats",
            field=models.ManyToManyField(related_name="role_groups", to="judging.seat"),
        ),
        migrations.AddField(
            model_name="categoryplan",
            name="role_groups",
            field=models.ManyToManyField(blank=True, related_name="plans", to="judging.rolegroup"),
        ),
        migrations.AddField(
            model_name="roomclosure",
            name="room",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="closures", to="judging.room"
            ),
        ),
        migrations.AddField(
            model_name="schedulematerial",
            name="round",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="schedule_material", to="nominees.round"
            ),
        ),
        migrations.AddField(
            model_name="seatabsence",
            name="entered_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="seatabsence",
            name="seating",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="absences", to="judging.seating"
            ),
        ),
        migrations.AddField(
            model_name="sharedperson",
            name="nominations",
            field=models.ManyToManyField(related_name="shared_persons", to="nominees.nomination"),
        ),
        migrations.AddField(
            model_name="sharedperson",
            name="round",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="shared_persons", to="nominees.round"
            ),
        ),
        migrations.AddConstraint(
            model_name="interviewsession",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start")), ("end__lte", 1440)),
                name="interview_session_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="interviewsession",
            constraint=models.UniqueConstraint(fields=("round", "day", "start"), name="interview_session_once"),
        ),
        migrations.AddConstraint(
            model_name="nomineeplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("arrives_at__lt", 1440)), name="nominee_plan_arrives_within_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="nomineespan",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start")), ("end__lte", 1440)), name="nominee_span_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="nomineespan",
            constraint=models.UniqueConstraint(
                fields=("nomination", "kind", "day", "start", "end"), name="nominee_span_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="rolegroup",
            constraint=models.UniqueConstraint(fields=("round", "name"), name="role_group_name_once"),
        ),
        migrations.AddConstraint(
            model_name="rolegroup",
            constraint=models.CheckConstraint(
                condition=models.Q(("minimum__gte", 1)), name="role_group_minimum_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="categoryplan",
            constraint=models.CheckConstraint(
                condition=models.Q(("duration__gte", 1)), name="category_plan_duration_positive"
            ),
        ),
        migrations.AddConstraint(
            model_name="categoryplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("quorum", None), ("panel_max", None), ("panel_max__gte", models.F("quorum")), _connector="OR"
                ),
                name="category_plan_panel_holds_quorum",
            ),
        ),
        migrations.AddConstraint(
            model_name="roomclosure",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start")), ("end__lte", 1440)), name="room_closure_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="roomclosure",
            constraint=models.UniqueConstraint(fields=("room", "day", "start", "end"), name="room_closure_once"),
        ),
        migrations.AddConstraint(
            model_name="schedulematerial",
            constraint=models.CheckConstraint(
                condition=models.Q(("grid_min__gte", 1), ("grid_min__lte", 120)), name="schedule_material_grid_in_range"
            ),
        ),
        migrations.AddConstraint(
            model_name="seatabsence",
            constraint=models.CheckConstraint(
                condition=models.Q(("end__gt", models.F("start")), ("end__lte", 1440)), name="seat_absence_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="seatabsence",
            constraint=models.UniqueConstraint(fields=("seating", "day", "start", "end"), name="seat_absence_once"),
        ),
        migrations.AddConstraint(
            model_name="sharedperson",
            constraint=models.UniqueConstraint(fields=("round", "number"), name="shared_person_number_once"),
        ),
    ]
