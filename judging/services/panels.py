"""Seats of the panel and who sits on them."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q

from judging import audit_actions, permissions
from judging.models import Office, Seat, Seating
from judging.selectors.paper_entries import has_read_papers
from nominees.models import Level, Round
from paritrana.accounts.models import Role, RoleGrant, User
from paritrana.accounts.services import grant_role, revoke_role
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction
from paritrana.kernel.wording import local_day, long_date

from .locks import locked_round

SEAT_ROLES = (Role.PANEL_MEMBER, Role.CHAIR)


class SeatTaken(DomainError):
    """The seat already has this code or office in its round; facts ``seat``."""

    code = "seat_taken"


class SeatHeld(DomainError):
    """Somebody holds the seat; facts ``seat``, ``name``."""

    code = "seat_held"


class SeatNotHeld(DomainError):
    """Nobody holds the seat, so nobody can be substituted; facts ``seat``."""

    code = "seat_not_held"


class PersonSeatedTwice(DomainError):
    """The person holds another seat in those days; facts ``name``, ``seat``."""

    code = "person_seated_twice"


class SeatingsOverlap(DomainError):
    """The seating would begin before the one before it ended; facts ``name``, ``until``."""

    code = "seatings_overlap"


class SeatingReasonMissing(DomainError):
    """A substitution or a vacant seat without a reason."""

    code = "seating_reason_missing"


class PersonHasReadPapers(DomainError):
    """Who typed in or settled paper sheets of the round has read members' marks; fact ``name``."""

    code = "person_has_read_papers"


@atomic_service
def add_seat(*, round: Round, code: str, name: str, actor: User, at: datetime, office: str = Office.MEMBER) -> Seat:
    """Add a seat at the end of the panel. One chair and one secretary at most, codes once: :class:`SeatTaken`."""
    round = locked_round(round.pk)
    permissions.can_seat_panel(actor, round).require()
    same = Q(code=code) if office == Office.MEMBER else Q(code=code) | Q(office=office)
    clash = Seat.objects.filter(same, round=round).first()
    if clash:
        raise SeatTaken(seat=clash.name)
    last = Seat.objects.filter(round=round).order_by("-position").values_list("position", flat=True).first()
    seat = Seat.objects.create(round=round, code=code, name=name, office=office, position=(last or 0) + 1)
    _record(audit_actions.SEAT_ADDED, seat, round, actor, at, {"code": code, "name": name, "office": office})
    return seat


def panel_document(level: str = Level.PROVINCIAL) -> dict[str, Any]:
    """Return the usual panel of a round of ``level`` (``fixtures/panels``): ``seats`` of code, name, office.

    A province has its Tim 9, the national round the nine-person jury of the 2019 edition.
    """
    code = "nasional" if level == Level.NATIONAL else "ntt"
    path = settings.BASE_DIR / "fixtures" / "panels" / f"{code}.json"
    document: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return document


@atomic_service
def add_seats(*, round: Round, seats: Iterable[Mapping[str, str]], actor: User, at: datetime) -> list[Seat]:
    """Add those of ``seats`` (code, name, office) that the round does not have yet; a second run adds nothing."""
    present = set(Seat.objects.filter(round=round).values_list("code", flat=True))
    return [
        add_seat(round=round, code=seat["code"], name=seat["name"], office=seat["office"], actor=actor, at=at)
        for seat in seats
        if seat["code"] not in present
    ]


@atomic_service
def seat_person(
    *,
    seat: Seat,
    user: User,
    name: str,
    starts_on: date,
    actor: User,
    at: datetime,
    position_title: str = "",
    nip: str = "",
) -> Seating:
    """Put ``user`` on an empty seat from ``starts_on`` on, and give the role that goes with it.

    ``name`` is printed as written, with titles. Raises :class:`SeatHeld`, :class:`PersonSeatedTwice`,
    :class:`SeatingsOverlap`, :class:`PersonHasReadPapers`.
    """
    round, seat = _locked(seat, actor)
    holder = seat.seatings.filter(ends_on=None).first()
    if holder:
        raise SeatHeld(seat=seat.name, name=holder.name)
    seating = Seating(
        round=round, seat=seat, user=user, name=name, position_title=position_title, nip=nip, starts_on=starts_on
    )
    _place(seating, round, actor, at)
    if seat.vacant_reason:
        seat.vacant_reason = ""
        seat.save(update_fields=["vacant_reason"])
    _record(audit_actions.PERSON_SEATED, seating, round, actor, at, _facts(seating))
    return seating


