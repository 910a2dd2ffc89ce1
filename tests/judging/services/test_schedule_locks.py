"""Locking what is planned on a day: which interviews, one event each, by whom."""

import pytest

from judging.models import Interview
from judging.services.schedule import NotOfThisRound
from judging.services.schedule_locks import lock_interviews
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.schedule import TUESDAY, WEDNESDAY
from tests.factories.schedule_board import make_board
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


def lock(world, **given):
    given = {"round": world.round, "day": TUESDAY, "is_locked": True, "actor": world.secretary, "at": AT} | given
    return lock_interviews(**given)


def locked():
    return set(Interview.objects.filter(is_locked=True).values_list("nomination__number", flat=True))


def test_a_day_or_one_of_its_rooms_is_locked_and_unlocked_with_an_event_each():
    world = make_board(4)
    Interview.objects.filter(nomination=world.placed[2]).update(state="held")
    assert lock(world, room=world.rooms[0]) == 1
    assert locked() == {1}
    assert lock(world) == 2
    assert locked() == {1, 2, 4}
    assert set(Interview.objects.values_list("version", flat=True)) == {1, 2}
    assert AuditEvent.objects.filter(action="interview.locked").count() == 3
    assert (lock(world), lock(world, day=WEDNESDAY)) == (0, 0)
    assert lock(world, is_locked=False) == 3
    assert AuditEvent.objects.filter(action="interview.unlocked").count() == 3


def test_others_and_rooms_of_others_are_refused():
    world = make_board(1)
    with pytest.raises(NotPermitted):
        lock(world, actor=make_user(Role.AUDITOR, round=world.round))
    with pytest.raises(NotOfThisRound):
        lock(world, room=make.make_room(make_round(region_code="81"), "Aula"))
    assert locked() == set()
