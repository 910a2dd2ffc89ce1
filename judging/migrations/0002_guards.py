"""Install the triggers that this app's guards name."""

from django.db import migrations

from judging import guards
from paritrana.kernel.guards import migration_steps

INSTALLED = (
    *guards.GUARDS,
    *guards.GUARDS_OF_VERSIONS,
    *guards.GUARDS_OF_REOPENINGS,
    *guards.GUARDS_OF_REASON_KEYS,
    *guards.GUARDS_OF_PAPER,
    *guards.GUARDS_OF_SCANS,
    *guards.GUARDS_OF_HANDED_WORKBOOKS,
    *guards.GUARDS_OF_SCHEDULE,
    *guards.GUARDS_OF_INVITATIONS,
    *guards.GUARDS_OF_AMENDMENTS,
    *guards.GUARDS_OF_SUBJECTS,
    *guards.GUARDS_OF_PUBLICATIONS,
    *guards.GUARDS_OF_PLENARY_ROOM,
    *guards.GUARDS_OF_SIGNATURES,
    *guards.GUARDS_OF_HANDOVERS,
)


class Migration(migrations.Migration):
    dependencies = (("judging", "0001_initial"),)
    operations = (migrations.RunPython(*migration_steps(INSTALLED)),)
