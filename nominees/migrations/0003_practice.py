"""Practice rounds stand beside the one that counts, with nominees of their own."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("nominees", "0002_calibration"),)
    operations = (
        migrations.AlterModelOptions(
            name="round",
            options={
                "ordering": (
                    "-edition__assessment_year",
                    models.OrderBy(models.F("region__code"), nulls_last=True),
                    "practice",
                )
            },
        ),
        migrations.AddField(
            model_name="round",
            name="practice",
            field=models.PositiveSmallIntegerField(
                default=0,
                help_text="0: the round that counts; above: never counted anywhere.",
                verbose_name="practice round",
            ),
        ),
        migrations.RemoveConstraint(model_name="round", name="round_once_per_region"),
        migrations.RemoveConstraint(model_name="round", name="round_one_national"),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(fields=("edition", "region", "practice"), name="round_once_per_region"),
        ),
        migrations.AddConstraint(
            model_name="round",
            constraint=models.UniqueConstraint(
                fields=("edition", "practice"), condition=models.Q(region=None), name="round_one_national"
            ),
        ),
        migrations.AddField(
            model_name="nominee",
            name="is_practice",
            field=models.BooleanField(default=False, verbose_name="invented for practice"),
        ),
        migrations.RemoveConstraint(model_name="nominee", name="nominee_region_once"),
        migrations.AddConstraint(
            model_name="nominee",
            constraint=models.UniqueConstraint(
                fields=("kind", "region"),
                condition=~models.Q(kind="business") & models.Q(is_practice=False),
                name="nominee_region_once",
            ),
        ),
    )
