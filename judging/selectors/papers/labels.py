"""The data of label sheets: for the folders of winners, or of everybody who takes part."""

from datetime import date

from judging.documents.labels import Label, Labels
from judging.models import DocumentKind
from judging.selectors.awards import award_group_name, awards_in_force
from judging.selectors.documents import documents_of, in_force
from judging.selectors.paper_subjects import nominations_met
from nominees.models import Nomination, Round

from .common import demo_mark, edition_title, issuing_body, origin


def labels_of_winners(round: Round, day: date, free: int = 0) -> Labels:
    """Return a label for each award in force, with the number of its certificate once that is issued. Two queries."""
    documents = in_force(documents_of(round))
    numbers = {
        subject.pk: document.number
        for subject, document in documents.items()
        if subject.kind == DocumentKind.CERTIFICATE
    }
    labels = [
        Label(
            above=award.title,
            name=award.nomination.nominee.name,
            below=_below(award_group_name(award), award.nomination),
            number=numbers.get(award.pk, ""),
        )
        for award in awards_in_force(round)
    ]
    return _labels(round, "Label map pemenang", day, labels, free)


def labels_of_nominees(round: Round, day: date, free: int = 0) -> Labels:
    """Return a label for each nominee that the panel meets, by category and number. One query."""
    labels = [
        Label(above=f"Nomine {one.number}", name=one.nominee.name, below=_below(str(one.category), one))
        for one in nominations_met(round)
    ]
    return _labels(round, "Label map nomine", day, labels, free)


def _below(group: str, nomination: Nomination) -> str:
    return ", ".join(filter(None, (group, origin(nomination))))


def _labels(round: Round, title: str, day: date, labels: list[Label], free: int) -> Labels:
    return Labels(
        issuing_body=issuing_body(round),
        title=f"{title} {edition_title(round)}",
        day=day,
        labels=tuple(labels),
        free=free,
        demo_mark=demo_mark(round),
    )
