"""Decree and amendments go through the same engine as every paper: their own numbers, one file, never twice."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from judging.models import Document, DocumentKind
from judging.selectors.documents import PaperState, papers_of, stored_bytes
from judging.selectors.paper_subjects import Subject, papers_wanted
from judging.selectors.papers.decree_words import decree_words
from judging.selectors.standings import tabulation_in_force
from judging.services import paper_making as making
from judging.services.amendments import confirm_amendment, request_amendment
from judging.services.decree import save_decree_words
from judging.services.documents import IssuedMeanwhile, issue, issue_all, revoke_document
from judging.services.paper_drafts import DecreeIncomplete
from nominees.models import Round
from paritrana.accounts.models import Role, User
from tests.factories.amendments import WORDS, make_minutes
from tests.factories.awards import make_decided_round, quick_papers
from tests.factories.world import AT, make_user

pytestmark = pytest.mark.django_db
GIVEN = {"number": "400.14/211/KEP/HK/2025", "signed_on": date(2025, 7, 18), "signer_name": "Maria Lake (contoh)"}
DECREE = Subject(DocumentKind.DECREE)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    quick_papers(monkeypatch)


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80))


@pytest.fixture
def secretary(round: Round) -> User:
    return make_user(Role.SECRETARIAT, round=round)


def _kinds_wanted(round: Round) -> set[str]:
    tabulation = tabulation_in_force(round)
    assert tabulation is not None
    return {str(one.kind) for one in papers_wanted(round, tabulation)}


def test_they_are_wanted_once_they_are_written_and_confirmed(round: Round, secretary: User) -> None:
    assert not {DocumentKind.DECREE, DocumentKind.AMENDMENT} & _kinds_wanted(round)
    make_minutes(round)

    save_decree_words(round=round, words=replace(decree_words(round), **GIVEN), actor=secretary, at=AT)
    asked = request_amendment(round=round, actor=secretary, at=AT, number="PB-7/2025", **WORDS)
    assert DocumentKind.AMENDMENT not in _kinds_wanted(round)
    confirm_amendment(correction=asked, actor=make_user(Role.CHAIR, round=round), at=AT)
    issue_all(round=round, actor=secretary, at=AT)

    decree, amendment = (Document.objects.get(kind=kind) for kind in (DocumentKind.DECREE, DocumentKind.AMENDMENT))
    assert amendment.number == "PB-7/2025"
    assert amendment.correction == asked
    assert WORDS["right"].encode() in stored_bytes(amendment)
    assert decree.number == GIVEN["number"]
    assert decree.number.encode() in stored_bytes(decree)
    assert b"registered=''" in stored_bytes(decree)
    assert b"DRAF" not in stored_bytes(decree) + stored_bytes(amendment)


@pytest.mark.parametrize("missing", GIVEN)
def test_a_decree_without_what_its_issuer_gives_is_not_issued(round: Round, secretary: User, missing: str) -> None:
    given = {name: value for name, value in GIVEN.items() if name != missing}
    save_decree_words(round=round, words=replace(decree_words(round), **given), actor=secretary, at=AT)

    with pytest.raises(DecreeIncomplete):
        issue(round=round, subjects=[DECREE], actor=secretary, at=AT)
    issued = issue_all(round=round, actor=secretary, at=AT)

    assert DocumentKind.DECREE not in {one.kind for one in issued}
    (row,) = (row for row in papers_of(round) if row.subject == DECREE)
    assert row.state == PaperState.INCOMPLETE


@pytest.mark.parametrize("changed", [{"number": "400.14/212/KEP/HK/2025"}, {"signer_name": ""}])
def test_a_decree_that_is_written_anew_while_it_is_laid_out_is_not_issued(
    round: Round, secretary: User, monkeypatch: pytest.MonkeyPatch, changed: dict[str, str]
) -> None:
    words = replace(decree_words(round), **GIVEN)
    save_decree_words(round=round, words=words, actor=secretary, at=AT)
    usual = making.MADE[DocumentKind.DECREE]

    def render_slowly(data: Any) -> Any:
        save_decree_words(round=round, words=replace(words, **changed), actor=secretary, at=AT)
        return usual.render(data)

    monkeypatch.setitem(making.MADE, DocumentKind.DECREE, replace(usual, render=render_slowly))
    with pytest.raises(IssuedMeanwhile):
        issue(round=round, subjects=[DECREE], actor=secretary, at=AT)
    assert not Document.objects.filter(kind=DocumentKind.DECREE).exists()


def test_a_decree_issued_anew_keeps_its_number_and_is_registered_under_another(round: Round, secretary: User) -> None:
    save_decree_words(round=round, words=replace(decree_words(round), **GIVEN), actor=secretary, at=AT)
    (first,) = issue(round=round, subjects=[DECREE], actor=secretary, at=AT)
    revoke_document(document=first, reason="salah cetak (contoh)", actor=secretary, at=AT)

    (second,) = issue(round=round, subjects=[DECREE], actor=secretary, at=AT)

    assert (first.number, second.number) == (GIVEN["number"], "SK-02/PARITRANA/NTT/2025")
    content = stored_bytes(second).decode()
    assert f"number='{GIVEN['number']}'" in content
    assert f"registered='{second.number}'" in content


def test_an_amendment_of_minutes_that_are_revoked_is_wanted_no_more(round: Round, secretary: User) -> None:
    make_minutes(round)
    asked = request_amendment(round=round, actor=secretary, at=AT, **WORDS)
    confirm_amendment(correction=asked, actor=make_user(Role.CHAIR, round=round), at=AT)
    assert DocumentKind.AMENDMENT in _kinds_wanted(round)

    revoke_document(document=asked.minutes, reason="salah cetak (contoh)", actor=secretary, at=AT)

    assert DocumentKind.AMENDMENT not in _kinds_wanted(round)
