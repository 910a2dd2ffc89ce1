"""Install the triggers that were named since: tabulations, decisions, awards and papers."""

from django.db import migrations

from judging.guards import GUARDS
from paritrana.kernel.guards import migration_steps


class Migration(migrations.Migration):
    dependencies = (("judging", "0002_guards"),)
    operations = (migrations.RunPython(migration_steps(GUARDS)[0], migrations.RunPython.noop),)
