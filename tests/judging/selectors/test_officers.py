"""Whose the second word is on a request to reopen a sheet, and who stands in."""

from datetime import date, datetime, timedelta

import pytest

from judging.models import Reopening, Seating
from judging.selectors.officers import Officers, SecondWord, officers_of
from judging.services import reopening as services
from paritrana.accounts.models import Role, RoleGrant
from paritrana.kernel.verdict import NotPermitted
from tests.factories.reopenings import WHOLE, advise, ask, decide, make_reopening_world
from tests.factories.saves import save
from tests.factories.world import AT, make_user

ASKER, ENDORSER, CHAIR, SECRETARY = 1, 2, 3, 4
DAY = date(2025, 6, 24)


@pytest.mark.parametrize(
    ("chairs", "secretary", "by_chair", "word"),
    [
        ({CHAIR}, SECRETARY, False, SecondWord.CHAIR),
        ({CHAIR}, None, False, SecondWord.CHAIR),
        (set(), SECRETARY, False, SecondWord.CHAIR),
        ({CHAIR, ASKER}, SECRETARY, False, SecondWord.CHAIR),
        ({ASKER}, SECRETARY, True, SecondWord.SECRETARY),
        ({CHAIR}, SECRETARY, True, SecondWord.SECRETARY),
        ({ASKER}, SECRETARY, False, SecondWord.SECRETARY),
        ({ENDORSER}, SECRETARY, False, SecondWord.SECRETARY),
        ({ASKER}, None, True, SecondWord.SECRETARIAT),
        ({ASKER}, ASKER, True, SecondWord.SECRETARIAT),
        ({ASKER}, ENDORSER, True, SecondWord.SECRETARIAT),
    ],
)
def test_the_second_word_is_never_the_askers_or_the_endorsers(chairs, secretary, by_chair, word):
    one = Reopening(asked_by_id=ASKER, advised_by_id=ENDORSER, asked_by_chair=by_chair)
    assert Officers(frozenset(chairs), secretary).second_word(one) is word


@pytest.fixture
def world(db):
    return make_reopening_world()


def test_officers_of_a_day_in_two_queries(world, django_assert_num_queries):
    round = world["round"]
    Seating.objects.filter(user=world["secretary"]).update(ends_on=DAY)
    with django_assert_num_queries(2):
        assert officers_of(round, DAY) == Officers(frozenset({world["chair"].pk}), world["secretary"].pk)
    assert officers_of(round, DAY + timedelta(days=1)).secretary is None
    RoleGrant.objects.filter(user=world["chair"]).update(revoked_at=AT)
    assert officers_of(round, DAY).chairs == frozenset()


def test_a_chair_is_one_from_the_first_to_the_last_day_on_the_seat(world):
    round = world["round"]
    Seating.objects.filter(user=world["chair"]).update(starts_on=DAY, ends_on=DAY)
    assert [bool(officers_of(round, DAY + timedelta(days=step)).chairs) for step in (-1, 0, 1)] == [False, True, False]


def test_a_chair_whose_days_are_over_grants_nothing(world):
    one = advise(world, ask(world))
    Seating.objects.filter(user=world["chair"]).update(ends_on=DAY - timedelta(days=1))
    make_user(Role.CHAIR, round=world["round"])
    with pytest.raises(NotPermitted) as refused:
        decide(world, one)
    assert refused.value.facts["reason"] == "chair_not_in_office"


def test_who_cannot_sign_in_holds_no_office(world):
    for who in ("chair", "secretary"):
        world[who].is_active = False
        world[who].save()
    assert officers_of(world["round"], DAY) == Officers(frozenset(), None)


def of_the_chair(world):
    save(world, WHOLE, actor="chair", key="ketua", submit=True)
    world["second"] = make_user(Role.SECRETARIAT, round=world["round"])
    return advise(world, ask(world, "chair"), "secretariat")


def test_without_a_secretary_another_person_of_the_secretariat_grants(world):
    Seating.objects.filter(user=world["secretary"]).update(ends_on=DAY - timedelta(days=1))
    one = of_the_chair(world)
    for actor in ("chair", "secretary"):
        with pytest.raises(NotPermitted):
            decide(world, one, actor)
    with pytest.raises(services.ReopeningAdvisedByYou):
        decide(world, one, "secretariat")
    assert decide(world, one, "second").state == "granted"


def test_the_endorser_who_becomes_secretary_leaves_the_word_to_another(world):
    Seating.objects.filter(user=world["secretary"]).update(ends_on=DAY - timedelta(days=1))
    one = of_the_chair(world)
    seating(world, world["secretariat"], DAY)
    assert decide(world, one, "second").state == "granted"


def seating(world, user, starts_on):
    return Seating.objects.create(
        round=world["round"], seat=world["secretary_seat"], user=user, name="Sekretaris (contoh)", starts_on=starts_on
    )


def test_a_secretary_from_tomorrow_on_has_no_word_today(world):
    Seating.objects.filter(user=world["secretary"]).update(ends_on=DAY)
    world["next"] = make_user(Role.PANEL_MEMBER, round=world["round"])
    seating(world, world["next"], DAY + timedelta(days=1))
    one = ask(world)

    def endorse(actor: str, at: datetime) -> Reopening:
        return services.advise_reopening(reopening=one, endorsed=True, actor=world[actor], at=at)

    late = AT.replace(hour=15, minute=59)  # 23.59 in the round's zone
    with pytest.raises(NotPermitted):
        endorse("next", late)
    with pytest.raises(NotPermitted):
        endorse("secretary", late + timedelta(minutes=1))
    assert endorse("next", late + timedelta(minutes=1)).advised_by == world["next"]


def test_the_secretary_of_the_day_grants_what_the_chair_asked(world):
    one = of_the_chair(world)
    Seating.objects.filter(user=world["secretary"]).update(ends_on=DAY)
    told = {"reopening": one, "granted": False, "reason": "Tidak perlu", "actor": world["secretary"]}
    with pytest.raises(NotPermitted):
        services.decide_reopening(**told, at=AT + timedelta(days=1))
    assert services.decide_reopening(**told, at=AT).state == "refused"
