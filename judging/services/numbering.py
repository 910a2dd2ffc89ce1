"""How the numbers of a round's papers are written: set for a kind, and what was issued keeps its number."""

from datetime import datetime

from judging import audit_actions
from judging.core import numbering
from judging.models import Document, DocumentKind, NumberingScheme
from judging.permissions.documents import can_set_numbers
from judging.selectors.papers.numbers import number_facts
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day


class NumberPatternUnfit(DomainError):
    """The pattern cannot be used; facts ``problem`` (a code of ``judging.core.numbering``) and those of the problem."""

    code = "number_pattern_unfit"


class FirstSerialFixed(DomainError):
    """Papers of the kind are issued already: the next one follows the last, without a gap."""

    code = "first_serial_fixed"


@atomic_service
def set_numbering(
    *, round: Round, kind: DocumentKind, pattern: str, first: int = 1, actor: User, at: datetime
) -> NumberingScheme | None:
    """Number the papers of ``kind`` by ``pattern`` from now on, the first with ``first``; return the scheme.

    Without a pattern the usual one holds again, and nothing is returned. Setting what holds already changes nothing.
    Raises ``NotPermitted``, :class:`NumberPatternUnfit`, :class:`FirstSerialFixed`, and ``ValueError`` for a ``first``
    out of bounds.
    """
    round = locked_round(round.pk)
    can_set_numbers(actor, round).require()
    if not 1 <= first <= numbering.HIGHEST:
        raise ValueError(f"{first} as the first serial number")
    pattern = pattern.strip()
    found = NumberingScheme.objects.filter(round=round, kind=kind).first()
    former = (found.pattern, found.first) if found else ("", 1)
    if (pattern, first) == former:
        return found
    if first != former[1] and Document.objects.filter(round=round, kind=kind).exists():
        raise FirstSerialFixed
    if pattern:
        problem = numbering.problem_of(pattern, number_facts(round, first, local_day(at, round.time_zone)))
        if problem:
            raise NumberPatternUnfit(problem=problem[0], **problem[1])
    scheme = _kept(round, kind, pattern, first)
    record(
        action=audit_actions.NUMBERING_SET,
        actor=actor,
        at=at,
        target=scheme or round,
        chain=round.scope,
        payload={"kind": str(kind), "pattern": pattern, "first": first, "before": former[0]},
    )
    return scheme


def _kept(round: Round, kind: DocumentKind, pattern: str, first: int) -> NumberingScheme | None:
    if not pattern and first == 1:
        NumberingScheme.objects.filter(round=round, kind=kind).delete()
        return None
    scheme, _ = NumberingScheme.objects.update_or_create(
        round=round, kind=kind, defaults={"pattern": pattern, "first": first}
    )
    return scheme
