"""Panel, rubric, rules and interviews in the smallest form that scheduling and scoring need."""

import hashlib
import json
from datetime import date, datetime, timedelta
from typing import Any

from judging.core import rubric as rubrics
from judging.models import (
    Attendance,
    CategoryRubric,
    Interview,
    Office,
    Recusal,
    RecusalState,
    ReleasedInterview,
    Room,
    Rubric,
    RubricVersion,
    RuleSet,
    ScheduleRelease,
    Seat,
    Seating,
)
from nominees.models import Category, Nomination, Round
from paritrana.accounts.models import Role, User
from tests.factories.world import AT, make_user

TREE: dict[str, Any] = {
    "id": "total",
    "children": [
        {
            "id": "kebijakan",
            "title": "Kebijakan",
            "weight": "60",
            "children": [
                {"id": "komitmen", "title": "Komitmen", "weight": "50", "kind": "panel", "min": "0", "max": "100"},
                {
                    "id": "inovasi",
                    "title": "Inovasi",
                    "weight": "50",
                    "kind": "panel",
                    "min": "1",
                    "max": "4",
                    "step": "1",
                    "may_be_na": True,
                    "levels": [["1", "Kurang"], ["2", "Cukup"], ["3", "Baik"], ["4", "Sangat baik"]],
                },
            ],
        },
        {"id": "administrasi", "title": "Administrasi", "weight": "40", "kind": "fixed", "min": "0", "max": "100"},
    ],
}
WHOLE = {"komitmen": "80", "inovasi": "3"}


def make_seat(round: Round, position: int, *, user: User | None = None, **fields: Any) -> Seat:
    """Return seat number ``position``, held since the start of the event's year by ``user`` (or a new member)."""
    office = Office.CHAIR if position == 1 else Office.MEMBER
    fields = {"code": f"unsur-{position}", "name": f"Unsur {position}", "office": office} | fields
    seat = Seat.objects.create(round=round, position=position, **fields)
    holder = user or make_user(Role.PANEL_MEMBER, round=round)
    Seating.objects.create(
        round=round,
        seat=seat,
        user=holder,
        name=str(holder),
        starts_on=date(round.edition.assessment_year + 1, 1, 1),
    )
    return seat


def make_panel(round: Round, seats: int = 3) -> list[Seat]:
    """Return ``seats`` seats, each held by a new panel member."""
    return [make_seat(round, position) for position in range(1, seats + 1)]


def holder(seat: Seat) -> User:
    """Return who sits on ``seat`` now."""
    return Seating.objects.get(seat=seat, ends_on=None).user


def make_rubric(category: Category, tree: dict[str, Any] | None = None) -> RubricVersion:
    """Return the rubric version by which ``category`` is judged from now on."""
    read = rubrics.from_document(tree or TREE)
    rubric = Rubric.objects.create(round=category.round, code=f"rubrik-{category.code}", name="Rubrik uji")
    version = RubricVersion.objects.create(
        rubric=rubric,
        number=1,
        content=rubrics.canonical(read).decode(),
        content_hash=rubrics.content_hash(read),
        created_at=AT,
    )
    CategoryRubric.objects.create(category=category, version=version)
    return version


def make_rules(round: Round, **policy: Any) -> RuleSet:
    """Return rules of ``round`` with quorum 5 unless told otherwise (``min_scores``)."""
    content = json.dumps({"min_scores": 5} | policy, sort_keys=True, separators=(",", ":"))  # as the service stores it
    digest = hashlib.sha256(content.encode()).hexdigest()
    return RuleSet.objects.create(round=round, number=1, content=content, content_hash=digest, created_at=AT)


def make_room(round: Round, name: str = "Ruang Flobamora") -> Room:
    """Return the room ``name`` of ``round``."""
    return Room.objects.get_or_create(round=round, name=name)[0]


def make_interview(
    nomination: Nomination,
    seats: list[Seat],
    *,
    starts_at: datetime = AT,
    room: Room | None = None,
    minutes: int = 30,
    released: bool = False,
) -> Interview:
    """Return the interview of ``nomination`` with ``seats`` expected there; ``released``: they were told."""
    interview = Interview.objects.create(
        round=nomination.round,
        nomination=nomination,
        room=room or make_room(nomination.round),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=minutes),
    )
    Attendance.objects.bulk_create(Attendance(interview=interview, seat=seat) for seat in seats)
    if released:
        make_released(interview, seats)
    return interview


def make_released(interview: Interview, seats: list[Seat]) -> ReleasedInterview:
    """Return ``interview`` in the first release of its round."""
    release, _ = ScheduleRelease.objects.get_or_create(
        round=interview.round,
        number=1,
        defaults={"released_by": User.objects.order_by("pk")[0], "released_at": AT, "sha256": "0" * 64},
    )
    told = ReleasedInterview.objects.create(
        release=release,
        nomination=interview.nomination,
        room=interview.room,
        room_name=interview.room.name,
        is_online=False,
        starts_at=interview.starts_at,
        ends_at=interview.ends_at,
        changed_in=1,
    )
    told.seats.set(seats)
    return told


def make_recusal(seat: Seat, nomination: Nomination, state: str = RecusalState.CONFIRMED) -> Recusal:
    """Return a recusal of ``seat`` for ``nomination``."""
    return Recusal.objects.create(
        seat=seat,
        nomination=nomination,
        reason="Keluarga (contoh)",
        state=state,
        declared_by=holder(seat),
        declared_at=AT,
    )
