"""Claims of a province: drawn from what came, verified on a basis, and their counts never entered silently."""

import hashlib
import json
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging.models import CategoryRubric, Claim, ClaimVerdict, ReceivedPackage, ReceivedWinner, SecretariatEntry
from judging.selectors.claims import progress_of, unlisted
from judging.selectors.readiness import claims_verified
from judging.selectors.received_packages import PackageDamaged, winners_in
from judging.services.claims import (
    BasisMissing,
    ClaimMeanwhile,
    ClaimRenewed,
    ClaimTaken,
    ClaimToldAnew,
    ClaimWordsMissing,
    CountsStand,
    Finding,
    FoundMissing,
    FoundNothingElse,
    FoundNotKept,
    VerdictMissing,
    add_claim,
    draw_claims,
    verify_claim,
)
from nominees.core.lifecycle import State
from nominees.models import CountedIndicator, Nomination, Round, Status
from nominees.services.indicators import CountsRefused
from paritrana.accounts.models import Role, User
from paritrana.audit.models import AuditEvent
from paritrana.kernel.verdict import NotPermitted
from tests.factories.rubrics import make_category_rubric
from tests.factories.world import AT, make_category, make_nomination, make_region, make_round, make_user

pytestmark = pytest.mark.django_db
BASIS = "Data peserta (contoh)"


@pytest.fixture
def actor(winner: Nomination) -> User:
    return make_user(Role.NATIONAL_SECRETARIAT, round=winner.round)


@pytest.fixture
def winner() -> Nomination:
    """A provincial winner with counts and a summary, forwarded on one site."""
    source = make_nomination(make_category(make_round()), summary="Melindungi nelayan (contoh)")
    CountedIndicator.objects.create(
        nomination=source,
        criterion="cakupan",
        count=45000,
        base=90000,
        source="BPJS (contoh)",
        as_of=date(2024, 12, 31),
        entered_by=make_user(),
        entered_at=AT,
    )
    national = make_round(region_code=None, state=State.NOMINATION)
    category = make_category(national)
    make_category_rubric(category)
    return make_nomination(category, region_code=source.nominee.region.code, forwarded_from=source)


def _drawn(winner: Nomination, actor: User) -> dict[str, Claim]:
    draw_claims(round=winner.round, actor=actor, at=AT)
    return {claim.source: claim for claim in Claim.objects.filter(nomination=winner)}


def _verified(claim: Claim, actor: User, finding: Finding, **told: Any) -> Claim:
    return verify_claim(claim=claim, finding=finding, actor=actor, **({"at": AT} | told))


def test_claims_are_drawn_once_and_are_open(winner: Nomination, actor: User) -> None:
    found = _drawn(winner, actor)
    assert {source: claim.claimed for source, claim in found.items()} == {
        "indicator:cakupan": "45.000 dari 90.000",
        "text": "Melindungi nelayan (contoh)",
    }
    assert draw_claims(round=winner.round, actor=actor, at=AT) == 0
    assert AuditEvent.objects.filter(action="claim.drawn").count() == 1
    assert [(one.total, one.open) for one in progress_of(winner.round)] == [(2, 2)]
    assert not CountedIndicator.objects.filter(nomination=winner).exists()


def test_the_secretariats_scores_come_along_on_one_site(winner: Nomination, actor: User) -> None:
    for turn in (1, 2):
        SecretariatEntry.objects.create(
            nomination=winner.forwarded_from,
            criterion="regulasi",
            turn=turn,
            value=Decimal("82.5"),
            entered_by=make_user(),
            entered_at=AT,
        )
    found = _drawn(winner, actor)["score:regulasi"]
    assert found.claimed == "82,5"
    assert _verified(found, actor, Finding(ClaimVerdict.CORRECTED, BASIS, found="80")).found == "80"


