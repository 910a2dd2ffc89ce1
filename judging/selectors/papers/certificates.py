"""The data of certificates."""

from collections.abc import Callable
from datetime import date

from judging.documents.certificate_data import Certificate
from judging.documents.data import Signature
from judging.models import Award
from judging.selectors.awards import award_group_name
from nominees.models import Round
from paritrana.kernel.check_code import grouped

from .common import category_title, demo_mark, edition_title, issuing_body, recipient, seats_of, signatures


def certificate_maker(round: Round, day: date) -> Callable[[Award, str, str, str], Certificate]:
    """Return a function that makes the data of one award's certificate, dated ``day``. Two queries, here.

    The function takes the award (loaded by ``awards_in_force``), the paper's number, its check code and the full
    public address of that code.
    """
    blocks: tuple[Signature, ...] = signatures(seats_of(round), day)
    body, edition, mark = issuing_body(round), edition_title(round), demo_mark(round)

    def make(award: Award, number: str, code: str, address: str) -> Certificate:
        return Certificate(
            issuing_body=body,
            number=number,
            recipient=recipient(award.nomination),
            award=award.title,
            category=category_title(award_group_name(award)),
            edition=edition,
            place=round.city,
            day=day,
            signatures=blocks,
            check_code=grouped(code),
            check_address=address,
            demo_mark=mark,
        )

    return make


def award_title(award: Award) -> str:
    """Return what lists call a certificate: "Terbaik I: Kabupaten Nagekeo"."""
    return f"{award.title}: {award.nomination}"[:200]


def day_of_certificates(round: Round, issued_on: date) -> date:
    """Return the day printed on certificates: the ceremony's, or the day of issue where none is set."""
    return round.ceremony_on or issued_on
