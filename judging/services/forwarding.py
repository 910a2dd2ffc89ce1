"""Sending the winners on: a titled place within the quota becomes a nomination in the national round."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from django.db.models import Max

from judging import audit_actions, permissions
from judging.models import Award, Forwarding
from judging.selectors.forwarding import ForwardingRow, forwarding_rows, national_round_of
from nominees.core.eligibility import CategoryFacts, misfit
from nominees.core.lifecycle import State
from nominees.models import BusinessProfile, Category, Level, Nomination, Round, Status
from nominees.services.locks import locked_round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

#: The national round takes winners until it begins to score.
RECEIVING = (State.PREPARATION, State.NOMINATION)


class NotAProvincialRound(DomainError):
    """The national round forwards nobody."""

    code = "not_a_provincial_round"


class NationalRoundMissing(DomainError):
    """The edition has no national round; facts ``edition``."""

    code = "national_round_missing"


class NationalRoundNotReceiving(DomainError):
    """The national round has begun to score and takes nobody any more; facts ``edition``."""

    code = "national_round_not_receiving"


class NationalCategoryMissing(DomainError):
    """The national round lacks categories of these codes; facts ``edition``, ``codes``."""

    code = "national_category_missing"


class NationalCategoryDiffers(DomainError):
    """The national category of this code takes another kind of nominee; facts ``category``."""

    code = "national_category_differs"


class SharedPlaceExceedsQuota(DomainError):
    """More nominees share the places than the category forwards; the plenary settles who goes.

    Facts ``category``, ``winners``, ``quota``.
    """

    code = "shared_place_exceeds_quota"


class NominatedElsewhereNationally(DomainError):
    """The nominee stands in another category of the national round; facts ``nominee``, ``category``."""

    code = "nominated_elsewhere_nationally"


@atomic_service
def forward_winners(*, round: Round, actor: User, at: datetime) -> list[Forwarding]:
    """Forward every winner within its category's quota; return all forwardings of the round, old and new.

    Doing it again changes nothing and returns the same. A shared place that would send more than the quota is refused
    whole: who goes is for the plenary, not for the order of a list. Raises :class:`NotAProvincialRound`,
    :class:`NationalRoundMissing`, :class:`NationalRoundNotReceiving`, :class:`NationalCategoryMissing`,
    :class:`NationalCategoryDiffers`, :class:`SharedPlaceExceedsQuota`, :class:`NominatedElsewhereNationally` or
    ``NotPermitted``.
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
        _refuse_shared_places(rows)
        target = _receiving(national, round)
        categories = _national_categories(target, waiting, round)
        for row in waiting:
            _forward(row.award, target, categories[_category(row.award).code], round, actor, at)
    return [row.forwarding for row in forwarding_rows(round) if row.forwarding]


def _category(award: Award) -> Category:
    assert award.category is not None  # noqa: S101 - only categories have a quota
    return award.category


def _refuse_shared_places(rows: Iterable[ForwardingRow]) -> None:
    winners: dict[Category, int] = {}
    for row in rows:
        category = _category(row.award)
        winners[category] = winners.get(category, 0) + 1
    for category, count in winners.items():
        if count > category.forward_quota:
            raise SharedPlaceExceedsQuota(category=category.name, winners=count, quota=category.forward_quota)


def _receiving(national: Round | None, round: Round) -> Round:
    """Lock and return the national round, if it still takes winners."""
    if national is None:
        raise NationalRoundMissing(edition=str(round.edition))
    national = locked_round(national.pk)
    if national.state not in RECEIVING:
        raise NationalRoundNotReceiving(edition=str(round.edition))
    return national


def _national_categories(national: Round, rows: Collection[ForwardingRow], round: Round) -> Mapping[str, Category]:
    """Return code -> the national category of that code; every winner fits its own."""
    found = {category.code: category for category in Category.objects.filter(round=national)}
    wanted = {_category(row.award).code for row in rows}
    missing = sorted(wanted - found.keys())
    if missing:
        raise NationalCategoryMissing(edition=str(round.edition), codes=", ".join(missing))
    for row in rows:
        category = found[_category(row.award).code]
        facts = CategoryFacts(category.code, category.name, category.kind, category.sector, tuple(category.sizes))
        nominee = row.award.nomination.nominee
        business = BusinessProfile.objects.filter(nominee=nominee).first()
        sector, size = (business.sector, business.size_class) if business else ("", "")
        if misfit(facts, kind=nominee.kind, sector=sector, size_class=size):
            raise NationalCategoryDiffers(category=category.name)
    return found


def _forward(award: Award, national: Round, category: Category, round: Round, actor: User, at: datetime) -> None:
    source = award.nomination
    nomination = _nominate(source, national, category)
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


def _nominate(source: Nomination, national: Round, category: Category) -> Nomination:
    """Enter a provincial winner into the national round, still to be screened there, and return the nomination.

    One that the national secretariat had entered by hand is linked instead of doubled. The province's secretariat has
    no role in the national round, so this is not the national secretariat's own ``nominate``: the right to do it is
    ``can_forward`` in the province. The round's row is locked by the caller.
    """
    entered = Nomination.objects.filter(round=national, nominee=source.nominee).select_related("category").first()
    if entered is not None:
        if entered.category_id != category.pk:
            raise NominatedElsewhereNationally(nominee=str(source), category=entered.category.name)
        entered.forwarded_from = source
        entered.save(update_fields=["forwarded_from"])
        return entered
    last = Nomination.objects.filter(round=national).aggregate(last=Max("number"))["last"] or 0
    return Nomination.objects.create(
        round=national,
        category=category,
        nominee=source.nominee,
        number=last + 1,
        status=Status.PROPOSED,
        leader=source.leader,
        summary=source.summary,
        forwarded_from=source,
    )