@pytest.fixture
def packed(winner: Nomination, actor: User) -> Nomination:
    """The first winner of a package of the demo, in the national round of :func:`winner`."""
    content = (settings.BASE_DIR / "fixtures" / "demo" / "handover" / "usulan-2024-64-1.zip").read_bytes()
    package = ReceivedPackage.objects.create(
        round=winner.round,
        region=make_region("64", "Kalimantan Timur"),
        file=default_storage.save("handovers/uji.zip", ContentFile(content)),
        file_name="usulan.zip",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        accepted=True,
        received_by=actor,
        received_at=AT,
        taken_by=actor,
        taken_at=AT,
    )
    told = winners_in(content)["winners"][0]
    nomination = make_nomination(winner.category)
    ReceivedWinner.objects.create(
        package=package,
        nomination=nomination,
        category_code=told["category"],
        place=1,
        title=told["title"],
        facts=json.dumps(told),
    )
    return nomination


def test_counts_and_the_secretariats_scores_come_along_in_a_package(packed: Nomination, actor: User) -> None:
    found = _drawn(packed, actor)
    assert {source: claim.claimed for source, claim in found.items()} == {
        "indicator:cakupan": "80.467 dari 120.100",
        "score:regulasi": "70",
    }
    assert found["score:regulasi"].label == "Regulasi dan dukungan anggaran"


def test_a_damaged_package_draws_no_half_of_its_claims(packed: Nomination, actor: User) -> None:
    default_storage.delete(ReceivedPackage.objects.get().file.name)
    with pytest.raises(PackageDamaged):
        draw_claims(round=packed.round, actor=actor, at=AT)
    assert not Claim.objects.exists()


def test_confirmed_counts_become_those_of_the_nomination(winner: Nomination, actor: User) -> None:
    claim = _drawn(winner, actor)["indicator:cakupan"]
    _verified(claim, actor, Finding(ClaimVerdict.CONFIRMED, BASIS))
    assert _counts(winner) == (45000, 90000, "BPJS (contoh)")
    told = json.loads(AuditEvent.objects.get(action="claim.verified").payload)
    assert (told["verdict"], told["basis"], told["before"]) == ("confirmed", BASIS, ["open", ""])


def test_corrected_counts_replace_confirmed_ones_with_both_in_the_log(winner: Nomination, actor: User) -> None:
    claim = _drawn(winner, actor)["indicator:cakupan"]
    _verified(claim, actor, Finding(ClaimVerdict.CONFIRMED, BASIS))
    finding = Finding(ClaimVerdict.CORRECTED, "Rekonsiliasi (contoh)", count=44000, base=90000)
    corrected = _verified(claim, actor, finding, expected=AT, at=AT + timedelta(hours=1))
    assert corrected.found == "44.000 dari 90.000"
    assert _counts(winner) == (44000, 90000, "Rekonsiliasi (contoh)")
    entered = AuditEvent.objects.filter(action="indicator.entered").order_by("pk").last()
    assert entered is not None
    payload = json.loads(entered.payload)
    assert (payload["before"], payload["counts"]) == ([45000, 90000], [44000, 90000])


def test_what_is_not_borne_out_changes_no_count(winner: Nomination, actor: User) -> None:
    _verified(_drawn(winner, actor)["indicator:cakupan"], actor, Finding(ClaimVerdict.REFUTED, BASIS))
    assert not CountedIndicator.objects.filter(nomination=winner).exists()


def test_what_is_not_borne_out_later_does_not_leave_its_counts_behind(winner: Nomination, actor: User) -> None:
    claim = _drawn(winner, actor)["indicator:cakupan"]
    _verified(claim, actor, Finding(ClaimVerdict.CONFIRMED, BASIS))
    with pytest.raises(CountsStand):
        _verified(claim, actor, Finding(ClaimVerdict.REFUTED, BASIS), expected=AT)
    _verified(claim, actor, Finding(ClaimVerdict.CORRECTED, BASIS, count=0, base=90000), expected=AT)
    assert _counts(winner) == (0, 90000, BASIS)


