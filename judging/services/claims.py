"""Claims of provincial winners: listed when these are received, added by hand, verified on a written basis.

Counts reach the national nomination only through a verdict: confirmed as claimed, corrected as found, never otherwise.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from judging import audit_actions
from judging.models import Claim, ClaimVerdict
from judging.permissions.national import can_verify_claims
from judging.selectors.claims import (
    INDICATOR,
    OWN,
    Counts,
    claimed_counts,
    counted,
    statements_of,
)
from judging.selectors.evidence import criteria_of
from nominees.core.coverage import counts_fit
from nominees.models import Nomination, Round, Status
from nominees.services.indicators import CountsRefused, enter_indicator
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction

from .locks import locked_round


class ClaimWordsMissing(DomainError):
    """A claim has a name and what is claimed."""

    code = "claim_words_missing"


class ClaimTaken(DomainError):
    """The nominee has a claim of this name; facts ``label``."""

    code = "claim_taken"


class VerdictMissing(DomainError):
    """A verification comes to one of three verdicts."""

    code = "claim_verdict_missing"


class BasisMissing(DomainError):
    """A verdict says on what it rests."""

    code = "claim_basis_missing"


class FoundMissing(DomainError):
    """A correction says what was found; one of counts gives both counts."""

    code = "claim_found_missing"


class FoundNothingElse(DomainError):
    """A correction says something else than the claim; what is as claimed is confirmed. Facts ``claimed``."""

    code = "claim_found_same"


class FoundNotKept(DomainError):
    """Other counts were typed beside a verdict that would drop them; facts ``counts``, ``claimed``."""

    code = "claim_found_not_kept"


class ClaimToldAnew(DomainError):
    """The province tells other counts by now than those that are claimed here; facts ``counts``."""

    code = "claim_told_anew"


class CountsStand(DomainError):
    """An earlier verdict let counts in, which would still decide about the score."""

    code = "claim_counts_stand"


class ClaimMeanwhile(DomainError):
    """Somebody else verified the claim since the page was opened; facts ``name``."""

    code = "claim_meanwhile"


class ClaimRenewed(DomainError):
    """A newer package told the claim anew since the page was opened; facts ``claimed``, as it is now."""

    code = "claim_renewed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a verification found: a verdict, its basis and, for a correction, words or ``count`` out of ``base``."""

    verdict: str
    basis: str
    found: str = ""
    count: int | None = None
    base: int | None = None


@atomic_service
def draw_claims(*, round: Round, actor: User, at: datetime) -> int:
    """List the claims of every winner from what came with it; return how many are new. A second run lists nothing.

    Needed where winners were received before claims were listed by themselves. Raises ``NotPermitted``,
    ``PackageDamaged``.
    """
    round = locked_round(round.pk)
    can_verify_claims(actor, round).require()
    rows = Nomination.objects.filter(round=round).exclude(status__in=(Status.REJECTED, Status.WITHDRAWN))
    return list_claims(rows.select_related("round", "category", "forwarded_from"), actor=actor, at=at)


def list_claims(nominations: Iterable[Nomination], *, actor: User, at: datetime) -> int:
    """List the claims of winners that are being received; return how many are new.

    Who may receive them was asked by the caller, who holds the lock of the round. A claim that has its verdict stays as
    it is; one that nobody looked at follows what a newer package tells. Raises ``PackageDamaged``.
    """
    require_transaction()
    return sum(_draw(one, actor, at) for one in nominations)


def _draw(nomination: Nomination, actor: User, at: datetime) -> int:
    present = {one.source: one for one in Claim.objects.filter(nomination=nomination).exclude(source=OWN)}
    told = {one.source: one for one in statements_of(nomination)}
    new = [one for source, one in told.items() if source not in present]
    untouched = [one for one in present.values() if one.verdict == ClaimVerdict.OPEN]
    renewed = [one for one in untouched if one.source in told and one.claimed != told[one.source].claimed]
    dropped = [one for one in untouched if one.source not in told]
    if not (new or renewed or dropped):
        return 0
    first = _next_number(nomination)
    Claim.objects.bulk_create(
        Claim(nomination=nomination, number=number, source=one.source, label=one.label, claimed=one.claimed)
        for number, one in enumerate(new, start=first)
    )
    for claim in renewed:
        claim.claimed = told[claim.source].claimed
        claim.save(update_fields=["claimed"])
    Claim.objects.filter(pk__in=[one.pk for one in dropped]).delete()
    payload = {"number": nomination.number, "sources": [one.source for one in new]}
    payload |= {"renewed": [one.source for one in renewed], "dropped": [one.source for one in dropped]}
    _record(audit_actions.CLAIMS_DRAWN, nomination, actor, at, payload)
    return len(new)


@atomic_service
def add_claim(*, nomination: Nomination, label: str, claimed: str, actor: User, at: datetime) -> Claim:
    """Add something to be verified that did not come with the winner.

    Raises ``NotPermitted``, :class:`ClaimWordsMissing`, :class:`ClaimTaken`.
    """
    round = locked_round(nomination.round_id)
    can_verify_claims(actor, round).require()
    label, claimed = label.strip()[:200], claimed.strip()[:300]
    if not (label and claimed):
        raise ClaimWordsMissing
    if Claim.objects.filter(nomination=nomination, source=OWN, label=label).exists():
        raise ClaimTaken(label=label)
    claim = Claim.objects.create(
        nomination=nomination, number=_next_number(nomination), source=OWN, label=label, claimed=claimed
    )
    payload = {"number": nomination.number, "claim": claim.number, "label": label, "claimed": claimed}
    _record(audit_actions.CLAIM_ADDED, nomination, actor, at, payload)
    return claim


