"""Who signs papers, and who sees what was signed."""

from nominees.core.lifecycle import Act
from nominees.models import Round
from nominees.permissions import has_role, state_allows
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

from .base import AFTER_DECISION, SECRETARIAT, counts_for_real


def can_sign_papers(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, while papers are issued: certificate files, signing, files signed elsewhere."""
    return first_refusal(
        has_role(user, round, Role.ORGANISER, *SECRETARIAT),
        counts_for_real(round),
        state_allows(round, Act.ISSUE_DOCUMENTS),
    )


def can_see_signatures(user: User, round: Round) -> Verdict:
    """Everybody who reads the papers: once decided."""
    return first_refusal(
        counts_for_real(round),
        ALLOWED if round.state in AFTER_DECISION else Verdict("not_in_this_state"),
        has_role(user, round, *SECRETARIAT, Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR),
    )