def test_counts_that_were_told_anew_are_not_confirmed_unseen(winner: Nomination, actor: User) -> None:
    claim = _drawn(winner, actor)["indicator:cakupan"]
    CountedIndicator.objects.update(count=80000)
    with pytest.raises(ClaimToldAnew) as refusal:
        _verified(claim, actor, Finding(ClaimVerdict.CONFIRMED, BASIS))
    assert refusal.value.facts == {"counts": "80.000 dari 90.000"}
    assert not CountedIndicator.objects.filter(nomination=winner).exists()


@pytest.mark.parametrize(
    ("finding", "error"),
    [
        (Finding("open", BASIS), VerdictMissing),
        (Finding("entah", BASIS), VerdictMissing),
        (Finding("confirmed", " "), BasisMissing),
        (Finding("corrected", BASIS, count=1), FoundMissing),
        (Finding("corrected", BASIS, count=2, base=1), CountsRefused),
        (Finding("corrected", BASIS, count=45000, base=90000), FoundNothingElse),
        (Finding("confirmed", BASIS, count=44000, base=90000), FoundNotKept),
        (Finding("refuted", BASIS, count=44000, base=90000), FoundNotKept),
    ],
)
def test_an_incomplete_finding_is_refused(
    winner: Nomination, actor: User, finding: Finding, error: type[Exception]
) -> None:
    claim = _drawn(winner, actor)["indicator:cakupan"]
    with pytest.raises(error):
        _verified(claim, actor, finding)
    assert Claim.objects.get(pk=claim.pk).verdict == ClaimVerdict.OPEN


def test_a_corrected_text_says_what_was_found(winner: Nomination, actor: User) -> None:
    claim = _drawn(winner, actor)["text"]
    with pytest.raises(FoundMissing):
        _verified(claim, actor, Finding(ClaimVerdict.CORRECTED, BASIS))
    with pytest.raises(FoundNothingElse):
        _verified(claim, actor, Finding(ClaimVerdict.CORRECTED, BASIS, found=" Melindungi nelayan (contoh)"))
    assert _verified(claim, actor, Finding(ClaimVerdict.CORRECTED, BASIS, found="Petani")).found == "Petani"


def test_two_people_do_not_overwrite_each_other(winner: Nomination, actor: User) -> None:
    claim = _drawn(winner, actor)["text"]
    _verified(claim, actor, Finding(ClaimVerdict.CONFIRMED, BASIS))
    with pytest.raises(ClaimMeanwhile):
        _verified(claim, actor, Finding(ClaimVerdict.REFUTED, BASIS))


def test_what_was_told_anew_meanwhile_is_not_confirmed_unseen(winner: Nomination, actor: User) -> None:
    claim = _drawn(winner, actor)["text"]
    Nomination.objects.filter(pk=winner.forwarded_from_id).update(summary="Melindungi petani (contoh)")
    draw_claims(round=winner.round, actor=actor, at=AT)
    with pytest.raises(ClaimRenewed) as refusal:
        _verified(claim, actor, Finding(ClaimVerdict.CONFIRMED, BASIS))
    assert refusal.value.facts == {"claimed": "Melindungi petani (contoh)"}
    assert Claim.objects.get(pk=claim.pk).verdict == ClaimVerdict.OPEN


def test_a_claim_of_ones_own_has_a_name_and_stands_once(winner: Nomination, actor: User) -> None:
    told: Any = {"nomination": winner, "actor": actor, "at": AT}
    claim = add_claim(label="Perda", claimed="Perda 4/2024 (contoh)", **told)
    assert (claim.number, claim.source, claim.verdict) == (1, "own", ClaimVerdict.OPEN)
    assert json.loads(AuditEvent.objects.get(action="claim.added").payload)["label"] == "Perda"
    with pytest.raises(ClaimTaken):
        add_claim(label="Perda", claimed="Lain", **told)
    with pytest.raises(ClaimWordsMissing):
        add_claim(label=" ", claimed="Lain", **told)


