"""What minutes say of a decision that they replace: its minutes, the steps back, and every difference of the result.

Nothing of an earlier decision is deleted: its awards are superseded, its run is frozen and its decisions are kept, so
that it can be put together again as it stood at the moment when it was decided.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db.models import QuerySet

from judging.core import package
from judging.core.tabulation import tabulate
from judging.documents.minutes_data import Difference, Replaced, StepBack
from judging.models import Award, Decision, Document, DocumentKind, Plenary, SpecialAward, StateChange, Tabulation
from judging.selectors.decided import FinalStanding, PartStandings, decide
from judging.selectors.standings import FinalStandings
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.kernel import wording

from .common import category_title

STEPS_BACK: Final = {
    (State.DECIDED, State.PLENARY): "Penetapan dibuka kembali ke rapat pleno",
    (State.PLENARY, State.SCORING): "Rapat pleno dihentikan dan lembar penilaian dibuka kembali",
}
SPECIALS: Final = "Penghargaan khusus"
NOTHING: Final = "tidak ada"

#: Category or pool, then nominee: what a decision said of it in words.
Told = dict[tuple[str, str], str]


def steps_back(round: Round) -> tuple[StepBack, ...]:
    """Return every confirmed step back from the plenary or the decision, oldest first. One query."""
    rows = StateChange.objects.filter(round=round, withdrawn_at=None, confirmed_at__isnull=False)
    return tuple(
        StepBack(
            matter=STEPS_BACK[State(row.source), State(row.target)],
            reason=row.reason,
            asked_by=str(row.requested_by),
            asked_at=row.requested_at,
            confirmed_by=str(row.confirmed_by),
            confirmed_at=row.confirmed_at or row.requested_at,
        )
        for row in rows.select_related("requested_by", "confirmed_by").order_by("requested_at", "pk")
        if (row.source, row.target) in STEPS_BACK
    )


def replaced_decision(found: FinalStandings, plenary: Plenary) -> Replaced | None:
    """Return the decision before this one with every difference; None for the first decision of a round."""
    round = found.tabulation.round
    superseded = Award.objects.filter(round=round, superseded_at__isnull=False).select_related("tabulation")
    last = superseded.order_by("-superseded_at", "-pk").first()
    if last is None or last.superseded_at is None:
        return None
    when, earlier = last.superseded_at, last.tabulation
    decided = _decided_at(round, when)
    meeting = Plenary.objects.filter(tabulation=earlier).first() or plenary
    papers = Document.objects.filter(round=round, kind=DocumentKind.MINUTES, tabulation=earlier, issued_at__lte=when)
    minutes = papers.order_by("-issued_at", "-pk").first()
    return Replaced(
        number=minutes.number if minutes else "",
        day=wording.local_day(minutes.issued_at if minutes else decided, round.time_zone),
        differences=tuple(_differences(_before(earlier, meeting, decided), _now(found, plenary))),
    )


def _decided_at(round: Round, before: datetime) -> datetime:
    """When the round was last decided before ``before``."""
    steps = StateChange.objects.filter(round=round, target=State.DECIDED, confirmed_at__lte=before)
    step = steps.order_by("-confirmed_at", "-pk").first()
    return step.confirmed_at if step and step.confirmed_at else before


def _before(earlier: Tabulation, meeting: Plenary, when: datetime) -> Told:
    """What the earlier decision said of everybody, as it stood at ``when`` it was decided."""
    rows = Decision.objects.filter(plenary=meeting, decided_at__lte=when).exclude(withdrawn_at__lte=when)
    decisions = list(rows.order_by("decided_at", "pk"))
    told: Told = {}
    for part in earlier.parts.select_related("category", "pool"):
        problem = package.read(json.loads(part.input))
        about = [row for row in decisions if (row.category_id, row.pool_id) == (part.category_id, part.pool_id)]
        standings = list(part.standings.select_related("nomination__nominee", "nomination__category"))
        told |= _told(decide(problem, tabulate(problem), about, standings, part, agrees=True))
    specials = SpecialAward.objects.filter(plenary=meeting, decision__decided_at__lte=when)
    return told | _told_specials(specials.exclude(decision__withdrawn_at__lte=when))


def _now(found: FinalStandings, plenary: Plenary) -> Told:
    told: Told = {}
    for part in found.parts:
        told |= _told(part)
    standing = SpecialAward.objects.filter(plenary=plenary, superseded_at=None, decision__withdrawn_at=None)
    return told | _told_specials(standing)


def _told(part: PartStandings) -> Told:
    return {(category_title(part.name), str(line.nomination)): _words(line) for line in part.lines}


def _words(line: FinalStanding) -> str:
    """One nominee's place, title and official score in words; a nominee without a place has no place here either."""
    if not line.is_ranked:
        return "tanpa peringkat"
    score = f"nilai {wording.decimal_number(Decimal(line.score))}" if line.score else ""
    return ", ".join(filter(None, (f"peringkat {line.place}", line.title, score)))


def _told_specials(awards: QuerySet[SpecialAward]) -> Told:
    return {(SPECIALS, one.recipient): one.title for one in awards.order_by("pk")}


def _differences(before: Mapping[tuple[str, str], str], after: Mapping[tuple[str, str], str]) -> Iterable[Difference]:
    """Return who stands otherwise than before, in the order of the result, and then who is in it no more."""
    for key in [*after, *(one for one in before if one not in after)]:
        was, now = before.get(key, NOTHING), after.get(key, NOTHING)
        if was != now:
            yield Difference(category=key[0], nominee=key[1], before=was, after=now)
