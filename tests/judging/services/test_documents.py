"""Papers are issued once, keep their bytes, and are found damaged, revoked or replaced as they are."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from judging.models import Document, DocumentKind
from judging.selectors.awards import awards_in_force
from judging.selectors.documents import DocumentDamaged, stored_bytes
from judging.services import documents
from judging.services import paper_making as making
from judging.services.documents import (
    AlreadyRevoked,
    IssuedMeanwhile,
    NothingDecided,
    RevocationReasonMissing,
    issue_all,
    issue_certificates,
    issue_explanation_sheets,
    issue_minutes,
    issue_ranking_sheet,
    issue_ranking_workbook,
    revoke_document,
)
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.awards import make_decided_round, make_document, quick_papers
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quick_papers(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_papers(monkeypatch)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def organiser(round: Round) -> User:
    return make_user(Role.ORGANISER, round=round)


def _files() -> set[str]:
    try:
        return set(default_storage.listdir("documents/2024")[1])
    except FileNotFoundError:
        return set()


def test_a_second_run_issues_nothing_and_returns_the_same_bytes(round: Round, organiser: User) -> None:
    first = issue_certificates(round=round, actor=organiser, at=AT)
    before = [stored_bytes(document) for document in first]
    events, files = AuditEvent.objects.count(), _files()

    second = issue_certificates(round=round, actor=organiser, at=AT.replace(hour=5))

    assert second == first
    assert [stored_bytes(document) for document in second] == before
    assert (AuditEvent.objects.count(), _files()) == (events, files)


def test_each_paper_can_be_issued_alone(round: Round, organiser: User) -> None:
    sheet = issue_ranking_sheet(subject=round.categories.get(), actor=organiser, at=AT)
    explanations = issue_explanation_sheets(subject=round.categories.get(), actor=organiser, at=AT)
    minutes = issue_minutes(round=round, actor=organiser, at=AT)
    workbook = issue_ranking_workbook(round=round, actor=organiser, at=AT)

    assert [one.kind for one in (sheet, explanations, minutes, workbook)] == [
        "ranking_sheet",
        "explanation_sheets",
        "minutes",
        "ranking_workbook",
    ]
    assert issue_ranking_sheet(subject=round.categories.get(), actor=organiser, at=AT) == sheet
    assert issue_explanation_sheets(subject=round.categories.get(), actor=organiser, at=AT) == explanations
    assert Document.objects.count() == 4


def test_the_first_minutes_carry_the_number_given_at_the_plenary() -> None:
    round = make_decided_round((90,), minutes_number="400.14/7/2025")
    organiser = make_user(Role.ORGANISER, round=round)

    first = issue_minutes(round=round, actor=organiser, at=AT)
    revoke_document(document=first, reason="salah ketik", actor=organiser, at=AT)
    second = issue_minutes(round=round, actor=organiser, at=AT)

    assert (first.number, second.number) == ("400.14/7/2025", "BA-02/PARITRANA/NTT/2025")


def test_check_codes_are_drawn_and_never_repeat(round: Round, organiser: User) -> None:
    issued = issue_certificates(round=round, actor=organiser, at=AT)

    codes = {document.check_code for document in issued}
    assert len(codes) == len(issued)
    assert all(len(code) == 16 for code in codes)


def test_a_revoked_certificate_stays_stored_and_is_replaced_under_a_new_number(round: Round, organiser: User) -> None:
    first, other = issue_certificates(round=round, actor=organiser, at=AT)

    revoke_document(document=first, reason="nama salah", actor=organiser, at=AT)
    replaced, same = issue_certificates(round=round, actor=organiser, at=AT)

    first.refresh_from_db()
    assert (first.revoked_at, first.revoked_by, first.revoked_reason) == (AT, organiser, "nama salah")
    assert stored_bytes(first)
    assert same == other
    assert (replaced.serial, replaced.award) == (3, first.award)
    event = AuditEvent.objects.get(action="document.revoked")
    assert event.object_id == str(first.pk)


@pytest.mark.parametrize("reason", ["", "   "])
def test_revoking_needs_a_reason(round: Round, organiser: User, reason: str) -> None:
    document = make_document(awards_in_force(round)[0])

    with pytest.raises(RevocationReasonMissing):
        revoke_document(document=document, reason=reason, actor=organiser, at=AT)

    document.refresh_from_db()
    assert document.revoked_at is None


def test_revoking_twice_is_refused(round: Round, organiser: User) -> None:
    document = make_document(awards_in_force(round)[0], revoked_at=AT, revoked_reason="sudah")

    with pytest.raises(AlreadyRevoked):
        revoke_document(document=document, reason="lagi", actor=organiser, at=AT)


def test_papers_of_a_replaced_decision_do_not_stand_for_the_new_one(round: Round, organiser: User) -> None:
    old = make_document(awards_in_force(round)[0])
    round.awards.update(superseded_at=AT)

    issued = issue_certificates(round=round, actor=organiser, at=AT)

    assert old not in issued


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_organiser_and_secretariat_issue_and_revoke(round: Round, role: Role) -> None:
    actor = make_user(role, round=round)
    document = make_document(awards_in_force(round)[0])

    with pytest.raises(NotPermitted):
        issue_certificates(round=round, actor=actor, at=AT)
    with pytest.raises(NotPermitted):
        revoke_document(document=document, reason="alasan", actor=actor, at=AT)

    assert Document.objects.filter(revoked_at=None).count() == 1


def test_the_secretariat_may_issue(round: Round) -> None:
    secretariat = make_user(Role.SECRETARIAT, round=round)

    assert len(issue_certificates(round=round, actor=secretariat, at=AT)) == 2


@pytest.mark.parametrize("state", [State.SCORING, State.PLENARY, State.CLOSED])
def test_nothing_is_issued_outside_decided_and_announced(round: Round, organiser: User, state: State) -> None:
    round.state = state
    round.save()

    with pytest.raises(NotPermitted):
        issue_all(round=round, actor=organiser, at=AT)


def test_a_round_without_a_result_has_nothing_to_issue() -> None:
    empty = make_round(region_code="52", state=State.DECIDED)

    with pytest.raises(NothingDecided):
        issue_all(round=empty, actor=make_user(Role.ORGANISER, round=empty), at=AT)


def test_two_people_issuing_at_once_never_share_a_number(
    round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = making.MADE[DocumentKind.CERTIFICATE]

    def render_slowly(data: Any) -> Any:
        monkeypatch.setitem(making.MADE, DocumentKind.CERTIFICATE, usual)
        issue_certificates(round=round, actor=organiser, at=AT)
        return usual.render(data)

    monkeypatch.setitem(making.MADE, DocumentKind.CERTIFICATE, replace(usual, render=render_slowly))
    before = _files()

    with pytest.raises(IssuedMeanwhile):
        issue_certificates(round=round, actor=organiser, at=AT)

    assert Document.objects.count() == 2
    assert len(_files() - before) == 2


def test_a_failure_leaves_no_file_and_no_row(round: Round, organiser: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "record", lambda **_: 1 / 0)
    before = _files()

    with pytest.raises(ZeroDivisionError):
        issue_certificates(round=round, actor=organiser, at=AT)

    assert not Document.objects.exists()
    assert _files() == before


def test_damaged_bytes_are_never_handed_out(round: Round) -> None:
    document = make_document(awards_in_force(round)[0], content=b"%PDF-1.7 asli")
    default_storage.delete(document.file.name)
    document.file.name = default_storage.save(document.file.name, ContentFile(b"%PDF-1.7 palsu"))
    document.save()

    with pytest.raises(DocumentDamaged):
        stored_bytes(document)
    default_storage.delete(document.file.name)
    with pytest.raises(DocumentDamaged):
        stored_bytes(document)


def test_the_address_in_the_qr_code_is_that_of_the_page(settings: Any) -> None:
    settings.PUBLIC_ADDRESS = "https://contoh.example/"

    page = reverse("check_code", kwargs={"code": "0123-4567-89AB-CDEF"})
    assert making.check_address("0123456789ABCDEF") == f"https://contoh.example{page}"
