"""What the public learns costs a few queries, and a signed file is known only by its own bytes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.models import Document
from judging.selectors.awards import awards_in_force
from judging.selectors.public_check import UNKNOWN, Answer, Check, Embargo, checked_by_checksum, checked_by_code
from nominees.core.lifecycle import State
from tests.factories.amendments import make_amendment, make_minutes
from tests.factories.awards import make_decided_round, make_document
from tests.factories.publications import make_publication
from tests.factories.signing import make_signed
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


HOUR = timedelta(hours=1)


@pytest.fixture
def document() -> Document:
    round = make_decided_round((90, 80), state=State.ANNOUNCED)
    make_publication(round)
    return make_document(awards_in_force(round)[0])


def _cost(ask: Callable[[], Check]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def test_an_answer_costs_two_queries_signed_or_not(document: Document) -> None:
    by_code, by_file = (
        partial(checked_by_code, document.check_code, AT),
        partial(checked_by_checksum, document.sha256, AT),
    )
    before = [_cost(by_code), _cost(by_file)]
    signed = make_signed(document)

    assert before == [_cost(by_code), _cost(by_file)] == [2, 2]
    assert _cost(partial(checked_by_checksum, signed.sha256, AT)) == 2


def test_a_signed_file_is_found_by_its_bytes(document: Document) -> None:
    old = make_signed(document, content=b"%PDF lama", superseded_at=AT)
    now = make_signed(document, content=b"%PDF baru")

    assert checked_by_checksum(now.sha256, AT) == Check(Answer.GENUINE, document, now)
    assert checked_by_checksum(document.sha256, AT) == Check(Answer.GENUINE, document, now)
    assert checked_by_checksum(old.sha256, AT) == Check(Answer.REVOKED, document, now, older=True)
    assert checked_by_checksum("0" * 64, AT) == UNKNOWN


def test_nothing_is_told_before_the_result_can_be_read() -> None:
    round = make_decided_round((90, 80), state=State.ANNOUNCED)
    document = make_document(awards_in_force(round)[0])
    signed = make_signed(document)

    def asked(at: datetime) -> tuple[Answer, set[Answer]]:
        by_file = {checked_by_checksum(one.sha256, at).answer for one in (document, signed)}
        return checked_by_code(document.check_code, at).answer, by_file

    assert asked(AT) == (Answer.UNKNOWN, {Answer.UNKNOWN})
    make_publication(round, embargo_until=AT + HOUR)
    assert asked(AT) == asked(AT + HOUR - timedelta(seconds=1)) == (Answer.SEALED, {Answer.UNKNOWN})
    assert asked(AT + HOUR) == (Answer.GENUINE, {Answer.GENUINE})


def test_under_embargo_a_code_tells_the_end_of_the_embargo_in_force_and_nothing_else() -> None:
    round = make_decided_round((90, 80), state=State.ANNOUNCED, is_demo=True)
    document = make_document(awards_in_force(round)[0])
    make_publication(round, embargo_until=AT + HOUR)
    make_publication(round, reason="ditunda", embargo_until=AT + 2 * HOUR)

    sealed = Check(Answer.SEALED, embargo=Embargo(AT + 2 * HOUR, round.time_zone, is_demo=True))
    assert checked_by_code(document.check_code, AT) == sealed
    assert _cost(partial(checked_by_code, document.check_code, AT)) == 3
    assert checked_by_code("0" * 16, AT) == UNKNOWN


def test_a_paper_revoked_under_embargo_is_unknown() -> None:
    round = make_decided_round((90, 80), state=State.ANNOUNCED)
    document = make_document(awards_in_force(round)[0])
    make_publication(round, embargo_until=AT + HOUR)
    Document.objects.update(revoked_at=AT, revoked_reason="salah")

    assert checked_by_code(document.check_code, AT) == UNKNOWN


def test_minutes_name_the_amendments_that_are_in_force() -> None:
    round = make_decided_round((90, 80), state=State.ANNOUNCED)
    make_publication(round)
    user = make_user()
    minutes = make_minutes(round)
    make_amendment(round, user, minutes=minutes, number="P-1")
    make_amendment(round, user, minutes=minutes, number="P-2", confirmed_by=user, confirmed_at=AT)
    make_amendment(round, user, minutes=minutes, confirmed_by=user, confirmed_at=AT)
    make_amendment(round, user, minutes=minutes, number="P-4", confirmed_by=user, confirmed_at=AT, withdrawn_at=AT)

    assert checked_by_code(minutes.check_code, AT).amendments == ("P-2", "3")


def test_the_signed_file_of_a_revoked_paper_is_revoked(document: Document) -> None:
    signed = make_signed(document)
    Document.objects.update(revoked_at=AT, revoked_reason="salah")

    assert checked_by_checksum(signed.sha256, AT).answer == Answer.REVOKED
