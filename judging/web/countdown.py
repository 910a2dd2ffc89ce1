"""How long until an interview, in words; ``static/judging/countdown.js`` goes on saying it with the same words."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

#: Beyond this many minutes the date says it better.
FARTHEST = 12 * 60
IN_MINUTES = _("in %(minutes)s min")
IN_HOURS = _("in %(hours)s h %(minutes)s min")
RUNNING = _("running now")


def seconds_until(moment: datetime, at: datetime) -> int:
    """Return the whole seconds from ``at`` to ``moment``; negative when it is over."""
    return (moment - at) // timedelta(seconds=1)


def countdown(seconds: int) -> str:
    """Return ``seconds`` to go in words, in whole minutes rounded up; empty when they are more than 12 hours."""
    minutes = -(-seconds // 60)
    if minutes > FARTHEST:
        return ""
    if minutes <= 0:
        return str(RUNNING)
    hours, rest = divmod(minutes, 60)
    return str(IN_HOURS) % {"hours": hours, "minutes": rest} if hours else str(IN_MINUTES) % {"minutes": rest}
