"""A province's package at the national round: verified whole when it comes, taken once its key is known.

Verification counts every category again, which takes seconds, and happens before the transaction. What differs is
stored with the package: a refused one is a fact too.
"""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging import audit_actions
from judging.core.handover import MANIFEST, SIGNATURE
from judging.core.runs import canonical
from judging.core.verifier_handover import SIZE_LIMIT, Package, Unreadable, verify_package
from judging.models import ReceivedPackage, ReceivedWinner
from judging.permissions.handover import can_receive
from judging.selectors.received_packages import (
    begun_nominations,
    key_standing,
    needs_second_person,
    package_bytes,
    package_in_force,
    winners_in,
)
from nominees.core.eligibility import place_fits
from nominees.core.facts import BusinessFacts
from nominees.models import Category, Kind, Nomination, Nominee, Round, Status
from nominees.services.businesses import business_nominee
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.seal import is_signed
from paritrana.kernel.transactions import atomic_service
from paritrana.regions.models import Region, RegionKind

from .claims import list_claims
from .national_entries import categories_for, enter, receiving, refuse_misfit

Problem = list[str]
#: What is kept of a refused package: enough to tell the province, however much differs.
MOST_PROBLEMS, LONGEST_MANIFEST = 100, 100_000


class PackageTooLarge(DomainError):
    """The file is larger than a package may be; facts ``limit`` (MB)."""

    code = "package_too_large"


class NotAPackage(DomainError):
    """The file is nothing that a province handed over, altered or not; it is not kept."""

    code = "not_a_package"


class PackageRefused(DomainError):
    """The package did not pass its verification, so nobody in it is taken."""

    code = "package_refused"


class KeyNotTrusted(DomainError):
    """The key that signed the package was not compared with the province yet; facts ``province``."""

    code = "package_key_unknown"


class KeyNeedsSecondPerson(DomainError):
    """Whoever accepted the key takes no winners under it before somebody else has; facts ``province``."""

    code = "package_second_person"


class KeyChanged(DomainError):
    """The package is signed with another key than the one known for the province; facts ``province``."""

    code = "package_key_changed"


class OlderPackage(DomainError):
    """A package of the same or a higher number was taken before; facts ``province``, ``number``."""

    code = "package_older"


class PackageScreenedAlready(DomainError):
    """Winners of the package in force were screened or verified, so no other takes its place; facts ``nominees``."""

    code = "package_screened_already"


class RegionUnknown(DomainError):
    """A winner lies in a region that is not known here by this code and name, or cannot be one of its kind.

    Facts ``region``, ``nominee``.
    """

    code = "package_region_unknown"


