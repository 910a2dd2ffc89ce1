"""Three people of a secretariat, a member, and the member's paper sheet on one nominee."""

from typing import Any

from judging.core.sheet_code import SheetCode
from judging.models import TypedSheet
from judging.selectors.paper_entries import code_of
from judging.services import paper_entries as services
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role

from .saves import make_sheet_world
from .world import AT, make_user

WHOLE = {"komitmen": "73,25", "inovasi": {"value": "3", "note": "terbaca jelas"}}
OTHER = {"komitmen": "78,25", "inovasi": "3"}


def make_paper_world() -> dict[str, Any]:
    """Return the world of ``make_sheet_world`` with ``ani``, ``budi``, ``citra`` and the ``code`` of the paper."""
    world = make_sheet_world()
    people = {name: make_user(Role.SECRETARIAT, round=world["round"]) for name in ("ani", "budi", "citra")}
    code = code_of(world["round"], world["seats"][0], world["nomination"])
    assert code
    return {**world, **people, "code": code}


def address(world: dict[str, Any], name: str = "paper_entry", code: SheetCode | None = None) -> str:
    """Return the address of a page of the paper."""
    code = code or world["code"]
    return str(round_url(f"judging:{name}", world["round"], seat=code.seat, number=code.number, rubric=code.rubric))


def type_in(
    world: dict[str, Any], who: str, entries: Any = WHOLE, *, code: SheetCode | None = None, correct: bool = False
) -> TypedSheet:
    """Type the paper in as the person called ``who``, or correct that entry."""
    act = services.correct_paper_entry if correct else services.type_paper_sheet
    return act(round=world["round"], code=code or world["code"], entries=entries, actor=world[who], at=AT)


def settle(world: dict[str, Any], who: str = "citra", choices: Any = None, **changes: Any) -> TypedSheet:
    """Settle what two people read differently, as the person called ``who``."""
    told: dict[str, Any] = {"reason": "angka 3 terbaca 8", "expected_revision": 0, "replace_draft": False} | changes
    choices = {"komitmen": "73.25"} if choices is None else choices
    return services.settle_paper_sheet(
        round=world["round"], code=world["code"], choices=choices, actor=world[who], at=AT, **told
    )
