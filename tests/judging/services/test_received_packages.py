"""A package at the national round: verified whole, taken once its key is known, the same answer for the same bytes.

Long, because receiving, trusting a key and taking build on each other's state.
"""

import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from textwrap import wrap
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from judging.core import handover
from judging.core.handover import Seal
from judging.models import Claim, Handover, ReceivedPackage, ReceivedWinner, TrustedKey
from judging.selectors.claims import unlisted
from judging.selectors.handover import handover_bytes
from judging.selectors.received_packages import PackageDamaged, key_standing, package_in_force
from judging.services import received_packages as services
from judging.services.handover import site_key
from judging.services.national_entries import (
    NationalCategoryDiffers,
    NationalCategoryMissing,
    NationalRoundNotReceiving,
    NominatedElsewhereNationally,
)
from judging.services.plenary import WrongPassword
from judging.services.received_packages import (
    KeyChanged,
    KeyNeedsSecondPerson,
    KeyNotTrusted,
    NotAPackage,
    OlderPackage,
    PackageRefused,
    PackageScreenedAlready,
    PackageTooLarge,
    RegionUnknown,
    receive_package,
    take_package,
)
from judging.services.trusted_keys import (
    ChangeNotConfirmed,
    FingerprintDiffers,
    NoteMissing,
    trust_key,
    withdraw_key,
)
from nominees.core.lifecycle import State
from nominees.models import Category, Edition, Kind, Nomination, Nominee, Round, Sector, Status
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.errors import DomainError
from paritrana.kernel.verdict import NotPermitted
from tests.core.handovers import opened
from tests.factories.handovers import Province, bring, make_national, make_province, trusted, use_key
from tests.factories.world import AT, PASSWORD, make_nomination, make_round, make_user

pytestmark = pytest.mark.django_db
Document = Any


@pytest.fixture
def province(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Path) -> Province:
    use_key(settings, tmp_path)
    return make_province(monkeypatch)


@pytest.fixture
def made(province: Province) -> Handover:
    return province.hand_over()


@pytest.fixture
def national() -> tuple[Round, User]:
    return make_national()


def resealed(content: bytes, change: Callable[[Document], None]) -> bytes:
    """The package with another list of winners, as its province would write and sign it."""
    files, manifest = opened(content)
    told = json.loads(files["winners.json"])
    change(told)
    files["winners.json"] = handover._text(told)
    key = site_key()
    rows = handover.manifest(_facts(manifest), files, key.fingerprint)["files"]
    return handover.sealed(files, {**manifest, "files": rows}, Seal(key.public, key.sign))


def _facts(manifest: Document) -> Any:
    """Anything with the fields of ``Facts``; only the list of files is used of the answer."""

    class Anything:
        head = (0, "")

        def __getattr__(self, name: str) -> str:
            return ""

    return Anything()


def received(national: tuple[Round, User], content: bytes) -> ReceivedPackage:
    round, actor = national
    return receive_package(round=round, content=content, file_name="usulan.zip", actor=actor, at=AT)


def test_a_sound_package_waits_and_changes_nobody(made: Handover, national: tuple[Round, User]) -> None:
    package = bring(*national, made)

    assert (package.problems, package.accepted, package.sha256) == ([], False, made.sha256)
    assert (package.region and package.region.code, package.fingerprint) == ("53", made.fingerprint)
    assert json.loads(package.manifest)["number"] == 1
    assert not national[0].nominations.exists()
    event = AuditEvent.objects.get(action="package.received")
    assert (event.chain, json.loads(event.payload)["sha256"]) == ("2024/nasional", made.sha256)


def test_the_same_bytes_give_the_same_row(made: Handover, national: tuple[Round, User]) -> None:
    first, files = bring(*national, made), len(default_storage.listdir("handovers/2024")[1])

    assert bring(*national, made) == first
    assert AuditEvent.objects.filter(action="package.received").count() == 1
    assert len(default_storage.listdir("handovers/2024")[1]) == files


