"""Whatever a hand can break is told in a whole sentence with the names that it needs."""

from datetime import timedelta

import pytest
from django.utils import translation

from judging.core.scheduling.rules import CODES
from judging.models import (
    CategoryPlan,
    Interview,
    NomineePlan,
    NomineeSpan,
    RoleGroup,
    RoomClosure,
    ScheduleMaterial,
    SharedPerson,
)
from judging.selectors.interviews import interviews_of, placing_of
from judging.selectors.schedule import named_violations
from judging.selectors.schedule_broken import broken_of
from paritrana.kernel.sentences import sentence
from tests.factories import sheets as make
from tests.factories.schedule import TUESDAY, make_absence, make_prepared
from tests.factories.world import AT, make_category, make_nomination

pytestmark = pytest.mark.django_db
#: A row of the database cannot be like that, or only what is computed is asked about it.
NEVER_BY_HAND = {"unplaced", "nominee_twice", "member_twice", "pin_broken"}


@pytest.fixture
def world():
    """Two interviews at once that break all they can, and one on a day without sessions."""
    world = make_prepared()
    group = RoleGroup.objects.create(round=world.round, name="Pimpinan", minimum=1)
    group.seats.set(world.seats[2:])
    plan = CategoryPlan.objects.create(category=world.category, panel_max=1, quorum=1)
    plan.role_groups.add(group)
    strict = make_category(world.round, code="usaha")
    CategoryPlan.objects.create(category=strict, quorum=3)
    other = make_nomination(strict, region_code="53.03")
    ScheduleMaterial.objects.update(max_continuous_min=20, max_minutes_per_day=40)
    NomineeSpan.objects.create(nomination=world.one, kind="window", day=TUESDAY, start=780, end=900)
    NomineePlan.objects.create(nomination=world.one, is_online=True)
    RoomClosure.objects.create(room=world.room, day=TUESDAY, start=480, end=600)
    person = SharedPerson.objects.create(round=world.round, number=1, name="Ibu Camat (contoh)")
    person.nominations.set([world.one, world.two])
    make_absence(world.seats[0])
    make.make_recusal(world.seats[1], world.one)
    make.make_interview(world.one, world.seats[:2], starts_at=AT + timedelta(minutes=2))
    make.make_interview(world.two, world.seats[:2], starts_at=AT + timedelta(minutes=10), minutes=300)
    make.make_interview(other, world.seats[:2], starts_at=AT + timedelta(days=2))
    return world


def test_every_rule_names_what_its_sentence_needs(world):
    placings = [placing_of(one) for one in interviews_of(world.round)]
    found = named_violations(world.round, placings)
    assert {one.code for one in found} == CODES - NEVER_BY_HAND
    with translation.override("en"):
        texts = [sentence(one.code, one.facts) for one in found]
    assert [text for text in texts if "unsur-" in text or "orang-" in text or "None" in text] == []
    assert len(texts) == len(set(texts))


def test_a_repair_is_for_what_lies_ahead(world):
    assert {one.code for one in broken_of(world.round, at=AT).violations} == CODES - NEVER_BY_HAND
    later = AT + timedelta(days=1)
    (third,) = Interview.objects.filter(starts_at__gt=later).values_list("nomination", flat=True)
    assert {one.nominations for one in broken_of(world.round, at=later).violations} == {(third,)}
