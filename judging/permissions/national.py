"""Who keeps the zones of the national round, verifies what provinces claim, and sees how winners fare there."""

from nominees.core.lifecycle import Act
from nominees.models import Round
from nominees.permissions import has_role, state_allows
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import Verdict, first_refusal

from .base import SECRETARIAT, counts_for_real
from .handover import is_national, is_provincial


def can_see_zones(user: User, round: Round) -> Verdict:
    """Zones, and what is missing: the national secretariat, its jury and auditors."""
    roles = (Role.NATIONAL_SECRETARIAT, Role.CHAIR, Role.PANEL_MEMBER, Role.AUDITOR)
    return first_refusal(has_role(user, round, *roles), is_national(round))


def can_set_zones(user: User, round: Round) -> Verdict:
    """The national secretariat, until scoring begins."""
    return first_refusal(
        has_role(user, round, Role.NATIONAL_SECRETARIAT), is_national(round), state_allows(round, Act.SET_ZONES)
    )


def can_see_claims(user: User, round: Round) -> Verdict:
    """What provinces claim and what was found: the national secretariat, the jury and auditors."""
    return can_see_zones(user, round)


def can_verify_claims(user: User, round: Round) -> Verdict:
    """The national secretariat, while counts may be entered."""
    return first_refusal(
        has_role(user, round, Role.NATIONAL_SECRETARIAT), is_national(round), state_allows(round, Act.ENTER_INDICATORS)
    )


def can_see_national_news(user: User, round: Round) -> Verdict:
    """How a province's winners fare: its secretariat, chair, organiser and auditors."""
    roles = has_role(user, round, *SECRETARIAT, Role.CHAIR, Role.ORGANISER, Role.AUDITOR)
    return first_refusal(roles, counts_for_real(round), is_provincial(round))
