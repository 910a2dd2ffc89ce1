"""A mapping that works out a value when it is first asked for."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar

T = TypeVar("T")


class Lazily(Mapping[str, T]):
    """``names`` to ``work_out(name)``, each worked out at most once; the order is that of ``names``."""

    def __init__(self, names: Iterable[str], work_out: Callable[[str], T]) -> None:
        self._names = dict.fromkeys(names)
        self._work_out = work_out
        self._found: dict[str, T] = {}

    def __getitem__(self, name: str) -> T:
        if name not in self._found:
            if name not in self._names:
                raise KeyError(name)
            self._found[name] = self._work_out(name)
        return self._found[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
