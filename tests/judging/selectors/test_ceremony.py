"""Parts of a ceremony, what a show consists of, how it lies sealed on a screen, and when it is stale."""

import hmac
import json
from base64 import b64decode
from collections.abc import Callable
from datetime import timedelta
from itertools import combinations

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.models import Award, Ceremony, CeremonyShow, Guest
from judging.selectors.awards import awards_in_force
from judging.selectors.ceremony import award_called, called_in, ceremony_of, parts_of
from judging.selectors.ceremony_shows import (
    is_stale,
    presenter_state,
    presenter_steps,
    resumable,
    running_show,
    screen_state,
    sealed_steps,
    steps_of,
)
from judging.selectors.papers.ceremony import ceremony_book
from nominees.core.lifecycle import State
from nominees.models import Round
from tests.factories.awards import make_decided_round
from tests.factories.ceremony import make_ceremony, make_show, make_special_award
from tests.factories.world import AT, make_category, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 70), categories=2)


def opened(show: CeremonyShow, number: int, key: bytes) -> dict[str, object]:
    """Open a step as the screen does: AES-GCM with the key alone."""
    sealed = b64decode(sealed_steps(show)[number])
    found: dict[str, object] = json.loads(AESGCM(key).decrypt(bytes(12), sealed, None))
    return found


def loaded(show: CeremonyShow) -> CeremonyShow:
    found = running_show(show.code)
    assert found is not None
    return found


def test_parts_follow_the_running_order_and_what_it_does_not_name_comes_last(round: Round) -> None:
    special = make_special_award(round)
    make_ceremony(round, running_order=["kategori-kategori-2"])

    parts = parts_of(round, ceremony_of(round))

    assert [part.key for part in parts] == ["kategori-kategori-2", "kategori-kategori-1", f"khusus-{special.pk}"]
    assert [len(part.winners) for part in parts] == [3, 3, 1]
    assert parts[2].winners[0].name == special.recipient


@pytest.mark.parametrize("state", [State.SCORING, State.PLENARY])
def test_before_the_decision_no_part_names_anybody(round: Round, state: State) -> None:
    make_special_award(round)
    Round.objects.filter(pk=round.pk).update(state=state)
    round.refresh_from_db()

    assert [part.winners for part in parts_of(round, None)] == [(), ()]
    assert award_called(round, f"gelar-{awards_in_force(round)[0].pk}") is None


def test_awards_are_called_from_the_last_place_to_the_first(round: Round) -> None:
    called = called_in(round, parts_of(round, None))

    assert [one.winner.place for one in called] == [3, 2, 1, 3, 2, 1]


@pytest.mark.parametrize(
    "key", ["", "gelar", "gelar-", "gelar-0", "gelar-x", "khusus-1", "lain-1", "gelar-" + "9" * 30]
)
def test_a_key_that_names_no_award_is_none(round: Round, key: str) -> None:
    assert award_called(round, key) is None


def test_a_rehearsal_has_not_one_real_name(round: Round) -> None:
    special = make_special_award(round)
    real, rehearsal = make_show(round), make_show(round, is_rehearsal=True)
    names = {str(award.nomination) for award in awards_in_force(round)} | {special.recipient, special.title}

    assert all(name in real.content for name in names)
    assert [name for name in names if name in rehearsal.content] == []
    assert special.citation not in rehearsal.content
    shown = [row["name"] for step in steps_of(rehearsal) for row in step["rows"]]
    assert shown != []
    assert all("(contoh)" in name for name in shown)
    assert {step["mark"] for step in steps_of(rehearsal)[1:]} == {"LATIHAN (contoh)"}


def test_before_the_decision_a_rehearsal_has_a_place_for_each_title() -> None:
    round = make_round(state=State.SCORING)
    make_category(round, places=2)

    kinds = [step["kind"] for step in steps_of(make_show(round, is_rehearsal=True))]

    assert kinds == ["black", "opening", "part", "place", "place", "all", "part", "special", "closing"]


def test_a_rehearsal_tells_neither_shared_places_nor_how_many_awards_there_are(round: Round) -> None:
    shared = make_decided_round((90, 90, 70), categories=2, region_code="51")
    make_special_award(shared)
    make_special_award(shared)
    real = [len(steps_of(make_show(one))) for one in (round, shared)]

    told = [[step["rows"] for step in steps_of(make_show(one, is_rehearsal=True))] for one in (round, shared)]

    assert real[0] != real[1]
    assert told[0] == told[1]


def test_the_number_of_sealed_steps_tells_of_no_shared_place(round: Round) -> None:
    shared = make_show(make_decided_round((90, 90, 70), categories=2, region_code="51"))
    apart = make_show(round)

    assert len(steps_of(apart)) > len(steps_of(shared))
    assert len(sealed_steps(apart)) == len(sealed_steps(shared)) == 32


def test_each_step_opens_with_its_own_key_and_with_no_other(round: Round) -> None:
    show = make_show(round)
    keys = [hmac.digest(bytes(range(32)), b"paritrana-layar/1:%d" % step, "sha256") for step in range(4)]

    assert [opened(show, step, keys[step])["kind"] for step in range(4)] == ["black", "opening", "part", "place"]
    for one, other in combinations(range(4), 2):
        with pytest.raises(InvalidTag):
            opened(show, one, keys[other])


