"""Statements that are sent again and again: on PostgreSQL they are prepared once, elsewhere nothing changes."""

import pytest
from django.db import connection

from paritrana.accounts.backends import WITH_ID
from paritrana.kernel.prepared import cursor_on

pytestmark = pytest.mark.django_db


def _prepared() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [row[0] for row in cursor.fetchall()]


def test_same_statement_is_prepared_once_where_the_database_can() -> None:
    for user in (1, 2, 3):
        assert WITH_ID.rows(user=user) == []
    if connection.vendor == "postgresql":
        assert len([text for text in _prepared() if "accounts_user" in text]) == 1


def test_values_are_bound_whatever_they_hold() -> None:
    for value in ("%s", "'; DROP TABLE x; --", "$1"):
        with cursor_on(connection) as cursor:
            cursor.execute("SELECT username FROM accounts_user WHERE username = %s OR 'x' = %s", (value, value))
            assert cursor.fetchall() == []
