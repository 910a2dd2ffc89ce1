"""What is to be published of a round: made of the decision in force once, and read from there ever after."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import F, QuerySet

from judging.core.publication import (
    CATEGORY,
    POOL,
    Correction,
    Other,
    Part,
    Results,
    Special,
    Winner,
    read,
    same_result,
)
from judging.models import Award, MinutesCorrection, Publication, PublicationRules, Tabulation
from nominees.models import Kind, Level, Nomination, Round, Status
from paritrana.kernel import wording
from paritrana.regions.models import Region, RegionKind

from .awards import awards_in_force, special_awards_in_force
from .papers.common import demo_mark
from .published_ties import settled_totals
from .standings import tabulation_in_force


@dataclass(frozen=True, slots=True)
class Telling:
    """Which publication of a round is meant: its number, why it replaces another, when it is made and seen."""

    version: int = 0
    reason: str = ""
    published_at: datetime | None = None
    visible_from: datetime | None = None


def rules_of(round: Round) -> PublicationRules:
    """Return what is set for the round; nothing set yet: the defaults, not stored. One query."""
    return PublicationRules.objects.filter(round=round).first() or PublicationRules(round=round)


def publications_of(round: Round) -> QuerySet[Publication]:
    """Return what was published of the round, newest first, seen or not. One query."""
    return Publication.objects.filter(round=round).select_related("published_by").order_by("-version")


def visible_from(rules: PublicationRules, at: datetime) -> datetime:
    """Return when a result published ``at`` is seen: at once, or when the embargo ends."""
    return max(at, rules.embargo_until) if rules.embargo_until else at


def differs(round: Round, published: Publication) -> bool:
    """Whether the round would tell anything else by now than ``published`` does. Nine queries at most."""
    present = results_of(round, rules_of(round))
    return present is not None and not same_result(present, read(published.content))


def results_of(round: Round, rules: PublicationRules, telling: Telling | None = None) -> Results | None:
    """Return the result as the public would read it; ``None`` without a decision.

    The number of queries does not depend on the number of nominees: eight at most.
    """
    telling = telling or Telling()
    tabulation = tabulation_in_force(round)
    if tabulation is None:
        return None
    meeting, mark = tabulation.plenary, demo_mark(round)
    return Results(
        version=telling.version,
        reason=telling.reason,
        mark=mark,
        year=round.edition.assessment_year,
        edition=round.edition.name,
        level=round.level,
        place_code=round.place_code,
        place=round.place_name,
        zone=round.time_zone,
        published_at=_moment(telling.published_at),
        visible_from=_moment(telling.visible_from),
        ceremony_on=_day(round.ceremony_on),
        ceremony_place=round.ceremony_place,
        minutes=meeting.minutes_number,
        decided_on=_day(meeting.confirmed_at and wording.local_day(meeting.confirmed_at, round.time_zone)),
        corrections=_corrections(tabulation, round),
        shows_totals=rules.shows_totals,
        shows_unplaced=rules.shows_unplaced,
        words=rules.words,
        contact=rules.contact,
        tabulation=tabulation.number,
        rules=tabulation.rules.number,
        engine=tabulation.engine_version,
        parts=_parts(tabulation, round, rules),
        specials=tuple(Special(one.title, one.recipient, one.citation) for one in special_awards_in_force(round)),
    )


def _parts(tabulation: Tabulation, round: Round, rules: PublicationRules) -> tuple[Part, ...]:
    """Every category in its order, then every pool, whether anybody got a title or not."""
    awards: dict[tuple[str, str], list[Award]] = defaultdict(list)
    related = ("nomination__nominee__region__parent__parent__parent", "standing__part")
    for award in (
        awards_in_force(round).select_related(*related).defer("standing__part__input", "standing__part__answer")
    ):
        awards[_key(award)].append(award)
    titled = {(award.category_id, award.nomination_id) for some in awards.values() for award in some}
    others = _others(round, titled) if rules.shows_unplaced else {}
    rows = tabulation.parts.defer("input", "answer").select_related("category", "pool")
    found = []
    for row in rows.order_by(F("category__position").asc(nulls_last=True), "category__code", "pool__code"):
        subject = row.category or row.pool
        assert subject is not None  # noqa: S101 (a database constraint)
        kind = CATEGORY if row.category else POOL
        titles = awards[kind, subject.code]
        found.append(
            Part(
                kind=kind,
                code=subject.code,
                name=subject.name,
                winners=tuple(_winner(one, round, shows_total=rules.shows_totals) for one in titles),
                settled=settled_totals(titles) if rules.shows_totals else (),
                others=others.get(row.category_id or 0, ()),
            )
        )
    return tuple(found)


def _key(award: Award) -> tuple[str, str]:
    if award.category:
        return CATEGORY, award.category.code
    assert award.pool is not None  # noqa: S101 (a database constraint)
    return POOL, award.pool.code


def _winner(award: Award, round: Round, *, shows_total: bool) -> Winner:
    return Winner(
        place=award.place,
        title=award.title,
        name=award.nomination.nominee.name,
        origin=origin(award.nomination, with_province=round.level == Level.NATIONAL),
        total=award.standing.score if shows_total and award.standing else "",
    )


def _others(round: Round, titled: set[tuple[int | None, int]]) -> dict[int, tuple[Other, ...]]:
    """By category, those in the running without a title there: by name, so that the order tells nothing. One query.

    Who withdrew, was rejected, did not come or stood outside the ranking is never named.
    """
    rows = Nomination.objects.filter(round=round, status=Status.RUNNING).select_related(
        "nominee__region__parent__parent__parent"
    )
    found: dict[int, list[Other]] = defaultdict(list)
    for one in rows:
        if (one.category_id, one.pk) not in titled:
            where = origin(one, with_province=round.level == Level.NATIONAL)
            found[one.category_id].append(Other(one.nominee.name, where))
    return {pk: tuple(sorted(some, key=lambda one: (one.name.casefold(), one.origin))) for pk, some in found.items()}


def origin(nomination: Nomination, *, with_province: bool) -> str:
    """Return where a nominee comes from, below what its name says: "Kecamatan Aesesa, Kabupaten Nagekeo".

    Reads ``nominee.region`` and its parents: load three of them with the nominations.
    """
    nominee = nomination.nominee
    places = [one for one in _above(nominee.region) if with_province or one.kind != RegionKind.PROVINCE]
    if nominee.kind == Kind.BUSINESS:
        places = [nominee.region, *places]
    return ", ".join(place.full_name for place in places)


def _above(region: Region) -> Iterable[Region]:
    while region.parent:
        region = region.parent
        yield region


def _corrections(tabulation: Tabulation, round: Round) -> tuple[Correction, ...]:
    """The amendments of the minutes that were confirmed. One query."""
    standing = MinutesCorrection.objects.filter(plenary=tabulation.plenary, minutes__revoked_at=None)
    rows = standing.filter(withdrawn_at=None).exclude(confirmed_at=None)
    return tuple(
        Correction(one.number or str(one.serial), _day(wording.local_day(one.confirmed_at, round.time_zone)))
        for one in rows.order_by("serial")
        if one.confirmed_at
    )


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z") if moment else ""
