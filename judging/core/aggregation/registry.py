"""The panel methods by code; their translated names live in ``messages.py``."""

from collections.abc import Mapping
from types import MappingProxyType

from . import mean, median, trimmed
from .base import Method

METHODS: Mapping[str, Method] = MappingProxyType(
    {module.CODE: Method(module.CODE, module.check, module.kept) for module in (mean, median, trimmed)}
)
