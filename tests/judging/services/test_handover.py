"""A province makes its package: whole, true to its result, numbered, stored once, and said to be sent once."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from judging.core.verifier_handover import Package, verify_package
from judging.models import Handover
from judging.selectors.handover import HandoverDamaged, handover_bytes, handover_name
from judging.selectors.readiness import winners_forwarded
from judging.services import handover as services
from judging.services.documents import revoke_document
from judging.services.forwarding import SharedPlaceExceedsQuota
from judging.services.handover import (
    AlreadySent,
    HandoverDoesNotHold,
    HandoverMeanwhile,
    HandoverTooLarge,
    MinutesNotIssued,
    NobodyToHandOver,
    WayMissing,
    send_handover,
)
from judging.services.rounds import WinnersAlreadyForwarded, request_step_back
from nominees.core.lifecycle import State
from nominees.models import Contact, Round
from paritrana.accounts.models import Role
from paritrana.audit.models import AuditEvent
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.seal import KeyMissing, KeyOpenToOthers, KeyUnreadable, make_key, read_key
from paritrana.kernel.verdict import NotPermitted
from tests.factories.evidence import make_evidence
from tests.factories.handovers import Province, make_province, use_key
from tests.factories.world import AT, make_round, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def province(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Province:
    use_key(settings, tmp_path)
    return make_province(monkeypatch)


def test_a_package_holds_and_tells_the_result(province: Province) -> None:
    found = province.hand_over()

    content = handover_bytes(found)
    package = Package(content)
    assert verify_package(content, found.fingerprint) == []
    assert (found.number, found.size, found.sent_at, handover_name(found)) == (
        1,
        len(content),
        None,
        "usulan-2024-53-1.zip",
    )
    winners = [(row["category"], row["number"], row["place"], row["title"]) for row in package.winners["winners"]]
    assert winners == [("pemda", "1", "1", "Terbaik I"), ("desa", "7", "1", "Terbaik I")]
    assert package.winners["winners"][1]["indicators"] == [
        {"criterion": "cakupan", "count": 9, "base": 10, "source": "BPS (contoh)", "as_of": "2024-12-31"}
    ]
    assert package.manifest["round"]["state"] == "announced"
    assert {row["kind"] for row in package.certificates} == {"certificate"}
    event = AuditEvent.objects.get(action="handover.made")
    assert event.chain == "2024/53"
    assert json.loads(event.payload)["sha256"] == found.sha256
    assert package.manifest["audit_head"]["number"] == event.seq - 1


def test_contact_persons_and_check_codes_stay(province: Province) -> None:
    winner = province.scored.nominations[1]
    Contact.objects.create(nomination=winner, person="Ibu Narahubung", phone="081234567890", email="ibu@contoh.id")
    codes = list(province.round.documents.values_list("check_code", flat=True))

    content = handover_bytes(province.hand_over())

    assert winner.nominee.name.encode() in content
    assert codes
    for secret in ("Ibu Narahubung", "081234567890", "ibu@contoh.id", *codes):
        assert secret.encode() not in content


def test_evidence_is_listed_for_winners_and_checked_against_the_log(province: Province) -> None:
    """A row without its event in the log is what the package's own verification finds."""
    make_evidence(province.scored.nominations[1], province.secretary)

    with pytest.raises(HandoverDoesNotHold) as refusal:
        province.hand_over()

    assert "evidence.json" in refusal.value.facts["problem"]
    assert not Handover.objects.exists()


def test_each_package_has_its_number_and_its_log(province: Province) -> None:
    first, second = province.hand_over(), province.hand_over(at=AT + timedelta(minutes=1))

    assert (first.number, second.number) == (1, 2)
    assert first.sha256 != second.sha256
    assert [event["action"] for event in Package(handover_bytes(second)).events][-1] == "handover.made"


def _no_minutes(province: Province, **_: Any) -> None:
    minutes = province.round.documents.get(kind="minutes")
    revoke_document(document=minutes, reason="salah", actor=province.secretary, at=AT)


def _no_quota(province: Province, **_: Any) -> None:
    province.round.categories.update(forward_quota=0)


def _shared(province: Province, **_: Any) -> None:
    award = province.round.awards.filter(category__code="pemda", place=2).first()
    province.round.awards.filter(pk=award.pk).update(superseded_at=AT)
    award.pk, award.place = None, 1
    award.save(force_insert=True)


def _no_key(province: Province, settings: Any) -> None:
    settings.HANDOVER_KEY += ".lain"


def _open_key(province: Province, settings: Any) -> None:
    Path(settings.HANDOVER_KEY).chmod(0o640)


