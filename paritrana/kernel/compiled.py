"""Queries whose SQL is written once: for the few that every save asks and whose writing costs more than the answer.

Django writes the SQL of a queryset anew each time. A query with a dozen subqueries takes it several milliseconds of a
core, the database a fraction of one. Here the queryset is built once with stand-ins for its values; later only the
values are exchanged. The objects are made by what Django's own iterable makes them by, looked up once: its converters,
its populators of joined objects, its annotations. Statements that write are in ``compiled_writes``.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from django.db import connections, models
from django.db.models.query import QuerySet, get_related_populators

from .prepared import cursor_on

M = TypeVar("M", bound=models.Model)
Value = int | str | date

#: Whole numbers beyond this may be beyond a column too, which Django answers by another statement.
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class _Maker:
    """What makes an object of a row: the model's own columns, those of joined models, annotations by their place."""

    alias: str
    model: type[models.Model]
    columns: slice
    names: tuple[str, ...]
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]
    joined: tuple[Any, ...]
    annotations: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, alias: str, compiler: Any) -> "_Maker":
        """Read it from a ``compiler`` that has written its statement."""
        info, select = compiler.klass_info, compiler.select
        populators: Any = get_related_populators  # its type is told of a later Django
        columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        converters = compiler.get_converters([column[0] for column in select[: compiler.col_count]])
        return cls(
            alias=alias,
            model=info["model"],
            columns=columns,
            names=tuple(column[0].target.attname for column in select[columns]),
            converters=tuple((place, tuple(each), expression) for place, (each, expression) in converters.items()),
            joined=tuple(populators(info, select, alias)),
            annotations=tuple(compiler.annotation_col_map.items()),
        )

    def objects(self, rows: list[Any], connection: Any) -> Iterator[models.Model]:
        """Yield an object for each of ``rows``."""
        for row in map(list, rows):
            for place, converters, expression in self.converters:
                for converter in converters:
                    row[place] = converter(row[place], expression, connection)
            found = self.model.from_db(self.alias, self.names, row[self.columns])
            for populator in self.joined:
                populator.populate(row, found)
            for name, place in self.annotations:
                setattr(found, name, row[place])
            yield found


@dataclass(frozen=True, slots=True)
class _Form:
    """One statement: its text, per parameter the name of its value or the constant, and what makes its objects."""

    alias: str
    sql: str
    names: tuple[str | None, ...]
    constants: tuple[Any, ...]
    maker: _Maker


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
        connection = connections[form.alias]
        with cursor_on(connection) as cursor:
            cursor.execute(*self._bound(form, values))
            found: Any = form.maker.objects(cursor.fetchall(), connection)
        return list(found)

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
        names = named(params, self.stand_ins, alias)
        return _Form(alias, sql, names, tuple(params), _Maker.of(alias, compiler))

    def _bound(self, form: _Form, values: Mapping[str, Value]) -> tuple[str, tuple[Any, ...]]:
        return form.sql, filled(form.names, form.constants, {name: values[name] for name in self.stand_ins}, form.alias)


def named(params: Sequence[Any], stand_ins: Mapping[str, Value], alias: str) -> tuple[str | None, ...]:
    """Return per parameter the name of the value whose stand-in it is; each must be there, and be told apart."""
    known = {_adapted(value, alias): name for name, value in stand_ins.items()}
    names = tuple(known.get(param) if isinstance(param, Hashable) else None for param in params)
    missing = stand_ins.keys() - set(names)
    if missing or len(known) != len(stand_ins):
        raise ValueError(f"stand-ins that do not stand once for something in the statement: {sorted(missing)}")
    return names


def filled(
    names: Sequence[str | None], constants: Sequence[Any], values: Mapping[str, Value], alias: str
) -> tuple[Any, ...]:
    """Return the parameters of a statement with ``values`` in their places."""
    given = {name: _adapted(value, alias) for name, value in values.items()}
    pairs = zip(names, constants, strict=True)
    return tuple([constant if name is None else given[name] for name, constant in pairs])


def _adapted(value: Value, alias: str) -> Any:
    """A value as the database's driver is given it."""
    if isinstance(value, datetime):
        return connections[alias].ops.adapt_datetimefield_value(value)
    return connections[alias].ops.adapt_datefield_value(value) if isinstance(value, date) else value
