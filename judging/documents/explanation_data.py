"""What the lembar penjelasan is given: one nominee's whole sum as frozen, exact data (see ``data``)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from judging.core.criteria import Scale
from judging.core.scoresheet import State
from judging.core.working import Conversion

from .data import Provenance


@dataclass(frozen=True, kw_only=True)
class ExplainedMark:
    """One seat's cell: a mark on the criterion's scale, or which absence. ``dropped``: left out by the rule.

    A mark that is neither used nor dropped stands on an incomplete sheet where whole sheets are combined.
    """

    value: Fraction | None
    state: State
    used: bool
    dropped: bool


@dataclass(frozen=True, kw_only=True)
class ExplainedCriterion:
    """One node of the rubric with everything needed to redo its number; all numbers exact.

    ``depth`` 1 stands right under the total. ``total / divisor = mean`` of the marks used (at level "leaf");
    ``counts`` are what an indicator's figure was computed from (part, whole). ``weight`` is the share among the
    siblings as the rubric says, ``share`` with "not applicable" shared out, ``whole_share`` the share of the whole.
    ``origin`` says who entered and who checked a figure. Without a score, ``absence`` is the word for why.
    """

    name: str
    depth: int
    source: Literal["branch", "panel", "secretariat", "indicator"]
    weight: Fraction
    scale: Scale | None = None
    marks: tuple[ExplainedMark, ...] = ()
    method: str = ""
    total: Fraction | None = None
    divisor: int | None = None
    mean: Fraction | None = None
    counts: tuple[int, int] | None = None
    conversion: Conversion | None = None
    score: Fraction | None = None
    official: Fraction | None = None
    share: Fraction | None = None
    whole_share: Fraction | None = None
    product: Fraction | None = None
    part: Fraction | None = None
    absence: str = ""
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class ExplainedSheetTotal:
    """Where whole sheets are combined: the total of one seat's complete sheet; ``seat`` is its position from 1."""

    seat: int
    total: Fraction
    dropped: bool


@dataclass(frozen=True, kw_only=True)
class ExplainedPaper:
    """A seat whose sheet was typed in from paper: by whom, and who settled what was read in two ways, with the reason.

    ``seat`` is its position from 1; ``settled_by`` and ``reason`` are empty where both read the same.
    """

    seat: int
    typed_by: tuple[str, ...]
    settled_by: str = ""
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ExplainedTieStep:
    """One step of the tie chain: what it compared, of whom, and what came of it, in words; ``reason`` of a plenary."""

    step: str
    values: tuple[tuple[str, Fraction], ...]
    outcome: str
    reason: str = ""


@dataclass(frozen=True, kw_only=True)
class ExplainedNeighbour:
    """What parts a nominee from the one above or below: ``story`` in words, and criterion by criterion in points.

    ``difference`` is what the upper one has more; ``parts`` add up to it.
    """

    place: str
    nominee: str
    official_score: Decimal
    is_above: bool
    story: str
    difference: Fraction
    parts: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, kw_only=True)
class ExplanationSheet:
    """One nominee's lembar penjelasan: enough to redo the sum with a pocket calculator.

    ``level``: "leaf" combines seats criterion by criterion, "judge" whole sheets. ``seats`` are the seats' names in the
    order of the marks. Without a place, ``unranked`` says why and the total is empty. ``rounding`` is a sentence on how
    the total became the score, ``decisions`` are sentences on what the plenary changed for this nominee. ``number`` is
    empty on a sheet printed on request.
    """

    issuing_body: str
    edition: str
    category: str
    nominee: str
    serial: int
    number: str
    day: date
    place: str
    of: int
    award: str
    unranked: str
    level: Literal["leaf", "judge"]
    seats: tuple[str, ...]
    criteria: tuple[ExplainedCriterion, ...]
    sheet_totals: tuple[ExplainedSheetTotal, ...]
    exact: Fraction | None
    official_score: Decimal | None
    rounding: str
    rules: tuple[str, ...]
    tie: tuple[ExplainedTieStep, ...]
    neighbours: tuple[ExplainedNeighbour, ...]
    decisions: tuple[str, ...]
    rubric_version: str
    rubric_hash: str
    input_hash: str
    provenance: Provenance
    papers: tuple[ExplainedPaper, ...] = ()
    origin: str = ""
    demo_mark: str = ""


@dataclass(frozen=True, kw_only=True)
class ExplanationSheets:
    """The sheets of one category or pool in one file, in the order of the places."""

    title: str
    sheets: tuple[ExplanationSheet, ...]
