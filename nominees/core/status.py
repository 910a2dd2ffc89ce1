"""How a nomination's status may change, and in which states of the round: one table.

Screening is the first step; later steps need a reason unless they lead back into the running.
"""

from .lifecycle import State

SCREENING_DECISIONS = ("running", "rejected", "outside")

_NOMINATION = frozenset({State.NOMINATION})
_UNTIL_PLENARY = frozenset({State.NOMINATION, State.SCORING})
_SCORING = frozenset({State.SCORING})

CHANGES: dict[tuple[str, str], frozenset[State]] = {
    ("proposed", "running"): _NOMINATION,
    ("proposed", "rejected"): _NOMINATION,
    ("proposed", "outside"): _NOMINATION,
    ("proposed", "withdrawn"): _NOMINATION,
    ("running", "rejected"): _NOMINATION,
    ("rejected", "running"): _NOMINATION,
    ("rejected", "outside"): _NOMINATION,
    ("outside", "rejected"): _NOMINATION,
    ("withdrawn", "running"): _NOMINATION,
    ("running", "outside"): _UNTIL_PLENARY,
    ("outside", "running"): _UNTIL_PLENARY,
    ("running", "withdrawn"): _UNTIL_PLENARY,
    ("outside", "withdrawn"): _UNTIL_PLENARY,
    ("running", "no_show"): _SCORING,
    ("outside", "no_show"): _SCORING,
    ("no_show", "running"): _SCORING,
    ("no_show", "outside"): _SCORING,
    ("no_show", "withdrawn"): _SCORING,
}


def may_change(source: str, target: str, state: str) -> bool:
    """Whether a nomination may go from ``source`` to ``target`` while its round is in ``state``."""
    return State(state) in CHANGES.get((source, target), frozenset())


def targets(source: str, state: str) -> tuple[str, ...]:
    """Return where a nomination may go from ``source`` while its round is in ``state``."""
    return tuple(to for (from_, to), states in CHANGES.items() if from_ == source and State(state) in states)


def needs_reason(target: str) -> bool:
    """Whether a reason must be given: for all that takes a nominee out of the running."""
    return target not in ("proposed", "running")
