"""Papers of the released schedule: which invitations there are, which are still to come, which no longer hold."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from django.db.models import QuerySet

from judging.models import Invitation, InvitationText, ReleasedInterview, ScheduleRelease
from judging.selectors.documents import file_stem
from judging.selectors.papers.invitations import invitation_text, told_facts
from judging.selectors.schedule_releases import latest_release, released_interviews
from nominees.models import Nomination, Round

#: One file for the printer holds at most so many letters: its making takes seconds and the memory of one layout.
LETTERS_PER_FILE: Final = 25


class LetterState(StrEnum):
    """Where the invitation of a nominee stands.

    ``OUTDATED``: time or place changed since; ``CANCELLED``: there is no interview any more; ``PAST``: it is over, and
    nobody was or is invited to it as it was.
    """

    READY = "ready"
    ISSUED = "issued"
    OUTDATED = "outdated"
    CANCELLED = "cancelled"
    PAST = "past"


#: What issuing makes a letter for.
WANTED: Final = (LetterState.READY, LetterState.OUTDATED)


@dataclass(frozen=True, slots=True)
class LetterRow:
    """A nominee's interview as released, if there is one, with the letter that was sent last, if one was."""

    nomination: Nomination
    state: LetterState
    interview: ReleasedInterview | None = None
    letter: Invitation | None = None


@dataclass(frozen=True, slots=True)
class Letters:
    """All invitations of a round beside its latest release."""

    release: ScheduleRelease | None
    text: InvitationText
    rows: tuple[LetterRow, ...]

    def count(self, *states: LetterState) -> int:
        """Return how many rows are in one of ``states``."""
        return sum(row.state in states for row in self.rows)

    @property
    def invited(self) -> int:
        """How many are to have a letter that holds, or had one before their interview."""
        return self.count(LetterState.READY, LetterState.ISSUED, LetterState.OUTDATED)

    @property
    def wanted(self) -> tuple[LetterRow, ...]:
        """The rows for which issuing makes a letter, in the order of time."""
        return tuple(row for row in self.rows if row.state in WANTED)

    @property
    def standing(self) -> tuple[Invitation, ...]:
        """The letters that hold, by serial."""
        held = (row.letter for row in self.rows if row.letter and row.state == LetterState.ISSUED)
        return tuple(sorted(held, key=lambda letter: letter.serial))


def invitations_of(round: Round) -> QuerySet[Invitation]:
    """Return every letter ever issued in ``round``, by serial, with its nominee. One query."""
    return (
        Invitation.objects.filter(round=round)
        .select_related("nomination__nominee__region__parent__parent", "nomination__category", "replaces")
        .order_by("serial")
    )


def letters_of(round: Round, at: datetime) -> Letters:
    """Return the invitations of ``round`` by time of the interview, those without one at the end. Four queries.

    An interview that began by ``at`` wants no letter any more.
    """
    release, text = latest_release(round), invitation_text(round)
    last = {letter.nomination_id: letter for letter in invitations_of(round)}
    rows = []
    for one in _invited(release):
        letter = last.pop(one.nomination_id, None)
        rows.append(LetterRow(one.nomination, _state(one, letter, text, at), one, letter))
    gone = [LetterRow(letter.nomination, LetterState.CANCELLED, None, letter) for letter in last.values()]
    return Letters(release, text, (*rows, *gone))


def is_in_force(letter: Invitation) -> bool:
    """Whether ``letter`` holds: none took its place, and the latest release has its interview like this.

    Three queries at most.
    """
    if Invitation.objects.filter(replaces=letter).exists():
        return False
    release = latest_release(letter.round)
    row = ReleasedInterview.objects.filter(release=release, nomination=letter.nomination_id).first()
    return row is not None and says(letter, row, invitation_text(letter.round))


def says(letter: Invitation, interview: ReleasedInterview, text: InvitationText) -> bool:
    """Whether ``letter`` tells when and where the interview is. No query."""
    return _told(json.loads(letter.content)) == _told(told_facts(interview, text))


def cut_into_files(letters: Iterable[Invitation]) -> list[tuple[Invitation, ...]]:
    """Return letters in portions for the printer, in their order."""
    every = tuple(letters)
    return [every[start : start + LETTERS_PER_FILE] for start in range(0, len(every), LETTERS_PER_FILE)]


def letter_file_name(letter: Invitation) -> str:
    """Return a name under which a letter is saved: plain letters, digits and hyphens, whatever the names hold."""
    stem = file_stem(letter.number, "undangan", str(letter.nomination))
    return f"{stem or f'undangan-{letter.serial}'}.pdf"


def _invited(release: ScheduleRelease | None) -> Iterable[ReleasedInterview]:
    if release is None:
        return ()
    return released_interviews(release).select_related(
        "nomination__nominee__region__parent__parent", "nomination__category", "room"
    )


def _state(one: ReleasedInterview, letter: Invitation | None, text: InvitationText, at: datetime) -> LetterState:
    if letter is not None and says(letter, one, text):
        return LetterState.ISSUED
    if one.starts_at <= at:
        return LetterState.PAST
    return LetterState.OUTDATED if letter else LetterState.READY


def _told(facts: Mapping[str, object]) -> tuple[object, ...]:
    moments = (facts["starts_at"], facts["ends_at"])
    when = [datetime.fromisoformat(one) if isinstance(one, str) else one for one in moments]
    return (*when, facts["room"], facts["is_online"], facts["venue"])
