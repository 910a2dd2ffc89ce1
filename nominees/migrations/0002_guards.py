"""Install the triggers that this app's guards name."""

from django.db import migrations

from nominees.guards import GUARDS_OF_EVIDENCE
from paritrana.kernel.guards import migration_steps


class Migration(migrations.Migration):
    dependencies = (("nominees", "0001_initial"),)
    operations = (migrations.RunPython(*migration_steps(GUARDS_OF_EVIDENCE)),)
