"""Queries whose SQL is written once: for the few that every save asks and whose writing costs more than the answer.

Django writes the SQL of a queryset anew each time. A query with a dozen subqueries takes it several milliseconds of a
core, the database a fraction of one. Here the queryset is built once with stand-ins for its values; later only the
values are exchanged. The objects are made by Django's own iterable, so converters, joins and annotations are the same.
"""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.models.query import ModelIterable, QuerySet

M = TypeVar("M", bound=models.Model)
Value = int | str | date

#: Whole numbers beyond this may be beyond a column too, which Django answers by another statement.
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Form:
    """One statement: its text and, per parameter, the name of its value or the constant."""

    alias: str
    compiler: Any
    sql: str
    names: tuple[str | None, ...]
    constants: tuple[Any, ...]


class CompiledQuery(Generic[M]):
    """``build(**values)`` as a statement that is written once per process.

    The shape of the queryset must not depend on the values, and no value may be ``None``. ``stand_ins`` are values of
    the same types that occur nowhere else in the statement; each must occur in it.
    """

    def __init__(self, build: Callable[..., QuerySet[M]], stand_ins: Mapping[str, Value]) -> None:
        self.build = build
        self.stand_ins = dict(stand_ins)
        self._form_in_use: _Form | None = None

    def rows(self, **values: Value) -> list[M]:
        """Return what ``build(**values)`` would. One query."""
        if any(isinstance(value, int) and not 0 <= value <= LARGEST for value in values.values()):
            return list(self.build(**values))
        form = self._form()
        compiler = copy(form.compiler)
        compiler.connection = connections[form.alias]
        statement = self._bound(form, values)
        compiler.as_sql = lambda *_args, **_kwargs: statement
        source: Any = SimpleNamespace(
            db=form.alias, query=SimpleNamespace(get_compiler=lambda using: compiler), _known_related_objects={}
        )
        return list(ModelIterable(source))

    def statement(self, **values: Value) -> tuple[str, tuple[Any, ...]]:
        """Return text and parameters as they are sent."""
        return self._bound(self._form(), values)

    def _form(self) -> _Form:
        if self._form_in_use is None:
            self._form_in_use = self._compiled()
        return self._form_in_use

    def _compiled(self) -> _Form:
        queryset = self.build(**self.stand_ins)
        alias = queryset.db
        compiler = queryset.query.get_compiler(using=alias)
        sql, params = compiler.as_sql()
        known = {_adapted(value, alias): name for name, value in self.stand_ins.items()}
        names = tuple(known.get(param) if isinstance(param, Hashable) else None for param in params)
        missing = self.stand_ins.keys() - set(names)
        if missing or len(known) != len(self.stand_ins):
            raise ValueError(f"stand-ins that do not stand once for something in the statement: {sorted(missing)}")
        return _Form(alias, compiler, sql, names, tuple(params))

    def _bound(self, form: _Form, values: Mapping[str, Value]) -> tuple[str, tuple[Any, ...]]:
        given = {name: _adapted(values[name], form.alias) for name in self.stand_ins}
        pairs = zip(form.names, form.constants, strict=True)
        return form.sql, tuple([constant if name is None else given[name] for name, constant in pairs])


def _adapted(value: Value, alias: str) -> Any:
    """A value as the database's driver is given it."""
    return connections[alias].ops.adapt_datefield_value(value) if isinstance(value, date) else value
