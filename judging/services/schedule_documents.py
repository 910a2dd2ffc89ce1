"""Invitations to interviews are issued once: numbered without gaps, stored, and never rendered again.

As with other papers, rendering happens before the transaction and storing is short; what was planned is compared with
how the round stands under its lock.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse

from judging import audit_actions
from judging.documents.data import Paper
from judging.documents.invitation import render_invitation_files
from judging.documents.schedule_data import InvitationLetter
from judging.models import Invitation, InvitationText, ReleasedInterview, ScheduleRelease
from judging.permissions import can_issue_invitations, can_open_calendar
from judging.selectors.calendar_feeds import open_feeds
from judging.selectors.papers.invitations import Issue, invitation_text, letter_maker, written_letter
from judging.selectors.papers.numbers import INVITATION, document_number
from judging.selectors.schedule_documents import LetterRow, invitations_of, letters_of
from judging.selectors.schedule_releases import latest_release
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.check_code import new_code
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service
from paritrana.kernel.wording import local_day

from .calendar_feeds import open_calendar
from .documents import CodeGenerator, IssuedMeanwhile, check_address

#: One call issues at most so many letters: some seconds of work and the memory of one layout.
LETTERS_AT_ONCE: Final = 50
TEXTS: Final = ("venue", "online_note", "dress", "bring", "contact", "copies", "is_signed_by_chair")


class NothingReleased(DomainError):
    """No schedule of the round was released yet; nobody is invited to a draft."""

    code = "nothing_released"


@dataclass(frozen=True, slots=True)
class _Draft:
    """A letter with everything but its bytes."""

    interview: ReleasedInterview
    former: Invitation | None
    serial: int
    code: str
    letter: InvitationLetter


@dataclass(frozen=True, slots=True)
class _Plan:
    """What one call issues, from which release, and what stood before: the last serial and what letters say."""

    round: Round
    release: ScheduleRelease
    seen: tuple[int, str]
    drafts: tuple[_Draft, ...]


def issue_invitations(
    *,
    round: Round,
    actor: User,
    at: datetime,
    paper: Paper = "A4",
    code_generator: CodeGenerator = new_code,
    limit: int = LETTERS_AT_ONCE,
) -> list[Invitation]:
    """Issue the letters that the latest release calls for, at most ``limit``, soonest interviews first; return them.

    A nominee whose interview has another time or place than the letter said gets a new one that names the old. Raises
    :class:`NothingReleased`, ``IssuedMeanwhile``, ``NotPermitted``.
    """
    plan = _planned(round, actor, at, code_generator, limit)
    stored: list[str] = []
    try:
        rendered = render_invitation_files([draft.letter for draft in plan.drafts], paper)
        papers = [
            (draft, content, _stored(plan.round, content, stored))
            for draft, content in zip(plan.drafts, rendered, strict=True)
        ]
        return _recorded(plan=plan, papers=papers, actor=actor, at=at) if papers else []
    except BaseException:
        for name in stored:
            default_storage.delete(name)
        raise


def _planned(round: Round, actor: User, at: datetime, generator: CodeGenerator, limit: int) -> _Plan:
    round = Round.objects.select_related("edition", "region").get(pk=round.pk)
    can_issue_invitations(actor, round).require()
    letters = letters_of(round, at)
    if letters.release is None:
        raise NothingReleased
    rows = letters.wanted[:limit]
    calendars = _calendars(round, rows, actor, at)
    serial, saying = seen = _fingerprint(round)
    day = local_day(at, round.time_zone)
    make = letter_maker(round, letters.text, day)
    drafts = []
    for row in rows:
        assert row.interview  # noqa: S101 - who has none is not invited
        serial, code = serial + 1, generator()
        number = document_number(INVITATION, serial, round, day)
        calendar = calendars.get(row.nomination.pk, "")
        issue = Issue(number, code, check_address(code), replaces=row.letter, calendar=calendar)
        drafts.append(_Draft(row.interview, row.letter, serial, code, make(row.interview, issue)))
    return _Plan(round, letters.release, (seen[0], saying), tuple(drafts))


def _calendars(round: Round, rows: Sequence[LetterRow], actor: User, at: datetime) -> dict[int, str]:
    """Return the address of each nominee's calendar, opened here where the actor may; other letters name none."""
    keys = dict(open_feeds(round).exclude(nomination=None).values_list("nomination_id", "key"))
    for row in rows:
        if row.nomination.pk not in keys and can_open_calendar(actor, round, row.nomination):
            keys[row.nomination.pk] = open_calendar(whose=row.nomination, actor=actor, at=at).key
    return {pk: address_of_calendar(key) for pk, key in keys.items()}


def address_of_calendar(key: str) -> str:
    """Return the public address of a calendar, as the QR code of a letter holds it."""
    address: str = settings.PUBLIC_ADDRESS.rstrip("/")
    return address + reverse("calendar_feed", kwargs={"key": key})


def _fingerprint(round: Round) -> tuple[int, str]:
    """The last serial and the text of letters: changes with every letter and with what they say."""
    last = invitations_of(round).last()
    text = invitation_text(round)
    return last.serial if last else 0, repr([getattr(text, name) for name in TEXTS])


def _stored(round: Round, content: bytes, stored: list[str]) -> str:
    """Write the bytes under a name that says nothing, note the name in ``stored`` and return it."""
    digest = hashlib.sha256(content).hexdigest()
    folder = f"documents/{round.edition.assessment_year}"
    name = default_storage.save(f"{folder}/{digest[:32]}.pdf", ContentFile(content))
    stored.append(name)
    return name


@atomic_service
def _recorded(
    *, plan: _Plan, papers: Sequence[tuple[_Draft, bytes, str]], actor: User, at: datetime
) -> list[Invitation]:
    """Write the rows and their events, if the round still stands as it did when the letters were planned."""
    round = locked_round(plan.round.pk)
    can_issue_invitations(actor, round).require()
    if latest_release(round) != plan.release or _fingerprint(round) != plan.seen:
        raise IssuedMeanwhile
    return [_kept(round, draft, content, name, actor, at) for draft, content, name in papers]


def _kept(round: Round, draft: _Draft, content: bytes, name: str, actor: User, at: datetime) -> Invitation:
    letter, former = draft.letter, draft.former
    made = Invitation.objects.create(
        round=round,
        interview=draft.interview,
        nomination=draft.interview.nomination,
        replaces=former,
        serial=draft.serial,
        number=letter.number,
        content=written_letter(letter),
        file=name,
        sha256=hashlib.sha256(content).hexdigest(),
        check_code=draft.code,
        issued_by=actor,
        issued_at=at,
    )
    # The check code stays out of the log, as with other papers.
    payload = {"number": made.number, "sha256": made.sha256, "replaces": former.number if former else ""}
    record(action=audit_actions.INVITATION_ISSUED, actor=actor, at=at, target=made, chain=round.scope, payload=payload)
    return made


@atomic_service
def save_invitation_text(*, round: Round, actor: User, at: datetime, **said: Any) -> InvitationText:
    """Save what the letters of ``round`` say from now on; ``said`` holds fields of ``InvitationText``, all of them.

    Raises ``NotPermitted``.
    """
    round = locked_round(round.pk)
    can_issue_invitations(actor, round).require()
    values = {name: said[name] for name in TEXTS}
    text, _made = InvitationText.objects.update_or_create(round=round, defaults=values)
    record(
        action=audit_actions.INVITATION_TEXT_SAVED,
        actor=actor,
        at=at,
        target=text,
        chain=round.scope,
        payload={"venue": text.venue},
    )
    return text
