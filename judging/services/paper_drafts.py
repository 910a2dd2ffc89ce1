"""What is to be issued, each paper with the number and the check code that it will carry; nothing is written here."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from judging import permissions
from judging.models import DecreeText, Document, DocumentKind, Tabulation
from judging.selectors.documents import documents_of, in_force
from judging.selectors.paper_subjects import Subject, Wanted, corrections_of, papers_wanted
from judging.selectors.papers.decree_words import NAMES
from judging.selectors.papers.numbers import Numbering, document_number, numbering_of
from judging.selectors.rounds import last_decided
from judging.selectors.standings import tabulation_in_force
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.kernel.errors import DomainError
from paritrana.kernel.wording import local_day

CodeGenerator = Callable[[], str]
Chosen = Callable[[Wanted], bool]


class NothingDecided(DomainError):
    """The round has no tabulation in force to issue papers from."""

    code = "nothing_decided"


class NumberTaken(DomainError):
    """Another paper of the round carries the number that the pattern gives; facts ``number``."""

    code = "number_taken"


class DecreeIncomplete(DomainError):
    """Number, date and signer of a decree are its issuer's: without them there is a draft, and nothing to issue."""

    code = "decree_incomplete"


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper with everything but its bytes."""

    wanted: Wanted
    serial: int
    number: str
    code: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What one call issues: from which tabulation, when, and what stood before.

    ``decided`` names the act by which the result was decided: a result that is decided anew may keep its tabulation.
    ``wanted`` is all that was chosen, ``drafts`` what of it is missing, ``seen`` the papers of the kinds concerned, and
    ``words`` those of the decree, if it is one of them: they can still be written while it is laid out.
    """

    round: Round
    tabulation: Tabulation
    decided: int | None
    at: datetime
    wanted: tuple[Wanted, ...]
    drafts: tuple[Draft, ...]
    seen: frozenset[int]
    standing: Mapping[Subject, Document] = field(repr=False)
    words: tuple[Any, ...] | None = field(default=None, repr=False)

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of what is missing."""
        return frozenset(draft.wanted.subject.kind for draft in self.drafts)


def plan_of(round: Round, *, actor: User, at: datetime, chosen: Chosen, generator: CodeGenerator) -> Plan:
    """Return what is missing of what is ``chosen``.

    Raises ``NotPermitted``, :class:`NothingDecided`, :class:`NumberTaken`, :class:`DecreeIncomplete`.
    """
    round = Round.objects.select_related("edition", "region").get(pk=round.pk)
    permissions.can_issue_documents(actor, round).require()
    decided = last_decided(round)  # before all that rests on it
    tabulation = tabulation_in_force(round)
    if tabulation is None:
        raise NothingDecided
    before = list(documents_of(round))
    standing = in_force(before)
    wanted = tuple(one for one in papers_wanted(round, tabulation) if chosen(one))
    missing = [one for one in wanted if one.subject not in standing]
    if any(one.is_incomplete for one in missing):
        raise DecreeIncomplete
    kinds = {one.subject.kind for one in missing}
    words = decree_as_written(round, kinds)  # before its number is read
    drafts = tuple(_drafts(missing, before, tabulation, round, at, generator))
    return Plan(round, tabulation, decided, at, wanted, drafts, fingerprint(before, kinds), standing, words)


def decree_as_written(round: Round, kinds: Collection[str]) -> tuple[Any, ...] | None:
    """Return the words of the decree if it is one of ``kinds``. One query then."""
    if DocumentKind.DECREE not in kinds:
        return None
    return DecreeText.objects.filter(round=round).values_list(*NAMES).first()


def fingerprint(documents: Iterable[Document], kinds: Collection[str]) -> frozenset[int]:
    """Return what stands of ``kinds``: it changes with every paper of them that is issued or revoked."""
    return frozenset(-one.pk if one.revoked_at else one.pk for one in documents if one.kind in kinds)


def _drafts(
    missing: Iterable[Wanted],
    before: Iterable[Document],
    tabulation: Tabulation,
    round: Round,
    at: datetime,
    generator: CodeGenerator,
) -> Iterable[Draft]:
    """Number what is missing: after the last of its kind, without a gap."""
    numbering, day = numbering_of(round), local_day(at, round.time_zone)
    taken = {one.number for one in before}
    given = _given_numbers(round, tabulation)
    last: dict[str, int] = {}
    for one in before:
        last[one.kind] = max(one.serial, last.get(one.kind, 0))
    for wanted in missing:
        kind = wanted.subject.kind
        last[kind] = serial = next_serial(numbering[kind], last.get(kind, 0))
        number = given.get(wanted.subject, "")
        if not number or number in taken:
            number = document_number(kind, serial, round, day, numbering[kind].pattern)
        if number in taken:
            raise NumberTaken(number=number)
        taken.add(number)
        yield Draft(wanted, serial, number, generator())


def next_serial(numbering: Numbering, last: int) -> int:
    """Return the serial number that follows ``last``; 0: there is none yet."""
    return last + 1 if last else numbering.first


def _given_numbers(round: Round, tabulation: Tabulation) -> dict[Subject, str]:
    """The numbers that people gave: to minutes at the plenary, to the decree and to amendments. Two queries.

    Papers that are issued anew get one of the series, since the first ones carry these.
    """
    decree = DecreeText.objects.filter(round=round).values_list("number", flat=True).first()
    return {
        Subject(DocumentKind.MINUTES): tabulation.plenary.minutes_number,
        Subject(DocumentKind.DECREE): decree or "",
        **{Subject(DocumentKind.AMENDMENT, "correction", one.pk): one.number for one in corrections_of(tabulation)},
    }
