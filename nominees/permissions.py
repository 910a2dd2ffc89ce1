"""Who may do what to nominees: role in the round first, then whether the round's state has a place for it."""

from nominees.core.lifecycle import Act, State, may
from nominees.models import Nomination, Round
from nominees.selectors.above import kept_out
from nominees.selectors.rounds import is_platform_admin, roles_in
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

#: Roles that read the working pages of a round (not scores).
INSIDERS = frozenset(Role) - {Role.PLATFORM_ADMIN}


def has_role(user: User, round: Round, *roles: Role) -> Verdict:
    """Whether ``user`` is one of ``roles`` in ``round``. One query."""
    return ALLOWED if roles_in(user, round) & set(roles) else Verdict("role_needed")


def state_allows(round: Round, act: Act) -> Verdict:
    """Whether ``act`` has its place in the round's present state. No query."""
    return ALLOWED if may(act, round.state) else Verdict("not_in_this_state")


def can_see_round(user: User, round: Round) -> Verdict:
    """Anybody with a role in the round, and the platform administrator."""
    return ALLOWED if roles_in(user, round) else Verdict("role_needed")


def can_see_nominees(user: User, round: Round) -> Verdict:
    """Everybody with a role in the round reads its nominees."""
    return has_role(user, round, *INSIDERS, Role.PLATFORM_ADMIN)


def can_import_nominees(user: User, round: Round) -> Verdict:
    """The secretariat, while nominations are open."""
    return first_refusal(
        has_role(user, round, Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT), state_allows(round, Act.IMPORT_NOMINEES)
    )


def can_edit_nominees(user: User, round: Round) -> Verdict:
    """The secretariat, while nominations are open."""
    return first_refusal(
        has_role(user, round, Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT), state_allows(round, Act.EDIT_NOMINEES)
    )


def can_enter_indicators(user: User, round: Round) -> Verdict:
    """The secretariat, until the plenary opens."""
    return first_refusal(
        has_role(user, round, Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT), state_allows(round, Act.ENTER_INDICATORS)
    )


def can_bring_evidence(user: User, round: Round) -> Verdict:
    """The secretariat adds and withdraws evidence, until the plenary opens."""
    return first_refusal(
        has_role(user, round, Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT), state_allows(round, Act.BRING_EVIDENCE)
    )


def can_see_evidence(user: User, nomination: Nomination) -> Verdict:
    """Everybody with a role in the round but the platform administrator; not whoever a conflict of interest keeps out.

    One query beside the roles.
    """
    return first_refusal(has_role(user, nomination.round, *INSIDERS), kept_out(user, nomination))


def can_change_status(user: User, round: Round) -> Verdict:
    """The secretariat, until the plenary opens; which change has its place when, ``core.status`` says."""
    return first_refusal(
        has_role(user, round, Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT),
        ALLOWED if round.state in (State.NOMINATION, State.SCORING) else Verdict("not_in_this_state"),
    )


def can_set_up_rounds(user: User) -> Verdict:
    """Editions and rounds are the platform administrator's. One query."""
    return ALLOWED if is_platform_admin(user) else Verdict("role_needed")


def can_administer(user: User) -> Verdict:
    """Logins and roles are the platform administrator's. One query."""
    return ALLOWED if is_platform_admin(user) else Verdict("administrator_needed")


def can_draft_categories(user: User, round: Round) -> Verdict:
    """The secretariat and the platform administrator, in preparation."""
    return first_refusal(
        has_role(user, round, Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT, Role.PLATFORM_ADMIN),
        state_allows(round, Act.DRAFT_RULES),
    )
