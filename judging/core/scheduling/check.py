"""Ask the rules."""

from .problem import Schedule, Severity, Violation
from .rules import RULES


def violations(schedule: Schedule) -> tuple[Violation, ...]:
    """Return everything that breaks a rule, in the order of the rules; nothing for a schedule that holds."""
    return tuple(violation for rule in RULES for violation in rule(schedule))


def concerning(schedule: Schedule, nominee: int) -> tuple[Violation, ...]:
    """Return what breaks a rule and has to do with the interview of ``nominee``."""
    return tuple(violation for violation in violations(schedule) if nominee in violation.nominees)


def forbidden(found: tuple[Violation, ...]) -> tuple[Violation, ...]:
    """Return those of ``found`` that may not be written."""
    return tuple(violation for violation in found if violation.severity is Severity.FORBIDDEN)
