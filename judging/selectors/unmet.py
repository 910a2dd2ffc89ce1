"""One condition that is not met."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Unmet:
    """``condition`` is the lifecycle table's code, ``code`` the sentence's, filled with ``facts``.

    ``page`` names the url where it is mended; ``where`` is what that url needs besides the round.
    """

    condition: str
    code: str
    page: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    where: Mapping[str, Any] = field(default_factory=dict)
