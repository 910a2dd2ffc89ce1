"""Name the explanation sheets among the papers: choices only, so that no table is rebuilt and no trigger lost."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("judging", "0004_runs_and_diagnostics"),)
    operations = (
        migrations.AlterField(
            model_name="document",
            name="kind",
            field=models.CharField(
                choices=[
                    ("certificate", "Certificate"),
                    ("ranking_sheet", "Ranking sheet"),
                    ("explanation_sheets", "Explanation sheets"),
                    ("minutes", "Minutes"),
                    ("ranking_workbook", "Ranking workbook"),
                ],
                max_length=20,
            ),
        ),
    )
