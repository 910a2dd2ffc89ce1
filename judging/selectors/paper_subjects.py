"""What a paper is about, as one value that is compared, kept as text, and read back."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, NamedTuple

from django.db.models import F, QuerySet

from judging.models import DecreeText, Document, DocumentKind, MinutesCorrection, Tabulation
from judging.selectors.awards import award_group_name, awards_in_force, special_awards_in_force
from judging.selectors.papers.certificates import panel_who_served, participants
from judging.selectors.papers.decree_words import GIVEN
from nominees.models import SCORED, Nomination, Round

#: The fields of a ``Document`` of which at most one says what it is about.
ABOUT: Final = ("award", "category", "pool", "special_award", "nomination", "seating", "correction")
#: The papers that every category and pool has, and what their titles begin with.
PART_PAPERS: Final = {
    DocumentKind.RANKING_SHEET: "Lembar peringkat",
    DocumentKind.EXPLANATION_SHEETS: "Lembar penjelasan",
}
#: What is issued only where it was chosen: the decision does not call for it.
CHOSEN_ONLY: Final = frozenset({DocumentKind.PARTICIPATION, DocumentKind.PANEL_CERTIFICATE, DocumentKind.WINNER_LETTER})


class Subject(NamedTuple):
    """The kind of a paper, and the field and id of what it is about; only a kind, where a round has one such paper."""

    kind: str
    about: str = ""
    pk: int = 0

    @property
    def text(self) -> str:
        """The subject as text: "certificate:award:12", "minutes"."""
        return f"{self.kind}:{self.about}:{self.pk}" if self.about else self.kind


def subject_text(subject: Subject) -> str:
    """Return the text that :func:`read_subject` reads."""
    return subject.text


def read_subject(text: str) -> Subject:
    """Return the subject that ``text`` writes. Raises ``ValueError`` for anything else."""
    kind, _, rest = text.partition(":")
    about, _, pk = rest.partition(":")
    if kind not in DocumentKind.values or (rest and (about not in ABOUT or not pk.isdecimal() or not pk.isascii())):
        raise ValueError(text[:120])
    return Subject(kind, about, int(pk)) if rest else Subject(kind)


def subject_of(document: Document) -> Subject:
    """Return what an issued paper is about. No query."""
    for about in ABOUT:
        pk = getattr(document, f"{about}_id")
        if pk is not None:
            return Subject(document.kind, about, pk)
    return Subject(document.kind)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A paper that can be issued. ``is_optional``: nobody misses it where it was not chosen.

    ``is_incomplete``: it is called for, and refused until people have given what only they can give.
    """

    subject: Subject
    title: str
    is_incomplete: bool = False

    @property
    def kind(self) -> DocumentKind:
        """The kind of the paper."""
        return DocumentKind(self.subject.kind)

    @property
    def is_optional(self) -> bool:
        """Whether it is issued only where it was chosen."""
        return self.kind in CHOSEN_ONLY


def papers_wanted(round: Round, tabulation: Tabulation) -> list[Wanted]:
    """Return every paper that can be issued of the decision, in the order of the documents page. Eight queries."""
    awards = list(awards_in_force(round))
    winners = [(one, f"{one.title}, {award_group_name(one)}: {one.nomination}") for one in awards]
    return [
        *(_about(DocumentKind.CERTIFICATE, "award", award.pk, title) for award, title in winners),
        *_of_parts(tabulation),
        Wanted(Subject(DocumentKind.MINUTES), "Berita acara pleno"),
        Wanted(Subject(DocumentKind.RANKING_WORKBOOK), "Buku kerja peringkat"),
        *_special(round),
        *_taking_part(round),
        *_panel(round),
        *_decree(round),
        *_amendments(tabulation),
        *(_about(DocumentKind.WINNER_LETTER, "award", award.pk, f"Surat: {title}") for award, title in winners),
    ]


def _about(kind: DocumentKind, about: str, pk: int, title: str) -> Wanted:
    return Wanted(Subject(kind, about, pk), title)


def _of_parts(tabulation: Tabulation) -> Iterable[Wanted]:
    """The sheets of each category and pool."""
    parts = tabulation.parts.select_related("category", "pool").order_by(
        F("category__position").asc(nulls_last=True), "category__code", "pool__code"
    )
    places = [("category", part.category) if part.category else ("pool", part.pool) for part in parts]
    for kind, words in PART_PAPERS.items():
        for about, one in places:
            assert one  # noqa: S101 - a part is of one or the other
            yield _about(kind, about, one.pk, f"{words}: {one}")


def _special(round: Round) -> Iterable[Wanted]:
    for one in special_awards_in_force(round):
        yield _about(DocumentKind.SPECIAL_CERTIFICATE, "special_award", one.pk, str(one))


def nominations_met(round: Round) -> QuerySet[Nomination]:
    """Return whom the panel meets, by category and number: winners or not. One query."""
    found = Nomination.objects.filter(round=round, status__in=SCORED, is_calibration=False)
    related = found.select_related("category", "nominee__region__parent__parent")
    return related.order_by("category__position", "category__code", "number")


def _taking_part(round: Round) -> Iterable[Wanted]:
    for one in participants(round):
        yield _about(DocumentKind.PARTICIPATION, "nomination", one.pk, f"Peserta: {one}")


def _panel(round: Round) -> Iterable[Wanted]:
    for one in panel_who_served(round):
        yield _about(DocumentKind.PANEL_CERTIFICATE, "seating", one.pk, f"{one.seat.name}: {one.name}")


def _decree(round: Round) -> Iterable[Wanted]:
    """Where the secretariat wrote one. One query."""
    given = DecreeText.objects.filter(round=round).values_list(*GIVEN).first()
    if given:
        title = "Keputusan penetapan penerima penghargaan"
        yield Wanted(Subject(DocumentKind.DECREE), title, is_incomplete=not all(given))


def corrections_of(tabulation: Tabulation) -> QuerySet[MinutesCorrection]:
    """Return the confirmed corrections of the minutes of ``tabulation`` that stand, by number. One query."""
    found = MinutesCorrection.objects.filter(
        plenary__tabulation=tabulation, withdrawn_at=None, minutes__revoked_at=None
    )
    return found.exclude(confirmed_at=None).select_related("minutes", "plenary__tabulation__round").order_by("serial")


def _amendments(tabulation: Tabulation) -> Iterable[Wanted]:
    for one in corrections_of(tabulation):
        title = f"Perubahan berita acara ke-{one.serial}: {one.part}"
        yield _about(DocumentKind.AMENDMENT, "correction", one.pk, title)
