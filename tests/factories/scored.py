"""A small round scored to the end, through the models, whose totals are worked by hand.

Category ``pemda`` under the sample rules (trimmed mean, quorum five, two decimals half up); cakupan 40 % (percentage as
it is), regulasi 20 % (of 10), wawancara 40 % = inovasi 50 %, pemahaman 50 %:

| no. | cakupan | regulasi | inovasi | pemahaman | total | official |
| 1 | 1/3 -> 100/3 | 8 -> 80 | 70, 7 x 80, 100 -> 80 | 75 | 40/3 + 16 + 31 = 181/3 | 60.33, place 2 |
| 2 | 1/2 -> 50 | 6 -> 60 | 70.65 | 71 | 20 + 12 + 28.33 = 6033/100 | 60.33, place 1 (cakupan, heaviest) |
| 3 | 1/2 -> 50 | 5 -> 50 | 60, 8 seats | 60 | 20 + 10 + 24 = 54 | 54.00, shares place 3 with 4 |
| 4 | 1/2 -> 50 | 5 -> 50 | 60 | 60 | 54 | 54.00 |
| 5 | 3/4 -> 75 | 9 -> 90 | 90 | 90 | 30 + 18 + 36 = 84 | outside the ranking |
| 6 | - | - | - | - | - | did not come |

Seat ``unsur-7`` is recused for nominee 3 although it had marked it. Category ``desa`` has one nominee (7: coverage
9/10, regulasi 10, 80 and 80: 36 + 20 + 32 = 88); the pool ``umum`` is over the firsts of both.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from judging.core.policies import NTT_POLICY
from judging.models import (
    CategoryRubric,
    PaperEntry,
    RubricVersion,
    Seat,
    Seating,
    SecretariatEntry,
    Sheet,
    SheetState,
    SheetVersion,
    TypedSheet,
)
from nominees.core.lifecycle import State
from nominees.models import Category, CountedIndicator, Nomination, Pool, Round, Status
from paritrana.accounts.models import Role, User
from tests.factories.sheets import make_recusal, make_rubric, make_rules, make_seat
from tests.factories.world import AT, make_category, make_nomination, make_round, make_user

TREE: dict[str, Any] = {
    "id": "total",
    "title": "Nilai akhir",
    "children": [
        {
            "id": "cakupan",
            "title": "Cakupan",
            "weight": "40",
            "kind": "indicator",
            "transform": {"type": "identity"},
        },
        {"id": "regulasi", "title": "Regulasi", "weight": "20", "kind": "fixed", "max": "10"},
        {
            "id": "wawancara",
            "title": "Wawancara",
            "weight": "40",
            "children": [
                {"id": "inovasi", "title": "Inovasi", "weight": "50"},
                {"id": "pemahaman", "title": "Pemahaman", "weight": "50", "may_be_na": True},
            ],
        },
    ],
}


@dataclass(frozen=True)
class Scored:
    """A scored round and the people in it; ``nominations`` by number."""

    round: Round
    category: Category
    village: Category
    pool: Pool
    seats: list[Seat]
    nominations: dict[int, Nomination]
    chair: User
    secretary: User
    second: User
    member: User


def make_scored_round(*, state: State = State.SCORING, region_code: str = "53") -> Scored:
    """Return the round of the table above, every sheet submitted, before its plenary."""
    round = make_round(state=state, region_code=region_code)
    secretary, second = (make_user(Role.SECRETARIAT, round=round) for _ in range(2))
    chair = make_user(Role.CHAIR, Role.PANEL_MEMBER, round=round)
    seats = [make_seat(round, position, user=chair if position == 1 else None) for position in range(1, 10)]
    make_rules(round, **NTT_POLICY)
    category, village = make_category(round, "pemda", position=1), make_category(round, "desa", position=2)
    version = make_rubric(category, TREE)
    CategoryRubric.objects.create(category=village, version=version)
    pool = Pool.objects.create(round=round, code="umum", name="Kategori umum", places=3)
    pool.categories.set([category, village])
    found = Scored(round, category, village, pool, seats, {}, chair, secretary, second, _holder(seats[1]))
    found.nominations.update({number: _nominate(found, number) for number in range(1, 8)})
    _fill(found, version)
    make_recusal(seats[6], found.nominations[3])
    return found


def _holder(seat: Seat) -> User:
    user: User = seat.seatings.get().user
    return user


def _nominate(scored: Scored, number: int) -> Nomination:
    status = {5: Status.OUTSIDE, 6: Status.NO_SHOW}.get(number, Status.RUNNING)
    category = scored.village if number == 7 else scored.category
    code = f"{scored.round.scope_code}.{number:02d}"
    made = make_nomination(category, status=status, region_code=code)
    Nomination.objects.filter(pk=made.pk).update(number=number)
    made.number = number
    return made


def _fill(scored: Scored, version: RubricVersion) -> None:
    first = ["70", *["80"] * 7, "100"]
    panels: Mapping[int, tuple[Sequence[str], Sequence[str]]] = {
        1: (first, ["75"] * 9),
        2: (["70.65"] * 9, ["71"] * 9),
        3: (["60"] * 9, ["60"] * 9),
        4: (["60"] * 9, ["60"] * 9),
        5: (["90"] * 9, ["90"] * 9),
        7: (["80"] * 9, ["80"] * 9),
    }
    figures = {
        1: ((1, 3), "8"),
        2: ((1, 2), "6"),
        3: ((1, 2), "5"),
        4: ((2, 4), "5.0"),
        5: ((3, 4), "9"),
        7: ((9, 10), "10"),
    }
    for number, (innovation, insight) in panels.items():
        nomination = scored.nominations[number]
        enter_figures(nomination, figures[number][0], figures[number][1], scored.secretary, scored.second)
        submit_all(
            nomination,
            version,
            {
                seat: {"inovasi": one, "pemahaman": other}
                for seat, one, other in zip(scored.seats, innovation, insight, strict=True)
            },
        )


def submit_all(nomination: Nomination, version: RubricVersion, marks: Mapping[Seat, Mapping[str, str]]) -> None:
    """Store a first, submitted version of several seats' sheets at once."""
    holders = {row.seat_id: row for row in Seating.objects.filter(seat__in=marks).select_related("user")}
    sheets = Sheet.objects.bulk_create(
        Sheet(round=nomination.round, nomination=nomination, seat=seat, state=SheetState.SUBMITTED, revision=1)
        for seat in marks
    )
    SheetVersion.objects.bulk_create(
        _version(sheet, holders[sheet.seat_id], version, marks[sheet.seat]) for sheet in sheets
    )


