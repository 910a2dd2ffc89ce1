"""The panel methods by code; their translated names live in ``messages.py``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType

from . import mean, median, trimmed
from .base import Aggregate, PanelSettings


@dataclass(frozen=True, slots=True)
class Method:
    """A panel method: its code, the check of its own settings, and its one pure function."""

    code: str
    check: Callable[[PanelSettings, str], None]
    combine: Callable[[Mapping[str, Fraction], PanelSettings], Aggregate]


METHODS: Mapping[str, Method] = MappingProxyType(
    {module.CODE: Method(module.CODE, module.check, module.combine) for module in (mean, median, trimmed)}
)