@atomic_service
def substitute(
    *,
    seat: Seat,
    user: User,
    name: str,
    starts_on: date,
    reason: str,
    actor: User,
    at: datetime,
    position_title: str = "",
    nip: str = "",
) -> Seating:
    """Let ``user`` take over the seat from ``starts_on``; the seating before it ends the day before and stays.

    Raises :class:`SeatNotHeld`, :class:`SeatingReasonMissing`, :class:`PersonSeatedTwice`, :class:`SeatingsOverlap`,
    :class:`PersonHasReadPapers`.
    """
    round, seat = _locked(seat, actor)
    if not reason.strip():
        raise SeatingReasonMissing
    ended = seat.seatings.filter(ends_on=None).first()
    if ended is None:
        raise SeatNotHeld(seat=seat.name)
    _end(ended, starts_on - timedelta(days=1))
    seating = Seating(
        round=round,
        seat=seat,
        user=user,
        name=name,
        position_title=position_title,
        nip=nip,
        starts_on=starts_on,
        is_substitute=True,
        reason=reason,
    )
    _place(seating, round, actor, at)
    release_former_members(round=round, actor=actor, at=at)
    facts = _facts(seating) | {"instead_of": ended.name, "reason": reason}
    _record(audit_actions.SUBSTITUTE_SEATED, seating, round, actor, at, facts)
    return seating


@atomic_service
def declare_vacant(*, seat: Seat, reason: str, actor: User, at: datetime) -> Seat:
    """Declare that the seat stays empty; whoever holds it leaves with the day before ``at``.

    Somebody who only began today leaves today. Raises :class:`SeatingReasonMissing`.
    """
    round, seat = _locked(seat, actor)
    if not reason.strip():
        raise SeatingReasonMissing
    today = local_day(at, round.time_zone)
    for holder in seat.seatings.filter(ends_on=None):
        _end(holder, max(today - timedelta(days=1), holder.starts_on))
    seat.vacant_reason = reason
    seat.save(update_fields=["vacant_reason"])
    release_former_members(round=round, actor=actor, at=at)
    _record(audit_actions.SEAT_DECLARED_VACANT, seat, round, actor, at, {"seat": seat.name, "reason": reason})
    return seat


def release_former_members(*, round: Round, actor: User, at: datetime) -> int:
    """End the panel roles of everybody whose last seating in ``round`` is over, and return how many ended.

    Somebody whose last day is still to come keeps the role until then: it is ended by the next change of the panel or
    step of the round. Needs a transaction.
    """
    require_transaction()
    today = local_day(at, round.time_zone)
    seatings = Seating.objects.filter(round=round)
    current = seatings.filter(Q(ends_on=None) | Q(ends_on__gte=today))
    grants = RoleGrant.objects.filter(
        user__in=seatings.values("user"),
        role__in=SEAT_ROLES,
        assessment_year=round.edition.assessment_year,
        region=round.region,
        revoked_at=None,
    )
    former = grants.exclude(user__in=current.values("user"))
    no_chair = grants.filter(role=Role.CHAIR).exclude(user__in=current.filter(seat__office=Office.CHAIR).values("user"))
    ended = list((former | no_chair).select_related("user", "region"))
    for grant in ended:
        revoke_role(grant=grant, actor=actor, at=at)
    return len(ended)


def _locked(seat: Seat, actor: User) -> tuple[Round, Seat]:
    """Lock the round and read the seat again; refuse who may not seat people."""
    round = locked_round(seat.round_id)
    permissions.can_seat_panel(actor, round).require()
    return round, Seat.objects.select_for_update().get(pk=seat.pk)


def _end(seating: Seating, last_day: date) -> None:
    if last_day < seating.starts_on:
        raise SeatingsOverlap(name=seating.name, until=long_date(seating.starts_on))
    seating.ends_on = last_day
    seating.save(update_fields=["ends_on"])


def _place(seating: Seating, round: Round, actor: User, at: datetime) -> None:
    """Save a seating that is open at its end, once nothing stands against it, and grant its roles."""
    later = Seating.objects.filter(Q(ends_on=None) | Q(ends_on__gte=seating.starts_on), round=round)
    elsewhere = later.filter(user=seating.user).select_related("seat").first()
    if elsewhere:
        raise PersonSeatedTwice(name=elsewhere.name, seat=elsewhere.seat.name)
    if has_read_papers(seating.user, round):
        raise PersonHasReadPapers(name=seating.name)
    before = later.filter(seat=seating.seat).order_by("-starts_on").first()
    if before:
        raise SeatingsOverlap(name=before.name, until=long_date(before.ends_on or before.starts_on))
    seating.save()
    roles = SEAT_ROLES if seating.seat.office == Office.CHAIR else (Role.PANEL_MEMBER,)
    for role in roles:
        grant_role(
            user=seating.user,
            role=role,
            actor=actor,
            at=at,
            assessment_year=round.edition.assessment_year,
            region=round.region,
        )


def _facts(seating: Seating) -> dict[str, str]:
    return {"seat": seating.seat.name, "name": seating.name, "starts_on": seating.starts_on.isoformat()}


def _record(
    action: str, target: Seat | Seating, round: Round, actor: User, at: datetime, payload: Mapping[str, str]
) -> None:
    record(action=action, actor=actor, at=at, target=target, chain=round.scope, payload=payload)
