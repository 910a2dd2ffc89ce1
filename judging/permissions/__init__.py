"""Who may do what in judging: role in the round, then its state. A refusal carries its reason.

Being administrator does not make one a judge: the platform administrator is in none of these lists. Subjects that came
later have a module of their own beside this one.
"""

from collections.abc import Iterable
from datetime import datetime

from judging.models import PaperScan, Room, Seating
from judging.selectors.officers import Officers, SecondWord
from judging.selectors.paper_entries import is_seated
from judging.selectors.paper_scans import reads_its_marks
from nominees.core.lifecycle import Act, State, Transition
from nominees.models import Level, Nomination, Round
from nominees.permissions import has_role, state_allows
from nominees.selectors.rounds import roles_in
from paritrana.accounts.models import Role, User
from paritrana.kernel.verdict import ALLOWED, Verdict, first_refusal

from .base import AFTER_DECISION, SECRETARIAT, counts_for_real, is_secretary, presides, secretariat_may
from .plenary import is_second_officer


def can_open_practice(user: User, round: Round) -> Verdict:
    """The secretariat opens a practice round beside one that counts, until the plenary."""
    open_in = (State.PREPARATION, State.NOMINATION, State.SCORING)
    return first_refusal(
        has_role(user, round, *SECRETARIAT),
        counts_for_real(round),
        ALLOWED if round.state in open_in else Verdict("not_in_this_state"),
    )


def can_see_setup(user: User, round: Round) -> Verdict:
    """Panel, rubrics, rules and schedule are open to everybody with a role in the round."""
    return ALLOWED if roles_in(user, round) else Verdict("role_needed")


def can_draft_rules(user: User, round: Round) -> Verdict:
    """Rules, categories and rubrics: the secretariat, in preparation."""
    return secretariat_may(user, round, Act.DRAFT_RULES)


def can_change_dates(user: User, round: Round) -> Verdict:
    """Interview days, ceremony and city: the secretariat, until scoring."""
    return secretariat_may(user, round, Act.SET_DATES)


def can_seat_panel(user: User, round: Round) -> Verdict:
    """Seatings and substitutes: the secretariat, until the plenary. A seat gives its role in the round that counts."""
    return first_refusal(secretariat_may(user, round, Act.SEAT_PANEL), counts_for_real(round))


def can_declare_recusal(user: User, round: Round) -> Verdict:
    """A panel member, for the own seat."""
    return first_refusal(has_role(user, round, Role.PANEL_MEMBER), state_allows(round, Act.DECLARE_RECUSAL))


def can_settle_recusal(user: User, round: Round, *, at: datetime) -> Verdict:
    """The secretariat, or whoever holds the secretary's seat at ``at``, confirms or declines."""
    if is_secretary(user, round, at):
        return state_allows(round, Act.DECLARE_RECUSAL)
    return secretariat_may(user, round, Act.DECLARE_RECUSAL)


def can_schedule(user: User, round: Round) -> Verdict:
    """The secretariat places interviews and records who came."""
    return secretariat_may(user, round, Act.SCHEDULE)


def can_see_releases(user: User, round: Round) -> Verdict:
    """The draft beside what was released, and the log of it: the secretariat and auditors, in every state."""
    return has_role(user, round, *SECRETARIAT, Role.AUDITOR)


def can_tell_availability(user: User, round: Round) -> Verdict:
    """A panel member, while interviews are planned: when the own seat cannot come."""
    return first_refusal(has_role(user, round, Role.PANEL_MEMBER), state_allows(round, Act.SCHEDULE))


def can_see_calendars(user: User, round: Round) -> Verdict:
    """Addresses of calendars: the secretariat those of rooms and nominees, a member the own."""
    return has_role(user, round, *SECRETARIAT, Role.PANEL_MEMBER)


