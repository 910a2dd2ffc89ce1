"""A province makes its hand-over package, and says when it was sent. A package is never made twice: each has a number.

Counting the run again takes seconds and happens before the transaction; under the round's lock the log must still end
where it ended when the package was read.
"""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging import audit_actions
from judging.core.handover import Seal, build
from judging.core.verifier_handover import SIZE_LIMIT, verify_package
from judging.models import Handover, Tabulation
from judging.permissions.handover import can_make_handover
from judging.selectors.forwarding import forwarding_rows
from judging.selectors.handover import Material, is_outdated, material_of, minutes_in_force
from judging.selectors.standings import tabulation_in_force
from nominees.models import Round
from paritrana.accounts.models import Role, User
from paritrana.audit.record import record
from paritrana.audit.selectors import head_of
from paritrana.kernel.errors import DomainError
from paritrana.kernel.seal import SiteKey, read_key
from paritrana.kernel.transactions import atomic_service

from .forwarding import refuse_shared_places
from .locks import locked_round


class MinutesNotIssued(DomainError):
    """The package holds the minutes, so they are issued first."""

    code = "handover_minutes_missing"


class NobodyToHandOver(DomainError):
    """No category forwards anybody."""

    code = "handover_nobody"


class HandoverMeanwhile(DomainError):
    """Something happened in the round while the package was being made; nothing was stored."""

    code = "handover_meanwhile"


class HandoverDoesNotHold(DomainError):
    """The new package does not pass its own verification; facts ``problem``. Nothing was stored."""

    code = "handover_does_not_hold"


class HandoverTooLarge(DomainError):
    """The package is larger than a receiver takes; facts ``size``, ``limit`` (MB)."""

    code = "handover_too_large"


class AlreadySent(DomainError):
    """It was said before that this package was sent; facts ``number``."""

    code = "handover_already_sent"


class HandoverOutdated(DomainError):
    """The result was decided anew after the package was made; facts ``number``."""

    code = "handover_outdated"


class WayMissing(DomainError):
    """How the package was sent is told in a few words."""

    code = "handover_way_missing"


def site_key() -> SiteKey:
    """Return this installation's key. Raises ``KeyMissing``, ``KeyUnreadable``, ``KeyOpenToOthers``."""
    return read_key(Path(settings.HANDOVER_KEY))


def make_handover(*, round: Round, actor: User, at: datetime) -> Handover:
    """Make, verify and store the next package of ``round``.

    Raises ``NotPermitted``, :class:`MinutesNotIssued`, :class:`NobodyToHandOver`, ``SharedPlaceExceedsQuota``,
    :class:`HandoverMeanwhile`, :class:`HandoverDoesNotHold`, :class:`HandoverTooLarge` and those of :func:`site_key`.
    """
    round = Round.objects.select_related("edition", "region").get(pk=round.pk)
    can_make_handover(actor, round).require()
    key = site_key()
    tabulation, material = _material(round, at)
    content = build(material.facts, material.contents, Seal(key.public, key.sign))
    if len(content) > SIZE_LIMIT:
        megabytes = 1024 * 1024
        raise HandoverTooLarge(size=-(-len(content) // megabytes), limit=SIZE_LIMIT // megabytes)
    faults = verify_package(content, key.fingerprint)
    if faults:
        raise HandoverDoesNotHold(problem=str(faults[0]))
    digest = hashlib.sha256(content).hexdigest()
    name = default_storage.save(f"handovers/{round.edition.assessment_year}/{digest[:32]}.zip", ContentFile(content))
    try:
        return _stored(
            round=round,
            tabulation=tabulation,
            material=material,
            file=name,
            size=len(content),
            sha256=digest,
            fingerprint=key.fingerprint,
            actor=actor,
            at=at,
        )
    except BaseException:
        default_storage.delete(name)
        raise


def _material(round: Round, at: datetime) -> tuple[Tabulation, Material]:
    """Return the run in force and what the next package holds."""
    tabulation = tabulation_in_force(round)
    minutes = minutes_in_force(round, tabulation) if tabulation else None
    if tabulation is None or minutes is None:
        raise MinutesNotIssued
    rows = forwarding_rows(round)
    if not rows:
        raise NobodyToHandOver
    refuse_shared_places(rows)
    number = Handover.objects.filter(round=round).count() + 1
    return tabulation, material_of(tabulation, minutes, number=number, made_by=Role.SECRETARIAT.value, at=at)


@atomic_service
def _stored(
    *,
    round: Round,
    tabulation: Tabulation,
    material: Material,
    file: str,
    size: int,
    sha256: str,
    fingerprint: str,
    actor: User,
    at: datetime,
) -> Handover:
    """Write the row and its event, if nothing happened in the round meanwhile."""
    round = locked_round(round.pk)
    can_make_handover(actor, round).require()
    if head_of(round.scope) != material.head or round.state != material.facts.state:
        raise HandoverMeanwhile
    found = Handover.objects.create(
        round=round,
        tabulation=tabulation,
        number=material.facts.number,
        file=file,
        size=size,
        sha256=sha256,
        fingerprint=fingerprint,
        made_by=actor,
        made_at=at,
    )
    record(
        action=audit_actions.HANDOVER_MADE,
        actor=actor,
        at=at,
        target=found,
        chain=round.scope,
        payload={"number": found.number, "sha256": sha256, "key": fingerprint, "size": size},
    )
    return found


def refuse_unsendable(handover: Handover) -> None:
    """Raise :class:`AlreadySent` or :class:`HandoverOutdated` where a package cannot be said to be sent. One query."""
    if handover.sent_at:
        raise AlreadySent(number=handover.number)
    if is_outdated(handover):
        raise HandoverOutdated(number=handover.number)


@atomic_service
def send_handover(*, handover: Handover, how: str, actor: User, at: datetime) -> Handover:
    """Record that a package went out, and how; the round can be closed then.

    Raises ``NotPermitted``, :class:`AlreadySent`, :class:`HandoverOutdated`, :class:`WayMissing`.
    """
    round = locked_round(handover.round_id)
    can_make_handover(actor, round).require()
    handover = Handover.objects.select_for_update(of=("self",)).select_related("round").get(pk=handover.pk)
    refuse_unsendable(handover)
    if not how.strip():
        raise WayMissing
    handover.sent_by, handover.sent_at, handover.sent_how = actor, at, how.strip()[:150]
    handover.save(update_fields=["sent_by", "sent_at", "sent_how"])
    record(
        action=audit_actions.HANDOVER_SENT,
        actor=actor,
        at=at,
        target=handover,
        chain=round.scope,
        payload={"number": handover.number, "sha256": handover.sha256, "how": handover.sent_how},
    )
    return handover
