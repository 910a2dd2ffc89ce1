"""Released schedules for the papers made of them, without going through the draft; letters of a few bytes."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from judging.documents.schedule_samples import letter
from judging.models import Invitation, ReleasedInterview, Room, ScheduleRelease, Seat
from judging.selectors.papers.invitations import invitation_text, told_facts, written_letter
from judging.services import schedule_documents as service
from judging.web import invitations, schedule_documents
from nominees.core.lifecycle import State
from nominees.models import Nomination, Round
from paritrana.accounts.models import User
from paritrana.kernel.check_code import new_code
from tests.factories import sheets as make
from tests.factories.schedule import make_prepared
from tests.factories.world import AT, make_nomination, make_user

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Meeting:
    """Where and when a nominee is met."""

    nomination: Nomination
    starts_at: datetime
    room: Room
    is_online: bool = False
    minutes: int = 30


class World:
    """A round with three seats; two nominees are met on the next day, one after the other, in the first release."""

    def __init__(self, state: State = State.SCORING) -> None:
        prepared = make_prepared(state=state, sessions=False)
        self.round: Round = prepared.round
        self.category, self.seats, self.room = prepared.category, prepared.seats, prepared.room
        self.secretary: User = prepared.secretary
        self.one, self.two = prepared.one, prepared.two
        self.meetings = [Meeting(self.one, AT + DAY, self.room), Meeting(self.two, AT + DAY + DAY / 24, self.room)]
        self.release: ScheduleRelease = make_release(self.round, self.meetings, self.seats)

    def another(self, *meetings: Meeting) -> ScheduleRelease:
        """Release ``meetings`` next, nothing else."""
        self.release = make_release(self.round, meetings, self.seats)
        return self.release

    def holder(self, position: int = 1) -> User:
        """Who sits on the seat."""
        return make.holder(self.seats[position - 1])

    def fill(self, nominees: int) -> None:
        """So many more nominees, all in the next release."""
        more = [make_nomination(self.category, region_code=f"53.{10 + turn}") for turn in range(nominees)]
        found = [Meeting(one, AT + DAY * 2 + turn * DAY / 24, self.room) for turn, one in enumerate(more)]
        self.another(*self.meetings, *found)


def make_release(
    round: Round, meetings: Iterable[Meeting], seats: Sequence[Seat], *, at: datetime = AT
) -> ScheduleRelease:
    """Return the next release of ``round``, everybody sitting everywhere."""
    number = ScheduleRelease.objects.filter(round=round).count() + 1
    release = ScheduleRelease.objects.create(
        round=round, number=number, released_by=make_user(), released_at=at, sha256="0" * 64
    )
    for one in meetings:
        row = ReleasedInterview.objects.create(
            release=release,
            nomination=one.nomination,
            room=one.room,
            room_name=one.room.name,
            is_online=one.is_online,
            starts_at=one.starts_at,
            ends_at=one.starts_at + timedelta(minutes=one.minutes),
            changed_in=number,
        )
        row.seats.set(seats)
    return release


def quick_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make letters of a few bytes: how they are set is tested beside the documents."""

    def rendered(letters: Sequence[Any], paper: str) -> Iterable[bytes]:
        return (f"{paper} {letter!r}".encode() for letter in letters)

    monkeypatch.setattr(service, "render_invitation_files", rendered)


def make_invitation(interview: ReleasedInterview) -> Invitation:
    """Return a letter to ``interview``, with the place as it is."""
    round = interview.nomination.round
    content = f"surat {interview.pk}".encode()
    digest = hashlib.sha256(content).hexdigest()
    serial = round.invitations.count() + 1
    told = told_facts(interview, invitation_text(round))
    return Invitation.objects.create(
        round=round,
        interview=interview,
        nomination=interview.nomination,
        serial=serial,
        number=f"UND-{serial:03d}/PARITRANA/NTT/2025",
        content=written_letter(letter(serial=serial, **told)),
        file=default_storage.save(f"documents/{digest[:32]}.pdf", ContentFile(content)),
        sha256=digest,
        check_code=new_code(),
        issued_by=make_user(),
        issued_at=AT,
    )


def unlaid(monkeypatch: pytest.MonkeyPatch) -> None:
    """Print nothing: a paper of the schedule is what it was given."""
    monkeypatch.setattr(schedule_documents, "made", lambda _how, book: repr(book).encode())
    monkeypatch.setattr(invitations, "render_invitations", lambda letters: repr(letters).encode())