def test_an_altered_package_is_kept_with_what_differs_and_never_taken(
    made: Handover, national: tuple[Round, User]
) -> None:
    content = handover_bytes(made)
    at = content.index(b"Terbaik I")

    package = received(national, content[:at] + b"Terbaik X" + content[at + 9 :])

    assert package.problems
    assert package.region is None  # the archive itself says that it was altered: nothing in it is believed
    assert AuditEvent.objects.filter(action="package.refused").count() == 1
    with pytest.raises(PackageRefused):
        take_package(package=package, actor=national[1], at=AT)
    with pytest.raises(PackageRefused):
        trusted(package, national[1])
    assert not national[0].nominations.exists()


def test_an_altered_winner_is_named_beside_the_province(made: Handover, national: tuple[Round, User]) -> None:
    package = received(
        national, resealed(handover_bytes(made), lambda told: told["winners"][0].update(recipient="Lain (contoh)"))
    )

    assert [problem[0] for problem in package.problems] == ["handover_winners"]
    assert package.region
    assert package.region.code == "53"


def test_a_package_of_another_edition_belongs_elsewhere(made: Handover, national: tuple[Round, User]) -> None:
    Edition.objects.filter(pk=national[0].edition_id).update(is_demo=True)

    package = received((Round.objects.get(pk=national[0].pk), national[1]), handover_bytes(made))

    assert [problem[0] for problem in package.problems] == ["handover_edition"]


def _zipped(*names: str) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "{}")
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7 manifest.json", b"PK\x03\x04 bukan paket", _zipped("kunci.p12"), _zipped("a/manifest.json")],
)
def test_what_is_no_package_is_not_kept(national: tuple[Round, User], content: bytes) -> None:
    with pytest.raises(NotAPackage):
        received(national, content)
    assert not ReceivedPackage.objects.exists()
    assert not AuditEvent.objects.filter(action="package.refused").exists()


def test_a_package_packed_anew_or_cut_off_is_kept_as_refused(made: Handover, national: tuple[Round, User]) -> None:
    for content in (_zipped("manifest.json"), handover_bytes(made)[:-200]):
        assert [problem[0] for problem in received(national, content).problems] == ["handover_unreadable"]
    assert AuditEvent.objects.filter(action="package.refused").count() == 2


def test_what_is_too_large_is_not_even_looked_at(national: tuple[Round, User], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "SIZE_LIMIT", 10)
    with pytest.raises(PackageTooLarge):
        received(national, b"x" * 11)
    assert not ReceivedPackage.objects.exists()


@pytest.mark.parametrize("text", ["\0", "\ud800", "x" * 200_000])
def test_a_refused_package_is_kept_whatever_it_claims(made: Handover, national: tuple[Round, User], text: str) -> None:
    files, manifest = opened(handover_bytes(made))
    manifest["province"]["code"], manifest["minutes"]["number"] = text, text
    seal = Seal(site_key().public, site_key().sign)

    package = received(national, handover.sealed(files, manifest, seal))

    assert (package.region, package.accepted, bool(package.problems)) == (None, False, True)
    assert len(json.dumps(package.problems)) < 100_000


def test_taken_winners_wait_for_screening_and_doing_it_again_changes_nothing(
    made: Handover, national: tuple[Round, User]
) -> None:
    round, actor = national
    package = trusted(bring(round, actor, made), actor)

    taken = take_package(package=package, actor=actor, at=AT)

    assert (taken.accepted, taken.taken_by, taken.taken_at) == (True, actor, AT)
    found = [(n.number, n.category.code, n.status, str(n)) for n in round.nominations.order_by("number")]
    winners = [made.round.nominations.get(number=number) for number in (1, 7)]
    assert found == [
        (1, "pemda", Status.PROPOSED, str(winners[0])),
        (2, "desa", Status.PROPOSED, str(winners[1])),
    ]
    rows = [(row.category_code, row.place, row.title) for row in taken.winners.all()]
    assert sorted(rows) == [("desa", 1, "Terbaik I"), ("pemda", 1, "Terbaik I")]
    events = AuditEvent.objects.count()
    assert AuditEvent.objects.filter(chain=round.scope, action="nomination.received").count() == 2
    assert json.loads(AuditEvent.objects.get(action="package.taken").payload)["nominations"] == [1, 2]
    assert set(Claim.objects.values_list("nomination__number", "verdict")) == {(1, "open"), (2, "open")}
    assert unlisted(round) == []

    again = take_package(package=bring(round, actor, made), actor=actor, at=AT)

    assert (again, AuditEvent.objects.count(), round.nominations.count()) == (taken, events, 2)


