"""Small typed readers of plain JSON data; each names the path of what it could not read."""

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import Any

from .refusals import DuplicateId, FloatInput, Malformed

Json = Any  # what json.loads returns; narrowed by the readers below


class JsonObject(dict[str, Json]):
    """A JSON object that remembers a key given twice, which plain ``dict`` would silently merge."""

    repeated: str | None = None


def json_object(pairs: list[tuple[str, Json]]) -> JsonObject:
    """``object_pairs_hook`` for ``json.loads``."""
    found = JsonObject(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                found.repeated = key
            seen.add(key)
    return found


def join(at: str, key: str) -> str:
    """Path of ``key`` inside ``at``."""
    return f"{at}.{key}" if at else key


_PLAIN = frozenset({str, int, bool, type(None)})
_CLEAN = _PLAIN | {list, dict, JsonObject}


def refuse_floats(document: Json, at: str = "") -> None:
    """Refuse a JSON float, or an object key given twice, anywhere in ``document`` (iterative: any depth)."""
    if not _is_plain(document):
        _refuse_floats(document, at)


def _is_plain(document: Json) -> bool:
    """Whether a quick look finds nothing that might be refused; it does not keep track of where it is."""
    level = [document]
    while level:
        kinds = set(map(type, level))
        if not kinds <= _CLEAN:
            return False
        inner = [value for value in level if type(value) not in _PLAIN]
        if any(type(value) is JsonObject and value.repeated is not None for value in inner):
            return False
        level = list(chain.from_iterable(value if type(value) is list else value.values() for value in inner))
    return True


def _refuse_floats(document: Json, at: str) -> None:
    """The same with care: names the place."""
    waiting: list[tuple[Json, str]] = [(document, at)]
    while waiting:
        value, path = waiting.pop()
        if isinstance(value, float):
            raise FloatInput(path, "a JSON float is not exact: write the number as a string", value=str(value))
        if isinstance(value, JsonObject) and value.repeated is not None:
            raise Malformed(join(path, value.repeated), "this key is given twice")
        if isinstance(value, dict):
            waiting.extend((item, join(path, str(key))) for key, item in value.items())
        elif isinstance(value, list | tuple):
            waiting.extend((item, f"{path}[{index}]") for index, item in enumerate(value))


def mapping(value: Json, at: str) -> Mapping[str, Json]:
    """A JSON object with text keys."""
    if not isinstance(value, dict | Mapping) or not all(isinstance(key, str) for key in value):
        raise Malformed(at, "expected an object")
    return value


def listing(value: Json, at: str) -> list[Json]:
    """A JSON array."""
    if not isinstance(value, list | tuple):
        raise Malformed(at, "expected a list")
    return list(value)


def text(value: Json, at: str) -> str:
    """A string."""
    if not isinstance(value, str):
        raise Malformed(at, "expected text")
    return value


def identifier(value: Json, at: str) -> str:
    """A non-empty string."""
    if not text(value, at):
        raise Malformed(at, "an identifier cannot be empty")
    return str(value)


def flag(value: Json, at: str) -> bool:
    """true or false."""
    if not isinstance(value, bool):
        raise Malformed(at, "expected true or false")
    return value


def unique(value: Json, at: str) -> tuple[str, ...]:
    """A list of distinct identifiers; raises ``DuplicateId``."""
    found: dict[str, None] = {}
    for index, item in enumerate(listing(value, at)):
        name = identifier(item, f"{at}[{index}]")
        if name in found:
            raise DuplicateId(f"{at}[{index}]", f"{name} is listed twice", id=name)
        found[name] = None
    return tuple(found)


def row(value: Json, at: str, width: int) -> list[Json]:
    """A list of ``width`` cells."""
    cells = listing(value, at)
    if len(cells) != width:
        raise Malformed(at, f"expected a list of {width}")
    return cells


def rows(value: Json, at: str, width: int) -> Iterator[tuple[str, list[Json]]]:
    """The rows of a list of lists of ``width`` cells, each with its path."""
    for index, cells in enumerate(listing(value, at)):
        path = f"{at}[{index}]"
        yield path, row(cells, path, width)
