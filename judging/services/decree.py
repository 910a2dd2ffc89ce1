"""The words of the decree: kept as they were written; examples are kept nowhere, so that they follow the facts."""

from dataclasses import asdict
from datetime import datetime

from judging import audit_actions
from judging.models import DecreeText
from judging.permissions.decree import can_write_decree
from judging.selectors.papers.decree_words import NAMES, DecreeWords, lines_of, without_examples, written_words
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round

#: The alphabet marks considerations; a decree with more clauses of its own is another decree.
MOST_LINES = 20
LISTS = ("considerations", "legal_basis", "observations", "provisions", "copies")


class DecreeTooLong(DomainError):
    """A list has more than the fact ``most`` entries."""

    code = "decree_too_long"


@atomic_service
def save_decree_words(*, round: Round, words: DecreeWords, actor: User, at: datetime) -> DecreeText:
    """Keep what the secretariat wrote; what only repeats an example is left empty. A decree already issued stays.

    Saving what is there already leaves no trace. Raises ``NotPermitted``, :class:`DecreeTooLong`.
    """
    round = locked_round(round.pk)
    can_write_decree(actor, round).require()
    if any(len(lines_of(getattr(words, name))) > MOST_LINES for name in LISTS):
        raise DecreeTooLong(most=MOST_LINES)
    given = asdict(without_examples(round, words))
    before = asdict(written_words(round))
    row, is_new = DecreeText.objects.update_or_create(round=round, defaults=given)
    changed = [name for name in NAMES if given[name] != before[name]]
    if changed or is_new:
        record(
            action=audit_actions.DECREE_WORDS_SAVED,
            actor=actor,
            at=at,
            target=row,
            chain=round.scope,
            payload={"changed": changed, "number": row.number},
        )
    return row