@atomic_service
def verify_claim(
    *,
    claim: Claim,
    finding: Finding,
    actor: User,
    at: datetime,
    expected: datetime | None = None,
    claimed: str | None = None,
) -> Claim:
    """Write down what the verification of ``claim`` found; a later verdict takes the place of an earlier one.

    Of a claim about counts the confirmed or corrected ones become the nomination's counts, if its rubric computes
    that criterion. ``expected`` is when the claim was verified as the actor saw it, ``claimed`` what it claimed then
    (None: as in ``claim``): a newer package may have told it anew. Raises ``NotPermitted``, ``CountsRefused`` and the
    errors of this module.
    """
    seen = claim.claimed if claimed is None else claimed
    round = locked_round(claim.nomination.round_id)
    can_verify_claims(actor, round).require()
    claim = Claim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if claim.claimed != seen:
        raise ClaimRenewed(claimed=claim.claimed)
    if claim.checked_at != expected:
        raise ClaimMeanwhile(name=str(claim.checked_by or ""))
    before = [claim.verdict, claim.found]
    counts = _counts(claim, finding)
    claim.verdict, claim.basis = finding.verdict, finding.basis.strip()[:300]
    claim.found = _found(finding, counts)
    claim.checked_by, claim.checked_at = actor, at
    claim.save(update_fields=["verdict", "basis", "found", "checked_by", "checked_at"])
    nomination = claim.nomination
    payload = {
        "number": nomination.number,
        "claim": claim.number,
        "source": claim.source,
        "verdict": claim.verdict,
        "found": claim.found,
        "basis": claim.basis,
        "before": before,
    }
    _record(audit_actions.CLAIM_VERIFIED, nomination, actor, at, payload)
    if counts:
        _enter(claim, counts, actor, at)
    return claim


def _counts(claim: Claim, finding: Finding) -> Counts | None:
    """Return the counts that follow from ``finding``. Raises the errors of an incomplete finding."""
    if finding.verdict not in set(ClaimVerdict.values) - {ClaimVerdict.OPEN.value}:
        raise VerdictMissing
    if not finding.basis.strip():
        raise BasisMissing
    told = claimed_counts(claim)
    if finding.verdict == ClaimVerdict.CORRECTED:
        return _corrected(claim, finding, told)
    if finding.verdict == ClaimVerdict.CONFIRMED and told and str(told) != claim.claimed:
        raise ClaimToldAnew(counts=str(told))
    if finding.verdict == ClaimVerdict.REFUTED and _counts_stand(claim):
        raise CountsStand
    typed = counted(finding.count, finding.base) if finding.count is not None and finding.base is not None else None
    if told and typed and typed != str(told):
        raise FoundNotKept(counts=typed, claimed=str(told))
    return told if finding.verdict == ClaimVerdict.CONFIRMED else None


def _corrected(claim: Claim, finding: Finding, told: Counts | None) -> Counts | None:
    """Return what was found instead of ``told``, which is something else. Counts lie within their base."""
    if told is None:
        if not finding.found.strip():
            raise FoundMissing
        if finding.found.strip() == claim.claimed:
            raise FoundNothingElse(claimed=claim.claimed)
        return None
    if finding.count is None or finding.base is None:
        raise FoundMissing
    if not counts_fit(finding.count, finding.base):
        raise CountsRefused(count=finding.count, base=finding.base)
    if counted(finding.count, finding.base) == claim.claimed:
        raise FoundNothingElse(claimed=claim.claimed)
    return Counts(finding.count, finding.base, finding.basis.strip()[:200], told.as_of)


def _counts_stand(claim: Claim) -> bool:
    """Whether an earlier verdict of this claim let counts in."""
    if claim.verdict not in (ClaimVerdict.CONFIRMED, ClaimVerdict.CORRECTED) or not claim.source.startswith(INDICATOR):
        return False
    return claim.nomination.indicators.filter(criterion=claim.source.removeprefix(INDICATOR)).exists()


def _found(finding: Finding, counts: Counts | None) -> str:
    if finding.verdict != ClaimVerdict.CORRECTED:
        return finding.found.strip()[:300]
    return counted(counts.count, counts.base) if counts else finding.found.strip()[:300]


def _enter(claim: Claim, counts: Counts, actor: User, at: datetime) -> None:
    """Let verified counts be those of the national nomination."""
    criterion = claim.source.removeprefix(INDICATOR)
    if criterion in criteria_of(claim.nomination):
        enter_indicator(
            nomination=claim.nomination,
            criterion=criterion,
            count=counts.count,
            base=counts.base,
            source=counts.source,
            as_of=counts.as_of,
            actor=actor,
            at=at,
        )


def _next_number(nomination: Nomination) -> int:
    last: int | None = Claim.objects.filter(nomination=nomination).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def _record(action: str, nomination: Nomination, actor: User, at: datetime, payload: dict[str, object]) -> None:
    record(action=action, actor=actor, at=at, target=nomination, chain=nomination.round.scope, payload=payload)
