"""Drafting the rules by which marks become places."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from judging import audit_actions, permissions
from judging.core.policies import MOST_PLACES, normalised, titles
from judging.core.refusals import Malformed
from judging.models import RuleSet, Voting
from judging.selectors.rules import rules_in_force
from nominees.models import Category, Pool, Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round

#: Points by which seats differ on a criterion before the plenary is shown a flag, unless a round says otherwise.
DIVERGENCE_LIMIT = 20


class RulesUnchanged(DomainError):
    """The draft says what the rules in force say; facts ``number``."""

    code = "rules_unchanged"


class DivergenceLimitOutOfRange(DomainError):
    """The limit over which the plenary is shown a flag is not 0 to 100 points; facts ``limit``."""

    code = "divergence_limit_out_of_range"


@atomic_service
def draft_rules(
    *,
    round: Round,
    policy: Mapping[str, Any],
    actor: User,
    at: datetime,
    note: str = "",
    divergence_limit: int | None = None,
    voting: str | None = None,
) -> RuleSet:
    """Write the next version of the rules, which is then in force; earlier versions stay readable.

    ``policy`` is the one of the open tabulation format; what it leaves out takes its default. ``divergence_limit`` is
    in points, 0 to 100, and stays what it was (at first 20) unless told; so does ``voting``, how the plenary votes (at
    first openly): neither is part of the policy, nor of its hash. Only in preparation.
    Raises the core's refusals, ``malformed`` for decisions of a plenary among the rules, :class:`RulesUnchanged`,
    :class:`DivergenceLimitOutOfRange`.
    """
    round = locked_round(round.pk)
    permissions.can_draft_rules(actor, round).require()
    document = normalised(policy)
    if document["chair"]:
        raise Malformed("policy.chair", "rules hold no decisions: these come from the plenary")
    if "chair" in document["tie_break"][:-1]:
        # It orders what the others leave tied; before one of them, its order would never reach that group again.
        raise Malformed("policy.tie_break", "the plenary decides last")
    content = json.dumps(document, sort_keys=True, separators=(",", ":"))
    present = rules_in_force(round)
    limit = _limit(divergence_limit, present)
    vote = Voting(voting or (present.voting if present else Voting.OPEN))
    if present and (present.content, present.divergence_limit, present.voting) == (content, limit, vote):
        raise RulesUnchanged(number=present.number)
    rules = RuleSet.objects.create(
        round=round,
        number=present.number + 1 if present else 1,
        content=content,
        content_hash=hashlib.sha256(content.encode("ascii")).hexdigest(),
        divergence_limit=limit,
        voting=vote,
        note=note,
        created_by=actor,
        created_at=at,
    )
    record(
        action=audit_actions.RULES_DRAFTED,
        actor=actor,
        at=at,
        target=rules,
        chain=round.scope,
        payload={
            "number": rules.number,
            "hash": rules.content_hash,
            "policy": document,
            "divergence_limit": limit,
            "voting": vote,
            "note": note,
        },
    )
    return rules


def _limit(wanted: int | None, present: RuleSet | None) -> int:
    if wanted is None:
        return present.divergence_limit if present else DIVERGENCE_LIMIT
    if not 0 <= wanted <= 100:
        raise DivergenceLimitOutOfRange(limit=wanted)
    return wanted


def titles_for(round: Round, word: str) -> list[str]:
    """Return titles for the most places that any category or pool of ``round`` has (3 when there is none yet)."""
    counts = [
        *Category.objects.filter(round=round).values_list("places", flat=True),
        *Pool.objects.filter(round=round).values_list("places", flat=True),
    ]
    return titles(word, min(max(counts, default=3), MOST_PLACES))
