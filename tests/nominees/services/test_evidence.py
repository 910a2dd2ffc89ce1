"""Evidence comes in whole or not at all, is withdrawn with a reason, and never changes."""

import json

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction

from judging.models import RecusalState
from nominees.core.lifecycle import State
from nominees.models import Evidence
from nominees.selectors import above
from nominees.selectors.evidence import EvidenceLost, evidence_beside, file_name, stored_bytes
from nominees.services import evidence as services
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories import sheets as make
from tests.factories.evidence import JPEG, PDF, bring, office, png
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
LINK = "https://jdih.contoh.go.id/perbup/12?tahun=2024"


@pytest.fixture
def world():
    round = make_round(state=State.NOMINATION)
    category = make_category(round)
    make.make_rubric(category)
    return {
        "round": round,
        "nomination": make_nomination(category, region_code="53.01"),
        "secretary": make_user(Role.SECRETARIAT, round=round),
    }


def add(world, *files, **changes):
    asked = {"nomination": world["nomination"], "actor": world["secretary"], "at": AT} | changes
    return services.add_evidence_files(files=[services.Sent(*one) for one in files], **asked)


def link(world, **changes):
    told = {"title": "Peraturan Bupati (contoh)", "address": LINK, "actor": world["secretary"], "at": AT} | changes
    return services.add_evidence_link(nomination=world["nomination"], **told)


def withdraw(world, one, reason="salah unggah", actor="secretary"):
    return services.withdraw_evidence(evidence=one, reason=reason, actor=world[actor], at=AT)


def stored_names():
    try:
        return default_storage.listdir("evidence/2024")[1]
    except FileNotFoundError:
        return []


def move(world, state):
    world["round"].state = state
    world["round"].save()
    world["nomination"].round = world["round"]


def test_files_are_stored_with_what_they_are_and_an_event_each(world):
    found = add(world, ("SK_Bupati.pdf", PDF), ("foto.bin", JPEG, "Foto kantor"), criterion="komitmen")
    assert [(one.title, one.media_type, one.size, one.criterion) for one in found] == [
        ("SK Bupati", "application/pdf", len(PDF), "komitmen"),
        ("Foto kantor", "image/jpeg", len(JPEG), "komitmen"),
    ]
    assert [stored_bytes(one) for one in found] == [PDF, JPEG]
    assert [file_name(one) for one in found] == ["sk-bupati.pdf", "foto-kantor.jpg"]
    events = AuditEvent.objects.filter(action="evidence.added").order_by("seq")
    assert [json.loads(event.payload)["sha256"] for event in events] == [one.sha256 for one in found]
    assert {(event.actor, event.object_type) for event in events} == {(world["secretary"], "nominees.nomination")}


def test_every_fault_is_named_with_its_file_and_nothing_is_stored(world):
    bring(world["nomination"], world["secretary"])
    before = stored_names()
    sent = [("ulang.pdf", PDF), ("halaman.html", b"<html>"), ("a.png", png()), ("b.png", png()), ("kosong.pdf", b"")]
    with pytest.raises(services.EvidenceRefused) as refused:
        add(world, *sent)
    assert [(one.name, one.code) for one in refused.value.facts["problems"]] == [
        ("ulang.pdf", "evidence_there_already"),
        ("halaman.html", "evidence_kind_unknown"),
        ("b.png", "evidence_twice"),
        ("kosong.pdf", "evidence_empty"),
    ]
    assert (Evidence.objects.count(), stored_names()) == (1, before)


def test_files_are_taken_back_when_the_rows_are_refused(world, monkeypatch):
    before = stored_names()
    checked = services._check_words
    answers = iter([None, services.EvidenceLateReasonMissing()])

    def overtaken(*args):
        checked(*args)
        if error := next(answers):
            raise error

    monkeypatch.setattr(services, "_check_words", overtaken)
    with pytest.raises(services.EvidenceLateReasonMissing):
        add(world, ("a.pdf", PDF), ("b.xlsx", office()))
    assert (stored_names(), Evidence.objects.count()) == (before, 0)


def test_limits_are_those_of_the_settings(world, settings):
    settings.EVIDENCE_FILES_AT_ONCE = 2
    with pytest.raises(services.EvidenceTooMany) as refused:
        add(world, *(("a.pdf", PDF),) * 3)
    assert refused.value.facts == {"most": 2}
    settings.EVIDENCE_SIZE_LIMIT = len(PDF) - 1
    with pytest.raises(services.EvidenceRefused) as refused:
        add(world, ("a.pdf", PDF))
    assert refused.value.facts["problems"][0].code == "evidence_too_large"
    with pytest.raises(services.EvidenceNothingSent):
        add(world)


def test_a_link_is_kept_as_typed(world):
    found = link(world, criterion="inovasi")
    assert (found.kind, found.address, found.title, found.size) == ("link", LINK, "Peraturan Bupati (contoh)", 0)
    event = AuditEvent.objects.get(action="evidence.added")
    assert LINK not in event.payload


