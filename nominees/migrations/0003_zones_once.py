"""A province lies in one zone of a round, and the name of a zone stands once: the database keeps both."""

import django.db.models.deletion
from django.db import migrations, models


def _copy(apps, alias, source, target):
    """Copy the rows of one table of zones and provinces into the other."""
    rounds = dict(apps.get_model("nominees", "Zone").objects.using(alias).values_list("pk", "round"))
    more = (lambda zone: {"round_id": rounds[zone]}) if target._meta.model_name == "zoneprovince" else (lambda zone: {})
    rows = source.objects.using(alias).order_by("pk").values_list("zone", "region")
    found = [target(zone_id=zone, region_id=region, **more(zone)) for zone, region in rows]
    target.objects.using(alias).bulk_create(found)


def into_rows(apps, schema_editor):
    """Take the provinces along."""
    zone, rows = apps.get_model("nominees", "Zone"), apps.get_model("nominees", "ZoneProvince")
    _copy(apps, schema_editor.connection.alias, zone.provinces.through, rows)


def out_of_rows(apps, schema_editor):
    """Bring the provinces back."""
    zone, rows = apps.get_model("nominees", "Zone"), apps.get_model("nominees", "ZoneProvince")
    _copy(apps, schema_editor.connection.alias, rows, zone.provinces.through)


class Migration(migrations.Migration):
    dependencies = (("nominees", "0002_guards"), ("regions", "0001_initial"))
    operations = (
        migrations.AddConstraint(
            model_name="zone",
            constraint=models.UniqueConstraint(fields=("round", "name"), name="zone_name_once"),
        ),
        migrations.CreateModel(
            name="ZoneProvince",
            fields=(
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "region",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="regions.region"
                    ),
                ),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="nominees.round"
                    ),
                ),
                (
                    "zone",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="nominees.zone"
                    ),
                ),
            ),
            options={
                "constraints": [models.UniqueConstraint(fields=("round", "region"), name="zone_province_once")],
            },
        ),
        migrations.RunPython(into_rows, out_of_rows),
        migrations.RemoveField(model_name="zone", name="provinces"),
        migrations.AddField(
            model_name="zone",
            name="provinces",
            field=models.ManyToManyField(related_name="+", through="nominees.ZoneProvince", to="regions.region"),
        ),
    )
