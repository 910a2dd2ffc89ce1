"""Without a word of the secretariat every seat is wished for, not none."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("judging", "0015_interview_place_free_again"),
    ]

    operations = [
        migrations.AlterField(
            model_name="categoryplan",
            name="unsur_target",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="different seats wished for"),
        ),
    ]
