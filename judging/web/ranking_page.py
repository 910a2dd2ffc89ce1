"""What the ranking page shows: slim rows from the cache, and beside a short ranking how firm it is.

Beyond the frame of a page this takes six queries, whatever the size: run, parts, pools, decisions, names, seats.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache as remembered
from typing import Any

from django.core.cache import cache
from django.http import Http404, QueryDict
from django.utils.translation import get_language, gettext, ngettext

from judging.models import Tabulation, TabulationPart
from judging.selectors import diagnostics
from judging.selectors.chart_rows import LARGEST
from judging.selectors.decided import PartStandings
from judging.selectors.ranking_rows import NOT_APPLICABLE, LeafCell, RankedRow, RankingTable, UnrankedRow
from judging.selectors.ranking_run import KEPT, Run, ranking_table, run_of
from judging.selectors.standings import final_part
from judging.selectors.tabulations import sha256_of
from nominees.models import Category, Pool

from .firmness_summary import beside_the_ranking

Tab = dict[str, Any]


@dataclass(frozen=True, slots=True)
class RankingPart:
    """One category or pool on its page; ``part`` is None for a pool that is not frozen yet."""

    subject: Category | Pool
    part: TabulationPart | None
    table: RankingTable

    @property
    def name(self) -> str:
        """Name of the category or pool."""
        return self.subject.name

    @property
    def pool(self) -> Pool | None:
        """The pool, when it is one."""
        return self.subject if isinstance(self.subject, Pool) else None

    @property
    def recount_agrees(self) -> bool:
        """Counting the frozen input again gave the frozen answer, when the rows were worked out for this content."""
        return self.table.recount_agrees


@dataclass(frozen=True, slots=True)
class CardCell:
    """A criterion's score in a short table; ``note`` says on how many seats it rests."""

    label: str
    text: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """A row of a short table."""

    row: RankedRow | UnrankedRow
    cells: tuple[CardCell, ...]


def ranking_context(tabulation: Tabulation, asked: QueryDict) -> dict[str, Any]:
    """Return what the page shows of the category or pool that the address asks for; 404 when the run has none."""
    run = run_of(tabulation)
    subject = _subject(run, asked)
    table = ranking_table(run, subject)
    if table is None:
        raise Http404
    part = RankingPart(subject, run.part_of(subject), table)
    tabs = _tabs(run, subject)
    context = {"tabulation": tabulation, "part": part, "table": table, "tabs": tabs, "pending": table.is_pending}
    if not table.is_large:
        context |= {"ranked": tuple(_cards(table, table.ranked)), "unranked": tuple(_cards(table, table.unranked))}
    return context | _beside(run, part)


def _subject(run: Run, asked: QueryDict) -> Category | Pool:
    """The category (``?kategori=``) or pool (``?umum=``) asked for, else the first category."""
    pool, category = asked.get("umum"), asked.get("kategori")
    found: Iterable[Category | Pool] = run.pools if pool else run.categories
    code = pool or category
    subject = next((each for each in found if not code or each.code == code), None)
    if subject is None:
        raise Http404
    return subject


def _query(subject: Category | Pool) -> str:
    return f"?{'umum' if isinstance(subject, Pool) else 'kategori'}={subject.code}"


def _tabs(run: Run, subject: Category | Pool) -> list[Tab]:
    """Links to every category and pool."""
    found: tuple[Category | Pool, ...] = (*run.categories, *run.pools)
    return [{"label": each.name, "query": _query(each), "current": each == subject} for each in found]


def _cards(table: RankingTable, rows: Iterable[RankedRow | UnrankedRow]) -> Iterable[Card]:
    words = remembered(_seats_in_words)
    for row in rows:
        pairs = zip(table.columns, row.cells, strict=True)
        yield Card(row, tuple(_card_cell(label, cell, words) for label, cell in pairs))


def _card_cell(label: str, cell: LeafCell, words: Any) -> CardCell:
    if cell.text == NOT_APPLICABLE:
        return CardCell(label, gettext("Not applicable"), "")
    return CardCell(label, cell.text, "" if cell.seats is None else words(cell.seats))


def _seats_in_words(count: int) -> str:
    return ngettext("%(n)s seat", "%(n)s seats", count) % {"n": count}


def _beside(run: Run, part: RankingPart) -> dict[str, Any]:
    """How firm the result is and its charts, kept like the rows; of a long ranking only the link to their page.

    The seats are read for every ranking, so that a page costs the same for few and for many.
    """
    seats = diagnostics.seat_names(run.tabulation)
    table = part.table
    if not table.ranked or table.size > LARGEST:
        return {"firm": None, "firmness_query": _query(part.subject)}
    facts = [diagnostics.EDITION, table.digest, _query(part.subject), get_language(), list(seats.items())]
    key = f"judging.ranking.beside.{run.tabulation.round_id}.{sha256_of(json.dumps(facts))}"
    return cache.get_or_set(key, lambda: _work_out(run, part), KEPT) or {}


def _work_out(run: Run, part: RankingPart) -> dict[str, Any]:
    if isinstance(part.subject, Pool):
        found = final_part(run.tabulation, pool=part.subject)
    else:
        found = final_part(run.tabulation, category=part.subject)
    if not isinstance(found, PartStandings):
        raise Http404
    return beside_the_ranking(run.tabulation, found)
