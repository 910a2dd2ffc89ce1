"""Migrating from nothing, and back and forth over a result: every trigger is in its place, and the rows stay."""

import pytest
from django.db import IntegrityError, connections
from django.db.migrations.executor import MigrationExecutor

from paritrana.kernel import guards

ALIAS = "scratch"
OWN = ("judging", "nominees", "audit", "accounts", "regions")
TABLES = "0001_initial"


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


def migrate(connection, *targets):
    """To ``targets``, or to the newest of our own."""
    executor = MigrationExecutor(connection)
    newest = [node for node in executor.loader.graph.leaf_nodes() if node[0] in OWN]
    executor.migrate(list(targets) or newest)


def run(connection, statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def schema(connection):
    return run(connection, "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name")


def missing(connection):
    return {guard.table.split("_")[0] for guard in guards.missing(connection)}


def test_a_new_database_has_every_guard_and_the_way_back_to_nothing_is_open(scratch):
    migrate(scratch)
    assert not missing(scratch)
    made = schema(scratch)
    migrate(scratch, ("nominees", None), ("audit", TABLES))
    assert missing(scratch) == {"audit"}
    assert not {name for _, name, _ in schema(scratch) if name.startswith(("judging_", "nominees_"))}
    migrate(scratch)
    assert schema(scratch) == made


def test_a_database_with_a_result_keeps_rows_and_guards_both_ways(scratch):
    migrate(scratch)
    scratch.disable_constraint_checking()
    run(
        scratch,
        "INSERT INTO judging_ruleset (id, round_id, number, content, content_hash, note, divergence_limit, voting,"
        " created_at) VALUES (1, 1, 1, '{}', '', '', 20, 'open', '2025-06-24')",
    )
    run(
        scratch,
        "INSERT INTO judging_tabulation (id, round_id, number, rules_id, engine_version, software_version, frozen_at,"
        " frozen_by_id) VALUES (1, 1, 1, 1, 'uji', '', '2025-06-24', 1)",
    )
    scratch.check_constraints = lambda *args, **kwargs: None  # the rows above stand alone
    migrate(scratch, ("judging", TABLES), ("nominees", TABLES))
    assert missing(scratch) == {"judging", "nominees"}
    migrate(scratch)
    assert not missing(scratch)
    assert run(scratch, "SELECT number, engine_version FROM judging_tabulation") == [(1, "uji")]
    for statement in (
        "UPDATE judging_ruleset SET content = '[]'",
        "UPDATE judging_tabulation SET number = 9",
        "UPDATE judging_tabulation SET software_version = '9.9.9'",
        "DELETE FROM judging_tabulation",
    ):
        with pytest.raises(IntegrityError):
            run(scratch, statement)
