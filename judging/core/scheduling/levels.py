"""Which rules the secretariat may loosen, and how far; what is not named here is bound by law or by nature."""

from collections.abc import Mapping
from typing import Final

from .problem import Severity
from .rules import RULES

_ALL: Final = tuple(Severity)
#: Somebody has to know of it: it may be allowed, but not overlooked.
_TOLD: Final = (Severity.FORBIDDEN, Severity.CONFIRM, Severity.WARNING)

#: By the code of the rule: the levels that it may have.
LOOSENABLE: Final[Mapping[str, tuple[Severity, ...]]] = {
    "off_grid": _ALL,
    "outside_session": _TOLD,
    "outside_window": _TOLD,
    "room_mode": _TOLD,
    "room_unavailable": _TOLD,
    "member_unavailable": _TOLD,
    "below_quorum": _TOLD,
    "above_panel_max": _ALL,
    "role_missing": _TOLD,
    "day_load": _ALL,
    "no_break": _ALL,
}
#: What holds for the others, in the order of the rules.
FIXED: Final[tuple[str, ...]] = tuple(rule.code for rule in RULES if rule.code not in LOOSENABLE)


def may_be(code: str, level: Severity) -> bool:
    """Whether the rule ``code`` may be loosened to ``level``."""
    return level in LOOSENABLE.get(code, ())
