"""A result is published once for all: with the announcement, by whom it concerns, and never changed."""

import hashlib
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from judging.core.publication import read
from judging.models import Publication, PublicationRules
from judging.services import announcement, rounds
from judging.services.publication import (
    EmbargoTooFar,
    NothingToPublish,
    PublicationReasonMissing,
    PublicationUnchanged,
    publish,
)
from judging.services.rounds import RoundNotReady
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round
from tests.factories.publications import make_organiser, make_publication, set_rules
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80), state=State.ANNOUNCED, is_demo=True)


@pytest.fixture
def organiser(round: Round) -> User:
    return make_organiser(round)


def _actions() -> list[str]:
    return list(AuditEvent.objects.filter(action__startswith="publication.").values_list("action", flat=True))


def test_a_publication_keeps_the_document_its_hash_and_its_address(round: Round, organiser: User) -> None:
    found = publish(round=round, actor=organiser, at=AT)

    results = read(found.content)
    assert (found.version, found.year, found.place_code, found.is_demo) == (1, 2024, "53", True)
    assert (found.visible_from, found.published_at, found.published_by, found.reason) == (AT, AT, organiser, "")
    assert found.sha256 == hashlib.sha256(found.content.encode()).hexdigest()
    assert (results.version, results.published_at, results.mark) == (
        1,
        "2025-06-24T01:00:00Z",
        "CONTOH: bukan hasil sebenarnya",
    )
    event = AuditEvent.objects.get(action="publication.published")
    assert (event.chain, event.actor) == ("2024/53", organiser)
    assert found.sha256 in event.payload


def test_an_embargo_puts_off_when_it_is_seen(round: Round, organiser: User) -> None:
    set_rules(round, organiser, embargo_until=AT + HOUR)

    found = publish(round=round, actor=organiser, at=AT)

    assert found.visible_from == AT + HOUR
    assert read(found.content).visible_from == "2025-06-24T02:00:00Z"


def test_another_version_needs_a_reason_and_something_to_say(round: Round, organiser: User) -> None:
    first = publish(round=round, actor=organiser, at=AT)

    with pytest.raises(PublicationReasonMissing):
        publish(round=round, actor=organiser, at=AT + HOUR, reason=" ")
    with pytest.raises(PublicationUnchanged) as refusal:
        publish(round=round, actor=organiser, at=AT + HOUR, reason="lagi")
    assert refusal.value.facts == {"version": 1}

    set_rules(round, organiser, words="Selamat.")
    second = publish(round=round, actor=organiser, at=AT + HOUR, reason=" ucapan ")
    assert (second.version, second.reason) == (2, "ucapan")
    assert read(second.content).words == "Selamat."
    first.refresh_from_db()
    assert read(first.content).words == ""


def test_an_embargo_is_put_off_or_lifted_by_another_version_while_nobody_has_seen_the_first(
    round: Round, organiser: User
) -> None:
    set_rules(round, organiser, embargo_until=AT + 2 * HOUR)
    publish(round=round, actor=organiser, at=AT)
    set_rules(round, organiser)

    found = publish(round=round, actor=organiser, at=AT + HOUR, reason="acara dimajukan")

    assert (found.version, found.visible_from) == (2, AT + HOUR)


@pytest.mark.parametrize("state", [state for state in State if state != State.ANNOUNCED])
def test_nothing_is_published_before_or_after_the_round_is_announced(
    round: Round, organiser: User, state: State
) -> None:
    Round.objects.filter(pk=round.pk).update(state=state)

    with pytest.raises(NotPermitted):
        publish(round=round, actor=organiser, at=AT)
    assert not Publication.objects.exists()


@pytest.mark.parametrize("role", list(Role))
def test_organiser_and_secretariat_publish_and_nobody_else(round: Round, role: Role) -> None:
    user = make_user(role, round=round)

    if role in (Role.ORGANISER, Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT):
        assert set_rules(round, user).pk
        assert publish(round=round, actor=user, at=AT).version == 1
        return
    with pytest.raises(NotPermitted):
        set_rules(round, user)
    with pytest.raises(NotPermitted):
        publish(round=round, actor=user, at=AT)
    assert _actions() == []


def test_another_province_publishes_nothing(round: Round) -> None:
    stranger = make_organiser(make_round(region_code="52", state=State.ANNOUNCED))

    with pytest.raises(NotPermitted):
        publish(round=round, actor=stranger, at=AT)


def test_without_a_decision_there_is_nothing_to_publish() -> None:
    round = make_round(state=State.ANNOUNCED)

    with pytest.raises(NothingToPublish):
        publish(round=round, actor=make_organiser(round), at=AT)


def test_rules_are_kept_once_per_round_and_logged(round: Round, organiser: User) -> None:
    set_rules(round, organiser, words=" satu\r\ndua ", contact=" Biro ")
    set_rules(round, organiser, shows_totals=True, embargo_until=AT + timedelta(days=90))

    rules = PublicationRules.objects.get()
    assert (rules.shows_totals, rules.words, rules.embargo_until) == (True, "", AT + timedelta(days=90))
    assert _actions() == ["publication.rules_saved"] * 2
    assert '"words":"satu\\ndua"' in AuditEvent.objects.filter(action="publication.rules_saved").earliest("seq").payload


def test_an_embargo_of_the_wrong_year_is_refused(round: Round, organiser: User) -> None:
    with pytest.raises(EmbargoTooFar) as refusal:
        set_rules(round, organiser, embargo_until=AT + timedelta(days=91))

    assert refusal.value.facts == {"days": 90}
    assert not PublicationRules.objects.exists()


@pytest.mark.parametrize("state", [State.PREPARATION, State.NOMINATION, State.SCORING, State.CLOSED])
def test_rules_are_set_from_the_plenary_until_the_round_is_closed(round: Round, organiser: User, state: State) -> None:
    Round.objects.filter(pk=round.pk).update(state=state)

    with pytest.raises(NotPermitted):
        set_rules(round, organiser)


@pytest.mark.parametrize("by_page", [True, False])
def test_whoever_announces_publishes(
    round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch, *, by_page: bool
) -> None:
    Round.objects.filter(pk=round.pk).update(state=State.DECIDED)
    round.refresh_from_db()
    monkeypatch.setattr(rounds, "unmet_conditions", lambda *_: [])

    if by_page:
        rounds.advance_round(round=round, target=State.ANNOUNCED, actor=organiser, at=AT)
    else:
        announcement.announce(round=round, actor=organiser, at=AT)

    assert Publication.objects.get().version == 1
    assert Round.objects.get(pk=round.pk).state == State.ANNOUNCED


def test_what_is_not_announced_is_not_published(round: Round, organiser: User) -> None:
    Round.objects.filter(pk=round.pk).update(state=State.DECIDED)

    with pytest.raises(RoundNotReady):
        announcement.announce(round=round, actor=organiser, at=AT)

    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE judging_publication SET content = '{}'",
        "UPDATE judging_publication SET visible_from = '2020-01-01 00:00:00'",
        "DELETE FROM judging_publication",
    ],
)
def test_the_database_refuses_to_change_what_was_published(round: Round, statement: str) -> None:
    make_publication(round)

    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_defaults_tell_neither_totals_nor_other_names() -> None:
    rules = PublicationRules()

    assert (rules.shows_totals, rules.shows_unplaced, rules.embargo_until) == (False, False, None)