def _no_pem(province: Province, settings: Any) -> None:
    Path(settings.HANDOVER_KEY).write_text("bukan kunci")


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (_no_minutes, MinutesNotIssued),
        (_no_quota, NobodyToHandOver),
        (_shared, SharedPlaceExceedsQuota),
        (_no_key, KeyMissing),
        (_open_key, KeyOpenToOthers),
        (_no_pem, KeyUnreadable),
    ],
)
def test_what_cannot_be_made_leaves_nothing(
    province: Province, settings: Any, prepare: Any, error: type[DomainError]
) -> None:
    prepare(province, settings=settings)

    with pytest.raises(error):
        province.hand_over()

    assert not Handover.objects.exists()
    assert not AuditEvent.objects.filter(action="handover.made").exists()


def test_an_event_in_between_is_noticed_and_the_file_goes(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    verify, stored = services.verify_package, []
    monkeypatch.setattr(default_storage, "save", _noting(stored))

    def slow(*arguments: Any) -> Any:
        with transaction.atomic():
            record(
                action="round.dates_changed",
                actor=province.secretary,
                at=AT,
                target=province.round,
                chain=province.round.scope,
            )
        return verify(*arguments)

    monkeypatch.setattr(services, "verify_package", slow)

    with pytest.raises(HandoverMeanwhile):
        province.hand_over()

    assert stored
    assert not any(default_storage.exists(name) for name in stored)


def _noting(stored: list[str]) -> Any:
    save = default_storage.save

    def noted(name: str, content: Any, **options: Any) -> str:
        stored.append(save(name, content, **options))
        return stored[-1]

    return noted


def test_a_package_larger_than_a_receiver_takes_is_refused(province: Province, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "SIZE_LIMIT", 1000)

    with pytest.raises(HandoverTooLarge):
        province.hand_over()


def test_sent_is_said_once_with_how_and_lets_the_round_close(province: Province) -> None:
    found = province.hand_over()
    assert winners_forwarded(province.round)
    with pytest.raises(WayMissing):
        send_handover(handover=found, how="  ", actor=province.secretary, at=AT)

    sent = send_handover(handover=found, how=" kurir (contoh) ", actor=province.secretary, at=AT)

    assert (sent.sent_how, sent.sent_at, sent.sent_by) == ("kurir (contoh)", AT, province.secretary)
    assert json.loads(AuditEvent.objects.get(action="handover.sent").payload)["how"] == "kurir (contoh)"
    assert winners_forwarded(province.round) == []
    with pytest.raises(AlreadySent):
        send_handover(handover=found, how="lagi", actor=province.secretary, at=AT)
    with pytest.raises(DatabaseError), transaction.atomic():
        Handover.objects.filter(pk=found.pk).update(sent_how="lain")
    with pytest.raises(DatabaseError), transaction.atomic():
        found.delete()


def test_a_stored_package_that_was_altered_is_not_handed_out(province: Province) -> None:
    found = province.hand_over()
    with default_storage.open(found.file.name, "r+b") as file:
        file.write(b"x")

    with pytest.raises(HandoverDamaged):
        handover_bytes(found)


@pytest.mark.parametrize("role", [Role.CHAIR, Role.ORGANISER, Role.AUDITOR, Role.PLATFORM_ADMIN])
def test_only_the_secretariat_makes_and_sends(province: Province, role: Role) -> None:
    found, other = province.hand_over(), make_user(role, round=province.round)

    with pytest.raises(NotPermitted):
        services.make_handover(round=province.round, actor=other, at=AT)
    with pytest.raises(NotPermitted):
        send_handover(handover=found, how="kurir", actor=other, at=AT)


def test_another_provinces_secretariat_makes_nothing_here(province: Province) -> None:
    other = make_user(Role.SECRETARIAT, round=make_round(region_code="52"))
    with pytest.raises(NotPermitted):
        services.make_handover(round=province.round, actor=other, at=AT)


@pytest.mark.parametrize("state", [State.PLENARY, State.CLOSED])
def test_nothing_is_made_before_the_decision_or_after_the_close(province: Province, state: State) -> None:
    Round.objects.filter(pk=province.round.pk).update(state=state)
    with pytest.raises(NotPermitted):
        province.hand_over()


def test_the_national_round_makes_no_package(province: Province) -> None:
    national = make_round(region_code=None, state=State.ANNOUNCED)
    with pytest.raises(NotPermitted):
        services.make_handover(round=national, actor=make_user(Role.NATIONAL_SECRETARIAT, round=national), at=AT)


def test_a_key_is_made_once_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "baru" / "kunci.pem"
    made = make_key(path)

    assert path.stat().st_mode & 0o777 == 0o600
    assert read_key(path).fingerprint == made.fingerprint
    assert made.sign(b"x") == read_key(path).sign(b"x")
    with pytest.raises(FileExistsError):
        make_key(path)


def test_a_sent_package_keeps_the_decision_as_it_is(province: Province) -> None:
    found = province.hand_over()
    Round.objects.filter(pk=province.round.pk).update(state=State.DECIDED)
    told = {"target": State.PLENARY, "reason": "keberatan (contoh)", "actor": province.secretary, "at": AT}
    send_handover(handover=found, how="kurir", actor=province.secretary, at=AT)

    with pytest.raises(WinnersAlreadyForwarded):
        request_step_back(round=province.round, **told)