def receive_package(*, round: Round, content: bytes, file_name: str, actor: User, at: datetime) -> ReceivedPackage:
    """Verify and store a package that came to the national ``round``; return its row, also where it is refused.

    The same bytes again return the row that is there. Raises ``NotPermitted``, :class:`PackageTooLarge` and
    :class:`NotAPackage`.
    """
    can_receive(actor, round).require()
    if len(content) > SIZE_LIMIT:
        raise PackageTooLarge(limit=SIZE_LIMIT // (1024 * 1024))
    if not _is_of_a_package(content):
        raise NotAPackage
    digest = hashlib.sha256(content).hexdigest()
    known = ReceivedPackage.objects.filter(round=round, sha256=digest).first()
    if known:
        return known
    found = _looked_at(content, round)
    name = default_storage.save(f"handovers/{round.edition.assessment_year}/{digest[:32]}.zip", ContentFile(content))
    try:
        return _stored(
            round=round,
            found=found,
            file=name,
            file_name=file_name,
            size=len(content),
            sha256=digest,
            actor=actor,
            at=at,
        )
    except BaseException:
        default_storage.delete(name)
        raise


def _is_of_a_package(content: bytes) -> bool:
    """Whether ``content`` has an archive's entry of the manifest, even if it was packed anew or is cut off.

    Something else brought by mistake, such as a letter or a file with a key, is not kept; an altered package is.
    """
    return re.search(rb"PK\x03\x04.{26}" + re.escape(MANIFEST.encode()), content, re.DOTALL) is not None


@dataclass(frozen=True, slots=True)
class _Look:
    """What a look into a package found."""

    manifest: Mapping[str, Any]
    region: Region | None
    fingerprint: str
    problems: Sequence[Problem]


def _looked_at(content: bytes, round: Round) -> _Look:
    """Verify ``content`` by the stand-alone verifier, its signature a second time, and against the edition."""
    problems = [[_storable(text) for text in fault] for fault in verify_package(content)[:MOST_PROBLEMS]]
    try:
        package = Package(content)
        code, fingerprint = str(package.manifest["province"]["code"]), str(package.signature["fingerprint"])
    except (Unreadable, KeyError, TypeError, AttributeError, ValueError):
        return _Look({}, None, "", problems)
    if not re.fullmatch("[0-9a-f]{64}", fingerprint):
        fingerprint = ""
    region = Region.objects.filter(code=_storable(code), kind=RegionKind.PROVINCE).first()
    if not problems:
        problems += _against(package, region, round)
    manifest = package.manifest if len(package.files[MANIFEST]) <= LONGEST_MANIFEST else {}
    return _Look(manifest, region, fingerprint, problems)


def _storable(text: str) -> str:
    """Return ``text`` without what no database keeps (halves of pairs, NUL), at most 500 characters."""
    return text.encode("utf-8", "replace").decode().replace("\0", "?")[:500]


def _against(package: Package, region: Region | None, round: Round) -> list[Problem]:
    """What keeps a sound package from belonging here."""
    edition, told = round.edition, package.manifest["edition"]
    signature = package.signature
    problems = []
    if not is_signed(
        bytes.fromhex(signature["public_key"]), package.files[MANIFEST], bytes.fromhex(signature["signature"])
    ):
        problems.append(["handover_signature", SIGNATURE, "the signature does not fit the manifest"])
    if (told["year"], told["is_demo"]) != (edition.assessment_year, edition.is_demo):
        words = f"it is of {told['year']}{' (demo)' if told['is_demo'] else ''}"
        problems.append(["handover_edition", MANIFEST, words])
    if region is None:
        problems.append(["handover_province", MANIFEST, f"there is no province {package.manifest['province']['code']}"])
    return problems


@atomic_service
def _stored(
    *, round: Round, found: _Look, file: str, file_name: str, size: int, sha256: str, actor: User, at: datetime
) -> ReceivedPackage:
    """Write the row and its event. Somebody else may have brought the same bytes meanwhile."""
    round = locked_round(round.pk)
    can_receive(actor, round).require()
    known = ReceivedPackage.objects.filter(round=round, sha256=sha256).first()
    if known:
        default_storage.delete(file)
        return known
    package = ReceivedPackage.objects.create(
        round=round,
        region=found.region,
        file=file,
        file_name=_storable(file_name)[:200],
        size=size,
        sha256=sha256,
        manifest=canonical(dict(found.manifest)),
        fingerprint=found.fingerprint,
        problems=list(found.problems),
        received_by=actor,
        received_at=at,
    )
    record(
        action=audit_actions.PACKAGE_REFUSED if found.problems else audit_actions.PACKAGE_RECEIVED,
        actor=actor,
        at=at,
        target=package,
        chain=round.scope,
        payload={
            "province": found.region.code if found.region else "",
            "sha256": sha256,
            "key": found.fingerprint,
            "problems": [": ".join(problem[1:])[:200] for problem in found.problems[:10]],
        },
    )
    return package


@atomic_service
def take_package(*, package: ReceivedPackage, actor: User, at: datetime) -> ReceivedPackage:
    """Turn the winners of a verified package into nominations that wait for screening; doing it again changes nothing.

    A newer package of the same province takes the place of the one in force as long as nobody in that was screened:
    who stands in both keeps the nomination, who stands in the old one alone is withdrawn. Raises ``NotPermitted``,
    ``PackageDamaged``, ``BusinessKnownElsewhere`` and its like, the errors of this module and of ``national_entries``.
    """
    national = locked_round(package.round_id)
    can_receive(actor, national).require()
    package = ReceivedPackage.objects.select_for_update(of=("self",)).select_related("region").get(pk=package.pk)
    if package.accepted:
        return package
    region = package.region
    if package.problems or region is None:
        raise PackageRefused
    _refuse_unknown_key(package, actor)
    national = receiving(national)
    told = winners_in(package_bytes(package))
    earlier = package_in_force(national, region)
    if earlier:
        _refuse_replacing(earlier, package)
        ReceivedPackage.objects.filter(pk=earlier.pk).update(replaced_at=at)
    package.accepted, package.taken_by, package.taken_at = True, actor, at
    package.save(update_fields=["accepted", "taken_by", "taken_at"])
    categories = categories_for(national, region, (row["category"] for row in told["winners"]))
    entered = [_enter(row, package, national, categories[row["category"]], actor, at) for row in told["winners"]]
    payload = {
        "province": region.code,
        "number": json.loads(package.manifest)["number"],
        "sha256": package.sha256,
        "nominations": [one.number for one in entered],
    }
    record(
        action=audit_actions.PACKAGE_TAKEN, actor=actor, at=at, target=package, chain=national.scope, payload=payload
    )
    if earlier:
        _drop(earlier, package, {one.pk for one in entered}, national, actor, at)
    list_claims(entered, actor=actor, at=at)
    return package


def _refuse_unknown_key(package: ReceivedPackage, actor: User) -> None:
    standing, province = key_standing(package), str(package.region)
    if standing.is_changed:
        raise KeyChanged(province=province)
    if standing.trusted is None:
        raise KeyNotTrusted(province=province)
    if needs_second_person(standing.trusted, actor):
        raise KeyNeedsSecondPerson(province=province)


def _refuse_replacing(earlier: ReceivedPackage, package: ReceivedPackage) -> None:
    """A package is replaced by one of a higher number, and only before anybody in it was screened."""
    number = json.loads(earlier.manifest)["number"]
    if json.loads(package.manifest)["number"] <= number:
        raise OlderPackage(province=str(package.region), number=number)
    begun = begun_nominations(earlier)
    if begun:
        raise PackageScreenedAlready(nominees=", ".join(str(one) for one in begun))


def _enter(
    row: Mapping[str, Any], package: ReceivedPackage, national: Round, category: Category, actor: User, at: datetime
) -> Nomination:
    nominee = _nominee(row["nominee"])
    business = row["nominee"]["business"] or {}
    refuse_misfit(
        category, kind=nominee.kind, sector=business.get("sector", ""), size_class=business.get("size_class", "")
    )
    leader, summary = row["leader"][:150], row["summary"]
    nomination = enter(nominee, national, category, leader=leader, summary=summary)
    if nomination.status == Status.WITHDRAWN and ReceivedWinner.objects.filter(nomination=nomination).exists():
        # Dropped with an earlier package, and back in this one.
        nomination.status, nomination.status_reason = Status.PROPOSED, ""
        nomination.save(update_fields=["status", "status_reason"])
    if nomination.status == Status.PROPOSED and (nomination.leader, nomination.summary) != (leader, summary):
        nomination.leader, nomination.summary = leader, summary
        nomination.version += 1
        nomination.save(update_fields=["leader", "summary", "version"])
    ReceivedWinner.objects.create(
        package=package,
        nomination=nomination,
        category_code=row["category"][:40],
        place=int(row["place"]),
        title=row["title"][:60],
        facts=canonical(dict(row)),
    )
    record(
        action=audit_actions.NOMINATION_RECEIVED,
        actor=actor,
        at=at,
        target=nomination,
        chain=national.scope,
        payload={
            "category": category.code,
            "place": int(row["place"]),
            "from": row["number"],
            "to": nomination.number,
            "provincial_chain": json.loads(package.manifest)["round"]["scope"],
            "package": package.sha256,
        },
    )
    return nomination


def _nominee(told: Mapping[str, Any]) -> Nominee:
    """Return the nominee that the package tells of: known by its region or NIB, or a new one."""
    region = Region.objects.filter(code=told["region"]["code"]).first()
    # Codes are not stable over vintages: under another name, the code is another region here.
    if region is None or region.full_name != told["region"]["name"] or not place_fits(told["kind"], region.kind):
        raise RegionUnknown(region=f"{told['region']['code']} {told['region']['name']}", nominee=told["name"])
    if told["kind"] == Kind.BUSINESS:
        return business_nominee(BusinessFacts(name=told["name"], **told["business"]), region)
    nominee, _ = Nominee.objects.get_or_create(
        kind=Kind(told["kind"]), region=region, is_practice=False, defaults={"name": region.full_name}
    )
    return nominee


def _drop(
    earlier: ReceivedPackage, package: ReceivedPackage, kept: set[int], national: Round, actor: User, at: datetime
) -> None:
    """Withdraw the nominations that stood in the earlier package alone, and say that it was replaced."""
    number = json.loads(package.manifest)["number"]
    gone = Nomination.objects.filter(received_winners__package=earlier).exclude(pk__in=kept)
    for nomination in gone.select_related("nominee", "round"):
        nomination.status, nomination.status_reason = Status.WITHDRAWN, f"Tidak lagi diusulkan dalam paket {number}"
        nomination.version += 1
        nomination.save(update_fields=["status", "status_reason", "version"])
        record(
            action=audit_actions.NOMINATION_DROPPED,
            actor=actor,
            at=at,
            target=nomination,
            chain=national.scope,
            payload={"number": nomination.number, "package": package.sha256},
        )
    record(
        action=audit_actions.PACKAGE_REPLACED,
        actor=actor,
        at=at,
        target=earlier,
        chain=national.scope,
        payload={"sha256": earlier.sha256, "by": package.sha256},
    )
