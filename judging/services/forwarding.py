"""Sending the winners on: a titled place within the quota becomes a nomination in the national round."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from judging import audit_actions, permissions
from judging.models import Award, Forwarding
from judging.selectors.forwarding import ForwardingRow, forwarding_rows, national_round_of
from nominees.models import BusinessProfile, Category, Level, Nomination, Round
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .claims import list_claims
from .national_entries import categories_for, enter, receiving, refuse_misfit


class NotAProvincialRound(DomainError):
    """The national round forwards nobody."""

    code = "not_a_provincial_round"


class NationalRoundMissing(DomainError):
    """The edition has no national round; facts ``edition``."""

    code = "national_round_missing"


class SharedPlaceExceedsQuota(DomainError):
    """More nominees share the places than the category forwards; the plenary settles who goes.

    Facts ``category``, ``winners``, ``quota``.
    """

    code = "shared_place_exceeds_quota"


@atomic_service
def forward_winners(*, round: Round, actor: User, at: datetime) -> list[Forwarding]:
    """Forward every winner within its category's quota; return all forwardings of the round, old and new.

    Doing it again changes nothing and returns the same. A shared place that would send more than the quota is refused
    whole: who goes is for the plenary, not for the order of a list. Raises :class:`NotAProvincialRound`,
    :class:`NationalRoundMissing`, :class:`SharedPlaceExceedsQuota`, ``NotPermitted`` and what ``national_entries``
    raises.
    """
    national = national_round_of(round)
    # The province's row before the national one, as everywhere: two provinces then only meet at the national row.
    round = locked_round(round.pk)
    permissions.can_forward(actor, round).require()
    if round.level == Level.NATIONAL:
        raise NotAProvincialRound
    rows = forwarding_rows(round)
    waiting = [row for row in rows if row.forwarding is None]
    if waiting:
        refuse_shared_places(rows)
        if national is None:
            raise NationalRoundMissing(edition=str(round.edition))
        target = receiving(national)
        categories = _national_categories(target, waiting, round)
        entered = [
            _forward(row.award, target, categories[_category(row.award).code], round, actor, at) for row in waiting
        ]
        list_claims(entered, actor=actor, at=at)
    return [row.forwarding for row in forwarding_rows(round) if row.forwarding]


def _category(award: Award) -> Category:
    assert award.category is not None  # noqa: S101 - only categories have a quota
    return award.category


def refuse_shared_places(rows: Iterable[ForwardingRow]) -> None:
    """Raise :class:`SharedPlaceExceedsQuota` where more hold the places than the category forwards."""
    winners: dict[Category, int] = {}
    for row in rows:
        category = _category(row.award)
        winners[category] = winners.get(category, 0) + 1
    for category, count in winners.items():
        if count > category.forward_quota:
            raise SharedPlaceExceedsQuota(category=category.name, winners=count, quota=category.forward_quota)


def _national_categories(national: Round, rows: Collection[ForwardingRow], round: Round) -> Mapping[str, Category]:
    """Return provincial code -> the national category that takes its winners; every winner fits its own."""
    found = categories_for(national, round.region, (_category(row.award).code for row in rows))
    nominees = [row.award.nomination.nominee for row in rows]
    businesses = {one.nominee_id: one for one in BusinessProfile.objects.filter(nominee__in=nominees)}
    for row, nominee in zip(rows, nominees, strict=True):
        business = businesses.get(nominee.pk)
        sector, size = (business.sector, business.size_class) if business else ("", "")
        refuse_misfit(found[_category(row.award).code], kind=nominee.kind, sector=sector, size_class=size)
    return found


def _forward(award: Award, national: Round, category: Category, round: Round, actor: User, at: datetime) -> Nomination:
    source = award.nomination
    nomination = enter(source.nominee, national, category, leader=source.leader, summary=source.summary, source=source)
    forwarding = Forwarding.objects.create(award=award, nomination=nomination, forwarded_by=actor, forwarded_at=at)
    facts = {"category": category.code, "place": award.place, "from": source.number, "to": nomination.number}
    record(
        action=audit_actions.WINNER_FORWARDED,
        actor=actor,
        at=at,
        target=forwarding,
        chain=round.scope,
        payload={**facts, "national_chain": national.scope},
    )
    record(
        action=audit_actions.NOMINATION_RECEIVED,
        actor=actor,
        at=at,
        target=nomination,
        chain=national.scope,
        payload={**facts, "provincial_chain": round.scope},
    )
    return nomination
