"""Administrative scores as one person of the secretariat may see them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

from judging.core.criteria import FIXED, Criterion
from judging.core.numbers import typed
from judging.models import SecretariatEntry
from nominees.models import SCORED, Category, Nomination, Round
from paritrana.accounts.models import User

from .rubrics import assigned_rubrics


class EntryState(models.TextChoices):
    """How far one administrative score is."""

    EMPTY = "empty", _("No entry yet")
    OWN_FIRST = "own_first", _("Waiting for the second person")
    OTHER_FIRST = "other_first", _("Waiting for your second entry")
    DIFFERENT = "different", _("The two entries differ")
    CONFIRMED = "confirmed", _("Confirmed by two people")


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """One nominee on one criterion. ``figures`` are those that the asking person may see, with who entered them."""

    nomination: Nomination
    criterion: Criterion
    state: EntryState
    figures: tuple[tuple[str, str], ...]
    has_own: bool

    @property
    def may_enter(self) -> bool:
        """Whether an entry of the asking person is missing."""
        return self.state in (EntryState.EMPTY, EntryState.OTHER_FIRST)


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The administrative scores of one category."""

    category: Category
    criteria: tuple[Criterion, ...]
    rows: tuple[tuple[Nomination, tuple[ScoreCell, ...]], ...]


def score_tables(round: Round, user: User) -> tuple[ScoreTable, ...]:
    """Return every category that has administrative scores, as ``user`` may see them. Four queries.

    A figure of somebody else is left out until both are in.
    """
    rubrics = assigned_rubrics(round)
    entries: dict[tuple[int, str], list[SecretariatEntry]] = defaultdict(list)
    for entry in SecretariatEntry.objects.filter(nomination__round=round).select_related("entered_by"):
        entries[entry.nomination_id, entry.criterion].append(entry)
    nominations = defaultdict(list)
    scored = Nomination.objects.filter(round=round, status__in=SCORED, is_calibration=False)
    for nomination in scored.select_related("nominee"):
        nominations[nomination.category_id].append(nomination)
    tables = []
    for category in Category.objects.filter(round=round):
        rubric = rubrics.get(category.pk)
        criteria = tuple(leaf for leaf in rubric.leaves if leaf.kind == FIXED) if rubric else ()
        rows = tuple(
            (one, tuple(_cell(one, leaf, entries[one.pk, leaf.id], user) for leaf in criteria))
            for one in nominations[category.pk]
        )
        if criteria and rows:
            tables.append(ScoreTable(category, criteria, rows))
    return tuple(tables)


def score_cell(tables: Sequence[ScoreTable], number: int, criterion: str) -> ScoreCell | None:
    """Return the cell of the nomination ``number`` on ``criterion``, or ``None``."""
    for table in tables:
        for nomination, cells in table.rows:
            if nomination.number == number:
                return next((cell for cell in cells if cell.criterion.id == criterion), None)
    return None


def _cell(nomination: Nomination, leaf: Criterion, entries: Sequence[SecretariatEntry], user: User) -> ScoreCell:
    has_own = any(entry.entered_by_id == user.pk for entry in entries)
    visible = [entry for entry in entries if len(entries) == 2 or entry.entered_by_id == user.pk]
    figures = tuple((entry.value, str(entry.entered_by)) for entry in visible)
    return ScoreCell(nomination, leaf, _state(entries, has_own=has_own), figures, has_own)


def _state(entries: Sequence[SecretariatEntry], *, has_own: bool) -> EntryState:
    if not entries:
        return EntryState.EMPTY
    if len(entries) == 1:
        return EntryState.OWN_FIRST if has_own else EntryState.OTHER_FIRST
    first, second = (typed(entry.value) for entry in entries)
    return EntryState.CONFIRMED if first == second else EntryState.DIFFERENT
