"""Typed readers of one field of an object, on top of those of the tabulation; each names the path it could not read."""

from collections.abc import Callable, Collection, Mapping
from typing import Final, TypeVar

from judging.core.reading import Json, identifier, join, listing, mapping, unique
from judging.core.refusals import DuplicateId, Malformed, UnknownReference

Read = TypeVar("Read")
DAY_MIN: Final = 24 * 60
#: Beyond any schedule, and small enough for every solver to add up.
MOST: Final = 1_000_000


def needed(fields: Mapping[str, Json], key: str, at: str) -> Json:
    """A field that has to be there."""
    if key not in fields:
        raise Malformed(join(at, key), "this field is missing")
    return fields[key]


def whole(value: Json, at: str, low: int = 0, high: int = MOST) -> int:
    """A whole number within bounds, both included; never a JSON float nor true."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Malformed(at, "expected a whole number")
    if not low <= value <= high:
        raise Malformed(at, f"{value} is not between {low} and {high}")
    return value


def number(fields: Mapping[str, Json], key: str, at: str, default: int | None = None, low: int = 0) -> int:
    """A whole number from ``low``; needed unless there is a ``default``."""
    value = fields.get(key)
    if value is None and default is not None:
        return default
    return whole(needed(fields, key, at), join(at, key), low)


def perhaps(fields: Mapping[str, Json], key: str, at: str, low: int = 0, high: int = MOST) -> int | None:
    """A whole number, or None where it is absent or null."""
    value = fields.get(key)
    return None if value is None else whole(value, join(at, key), low, high)


def bounds(fields: Mapping[str, Json], at: str) -> tuple[int, int]:
    """``start`` and ``end`` of one day, the end after the start."""
    start = whole(needed(fields, "start", at), join(at, "start"), 0, DAY_MIN)
    end = whole(needed(fields, "end", at), join(at, "end"), 0, DAY_MIN)
    if end <= start:
        raise Malformed(join(at, "end"), "the end is not after the start")
    return start, end


def known(value: Json, at: str, ids: Collection[str]) -> str:
    """An id that was declared."""
    name = identifier(value, at)
    if name not in ids:
        raise UnknownReference(at, f"{name} was not declared", id=name)
    return name


def names(fields: Mapping[str, Json], key: str, at: str, ids: Collection[str] | None = None) -> tuple[str, ...]:
    """A list of different ids, empty where it is absent; all of them declared, where ``ids`` says which are."""
    path = join(at, key)
    found = unique(_present(fields, key, ()), path)
    if ids is not None:
        for index, name in enumerate(found):
            known(name, f"{path}[{index}]", ids)
    return found


def rows(
    fields: Mapping[str, Json], key: str, at: str, read: Callable[[Mapping[str, Json], str], Read]
) -> tuple[Read, ...]:
    """Each object of a list, read; empty where the list is absent."""
    path = join(at, key)
    found = []
    for index, item in enumerate(listing(_present(fields, key, ()), path)):
        place = f"{path}[{index}]"
        found.append(read(mapping(item, place), place))
    return tuple(found)


def distinct(ids: Collection[str], at: str, key: str = "id") -> frozenset[str]:
    """``ids`` as a set; raises ``DuplicateId`` at the second of two that are equal."""
    seen: set[str] = set()
    for index, name in enumerate(ids):
        if name in seen:
            raise DuplicateId(f"{at}[{index}].{key}", f"{name} is listed twice", id=name)
        seen.add(name)
    return frozenset(seen)


def part(fields: Mapping[str, Json], key: str) -> Mapping[str, Json]:
    """An object at the top of a document, empty where it is absent."""
    return mapping(_present(fields, key, {}), key)


def _present(fields: Mapping[str, Json], key: str, otherwise: Json) -> Json:
    value = fields.get(key)
    return otherwise if value is None else value
