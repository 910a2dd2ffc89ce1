"""What a round leaves behind from the plenary on, as bare rows."""

from typing import Any

from judging.models import Award, Forwarding, Standing, Tabulation, TabulationPart
from nominees.models import Category, Nomination, Round

from .rubrics import make_rules
from .world import AT, make_category, make_nomination, make_round, make_user


def make_tabulation(round: Round) -> Tabulation:
    """Return the next frozen tabulation of ``round``, in force and without parts."""
    return Tabulation.objects.create(
        round=round,
        number=round.tabulations.count() + 1,
        rules=round.rule_sets.last() or make_rules(round),
        engine_version="uji",
        frozen_at=AT,
        frozen_by=make_user(),
    )


def make_award(round: Round, nomination: Nomination | None = None, *, place: int = 1, **fields: Any) -> Award:
    """Return an award of ``round`` in its tabulation in force, of a new nomination if none is given."""
    tabulation = round.tabulations.filter(superseded_at=None).first() or make_tabulation(round)
    nomination = nomination or make_nomination(_category(round))
    part, _ = TabulationPart.objects.get_or_create(
        tabulation=tabulation,
        category=nomination.category,
        defaults={"input": "{}", "input_hash": "0" * 64, "answer": "{}", "answer_hash": "0" * 64},
    )
    standing = Standing.objects.create(part=part, nomination=nomination, position=place, place=str(place))
    return Award.objects.create(
        round=round,
        tabulation=tabulation,
        category=nomination.category,
        nomination=nomination,
        standing=standing,
        place=place,
        title=f"Terbaik {place}",
        **fields,
    )


def make_forwarding(award: Award) -> Forwarding:
    """Return the forwarding of ``award`` to a new nomination in the national round."""
    national = Round.objects.filter(edition=award.round.edition, region=None).first() or make_round(
        year=award.round.edition.assessment_year, region_code=None
    )
    nomination = make_nomination(_category(national))
    return Forwarding.objects.create(award=award, nomination=nomination, forwarded_by=make_user(), forwarded_at=AT)


def _category(round: Round) -> Category:
    return make_category(round, f"kategori-{round.categories.count() + 1}")
