"""The program of a run, the limit of divergence, and each seat's own sector.

SQLite rebuilds the tables of rules and tabulations for this and silently drops their triggers: they are put back here,
whichever way the migration runs.
"""

from django.db import migrations, models

from judging.guards import GUARDS, GUARDS_OF_VERSIONS
from paritrana.kernel.guards import migration_steps

install, _ = migration_steps(GUARDS)
install_all, _ = migration_steps((*GUARDS, *GUARDS_OF_VERSIONS))
_, remove_new = migration_steps(GUARDS_OF_VERSIONS)


class Migration(migrations.Migration):
    dependencies = (("nominees", "0001_initial"), ("judging", "0003_guards_of_decisions"))
    operations = (
        migrations.RunPython(migrations.RunPython.noop, install),
        migrations.AddField(
            "ruleset",
            "divergence_limit",
            models.PositiveSmallIntegerField(
                default=20, help_text="Points, 0 to 100: where seats differ by more, the plenary is shown a flag."
            ),
        ),
        migrations.AddConstraint(
            "ruleset",
            models.CheckConstraint(
                condition=models.Q(divergence_limit__lte=100), name="rules_divergence_limit_in_points"
            ),
        ),
        migrations.AddField(
            "seat",
            "own_categories",
            models.ManyToManyField(
                "nominees.category",
                blank=True,
                help_text="Near the seat's own institution: diagnostics compare how the seat scores there.",
                related_name="seats_of_own_sector",
            ),
        ),
        migrations.AddField(
            "tabulation",
            "software_version",
            models.CharField(blank=True, help_text="Empty: frozen before it was recorded.", max_length=40),
        ),
        migrations.RunPython(install_all, remove_new),
    )
