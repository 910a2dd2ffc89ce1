"""A submitted sheet whose member asks to open it again."""

from typing import Any

from judging.models import Office, Reopening, Seat, Sheet, SheetState
from judging.selectors.sheets import address_of
from judging.services import reopening as services
from nominees.models import Nomination
from paritrana.accounts.models import Role

from .saves import make_sheet_world, save
from .sheets import holder, make_seat
from .world import AT, make_user

REASON = "Kriteria tertukar (contoh)"
WHOLE = {"komitmen": "80", "inovasi": "3"}


def make_reopening_world(*, submitted: bool = True) -> dict[str, Any]:
    """Return a round whose ``member`` has submitted the sheet, and everybody who answers requests.

    ``chair`` holds the chair's seat, ``secretary`` the secretary's (no role of the secretariat), ``secretariat`` has
    the role.
    """
    world = make_sheet_world()
    round = world["round"]
    chair = make_user(Role.CHAIR, Role.PANEL_MEMBER, round=round)
    world["seats"][0].office = Office.MEMBER
    world["seats"][0].save()
    world["chair_seat"] = make_seat(round, 8, user=chair, office=Office.CHAIR)
    world["secretary_seat"] = make_seat(round, 9, office=Office.SECRETARY)
    world |= {
        "chair": chair,
        "secretary": holder(world["secretary_seat"]),
        "secretariat": make_user(Role.SECRETARIAT, round=round),
        "other": holder(world["seats"][1]),
    }
    if submitted:
        save(world, WHOLE, submit=True)
    return world


def sheet_of(world: dict[str, Any], actor: str = "member") -> Sheet:
    """Return the sheet of ``actor``."""
    found: Sheet = Sheet.objects.get(seat__seatings__user=world[actor], nomination=world["nomination"])
    return found


def ask(world: dict[str, Any], actor: str = "member", reason: str = REASON) -> Reopening:
    """Ask for the sheet of ``actor``."""
    return services.ask_reopening(address=address_of(world["nomination"]), reason=reason, actor=world[actor], at=AT)


def advise(
    world: dict[str, Any], one: Reopening, actor: str = "secretary", *, endorsed: bool = True, reason: str = ""
) -> Reopening:
    """Endorse or decline."""
    return services.advise_reopening(reopening=one, endorsed=endorsed, reason=reason, actor=world[actor], at=AT)


def decide(
    world: dict[str, Any], one: Reopening, actor: str = "chair", *, granted: bool = True, reason: str = ""
) -> Reopening:
    """Grant or refuse."""
    return services.decide_reopening(reopening=one, granted=granted, reason=reason, actor=world[actor], at=AT)


def grant(world: dict[str, Any], actor: str = "member") -> Reopening:
    """Let the sheet of ``actor`` be reopened by the secretary's and the chair's yes."""
    return decide(world, advise(world, ask(world, actor)))


def make_waiting(seat: Seat, nomination: Nomination) -> Reopening:
    """Return a request that waits, as bare rows, for a sheet made for it."""
    user = holder(seat)
    version = nomination.category.rubric.version
    sheet = Sheet.objects.create(
        round=nomination.round, seat=seat, nomination=nomination, state=SheetState.SUBMITTED, revision=1
    )
    submitted = sheet.versions.create(
        number=1,
        rubric_version=version,
        seating=seat.seatings.get(ends_on=None),
        state=SheetState.SUBMITTED,
        entries="{}",
        content_hash="0" * 64,
        saved_by=user,
        saved_at=AT,
        submitted_at=AT,
    )
    return Reopening.objects.create(sheet=sheet, version=submitted, reason=REASON, asked_by=user, asked_at=AT)
