"""What was done to the draft of a schedule last, and what of it can be taken back next."""

from dataclasses import dataclass

from judging.models import ChangeKind, ScheduleChange
from nominees.models import Nomination, Round

from .schedule_plans import Planned, differing, read

#: How many acts the board lists.
LISTED = 12
#: How many interviews of one act are named.
NAMED = 3


@dataclass(frozen=True, slots=True)
class Moved:
    """One interview of an act: where it was and is; ``None``: it had, or has, none."""

    nominee: str
    before: Planned | None
    after: Planned | None


@dataclass(frozen=True, slots=True)
class Act:
    """An act on the draft. ``moved``: the first of its interviews, of ``interviews`` in all."""

    change: ScheduleChange
    interviews: int
    moved: tuple[Moved, ...]
    is_undone: bool
    is_next: bool


def last_acts(round: Round) -> tuple[Act, ...]:
    """Return the last acts on the draft, the newest first; the one that is undone next is marked. Two queries."""
    changes = list(
        ScheduleChange.objects.filter(round=round)
        .select_related("actor", "undone_by", "undoes")
        .order_by("-number")[:LISTED]
    )
    plans = [(read(one.before), read(one.after)) for one in changes]
    concerned = {nomination for pair in plans for plan in pair for nomination in plan}
    names = {one.pk: str(one) for one in Nomination.objects.filter(pk__in=concerned).select_related("nominee")}
    following = next((one.pk for one in changes if _can_be_undone(one)), None)
    acts = []
    for change, (before, after) in zip(changes, plans, strict=True):
        changed = sorted(differing(before, after), key=lambda one: names.get(one, ""))
        moved = tuple(Moved(names.get(one, ""), before.get(one), after.get(one)) for one in changed[:NAMED])
        acts.append(Act(change, len(changed), moved, hasattr(change, "undone_by"), change.pk == following))
    return tuple(acts)


def next_to_undo(round: Round) -> ScheduleChange | None:
    """Return the newest act that was not undone and is no undoing itself. One query."""
    found = ScheduleChange.objects.filter(round=round, undone_by=None).exclude(kind=ChangeKind.UNDONE)
    return found.select_related("round__edition", "round__region").order_by("-number").first()


def change_numbered(round: Round, number: int) -> ScheduleChange | None:
    """Return the act with this ``number`` of ``round``. One query."""
    return ScheduleChange.objects.filter(round=round, number=number).select_related("round").first()


def _can_be_undone(change: ScheduleChange) -> bool:
    return change.kind != ChangeKind.UNDONE and not hasattr(change, "undone_by")
