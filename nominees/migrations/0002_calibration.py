"""At most one nominee per category is scored for calibration, and it never competes."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("nominees", "0001_initial"),)
    operations = (
        migrations.AddField(
            model_name="nomination",
            name="is_calibration",
            field=models.BooleanField(default=False, verbose_name="for calibration"),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.UniqueConstraint(
                fields=("category",), condition=models.Q(is_calibration=True), name="nomination_one_calibration"
            ),
        ),
        migrations.AddConstraint(
            model_name="nomination",
            constraint=models.CheckConstraint(
                condition=models.Q(is_calibration=False) | ~models.Q(status__in=("proposed", "running")),
                name="nomination_calibration_never_competes",
            ),
        ),
    )
