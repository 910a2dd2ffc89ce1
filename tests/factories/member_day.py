"""One panel member before one nominee on the day of the interview, and the addresses of that member's pages."""

import re
from typing import Any

from django.test import Client

from nominees.core.lifecycle import State
from nominees.models import Nomination
from nominees.templatetags.rounds import round_url
from tests.factories import sheets as make
from tests.factories.world import make_category, make_nomination, make_round


def make_member_day(client: Client) -> dict[str, Any]:
    """Return a scoring round of two seats and one nominee; ``client`` is signed in as the holder of the first seat."""
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make.make_rubric(category)
    seats = make.make_panel(round, 2)
    nomination = make_nomination(category, region_code="53.01")
    make.make_interview(nomination, seats, released=True)
    member = make.holder(seats[0])
    client.force_login(member)
    return {
        "round": round,
        "category": category,
        "seats": seats,
        "member": member,
        "nomination": nomination,
        "url": round_url("judging:sheet", round, number=nomination.number),
        "review": round_url("judging:sheet_review", round, number=nomination.number),
        "day": round_url("judging:my_day", round),
        "day_review": round_url("judging:day_review", round),
    }


def hidden(response: Any, name: str) -> str:
    """Return the value of the hidden field ``name`` of a page."""
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, f"The page has no field {name}."
    return found[1]


def sheet_url(nomination: Nomination) -> str:
    """Return the address of the sheet on ``nomination``."""
    return round_url("judging:sheet", nomination.round, number=nomination.number)


def give(client: Client, nomination: Nomination, komitmen: str, inovasi: str = "3") -> None:
    """Save the two marks of the sample rubric through the form."""
    page = client.get(sheet_url(nomination))
    data = {name: hidden(page, name) for name in ("revision", "request_key")}
    answer = client.post(sheet_url(nomination), data | {"nilai-komitmen": komitmen, "nilai-inovasi": inovasi})
    assert answer.status_code == 302
