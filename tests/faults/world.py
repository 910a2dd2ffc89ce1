"""A round in scoring with nobody's sheet begun; ``python -m tests.faults.world SEATS NOMINEES`` builds it.

The database is the one that the settings name. Printed as JSON: the address of the round, and each member's session,
so that nobody has to sign in.
"""

import json
import sys
from dataclasses import asdict, dataclass
from typing import Any

import django


@dataclass(frozen=True)
class World:
    """What a client must know: the start of addresses, sessions by seat, numbers of the nominees, criteria."""

    path: str
    sessions: list[str]
    numbers: list[int]
    criteria: list[str]


def build(seats: int, nominees: int) -> World:
    """Build the round in a new database."""
    from django.core.management import call_command
    from django.db import transaction

    call_command("migrate", verbosity=0)
    with transaction.atomic():
        return _build(seats, nominees)


def _build(seats: int, nominees: int) -> World:
    from nominees.core.lifecycle import State
    from nominees.models import Kind, Nomination, Nominee, Status
    from paritrana.regions.models import RegionKind
    from tests.factories.large_round import TREE, WEIGHTS
    from tests.factories.sheets import holder, make_panel, make_rubric
    from tests.factories.world import make_category, make_region, make_round

    round = make_round(state=State.SCORING)
    category = make_category(round, "usaha", kind=Kind.BUSINESS)
    make_rubric(category, TREE)
    region = make_region("53.01", "Kabupaten Uji", RegionKind.REGENCY)
    businesses = [
        Nominee(kind=Kind.BUSINESS, region=region, name=f"PT Karya {number:04d}") for number in range(1, nominees + 1)
    ]
    nominations = [
        Nomination(round=round, category=category, nominee=nominee, number=number, status=Status.RUNNING)
        for number, nominee in enumerate(Nominee.objects.bulk_create(businesses), 1)
    ]
    Nomination.objects.bulk_create(nominations)
    sessions = [_session(holder(seat)) for seat in make_panel(round, seats)]
    return World(
        path=f"/{round.edition.assessment_year}/{round.scope_code}/lembar/",
        sessions=sessions,
        numbers=list(range(1, nominees + 1)),
        criteria=list(WEIGHTS),
    )


def _session(user: Any) -> str:
    from django.test import Client

    client = Client()
    client.force_login(user, backend="paritrana.accounts.backends.AccountBackend")
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    django.setup()
    print(json.dumps(asdict(build(*map(int, sys.argv[1:])))))  # noqa: T201 - the answer
