"""The items of the plenary's agenda: each with its places, how firm they are, and what is to be decided."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.forms import Form
from django.utils.translation import gettext as _

from judging.models import Plenary
from judging.selectors.decided import PartStandings, Tie
from judging.selectors.motions import MotionOnRecord
from judging.selectors.plenary import SeatAtPlenary

from .firmness_summary import Summary, for_the_agenda
from .plenary_forms import Bound
from .plenary_motion_forms import DeviationForm, TieForm


@dataclass(frozen=True, slots=True)
class TieOnPage:
    """A tie that the plenary has to settle, with its form (None for who may not record)."""

    tie: Tie
    key: str
    form: Form | None


@dataclass(frozen=True, slots=True)
class PartOnPage:
    """One item of the agenda. ``tone`` and ``state``: its badge; ``item``: its name for the screen."""

    part: PartStandings
    kind: str
    code: str
    tone: str
    state: str
    ties: tuple[TieOnPage, ...]
    deviation: Form | None
    firm: Summary | None

    @property
    def item(self) -> str:
        """How the screen names it: ``kategori-ukm``."""
        return f"{self.kind}-{self.code}"

    @property
    def deviation_key(self) -> str:
        """The name of its form for a deviation."""
        return deviation_key(self.part)

    @property
    def needs_something(self) -> bool:
        """Whether the meeting is not through with it, or a form of it was refused: it is shown unfolded."""
        refused = self.deviation is not None and self.deviation.is_bound
        return refused or self.tone in ("info", "warning")


def part_key(part: PartStandings) -> tuple[str, str]:
    """Return kind and code of a part, as addresses name it."""
    return ("kategori" if part.category else "umum"), part.subject.code


def tie_key(part: PartStandings, tie: Tie) -> str:
    """Return the name of a tie on the page: its part and the numbers of its nominees."""
    kind, code = part_key(part)
    return f"tie-{kind}-{code}-{'-'.join(str(each.number) for each in tie.nominations)}"


def deviation_key(part: PartStandings) -> str:
    """Return the name of a part's deviation form."""
    return "-".join(("deviation", *part_key(part)))


def agenda_of(
    parts: Sequence[PartStandings],
    plenary: Plenary,
    seats: Sequence[SeatAtPlenary],
    motion: MotionOnRecord | None,
    bound: Bound,
    *,
    may_move: bool,
) -> list[PartOnPage]:
    """Return the agenda. ``motion`` is the one whose vote is open; while there is one nothing else can be moved."""
    may_move = may_move and motion is None
    return [_item(part, plenary, seats, motion, bound, may_move=may_move) for part in parts]


def _item(
    part: PartStandings,
    plenary: Plenary,
    seats: Sequence[SeatAtPlenary],
    motion: MotionOnRecord | None,
    bound: Bound,
    *,
    may_move: bool,
) -> PartOnPage:
    kind, code = part_key(part)
    voting = plenary.tabulation.rules.voting
    ties = []
    for tie in part.open_ties:
        key = tie_key(part, tie)
        form = bound.get(key, TieForm(None, tie, seats, voting, key)) if may_move else None
        ties.append(TieOnPage(tie, key, form))
    key, deviation = deviation_key(part), None
    if may_move and len(part.ranked) > 1:
        deviation = bound.get(key, DeviationForm(None, part, seats, voting, key))
    tone, state = state_of(part, motion)
    return PartOnPage(part, kind, code, tone, state, tuple(ties), deviation, for_the_agenda(part, plenary.tabulation))


def state_of(part: PartStandings, motion: MotionOnRecord | None) -> tuple[str, str]:
    """Return tone and word for how far the meeting has come with ``part``."""
    if motion and (motion.motion.category, motion.motion.pool) == (part.category, part.pool):
        return "info", _("Vote is open")
    if part.open_ties:
        return "warning", _("Tie to settle")
    if part.decisions:
        return "success", _("Decided by vote")
    return "neutral", _("As computed") if part.ranked else _("Nobody ranked")