def test_a_business_is_known_by_its_number_or_made(made: Handover, national: tuple[Round, User]) -> None:
    round, actor = national
    Category.objects.filter(round=round, code="desa").update(kind=Kind.BUSINESS)
    profile = {
        "legal_name": "PT Tenun (contoh)",
        "sector": "trade",
        "size_class": "micro",
        "kbli": "13121",
        "nib": "1234567890123",
        "bpjs_number": "NN123456",
    }

    def change(told: Document) -> None:
        told["winners"][1]["nominee"] |= {"kind": "business", "name": "Tenun (contoh)", "business": profile}

    content = resealed(handover_bytes(made), change)
    take_package(package=trusted(received(national, content), actor), actor=actor, at=AT)

    nominee = Nominee.objects.get(kind=Kind.BUSINESS)
    assert (nominee.name, nominee.business.nib) == ("Tenun (contoh)", "1234567890123")
    assert round.nominations.filter(nominee=nominee).count() == 1


def test_one_entered_by_hand_is_linked_and_not_doubled(made: Handover, national: tuple[Round, User]) -> None:
    round, actor = national
    winner = made.round.nominations.get(number=1)
    by_hand = make_nomination(
        round.categories.get(code="pemda"), status=Status.PROPOSED, region_code=winner.nominee.region.code
    )

    package = take_package(package=trusted(bring(round, actor, made), actor), actor=actor, at=AT)

    assert ReceivedWinner.objects.get(package=package, category_code="pemda").nomination == by_hand


def test_a_newer_package_takes_the_place_of_one_nobody_looked_at(
    province: Province, made: Handover, national: tuple[Round, User]
) -> None:
    round, actor = national
    first = take_package(package=trusted(bring(round, actor, made), actor), actor=actor, at=AT)
    province.round.categories.filter(code="desa").update(forward_quota=0)
    newer = bring(round, actor, province.hand_over())

    take_package(package=newer, actor=actor, at=AT)

    first.refresh_from_db()
    assert (first.replaced_at, package_in_force(round, newer.region)) == (AT, newer)
    assert [(n.category.code, n.status) for n in round.nominations.order_by("number")] == [
        ("pemda", Status.PROPOSED),
        ("desa", Status.WITHDRAWN),
    ]
    assert AuditEvent.objects.filter(action="package.replaced").count() == 1
    assert AuditEvent.objects.filter(action="nomination.dropped").count() == 1

    province.round.categories.filter(code="desa").update(forward_quota=1)
    take_package(package=bring(round, actor, province.hand_over()), actor=actor, at=AT)
    assert {n.status for n in round.nominations.all()} == {Status.PROPOSED}


def test_an_older_package_or_one_after_screening_takes_nobodys_place(
    province: Province, made: Handover, national: tuple[Round, User]
) -> None:
    round, actor = national
    second = trusted(bring(round, actor, province.hand_over()), actor)
    take_package(package=second, actor=actor, at=AT)
    with pytest.raises(OlderPackage):
        take_package(package=bring(round, actor, made), actor=actor, at=AT)

    round.nominations.filter(category__code="pemda").update(status=Status.RUNNING)
    third = bring(round, actor, province.hand_over())
    with pytest.raises(PackageScreenedAlready):
        take_package(package=third, actor=actor, at=AT)

    second.refresh_from_db()
    assert (second.replaced_at, ReceivedPackage.objects.filter(accepted=True).count()) == (None, 1)


def _scoring(round: Round, package: ReceivedPackage) -> None:
    Round.objects.filter(pk=round.pk).update(state=State.SCORING)


def _no_category(round: Round, package: ReceivedPackage) -> None:
    round.categories.filter(code="desa").delete()


def _other_kind(round: Round, package: ReceivedPackage) -> None:
    round.categories.filter(code="desa").update(kind=Kind.BUSINESS, sector=Sector.FINANCE)


def _elsewhere(round: Round, package: ReceivedPackage) -> None:
    winner = Nomination.objects.get(round__region=package.region, number=1)
    make_nomination(round.categories.get(code="desa"), region_code=winner.nominee.region.code)


