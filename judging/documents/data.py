"""What each paper is given: frozen data classes of plain values, complete before rendering starts.

Numbers that carry a result are exact: an official score is the ``Decimal`` that the rules rounded, a
criterion's score is a ``Fraction`` on 0-100 and is rounded half up on the paper only. Dates are dates,
moments are aware, zones are IANA names; the documents alone decide how they are written.
All text is Indonesian and is printed as text, whatever it contains. Long, because papers share what they are made of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from judging.core.criteria import Level, Scale, SoftBounds
from judging.core.problem import Problem

from .firmness_data import FirmnessPage

Paper = Literal["A4", "F4"]
"""A4 is 210 x 297 mm; F4 (folio), still common in regional offices, 215 x 330 mm."""


@dataclass(frozen=True, kw_only=True)
class Signature:
    """One signature block: the office that signs, the person, and the line below (a civil servant's NIP).

    ``picture`` is a drawn signature as PNG; only certificates print it.
    """

    office: str
    name: str
    note: str = ""
    picture: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """Where a result comes from: enough for an outsider to find and recompute it.

    Hashes are printed in full. ``audit_head`` is the last hash of the event log, ``audit_events`` the
    number of events up to it, ``recorded_at`` the moment both were read.
    """

    rules_version: str
    engine_version: str
    audit_head: str
    audit_events: int
    recorded_at: datetime
    zone: str
    software_version: str = ""


@dataclass(frozen=True, kw_only=True)
class PanelMember:
    """One of the nine seats at a plenary.

    ``role`` is the role in the panel ("Ketua", "Sekretaris", "Anggota"), ``seat`` the office it stands for
    ("Unsur APINDO"), ``attendance`` the printed word ("Hadir", "Tidak hadir"); a vacant seat has no name.
    ``substitutes_for`` names the person whose place a substitute takes.
    """

    name: str
    role: str
    seat: str
    attendance: str = ""
    substitutes_for: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Criterion:
    """A column of scores: a leaf of the rubric with its share of the whole in percent."""

    code: str
    name: str
    weight: Fraction
    source: Literal["panel", "secretariat", "indicator"]


@dataclass(frozen=True, kw_only=True)
class CriterionScore:
    """One nominee under one criterion: the exact score on 0-100 and how many seats it rests on.

    ``seats`` is None where no panel scores (secretariat, indicator). Without a score, ``absence`` says
    why in one word ("Tidak berlaku", "Belum ada").
    """

    score: Fraction | None
    seats: int | None = None
    absence: str = ""


@dataclass(frozen=True, kw_only=True)
class RankedLine:
    """A nominee in the ranking; ``scores`` stand in the order of the sheet's criteria.

    ``place`` is printed as the ranking style gives it ("1", "5/2"). ``tied`` marks a place reached or
    shared through a tie, ``tie_step`` says what settled it, ``deviation`` what the plenary changed.
    """

    place: str
    nominee: str
    official_score: Decimal
    scores: tuple[CriterionScore, ...]
    origin: str = ""
    award: str = ""
    tied: bool = False
    tie_step: str = ""
    deviation: str = ""


@dataclass(frozen=True, kw_only=True)
class StatusLine:
    """A nominee without a place, with the printed status and the reason."""

    nominee: str
    status: str
    reason: str
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class RankingSheet:
    """The ranking of one category.

    ``digits`` is the number of printed decimal digits of criterion scores; official scores keep the
    digits they carry. ``rules`` are whole sentences. ``panel`` gives the signature rows.
    """

    issuing_body: str
    edition: str
    category: str
    number: str
    place: str
    day: date
    criteria: tuple[Criterion, ...]
    ranked: tuple[RankedLine, ...]
    unranked: tuple[StatusLine, ...]
    rules: tuple[str, ...]
    rubric_version: str
    rubric_hash: str
    input_hash: str
    provenance: Provenance
    panel: tuple[PanelMember, ...]
    digits: int = 2
    demo_mark: str = ""
    firmness: FirmnessPage | None = None

    def __post_init__(self) -> None:
        if any(len(line.scores) != len(self.criteria) for line in self.ranked):
            raise ValueError("every ranked line needs one score per criterion of its sheet")


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One seat's mark on one criterion; without a value ``state`` says which absence it is.

    ``counted`` is False for a mark the rule left out (the trimmed highest and lowest, a recused seat).
    """

    value: Fraction | None
    state: str = ""
    counted: bool = True


@dataclass(frozen=True, kw_only=True)
class SeatSheet:
    """The marks of one seat for one nominee, in the order of the sheet's panel criteria."""

    nominee: str
    seat: str
    member: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, kw_only=True)
