"""From decided places to awards: the pools of firsts are frozen, who holds a titled place gets its title."""

from collections.abc import Iterable
from datetime import datetime

from judging.models import Award, Plenary, SpecialAward
from judging.selectors.decided import FinalStanding
from judging.selectors.standings import PartStandings, final_standings
from judging.selectors.tabulations import canonical, sha256_of
from nominees.models import Category, Pool, PoolMode, Round
from paritrana.accounts.models import User
from paritrana.kernel.transactions import require_transaction

from .tabulation import freeze_anew, freeze_pool

Row = tuple[str, str, int, str, int]


def awards_hash(awards: Iterable[Award], special: Iterable[SpecialAward] = ()) -> str:
    """Return the SHA-256 of who got which title, in the order of category, pool and place.

    ``special``: awards outside the ranking, by their titles; they enter the hash only where there are some.
    """
    rows = [_row(each.category, each.pool, each.place, each.title, each.nomination.number) for each in awards]
    return _hash(rows, special)


def hash_of_result(plenary: Plenary, special: Iterable[SpecialAward] = ()) -> str:
    """Return what :func:`awards_hash` will be if the result of ``plenary`` is decided as it stands now."""
    rows = [
        _row(part.category, part.pool, int(line.place), line.title, line.nomination.number)
        for part in final_standings(plenary.tabulation).parts
        for line in titled(part)
    ]
    return _hash(rows, special)


def titled(part: PartStandings) -> Iterable[FinalStanding]:
    """The lines of ``part`` that hold a titled place; who shares it gets the same title."""
    return (line for line in part.ranked if line.title)


def freeze_pools(*, plenary: Plenary, round: Round, actor: User, at: datetime) -> None:
    """Freeze the pools of firsts as decided; a decision made again gets the next version of the tabulation."""
    require_transaction()
    live = [part for part in final_standings(plenary.tabulation).pools if part.part is None]
    if plenary.tabulation.parts.filter(pool__mode=PoolMode.FIRSTS).exists():
        plenary.tabulation = freeze_anew(tabulation=plenary.tabulation, round=round, actor=actor, at=at)
        plenary.save(update_fields=["tabulation"])
    for part in live:
        if part.pool:
            freeze_pool(
                tabulation=plenary.tabulation, pool=part.pool, problem=part.undecided, round=round, actor=actor, at=at
            )


def make_awards(*, plenary: Plenary, round: Round) -> tuple[Award, ...]:
    """Award every titled place of the decided ``plenary``."""
    require_transaction()
    parts = final_standings(plenary.tabulation).parts
    return tuple(Award.objects.bulk_create(award for part in parts for award in _awards(round, part)))


def _awards(round: Round, part: PartStandings) -> Iterable[Award]:
    for line in titled(part):
        if line.standing and part.part:
            yield Award(
                round=round,
                tabulation_id=part.part.tabulation_id,
                category=part.category,
                pool=part.pool,
                nomination=line.nomination,
                standing=line.standing,
                place=int(line.place),
                title=line.title,
                decision=line.deviation or line.tie_decision,
            )


def _row(category: Category | None, pool: Pool | None, place: int, title: str, number: int) -> Row:
    return category.code if category else "", pool.code if pool else "", place, title, number


def _hash(rows: list[Row], special: Iterable[SpecialAward]) -> str:
    found: dict[str, object] = {"awards": sorted(map(list, rows))}
    outside = sorted([each.title, each.recipient, each.citation] for each in special)
    return sha256_of(canonical(found | ({"special": outside} if outside else {})))
