"""What every page of a round needs: its addresses, and times in its zone."""

from datetime import date, datetime
from typing import Any

from django import template
from django.urls import reverse

from nominees.models import Round
from paritrana.kernel import wording

register = template.Library()


@register.simple_tag
def round_url(name: str, round: Round, **kwargs: Any) -> str:
    """Return the address of the page ``name`` in ``round``."""
    return reverse(name, kwargs={"year": round.edition.assessment_year, "scope": round.scope_code, **kwargs})


@register.filter
def local_time(moment: datetime | None, round: Round) -> str:
    """Return ``moment`` in the round's zone: "Selasa, 24 Juni 2025, pukul 09.00 WITA"; empty for none."""
    return wording.date_time(moment, round.time_zone) if moment else ""


@register.filter
def clock_time(moment: datetime | None, round: Round) -> str:
    """Return the time of day in the round's zone: "pukul 09.00 WITA"; empty for none."""
    return wording.clock_time(moment, round.time_zone) if moment else ""


@register.filter
def long_date(day: date | None) -> str:
    """Return "Senin, 21 Juli 2025"; empty for none."""
    return wording.long_day_date(day) if day else ""
