"""Migrating a database that holds a result: the rows stay, and every trigger is back in its place."""

import pytest
from django.db import IntegrityError, connections
from django.db.migrations.executor import MigrationExecutor

from paritrana.kernel import guards

ALIAS = "scratch"
BEFORE, AFTER = "0003_guards_of_decisions", "0004_runs_and_diagnostics"
#: Over columns that these migrations do not know yet, or that came with what they mean.
LATER = {
    "document_subject_no_update",
    "decision_order_no_update",
    "decision_nominations_no_update",
    "decision_nominations_no_delete",
}


@pytest.fixture
def scratch(django_db_setup, django_db_blocker, tmp_path):
    """A SQLite file of its own: there a changed table is built anew and loses its triggers without a word."""
    settings = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "scratch.sqlite3")}
    connections.databases[ALIAS] = connections["default"].settings_dict | settings | {"OPTIONS": {}}
    with django_db_blocker.unblock():
        yield connections[ALIAS]
        connections[ALIAS].close()
    del connections[ALIAS]
    del connections.databases[ALIAS]


def migrate(connection, name):
    executor = MigrationExecutor(connection)
    executor.migrate([("judging", name)])


def run(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_a_database_with_a_result_keeps_every_guard_both_ways(scratch):
    migrate(scratch, BEFORE)
    scratch.disable_constraint_checking()
    run(
        scratch,
        "INSERT INTO judging_ruleset (id, round_id, number, content, content_hash, note, created_at)"
        " VALUES (1, 1, 1, '{}', '', '', '2025-06-24')",
    )
    run(
        scratch,
        "INSERT INTO judging_tabulation (id, round_id, number, rules_id, engine_version, frozen_at, frozen_by_id)"
        " VALUES (1, 1, 1, 1, 'uji', '2025-06-24', 1)",
    )
    for name, gone in ((AFTER, []), (BEFORE, ["tabulation_version_no_update"]), (AFTER, [])):
        scratch.check_constraints = lambda *args, **kwargs: None  # the rows above stand alone
        migrate(scratch, name)
        missing = {guard.name for guard in guards.missing(scratch) if guard.table.startswith("judging_")}
        assert missing == LATER | set(gone)
    assert run(scratch, "SELECT number, software_version FROM judging_tabulation") == [(1, "")]
    assert run(scratch, "SELECT number, divergence_limit FROM judging_ruleset") == [(1, 20)]
    for statement in (
        "UPDATE judging_ruleset SET content = '[]'",
        "UPDATE judging_tabulation SET number = 9",
        "UPDATE judging_tabulation SET software_version = '9.9.9'",
        "DELETE FROM judging_tabulation",
    ):
        with pytest.raises(IntegrityError):
            run(scratch, statement)
