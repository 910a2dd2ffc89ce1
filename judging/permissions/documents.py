"""Who numbers papers and opens their page before the decision. Who issues and reads them: the first permissions."""

from judging.permissions.base import SECRETARIAT, counts_for_real
from nominees.core.lifecycle import State
from nominees.models import Round
from nominees.permissions import has_role
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal


def can_set_numbers(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, until the round is closed."""
    return first_refusal(
        has_role(user, round, Role.ORGANISER, *SECRETARIAT),
        counts_for_real(round),
        Verdict("not_in_this_state") if round.state == State.CLOSED else ALLOWED,
    )


def can_open_documents(user: User, round: Round) -> Verdict:
    """Everybody in the round, from nomination on: before the decision the page tells what can be printed by then."""
    roles = (*SECRETARIAT, Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR)
    return first_refusal(counts_for_real(round), _has_nominees(round), has_role(user, round, *roles))


def can_print_labels(user: User, round: Round) -> Verdict:
    """Labels of nominees: organiser and secretariat, from nomination on. Those of winners: once decided."""
    return first_refusal(
        has_role(user, round, Role.ORGANISER, *SECRETARIAT), counts_for_real(round), _has_nominees(round)
    )


def _has_nominees(round: Round) -> Verdict:
    return Verdict("not_in_this_state") if round.state == State.PREPARATION else ALLOWED
