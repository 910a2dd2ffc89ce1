"""The ceremony of a round: its parts in their running order, the awards that are called, and who comes for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from judging.core.ceremony import Part, Winner
from judging.models import Award, Ceremony, Guest, SpecialAward
from judging.selectors.awards import awards_in_force, special_awards_in_force
from judging.selectors.papers.common import category_title, origin, recipient
from nominees.core.lifecycle import State
from nominees.models import Kind, Round
from paritrana.kernel.wording import decimal_number

#: While these last, the awards in force are the result.
DECIDED: Final = frozenset({State.DECIDED, State.ANNOUNCED, State.CLOSED})
AWARD, SPECIAL = "gelar", "khusus"

Subject = Award | SpecialAward


@dataclass(frozen=True, slots=True)
class Called:
    """An award as it is called at the ceremony; ``guest`` once anything is known of who comes."""

    part: Part
    winner: Winner
    guest: Guest | None


def ceremony_of(round: Round) -> Ceremony | None:
    """Return what was prepared of the ceremony, if anything was. One query."""
    return Ceremony.objects.filter(round=round).first()


def parts_of(round: Round, ceremony: Ceremony | None) -> list[Part]:
    """Return the parts in their running order; before the decision without winners. Four queries.

    What the order does not name yet comes last, as the categories are ordered.
    """
    winners = _winners(round) if round.state in DECIDED else {}
    parts = [
        *(_part(f"kategori-{one.code}", category_title(one.name), winners) for one in round.categories.all()),
        *(_part(f"umum-{one.code}", category_title(one.name), winners) for one in round.pools.all()),
    ]
    if round.state in DECIDED:
        parts += [_special(award) for award in special_awards_in_force(round)]
    order = {key: turn for turn, key in enumerate(ceremony.running_order if ceremony else [])}
    return sorted(parts, key=lambda part: order.get(part.key, len(order)))


def called_in(round: Round, parts: Iterable[Part]) -> list[Called]:
    """Return every award of ``parts`` (of ``parts_of``) with its guest, as they are called: last places first.

    One query.
    """
    guests = guests_of(round)
    return [
        Called(part, winner, guests.get(winner.key))
        for part in parts
        for winner in sorted(part.winners, key=lambda winner: -winner.place)
    ]


def guests_of(round: Round) -> dict[str, Guest]:
    """Return who comes, by the key of the award (``Winner.key``). One query."""
    return {_key_of(guest): guest for guest in Guest.objects.filter(ceremony__round=round)}


def award_called(round: Round, key: str) -> Subject | None:
    """Return the award in force that ``key`` (``Winner.key``) names, if there is one. One query."""
    kind, _, number = key.partition("-")
    if round.state not in DECIDED or not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    if kind == AWARD:
        return awards_in_force(round).filter(pk=int(number)).first()
    return special_awards_in_force(round).filter(pk=int(number)).first() if kind == SPECIAL else None


def has_names(parts: Sequence[Part]) -> bool:
    """Whether anybody is called."""
    return any(part.winners for part in parts)


def _winners(round: Round) -> dict[str, list[Winner]]:
    found: dict[str, list[Winner]] = {}
    for award in awards_in_force(round):
        group = f"kategori-{award.category.code}" if award.category else f"umum-{award.pool and award.pool.code}"
        found.setdefault(group, []).append(
            Winner(
                key=f"{AWARD}-{award.pk}",
                title=award.title,
                name=recipient(award.nomination),
                place=award.place,
                origin=origin(award.nomination) if award.nomination.nominee.kind == Kind.BUSINESS else "",
                score=decimal_number(Decimal(award.standing.score)) if award.standing.score else "",
            )
        )
    return found


def _part(key: str, name: str, winners: dict[str, list[Winner]]) -> Part:
    return Part(key, name, tuple(winners.get(key, ())))


def _special(award: SpecialAward) -> Part:
    winner = Winner(
        key=f"{SPECIAL}-{award.pk}", title=award.title, name=award.recipient, place=1, origin=award.citation
    )
    return Part(winner.key, award.title, (winner,), is_special=True)


def _key_of(guest: Guest) -> str:
    return f"{AWARD}-{guest.award_id}" if guest.award_id else f"{SPECIAL}-{guest.special_award_id}"
