"""Reminders to provinces of their hand-over as they would be sent, and whom a reminder to all would reach."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Max
from django.template.loader import render_to_string

from judging.core.whatsapp import whatsapp_link
from nominees.models import Round
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.regions.models import Region

from .provinces import SILENT, delivered, provinces_of


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


def messages_to(national: Round, regions: Iterable[Region]) -> list[ProvinceMessage]:
    """Return the reminders to ``regions``, in their order. Two queries, however many."""
    wanted = list(regions)
    grants = RoleGrant.objects.filter(
        role=Role.SECRETARIAT,
        assessment_year=national.edition.assessment_year,
        region__in=wanted,
        revoked_at=None,
        user__is_active=True,
    ).select_related("user")
    people: dict[int | None, dict[int, User]] = {}
    for grant in grants.order_by("user__username"):
        people.setdefault(grant.region_id, {})[grant.user.pk] = grant.user
    told = delivered(national).filter(region__in=wanted)
    last = dict(told.values_list("region").annotate(last=Max("sent_at")).order_by())
    return [
        ProvinceMessage(national, region, tuple(people.get(region.pk, {}).values()), last.get(region.pk))
        for region in wanted
    ]


def message_to(national: Round, region: Region) -> ProvinceMessage:
    """Return the reminder to ``region``. Two queries."""
    return messages_to(national, [region])[0]


@dataclass(frozen=True, slots=True)
class Silence:
    """The provinces that have sent nothing: whom a reminder by ``way`` would reach, and who is left out of it."""

    reached: tuple[ProvinceMessage, ...]
    without_address: tuple[ProvinceMessage, ...]
    lately: tuple[ProvinceMessage, ...]


def silence_of(national: Round, *, by_mail: bool, since: datetime) -> Silence:
    """Return who would be reminded, leaving out who was reminded after ``since``. Eight queries."""
    silent = [one.region for one in provinces_of(national) if one.state in SILENT]
    found = messages_to(national, silent)
    lately = tuple(one for one in found if one.reminded_at and one.reminded_at > since)
    rest = [one for one in found if one not in lately]
    unknown = tuple(one for one in rest if by_mail and not one.addresses)
    return Silence(tuple(one for one in rest if one not in unknown), unknown, lately)
