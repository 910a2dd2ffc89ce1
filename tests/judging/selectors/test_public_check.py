"""What the public learns costs a few queries, and a signed file is known only by its own bytes."""

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.models import Document
from judging.selectors.awards import awards_in_force
from judging.selectors.public_check import UNKNOWN, Answer, Check, checked_by_checksum, checked_by_code
from nominees.core.lifecycle import State
from nominees.models import Round
from tests.factories.awards import make_decided_round, make_document
from tests.factories.signing import make_signed
from tests.factories.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def document() -> Document:
    round = make_decided_round((90, 80), state=State.ANNOUNCED)
    return make_document(awards_in_force(round)[0])


def _cost(ask: Callable[[], Check]) -> int:
    with CaptureQueriesContext(connection) as captured:
        ask()
    return len(captured)


def test_an_answer_costs_two_queries_signed_or_not(document: Document) -> None:
    by_code, by_file = partial(checked_by_code, document.check_code), partial(checked_by_checksum, document.sha256)
    before = [_cost(by_code), _cost(by_file)]
    signed = make_signed(document)

    assert before == [_cost(by_code), _cost(by_file)] == [2, 2]
    assert _cost(partial(checked_by_checksum, signed.sha256)) == 2


def test_a_signed_file_is_found_by_its_bytes(document: Document) -> None:
    old = make_signed(document, content=b"%PDF lama", superseded_at=AT)
    now = make_signed(document, content=b"%PDF baru")

    assert checked_by_checksum(now.sha256) == Check(Answer.GENUINE, document, now)
    assert checked_by_checksum(document.sha256) == Check(Answer.GENUINE, document, now)
    assert checked_by_checksum(old.sha256) == Check(Answer.GENUINE, document, now, older=True)
    assert checked_by_checksum("0" * 64) == UNKNOWN


def test_a_signed_file_tells_nothing_before_the_announcement(document: Document) -> None:
    signed = make_signed(document)
    assert checked_by_checksum(signed.sha256).answer == Answer.GENUINE

    Round.objects.update(state=State.DECIDED)

    assert checked_by_checksum(signed.sha256) == UNKNOWN


def test_the_signed_file_of_a_revoked_paper_is_revoked(document: Document) -> None:
    signed = make_signed(document)
    Document.objects.update(revoked_at=AT, revoked_reason="salah")

    assert checked_by_checksum(signed.sha256).answer == Answer.REVOKED
