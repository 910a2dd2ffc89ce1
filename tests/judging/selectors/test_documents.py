"""Which papers there are, where each stands, and what the public is told."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from judging.models import Document
from judging.selectors.awards import awards_in_force, awards_to_forward, awards_within_quota
from judging.selectors.documents import (
    PaperState,
    papers_of,
)
from judging.selectors.paper_downloads import standing_papers
from judging.selectors.paper_subjects import ABOUT, CHOSEN_ONLY, Subject, read_subject, subject_of
from judging.selectors.papers.common import nip_text
from judging.selectors.papers.numbers import document_number
from judging.selectors.papers.rules import rules_sentences, tie_sentence
from judging.selectors.public_check import Answer, checked_by_checksum, checked_by_code
from nominees.core.lifecycle import State
from nominees.models import Round
from tests.factories.awards import make_decided_round, make_document
from tests.factories.publications import make_publication
from tests.factories.world import AT, make_round

DAY = date(2025, 7, 21)
pytestmark = pytest.mark.django_db


@pytest.fixture
def round() -> Round:
    return make_decided_round((90, 80, 80, 60), categories=2)


def test_awards_stand_by_category_and_place_and_only_those_in_force(round: Round) -> None:
    assert [(award.category.code, award.place) for award in awards_in_force(round) if award.category] == [
        ("kategori-1", 1),
        ("kategori-1", 2),
        ("kategori-1", 2),
        ("kategori-2", 1),
        ("kategori-2", 2),
        ("kategori-2", 2),
    ]
    round.awards.filter(place=1).update(superseded_at=AT)
    assert {award.place for award in awards_in_force(round)} == {2}
    round.tabulations.update(superseded_at=AT)
    assert not awards_in_force(round).exists()


def test_only_places_within_the_quota_are_to_forward(round: Round) -> None:
    assert [award.place for award in awards_to_forward(round)] == [1, 1]
    round.categories.filter(code="kategori-1").update(forward_quota=2)
    assert [award.place for award in awards_within_quota(round)] == [1, 2, 2, 1]
    round.categories.update(forward_quota=0)
    assert not awards_to_forward(round).exists()


def test_papers_are_ready_issued_outdated_or_revoked(round: Round) -> None:
    first, second, third = awards_in_force(round)[:3]
    make_document(first)
    make_document(second, revoked_at=AT, revoked_reason="salah")
    make_document(third)
    round.awards.filter(pk=third.pk).update(superseded_at=AT)

    rows = [row for row in papers_of(round) if row.kind not in CHOSEN_ONLY]
    states = [(row.state, row.document.award_id if row.document else None) for row in rows]

    assert (PaperState.ISSUED, first.pk) in states
    assert (PaperState.REVOKED, second.pk) in states
    assert (PaperState.OUTDATED, third.pk) in states
    # four certificates (the revoked one anew), two ranking sheets, two sets of explanation sheets, minutes, workbook
    assert [state for state, _ in states].count(PaperState.READY) == 10
    assert [one.award_id for one in standing_papers(round, ["certificate"])] == [first.pk]


def test_nothing_is_wanted_before_there_is_a_result() -> None:
    assert papers_of(make_round()) == []


def test_reading_the_papers_costs_the_same_whatever_their_number(round: Round) -> None:
    small = make_decided_round((90,), region_code="51", places=1)
    costs = []
    for one in (small, round):
        for award in awards_in_force(one):
            make_document(award)
        with CaptureQueriesContext(connection) as captured:
            papers_of(one)
        costs.append(len(captured))

    assert costs == [11, 11]


@pytest.mark.parametrize("state", list(State))
def test_the_public_learns_of_papers_only_once_the_result_can_be_read(round: Round, state: State) -> None:
    document = make_document(awards_in_force(round)[0])
    Round.objects.update(state=state)  # whatever it is: what counts is that something can be read

    assert checked_by_code(document.check_code, AT).answer == Answer.UNKNOWN
    assert checked_by_checksum(document.sha256, AT).answer == Answer.UNKNOWN

    Round.objects.update(state=State.ANNOUNCED)
    make_publication(round)

    assert checked_by_code(document.check_code, AT).answer == Answer.GENUINE
    assert checked_by_checksum(document.sha256, AT).answer == Answer.GENUINE


def test_a_revoked_or_replaced_paper_is_revoked_for_the_public(round: Round) -> None:
    Round.objects.update(state=State.ANNOUNCED)
    make_publication(round)
    revoked = make_document(awards_in_force(round)[0], revoked_at=AT, revoked_reason="salah")
    replaced = make_document(awards_in_force(round)[1], content=b"%PDF dua")
    round.tabulations.update(superseded_at=AT)

    assert checked_by_code(revoked.check_code, AT).answer == Answer.REVOKED
    assert checked_by_code(replaced.check_code, AT).answer == Answer.REVOKED
    assert checked_by_code(None, AT).answer == Answer.UNKNOWN
    assert checked_by_code("0" * 16, AT).document is None
    assert Document.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("certificate", "007/PARITRANA/NTT/2025"),
        ("ranking_sheet", "LP-07/PARITRANA/NTT/2025"),
        ("explanation_sheets", "PJ-07/PARITRANA/NTT/2025"),
        ("minutes", "BA-07/PARITRANA/NTT/2025"),
        ("ranking_workbook", "BK-07/PARITRANA/NTT/2025"),
    ],
)
def test_numbers_follow_the_pattern_of_their_kind(round: Round, kind: str, number: str) -> None:
    assert document_number(kind, 7, round, DAY) == number  # type: ignore[arg-type]


def test_a_secretariat_sets_its_own_pattern(round: Round, settings: object) -> None:
    settings.DOCUMENT_NUMBERS = {"certificate": "400.14/{serial}/{place}"}  # type: ignore[attr-defined]

    assert document_number("certificate", 3, round, DAY) == "400.14/3/NTT"  # type: ignore[arg-type]
    national = make_round(region_code=None)
    assert document_number("minutes", 1, national, DAY) == "BA-01/PARITRANA/NASIONAL/2025"  # type: ignore[arg-type]


def test_a_nip_is_written_in_its_groups() -> None:
    assert nip_text("197001011995032001") == "NIP 19700101 199503 2 001"
    assert nip_text("") == ""


def test_ties_are_told_by_what_settled_them() -> None:
    titles = {"cakupan": "Cakupan kepesertaan"}

    assert tie_sentence((), titles, shared=False) == ""
    assert tie_sentence(("chair",), titles, shared=True) == "Nilai sama; peringkat ditempati bersama."
    assert tie_sentence(("criterion:cakupan", "chair"), titles, shared=False) == (
        "Nilai sama; diputuskan oleh kriteria Cakupan kepesertaan lalu keputusan pleno."
    )


def test_rules_are_told_in_whole_sentences() -> None:
    from judging.core.policies import NTT_POLICY
    from judging.core.policy import from_document
    from judging.core.rubric import from_document as read
    from tests.factories.awards import TREE

    told = rules_sentences(from_document(NTT_POLICY), read(TREE))

    assert all(sentence.endswith(".") for sentence in told)
    assert "satu nilai tertinggi dan satu nilai terendah dikeluarkan" in told[0]
    assert "bila kurang dari lima nilai, rata-rata biasa" in told[0]
    assert "dua angka di belakang koma, setengah ke atas" in told[2]


def test_a_criterion_with_a_method_of_its_own_has_a_sentence_of_its_own() -> None:
    from judging.core.policies import NTT_POLICY
    from judging.core.policy import from_document
    from judging.core.rubric import from_document as read
    from tests.factories.awards import TREE

    rubric = read(TREE)
    leaf = rubric.panel_leaves[0]

    told = rules_sentences(from_document(NTT_POLICY | {"panel_methods": {leaf.id: "median"}}), rubric)

    assert told[1] == f"Khusus kriteria {leaf.title}: median."


@pytest.mark.parametrize("subject", [Subject("minutes"), *(Subject("certificate", about, 7) for about in ABOUT)])
def test_a_subject_is_read_back_from_its_text(subject: Subject) -> None:
    assert read_subject(subject.text) == subject


@pytest.mark.parametrize(
    "text", ["", "surat", "certificate:award", "certificate:award:x", "certificate:award:-1", "minutes:pk:1"]
)
def test_other_texts_are_no_subject(text: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(text)}$"):
        read_subject(text)


def test_an_issued_paper_is_about_what_it_was_issued_for(round: Round) -> None:
    award = awards_in_force(round)[0]

    assert subject_of(make_document(award)) == Subject("certificate", "award", award.pk)
