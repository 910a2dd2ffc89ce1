"""The words of the decree: kept as written, empty where only an example was repeated."""

from dataclasses import asdict, replace

import pytest

from judging.models import DecreeText
from judging.selectors.papers.decree_words import DecreeWords, decree_words, example_words
from judging.services.decree import MOST_LINES, DecreeTooLong, save_decree_words
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


def _save(round: Round, words: DecreeWords, actor: User) -> DecreeText:
    return save_decree_words(round=round, words=words, actor=actor, at=AT)


def test_what_is_written_is_kept_and_examples_are_not(round: Round, organiser: User) -> None:
    shown = decree_words(round)

    row = _save(round, replace(shown, number="SK-1/2025", provisions="Satu.\nDua."), organiser)

    written = {name: getattr(row, name) for name in asdict(shown) if getattr(row, name)}
    assert written == {"number": "SK-1/2025", "provisions": "Satu.\nDua."}
    assert decree_words(round) == replace(shown, number="SK-1/2025", provisions="Satu.\nDua.")
    event = AuditEvent.objects.get(action="decree.words_saved")
    assert '"changed":["number","provisions"]' in event.payload.replace(" ", "")


def test_examples_follow_the_issuer_and_the_subject_that_are_written(round: Round, organiser: User) -> None:
    shown = replace(decree_words(round), issuer="Ketua Panitia (contoh)")

    row = _save(round, shown, organiser)

    assert (row.issuer, row.subject) == ("Ketua Panitia (contoh)", "")
    assert row.signer_office == shown.signer_office  # it was not the example of this issuer
    assert "Keputusan Ketua Panitia (contoh) tentang" in example_words(round, decree_words(round)).considerations


def test_saving_the_same_again_leaves_no_second_trace(round: Round, organiser: User) -> None:
    words = replace(decree_words(round), place="Ende")

    for _ in range(2):
        _save(round, words, organiser)

    assert DecreeText.objects.count() == 1
    assert AuditEvent.objects.filter(action="decree.words_saved").count() == 1


def test_a_list_without_end_is_refused(round: Round, organiser: User) -> None:
    with pytest.raises(DecreeTooLong):
        _save(round, replace(decree_words(round), provisions="x\n" * (MOST_LINES + 1)), organiser)

    assert not DecreeText.objects.exists()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR])
def test_others_may_not(round: Round, role: Role) -> None:
    with pytest.raises(NotPermitted):
        _save(round, decree_words(round), make_user(role, round=round))


@pytest.mark.parametrize(
    ("state", "is_open"),
    [(State.SCORING, False), (State.PLENARY, True), (State.ANNOUNCED, True), (State.CLOSED, False)],
)
def test_it_is_written_from_the_plenary_to_the_announcement(round: Round, state: State, is_open: bool) -> None:
    Round.objects.filter(pk=round.pk).update(state=state)
    actor = make_user(Role.SECRETARIAT, round=round)

    if is_open:
        assert _save(round, decree_words(round), actor).round == round
    else:
        with pytest.raises(NotPermitted):
            _save(round, decree_words(round), actor)
