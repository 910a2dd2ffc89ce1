"""Papers in earnest: rendered from a decided round, the same bytes for the same facts."""

from collections.abc import Callable
from decimal import Decimal
from io import BytesIO
from itertools import count
from typing import Literal

import pytest
from django.db import transaction
from pypdf import PdfReader

from judging.models import CertificateDesign, Decision, DecisionKind, Recusal, RecusalState, Seat
from judging.selectors.documents import stored_bytes
from judging.services.documents import issue_all, issue_certificates
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from tests.factories.awards import make_decided_round
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db


def _codes() -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{next(numbers):016d}"


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


def _decisions(round: Round, user: User) -> None:
    """A recusal, an exception and a deviation for the minutes to tell of."""
    first, second = round.nominations.order_by("number")
    Recusal.objects.create(
        seat=Seat.objects.filter(round=round)[3],
        nomination=first,
        reason="hubungan keluarga (contoh)",
        state=RecusalState.CONFIRMED,
        declared_by=user,
        declared_at=AT,
    )
    for kind, order in ((DecisionKind.QUORUM, []), (DecisionKind.DEVIATION, [second.pk, first.pk])):
        decision = Decision.objects.create(
            round=round,
            plenary=round.tabulations.get().plenary,
            category=round.categories.get(),
            kind=kind,
            order=order,
            votes_for=7,
            votes_against=1,
            reason="data belum diverifikasi (contoh)",
            decided_by=user,
            decided_at=AT,
        )
        decision.nominations.set([first, second])


def test_issue_all_stores_every_paper_with_its_number_checksum_and_event(round: Round, organiser: User) -> None:
    from openpyxl import load_workbook

    _decisions(round, organiser)

    issued = issue_all(round=round, actor=organiser, at=AT, code_generator=_codes())

    kinds = [document.kind for document in issued]
    assert kinds == ["certificate", "certificate", "ranking_sheet", "explanation_sheets", "minutes", "ranking_workbook"]
    assert [document.number for document in issued] == [
        "001/PARITRANA/NTT/2025",
        "002/PARITRANA/NTT/2025",
        "LP-01/PARITRANA/NTT/2025",
        "PJ-01/PARITRANA/NTT/2025",
        "BA-01/PARITRANA/NTT/2025",
        "BK-01/PARITRANA/NTT/2025",
    ]
    contents = [stored_bytes(document) for document in issued]
    assert [content[:4] for content in contents] == [b"%PDF"] * 5 + [b"PK\x03\x04"]
    minutes = "".join(page.extract_text() for page in PdfReader(BytesIO(contents[4])).pages)
    assert "hubungan keluarga (contoh)" in minutes
    assert "data belum diverifikasi (contoh)" in minutes
    assert load_workbook(BytesIO(contents[5])).sheetnames[1] == "1 Nilai unsur"
    events = AuditEvent.objects.filter(chain=round.scope, action="document.issued")
    assert [event.object_id for event in events] == [str(document.pk) for document in issued]
    assert all(document.sha256 in event.payload for document, event in zip(issued, events, strict=True))
    assert not any(document.check_code in event.payload for document in issued for event in events)


def test_the_same_codes_and_moment_give_the_same_bytes(round: Round, organiser: User) -> None:
    with transaction.atomic():
        issued = issue_certificates(round=round, actor=organiser, at=AT, code_generator=_codes())
        sums = [document.sha256 for document in issued]
        transaction.set_rollback(True)

    again = issue_certificates(round=round, actor=organiser, at=AT, code_generator=_codes())

    assert [document.sha256 for document in again] == sums


def test_certificates_are_one_page_each_and_carry_the_check_code(round: Round, organiser: User) -> None:
    first, second = issue_certificates(round=round, actor=organiser, at=AT, code_generator=_codes())

    pages = [PdfReader(BytesIO(stored_bytes(document))).pages for document in (first, second)]
    assert [len(one) for one in pages] == [1, 1]
    text = pages[0][0].extract_text()
    assert "0000-0000-0000-0001" in text
    assert first.number in text
    assert "TERBAIK I" in text.upper()


@pytest.mark.parametrize(("paper", "millimetres"), [("A4", (297, 210)), ("F4", (330, 215))])
def test_certificates_are_set_on_the_paper_of_their_design(
    round: Round, organiser: User, paper: Literal["A4", "F4"], millimetres: tuple[int, int]
) -> None:
    CertificateDesign.objects.create(round=round, use="award", paper=paper, changed_by=organiser, changed_at=AT)

    (first, *_rest) = issue_certificates(round=round, actor=organiser, at=AT)

    (page,) = PdfReader(BytesIO(stored_bytes(first))).pages
    size = (page.mediabox.width, page.mediabox.height)
    assert tuple(int(points * 254 / 720 + Decimal("0.5")) for points in map(Decimal, map(str, size))) == millimetres
