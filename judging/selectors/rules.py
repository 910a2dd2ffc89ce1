"""The rules of a round."""

import json
from typing import Any

from django.db.models import QuerySet

from judging.core import policy as policies
from judging.core.policy import Policy
from judging.models import RuleSet
from nominees.models import Round


def rules_in_force(round: Round) -> RuleSet | None:
    """Return the newest rules of ``round``: those by which it is judged. One query."""
    return RuleSet.objects.filter(round=round).order_by("-number").first()


def rule_versions(round: Round) -> QuerySet[RuleSet]:
    """Return every version of the rules of ``round``, newest first. One query."""
    return RuleSet.objects.filter(round=round).select_related("created_by").order_by("-number")


def rules_document(rules: RuleSet) -> dict[str, Any]:
    """Return the ``policy`` of the open format. No query."""
    document: dict[str, Any] = json.loads(rules.content)
    return document


def policy_of(rules: RuleSet) -> Policy:
    """Return the rules as the core takes them. No query."""
    return policies.from_document(rules_document(rules))
