"""Addresses of calendars: made when somebody asks for one, renewed or revoked when it got into other hands.

The log says whose calendar it is, never its address: whoever has that reads it without signing in.
"""

import secrets
from datetime import datetime

from judging import audit_actions as actions
from judging.models import CalendarFeed, Room, Seating
from judging.permissions import can_open_calendar
from judging.selectors.calendar_feeds import Whose, feed_of, whose_field
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service


class CalendarRevoked(DomainError):
    """The address was revoked before."""

    code = "calendar_revoked"


@atomic_service
def open_calendar(*, whose: Whose, actor: User, at: datetime) -> CalendarFeed:
    """Return the calendar of a seating, a nomination or a room; a new one if there is none. Raises ``NotPermitted``."""
    round = locked_round(whose.round_id)
    can_open_calendar(actor, round, whose).require()
    return feed_of(whose) or _opened(whose, actor, at)


@atomic_service
def renew_calendar(*, feed: CalendarFeed, actor: User, at: datetime) -> CalendarFeed:
    """Revoke the address of ``feed`` and return one anew. Raises ``NotPermitted``, :class:`CalendarRevoked`."""
    revoke_calendar(feed=feed, actor=actor, at=at)
    return _opened(_whose(feed), actor, at)


@atomic_service
def revoke_calendar(*, feed: CalendarFeed, actor: User, at: datetime) -> None:
    """End the address of ``feed``: nobody reads it any more. Raises ``NotPermitted``, :class:`CalendarRevoked`."""
    round = locked_round(feed.round_id)
    can_open_calendar(actor, round, _whose(feed)).require()
    found = CalendarFeed.objects.get(pk=feed.pk)
    if found.revoked_at:
        raise CalendarRevoked
    found.revoked_at = at
    found.save(update_fields=["revoked_at"])
    payload = {"of": _told(_whose(feed))}
    record(action=actions.CALENDAR_REVOKED, actor=actor, at=at, target=feed, chain=round.scope, payload=payload)


def _opened(whose: Whose, actor: User, at: datetime) -> CalendarFeed:
    round = whose.round
    feed = CalendarFeed.objects.create(
        round=round, key=secrets.token_urlsafe(32), created_by=actor, created_at=at, **{whose_field(whose): whose}
    )
    payload = {"of": _told(whose)}
    record(action=actions.CALENDAR_OPENED, actor=actor, at=at, target=feed, chain=round.scope, payload=payload)
    return feed


def _whose(feed: CalendarFeed) -> Whose:
    found = feed.seating or feed.nomination or feed.room
    assert found is not None  # noqa: S101 - ``calendar_feed_of_one``
    return found


def _told(whose: Whose) -> dict[str, str | int]:
    if isinstance(whose, Seating):
        return {"seat": whose.seat.code}
    return {"room": whose.name} if isinstance(whose, Room) else {"nomination": whose.number}
