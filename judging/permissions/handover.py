"""Who hands winners over by a package, who takes them, and who sees how far the provinces are."""

from nominees.models import Level, Round
from nominees.permissions import has_role
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

from . import can_forward, can_read_documents
from .base import SECRETARIAT, counts_for_real


def is_national(round: Round) -> Verdict:
    """Packages go to the national round that counts."""
    return first_refusal(ALLOWED if round.level == Level.NATIONAL else Verdict("national_only"), counts_for_real(round))


def is_provincial(round: Round) -> Verdict:
    """Packages come from provinces."""
    return ALLOWED if round.level == Level.PROVINCIAL else Verdict("provincial_only")


def can_make_handover(user: User, round: Round) -> Verdict:
    """The secretariat of a province, where it may forward winners."""
    return first_refusal(can_forward(user, round), is_provincial(round))


def can_read_handover(user: User, round: Round) -> Verdict:
    """A package as it was made, the whole log in it: the secretariat and auditors of a province, once decided."""
    roles = has_role(user, round, *SECRETARIAT, Role.AUDITOR)
    return first_refusal(roles, can_read_documents(user, round), is_provincial(round))


def can_see_provinces(user: User, round: Round) -> Verdict:
    """How far each province is, and what it sent: the national secretariat, its chair and auditors."""
    return first_refusal(has_role(user, round, Role.NATIONAL_SECRETARIAT, Role.CHAIR, Role.AUDITOR), is_national(round))


def can_receive(user: User, round: Round) -> Verdict:
    """Packages, keys and reminders: the national secretariat. Until when winners are taken, the service says."""
    return first_refusal(has_role(user, round, Role.NATIONAL_SECRETARIAT), is_national(round))
