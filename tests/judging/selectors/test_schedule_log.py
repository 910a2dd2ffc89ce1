"""The log of the draft: in which release people were told of an act."""

from datetime import timedelta

import pytest

from judging.models import ChangeKind, Interview
from judging.selectors.schedule_delay import delayed_day
from judging.selectors.schedule_log import changes_of, logged
from judging.services.schedule import cancel_interview
from judging.services.schedule_delay import shift_interviews
from judging.services.schedule_releases import release
from tests.factories import sheets as make
from tests.factories.schedule import make_prepared
from tests.factories.world import AT

pytestmark = pytest.mark.django_db
HALF = timedelta(minutes=30)


def told(world):
    """The release that told of each act, by its kind."""
    acts = logged(world.round, list(changes_of(world.round)))
    return {ChangeKind(act.change.kind): act.released_in for act in acts}


def test_a_delay_tells_of_what_it_moves_and_not_of_what_was_only_being_prepared():
    world = make_prepared()
    late = make.make_interview(world.one, world.seats)
    prepared = make.make_interview(world.two, world.seats, starts_at=AT + 8 * HALF)
    who = {"actor": world.secretary}
    release(round=world.round, at=AT - HALF, **who)
    cancel_interview(interview=prepared, expected_version=prepared.version, at=AT - HALF / 2, **who)
    late = Interview.objects.select_related("round__edition", "round__region").get(pk=late.pk)
    token = delayed_day(late, minutes=10, is_for_all=False).token
    shift_interviews(interview=late, minutes=10, is_for_all=False, token=token, at=AT, **who)
    assert told(world) == {ChangeKind.SHIFTED: 2, ChangeKind.CANCELLED: None}
    release(round=world.round, at=AT + HALF, confirmed=("unplaced",), **who)
    assert told(world) == {ChangeKind.SHIFTED: 2, ChangeKind.CANCELLED: 3}