def enter_figures(nomination: Nomination, counts: tuple[int, int], regulation: str, one: User, two: User) -> None:
    """Enter the coverage counts, and regulasi by two people."""
    CountedIndicator.objects.create(
        nomination=nomination,
        criterion="cakupan",
        count=counts[0],
        base=counts[1],
        source="BPS (contoh)",
        as_of=date(2024, 12, 31),
        entered_by=one,
        entered_at=AT,
    )
    for turn, user in ((1, one), (2, two)):
        SecretariatEntry.objects.create(
            nomination=nomination, criterion="regulasi", turn=turn, value=regulation, entered_by=user, entered_at=AT
        )


def submit(
    nomination: Nomination,
    seat: Seat,
    version: RubricVersion,
    marks: Mapping[str, str],
    *,
    state: str = SheetState.SUBMITTED,
    number: int = 1,
) -> SheetVersion:
    """Store one version of a sheet; a mark is a value or the name of an absence."""
    sheet, _ = Sheet.objects.update_or_create(
        seat=seat, nomination=nomination, defaults={"round": nomination.round, "state": state, "revision": number}
    )
    row = _version(sheet, seat.seatings.get(), version, marks, state=state, number=number)
    row.save(force_insert=True)
    return row


def _version(
    sheet: Sheet,
    seating: Seating,
    version: RubricVersion,
    marks: Mapping[str, str],
    *,
    state: str = SheetState.SUBMITTED,
    number: int = 1,
) -> SheetVersion:
    entries = json.dumps({name: _entry(mark) for name, mark in marks.items()}, sort_keys=True, separators=(",", ":"))
    return SheetVersion(
        sheet=sheet,
        number=number,
        rubric_version=version,
        seating=seating,
        state=state,
        entries=entries,
        content_hash=hashlib.sha256(entries.encode()).hexdigest(),
        saved_by=seating.user,
        saved_at=AT,
        submitted_at=AT if state == SheetState.SUBMITTED else None,
        reason="koreksi (contoh)" if number > 1 else "",
    )


def _entry(mark: str) -> dict[str, str]:
    if mark[0].isdigit():
        return {"state": "value", "value": mark}
    return {"state": mark, "reason": "alasan uji"}


def add_nominee(scored: Scored, number: int, mark: str = "50", seats: int = 9) -> Nomination:
    """Add a scored nominee ``number`` to ``pemda`` with the same mark everywhere, from the first ``seats`` seats."""
    nomination = make_nomination(scored.category, region_code=f"{scored.round.scope_code}.{number:02d}")
    Nomination.objects.filter(pk=nomination.pk).update(number=number)
    nomination.number = number
    scored.nominations[number] = nomination
    enter_figures(nomination, (number, 1000), "1", scored.secretary, scored.second)
    marks = {seat: {"inovasi": mark, "pemahaman": mark} for seat in scored.seats[:seats]}
    submit_all(nomination, scored.category.rubric.version, marks)
    return nomination


def type_in(scored: Scored) -> TypedSheet:
    """Say that the fourth seat's sheet on the second nominee came from paper, typed by two and settled by a third."""
    version = SheetVersion.objects.get(sheet__seat=scored.seats[3], sheet__nomination=scored.nominations[1])
    typed = TypedSheet.objects.create(
        seat=scored.seats[3],
        nomination=scored.nominations[1],
        rubric_version=version.rubric_version,
        version=version,
        settled_by=make_user(),
        reason="angka 3 terbaca 8",
    )
    for turn in (1, 2):
        PaperEntry.objects.create(
            sheet=typed, turn=turn, entries="{}", entered_by=make_user(), entered_at=AT, final_at=AT
        )
    return typed
