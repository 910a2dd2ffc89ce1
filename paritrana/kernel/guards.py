"""Database triggers that keep what may never change; the same law on SQLite and PostgreSQL.

A guard is data, and so is a consequence, which refuses nothing. Migrations install those of their app, and must do so
again after any operation that alters the table: SQLite rebuilds it and silently drops its triggers. A system check
looks for each of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, TypeVar

from django.core.checks import CheckMessage, Error
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor


@dataclass(frozen=True, slots=True)
class Guard:
    """Refuse ``operation`` on ``table`` for rows that satisfy ``when`` (an SQL condition over OLD and NEW).

    ``found`` is a query over OLD and NEW in other tables: with one only those rows are refused for which it finds
    something.
    """

    name: str
    table: str
    operation: Literal["INSERT", "UPDATE", "DELETE"]
    when: str = ""
    found: str = ""

    @property
    def message(self) -> str:
        return f"{self.table}: {self.operation.lower()} is not allowed ({self.name})"


@dataclass(frozen=True, slots=True)
class Consequence:
    """After each row inserted into ``table`` do ``statement`` (SQL over NEW)."""

    name: str
    table: str
    statement: str


Trigger = Guard | Consequence
T = TypeVar("T", Guard, Consequence)
REGISTERED: list[Trigger] = []


def register(*guards: T) -> tuple[T, ...]:
    """Name ``guards`` for the system check and return them, for the migration to install."""
    REGISTERED.extend(guards)
    return guards


def _statements(guard: Trigger, vendor: str) -> list[str]:
    if isinstance(guard, Consequence):
        return _following(guard, vendor)
    when = f" WHEN ({guard.when})" if guard.when else ""
    if vendor == "sqlite":
        where = f" WHERE EXISTS ({guard.found})" if guard.found else ""
        return [
            f"CREATE TRIGGER IF NOT EXISTS {guard.name} BEFORE {guard.operation} ON {guard.table} FOR EACH ROW{when}"
            f" BEGIN SELECT RAISE(ABORT, '{guard.message}'){where}; END"
        ]
    return [
        f"CREATE OR REPLACE FUNCTION {guard.name}_refuse() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN {_passing(guard)}"
        f" RAISE EXCEPTION '{guard.message}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE OR REPLACE TRIGGER {guard.name} BEFORE {guard.operation} ON {guard.table} FOR EACH ROW{when}"
        f" EXECUTE FUNCTION {guard.name}_refuse()",
        *_refuse_truncate(guard),
    ]


def _passing(guard: Guard) -> str:
    """On PostgreSQL: let a row pass for which ``found`` finds nothing; emptying the table has no row to ask about."""
    if not guard.found:
        return ""
    row = "OLD" if guard.operation == "DELETE" else "NEW"
    return f"IF TG_OP <> 'TRUNCATE' THEN IF NOT EXISTS ({guard.found}) THEN RETURN {row}; END IF; END IF;"


def _following(consequence: Consequence, vendor: str) -> list[str]:
    name, after = consequence.name, f"AFTER INSERT ON {consequence.table} FOR EACH ROW"
    if vendor == "sqlite":
        return [f"CREATE TRIGGER IF NOT EXISTS {name} {after} BEGIN {consequence.statement}; END"]
    return [
        f"CREATE OR REPLACE FUNCTION {name}_follow() RETURNS trigger LANGUAGE plpgsql AS $$"
        f" BEGIN {consequence.statement}; RETURN NULL; END $$",
        f"CREATE OR REPLACE TRIGGER {name} {after} EXECUTE FUNCTION {name}_follow()",
    ]


def _refuse_truncate(guard: Guard) -> list[str]:
    """Emptying a table at once asks no row: on PostgreSQL a guard against DELETE refuses TRUNCATE as well."""
    if guard.operation != "DELETE":
        return []
    return [
        f"CREATE OR REPLACE TRIGGER {guard.name}_truncate BEFORE TRUNCATE ON {guard.table} FOR EACH STATEMENT"
        f" EXECUTE FUNCTION {guard.name}_refuse()"
    ]


def install(connection: BaseDatabaseWrapper, guards: Iterable[Trigger]) -> None:
    """Create the triggers of ``guards``; those already there stay."""
    with connection.cursor() as cursor:
        for guard in guards:
            for statement in _statements(guard, connection.vendor):
                cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, guards: Iterable[Trigger]) -> None:
    """Drop the triggers of ``guards``, for a migration that must change the table itself."""
    with connection.cursor() as cursor:
        for guard in guards:
            if connection.vendor == "sqlite":
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}")
            else:
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name} ON {guard.table}")
                cursor.execute(f"DROP TRIGGER IF EXISTS {guard.name}_truncate ON {guard.table}")


def migration_steps(guards: Iterable[Trigger]) -> tuple[Callable[..., None], Callable[..., None]]:
    """Return the forward and backward function of a ``RunPython`` that installs ``guards``."""
    listed = tuple(guards)

    def forwards(apps: Any, schema_editor: Any) -> None:
        install(schema_editor.connection, listed)

    def backwards(apps: Any, schema_editor: Any) -> None:
        remove(schema_editor.connection, listed)

    return forwards, backwards


def missing(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """Return the registered guards whose table exists but whose trigger does not."""
    query = (
        "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    tables = set(connection.introspection.table_names())
    return [guard for guard in REGISTERED if guard.table in tables and guard.name not in present]


def check_guards(app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """System check: every guard of a migrated table is in place.

    Silent while migrations wait: ``migrate`` asks this first, and one of them may be what installs a guard.
    """
    return [
        Error(
            f"The trigger {guard.name} on {guard.table} is missing.",
            hint="A table rebuild dropped it. Restore it with a migration that installs the guards of this app.",
            id="kernel.E001",
        )
        for alias in databases or []
        if not _migrations_wait(connections[alias])
        for guard in missing(connections[alias])
    ]


def _migrations_wait(connection: BaseDatabaseWrapper) -> bool:
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
