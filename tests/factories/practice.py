"""A round with all that a practice round is copied from: two categories, a pool, rules, three seats, a secretary."""

from dataclasses import dataclass
from typing import Any

from judging.models import CategoryRubric, Seat
from judging.services.practice import open_practice
from nominees.core.lifecycle import State
from nominees.models import Category, Kind, Pool, Round
from paritrana.accounts.models import Role, User
from tests.factories.rubrics import make_rules
from tests.factories.sheets import TREE, holder, make_rubric, make_seat
from tests.factories.world import AT, make_category, make_round, make_user

WITH_INDICATOR: dict[str, Any] = TREE | {
    "children": [
        TREE["children"][0] | {"weight": "50"},
        {"id": "cakupan", "title": "Cakupan", "weight": "50", "kind": "indicator", "transform": {"type": "identity"}},
    ]
}


@dataclass
class Practising:
    """The round that counts and its people; ``open`` opens practice beside it as its secretary does."""

    round: Round
    categories: list[Category]
    seats: list[Seat]
    secretary: User
    chair: User
    member: User

    def open(self, **facts: Any) -> Round:
        """Open practice."""
        return open_practice(**{"round": self.round, "actor": self.secretary, "at": AT} | facts)


def make_practising(*, region_code: str | None = "53", state: State = State.SCORING) -> Practising:
    """Return the round in ``state``; its categories are judged by two versions of one kind of tree."""
    round = make_round(state=state, region_code=region_code)
    chair = make_user(Role.CHAIR, Role.PANEL_MEMBER, round=round)
    seats = [make_seat(round, 1, user=chair), *(make_seat(round, position) for position in (2, 3))]
    make_rules(round)
    categories = [
        make_category(round, "pemda", position=1),
        make_category(round, "usaha", kind=Kind.BUSINESS, sector="trade", sizes=["small"], position=2),
        make_category(round, "kecil", kind=Kind.BUSINESS, sizes=["micro"], position=3),
        make_category(round, "kosong", position=4),
    ]
    make_rubric(categories[0])
    shared = make_rubric(categories[1], WITH_INDICATOR)
    CategoryRubric.objects.create(category=categories[2], version=shared)
    pool = Pool.objects.create(round=round, code="umum", name="Kategori umum")
    pool.categories.set(categories[1:3])
    seats[1].own_categories.set(categories[1:2])
    return Practising(round, categories, seats, make_user(Role.SECRETARIAT, round=round), chair, holder(seats[1]))