def can_open_calendar(user: User, round: Round, whose: Seating | Nomination | Room) -> Verdict:
    """A member the own calendar, nobody else's; the secretariat those of nominees and rooms. In any state."""
    if isinstance(whose, Seating):
        own = ALLOWED if whose.user_id == user.pk else Verdict("calendar_of_somebody_else")
        return first_refusal(has_role(user, round, Role.PANEL_MEMBER), own)
    return has_role(user, round, *SECRETARIAT)


def can_enter_absence(user: User, round: Round, seating: Seating) -> Verdict:
    """The secretariat for everybody, a member for the own seating alone."""
    if seating.user_id == user.pk:
        return can_tell_availability(user, round)
    return can_schedule(user, round)


def can_score(user: User, round: Round) -> Verdict:
    """A panel member, while scoring is open; which sheet is theirs, their seat says."""
    return first_refusal(has_role(user, round, Role.PANEL_MEMBER), state_allows(round, Act.SCORE))


def can_see_own_sheets(user: User, round: Round) -> Verdict:
    """A panel member reads the own sheets at any time."""
    return has_role(user, round, Role.PANEL_MEMBER)


def can_enter_secretariat_scores(user: User, round: Round) -> Verdict:
    """The secretariat, each criterion by two people."""
    return secretariat_may(user, round, Act.ENTER_SECRETARIAT_SCORES)


def can_see_progress(user: User, round: Round) -> Verdict:
    """Which sheets are in, without any score."""
    return has_role(user, round, *SECRETARIAT, Role.CHAIR)


def can_see_standings(user: User, round: Round) -> Verdict:
    """Scores and places: panel, chair and secretariat from the plenary on, everybody in the round once decided.

    Nobody sees them while sheets are open: not even a count from which another member's score would follow. A practice
    round has none.
    """
    if round.practice:
        return counts_for_real(round)
    if round.state == State.PLENARY:
        return has_role(user, round, *SECRETARIAT, Role.CHAIR, Role.PANEL_MEMBER)
    if State(round.state) in AFTER_DECISION:
        return has_role(user, round, *SECRETARIAT, Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR)
    return Verdict("standings_not_open_yet")


def can_open_plenary(user: User, round: Round, *, at: datetime) -> Verdict:
    """Whoever is chair at ``at`` closes the sheets and opens the plenary."""
    return first_refusal(presides(user, round, at), counts_for_real(round))


def can_see_plenary(user: User, round: Round) -> Verdict:
    """Those who see the standings."""
    return can_see_standings(user, round)


def can_record_plenary(user: User, round: Round) -> Verdict:
    """Attendance, motions and votes: chair or secretariat, in the plenary."""
    return first_refusal(has_role(user, round, Role.CHAIR, *SECRETARIAT), state_allows(round, Act.DECIDE))


def can_confirm_decision(user: User, round: Round, *, at: datetime) -> Verdict:
    """Whoever is chair at ``at``, alone."""
    return first_refusal(presides(user, round, at), state_allows(round, Act.DECIDE))


def can_record_exception(user: User, round: Round) -> Verdict:
    """A quorum exception before the plenary: chair or secretariat, while scoring."""
    return first_refusal(has_role(user, round, Role.CHAIR, *SECRETARIAT), state_allows(round, Act.RECORD_EXCEPTION))


