"""Install the triggers that this app's guards name."""

from django.db import migrations

from paritrana.audit.guards import GUARDS, HEAD
from paritrana.kernel.guards import migration_steps


class Migration(migrations.Migration):
    dependencies = (("audit", "0001_initial"),)
    operations = (migrations.RunPython(*migration_steps((*GUARDS, *HEAD))),)
