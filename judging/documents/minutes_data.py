"""What the minutes of a plenary and their amendments are made of: frozen data classes of plain values.

All text is Indonesian and is printed as text, whatever it contains. Nothing here is typed for the paper: every line
stands for something that was recorded.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal

from .data import PanelMember, Provenance

ResolutionKind = Literal["tie", "deviation", "exception", "special"]
Outcome = Literal["carried", "rejected", "withdrawn", "revoked"]


@dataclass(frozen=True, kw_only=True)
class Vote:
    """How the plenary voted: numbers of members; ``not_voting`` could vote and did not, and count on neither side."""

    in_favour: int
    against: int = 0
    abstaining: int = 0
    not_voting: int = 0


@dataclass(frozen=True, kw_only=True)
class SeatVote:
    """How one seat voted where the vote was open: ``choice`` is the printed word ("Setuju")."""

    seat: str
    member: str
    choice: str


@dataclass(frozen=True, kw_only=True)
class Resolution:
    """Something the plenary voted on beyond the computation.

    ``kind``: "tie" (order among equals), "deviation" (a place other than the computed one), "exception" (a nominee
    ranked in spite of a rule) or "special" (an award outside the ranking). ``matter`` says in one sentence what was
    moved. ``number`` is the motion's number in its meeting, 0 for what was decided before it; ``ballots`` are empty
    where the vote was secret or only counted.
    """

    kind: ResolutionKind
    category: str
    nominees: tuple[str, ...]
    matter: str
    reason: str
    vote: Vote | None = None
    number: int = 0
    proposed_by: str = ""
    is_secret: bool = False
    outcome: Outcome = "carried"
    ballots: tuple[SeatVote, ...] = ()


@dataclass(frozen=True, kw_only=True)
class TieLine:
    """Nominees with the same official score, best first, and in one sentence what settled it."""

    category: str
    nominees: tuple[str, ...]
    official_score: Decimal | None
    settled: str


@dataclass(frozen=True, kw_only=True)
class MovedLine:
    """A nominee whose decided place is not the computed one."""

    category: str
    nominee: str
    computed_place: str
    place: str


@dataclass(frozen=True, kw_only=True)
class LeftOutLine:
    """A nominee without a place, and why in one phrase."""

    category: str
    nominee: str
    reason: str
    origin: str = ""


@dataclass(frozen=True, kw_only=True)
class RecusalLine:
    """A member who did not score a nominee, and why."""

    member: str
    seat: str
    nominee: str
    category: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class CorrectionLine:
    """A sheet that was submitted, reopened and submitted again: who asked, why, and which two people agreed.

    ``before`` and ``after`` are numbers of the sheet's versions; marks are not told.
    """

    member: str
    seat: str
    nominee: str
    reason: str
    before: int
    after: int
    endorsed_by: str
    granted_by: str


@dataclass(frozen=True, kw_only=True)
class ResultLine:
    """A title and who holds it, with the printed place."""

    award: str
    nominee: str
    official_score: Decimal | None = None
    origin: str = ""
    place: str = ""


@dataclass(frozen=True, kw_only=True)
class CategoryResult:
    """The decided titles of a category or pool, best first, and the fingerprints of what they rest on."""

    category: str
    lines: tuple[ResultLine, ...]
    nominees_ranked: int
    nominees_unranked: int = 0
    rubric_version: str = ""
    rubric_hash: str = ""
    input_hash: str = ""
    answer_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class SpecialLine:
    """An award outside every ranking: title, who receives it, what for."""

    title: str
    recipient: str
    citation: str


@dataclass(frozen=True, kw_only=True)
class Confirmation:
    """Somebody's word under the decision: in which office, who, when."""

    office: str
    name: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StepBack:
    """A recorded step back before this decision: what was opened again, why, who asked and who confirmed."""

    matter: str
    reason: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str
    confirmed_at: datetime


@dataclass(frozen=True, kw_only=True)
class EarlierMeeting:
    """A meeting of the round that a step back gave up: when, why, and what was moved and voted on in it."""

    opened_at: datetime
    venue: str
    given_up_at: datetime
    reason: str
    resolutions: tuple[Resolution, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Difference:
    """What a decision made anew changed for one nominee; both sides in words ("peringkat 2, Terbaik II, ...")."""

    category: str
    nominee: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True)
class Replaced:
    """The decision that this one takes the place of. ``number`` is empty where no minutes of it were issued."""

    number: str
    day: date
    differences: tuple[Difference, ...]


@dataclass(frozen=True, kw_only=True)
class Minutes:
    """The berita acara of a plenary.

    ``occasion`` finishes the title ("PENETAPAN PEMENANG PARITRANA AWARD TAHUN 2024 ..."), ``venue`` is the
    building, ``place`` the town that stands before the date. ``tabulation`` is the number of the frozen run and
    ``frozen_at`` its moment. ``copies`` is the number of originals.
    """

    issuing_body: str
    number: str
    occasion: str
    edition: str
    place: str
    venue: str
    started_at: datetime
    ended_at: datetime | None
    zone: str
    tabulation: int
    frozen_at: datetime
    panel: tuple[PanelMember, ...]
    results: tuple[CategoryResult, ...]
    provenance: Provenance
    pools: tuple[CategoryResult, ...] = ()
    specials: tuple[SpecialLine, ...] = ()
    recusals: tuple[RecusalLine, ...] = ()
    left_out: tuple[LeftOutLine, ...] = ()
    ties: tuple[TieLine, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    moved: tuple[MovedLine, ...] = ()
    corrections: tuple[CorrectionLine, ...] = ()
    steps_back: tuple[StepBack, ...] = ()
    earlier: tuple[EarlierMeeting, ...] = ()
    replaced: Replaced | None = None
    confirmations: tuple[Confirmation, ...] = ()
    copies: int = 2
    demo_mark: str = ""
    panel_name: str = "Tim 9"


@dataclass(frozen=True, kw_only=True)
class Amendment:
    """A numbered correction of words in minutes that stay as they were issued; results never change by it.

    ``part`` says where in the minutes the words stand. Asked by one person and confirmed by another.
    """

    issuing_body: str
    edition: str
    number: str
    serial: int
    minutes_number: str
    minutes_day: date
    part: str
    wrong: str
    right: str
    reason: str
    asked_by: str
    asked_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    place: str
    day: date
    zone: str
    provenance: Provenance
    demo_mark: str = ""
