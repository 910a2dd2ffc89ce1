"""Keys of provinces: accepted after the fingerprint was compared with what the province read aloud, or withdrawn.

Whoever accepts a key proves by password who it is, and somebody else takes the first package that it signed
(``received_packages.take_package``), so that nobody brings winners in alone.
"""

import re
from datetime import datetime

from judging import audit_actions
from judging.core.verifier_handover import Package
from judging.models import ReceivedPackage, TrustedKey
from judging.permissions.handover import can_receive
from judging.selectors.received_packages import key_standing, package_bytes, taken_with
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.seal import fingerprint_of
from paritrana.kernel.transactions import atomic_service

from .plenary import WrongPassword
from .received_packages import PackageRefused

#: Hexadecimal digits that the province reads: the last four groups of four.
SPOKEN = 16


class FingerprintDiffers(DomainError):
    """What the province read is not the end of the key's fingerprint."""

    code = "key_fingerprint_differs"


class NoteMissing(DomainError):
    """How the key was compared, and with whom, is written down."""

    code = "key_note_missing"


class ChangeNotConfirmed(DomainError):
    """The province is known under another key, and nobody said that it changed; facts ``province``."""

    code = "key_change_not_confirmed"


@atomic_service
def trust_key(
    *,
    package: ReceivedPackage,
    spoken: str,
    note: str,
    password: str,
    actor: User,
    at: datetime,
    replaces: bool = False,
) -> TrustedKey:
    """Accept the key that signed a sound ``package`` for its province.

    ``spoken`` is the end of the fingerprint (16 digits or more) as the province read it, in any grouping, ``note`` with
    whom and how. Another key of the province is withdrawn if ``replaces`` says that it changed. A key that is known is
    returned as it is.
    Raises ``NotPermitted``, ``PackageRefused``, ``PackageDamaged``, ``WrongPassword`` and the errors of this module.
    """
    round = locked_round(package.round_id)
    can_receive(actor, round).require()
    if package.problems or package.region is None:
        raise PackageRefused
    standing = key_standing(package)
    if standing.trusted:
        return standing.trusted
    if not actor.check_password(password):
        raise WrongPassword
    public = bytes.fromhex(Package(package_bytes(package)).signature["public_key"])
    fingerprint = fingerprint_of(public)
    told = _digits(spoken)
    if len(told) < SPOKEN or not fingerprint.endswith(told):
        raise FingerprintDiffers
    if not note.strip():
        raise NoteMissing
    if standing.is_changed and not replaces:
        raise ChangeNotConfirmed(province=str(package.region))
    for key in standing.others:
        _withdraw(key, round, actor, at)
    key = TrustedKey.objects.create(
        region=package.region,
        public_key=public.hex(),
        fingerprint=fingerprint,
        note=note.strip()[:200],
        trusted_by=actor,
        trusted_at=at,
    )
    payload = {"province": package.region.code, "key": fingerprint, "note": key.note}
    record(action=audit_actions.KEY_TRUSTED, actor=actor, at=at, target=key, chain=round.scope, payload=payload)
    return key


def _digits(spoken: str) -> str:
    """Return what was typed without what stands between groups (spaces, hyphens, colons, dots), in small letters."""
    return re.sub(r"[\W_]", "", spoken).lower()


@atomic_service
def withdraw_key(*, key: TrustedKey, round: Round, actor: User, at: datetime) -> TrustedKey:
    """Trust ``key`` no more. Doing it again changes nothing. Raises ``NotPermitted``.

    Packages that were taken stay; the event names them, and their pages say that their key is withdrawn.
    """
    round = locked_round(round.pk)
    can_receive(actor, round).require()
    key = TrustedKey.objects.select_for_update(of=("self",)).select_related("region").get(pk=key.pk)
    if key.withdrawn_at is None:
        _withdraw(key, round, actor, at)
    return key


def _withdraw(key: TrustedKey, round: Round, actor: User, at: datetime) -> None:
    key.withdrawn_at = at
    key.save(update_fields=["withdrawn_at"])
    packages = [one.sha256 for one in taken_with(key)]
    payload = {"province": key.region.code, "key": key.fingerprint, "packages": packages}
    record(action=audit_actions.KEY_WITHDRAWN, actor=actor, at=at, target=key, chain=round.scope, payload=payload)
