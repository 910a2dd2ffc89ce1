"""Three people of a secretariat and one nominee whose administrative score they enter."""

from typing import Any

from judging.models import SecretariatEntry
from judging.services.secretariat_scores import enter_secretariat_score
from nominees.core.lifecycle import State
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role

from .sheets import make_rubric
from .world import AT, make_category, make_nomination, make_round, make_user

CRITERION = "administrasi"


def make_secretariat_world() -> dict[str, Any]:
    """Return round, category, nomination, the people ``ani``, ``budi`` and ``citra``, and the page's ``url``."""
    round = make_round(state=State.SCORING)
    category = make_category(round)
    make_rubric(category)
    return {
        "round": round,
        "category": category,
        "nomination": make_nomination(category, region_code="53.01"),
        "ani": make_user(Role.SECRETARIAT, round=round),
        "budi": make_user(Role.SECRETARIAT, round=round),
        "citra": make_user(Role.SECRETARIAT, round=round),
        "url": round_url("judging:secretariat_scores", round),
    }


def enter(world: dict[str, Any], who: str, value: str, criterion: str = CRITERION) -> SecretariatEntry:
    """Enter ``value`` as the person called ``who``."""
    return enter_secretariat_score(
        nomination=world["nomination"], criterion=criterion, value=value, source="Laporan", actor=world[who], at=AT
    )
