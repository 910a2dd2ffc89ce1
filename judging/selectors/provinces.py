"""How far each province is with its hand-over: from its round on this site, and from the packages that came."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import CharField, Count, Exists, OuterRef, QuerySet
from django.db.models.functions import Cast

from judging import audit_actions
from judging.models import Forwarding, Handover, ProvinceReminder, ReceivedPackage, ReceivedWinner
from nominees.core.lifecycle import State
from nominees.models import Level, Nomination, Round
from paritrana.audit.models import AuditEvent
from paritrana.regions.models import Region, RegionKind


class ProvinceState(StrEnum):
    """Where a province stands, from the start to the winners being here. ``REFUSED``: only refused packages came."""

    NOT_STARTED = "not_started"
    PREPARATION = "preparation"
    NOMINATION = "nomination"
    SCORING = "scoring"
    PLENARY = "plenary"
    DECIDED = "decided"
    ANNOUNCED = "announced"
    SENT = "sent"
    WAITING = "waiting"
    RECEIVED = "received"
    REFUSED = "refused"


#: States of a province that works on its own round here, one after the other.
UNDER_WAY = (
    ProvinceState.PREPARATION,
    ProvinceState.NOMINATION,
    ProvinceState.SCORING,
    ProvinceState.PLENARY,
    ProvinceState.DECIDED,
    ProvinceState.ANNOUNCED,
)
#: A province in one of these has sent nothing yet.
SILENT = (ProvinceState.NOT_STARTED, *UNDER_WAY)
#: What came, or is on its way, and waits for somebody of the national secretariat.
URGENT = (ProvinceState.WAITING, ProvinceState.REFUSED, ProvinceState.SENT)


@dataclass(frozen=True, slots=True)
class Province:
    """One province. ``winners``: those whom the national round has; ``latest`` the newest package that came."""

    region: Region
    state: ProvinceState
    round: Round | None
    winners: int
    packages: int
    latest: ReceivedPackage | None
    reminder: ProvinceReminder | None

    @property
    def is_done(self) -> bool:
        """Whether the winners are here."""
        return self.state == ProvinceState.RECEIVED


@dataclass(frozen=True, slots=True)
class Arrival:
    """A winner in the national round: the title it brought, when it came, by whom; ``package``: none on one site."""

    nomination: Nomination
    title: str
    at: datetime
    by: str
    package: ReceivedPackage | None


def provinces_of(national: Round, only: Region | None = None) -> list[Province]:
    """Return every province, or ``only`` one, by code. Six queries, however many provinces."""
    regions = list(Region.objects.filter(kind=RegionKind.PROVINCE, is_current=True).order_by("code"))
    if only:
        regions = [region for region in regions if region == only]
    rounds = {
        round.region_id: round
        for round in Round.objects.filter(
            edition_id=national.edition_id, level=Level.PROVINCIAL, practice=0
        ).select_related("edition", "region")
    }
    forwarded = _counts(
        Forwarding.objects.filter(nomination__round=national)
        .values_list("award__round__region")
        .annotate(n=Count("pk"))
        .order_by()
    )
    sent = set(
        Handover.objects.filter(round__edition_id=national.edition_id, sent_at__isnull=False)
        .values_list("round__region", flat=True)
        .distinct()
    )
    packages: dict[int | None, list[ReceivedPackage]] = {}
    rows = ReceivedPackage.objects.filter(round=national).annotate(taken=Count("winners"))
    for package in rows.order_by("-received_at", "-pk"):
        packages.setdefault(package.region_id, []).append(package)
    reminders: dict[int, ProvinceReminder] = {}
    for reminder in delivered(national).order_by("sent_at", "pk"):
        reminders[reminder.region_id] = reminder
    return [
        _province(
            region,
            rounds.get(region.pk),
            packages.get(region.pk, []),
            forwarded.get(region.pk, 0),
            is_sent=region.pk in sent,
            reminder=reminders.get(region.pk),
        )
        for region in regions
    ]


def delivered(national: Round) -> QuerySet[ProvinceReminder]:
    """Return the reminders of the edition's hand-over, without e-mails that the mail server did not take. One query."""
    failed = AuditEvent.objects.filter(
        object_type=ProvinceReminder._meta.label_lower,
        object_id=Cast(OuterRef("pk"), CharField()),
        action=audit_actions.PROVINCE_REMINDER_FAILED,
    )
    return ProvinceReminder.objects.filter(~Exists(failed), edition_id=national.edition_id)


def winners_of(national: Round, region: Region) -> list[Arrival]:
    """Return a province's winners in the national round, by number: handed over here, or by its package in force.

    Two queries.
    """
    rows = Forwarding.objects.filter(nomination__round=national, award__round__region=region).select_related(
        "award", "nomination__nominee__region", "nomination__category", "forwarded_by"
    )
    found = [Arrival(row.nomination, row.award.title, row.forwarded_at, str(row.forwarded_by), None) for row in rows]
    taken = ReceivedWinner.objects.filter(
        package__round=national, package__region=region, package__accepted=True, package__replaced_at=None
    ).select_related("nomination__nominee__region", "nomination__category", "package__taken_by")
    for row in taken:
        package = row.package
        at = package.taken_at or package.received_at
        found.append(Arrival(row.nomination, row.title, at, str(package.taken_by), package))
    return sorted(found, key=lambda one: (one.nomination.number, one.title))


def _counts(rows: Iterable[tuple[int, int]]) -> Mapping[int, int]:
    return dict(rows)


def _province(
    region: Region,
    round: Round | None,
    packages: list[ReceivedPackage],
    forwarded: int,
    *,
    is_sent: bool,
    reminder: ProvinceReminder | None,
) -> Province:
    in_force = next((one for one in packages if one.accepted and not one.replaced_at), None)
    latest = packages[0] if packages else None
    winners: int = getattr(in_force, "taken", 0)
    if in_force or forwarded:
        state = ProvinceState.RECEIVED
    elif any(not one.problems and not one.accepted for one in packages):
        state = ProvinceState.WAITING
    elif latest:
        state = ProvinceState.REFUSED
    elif is_sent:
        state = ProvinceState.SENT
    else:
        state = _own_state(round)
    return Province(region, state, round, max(winners, forwarded), len(packages), latest, reminder)


def _own_state(round: Round | None) -> ProvinceState:
    """The state of the province's round here; a closed one without a package has announced."""
    if round is None:
        return ProvinceState.NOT_STARTED
    return ProvinceState.ANNOUNCED if round.state == State.CLOSED else ProvinceState(round.state)


def package_number(package: ReceivedPackage) -> int | None:
    """Return the number that a package gives itself; ``None`` where it could not be read. No query."""
    number = json.loads(package.manifest).get("number")
    return number if isinstance(number, int) else None
