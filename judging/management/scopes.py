"""Rounds as commands name them (``2024/53``, ``2024/nasional``, as in addresses), and the parts of their runs."""

from django.core.management.base import CommandError

from judging.models import TabulationPart
from nominees.models import Round
from nominees.selectors.rounds import round_at


def named_round(scope: str) -> Round:
    """Return the round called ``scope``, or raise ``CommandError``."""
    year, _, place = scope.partition("/")
    round = round_at(year=int(year), scope=place) if year.isdecimal() else None
    if round is None:
        raise CommandError(f"There is no round {scope}. A round is named like 2024/53 or 2024/nasional.")
    return round


def part_name(part: TabulationPart) -> str:
    """Return ``kategori-desa`` or ``umum-usaha``; reads the category and the pool of ``part``."""
    return f"kategori-{part.category.code}" if part.category else f"umum-{part.pool.code if part.pool else ''}"
