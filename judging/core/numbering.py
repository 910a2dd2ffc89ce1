"""How the numbers of papers are written: a pattern with named fields, such as "{serial:03}/PARITRANA/{place}/{year}".

Nothing but the fields of :data:`FIELDS` is ever filled in: a pattern is typed by a person, and Python's own formatting
would follow any attribute that it names.
"""

import re
from collections.abc import Mapping
from datetime import date
from string import Formatter
from typing import Final

#: What a pattern may name. ``serial`` counts within kind and round; ``year`` and ``month`` are those of issue.
FIELDS: Final = ("serial", "year", "month", "roman_month", "edition", "place", "province")
NUMBERS: Final = frozenset({"serial", "year", "month", "edition"})
LONGEST: Final = 80
#: How wide a number is written: ``03`` is three digits with noughts in front.
WIDTH: Final = re.compile(r"(0?[1-9])?d?", re.ASCII)
ROMAN: Final = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
HIGHEST: Final = 9999

Facts = Mapping[str, int | str]
Problem = tuple[str, dict[str, object]]


def facts_of(*, serial: int, day: date, edition: int, place: str, province: str) -> dict[str, int | str]:
    """Return what the fields are filled with. ``edition`` is the assessment year."""
    return {
        "serial": serial,
        "year": day.year,
        "month": day.month,
        "roman_month": ROMAN[day.month - 1],
        "edition": edition,
        "place": place,
        "province": province,
    }


def written(pattern: str, facts: Facts) -> str:
    """Return the number; ``pattern`` has no :func:`problem_of`. Raises ``KeyError`` for a field that is unknown."""
    parts = []
    for literal, name, width, _ in Formatter().parse(pattern):
        parts.append(literal)
        if name is not None:
            parts.append(format(facts[name], width or ""))
    return "".join(parts)


def problem_of(pattern: str, facts: Facts) -> Problem | None:
    """Return what is wrong with ``pattern`` as a code with its facts, ``None`` if it can be used.

    ``facts`` are those of the round: how long a number gets depends on them.
    """
    try:
        fields = [(name, width, how) for _, name, width, how in Formatter().parse(pattern) if name is not None]
    except ValueError:
        return "number_pattern_malformed", {}
    for name, width, how in fields:
        if name not in FIELDS:
            return "number_pattern_unknown_field", {"field": name[:40]}
        fits = WIDTH.fullmatch(width or "") if name in NUMBERS else not width
        if how or not fits:
            return "number_pattern_malformed", {}
    if "serial" not in {name for name, _, _ in fields}:
        return "number_pattern_without_serial", {}
    if not pattern.isprintable():
        return "number_pattern_malformed", {}
    longest = len(written(pattern, {**facts, "serial": HIGHEST}))
    if longest > LONGEST or len(pattern) > LONGEST:
        return "number_pattern_too_long", {"length": max(longest, len(pattern)), "longest": LONGEST}
    return None
