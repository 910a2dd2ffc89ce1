"""Days, and spans of a day in minutes since midnight, as people read them."""

from datetime import date
from typing import Any

from django import template

from judging.web import schedule_board_wording as words
from nominees.models import Round
from paritrana.kernel import wording

register = template.Library()


@register.filter
def span_text(span: Any, round: Round) -> str:
    """Return "pukul 08.00-12.00 WITA" for anything with ``start`` and ``end``."""
    return wording.minute_range(span.start, span.end, round.time_zone)


@register.filter
def short_day(day: date) -> str:
    """Return "Sel 24 Jun"."""
    return words.short_day(day)