def _damaged(round: Round, package: ReceivedPackage) -> None:
    with default_storage.open(package.file.name, "r+b") as file:
        file.write(b"x")


def _forgotten(round: Round, package: ReceivedPackage) -> None:
    TrustedKey.objects.update(withdrawn_at=AT)


@pytest.mark.parametrize(
    ("prepare", "error"),
    [
        (_scoring, NationalRoundNotReceiving),
        (_no_category, NationalCategoryMissing),
        (_other_kind, NationalCategoryDiffers),
        (_elsewhere, NominatedElsewhereNationally),
        (_damaged, PackageDamaged),
        (_forgotten, KeyNotTrusted),
    ],
)
def test_what_cannot_be_taken_takes_nobody(
    made: Handover,
    national: tuple[Round, User],
    prepare: Callable[[Round, ReceivedPackage], None],
    error: type[DomainError],
) -> None:
    round, actor = national
    package = trusted(bring(round, actor, made), actor)
    prepare(round, package)

    with pytest.raises(error):
        take_package(package=package, actor=actor, at=AT)

    package.refresh_from_db()
    assert not package.accepted
    assert not ReceivedWinner.objects.exists()
    assert not AuditEvent.objects.filter(action="package.taken").exists()


def test_a_winner_of_an_unknown_region_is_named(made: Handover, national: tuple[Round, User]) -> None:
    content = resealed(
        handover_bytes(made),
        lambda told: told["winners"][0]["nominee"].update(region={"code": "53.99", "name": "Kabupaten Jauh"}),
    )
    package = trusted(received(national, content), national[1])

    with pytest.raises(RegionUnknown) as refusal:
        take_package(package=package, actor=national[1], at=AT)

    assert refusal.value.facts["region"] == "53.99 Kabupaten Jauh"


@pytest.mark.parametrize(
    "change",
    [
        {"region": {"code": "53.02", "name": "Kabupaten 53.07"}},  # a code that is another region here
        {"kind": "village"},  # a village that is a regency
    ],
)
def test_a_winner_is_not_entered_as_another_nominee(
    made: Handover, national: tuple[Round, User], change: dict[str, Any]
) -> None:
    round, actor = national
    Category.objects.filter(round=round, code="desa").update(kind=change.get("kind", Kind.GOVERNMENT))
    content = resealed(handover_bytes(made), lambda told: told["winners"][1]["nominee"].update(change))
    package = trusted(received(national, content), actor)
    before = Nominee.objects.count()

    with pytest.raises(RegionUnknown):
        take_package(package=package, actor=actor, at=AT)

    assert (Nominee.objects.count(), round.nominations.count()) == (before, 0)


def test_a_key_is_accepted_after_its_end_was_read_aloud(made: Handover, national: tuple[Round, User]) -> None:
    round, actor = national
    package = bring(round, actor, made)
    with pytest.raises(KeyNotTrusted):
        take_package(package=package, actor=actor, at=AT)
    with pytest.raises(FingerprintDiffers):
        trusted(package, actor, spoken=package.fingerprint[:16])
    with pytest.raises(NoteMissing):
        trusted(package, actor, note=" ")
    with pytest.raises(WrongPassword):
        trusted(package, actor, password="lain")
    assert not TrustedKey.objects.exists()

    told: Any = {"package": package, "spoken": f"{package.fingerprint[-16:-8].upper()}-{package.fingerprint[-8:]} "}
    told["password"] = PASSWORD
    key = trust_key(**told, note="dibacakan Ibu Ani (contoh)", actor=actor, at=AT)

    assert (key.fingerprint, key.region) == (package.fingerprint, package.region)
    assert trust_key(**told, note="lagi", actor=actor, at=AT) == key
    assert AuditEvent.objects.filter(action="key.trusted").count() == 1


@pytest.mark.parametrize("between", ["", " ", "-", " – ", ":", "."])
@pytest.mark.parametrize("groups", [4, 16])
def test_a_fingerprint_is_typed_in_any_grouping_its_end_or_whole(
    made: Handover, national: tuple[Round, User], between: str, groups: int
) -> None:
    package = bring(*national, made)
    spoken = between.join(wrap(package.fingerprint, 4)[-groups:])
    assert key_standing(trusted(package, national[1], spoken=spoken)).trusted


