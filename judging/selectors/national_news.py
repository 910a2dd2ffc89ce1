"""How a province's winners fare in the national round. Until its result is public, only that they arrived."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from judging.models import Award
from nominees.models import Nomination, Round

from .forwarding import national_round_of
from .results import is_public


@dataclass(frozen=True, slots=True)
class News:
    """A winner in the national round; before the result is public, and where it got none, both titles are empty.

    ``title`` is that of its category, ``of_pools`` are titles over several categories with what each is over.
    """

    nomination: Nomination
    title: str
    of_pools: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NationalNews:
    """The national round, whether its result is public, and the province's winners there."""

    national: Round | None
    is_public: bool
    rows: tuple[News, ...]


def national_news(round: Round, at: datetime) -> NationalNews:
    """Return what the province of ``round`` may know at the moment ``at``. At most five queries.

    Nothing of screening, verification, scores or places is read before the result is public: only who arrived.
    """
    national = national_round_of(round)
    if national is None:
        return NationalNews(None, is_public=False, rows=())
    rows = list(
        Nomination.objects.filter(round=national)
        .filter(
            Q(forwarded_from__round=round)
            | Q(
                received_winners__package__region=round.region,
                received_winners__package__accepted=True,
                received_winners__package__replaced_at=None,
            )
        )
        .select_related("nominee__region", "category")
        .distinct()
        .order_by("number")
    )
    known = is_public(national, at)
    titles: dict[int, str] = {}
    pools: dict[int, list[str]] = {}
    if known:
        awards = Award.objects.filter(round=national, superseded_at=None, nomination__in=[row.pk for row in rows])
        for award in awards.select_related("category", "pool").order_by("pk"):
            if award.category:
                titles[award.nomination_id] = award.title
            else:
                pools.setdefault(award.nomination_id, []).append(f"{award.title}, {award.pool}")
    told = (News(row, titles.get(row.pk, ""), tuple(pools.get(row.pk, ()))) for row in rows)
    return NationalNews(national, known, tuple(told))
