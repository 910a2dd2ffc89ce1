"""Every score of a category as it was frozen, one row per nominee and seat: for files, at any size.

A frozen document of two thousand nominees holds ninety thousand marks. Read at once it takes thirty megabytes as Python
objects, so its marks are read a piece at a time, and each is kept as one reference to a text that is kept once.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Case, F, TextField, Value, When

from judging.core import rubric as rubrics
from judging.core.criteria import PANEL, Criterion
from judging.core.scoresheet import State
from judging.models import TabulationPart
from nominees.models import Round

PIECE: Final = 65_536
"""Characters of the document that are parsed at a time."""

Cell = str | State | None
"""A number as exact text, why there is none, or nothing: another source gives this criterion."""


@dataclass(frozen=True)
class ScoreTable:
    """The scores of one category: ``names`` by number in the round, ``marks`` one list per nominee, seat by seat."""

    code: str
    criteria: tuple[Criterion, ...]
    seats: tuple[str, ...]
    names: Mapping[str, str]
    marks: Mapping[str, Sequence[str | None]]
    values: Mapping[str, Mapping[str, str]]
    recusals: frozenset[tuple[str, str]]
    not_applicable: frozenset[tuple[str, str]]
    states: Mapping[tuple[str, str, str], State]

    def rows(self) -> Iterator[tuple[str, str, str, list[Cell]]]:
        """Number, name, seat and one cell per criterion; the seat of the row with the other sources is empty."""
        panel = [(at, leaf.id) for at, leaf in enumerate(self.criteria) if leaf.kind == PANEL]
        for number, name in self.names.items():
            own = self.marks.get(number) or [None] * (len(self.seats) * len(panel))
            out = {leaf.id for leaf in self.criteria if (number, leaf.id) in self.not_applicable}
            for turn, seat in enumerate(self.seats):
                absent = self._absence(number, seat, out)
                cells: list[Cell] = [None] * len(self.criteria)
                for (at, leaf), mark in zip(panel, own[turn * len(panel) : (turn + 1) * len(panel)], strict=True):
                    cells[at] = absent.get(leaf) or mark or self._state(number, seat, leaf)
                yield number, name, seat, cells
            if len(panel) < len(self.criteria):
                yield number, name, "", [self._other(number, leaf, out) for leaf in self.criteria]

    def _absence(self, number: str, seat: str, out: set[str]) -> Mapping[str, State]:
        """What outweighs a mark that was given all the same: a recusal, a criterion that does not apply."""
        if (seat, number) in self.recusals:
            return {leaf.id: State.RECUSED for leaf in self.criteria}
        return dict.fromkeys(out, State.NOT_APPLICABLE) if out else {}

    def _state(self, number: str, seat: str, leaf: str) -> State:
        return self.states.get((seat, number, leaf), State.NOT_ENTERED)

    def _other(self, number: str, leaf: Criterion, out: set[str]) -> Cell:
        if leaf.kind == PANEL:
            return None
        if leaf.id in out:
            return State.NOT_APPLICABLE
        return self.values.get(number, {}).get(leaf.id, State.NOT_ENTERED)


def score_table(round: Round, category: str = "") -> ScoreTable | None:
    """Return the frozen scores of a category by its code (empty: the first), or None when nothing is frozen of it.

    One query: the document comes with the line of the first position alone.
    """
    parts = TabulationPart.objects.filter(tabulation__round=round, tabulation__superseded_at=None)
    if category:
        parts = parts.filter(category__code=category)
    else:
        first = round.categories.order_by("position", "pk").values("pk")[:1]
        parts = parts.filter(category=first)
    document = Case(When(standings__position__gt=1, then=Value("")), default=F("input"), output_field=TextField())
    rows = parts.order_by("standings__nomination__number").values_list(
        "category__code", "standings__nomination__number", "standings__nomination__nominee__name", document
    )
    code, text, names = "", "", {}
    for own, number, name, part in rows.iterator(chunk_size=500):
        code, text = own, part or text
        if number is not None:
            names[str(number)] = name
    return _table(code, text, names) if text else None


def _table(code: str, text: str, names: Mapping[str, str]) -> ScoreTable:
    before, marks, after = _split(text)
    document: dict[str, Any] = json.loads(f"{before}{after}")
    rubric = rubrics.from_document(document["tree"])
    seats = tuple(document["judges"])
    return ScoreTable(
        code=code,
        criteria=rubric.leaves,
        seats=seats,
        names=names,
        marks=_by_nominee(marks, seats, [leaf.id for leaf in rubric.panel_leaves]),
        values=document["values"],
        recusals=frozenset((seat, nominee) for seat, nominee in document["recusals"]),
        not_applicable=frozenset((nominee, leaf) for nominee, leaf in document["not_applicable"]),
        states={(seat, nominee, leaf): State(state) for seat, nominee, leaf, state in document.get("states", ())},
    )


_START: Final = '"scores":['
_BETWEEN: Final = '"],["'
_END: Final = '"]],"'


def _split(text: str) -> tuple[str, Iterator[list[list[str]]], str]:
    """Cut the marks out of canonical JSON: what stands before, the marks piece by piece, what stands after.

    The marks are found by their punctuation, which cannot stand inside a text: there a quotation mark is escaped.
    """
    start = text.index(_START) + len(_START)
    end = start if text[start] == "]" else text.index(_END, start) + 2
    return text[:start], _pieces(text, start, end), text[end:]


def _pieces(text: str, start: int, end: int) -> Iterator[list[list[str]]]:
    while start < end:
        cut = text.find(_BETWEEN, start + PIECE, end)
        stop = end if cut < 0 else cut + 2
        yield json.loads(f"[{text[start:stop]}]")
        start = stop + 1


def _by_nominee(
    pieces: Iterator[list[list[str]]], seats: Sequence[str], leaves: Sequence[str]
) -> dict[str, list[str | None]]:
    """Nominee -> its marks, seat by seat and leaf by leaf; equal marks are one text."""
    column = {
        (seat, leaf): turn * len(leaves) + at for turn, seat in enumerate(seats) for at, leaf in enumerate(leaves)
    }
    known: dict[str, str] = {}
    found: dict[str, list[str | None]] = {}
    for piece in pieces:
        for seat, nominee, leaf, mark in piece:
            own = found.get(nominee)
            if own is None:
                own = found[nominee] = [None] * len(column)
            own[column[seat, leaf]] = known.setdefault(mark, mark)
    return found