def can_issue_documents(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, once decided."""
    return first_refusal(
        has_role(user, round, Role.ORGANISER, *SECRETARIAT),
        counts_for_real(round),
        state_allows(round, Act.ISSUE_DOCUMENTS),
    )


def can_read_documents(user: User, round: Round) -> Verdict:
    """Everybody in the round, once decided."""
    if round.practice:
        return counts_for_real(round)
    if State(round.state) not in AFTER_DECISION:
        return Verdict("not_in_this_state")
    return has_role(user, round, *SECRETARIAT, Role.CHAIR, Role.PANEL_MEMBER, Role.ORGANISER, Role.AUDITOR)


def can_issue_invitations(user: User, round: Round) -> Verdict:
    """Organiser and secretariat, while interviews are planned and held; nobody is invited to practice."""
    return first_refusal(
        has_role(user, round, Role.ORGANISER, *SECRETARIAT), counts_for_real(round), state_allows(round, Act.SCHEDULE)
    )


def can_read_invitations(user: User, round: Round) -> Verdict:
    """Letters to nominees and the lists that they and the panel sign: those who run the interviews or check them."""
    return has_role(user, round, *SECRETARIAT, Role.ORGANISER, Role.CHAIR, Role.AUDITOR)


def can_print_draft_schedule(user: User, round: Round) -> Verdict:
    """What was not released is the secretariat's own."""
    return has_role(user, round, *SECRETARIAT)


def can_forward(user: User, round: Round) -> Verdict:
    """The secretariat sends the firsts to the national round."""
    return first_refusal(secretariat_may(user, round, Act.FORWARD), counts_for_real(round))


def can_see_forwarding(user: User, round: Round) -> Verdict:
    """Those who may read a province's decision; the national round sends nobody on."""
    level = Verdict("provincial_only") if round.level == Level.NATIONAL else ALLOWED
    return first_refusal(can_read_documents(user, round), level)


def can_read_audit(user: User, round: Round) -> Verdict:
    """Auditor, chair and secretariat; events hold no scores."""
    return has_role(user, round, Role.AUDITOR, Role.CHAIR, *SECRETARIAT)


def can_move(user: User, round: Round, step: Transition, *, at: datetime) -> Verdict:
    """Whoever holds a role that the lifecycle table names for the step; both secretariats are one.

    As a chair, whoever is chair at ``at``; a countersigned step is taken by who countersigns.
    """
    if step.countersigned:
        return is_second_officer(user, round, at=at)
    roles = {Role(code) for code in step.roles}
    if Role.SECRETARIAT in roles:
        roles |= set(SECRETARIAT)
    others = has_role(user, round, *roles - {Role.CHAIR})
    return first_refusal(
        presides(user, round, at) if Role.CHAIR in roles and not others else others, counts_for_real(round)
    )


def can_ask_reopening(user: User, round: Round) -> Verdict:
    """A panel member, while scoring is open; which sheets are theirs, their seat says."""
    return first_refusal(has_role(user, round, Role.PANEL_MEMBER), state_allows(round, Act.REOPEN))


def can_see_reopenings(user: User, round: Round, *, at: datetime) -> Verdict:
    """Those who answer requests to reopen a sheet: secretariat, chair, and who holds the secretary's seat at ``at``."""
    seen = has_role(user, round, *SECRETARIAT, Role.CHAIR)
    return ALLOWED if seen or is_secretary(user, round, at) else seen


def can_advise_reopening(user: User, round: Round, *, officers: Officers, word: SecondWord) -> Verdict:
    """The secretariat, or whoever holds the secretary's seat, endorses or declines a request. No query of its own.

    Where the secretary has the second ``word``, the first is the secretariat's alone.
    """
    if officers.secretary == user.pk:
        return Verdict("secretary_decides_here") if word is SecondWord.SECRETARY else state_allows(round, Act.REOPEN)
    return secretariat_may(user, round, Act.REOPEN)


def can_decide_reopening(user: User, round: Round, *, officers: Officers, word: SecondWord) -> Verdict:
    """Whoever has the second ``word`` (``selectors.officers``) grants or refuses. No query of its own."""
    if word is SecondWord.CHAIR:
        second = has_role(user, round, Role.CHAIR)
        if second and user.pk not in officers.chairs:
            second = Verdict("chair_not_in_office")
    elif word is SecondWord.SECRETARY:
        second = ALLOWED if officers.secretary == user.pk else Verdict("secretary_decides_here")
    else:
        second = has_role(user, round, *SECRETARIAT)
    return first_refusal(second, state_allows(round, Act.REOPEN))


def can_close_correction(user: User, round: Round, *, officers: Officers) -> Verdict:
    """Those who answer requests close a correction that was left behind, while scoring is open."""
    answering = ALLOWED if officers.secretary == user.pk else has_role(user, round, *SECRETARIAT, Role.CHAIR)
    return first_refusal(answering, state_allows(round, Act.REOPEN))


def can_print_sheets(user: User, round: Round) -> Verdict:
    """Empty paper sheets, while interviews are planned and held: the secretariat all, a member the own seat's."""
    return first_refusal(has_role(user, round, *SECRETARIAT, Role.PANEL_MEMBER), state_allows(round, Act.SCHEDULE))


def can_print_every_sheet(user: User, round: Round) -> Verdict:
    """Empty paper sheets of every seat: the secretariat."""
    return first_refusal(has_role(user, round, *SECRETARIAT), can_print_sheets(user, round))


def can_remind(user: User, round: Round) -> Verdict:
    """The secretariat reminds seats of missing sheets, while they can be filled in."""
    return secretariat_may(user, round, Act.SCORE)


def can_type_paper(user: User, round: Round) -> Verdict:
    """The secretariat types paper sheets in, while scoring is open; which people, the service says."""
    return secretariat_may(user, round, Act.SCORE)


def can_settle_paper(user: User, round: Round) -> Verdict:
    """A third person of the secretariat, or the seat's own member, looks at a paper that was read in two ways."""
    return first_refusal(has_role(user, round, *SECRETARIAT, Role.PANEL_MEMBER), state_allows(round, Act.SCORE))


def can_see_every_scan(user: User, round: Round) -> Verdict:
    """That scans of papers exist, their hashes, who attached them: the secretariat, and who sees single scores."""
    seen = can_see_standings(user, round)
    return seen if seen else has_role(user, round, *SECRETARIAT)


def can_see_scans(user: User, round: Round) -> Verdict:
    """The same, and panel members, who see those of the papers that they filled in."""
    seen = can_see_every_scan(user, round)
    return seen if seen else has_role(user, round, Role.PANEL_MEMBER)


def can_open_scan(user: User, scan: PaperScan) -> Verdict:
    """A scan shows marks: it opens for whoever may see these marks at this moment. ``scan`` of ``scan_in``."""
    (verdict,) = scan_verdicts(user, scan.sheet.nomination.round, [scan])
    return verdict


def scan_verdicts(user: User, round: Round, scans: Iterable[PaperScan]) -> list[Verdict]:
    """Answer :func:`can_open_scan` for each of ``scans`` (of ``scans_of``), with as many queries as for one.

    A scan opens for whoever filled in the paper; while that is open, for its two typists, and for whoever may settle
    what they read differently; from the plenary on for those who see single scores, but for a calibration, whose marks
    stay each member's own. What was struck out, or discarded with its paper, may be what somebody else filled in: until
    then nobody opens it.
    """
    all_scores = can_see_standings(user, round)
    own = can_see_own_sheets(user, round)
    typist = can_type_paper(user, round)
    if typist and is_seated(user, round):
        typist = Verdict("member_types_no_paper")

    def answer(scan: PaperScan) -> Verdict:
        paper = scan.sheet
        if all_scores and not paper.nomination.is_calibration:
            return ALLOWED
        if scan.struck_at or paper.discarded_at:
            return Verdict("scan_struck_out" if scan.struck_at else "scan_discarded")
        if paper.seating and paper.seating.user_id == user.pk:
            return own
        if typist and not reads_its_marks(user, paper):
            return Verdict("scan_shows_marks")
        return typist

    return [answer(scan) for scan in scans]


def can_hand_in_workbooks(user: User, round: Round) -> Verdict:
    """The secretariat hands in what members filled in, while scoring is open; which people, the service says."""
    return secretariat_may(user, round, Act.SCORE)
