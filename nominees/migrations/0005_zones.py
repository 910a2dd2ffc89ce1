"""Zones of provinces, and which winners a national category takes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("nominees", "0004_evidence"),
        ("regions", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="category",
            name="receives",
            field=models.SlugField(blank=True, max_length=40, verbose_name="takes winners of"),
        ),
        migrations.CreateModel(
            name="Zone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.SlugField(max_length=40)),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("provinces", models.ManyToManyField(related_name="+", to="regions.region")),
                (
                    "round",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="zones", to="nominees.round"
                    ),
                ),
            ],
            options={
                "ordering": ("position", "code"),
            },
        ),
        migrations.AddField(
            model_name="category",
            name="zone",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="categories",
                to="nominees.zone",
            ),
        ),
        migrations.AddConstraint(
            model_name="zone",
            constraint=models.UniqueConstraint(fields=("round", "code"), name="zone_code_once"),
        ),
    ]
