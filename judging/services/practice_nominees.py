"""Invented nominees of a practice round, each marked as such by its name, and their interviews today and tomorrow."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from judging.core.criteria import Rubric
from judging.models import Attendance, Interview, Room, RubricVersion, Seat
from judging.selectors.rubrics import read_version
from nominees.models import (
    BusinessProfile,
    Category,
    CountedIndicator,
    Kind,
    Nomination,
    Nominee,
    Round,
    Sector,
    SizeClass,
    Status,
)
from nominees.selectors.import_world import regions_of
from paritrana.accounts.models import User
from paritrana.kernel.transactions import require_transaction
from paritrana.kernel.wording import local_day
from paritrana.regions.models import REGENCY_KINDS, VILLAGE_KINDS, Region

PER_CATEGORY: Final = 3
DAYS: Final = 2
#: Interviews begin at this time and fill at most so many minutes of a day, each at most the half hour that they take.
FIRST: Final = time(8, 0)
DAY_MINUTES: Final = 9 * 60
INTERVIEW_MINUTES: Final = 30
NAMES: Final = {Kind.GOVERNMENT: "Kabupaten Latihan", Kind.VILLAGE: "Desa Latihan", Kind.BUSINESS: "PT Latihan"}
ROOM: Final = "Ruang latihan (contoh)"
SUMMARY: Final = "Nomine ini dibuat untuk latihan. Nama, angka dan uraiannya tidak nyata (contoh)."
LEADER: Final = "Pimpinan latihan (contoh)"
COUNT: Final = 640
BASE: Final = 1000
SOURCE: Final = "Angka latihan (contoh)"


def invent_nominees(
    practice: Round, rubrics: Mapping[Category, RubricVersion], seats: Sequence[Seat], *, actor: User, at: datetime
) -> list[Nomination]:
    """Nominate some invented nominees in each category, screened, and place their interviews with all ``seats``."""
    require_transaction()
    read = {version.pk: read_version(version) for version in set(rubrics.values())}
    regions = {kind: _region(practice, kind) for kind in {Kind(category.kind) for category in rubrics}}
    found: list[Nomination] = []
    for category, version in rubrics.items():
        for _ in range(PER_CATEGORY):
            number = len(found) + 1
            nominee = _nominee(category, regions[Kind(category.kind)], number)
            found.append(_nomination(practice, category, nominee, number, actor, at))
            _enter_counts(found[-1], read[version.pk], actor, at)
    _place(practice, found, seats, local_day(at, practice.time_zone))
    return found


def _region(practice: Round, kind: Kind) -> Region:
    """Return where invented nominees of ``kind`` belong; the province itself where no such region is known."""
    kinds = VILLAGE_KINDS if kind == Kind.VILLAGE else REGENCY_KINDS
    region = regions_of(practice).filter(kind__in=kinds).order_by("code").first()
    return region or practice.region or Region.objects.order_by("code")[:1].get()


def _nominee(category: Category, region: Region, number: int) -> Nominee:
    name = f"{NAMES[Kind(category.kind)]} {number} (contoh)"
    nominee = Nominee.objects.create(kind=category.kind, name=name, region=region, is_practice=True)
    if category.kind == Kind.BUSINESS:
        BusinessProfile.objects.create(
            nominee=nominee,
            legal_name=name,
            sector=category.sector or Sector.TRADE,
            size_class=category.sizes[0] if category.sizes else SizeClass.MEDIUM,
            kbli="00000",
            nib=f"00{category.round_id:07d}{number:04d}"[-13:],  # no real one begins with two zeros
            bpjs_number="00000000",
        )
    return nominee


def _nomination(
    practice: Round, category: Category, nominee: Nominee, number: int, actor: User, at: datetime
) -> Nomination:
    return Nomination.objects.create(
        round=practice,
        category=category,
        nominee=nominee,
        number=number,
        status=Status.RUNNING,
        screened_by=actor,
        screened_at=at,
        leader=LEADER,
        summary=SUMMARY,
    )


def _enter_counts(nomination: Nomination, rubric: Rubric, actor: User, at: datetime) -> None:
    as_of = nomination.round.edition.period_end
    CountedIndicator.objects.bulk_create(
        CountedIndicator(
            nomination=nomination,
            criterion=leaf.id,
            count=COUNT,
            base=BASE,
            source=SOURCE,
            as_of=as_of,
            entered_by=actor,
            entered_at=at,
        )
        for leaf in rubric.leaves
        if leaf.source == "indicator"
    )


def _place(practice: Round, nominations: Sequence[Nomination], seats: Sequence[Seat], today: date) -> None:
    """Place the interviews one after the other in one room, the first half today, the others tomorrow."""
    room = Room.objects.create(round=practice, name=ROOM)
    per_day = -(-len(nominations) // DAYS)
    length = timedelta(minutes=max(1, min(INTERVIEW_MINUTES, DAY_MINUTES // per_day)))
    for index, nomination in enumerate(nominations):
        day, place = divmod(index, per_day)
        starts_at = datetime.combine(today + timedelta(days=day), FIRST, practice.zone) + place * length
        interview = Interview.objects.create(
            round=practice, nomination=nomination, room=room, starts_at=starts_at, ends_at=starts_at + length
        )
        Attendance.objects.bulk_create(Attendance(interview=interview, seat=seat) for seat in seats)
