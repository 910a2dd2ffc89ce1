"""What a delay does to the draft of a day: who moves to when, who does not fit any more, what it breaks."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from hashlib import sha256

from judging.core.scheduling.late import Delay, Meeting, Shift, shifted
from judging.core.scheduling.problem import Session, Severity
from judging.models import Interview, InterviewState
from nominees.models import Nomination
from paritrana.kernel import wording

from .schedule import NamedViolation
from .schedule_draft import Draft, Drafted, draft_of
from .schedule_plans import Planned, written
from .scheduling_problem import category_of


@dataclass(frozen=True, slots=True)
class Moved:
    """An interview of the day and its new times; ``is_other_session``: it leaves its session for a later one."""

    interview: Drafted
    starts_at: datetime
    ends_at: datetime
    is_other_session: bool


@dataclass(frozen=True)
class DelayedDay:
    """The day as it would be. ``before`` and ``after`` are what ``apply_plan`` takes, of those concerned alone.

    ``broken``: what the rules say of it that they did not say before. ``token`` names exactly this change.
    """

    moved: tuple[Moved, ...]
    unfit: tuple[Nomination, ...]
    before: Mapping[int, Planned]
    after: Mapping[int, Planned]
    broken: tuple[NamedViolation, ...]

    @property
    def token(self) -> str:
        """A checksum of what moves from where to where."""
        return sha256(f"{written(self.before)}{written(self.after)}".encode()).hexdigest()[:32]

    @property
    def is_forbidden(self) -> bool:
        """Whether a rule stands against it that nobody may set aside."""
        return any(one.severity is Severity.FORBIDDEN for one in self.broken)

    @property
    def doubtful(self) -> frozenset[str]:
        """Codes of the rules for which a person's word is asked."""
        return frozenset(one.code for one in self.broken if one.severity is Severity.CONFIRM)


def delayed_day(interview: Interview, *, minutes: int, is_for_all: bool) -> DelayedDay:
    """Return the day if ``interview`` begins ``minutes`` later, or, if it runs, ends that much later.

    Other rooms wait too if it ``is_for_all``; else they move only where the same people would be in two places. The
    same number of queries for any number of rows.
    """
    draft = draft_of(interview.round)
    day = wording.local_day(interview.starts_at, draft.round.time_zone)
    rows = [one for one in draft.interviews if draft.span(one)[0] == day and one.state != InterviewState.NO_SHOW]
    found = shifted(
        _meetings(draft, rows),
        _delay(draft, draft.interview_of[interview.nomination_id], minutes, is_for_all=is_for_all),
        sessions=_sessions(draft, day),
        grid=draft.settings.grid_min if draft.settings else 1,
    )
    return _told(draft, day, found)


def _meetings(draft: Draft, rows: Sequence[Drafted]) -> list[Meeting]:
    """The interviews as the core has them; there are buffers only where the material was begun."""
    buffers = {one.pk: category_of(one, 0, 0).buffer for one in draft.material.categories if draft.settings}
    persons = {one.pk: frozenset(who.pk for who in one.shared_persons.all()) for one in draft.material.nominations}
    found = []
    for one in rows:
        _day, start, end = draft.span(one)
        meeting = Meeting(
            id=one.nomination.pk,
            room=one.room.pk,
            start=start,
            end=end,
            buffer=buffers.get(one.nomination.category_id, 0),
            members=one.seats,
            persons=persons[one.nomination.pk],
            is_fixed=one.is_locked or one.state != InterviewState.PLANNED,
        )
        found.append(meeting)
    return found


def _delay(draft: Draft, one: Drafted, minutes: int, *, is_for_all: bool) -> Delay:
    runs = one.state == InterviewState.RUNNING
    _day, start, end = draft.span(one)
    since = end if runs else start
    rooms = frozenset() if is_for_all else frozenset({one.room.pk})
    return Delay(since, since + minutes, rooms, one.nomination.pk if runs else None)


def _sessions(draft: Draft, day: date) -> list[Session]:
    rows = draft.material.sessions if draft.settings else ()
    return [Session(str(row.pk), row.start, row.end) for row in rows if row.day == day]


def _told(draft: Draft, day: date, found: Shift) -> DelayedDay:
    moved = []
    for number, start in found.starts.items():
        one = draft.interview_of[number]
        starts = draft.moment(day, start)
        moved.append(Moved(one, starts, starts + (one.ends_at - one.starts_at), number in found.later_session))
    future = {one.interview.nomination.pk: _at(one) for one in moved}
    before = {one: _planned(draft.interview_of[one]) for one in (*found.starts, *found.unfit)}
    return DelayedDay(
        moved=tuple(moved),
        unfit=tuple(draft.interview_of[one].nomination for one in found.unfit),
        before=before,
        after={number: _planned(one) for number, one in future.items()},
        broken=_broken(draft, before.keys(), future),
    )


def _broken(draft: Draft, changed: Collection[int], future: Mapping[int, Drafted]) -> tuple[NamedViolation, ...]:
    """What the rules say of the whole schedule as it would be, but for what they say of it as it is."""
    if not changed:
        return ()
    kept = (one for one in draft.interviews if one.nomination.pk not in changed or one.nomination.pk in future)
    rows = tuple(future.get(one.nomination.pk, one) for one in kept)
    known = {(one.code, one.nominations) for one in draft.violations()}
    return tuple(
        one
        for one in replace(draft, interviews=rows).violations()
        if not set(changed).isdisjoint(one.nominations) and (one.code, one.nominations) not in known
    )


def _at(moved: Moved) -> Drafted:
    return replace(moved.interview, starts_at=moved.starts_at, ends_at=moved.ends_at)


def _planned(one: Drafted) -> Planned:
    return Planned(one.nomination.pk, one.room.pk, one.starts_at, one.ends_at, tuple(sorted(one.placed)))
