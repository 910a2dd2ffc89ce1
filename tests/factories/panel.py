"""Seats and the people on them, as rows."""

from datetime import date
from typing import Any

from judging.models import Office, Recusal, RecusalState, Seat, Seating
from judging.services.panels import panel_document
from nominees.models import Nomination, Round
from paritrana.accounts.models import Role, User

from .world import AT, make_user

SINCE = date(2025, 6, 1)


def make_seat(round: Round, code: str = "apindo", *, office: str = Office.MEMBER, **fields: Any) -> Seat:
    """Return a new empty seat at the end of the panel of ``round``."""
    fields.setdefault("name", f"Unsur {code}")
    fields.setdefault("position", Seat.objects.filter(round=round).count() + 1)
    return Seat.objects.create(round=round, code=code, office=office, **fields)


def make_member(seat: Seat, *, user: User | None = None, starts_on: date = SINCE, **fields: Any) -> Seating:
    """Return a new seating on ``seat``, of a new person with the roles that go with it unless ``user`` is given."""
    if user is None:
        roles = (Role.PANEL_MEMBER, Role.CHAIR) if seat.office == Office.CHAIR else (Role.PANEL_MEMBER,)
        user = make_user(*roles, round=seat.round)
    fields.setdefault("name", user.display_name)
    return Seating.objects.create(round=seat.round, seat=seat, user=user, starts_on=starts_on, **fields)


def make_panel(round: Round, *, seated: bool = True) -> list[Seat]:
    """Return NTT's nine seats, each held since :data:`SINCE` unless ``seated`` is off."""
    seats = [
        make_seat(round, entry["code"], name=entry["name"], office=entry["office"])
        for entry in panel_document()["seats"]
    ]
    if seated:
        for seat in seats:
            make_member(seat)
    return seats


def holder_of(seat: Seat) -> User:
    """Return the person who holds ``seat`` now."""
    return seat.seatings.get(ends_on=None).user


def make_recusal(seat: Seat, nomination: Nomination, *, state: str = RecusalState.DECLARED, **fields: Any) -> Recusal:
    """Return a new recusal, declared by whoever holds the seat."""
    fields.setdefault("reason", "Pernah bekerja di sana (contoh)")
    fields.setdefault("declared_by", holder_of(seat))
    return Recusal.objects.create(seat=seat, nomination=nomination, state=state, declared_at=AT, **fields)