@pytest.mark.parametrize("cut", [slice(-12, None), slice(-16, -1), slice(-16, 0), slice(0, 64)])
def test_part_of_a_fingerprint_is_not_enough(made: Handover, national: tuple[Round, User], cut: slice) -> None:
    package = bring(*national, made)
    with pytest.raises(FingerprintDiffers):
        trusted(package, national[1], spoken=f"z{package.fingerprint[cut]}")


def test_who_accepts_a_key_takes_nobody_under_it_before_somebody_else_did(
    province: Province, made: Handover, national: tuple[Round, User]
) -> None:
    round, actor = national
    colleague = make_user(Role.NATIONAL_SECRETARIAT, round=round)
    package = bring(round, actor, made)
    spoken = package.fingerprint[-16:]
    trust_key(package=package, spoken=spoken, note="telepon (contoh)", password=PASSWORD, actor=actor, at=AT)
    with pytest.raises(KeyNeedsSecondPerson) as refusal:
        take_package(package=package, actor=actor, at=AT)
    assert refusal.value.facts == {"province": str(package.region)}
    assert not round.nominations.exists()

    take_package(package=package, actor=colleague, at=AT)
    newer = bring(round, actor, province.hand_over())

    assert take_package(package=newer, actor=actor, at=AT).accepted


def test_a_changed_key_is_loud(
    province: Province, made: Handover, national: tuple[Round, User], settings: Any, tmp_path: Path
) -> None:
    round, actor = national
    first = trusted(bring(round, actor, made), actor)
    use_key(settings, tmp_path, "lain.pem")
    second = bring(round, actor, province.hand_over())
    assert first.fingerprint != second.fingerprint

    with pytest.raises(KeyChanged):
        take_package(package=second, actor=actor, at=AT)
    with pytest.raises(ChangeNotConfirmed):
        trusted(second, actor)
    trusted(second, actor, replaces=True)

    assert take_package(package=second, actor=actor, at=AT).accepted
    assert list(TrustedKey.objects.filter(withdrawn_at=None).values_list("fingerprint", flat=True)) == [
        second.fingerprint
    ]
    assert AuditEvent.objects.filter(action="key.withdrawn").count() == 1


def test_a_key_is_withdrawn_once(made: Handover, national: tuple[Round, User]) -> None:
    round, actor = national
    package = take_package(package=trusted(bring(round, actor, made), actor), actor=actor, at=AT)
    key = TrustedKey.objects.get()

    first = withdraw_key(key=key, round=round, actor=actor, at=AT)

    assert (first.withdrawn_at, withdraw_key(key=key, round=round, actor=actor, at=AT)) == (AT, first)
    event = AuditEvent.objects.get(action="key.withdrawn")
    assert json.loads(event.payload)["packages"] == [package.sha256]
    assert (key_standing(package).trusted, key_standing(package).withdrawn) == (None, key)


def test_what_came_stays_as_it_came(made: Handover, national: tuple[Round, User]) -> None:
    round, actor = national
    package = take_package(package=trusted(bring(round, actor, made), actor), actor=actor, at=AT)
    rows = ReceivedPackage.objects.filter(pk=package.pk)

    for change in ({"sha256": "0" * 64}, {"manifest": "{}"}, {"accepted": False}):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    for row in (package.winners.first(), TrustedKey.objects.get()):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


@pytest.mark.parametrize("role", [Role.CHAIR, Role.AUDITOR, Role.ORGANISER, Role.PLATFORM_ADMIN])
def test_only_the_national_secretariat_receives(made: Handover, national: tuple[Round, User], role: Role) -> None:
    round, actor = national
    package, other = trusted(bring(round, actor, made), actor), make_user(role, round=round)

    for act in (
        lambda: receive_package(round=round, content=b"x", file_name="x", actor=other, at=AT),
        lambda: take_package(package=package, actor=other, at=AT),
        lambda: trusted(package, other),
        lambda: withdraw_key(key=TrustedKey.objects.get(), round=round, actor=other, at=AT),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_a_province_receives_nothing(national: tuple[Round, User]) -> None:
    round = make_round(region_code="52")
    with pytest.raises(NotPermitted):
        received((round, make_user(Role.SECRETARIAT, round=round)), b"x")
