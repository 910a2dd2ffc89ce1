"""How the nominees of a category are met, and which seats must be there."""

from collections.abc import Collection
from datetime import datetime

from judging import audit_actions as actions
from judging.models import CategoryPlan, RoleGroup, Seat
from judging.permissions import can_schedule
from nominees.models import Category, Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round
from .schedule import NotOfThisRound
from .schedule_material import begun


class PanelBelowQuorum(DomainError):
    """Fewer seats are allowed than the quorum asks for. Facts: quorum, panel_max."""

    code = "panel_below_quorum"


class DurationMissing(DomainError):
    """An interview takes at least a minute, and with the minutes after it not more than a day."""

    code = "duration_missing"


class RoleGroupTooSmall(DomainError):
    """It asks for more seats than it has, or for none. Facts: name."""

    code = "role_group_too_small"


@atomic_service
def plan_category(
    *,
    category: Category,
    duration: int,
    buffer: int,
    quorum: int | None,
    panel_max: int | None,
    unsur_target: int | None,
    role_groups: Collection[RoleGroup],
    actor: User,
    at: datetime,
) -> CategoryPlan:
    """Say how the nominees of ``category`` are met; minutes and numbers of seats. The same again leaves no event.

    No ``quorum``: that of the round's rules; no ``panel_max``: no limit; no ``unsur_target``: every seat is wished
    for. Raises ``NotPermitted``, ``NotOfThisRound``, :class:`DurationMissing`, :class:`PanelBelowQuorum`.
    """
    round = locked_round(category.round_id)
    can_schedule(actor, round).require()
    if duration < 1 or duration + buffer > 24 * 60:
        raise DurationMissing
    if panel_max is not None and panel_max < (quorum or 1):
        raise PanelBelowQuorum(quorum=quorum or 1, panel_max=panel_max)
    if any(group.round_id != round.pk for group in role_groups):
        raise NotOfThisRound(name=str(next(iter(role_groups))))
    plan, is_new = CategoryPlan.objects.get_or_create(category=category)
    wanted: dict[str, object] = {
        "duration": duration,
        "buffer": buffer,
        "quorum": quorum,
        "panel_max": panel_max,
        "unsur_target": unsur_target,
    }
    groups = sorted(group.name for group in role_groups)
    as_before = all(getattr(plan, name) == value for name, value in wanted.items())
    if not is_new and as_before and groups == sorted(plan.role_groups.values_list("name", flat=True)):
        return plan
    for name, value in wanted.items():
        setattr(plan, name, value)
    plan.save()
    plan.role_groups.set(role_groups)
    begun(round)
    payload = {"category": category.code, **wanted, "role_groups": groups}
    record(action=actions.CATEGORY_PLANNED, actor=actor, at=at, target=category, chain=round.scope, payload=payload)
    return plan


@atomic_service
def set_role_group(
    *, round: Round, name: str, minimum: int, seats: Collection[Seat], actor: User, at: datetime
) -> RoleGroup:
    """Let ``name`` stand for at least ``minimum`` of ``seats``; a group of this name is changed.

    Raises ``NotPermitted``, ``NotOfThisRound``, :class:`RoleGroupTooSmall`.
    """
    round = locked_round(round.pk)
    can_schedule(actor, round).require()
    name = name.strip()
    if not 1 <= minimum <= len(seats):
        raise RoleGroupTooSmall(name=name)
    for seat in seats:
        if seat.round_id != round.pk:
            raise NotOfThisRound(name=str(seat))
    group, _ = RoleGroup.objects.update_or_create(round=round, name=name, defaults={"minimum": minimum})
    group.seats.set(seats)
    begun(round)
    payload = {"minimum": minimum, "seats": sorted(seat.code for seat in seats)}
    record(action=actions.ROLE_GROUP_SET, actor=actor, at=at, target=group, chain=round.scope, payload=payload)
    return group


@atomic_service
def remove_role_group(*, group: RoleGroup, actor: User, at: datetime) -> None:
    """Nobody asks for the group any more. Raises ``NotPermitted``."""
    round = locked_round(group.round_id)
    can_schedule(actor, round).require()
    record(action=actions.ROLE_GROUP_REMOVED, actor=actor, at=at, target=group, chain=round.scope)
    group.delete()
