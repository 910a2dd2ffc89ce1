"""Rubrics as people read them: the tree line by line, and what one version changed against another."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from django.db.models import Prefetch, QuerySet

from judging.core import rubric as core
from judging.core.criteria import Criterion, Rubric
from judging.core.numbers import HUNDRED, plain
from judging.models import CategoryRubric, RubricVersion
from judging.models import Rubric as RubricModel
from nominees.models import Round


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """One criterion on a page: ``depth`` 1 is right under the root; ``share`` is its weight in the whole, of 100."""

    criterion: Criterion
    depth: int
    share: Fraction


@dataclass(frozen=True, slots=True)
class Difference:
    """What changed at one criterion: ``field`` of it (or ``added``, ``removed``), before and after as plain text."""

    criterion: str
    title: str
    field: str
    before: str
    after: str


def read_version(version: RubricVersion) -> Rubric:
    """Return the rubric that ``version`` holds. No query; raises the core's refusals for a damaged one."""
    return _read(version.content)


@lru_cache(maxsize=64)  # every save reads one of a few; what is read never changes
def _read(content: str) -> Rubric:
    return core.from_document(json.loads(content))


def rubrics_of(round: Round) -> QuerySet[RubricModel]:
    """Return the rubrics of ``round`` with their versions (newest first) and the categories judged by them."""
    uses = Prefetch("uses", queryset=CategoryRubric.objects.select_related("category"))
    versions = RubricVersion.objects.order_by("-number").select_related("created_by").prefetch_related(uses)
    return RubricModel.objects.filter(round=round).prefetch_related(Prefetch("versions", queryset=versions))


def rubric_at(round: Round, code: str) -> RubricModel | None:
    """Return the rubric ``code`` of ``round``, loaded as in :func:`rubrics_of`."""
    return rubrics_of(round).filter(code=code).first()


def assigned_versions(round: Round) -> dict[int, RubricVersion]:
    """Return category id -> the version by which it is judged; a category without one is missing. One query."""
    uses = CategoryRubric.objects.filter(category__round=round).select_related("version__rubric")
    return {use.category_id: use.version for use in uses}


def assigned_rubrics(round: Round) -> dict[int, Rubric]:
    """Return category id -> its rubric, each version read once. One query."""
    versions = assigned_versions(round)
    read = {version.pk: read_version(version) for version in set(versions.values())}
    return {category_id: read[version.pk] for category_id, version in versions.items()}


def lines(rubric: Rubric) -> list[CriterionLine]:
    """Return the criteria in the order of the tree, without the root."""
    return list(_under(rubric.root, 1, HUNDRED))


def _under(node: Criterion, depth: int, share: Fraction) -> Iterator[CriterionLine]:
    for child in node.children:
        own = share * child.weight / 100
        yield CriterionLine(child, depth, own)
        yield from _under(child, depth + 1, own)


def differences(before: Rubric, after: Rubric) -> list[Difference]:
    """Return what ``after`` changed against ``before``, criterion by criterion; an empty list says nothing did."""
    old, new = _facts(before), _facts(after)
    found = [
        Difference(name, new[name]["title"], field, old[name][field], text)
        for name in new
        if name in old
        for field, text in new[name].items()
        if text != old[name][field]
    ]
    found += [Difference(name, new[name]["title"], "added", "", new[name]["weight"]) for name in new if name not in old]
    found += [
        Difference(name, old[name]["title"], "removed", old[name]["weight"], "") for name in old if name not in new
    ]
    return found


def _facts(rubric: Rubric) -> Mapping[str, Mapping[str, str]]:
    """Everything a version says of each criterion, as plain text."""
    parents = {child.id: node.id for node in rubric.nodes for child in node.children}
    return {
        node.id: {
            "title": node.title,
            "weight": plain(node.weight),
            "parent": parents.get(node.id, ""),
            "source": "" if node.is_branch else node.source,
            "scale": "" if node.is_branch else _scale(node),
            "transform": json.dumps(node.transform.to_document(), sort_keys=True) if node.transform else "",
            "levels": "; ".join(f"{plain(level.value)}: {level.descriptor}" for level in node.levels),
            "may_be_na": "1" if node.may_be_na else "",
            "soft_bounds": f"{plain(node.soft_bounds.low)}–{plain(node.soft_bounds.high)}" if node.soft_bounds else "",
        }
        for node in rubric.nodes
    }


def _scale(node: Criterion) -> str:
    step = f" / {plain(node.scale.step)}" if node.scale.step is not None else ""
    return f"{plain(node.scale.minimum)}–{plain(node.scale.maximum)}{step} ({node.scale.normalise})"
