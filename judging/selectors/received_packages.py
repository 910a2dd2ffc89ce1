"""Packages as they came to the national round, what they tell, and the keys that are known."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from judging.core.verifier_handover import Package
from judging.models import Claim, ClaimVerdict, ReceivedPackage, TrustedKey
from nominees.models import Nomination, Round, Status
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError
from paritrana.regions.models import Region


class PackageDamaged(DomainError):
    """The stored package is not there, or is not what came."""

    code = "package_damaged"


@dataclass(frozen=True, slots=True)
class KeyStanding:
    """What is known of the key that signed a package: trusted; or which other one is trusted for the province.

    ``withdrawn``: it was trusted once and is no more.
    """

    trusted: TrustedKey | None
    others: tuple[TrustedKey, ...]
    withdrawn: TrustedKey | None = None

    @property
    def is_changed(self) -> bool:
        """Whether the province is known under another key."""
        return self.trusted is None and bool(self.others)


def packages_of(round: Round) -> QuerySet[ReceivedPackage]:
    """Return every package that came to ``round``, newest first. One query."""
    rows = ReceivedPackage.objects.filter(round=round)
    return rows.select_related("region", "received_by", "taken_by").order_by("-received_at", "-pk")


def package_in_force(round: Round, region: Region | None) -> ReceivedPackage | None:
    """Return the package of a province whose winners were taken and stand. One query."""
    return packages_of(round).filter(region=region, accepted=True, replaced_at=None).first() if region else None


def package_bytes(package: ReceivedPackage) -> bytes:
    """Return a package as it came. Raises :class:`PackageDamaged`."""
    try:
        with package.file.open("rb") as file:
            content = bytes(file.read())
    except OSError:
        raise PackageDamaged from None
    if hashlib.sha256(content).hexdigest() != package.sha256:
        raise PackageDamaged
    return content


def manifest_of(package: ReceivedPackage) -> Mapping[str, Any]:
    """Return what the package says of itself; empty where that could not be read. No query."""
    told: Mapping[str, Any] = json.loads(package.manifest)
    return told


def winners_in(content: bytes) -> Mapping[str, Any]:
    """Return the list of winners of a verified package."""
    told: Mapping[str, Any] = Package(content).winners
    return told


def key_standing(package: ReceivedPackage) -> KeyStanding:
    """Return what is known of the key of ``package``. One query."""
    rows = TrustedKey.objects.filter(region=package.region).select_related("trusted_by")
    keys = list(rows.order_by("-trusted_at", "-pk")) if package.region else []
    own = [key for key in keys if key.fingerprint == package.fingerprint]
    trusted = next((key for key in own if key.withdrawn_at is None), None)
    others = tuple(key for key in keys if key.withdrawn_at is None and key != trusted)
    return KeyStanding(trusted, others, withdrawn=own[0] if own and trusted is None else None)


def taken_with(key: TrustedKey) -> list[ReceivedPackage]:
    """Return the packages that were taken under ``key`` and stand, oldest first. One query."""
    rows = ReceivedPackage.objects.filter(region=key.region_id, fingerprint=key.fingerprint, accepted=True)
    return list(rows.filter(replaced_at=None).select_related("region", "round__edition").order_by("received_at", "pk"))


def needs_second_person(key: TrustedKey, user: User) -> bool:
    """Whether ``user`` accepted ``key`` and nobody else has taken a package under it yet. At most one query."""
    if key.trusted_by_id != user.pk:
        return False
    rows = ReceivedPackage.objects.filter(region=key.region_id, fingerprint=key.fingerprint, accepted=True)
    return not rows.exclude(taken_by=user).filter(taken_at__gte=key.trusted_at).exists()


def begun_nominations(package: ReceivedPackage) -> list[Nomination]:
    """Return the nominations of a package that were screened, or whose claims were looked at. Two queries."""
    rows = Nomination.objects.filter(received_winners__package=package).select_related("nominee")
    looked_at = Claim.objects.filter(nomination__in=rows).exclude(verdict=ClaimVerdict.OPEN)
    claimed = set(looked_at.values_list("nomination_id", flat=True))
    return [
        one
        for one in rows
        if one.status not in (Status.PROPOSED, Status.WITHDRAWN) or one.screened_at or one.pk in claimed
    ]
