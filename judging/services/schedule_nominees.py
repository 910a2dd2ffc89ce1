"""How and when a nominee can be met, and who comes for several of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Max

from judging import audit_actions as actions
from judging.models import NomineePlan, NomineeSpan, NomineeSpanKind, SharedPerson, Weight
from judging.permissions import can_schedule
from judging.selectors.schedule_material import met_nominations
from nominees.models import Nomination, Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round
from .schedule import NotOfThisRound
from .schedule_material import SpanReversed, begun, require_day, require_span


class PersonOfOneNominee(DomainError):
    """Somebody who comes for one nominee only is in one place anyway."""

    code = "person_of_one_nominee"


class NobodyOfRegion(DomainError):
    """No nominee of this region is met on site."""

    code = "nobody_of_region"


@dataclass(frozen=True, slots=True)
class NomineeTime:
    """Minutes of a day in which a nominee alone can come, or would rather not, as much as ``weight`` says."""

    kind: NomineeSpanKind
    day: date
    start: int
    end: int
    weight: Weight = Weight.NORMAL


@atomic_service
def plan_nominee(
    *,
    nomination: Nomination,
    is_online: bool,
    arrives_on: date | None,
    arrives_at: int,
    times: Sequence[NomineeTime],
    actor: User,
    at: datetime,
) -> NomineePlan:
    """Say how ``nomination`` is met, from when on, and let ``times`` be all its windows and wishes.

    Raises ``NotPermitted``, ``DayNotOfTheRound``, ``SpanReversed``.
    """
    round = locked_round(nomination.round_id)
    can_schedule(actor, round).require()
    times = list(dict.fromkeys(times))
    for one in times:
        require_day(round, one.day)
        require_span(one.start, one.end)
    _require_arrival(arrives_at)
    plan = _arrive(nomination, is_online=is_online, arrives_on=arrives_on, arrives_at=arrives_at)
    NomineeSpan.objects.filter(nomination=nomination).delete()
    NomineeSpan.objects.bulk_create(
        NomineeSpan(nomination=nomination, kind=one.kind, day=one.day, start=one.start, end=one.end, weight=one.weight)
        for one in times
    )
    begun(round)
    payload = {
        "number": nomination.number,
        "online": is_online,
        "arrival": _told(arrives_on, arrives_at),
        "times": [[one.kind.value, one.day.isoformat(), one.start, one.end, one.weight.value] for one in times],
    }
    record(action=actions.NOMINEE_PLANNED, actor=actor, at=at, target=nomination, chain=round.scope, payload=payload)
    return plan


@atomic_service
def set_arrivals(
    *, round: Round, region: str, arrives_on: date | None, arrives_at: int, actor: User, at: datetime
) -> int:
    """Set the earliest arrival of every nominee of ``region`` (code of a regency or city) who is met on site.

    ``None`` takes it back. Returns how many. Raises ``NotPermitted``, ``DayNotOfTheRound``, ``SpanReversed``,
    :class:`NobodyOfRegion`.
    """
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    _require_arrival(arrives_at)
    if arrives_on:
        require_day(round, arrives_on)
    found = [one for one in met_nominations(round) if one.nominee.region.code[:5] == region and not _is_online(one)]
    if not found or not region:
        raise NobodyOfRegion
    for nomination in found:
        _arrive(nomination, is_online=False, arrives_on=arrives_on, arrives_at=arrives_at)
    settings = begun(round)
    payload = {
        "region": region,
        "arrival": _told(arrives_on, arrives_at),
        "numbers": sorted(one.number for one in found),
    }
    record(action=actions.ARRIVALS_SET, actor=actor, at=at, target=settings, chain=round.scope, payload=payload)
    return len(found)


@atomic_service
def share_person(
    *, round: Round, name: str, nominations: Collection[Nomination], actor: User, at: datetime
) -> SharedPerson:
    """``name`` comes for all ``nominations`` and cannot be with two of them at once. The log keeps a number.

    Raises ``NotPermitted``, ``NotOfThisRound``, :class:`PersonOfOneNominee`.
    """
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    if len(nominations) < 2:
        raise PersonOfOneNominee
    for nomination in nominations:
        if nomination.round_id != round.pk:
            raise NotOfThisRound(name=str(nomination))
    begun(round)
    last = SharedPerson.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
    person = SharedPerson.objects.create(round=round, number=last + 1, name=name.strip())
    person.nominations.set(nominations)
    payload = {"numbers": sorted(one.number for one in nominations)}
    record(action=actions.PERSON_SHARED, actor=actor, at=at, target=person, chain=round.scope, payload=payload)
    return person


@atomic_service
def unshare_person(*, person: SharedPerson, actor: User, at: datetime) -> None:
    """Forget the person. Raises ``NotPermitted``."""
    round = locked_round(person.round_id)
    can_schedule(actor, round).require()
    record(action=actions.PERSON_UNSHARED, actor=actor, at=at, target=person, chain=round.scope)
    person.delete()


def _arrive(nomination: Nomination, **facts: object) -> NomineePlan:
    return NomineePlan.objects.update_or_create(nomination=nomination, defaults=facts)[0]


def _require_arrival(minute: int) -> None:
    if not 0 <= minute < 24 * 60:
        raise SpanReversed


def _is_online(nomination: Nomination) -> bool:
    plan = getattr(nomination, "interview_plan", None)
    return plan is not None and bool(plan.is_online)


def _told(day: date | None, minute: int) -> list[object] | None:
    return None if day is None else [day.isoformat(), minute]
