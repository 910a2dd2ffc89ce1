"""The data of letters to winners."""

from collections.abc import Callable
from datetime import date

from judging.documents.winner_letter import WinnerLetter
from judging.models import Award, Document, DocumentKind, Tabulation
from judging.selectors.awards import award_group_name
from nominees.core.lifecycle import State
from nominees.models import Round
from paritrana.kernel import wording
from paritrana.kernel.check_code import grouped

from .common import category_title, demo_mark, edition_title, issuing_body, recipient, seats_of, signatures
from .invitations import addressed_to

#: Until the result is announced, whoever gets the letter is asked to keep it.
BEFORE_ANNOUNCEMENT = (State.PLENARY, State.DECIDED)


def winner_letter_maker(
    round: Round, tabulation: Tabulation, day: date
) -> Callable[[Award, str, str, str], WinnerLetter]:
    """Return a function that makes the data of one letter, dated ``day``. Three queries, here.

    The function takes the award (loaded by ``awards_in_force``), the number, the check code and its full address.
    """
    *_, chair = signatures(round, seats_of(round), day)
    plenary = tabulation.plenary
    minutes = Document.objects.filter(tabulation=tabulation, kind=DocumentKind.MINUTES, revoked_at=None).first()
    minutes_number = minutes.number if minutes else plenary.minutes_number

    def make(award: Award, number: str, code: str, address: str) -> WinnerLetter:
        return WinnerLetter(
            issuing_body=issuing_body(round),
            edition=edition_title(round),
            number=number,
            place=round.city,
            day=day,
            recipient=addressed_to(award.nomination),
            nominee=recipient(award.nomination),
            award=award.title,
            category=category_title(award_group_name(award)),
            decided_on=wording.local_day(plenary.opened_at, round.time_zone),
            minutes_number=minutes_number,
            ceremony_on=round.ceremony_on,
            is_secret=round.state in BEFORE_ANNOUNCEMENT,
            signature=chair,
            check_code=grouped(code),
            check_address=address,
            panel=round.panel_title,
            demo_mark=demo_mark(round),
        )

    return make
