"""The one place that reads the clock; views and commands call it and pass ``at`` on."""

from datetime import datetime

from django.utils import timezone


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return timezone.now()
