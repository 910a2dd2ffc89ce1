"""Which categories are near a seat's own institution."""

import json

import pytest

from judging.services.panels_own_sector import CategoryElsewhere, set_own_sector
from nominees.core.lifecycle import State
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.panel import make_member, make_seat
from tests.factories.world import AT, make_category, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    round = make_round(state=State.SCORING)
    return make_seat(round), [make_category(round, code) for code in ("usaha", "desa")]


def payloads(round):
    return [json.loads(event.payload) for event in AuditEvent.objects.filter(chain=round.scope).order_by("seq")]


def set_as(seat, categories, actor=None):
    actor = actor or make_user(Role.SECRETARIAT, round=seat.round)
    return set_own_sector(seat=seat, categories=categories, actor=actor, at=AT)


def test_the_categories_replace_those_before_and_each_change_leaves_an_event(world):
    seat, (business, village) = world
    set_as(seat, [business, village])
    set_as(seat, [village])
    assert set_as(seat, []) == seat
    assert not seat.own_categories.exists()
    assert payloads(seat.round) == [
        {"seat": seat.name, "categories": ["desa", "usaha"]},
        {"seat": seat.name, "categories": ["desa"]},
        {"seat": seat.name, "categories": []},
    ]
    assert {event.action for event in AuditEvent.objects.filter(chain=seat.round.scope)} == {"seat.own_sector_set"}


def test_the_same_categories_again_leave_no_event(world):
    seat, (business, village) = world
    set_as(seat, [business, village])
    set_as(seat, [village, business])
    assert set(seat.own_categories.all()) == {business, village}
    assert len(payloads(seat.round)) == 1


def test_a_category_of_another_round_is_refused(world):
    seat, (business, _) = world
    with pytest.raises(CategoryElsewhere):
        set_as(seat, [business, make_category(make_round(region_code="52"))])
    assert not seat.own_categories.exists()
    assert payloads(seat.round) == []


def test_only_the_secretariat_and_only_until_the_plenary(world):
    seat, categories = world
    for other in (make_user(Role.CHAIR, round=seat.round), make_member(seat).user):
        with pytest.raises(NotPermitted):
            set_as(seat, categories, other)
    seat.round.state = State.PLENARY
    seat.round.save()
    with pytest.raises(NotPermitted):
        set_as(seat, categories)
    assert not seat.own_categories.exists()
