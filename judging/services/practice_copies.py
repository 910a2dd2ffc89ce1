"""What a practice round takes from the round beside it: rules, categories with their rubrics, seats and who sits there.

Rows are written directly: the event of the opening names them all, and a seat here gives nobody a role.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from judging.models import CategoryRubric, Rubric, RubricVersion, RuleSet, Seat, Seating
from judging.selectors.panels import panel_of
from judging.selectors.rubrics import assigned_versions
from judging.selectors.rules import rules_in_force
from nominees.models import Category, Pool, Round
from paritrana.accounts.models import User
from paritrana.kernel.transactions import require_transaction
from paritrana.kernel.wording import local_day


@dataclass(frozen=True, slots=True)
class Setup:
    """What was copied: each category with its rubric, and the seats that somebody holds."""

    rubrics: Mapping[Category, RubricVersion]
    seats: tuple[Seat, ...]
    rules_hash: str

    @property
    def is_usable(self) -> bool:
        """Whether somebody can score somebody by something."""
        return bool(self.rubrics and self.seats and self.rules_hash)


def copy_setup(source: Round, practice: Round, *, actor: User, at: datetime) -> Setup:
    """Copy what is in force in ``source`` at the moment ``at``; categories without a rubric stay behind."""
    require_transaction()
    categories = _categories(source, practice, actor, at)
    by_code = {category.code: category for category in categories}
    _copy_pools(source, practice, by_code)
    return Setup(categories, _copy_seats(source, practice, by_code, at), _copy_rules(source, practice, actor, at))


def _categories(source: Round, practice: Round, actor: User, at: datetime) -> dict[Category, RubricVersion]:
    versions = assigned_versions(source)
    copied = {
        version.pk: _copy_version(version, practice, actor, at)
        for version in sorted(set(versions.values()), key=_order)
    }
    found: dict[Category, RubricVersion] = {}
    for category in source.categories.filter(pk__in=versions):
        version = copied[versions[category.pk].pk]
        category.pk, category.round = None, practice
        category._state.adding = True
        category.save()
        CategoryRubric.objects.create(category=category, version=version)
        found[category] = version
    return found


def _order(version: RubricVersion) -> tuple[int, int]:
    return version.rubric_id, version.number


def _copy_version(version: RubricVersion, practice: Round, actor: User, at: datetime) -> RubricVersion:
    """Copy a version, locked: sheets may exist from now on."""
    told = version.rubric
    rubric, _ = Rubric.objects.get_or_create(
        round=practice, code=told.code, defaults={"name": told.name, "is_sample": told.is_sample}
    )
    return RubricVersion.objects.create(
        rubric=rubric,
        number=version.number,
        content=version.content,
        content_hash=version.content_hash,
        reason=version.reason,
        created_by=actor,
        created_at=at,
        locked_at=at,
    )


def _copy_pools(source: Round, practice: Round, categories: Mapping[str, Category]) -> None:
    for pool in source.pools.prefetch_related("categories"):
        members = [categories[one.code] for one in pool.categories.all() if one.code in categories]
        copy = Pool.objects.create(round=practice, code=pool.code, name=pool.name, mode=pool.mode, places=pool.places)
        copy.categories.set(members)


def _copy_seats(source: Round, practice: Round, categories: Mapping[str, Category], at: datetime) -> tuple[Seat, ...]:
    """Copy every seat with who holds it on the day of ``at``; return those that are held."""
    today = local_day(at, source.time_zone)
    held = []
    for one in panel_of(source, today):
        seat = Seat.objects.create(
            round=practice,
            code=one.seat.code,
            name=one.seat.name,
            office=one.seat.office,
            position=one.seat.position,
            vacant_reason=one.seat.vacant_reason,
        )
        own = one.seat.own_categories.values_list("code", flat=True)
        seat.own_categories.set([categories[code] for code in own if code in categories])
        if one.seating:
            person = {name: getattr(one.seating, name) for name in ("user", "name", "position_title", "nip")}
            Seating.objects.create(round=practice, seat=seat, starts_on=today, **person)
            held.append(seat)
    return tuple(held)


def _copy_rules(source: Round, practice: Round, actor: User, at: datetime) -> str:
    rules = rules_in_force(source)
    if rules is None:
        return ""
    copied = ("number", "content", "content_hash", "divergence_limit", "voting", "note")
    kept = {name: getattr(rules, name) for name in copied}
    RuleSet.objects.create(round=practice, created_by=actor, created_at=at, **kept)
    return rules.content_hash
