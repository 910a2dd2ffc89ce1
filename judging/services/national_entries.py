"""How a provincial winner enters the national round, by the same site's act or by a package: category, nomination."""

from collections.abc import Iterable, Mapping

from django.db.models import Max

from judging.selectors.national_categories import takers_of
from nominees.core.eligibility import CategoryFacts, misfit
from nominees.core.lifecycle import State
from nominees.models import Category, Nomination, Nominee, Round, Status
from nominees.services.locks import locked_round
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import require_transaction
from paritrana.regions.models import Region

#: The national round takes winners until it begins to score.
RECEIVING = (State.PREPARATION, State.NOMINATION)


class NationalRoundNotReceiving(DomainError):
    """The national round has begun to score and takes nobody any more; facts ``edition``."""

    code = "national_round_not_receiving"


class NationalCategoryMissing(DomainError):
    """No category of the national round takes winners of these codes; facts ``edition``, ``codes``."""

    code = "national_category_missing"


class NationalCategoryAmbiguous(DomainError):
    """Several categories of the national round take winners of one code; facts ``code``, ``categories``."""

    code = "national_category_ambiguous"


class NationalCategoryDiffers(DomainError):
    """The national category takes another kind, sector or size of nominee; facts ``category``."""

    code = "national_category_differs"


class NominatedElsewhereNationally(DomainError):
    """The nominee stands in another category of the national round; facts ``nominee``, ``category``."""

    code = "nominated_elsewhere_nationally"


def receiving(national: Round) -> Round:
    """Lock and return the national round. Raises :class:`NationalRoundNotReceiving`."""
    national = locked_round(national.pk)
    if national.state not in RECEIVING:
        raise NationalRoundNotReceiving(edition=str(national.edition))
    return national


def categories_for(national: Round, region: Region | None, codes: Iterable[str]) -> Mapping[str, Category]:
    """Return provincial code -> the one national category that takes its winners from ``region``. Three queries.

    Raises :class:`NationalCategoryMissing` with all codes that nobody takes, :class:`NationalCategoryAmbiguous`.
    """
    takers = takers_of(national)
    found = {code: takers.of(code, region.pk if region else None) for code in sorted(set(codes))}
    missing = [code for code, takes in found.items() if not takes]
    if missing:
        raise NationalCategoryMissing(edition=str(national.edition), codes=", ".join(missing))
    for code, takes in found.items():
        if len(takes) > 1:
            raise NationalCategoryAmbiguous(code=code, categories=", ".join(one.name for one in takes))
    return {code: takes[0] for code, takes in found.items()}


def refuse_misfit(category: Category, *, kind: str, sector: str, size_class: str) -> None:
    """Raise :class:`NationalCategoryDiffers` where a nominee of these facts does not fit ``category``."""
    facts = CategoryFacts(category.code, category.name, category.kind, category.sector, tuple(category.sizes))
    if misfit(facts, kind=kind, sector=sector, size_class=size_class):
        raise NationalCategoryDiffers(category=category.name)


def enter(
    nominee: Nominee,
    national: Round,
    category: Category,
    *,
    leader: str,
    summary: str,
    source: Nomination | None = None,
) -> Nomination:
    """Enter a provincial winner into the national round, still to be screened there, and return the nomination.

    One that the national secretariat had entered by hand is linked instead of doubled. The province's secretariat has
    no role in the national round, so this is not the national secretariat's own ``nominate``. The national round's row
    is locked by the caller. Raises :class:`NominatedElsewhereNationally`.
    """
    require_transaction()
    entered = Nomination.objects.filter(round=national, nominee=nominee).select_related("category").first()
    if entered is not None:
        if entered.category_id != category.pk:
            raise NominatedElsewhereNationally(nominee=str(nominee), category=entered.category.name)
        if source is not None:
            entered.forwarded_from = source
            entered.save(update_fields=["forwarded_from"])
        return entered
    last = Nomination.objects.filter(round=national).aggregate(last=Max("number"))["last"] or 0
    return Nomination.objects.create(
        round=national,
        category=category,
        nominee=nominee,
        number=last + 1,
        status=Status.PROPOSED,
        leader=leader,
        summary=summary,
        forwarded_from=source,
    )
