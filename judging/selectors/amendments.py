"""Amendments of minutes: what was asked for, which minutes they amend, and what they may not touch."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from judging.models import Document, DocumentKind, MinutesCorrection, Plenary, SpecialAward, Tabulation
from judging.selectors.awards import special_awards_of
from judging.selectors.standings import final_standings
from nominees.models import Round


@dataclass(frozen=True, slots=True)
class ResultWords:
    """What the decision says: titles, printed totals, and everybody whom it is about or who was to be there."""

    titles: frozenset[str]
    totals: frozenset[Decimal]
    names: frozenset[str]


def amendments_of(round: Round) -> QuerySet[MinutesCorrection]:
    """Return every amendment ever asked for in the round, the newest minutes' first, by serial. One query."""
    found = MinutesCorrection.objects.filter(plenary__tabulation__round=round)
    related = ("plenary__tabulation", "minutes__tabulation", "requested_by", "confirmed_by")
    return found.select_related(*related).order_by("-minutes__serial", "serial")


def amendments_in_force(minutes: Document) -> QuerySet[MinutesCorrection]:
    """Return the confirmed amendments with which ``minutes`` are to be read. One query."""
    return minutes.corrections.filter(withdrawn_at=None, confirmed_at__isnull=False).order_by("serial")


def amendment_papers(minutes: Document) -> QuerySet[Document]:
    """Return the issued amendments of ``minutes`` that nobody revoked. One query."""
    return Document.objects.filter(correction__minutes=minutes, revoked_at=None).order_by("serial")


def minutes_in_force(round: Round) -> Document | None:
    """Return the minutes that stand, issued on the decision in force. One query."""
    found = Document.objects.filter(
        round=round, kind=DocumentKind.MINUTES, revoked_at=None, tabulation__superseded_at=None
    )
    return found.select_related("tabulation__plenary").order_by("-serial").first()


def result_words(tabulation: Tabulation) -> ResultWords:
    """Return what an amendment of the minutes of ``tabulation`` may not touch."""
    lines = [line for part in final_standings(tabulation).parts for line in part.lines]
    specials = list(special_awards_of(tabulation.plenary))
    return ResultWords(
        titles=frozenset([line.title for line in lines if line.title] + [one.title for one in specials]),
        totals=frozenset(Decimal(line.score) for line in lines if line.score),
        names=frozenset(_names(tabulation.plenary, [str(line.nomination) for line in lines], specials)),
    )


def _names(plenary: Plenary, nominees: Iterable[str], specials: Iterable[SpecialAward]) -> Iterable[str]:
    """Whom the result is about, and the seats with whoever sat there."""
    yield from nominees
    yield from (one.recipient for one in specials)
    for row in plenary.attendances.select_related("seat"):
        yield row.seat.name
        yield row.name
