"""One category or pool as the ranking page lists it: slim immutable rows of text, in no language yet.

A page of thousands of rows is one flat loop over them. Which rows belong to which content: ``selectors.ranking_run``.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, NamedTuple

from judging.core.criteria import PANEL
from judging.core.result import CriterionTrace
from paritrana.kernel import wording

from .decided import FinalStanding, PartStandings

#: With more nominees than this a page is a plain narrow table.
CARDS: Final = 200
#: Decimals of criteria and spreads. Thousands of rows show whole points: the rest would make most of the page's weight,
#: and stands behind each name. The official score is printed in full everywhere.
EXACT, WHOLE = 2, 0
NONE, NOT_APPLICABLE, SHARED = "–", "×", "="


class LeafCell(NamedTuple):
    """A criterion's score on 0-100 as printed; ``seats``: on how many a panel's mean rests, None for other sources."""

    text: str
    seats: int | None


class RankedRow(NamedTuple):
    """Somebody with a place.

    ``cells`` are filled in a small table; in a large one ``plain``, the same in whole points as bare text, with seats
    where they are not the usual number. ``note`` is what a large table prints after the place; ``moved_from`` the
    computed place where the plenary changed it.
    """

    number: str
    name: str
    place: str
    title: str
    score: str
    spread: str
    is_tied: bool
    resolved_by: tuple[str, ...]
    moved_from: str
    note: str
    cells: tuple[LeafCell, ...]
    plain: tuple[str, ...]


class UnrankedRow(NamedTuple):
    """Somebody without a place; ``outside_total``: the total of who competes outside the ranking, else empty."""

    number: str
    name: str
    reason: str
    outside_total: str
    cells: tuple[LeafCell, ...]
    plain: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankingTable:
    """The rows and what stands around them.

    ``is_large``: too long for cards. ``marks``: letter -> steps of the tie chain, which a large table prints.
    """

    digest: str
    is_pending: bool = False
    is_large: bool = False
    columns: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    ranked: tuple[RankedRow, ...] = ()
    unranked: tuple[UnrankedRow, ...] = ()
    marks: tuple[tuple[str, tuple[str, ...]], ...] = ()
    usual_seats: int = 0
    has_open_ties: bool = False
    recount_agrees: bool = True

    @property
    def size(self) -> int:
        """How many nominees are listed."""
        return len(self.ranked) + len(self.unranked)

    def title_of(self, criterion: str) -> str | None:
        """Return the title of a criterion; None when the rubric has none of that name."""
        return dict(self.titles).get(criterion)


def table_of(part: PartStandings, digest: str) -> RankingTable:
    """Return the rows of ``part``, under the digest of what it rests on. No query."""
    counted = Counter(node.count for line in part.lines for node in line.scores if node.source == PANEL)
    usual = counted.most_common(1)[0][0] if counted else 0
    chains = dict.fromkeys(line.resolved_by for line in part.ranked if line.resolved_by)
    letters = {chain: _letter(index) for index, chain in enumerate(chains)}
    is_large = len(part.lines) > CARDS
    return RankingTable(
        digest=digest,
        is_large=is_large,
        columns=tuple(leaf.title or leaf.id for leaf in part.criteria),
        titles=tuple((node.id, node.title or node.id) for node in part.problem.rubric.nodes),
        ranked=tuple(_ranked(line, letters, usual, is_large) for line in part.ranked),
        unranked=tuple(_unranked(line, usual, is_large) for line in part.unranked),
        marks=tuple((letter, chain) for chain, letter in letters.items()),
        usual_seats=usual,
        has_open_ties=bool(part.open_ties),
        recount_agrees=part.recount_agrees,
    )


def _ranked(line: FinalStanding, letters: dict[tuple[str, ...], str], usual: int, is_large: bool) -> RankedRow:
    signs = (line.title, letters.get(line.resolved_by, ""), SHARED if line.is_tied else "")
    return RankedRow(
        number=str(line.nomination.number),
        name=str(line.nomination),
        place=line.place,
        title=line.title,
        score=wording.decimal_number(Decimal(line.score)) if line.score else NONE,
        spread=_points(line.spread, WHOLE if is_large else EXACT),
        is_tied=line.is_tied,
        resolved_by=line.resolved_by,
        moved_from=line.computed_place if line.deviation else "",
        note="".join(f" {sign}" for sign in signs if sign),
        **_cells(line.scores, usual, is_large),
    )


def _unranked(line: FinalStanding, usual: int, is_large: bool) -> UnrankedRow:
    return UnrankedRow(
        number=str(line.nomination.number),
        name=str(line.nomination),
        reason=line.unranked_reason,
        outside_total="" if line.outside_total is None else _points(line.outside_total),
        **_cells(line.scores, usual, is_large),
    )


def _cells(nodes: Sequence[CriterionTrace], usual: int, is_large: bool) -> dict[str, Any]:
    found = tuple(_cell(node, WHOLE if is_large else EXACT) for node in nodes)
    if not is_large:
        return {"cells": found, "plain": ()}
    return {"cells": (), "plain": tuple(_plain(found, usual))}


def _cell(node: CriterionTrace, places: int) -> LeafCell:
    if node.outcome == "not_applicable":
        return LeafCell(NOT_APPLICABLE, None)
    return LeafCell(_points(node.score, places), node.count if node.source == PANEL else None)


def _plain(cells: Iterable[LeafCell], usual: int) -> Iterable[str]:
    for cell in cells:
        yield cell.text if cell.seats in (None, usual) else f"{cell.text} ({cell.seats})"


def _points(value: Fraction | None, places: int = EXACT) -> str:
    return NONE if value is None else wording.decimal_number(value, places)


def _letter(index: int) -> str:
    """a, b, ..., z, aa, ab, ..."""
    head, last = divmod(index, 26)
    return (_letter(head - 1) if head else "") + chr(ord("a") + last)
