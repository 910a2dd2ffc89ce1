"""Rounds of any size, written in bulk: one category of businesses, nine seats, five panel criteria, every sheet in."""

import hashlib
import json
import random
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction

from judging.core.policies import NTT_POLICY
from judging.models import Attendance, Interview, Presence, Room, Seat, Sheet, SheetState, SheetVersion
from judging.services.plenary import open_plenary
from judging.services.schedule_releases import release_first
from nominees.core.lifecycle import State
from nominees.models import Category, Kind, Nomination, Nominee, Round, Status
from paritrana.accounts.models import Role, User
from paritrana.regions.models import RegionKind
from tests.factories.sheets import make_rubric, make_rules, make_seat
from tests.factories.world import AT, make_category, make_region, make_round, make_user

WEIGHTS = {"kepesertaan": 30, "kepatuhan": 25, "inovasi": 20, "wawancara": 15, "dampak": 10}
TREE: dict[str, Any] = {
    "id": "total",
    "title": "Nilai akhir",
    "children": [
        {"id": name, "title": name.title(), "weight": str(weight), "kind": "panel"} for name, weight in WEIGHTS.items()
    ],
}
SEATS = 9
BATCH = 500


@dataclass(frozen=True)
class LargeRound:
    """A round with its people; ``member`` sits on a seat."""

    round: Round
    category: Category
    seats: list[Seat]
    chair: User
    secretary: User
    member: User


def make_large_round(size: int, *, region_code: str) -> LargeRound:
    """Return a round in scoring with ``size`` nominees, all interviewed and all sheets submitted."""
    round = make_round(region_code=region_code, state=State.SCORING)
    chair = make_user(Role.CHAIR, Role.PANEL_MEMBER, round=round)
    secretary, member = make_user(Role.SECRETARIAT, round=round), make_user(Role.PANEL_MEMBER, round=round)
    holders = {1: chair, 2: member}
    seats = [make_seat(round, number, user=holders.get(number)) for number in range(1, SEATS + 1)]
    make_rules(round, **NTT_POLICY)
    category = make_category(round, "usaha", kind=Kind.BUSINESS)
    version = make_rubric(category, TREE)
    nominations = _nominate(round, category, size)
    _interview(round, nominations, seats)
    with transaction.atomic():
        release_first(round=round, actor=secretary, at=AT)
    _fill(nominations, seats, version)
    return LargeRound(round, category, seats, chair, secretary, member)


def freeze(large: LargeRound) -> None:
    """Open the plenary: the category is frozen."""
    open_plenary(round=large.round, place="Aula (contoh)", actor=large.chair, at=AT)
    large.round.refresh_from_db()


def _nominate(round: Round, category: Category, size: int) -> list[Nomination]:
    region = make_region(f"{round.scope_code}.01", "Kabupaten Uji", RegionKind.REGENCY)
    nominees = Nominee.objects.bulk_create(
        (Nominee(kind=Kind.BUSINESS, region=region, name=f"PT Karya Nusantara {n:04d}") for n in range(size)),
        batch_size=BATCH,
    )
    return Nomination.objects.bulk_create(
        (
            Nomination(round=round, category=category, nominee=nominee, number=number, status=Status.RUNNING)
            for number, nominee in enumerate(nominees, 1)
        ),
        batch_size=BATCH,
    )


def _interview(round: Round, nominations: list[Nomination], seats: list[Seat]) -> None:
    rooms = [Room.objects.create(round=round, name=f"Ruang {number}") for number in range(1, 5)]
    interviews = []
    for index, nomination in enumerate(nominations):
        starts = AT + timedelta(minutes=30 * (index // len(rooms) % 12), days=index // (len(rooms) * 12))
        interviews.append(
            Interview(
                round=round,
                nomination=nomination,
                room=rooms[index % len(rooms)],
                starts_at=starts,
                ends_at=starts + timedelta(minutes=30),
            )
        )
    made = Interview.objects.bulk_create(interviews, batch_size=BATCH)
    Attendance.objects.bulk_create(
        (Attendance(interview=each, seat=seat, presence=Presence.PRESENT) for each in made for seat in seats),
        batch_size=BATCH,
    )


def _fill(nominations: list[Nomination], seats: list[Seat], version: Any) -> None:
    chance = random.Random(7)  # noqa: S311 (marks, no secrets)
    holders = {seat.pk: seat.seatings.get() for seat in seats}
    sheets = Sheet.objects.bulk_create(
        (
            Sheet(round=row.round, nomination=row, seat=seat, state=SheetState.SUBMITTED, revision=1)
            for row in nominations
            for seat in seats
        ),
        batch_size=BATCH,
    )
    versions = []
    for sheet in sheets:
        marks = {leaf: {"state": "value", "value": str(chance.randint(50, 100))} for leaf in sorted(WEIGHTS)}
        entries = json.dumps(marks, sort_keys=True, separators=(",", ":"))
        holder = holders[sheet.seat_id]
        versions.append(
            SheetVersion(
                sheet=sheet,
                number=1,
                rubric_version=version,
                seating=holder,
                state=SheetState.SUBMITTED,
                entries=entries,
                content_hash=hashlib.sha256(entries.encode()).hexdigest(),
                saved_by_id=holder.user_id,
                saved_at=AT,
                submitted_at=AT,
            )
        )
    SheetVersion.objects.bulk_create(versions, batch_size=BATCH)
