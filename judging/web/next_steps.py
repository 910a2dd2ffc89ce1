"""What a person's role asks of them in a round's present state: one table, read by the overview."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from nominees.core.lifecycle import State
from nominees.models import Level, Round
from nominees.templatetags.rounds import round_url
from paritrana.accounts.models import Role

_P, _N, _S, _L = State.PREPARATION, State.NOMINATION, State.SCORING, State.PLENARY
_D, _A, _C = State.DECIDED, State.ANNOUNCED, State.CLOSED
_SECRETARIAT = (Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT)
_NATIONAL = (Role.NATIONAL_SECRETARIAT,)
#: Pages that only a round of one level has.
LEVELS = {
    "judging:zones": Level.NATIONAL,
    "judging:provinces": Level.NATIONAL,
    "judging:claims": Level.NATIONAL,
    "judging:forwarding": Level.PROVINCIAL,
}


#: Steps that go by another name at a level.
TITLES: dict[tuple[str, str], Any] = {("judging:panel", Level.NATIONAL): _("Fill the seats of the jury")}

#: The form on the overview itself that takes a round forwards; told once all that it needs is there.
ANNOUNCEMENT = "judging:round"
#: A page that stays open when all that the round needs of it is done: then it comes last.
LAST_WHEN_DONE = "judging:documents"


@dataclass(frozen=True, slots=True)
class NextStep:
    """A page that people of ``roles`` need in ``states``; the first of theirs is the one to do now."""

    roles: tuple[Role, ...]
    states: tuple[State, ...]
    page: str
    icon: str
    title: Any


STEPS = (
    NextStep((Role.PANEL_MEMBER,), (_S,), "judging:my_day", "calendar-event", _("Score today's interviews")),
    NextStep((Role.PANEL_MEMBER,), (_N, _S), "judging:recusals", "hand-stop", _("Declare a conflict of interest")),
    NextStep((Role.PANEL_MEMBER,), (_N, _S), "judging:availability", "calendar", _("Say when you cannot come")),
    NextStep(_SECRETARIAT, (_P,), "judging:categories", "list-details", _("Check categories and places")),
    NextStep(_NATIONAL, (_P,), "judging:zones", "map-pin", _("Zones")),
    NextStep(_SECRETARIAT, (_P,), "judging:rubrics", "list-numbers", _("Complete the rubrics")),
    NextStep(_SECRETARIAT, (_P,), "judging:rules", "scale", _("Settle the rules")),
    NextStep(_SECRETARIAT, (_P, _N), "judging:panel", "users", _("Fill the panel")),
    NextStep(_SECRETARIAT, (_N,), "nominees:import", "upload", _("Import nominees")),
    NextStep(_NATIONAL, (_N,), "judging:provinces", "map-pin", _("Hand-overs of the provinces")),
    NextStep(_SECRETARIAT, (_N,), "nominees:list", "list-check", _("Screen nominees")),
    NextStep(_NATIONAL, (_N,), "judging:claims", "clipboard-check", _("Verification")),
    NextStep(_SECRETARIAT, (_N,), "judging:schedule_material", "calendar", _("Prepare the schedule")),
    NextStep(_SECRETARIAT, (_N, _S), "judging:schedule_board", "calendar-event", _("Place the interviews")),
    NextStep(_SECRETARIAT, (_N, _S), "judging:secretariat_scores", "edit", _("Enter administrative scores")),
    NextStep(_SECRETARIAT, (_N, _S), "judging:recusals", "hand-stop", _("Settle recusals")),
    NextStep(_SECRETARIAT, (_N,), "judging:calibration", "scale", _("Name nominees for calibration")),
    NextStep((*_SECRETARIAT, Role.CHAIR), (_S,), "judging:progress", "clipboard-check", _("Follow the sheets")),
    NextStep((Role.CHAIR,), (_S,), "judging:plenary", "gavel", _("Open the plenary")),
    NextStep((*_SECRETARIAT, Role.CHAIR), (_L,), "judging:plenary", "gavel", _("Hold the plenary")),
    NextStep((Role.PANEL_MEMBER,), (_L,), "judging:plenary", "gavel", _("Follow the plenary and vote")),
    NextStep((Role.PANEL_MEMBER,), (_L, _D, _A, _C), "judging:ranking", "trophy", _("Read the ranking")),
    NextStep((Role.ORGANISER, *_SECRETARIAT), (_D,), "judging:documents", "printer", _("Issue the documents")),
    NextStep((Role.ORGANISER, *_SECRETARIAT), (_D,), "judging:ceremony", "trophy", _("Prepare the ceremony")),
    NextStep((Role.ORGANISER, *_SECRETARIAT), (_D,), "judging:publication", "send", _("Prepare the publication")),
    NextStep((Role.ORGANISER, *_SECRETARIAT), (_D,), ANNOUNCEMENT, "send", _("Announce the result")),
    NextStep(_SECRETARIAT, (_D, _A), "judging:forwarding", "send", _("Send winners to the national round")),
    NextStep((Role.ORGANISER, *_SECRETARIAT), (_A,), "judging:documents", "printer", _("Issue the documents")),
    NextStep((Role.AUDITOR,), (_D, _A, _C), "judging:ranking", "trophy", _("Read the ranking")),
    NextStep((Role.AUDITOR,), tuple(State), "judging:audit", "shield-check", _("Read the audit trail")),
)


def next_steps(
    round: Round, roles: frozenset[Role], waiting: Collection[str] | None = None, *, may_advance: bool = False
) -> list[dict[str, Any]]:
    """Return what ``templates/components/task.html`` shows, first the one to do now.

    That is the first whose page is in ``waiting`` (where something is still to be mended; None: not known), else the
    first of all. The announcement is one once the person ``may_advance``. A practice round has no plenary, and nothing
    to read once it is closed.
    """
    if round.practice and round.state == State.CLOSED:
        return []
    found: dict[str, NextStep] = {}
    for step in STEPS:
        if (round.practice and step.page == "judging:plenary") or LEVELS.get(step.page, round.level) != round.level:
            continue
        if roles & set(step.roles) and round.state in step.states:
            found.setdefault(step.page, step)
    if not may_advance:
        found.pop(ANNOUNCEMENT, None)
    if waiting is not None and LAST_WHEN_DONE in found and LAST_WHEN_DONE not in waiting:
        found[LAST_WHEN_DONE] = found.pop(LAST_WHEN_DONE)
    now = next((page for page in found if page in (waiting or ())), next(iter(found), ""))
    return [
        {
            "title": TITLES.get((page, round.level), step.title),
            "url": _url(page, round),
            "icon": step.icon,
            "primary": page == now,
        }
        for page, step in sorted(found.items(), key=lambda one: one[0] != now)
    ]


def _url(page: str, round: Round) -> str:
    return round_url(page, round) + ("#maju" if page == ANNOUNCEMENT else "")
