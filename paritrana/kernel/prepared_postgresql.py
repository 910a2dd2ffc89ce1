"""The part of ``prepared`` that needs PostgreSQL's driver."""

from typing import Any

from django.db.backends.postgresql import base

ServerBindingCursor: Any = base.ServerBindingCursor  # its type depends on the driver


class PreparingCursor(ServerBindingCursor):  # type: ignore[misc]
    """Binds on the server and prepares at the first use; the driver lets go of what was not used for long."""

    def execute(self, query: Any, params: Any = None, **options: Any) -> Any:
        return super().execute(query, params, **{"prepare": True, **options})

    def _convert_query(self, query: Any, params: Any = None) -> Any:
        self._query = super()._convert_query(query, params)  # a prepared one too: Django's log of queries reads it
        return self._query
