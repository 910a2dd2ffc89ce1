"""Cursors for statements that are sent again and again: PostgreSQL keeps how it goes about them.

PostgreSQL thinks anew about each statement that it is sent as text: for a query with a dozen subqueries ten times as
long as answering it takes. Prepared on a connection, it is thought about once. Django binds values on the client, which
cannot be prepared; these cursors bind them on the server, and only ``compiled`` statements use them.

A pool between the application and PostgreSQL that lends a connection for one transaction must know of prepared
statements (PgBouncer does since 1.21).
"""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper


def cursor_on(connection: BaseDatabaseWrapper) -> Any:
    """Return a cursor whose statements are prepared, where that is worth anything."""
    if connection.vendor != "postgresql":
        return connection.cursor()
    from .prepared_postgresql import PreparingCursor  # needs its driver

    connection.ensure_connection()
    raw: Any = connection.connection
    with connection.wrap_database_errors:
        return connection._prepare_cursor(PreparingCursor(raw))  # type: ignore[attr-defined]
