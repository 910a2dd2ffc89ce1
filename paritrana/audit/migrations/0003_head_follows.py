"""Let the database move a chain's head with each event that continues it."""

from django.db import migrations

from paritrana.audit.guards import HEAD
from paritrana.kernel.guards import migration_steps


class Migration(migrations.Migration):
    dependencies = (("audit", "0002_guards"),)
    operations = (migrations.RunPython(*migration_steps(HEAD)),)
