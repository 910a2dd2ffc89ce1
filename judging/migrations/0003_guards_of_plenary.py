"""Install the triggers over the meeting itself: its signatures, who was there, and votes that are closed."""

from django.db import migrations

from judging.guards import GUARDS_OF_MEETINGS
from paritrana.kernel.guards import migration_steps


class Migration(migrations.Migration):
    dependencies = (("judging", "0002_guards"),)
    operations = (migrations.RunPython(*migration_steps(GUARDS_OF_MEETINGS)),)