def test_sealed_steps_hold_no_name_and_their_length_tells_none(round: Round) -> None:
    show = make_show(round)
    sealed = sealed_steps(show)

    assert len({len(one) for one in sealed}) == 1
    assert len(set(sealed)) == len(sealed)
    shown = json.dumps(opened(show, 3, hmac.digest(bytes(range(32)), b"paritrana-layar/1:3", "sha256")))
    assert "winners" not in shown
    assert "gelar-" not in shown


def test_a_screen_is_told_the_key_of_the_present_step_alone(round: Round) -> None:
    show = make_show(round, step=3, furthest=5, turn=9)

    state = screen_state(show)

    assert opened(show, 3, b64decode(state.pop("key")))["kind"] == "place"
    assert state == {"turn": 9, "step": 3, "is_blank": False}


def test_a_dark_screen_is_told_no_key(round: Round) -> None:
    assert screen_state(make_show(round, step=3, furthest=3, is_blank=True))["key"] == ""


def test_another_show_may_go_on_with_the_last_of_its_kind_that_came_anywhere(round: Round) -> None:
    def ended(step: int, *, is_rehearsal: bool = False) -> CeremonyShow:
        return make_show(round, is_rehearsal=is_rehearsal, step=step, furthest=step, ended_at=AT)

    older, left, rehearsal = ended(4), ended(1), ended(3, is_rehearsal=True)
    assert resumable([rehearsal, left, older]) == [rehearsal, older]
    last = len(steps_of(older)) - 1
    assert resumable([ended(last), older]) == []
    assert resumable([make_show(round, step=4)]) == []


def _reordered(ceremony: Ceremony) -> None:
    ceremony.running_order = ["kategori-kategori-2", "kategori-kategori-1"]
    ceremony.save()


def _decided_anew(ceremony: Ceremony) -> None:
    Award.objects.filter(pk=awards_in_force(ceremony.round)[0].pk).update(superseded_at=AT)


@pytest.mark.parametrize("change", [_reordered, _decided_anew, lambda ceremony: make_special_award(ceremony.round)])
def test_a_show_is_stale_once_what_it_consists_of_has_changed(
    round: Round, change: Callable[[Ceremony], object]
) -> None:
    show = make_show(round)
    assert not is_stale(loaded(show))

    change(show.ceremony)

    assert is_stale(loaded(show))


def test_a_guest_makes_no_show_stale_and_is_a_note_of_the_real_one_alone(round: Round) -> None:
    show, rehearsal = make_show(round), make_show(round, is_rehearsal=True)
    third = awards_in_force(round).get(place=3, category__code="kategori-1")
    Guest.objects.create(
        ceremony=show.ceremony, award=third, name="Ibu Tamu (contoh)", office="Bupati", say="na-GE-keo", is_absent=True
    )

    place = presenter_steps(loaded(show))[3]

    assert not is_stale(loaded(show))
    assert (place["notes"][0]["guest"], place["notes"][0]["say"]) == ("Ibu Tamu (contoh), Bupati", "na-GE-keo")
    assert [step["may_skip"] for step in presenter_steps(loaded(show))[2:7]] == [False, True, False, False, False]
    assert "Tamu" not in json.dumps(presenter_steps(loaded(rehearsal)))
    Guest.objects.update(name="")
    assert presenter_steps(loaded(show))[3]["notes"][0]["guest"] == ""  # an office alone that does not come


def test_the_presenter_learns_when_a_screen_last_asked(round: Round) -> None:
    show = make_show(round, screen_seen_at=AT)

    told = [presenter_state(loaded(show), at=AT + timedelta(seconds=ago))["screen_ago"] for ago in (3, 5, 6)]

    assert told == [3, 5, None]


def test_a_show_that_has_ended_is_not_found_by_its_code(round: Round) -> None:
    assert running_show(make_show(round, ended_at=AT).code) is None


def test_papers_count_steps_as_the_show_does_and_know_who_comes(round: Round) -> None:
    show = make_show(round)
    first = awards_in_force(round).get(place=1, category__code="kategori-1")
    Guest.objects.create(ceremony=show.ceremony, award=first, name="Ibu Tamu (contoh)", seat="A1")

    book = ceremony_book(round, AT)

    assert [(step.number, step.kind) for step in book.steps] == list(
        enumerate((step["kind"] for step in steps_of(show)), start=1)
    )
    assert (book.winners[2].guest, book.winners[2].seat, book.is_secret) == ("Ibu Tamu (contoh)", "A1", True)


@pytest.mark.parametrize("categories", [1, 12])
def test_the_presenter_costs_the_same_for_a_few_steps_and_for_many(categories: int) -> None:
    show = make_show(make_decided_round((90, 80, 70), categories=categories))

    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = loaded(show)
        presenter_steps(found)
        presenter_state(found, at=AT)

    assert len(queries) == 7
