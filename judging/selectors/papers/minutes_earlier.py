"""What minutes say of meetings that came before theirs and were given up by a step back: nothing of them is deleted."""

from collections.abc import Iterable

from judging.documents.minutes_data import EarlierMeeting
from judging.models import Plenary, StateChange
from nominees.core.lifecycle import State
from nominees.models import Round

from .minutes_votes import given_up


def earlier_meetings(round: Round, plenary: Plenary) -> tuple[EarlierMeeting, ...]:
    """Return the meetings before ``plenary`` that a step back gave up, oldest first. The queries grow with them."""
    return tuple(_earlier(round, plenary))


def _earlier(round: Round, plenary: Plenary) -> Iterable[EarlierMeeting]:
    meetings = Plenary.objects.filter(tabulation__round=round, tabulation__superseded_at__isnull=False)
    steps = StateChange.objects.filter(round=round, source=State.PLENARY, target=State.SCORING)
    reasons = dict(steps.filter(confirmed_at__isnull=False).values_list("confirmed_at", "reason"))
    before = meetings.filter(opened_at__lte=plenary.opened_at).exclude(pk=plenary.pk)
    for meeting in before.select_related("tabulation").order_by("opened_at", "pk"):
        end = meeting.tabulation.superseded_at
        if end is not None and end in reasons:
            yield EarlierMeeting(
                opened_at=meeting.opened_at,
                venue=meeting.place or round.city,
                given_up_at=end,
                reason=reasons[end],
                resolutions=tuple(given_up(round, meeting)),
            )