@pytest.mark.parametrize(
    "address",
    [
        "http://contoh.go.id",
        "javascript:alert(1)",
        "https://",
        "https://nama:sandi@contoh.go.id/",
        "https://contoh.go.id/a b",
        "https://contoh.go.id/" + "a" * 500,
        "https://[contoh",
        "HTTPS//contoh",
        "https://contoh.go.id/\u202e",
        "",
    ],
)
def test_only_plain_https_addresses_are_taken(world, address):
    with pytest.raises(services.EvidenceAddressRefused):
        link(world, address=address)
    assert not Evidence.objects.exists()


def test_a_link_needs_a_title_and_a_criterion_is_one_of_the_rubric(world):
    with pytest.raises(services.EvidenceTitleMissing):
        link(world, title="  ")
    with pytest.raises(services.EvidenceCriterionUnknown):
        link(world, criterion="kebijakan")  # a branch
    with pytest.raises(services.EvidenceCriterionUnknown):
        add(world, ("a.pdf", PDF), criterion="lain")
    assert list(above.criteria_of(world["nomination"])) == ["komitmen", "inovasi", "administrasi"]


def test_evidence_during_scoring_says_why_it_is_late(world):
    move(world, State.SCORING)
    for late in (lambda **told: add(world, ("a.pdf", PDF), **told), lambda **told: link(world, **told)):
        with pytest.raises(services.EvidenceLateReasonMissing):
            late()
        with pytest.raises(services.EvidenceLateReasonMissing):
            late(late_reason="  ")
    (found,) = add(world, ("a.pdf", PDF), late_reason=" baru diterima ")
    assert found.late_reason == "baru diterima"


@pytest.mark.parametrize("state", [State.PREPARATION, State.PLENARY, State.DECIDED, State.ANNOUNCED, State.CLOSED])
def test_otherwise_evidence_is_frozen(world, state):
    one = bring(world["nomination"], world["secretary"])
    move(world, state)
    for act in (lambda: add(world, ("b.png", png()), late_reason="x"), lambda: link(world, late_reason="x")):
        with pytest.raises(NotPermitted):
            act()
    with pytest.raises(NotPermitted):
        withdraw(world, Evidence.objects.get(pk=one.pk))
    assert Evidence.objects.get().withdrawn_at is None


def test_withdrawn_evidence_stays_with_its_reason_and_may_come_again(world):
    one = bring(world["nomination"], world["secretary"])
    found = withdraw(world, one)
    assert (found.withdrawn_by, found.withdrawn_at, found.withdrawn_reason) == (world["secretary"], AT, "salah unggah")
    assert json.loads(AuditEvent.objects.get(action="evidence.withdrawn").payload)["reason"] == "salah unggah"
    assert list(evidence_beside(world["nomination"])) == []
    assert stored_bytes(found) == PDF
    with pytest.raises(services.EvidenceWithdrawnAlready):
        withdraw(world, one)
    again = bring(world["nomination"], world["secretary"])
    assert list(evidence_beside(world["nomination"])) == [again]


def test_a_withdrawal_says_why(world):
    with pytest.raises(services.EvidenceReasonMissing):
        withdraw(world, bring(world["nomination"], world["secretary"]), reason=" ")


@pytest.mark.parametrize("role", [Role.PANEL_MEMBER, Role.CHAIR, Role.AUDITOR, Role.ORGANISER, Role.PLATFORM_ADMIN])
def test_nobody_but_the_secretariat_brings_or_withdraws(world, role):
    one = bring(world["nomination"], world["secretary"])
    world["other"] = make_user(role, round=world["round"])
    for act in (
        lambda: add(world, ("b.png", png()), actor=world["other"]),
        lambda: link(world, actor=world["other"]),
        lambda: withdraw(world, one, actor="other"),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_who_has_a_conflict_of_interest_is_kept_out_until_it_is_declined(world):
    member = make_user(Role.PANEL_MEMBER, Role.SECRETARIAT, round=world["round"])
    recusal = make.make_recusal(make.make_seat(world["round"], 2, user=member), world["nomination"])
    with pytest.raises(NotPermitted) as refused:
        add(world, ("a.pdf", PDF), actor=member)
    assert refused.value.facts["reason"] == "conflict_of_interest"
    recusal.state = RecusalState.DECLINED
    recusal.save()
    assert add(world, ("a.pdf", PDF), actor=member)


@pytest.mark.parametrize("damage", [b"%PDF-1.4 lain", None])
def test_a_stored_file_that_differs_or_is_gone_is_never_served(world, damage):
    one = bring(world["nomination"], world["secretary"])
    default_storage.delete(one.file.name)
    if damage:
        with default_storage.open(one.file.name, "wb") as file:
            file.write(damage)
    with pytest.raises(EvidenceLost):
        stored_bytes(one)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE nominees_evidence SET title = 'lain'",
        "UPDATE nominees_evidence SET sha256 = 'lain'",
        "UPDATE nominees_evidence SET withdrawn_at = added_at, withdrawn_by_id = added_by_id, "
        "withdrawn_reason = 'x', file = 'lain'",
        "DELETE FROM nominees_evidence",
    ],
)
def test_the_database_refuses_to_change_evidence(world, statement):
    bring(world["nomination"], world["secretary"])
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_database_refuses_a_second_withdrawal(world):
    one = withdraw(world, bring(world["nomination"], world["secretary"]))
    with pytest.raises(IntegrityError), transaction.atomic():
        Evidence.objects.filter(pk=one.pk).update(withdrawn_reason="lain")