class WorkbookLine:
    """One nominee of a category in the workbook: what the product says, beside which the formulas stand.

    ``key`` is the nominee's id in the problem. ``place`` is decided, ``computed_place`` that of the tabulation, both as
    printed and empty without a place; ``score`` is the printed official score. ``counts`` holds for indicators that
    were counted the two numbers behind the figure (count, base).
    """

    key: str
    nominee: str
    place: str = ""
    computed_place: str = ""
    score: Decimal | None = None
    origin: str = ""
    award: str = ""
    status: str = ""
    remark: str = ""
    counts: Mapping[str, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CategoryScores:
    """A category in the workbook: its ranking sheet, what was computed from what, and every seat's marks.

    ``seat_sheets`` hold for each line, in their order, one sheet per seat of the problem, in its order.
    """

    sheet: RankingSheet
    problem: Problem
    lines: tuple[WorkbookLine, ...]
    seat_sheets: tuple[SeatSheet, ...]

    def __post_init__(self) -> None:
        if len(self.seat_sheets) != len(self.lines) * len(self.problem.judges):
            raise ValueError("every line needs one sheet per seat")


@dataclass(frozen=True, kw_only=True)
class RankingWorkbook:
    """The workbook of a round; ``notes`` are whole sentences on method, beside each category's rules."""

    title: str
    day: date
    categories: tuple[CategoryScores, ...]
    notes: tuple[str, ...] = field(default=())
    demo_mark: str = ""


NotPrinted = Literal["recused", "absent", "submitted", "vacant", "no_rubric"]
"""Why a sheet is left out of a print."""


@dataclass(frozen=True, kw_only=True)
class SheetCriterion:
    """A criterion that the panel marks: ``weight`` is its share of the whole in percent, ``branch`` it is under."""

    name: str
    weight: Fraction
    scale: Scale
    branch: str = ""
    levels: tuple[Level, ...] = ()
    may_be_na: bool = False
    soft_bounds: SoftBounds | None = None


@dataclass(frozen=True, kw_only=True)
class ScoreSheet:
    """An empty score sheet of one seat for one nominee, to be filled in by hand. It has no place for anybody's marks.

    ``starts_at`` and ``ends_at`` are None before the interview is placed. ``code`` is the sheet's permanent code
    (``judging.core.sheet_code``).
    """

    nominee: str
    number: int
    category: str
    seat: str
    holder: str
    code: str
    criteria: tuple[SheetCriterion, ...]
    rubric_version: str
    origin: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    room: str = ""


@dataclass(frozen=True, kw_only=True)
class SheetLeftOut:
    """A sheet that is not printed, and why."""

    nominee: str
    number: int
    seat: str
    holder: str
    reason: NotPrinted


@dataclass(frozen=True, kw_only=True)
class ScoreSheets:
    """Sheets for one PDF. ``first`` is the number of its first sheet in the whole print of ``total`` sheets.

    ``extent`` says in words what was asked for ("Selasa, 24 Juni 2025"). A print without sheets has only its list of
    what is left out.
    """

    issuing_body: str
    edition: str
    extent: str
    place: str
    day: date
    zone: str
    sheets: tuple[ScoreSheet, ...]
    left_out: tuple[SheetLeftOut, ...] = ()
    first: int = 1
    total: int
    demo_mark: str = ""
