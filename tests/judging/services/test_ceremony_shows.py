"""Opening, moving and ending a show; what a stale one still may, and what is an event."""

import json
from datetime import timedelta
from typing import Any

import pytest

from judging.models import CeremonyShow
from judging.selectors.awards import awards_in_force
from judging.selectors.ceremony_shows import running_show, steps_of
from judging.selectors.tabulations import sha256_of
from judging.services import ceremony_shows as services
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round
from tests.factories.ceremony import make_show
from tests.factories.world import AT, make_category, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70))


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


def events() -> list[tuple[str, dict[str, Any]]]:
    found = AuditEvent.objects.filter(action__startswith="ceremony.").order_by("pk")
    return [(event.action, json.loads(event.payload)) for event in found]


def move(show: CeremonyShow, actor: User, step: int, **given: Any) -> CeremonyShow:
    given = {"is_blank": False, "turn": 0} | given
    return services.move_show(show=show, step=step, actor=actor, at=AT, **given)


def test_a_show_has_a_key_and_an_address_of_its_own(round: Round, organiser: User) -> None:
    shows = [services.open_show(round=round, is_rehearsal=False, actor=organiser, at=AT) for _ in range(2)]

    assert len({bytes(show.key) for show in shows}) == len({show.code for show in shows}) == 2
    assert {len(bytes(show.key)) for show in shows} == {32}
    content = shows[0].content
    opened = {"is_rehearsal": False, "steps": len(steps_of(shows[0])), "content": sha256_of(content)}
    ended = ("ceremony.show_ended", {"is_rehearsal": False, "reached": 0})
    assert events() == [("ceremony.show_opened", opened), ended, ("ceremony.show_opened", opened)]
    assert [running_show(show.code) is not None for show in shows] == [False, True]


@pytest.mark.parametrize("is_rehearsal", [True, False])
def test_a_show_goes_on_dark_where_the_one_that_was_ended_by_mistake_stood(
    round: Round, organiser: User, *, is_rehearsal: bool
) -> None:
    ended = make_show(round, is_rehearsal=is_rehearsal, step=3, furthest=5, ended_at=AT)

    show = services.open_show(round=round, is_rehearsal=is_rehearsal, resumes=ended, actor=organiser, at=AT)

    assert (show.step, show.furthest, show.is_blank, show.turn) == (3, 5, True, 0)
    assert show.code != ended.code
    assert bytes(show.key) != bytes(ended.key)
    assert events()[-1][1]["resumed_at"] == 3


def test_a_show_goes_on_only_as_far_as_what_was_decided_anew_was_not_seen(round: Round, organiser: User) -> None:
    ended = make_show(round, step=4, furthest=4, ended_at=AT)
    awards_in_force(round).filter(place=2).update(superseded_at=AT)

    show = services.open_show(round=round, is_rehearsal=False, resumes=ended, actor=organiser, at=AT)

    assert (show.step, show.furthest) == (3, 3)


def test_a_show_goes_on_with_none_of_another_kind_or_round(round: Round, organiser: User) -> None:
    rehearsal = make_show(round, is_rehearsal=True, step=3, furthest=3, ended_at=AT)
    foreign = make_show(make_decided_round((90, 80), region_code="52"), step=3, furthest=3, ended_at=AT)

    for other in (rehearsal, foreign):
        with pytest.raises(ValueError, match="own round and kind"):
            services.open_show(round=round, is_rehearsal=False, resumes=other, actor=organiser, at=AT)


def test_without_a_category_there_is_nothing_to_show() -> None:
    round = make_round(state=State.SCORING)
    organiser = make_user(Role.ORGANISER, round=round)

    with pytest.raises(services.NothingToShow):
        services.open_show(round=round, is_rehearsal=True, actor=organiser, at=AT)
    assert CeremonyShow.objects.count() == 0


def test_a_show_moves_there_and_back_without_an_event(round: Round, organiser: User) -> None:
    show = make_show(round)

    moved = [move(show, organiser, step, is_blank=step == 2) for step in (1, 2, 3, 2)]

    assert [(one.step, one.furthest, one.is_blank, one.turn) for one in moved] == [
        (1, 1, False, 1),
        (2, 1, True, 2),
        (3, 3, False, 3),
        (2, 3, True, 4),
    ]
    assert events() == []


def test_a_presenter_who_had_no_network_comes_back_further_and_with_more_turns(round: Round, organiser: User) -> None:
    show = move(make_show(round), organiser, 5, turn=12)

    assert (show.step, show.furthest, show.turn) == (5, 5, 12)
    assert move(show, organiser, 4, turn=3).turn == 13


