"""Amendments of minutes: two people, words only, and nothing that was said is ever changed."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from judging.models import Document, DocumentKind, MinutesCorrection, Plenary, Seating
from judging.selectors.amendments import amendments_in_force
from judging.selectors.documents import DocumentDamaged
from judging.services import amendments as services
from judging.services.amendments import confirm_amendment, request_amendment, withdraw_amendment
from judging.services.documents import AmendmentsStand, revoke_document
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.amendments import WORDS, make_amendment, make_minutes
from tests.factories.awards import make_decided_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
LATER = AT + timedelta(hours=1)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def minutes(round: Round) -> Iterator[Document]:
    found = make_minutes(round)
    yield found
    default_storage.delete(found.file.name)


@pytest.fixture
def secretary(round: Round) -> User:
    return make_user(Role.SECRETARIAT, round=round)


@pytest.fixture
def chair(round: Round) -> User:
    return make_user(Role.CHAIR, round=round)


def _ask(round: Round, actor: User, **changes: str) -> MinutesCorrection:
    return request_amendment(round=round, actor=actor, at=AT, **WORDS | changes)


def _events(round: Round) -> list[str]:
    rows = AuditEvent.objects.filter(chain=round.scope, action__startswith="minutes.").order_by("seq")
    return list(rows.values_list("action", flat=True))


def test_one_asks_another_confirms_and_both_are_told(
    round: Round, minutes: Document, secretary: User, chair: User
) -> None:
    asked = _ask(round, secretary, number="PB-7")
    assert list(amendments_in_force(minutes)) == []

    done = confirm_amendment(correction=asked, actor=chair, at=LATER)

    assert (done.minutes, done.serial, done.number) == (minutes, 1, "PB-7")
    assert (done.part, done.wrong, done.right, done.reason) == tuple(WORDS.values())
    assert (done.requested_by, done.requested_at) == (secretary, AT)
    assert (done.confirmed_by, done.confirmed_at) == (chair, LATER)
    assert list(amendments_in_force(minutes)) == [done]
    assert _events(round) == ["minutes.amendment_requested", "minutes.amendment_confirmed"]
    event = AuditEvent.objects.get(action="minutes.amendment_requested")
    assert all(words in event.payload for words in (minutes.number, *WORDS.values()))


def test_minutes_are_not_revoked_under_an_issued_amendment(
    round: Round, minutes: Document, secretary: User, chair: User
) -> None:
    done = confirm_amendment(correction=_ask(round, secretary), actor=chair, at=LATER)
    paper = make_minutes(round, kind=DocumentKind.AMENDMENT, correction=done, number="PB-01")
    told: dict[str, Any] = {"reason": "salah cetak", "actor": secretary, "at": LATER}

    with pytest.raises(AmendmentsStand) as refused:
        revoke_document(document=minutes, **told)

    assert refused.value.facts == {"numbers": "PB-01"}
    minutes.refresh_from_db()
    assert minutes.revoked_at is None
    revoke_document(document=paper, **told)
    assert revoke_document(document=minutes, **told).revoked_at == LATER
    default_storage.delete(paper.file.name)


def test_serials_count_and_the_minutes_stay_as_they_were_issued(
    round: Round, minutes: Document, secretary: User
) -> None:
    before = Document.objects.filter(pk=minutes.pk).values().get()

    assert [_ask(round, secretary).serial for _ in range(2)] == [1, 2]

    assert Document.objects.filter(pk=minutes.pk).values().get() == before


def test_who_asked_does_not_confirm(round: Round, minutes: Document, secretary: User) -> None:
    asked = _ask(round, secretary)

    with pytest.raises(services.OwnAmendment):
        confirm_amendment(correction=asked, actor=secretary, at=LATER)

    assert list(amendments_in_force(minutes)) == []


def test_withdrawn_it_never_comes_into_force(round: Round, minutes: Document, secretary: User, chair: User) -> None:
    asked = _ask(round, secretary)

    withdraw_amendment(correction=asked, actor=chair, at=LATER)

    with pytest.raises(services.AmendmentSettled):
        confirm_amendment(correction=asked, actor=chair, at=LATER)
    assert list(amendments_in_force(minutes)) == []
    assert _events(round) == ["minutes.amendment_requested", "minutes.amendment_withdrawn"]


def test_confirmed_it_is_not_taken_back(round: Round, minutes: Document, secretary: User, chair: User) -> None:
    asked = _ask(round, secretary)
    confirm_amendment(correction=asked, actor=chair, at=LATER)

    with pytest.raises(services.AmendmentSettled):
        withdraw_amendment(correction=asked, actor=chair, at=LATER)


@pytest.mark.parametrize("field", ["part", "wrong", "right", "reason"])
def test_nothing_is_left_out(round: Round, minutes: Document, secretary: User, field: str) -> None:
    with pytest.raises(services.AmendmentIncomplete):
        _ask(round, secretary, **{field: "  "})


def test_the_same_words_are_no_amendment(round: Round, minutes: Document, secretary: User) -> None:
    with pytest.raises(services.AmendmentChangesNothing):
        _ask(round, secretary, wrong="Aula  (contoh)", right="Aula (contoh) ")


@pytest.mark.parametrize("wrong", ["Balai (contoh)", "Aula Lantai", "…"])
def test_words_that_the_minutes_do_not_say_are_refused(
    round: Round, minutes: Document, secretary: User, wrong: str
) -> None:
    with pytest.raises(services.AmendmentNotQuoted):
        _ask(round, secretary, wrong=wrong)
    assert not MinutesCorrection.objects.exists()


def test_the_minutes_are_read_as_amended(round: Round, minutes: Document, secretary: User, chair: User) -> None:
    first = _ask(round, secretary)
    again = {"wrong": WORDS["right"], "right": "Aula Utama (contoh)"}
    with pytest.raises(services.AmendmentNotQuoted):
        _ask(round, secretary, **again)
    confirm_amendment(correction=first, actor=chair, at=LATER)

    assert _ask(round, secretary, **again).serial == 2


def test_minutes_that_were_damaged_are_not_amended(round: Round, minutes: Document, secretary: User) -> None:
    damaged = make_minutes(round, sha256="0" * 64)

    with pytest.raises(DocumentDamaged):
        _ask(round, secretary)
    default_storage.delete(damaged.file.name)


def test_titles_totals_and_exchanged_names_are_refused(round: Round, minutes: Document, secretary: User) -> None:
    first, second = (str(one) for one in round.nominations.order_by("number"))
    total = minutes.tabulation.awards.order_by("place")[0].standing.score
    refused = {}

    for wrong, right in (("Terbaik III", "Terbaik II"), ("nilai", f"nilai {total}"), (first, second)):
        with pytest.raises(services.AmendmentTouchesResult) as caught:
            _ask(round, secretary, wrong=wrong, right=right)
        refused[right] = caught.value.facts["words"]

    assert refused["Terbaik II"] == "terbaik iii"
    assert refused[f"nilai {total}"] == total.replace(".", ",")
    assert refused[second] in {first, second}
    assert not MinutesCorrection.objects.exists()


def test_without_minutes_that_stand_there_is_nothing_to_amend(
    round: Round, minutes: Document, secretary: User, chair: User
) -> None:
    asked = _ask(round, secretary)
    Document.objects.filter(pk=minutes.pk).update(revoked_at=LATER)

    with pytest.raises(services.NoMinutesToAmend):
        _ask(round, secretary)
    with pytest.raises(services.NoMinutesToAmend):
        confirm_amendment(correction=asked, actor=chair, at=LATER)


def test_the_holder_of_the_secretarys_seat_may(round: Round, minutes: Document, secretary: User) -> None:
    holder = Seating.objects.get(seat__round=round, seat__office="secretary").user
    assert holder is not None

    done = confirm_amendment(correction=_ask(round, secretary), actor=holder, at=LATER)

    assert done.confirmed_by == holder


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.PANEL_MEMBER, Role.AUDITOR])
def test_others_may_not(round: Round, minutes: Document, secretary: User, role: Role) -> None:
    other = make_user(role, round=round)
    asked = _ask(round, secretary)

    for act in (confirm_amendment, withdraw_amendment):
        with pytest.raises(NotPermitted):
            act(correction=asked, actor=other, at=LATER)
    with pytest.raises(NotPermitted):
        _ask(round, other)


@pytest.mark.parametrize("state", [State.PLENARY, State.CLOSED])
def test_only_decided_rounds_have_minutes_to_amend(
    round: Round, minutes: Document, secretary: User, state: State
) -> None:
    Round.objects.filter(pk=round.pk).update(state=state)

    with pytest.raises(NotPermitted):
        _ask(round, secretary)


@pytest.mark.parametrize("settled", ["confirmed_at", "withdrawn_at"])
def test_the_database_keeps_what_is_settled(round: Round, minutes: Document, secretary: User, settled: str) -> None:
    one = make_amendment(round, secretary, minutes=minutes, **{settled: LATER})

    for change in ({"right": "lain"}, {settled: None}, {"reason": "lain"}):
        with pytest.raises(DatabaseError), transaction.atomic():
            MinutesCorrection.objects.filter(pk=one.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        MinutesCorrection.objects.filter(pk=one.pk)._raw_delete("default")


def test_the_database_keeps_what_was_asked_for(round: Round, minutes: Document, secretary: User) -> None:
    one = make_amendment(round, secretary, minutes=minutes)

    for change in ({"wrong": "lain"}, {"right": "lain"}, {"serial": 9}, {"number": "9"}, {"requested_at": LATER}):
        with pytest.raises(DatabaseError), transaction.atomic():
            MinutesCorrection.objects.filter(pk=one.pk).update(**change)

    assert Plenary.objects.get(corrections=one) == one.plenary
