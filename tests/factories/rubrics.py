"""Rubrics as documents and as rows."""

import json
from typing import Any

from judging.core import rubric as core
from judging.core.policies import NTT_POLICY, normalised
from judging.models import CategoryRubric, Rubric, RubricVersion, RuleSet
from nominees.models import Category, Round

from .world import AT


def rubric_document(*, panel_weight: str = "60", title: str = "Inovasi") -> dict[str, Any]:
    """Return a small tree with each of the three sources; it closes only with ``panel_weight`` 60."""
    return {
        "id": "total",
        "title": "Nilai akhir",
        "children": [
            {
                "id": "cakupan",
                "title": "Cakupan",
                "weight": "30",
                "kind": "indicator",
                "transform": {"type": "identity"},
            },
            {"id": "regulasi", "title": "Regulasi", "weight": "10", "kind": "fixed", "max": "100"},
            {"id": "inovasi", "title": title, "weight": panel_weight, "kind": "panel", "max": "100", "step": "0.5"},
        ],
    }


def make_rubric(round: Round, code: str = "contoh", **fields: Any) -> Rubric:
    """Return a new rubric without a version."""
    fields.setdefault("name", f"Rubrik {code}")
    return Rubric.objects.create(round=round, code=code, **fields)


def make_version(rubric: Rubric, document: dict[str, Any] | None = None, **fields: Any) -> RubricVersion:
    """Return the next version of ``rubric``, not locked."""
    tree = core.from_document(document or rubric_document())
    return RubricVersion.objects.create(
        rubric=rubric,
        number=rubric.versions.count() + 1,
        content=core.canonical(tree).decode(),
        content_hash=core.content_hash(tree),
        created_at=AT,
        **fields,
    )


def make_category_rubric(category: Category, document: dict[str, Any] | None = None) -> RubricVersion:
    """Return a new version by which ``category`` is judged, in a rubric of its own."""
    version = make_version(make_rubric(category.round, f"rubrik-{category.code}"), document)
    CategoryRubric.objects.create(category=category, version=version)
    return version


def make_rules(round: Round, *, divergence_limit: int = 20, **changes: Any) -> RuleSet:
    """Return the next rules of ``round``: NTT's, with ``changes``."""
    content = json.dumps(normalised(NTT_POLICY | changes), sort_keys=True, separators=(",", ":"))
    number = RuleSet.objects.filter(round=round).count() + 1
    return RuleSet.objects.create(
        round=round,
        number=number,
        content=content,
        content_hash="0" * 64,
        divergence_limit=divergence_limit,
        created_at=AT,
    )
