"""Making a schedule known: the draft becomes a numbered release, which nobody alters, and those concerned are told."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from judging import audit_actions as actions
from judging.core.scheduling.problem import Severity
from judging.models import Interview, InterviewState, ReleasedInterview, ScheduleRelease
from judging.permissions import can_schedule
from judging.selectors.interviews import interviews_of, placings_of
from judging.selectors.schedule import NamedViolation, named_violations, unplaced_nominations
from judging.selectors.schedule_release_documents import fingerprint, written_release
from judging.selectors.schedule_releases import (
    Difference,
    Part,
    Schedule,
    Told,
    begun_in,
    differences,
    draft_of,
    latest_release,
    told_in,
)
from judging.selectors.tabulations import sha256_of
from nominees.models import Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service, require_transaction

from .schedule_notices import address_notices

#: The code of what a person gives the word for: somebody has no interview yet.
UNPLACED = "unplaced"
BATCH = 500


class NothingToRelease(DomainError):
    """The draft says what everybody was told already."""

    code = "nothing_to_release"


class ScheduleBreaksRules(DomainError):
    """Interviews that are still to come break rules that nobody may set aside; ``violations`` are named."""

    code = "schedule_breaks_rules"


class ReleaseNeedsConfirmation(DomainError):
    """``nominees`` of those who are to be met have no interview yet."""

    code = "release_needs_confirmation"


class DraftChangedMeanwhile(DomainError):
    """The draft is not any more what the actor looked at."""

    code = "draft_not_as_shown"


@atomic_service
def release(
    *,
    round: Round,
    note: str = "",
    actor: User,
    at: datetime,
    confirmed: Collection[str] = (),
    only: Collection[int] | None = None,
    seen: str = "",
) -> ScheduleRelease:
    """Make the draft of ``round`` known as its next release and have those told whom it concerns.

    ``confirmed`` holds ``"unplaced"`` where the actor knows that somebody has no interview yet. ``only``: nominations;
    of all others stays what was told (a delay on the day releases itself, not everything that was being prepared).
    ``seen``: the ``fingerprint`` of the draft that the actor looked at. Raises ``NotPermitted``,
    :class:`NothingToRelease`, :class:`DraftChangedMeanwhile`, :class:`ScheduleBreaksRules`,
    :class:`ReleaseNeedsConfirmation`.
    """
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    latest = latest_release(round)
    before = told_in(latest)
    after = _only(only, before, draft_of(round, before))
    found = differences(before, after)
    if not found:
        raise NothingToRelease
    if seen and seen != fingerprint(round, after):
        raise DraftChangedMeanwhile
    broken = broken_rules(round, only)
    if broken:
        raise ScheduleBreaksRules(violations=broken, count=len(broken))
    waiting = unplaced_nominations(round).count() if only is None else 0
    if waiting and UNPLACED not in confirmed:
        raise ReleaseNeedsConfirmation(nominees=waiting)
    made = write_release(
        round=round,
        number=latest.number + 1 if latest else 1,
        before=before,
        after=after,
        note=note,
        actor=actor,
        at=at,
    )
    begun = begun_in(round)
    address_notices(release=made, news=[one for one in found if one.nomination not in begun])
    return made


def write_release(
    *, round: Round, number: int, before: Schedule, after: Schedule, note: str, actor: User, at: datetime
) -> ScheduleRelease:
    """Write ``after`` down as release ``number`` of the locked ``round``, with its event; nobody is told by this.

    What is as it was ``before`` keeps the number of the release that last changed it.
    """
    require_transaction()
    found = differences(before, after)
    changed = {one.nomination for one in found}
    rows = [replace(one, changed_in=number if pk in changed else before[pk].changed_in) for pk, one in after.items()]
    made = ScheduleRelease.objects.create(
        round=round,
        number=number,
        note=note.strip(),
        released_by=actor,
        released_at=at,
        sha256=sha256_of(written_release(round, number, rows)),
    )
    _write_rows(made, rows)
    payload = {"number": number, "interviews": len(rows), **_counts(found), "sha256": made.sha256}
    record(action=actions.SCHEDULE_RELEASED, actor=actor, at=at, target=made, chain=round.scope, payload=payload)
    return made


def broken_rules(round: Round, only: Collection[int] | None = None) -> tuple[NamedViolation, ...]:
    """Return which rules interviews that are still to come break, so that the draft cannot be released."""
    rows: list[Interview] = list(interviews_of(round))
    coming = {one.nomination_id for one in rows if one.state == InterviewState.PLANNED}
    if only is not None:
        coming &= set(only)
    return tuple(
        one
        for one in named_violations(round, placings_of(rows))
        if one.severity is Severity.FORBIDDEN and not coming.isdisjoint(one.nominations)
    )


def release_first(*, round: Round, actor: User, at: datetime) -> ScheduleRelease:
    """Make the first schedule of a new round known as it is, and write to nobody. In the transaction of its making."""
    return write_release(round=round, number=1, before={}, after=draft_of(round, {}), note="", actor=actor, at=at)


def _only(only: Collection[int] | None, before: Schedule, draft: Mapping[int, Told]) -> Schedule:
    if only is None:
        return draft
    kept = {one: told for one, told in before.items() if one not in only}
    return kept | {one: told for one, told in draft.items() if one in only}


def _counts(found: Sequence[Difference]) -> dict[str, int]:
    told = Counter(
        "added" if Part.ADDED in one.parts else "cancelled" if Part.CANCELLED in one.parts else "changed"
        for one in found
    )
    return {name: told[name] for name in ("added", "changed", "cancelled")}


def _write_rows(made: ScheduleRelease, rows: Sequence[Told]) -> None:
    written = ReleasedInterview.objects.bulk_create(
        (
            ReleasedInterview(
                release=made,
                nomination_id=one.nomination,
                room_id=one.room,
                room_name=one.room_name,
                is_online=one.is_online,
                starts_at=one.starts_at,
                ends_at=one.ends_at,
                changed_in=one.changed_in,
            )
            for one in rows
        ),
        batch_size=BATCH,
    )
    sitting = ReleasedInterview.seats.through
    sitting.objects.bulk_create(
        (
            sitting(releasedinterview_id=row.pk, seat_id=seat)
            for row, one in zip(written, rows, strict=True)
            for seat in one.seats
        ),
        batch_size=BATCH,
    )