@pytest.mark.parametrize("step", [-1, 8])
def test_a_step_that_there_is_not_is_refused(round: Round, organiser: User, step: int) -> None:
    show = make_show(round)
    assert len(steps_of(show)) == 8

    with pytest.raises(services.NoSuchStep):
        move(show, organiser, step)


def test_a_stale_show_that_counts_is_hidden_and_goes_back_but_reveals_nothing_more(
    round: Round, organiser: User
) -> None:
    show = move(make_show(round), organiser, 3)
    awards_in_force(round).filter(place=1).update(superseded_at=AT)

    with pytest.raises(services.ShowIsStale):
        move(show, organiser, 4)
    assert move(show, organiser, 3, is_blank=True).is_blank
    assert move(show, organiser, 2).step == 2
    assert move(show, organiser, 3).furthest == 3


def test_a_step_that_was_reached_in_the_dark_alone_is_not_shown_once_the_show_is_stale(
    round: Round, organiser: User
) -> None:
    show = move(move(make_show(round), organiser, 3), organiser, 5, is_blank=True)
    awards_in_force(round).filter(place=1).update(superseded_at=AT)

    with pytest.raises(services.ShowIsStale):
        move(show, organiser, 5)
    assert move(show, organiser, 5, is_blank=True).furthest == 3
    assert move(show, organiser, 3).step == 3


def test_a_show_goes_on_where_the_other_stood_when_it_was_ended_not_when_somebody_looked(
    round: Round, organiser: User
) -> None:
    seen = make_show(round)
    move(seen, organiser, 4)

    assert seen.step == 0
    assert services.open_show(round=round, is_rehearsal=False, resumes=seen, actor=organiser, at=AT).step == 4


def test_a_stale_rehearsal_goes_on(round: Round, organiser: User) -> None:
    show = make_show(round, is_rehearsal=True)
    make_category(round, "lain", position=9)
    awards_in_force(round).filter(place=3).update(superseded_at=AT)

    assert move(show, organiser, 4).step == 4


def test_a_show_ends_once(round: Round, organiser: User) -> None:
    show = move(make_show(round), organiser, 2)

    services.end_show(show=show, actor=organiser, at=AT)

    assert events() == [("ceremony.show_ended", {"is_rehearsal": False, "reached": 2})]
    with pytest.raises(services.ShowOver):
        services.end_show(show=show, actor=organiser, at=AT)
    with pytest.raises(services.ShowOver):
        move(show, organiser, 3)


def test_a_screen_that_asks_is_noted_every_few_seconds(round: Round) -> None:
    show = make_show(round)
    seen = []
    for seconds in (0, 1, 2):
        services.note_screen(show=show, at=AT + timedelta(seconds=seconds))
        show.refresh_from_db()
        seen.append(show.screen_seen_at)

    assert seen == [AT, AT, AT + timedelta(seconds=2)]
    assert events() == []


@pytest.mark.parametrize("is_rehearsal", [True, False])
@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_nobody_else_opens_moves_or_ends_a_show(round: Round, role: Role, *, is_rehearsal: bool) -> None:
    actor, show = make_user(role, round=round), make_show(round, is_rehearsal=is_rehearsal)

    with pytest.raises(NotPermitted):
        services.open_show(round=round, is_rehearsal=is_rehearsal, actor=actor, at=AT)
    with pytest.raises(NotPermitted):
        move(show, actor, 1)
    with pytest.raises(NotPermitted):
        services.end_show(show=show, actor=actor, at=AT)


@pytest.mark.parametrize(
    ("state", "real", "rehearsal"),
    [
        (State.NOMINATION, False, False),
        (State.SCORING, False, True),
        (State.PLENARY, False, True),
        (State.DECIDED, True, True),
        (State.ANNOUNCED, True, True),
        (State.CLOSED, False, False),
    ],
)
def test_the_show_that_counts_needs_the_decision(
    round: Round, organiser: User, state: State, *, real: bool, rehearsal: bool
) -> None:
    Round.objects.filter(pk=round.pk).update(state=state)
    done = {}
    for is_rehearsal in (False, True):
        try:
            services.open_show(round=round, is_rehearsal=is_rehearsal, actor=organiser, at=AT)
        except NotPermitted:
            done[is_rehearsal] = False
        else:
            done[is_rehearsal] = True

    assert done == {False: real, True: rehearsal}


def test_a_real_show_stands_still_once_the_round_goes_back_to_the_plenary(round: Round, organiser: User) -> None:
    show = make_show(round)
    Round.objects.filter(pk=round.pk).update(state=State.PLENARY)

    with pytest.raises(NotPermitted):
        move(show, organiser, 1)
