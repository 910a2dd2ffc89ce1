"""How far each province is with its hand-over: from its round on this site, and from the packages that came."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.db.models import Count
from django.template.loader import render_to_string

from judging.core.whatsapp import whatsapp_link
from judging.models import Forwarding, Handover, ProvinceReminder, ReceivedPackage
from nominees.core.lifecycle import State
from nominees.models import Level, Round
from paritrana.accounts.models import Role, RoleGrant, User
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
    for reminder in ProvinceReminder.objects.filter(edition_id=national.edition_id).order_by("sent_at", "pk"):
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


@dataclass(frozen=True, slots=True)
class ProvinceMessage:
    """A reminder to a province as it would be sent: to its secretariat on this site, if there is one."""

    national: Round
    region: Region
    recipients: tuple[User, ...]
    reminded_at: datetime | None

    @property
    def addresses(self) -> list[str]:
        """The e-mail addresses that are known."""
        return [user.email for user in self.recipients if user.email]

    @property
    def subject(self) -> str:
        """The subject of the e-mail, in one line."""
        return " ".join(self._rendered("subject").split())

    @property
    def body(self) -> str:
        """The e-mail."""
        return self._rendered("body").strip() + "\n"

    @property
    def chat_link(self) -> str:
        """The address that opens WhatsApp with the text, addressed if a number is known."""
        phone = next((user.phone for user in self.recipients if user.phone), "")
        return whatsapp_link(phone, self.body)

    def _rendered(self, part: str) -> str:
        context = {"national": self.national, "region": self.region, "address": settings.PUBLIC_ADDRESS.rstrip("/")}
        return render_to_string(f"emails/province_{part}.txt", context)


def message_to(national: Round, region: Region) -> ProvinceMessage:
    """Return the reminder to ``region``. Two queries."""
    grants = RoleGrant.objects.filter(
        role=Role.SECRETARIAT,
        assessment_year=national.edition.assessment_year,
        region=region,
        revoked_at=None,
        user__is_active=True,
    ).select_related("user")
    last = ProvinceReminder.objects.filter(edition_id=national.edition_id, region=region).order_by("sent_at").last()
    people = {grant.user.pk: grant.user for grant in grants.order_by("user__username")}
    return ProvinceMessage(national, region, tuple(people.values()), last.sent_at if last else None)


def package_number(package: ReceivedPackage) -> int | None:
    """Return the number that a package gives itself; ``None`` where it could not be read. No query."""
    number = json.loads(package.manifest).get("number")
    return number if isinstance(number, int) else None