def test_open_claims_keep_the_national_round_from_scoring(winner: Nomination, actor: User) -> None:
    claims = _drawn(winner, actor)
    (unmet,) = claims_verified(winner.round)
    assert (unmet.code, unmet.facts["count"], unmet.where) == ("unmet_claims_open", 2, {"number": winner.number})
    for claim in claims.values():
        _verified(claim, actor, Finding(ClaimVerdict.CONFIRMED, BASIS))
    assert claims_verified(winner.round) == []


def test_what_came_and_was_never_listed_keeps_the_round_too(packed: Nomination, actor: User) -> None:
    """Whoever was received before claims were listed by themselves; without its file a package tells nothing."""
    source = packed.round.nominations.exclude(forwarded_from=None).get().forwarded_from
    empty = make_nomination(packed.category, forwarded_from=make_nomination(source.category if source else None))
    assert [one.code for one in claims_verified(packed.round)] == ["unmet_claims_unlisted"] * 2
    assert empty not in unlisted(packed.round)
    default_storage.delete(ReceivedPackage.objects.get().file.name)
    assert packed in unlisted(packed.round)
    add_claim(nomination=packed, label="Perda", claimed="Perda 4/2024 (contoh)", actor=actor, at=AT)
    assert packed in unlisted(packed.round)


def test_claims_that_nobody_looked_at_follow_what_is_told_anew(winner: Nomination, actor: User) -> None:
    claims = _drawn(winner, actor)
    _verified(claims["text"], actor, Finding(ClaimVerdict.CONFIRMED, BASIS))
    CountedIndicator.objects.update(count=44000)
    Nomination.objects.filter(pk=winner.forwarded_from_id).update(summary="")

    found = _drawn(winner, actor)

    assert {source: claim.claimed for source, claim in found.items()} == {
        "indicator:cakupan": "44.000 dari 90.000",
        "text": "Melindungi nelayan (contoh)",
    }
    CountedIndicator.objects.all().delete()
    assert set(_drawn(winner, actor)) == {"text"}
    told = [json.loads(event.payload) for event in AuditEvent.objects.filter(action="claim.drawn").order_by("pk")]
    changes = [(one["sources"], one["renewed"], one["dropped"]) for one in told[1:]]
    assert changes == [([], ["indicator:cakupan"], []), ([], [], ["indicator:cakupan"])]


def test_claims_of_who_is_out_keep_nobody(winner: Nomination, actor: User) -> None:
    _drawn(winner, actor)
    Nomination.objects.filter(pk=winner.pk).update(status=Status.REJECTED, status_reason="Tidak memenuhi (contoh)")
    assert claims_verified(winner.round) == []


@pytest.mark.parametrize("role", [Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR, Role.SECRETARIAT])
def test_the_jury_reads_only(winner: Nomination, actor: User, role: Role) -> None:
    claim = _drawn(winner, actor)["text"]
    other = make_user(role, round=winner.round)
    with pytest.raises(NotPermitted):
        _verified(claim, other, Finding(ClaimVerdict.CONFIRMED, BASIS))
    with pytest.raises(NotPermitted):
        draw_claims(round=winner.round, actor=other, at=AT)


def test_more_than_all_is_refused_also_where_the_rubric_counts_it_not(winner: Nomination, actor: User) -> None:
    claim = _drawn(winner, actor)["indicator:cakupan"]
    CategoryRubric.objects.all().delete()
    with pytest.raises(CountsRefused):
        _verified(claim, actor, Finding(ClaimVerdict.CORRECTED, BASIS, count=200_000, base=111_900))


def test_not_once_the_plenary_is_open(winner: Nomination, actor: User) -> None:
    claim = _drawn(winner, actor)["text"]
    Round.objects.filter(pk=winner.round_id).update(state=State.PLENARY)
    with pytest.raises(NotPermitted):
        _verified(claim, actor, Finding(ClaimVerdict.CONFIRMED, BASIS))


def _counts(nomination: Nomination) -> tuple[int, int, str]:
    found = CountedIndicator.objects.get(nomination=nomination)
    return found.count, found.base, found.source
