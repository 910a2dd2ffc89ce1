"""Statements that write, with their SQL written once, as in ``compiled``: for the few that every save sends.

No signal is sent: nothing in this project listens to one. What Django's fields do to a value is done.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import connections, models, router
from django.db.models.query import QuerySet
from django.db.models.sql import UpdateQuery

from .compiled import Value, filled, named

M = TypeVar("M", bound=models.Model)


class CompiledInsert(Generic[M]):
    """``save(force_insert=True)`` for a model without parents, whose database fills in nothing but a numbered key."""

    def __init__(self, model: type[M]) -> None:
        self.model = model
        self._sql = ""

    def save(self, instance: M) -> M:
        """Insert ``instance`` and return it, with its key. One query; raises what the database refuses it by."""
        alias = router.db_for_write(self.model, instance=instance)
        connection = connections[alias]
        key = self.model._meta.auto_field
        fields: list[Any] = [field for field in self.model._meta.concrete_fields if field is not key]
        self._sql = self._sql or self._written(fields, connection.ops.quote_name)
        with connection.cursor() as cursor:
            cursor.execute(
                self._sql, [field.get_db_prep_save(field.pre_save(instance, add=True), connection) for field in fields]
            )
            if key:
                instance.pk = cursor.fetchone()[0]
        instance._state.adding, instance._state.db = False, alias
        return instance

    def _written(self, fields: list[Any], quoted: Callable[[str], str]) -> str:
        """Return the statement; either database tells the key that it gave."""
        table, names = quoted(self.model._meta.db_table), ", ".join(quoted(field.column) for field in fields)
        key: Any = self.model._meta.auto_field
        told = f" RETURNING {quoted(key.column)}" if key else ""
        return f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(fields))}){told}"  # noqa: S608


@dataclass(frozen=True, slots=True)
class Change(Generic[M]):
    """Which rows get which values."""

    rows: QuerySet[M]
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class _Form:
    """One statement: its text, and per parameter the name of its value or the constant."""

    alias: str
    sql: str
    names: tuple[str | None, ...]
    constants: tuple[Any, ...]


class CompiledUpdate(Generic[M]):
    """``change.rows.update(**change.values)`` for the change that ``build`` returns.

    As in :class:`~paritrana.kernel.compiled.CompiledQuery`, the shape must not depend on the values, no value may be
    ``None``, and the stand-ins occur nowhere else. The rows must be of one table.
    """

    def __init__(self, build: Callable[..., Change[M]], stand_ins: Mapping[str, Value]) -> None:
        self.build = build
        self.stand_ins = dict(stand_ins)
        self._form_in_use: _Form | None = None

    def update(self, **values: Value) -> int:
        """Return how many rows were changed. One query; numbers must fit their columns."""
        form = self._form_in_use = self._form_in_use or self._compiled()
        given = {name: values[name] for name in self.stand_ins}
        with connections[form.alias].cursor() as cursor:
            cursor.execute(form.sql, filled(form.names, form.constants, given, form.alias))
            return int(cursor.rowcount)

    def _compiled(self) -> _Form:
        change = self.build(**self.stand_ins)
        alias = router.db_for_write(change.rows.model)
        query: Any = change.rows.query.chain(UpdateQuery)
        query.add_update_values(dict(change.values))
        sql, params = query.get_compiler(using=alias).as_sql()
        return _Form(alias, sql, named(params, self.stand_ins, alias), tuple(params))
