"""The data of certificates: winners, awards outside the ranking, participation, panel members."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet

from judging.documents.certificate_data import Certificate
from judging.models import (
    Award,
    CertificateUse,
    Office,
    Plenary,
    PlenaryAttendance,
    Seating,
    SheetState,
    SheetVersion,
    SpecialAward,
)
from judging.selectors.awards import award_group_name
from judging.selectors.certificate_designs import Look, look_of
from nominees.models import SCORED, Nomination, Round
from paritrana.kernel import wording
from paritrana.kernel.check_code import grouped

from .common import (
    category_title,
    demo_mark,
    edition_title,
    issuing_body,
    recipient,
    seats_of,
    signatures,
    signing_title,
)

NOMINEE: Final = "Nomine"

Subject = Award | SpecialAward | Nomination | Seating
#: Makes a certificate from its subject, number, check code and the full public address of that code.
Maker = Callable[[Subject, str, str, str], Certificate]


@dataclass(frozen=True, slots=True)
class Words:
    """What differs from one certificate of a use to the next."""

    recipient: str
    award: str
    category: str


def certificate_maker(round: Round, day: date, use: str = CertificateUse.AWARD) -> Maker:
    """Return a function that makes the data of one certificate of ``use``. Seven queries at most, all here.

    ``day`` is printed where the design of that use names none. Its subjects are read by ``awards_in_force``,
    ``special_awards_in_force``, :func:`participants` and :func:`panel_who_served`.
    """
    make = words_maker(round, day, look_of(round, use))
    return lambda subject, number, code, address: make(words_of(subject), number, code, address)


def words_maker(round: Round, day: date, look: Look) -> Callable[[Words, str, str, str], Certificate]:
    """Return a function that makes a certificate in ``look`` from the words that differ. Two queries at most, here."""
    dated = look.day or day
    blocks = look.signatures or signatures(round, seats_of(round), dated)
    body, edition, mark = look.issuing_body or issuing_body(round), edition_title(round), demo_mark(round)

    def make(words: Words, number: str, code: str, address: str) -> Certificate:
        return Certificate(
            issuing_body=body,
            heading=look.heading,
            number=number,
            recipient=words.recipient,
            wording=look.wording,
            award=words.award,
            category=words.category,
            edition=edition,
            place=look.place or round.city,
            day=dated,
            signatures=blocks,
            check_code=grouped(code),
            check_address=address,
            demo_mark=mark,
            design=look.design,
        )

    return make


def words_of(subject: Subject) -> Words:
    """Return who is honoured as what and for what; reads what is loaded with ``subject``."""
    if isinstance(subject, Award):
        return Words(recipient(subject.nomination), subject.title, category_title(award_group_name(subject)))
    if isinstance(subject, SpecialAward):
        return Words(subject.recipient, subject.title, subject.citation)
    if isinstance(subject, Nomination):
        return Words(recipient(subject), NOMINEE, category_title(subject.category.name))
    return Words(subject.name, signing_title(subject.seat.round, Office(subject.seat.office)), subject.seat.name)


def participants(round: Round) -> QuerySet[Nomination]:
    """Return the nominees who get a certificate of participation, by number. One query.

    Those whom the panel met and who hold no place of honour: a winner's certificate says more, and one who withdrew,
    was rejected at screening or did not come took no part. Nominees for calibration were never in the running.
    """
    won = Award.objects.filter(round=round, superseded_at=None, tabulation__superseded_at=None).values("nomination")
    return (
        Nomination.objects.filter(round=round, status__in=SCORED, is_calibration=False)
        .exclude(pk__in=won)
        .select_related("category", "nominee__region__parent__parent")
        .order_by("number")
    )


def panel_who_served(round: Round) -> list[Seating]:
    """Return the seatings that get a certificate, by seat: whoever submitted a sheet or sat in the plenary.

    Substitutes as well as those whom they followed. Somebody who was replaced before the first interview did not
    serve. Three queries.
    """
    submitted = SheetVersion.objects.filter(
        sheet__round=round, state=SheetState.SUBMITTED, seating__isnull=False
    ).values("seating")
    plenary = Plenary.objects.filter(tabulation__round=round, tabulation__superseded_at=None).first()
    served = Q(pk__in=submitted)
    if plenary:
        day = wording.local_day(plenary.opened_at, round.time_zone)
        present = PlenaryAttendance.objects.filter(plenary=plenary, present=True).values("seat")
        served |= Q(seat__in=present, starts_on__lte=day) & (Q(ends_on=None) | Q(ends_on__gte=day))
    rows = Seating.objects.filter(served, round=round).select_related("seat__round")
    return list(rows.order_by("seat__position", "starts_on"))


def award_title(award: Award) -> str:
    """Return what lists call a certificate: "Terbaik I: Kabupaten Nagekeo"."""
    return f"{award.title}: {award.nomination}"[:200]


def day_of_certificates(round: Round, issued_on: date) -> date:
    """Return the day printed on certificates: the ceremony's, or the day of issue where none is set."""
    return round.ceremony_on or issued_on
