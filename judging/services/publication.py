"""What the public is told: the rules of it, and publishing a result once for all."""

import hashlib
from datetime import datetime, timedelta

from judging import audit_actions
from judging.core.publication import canonical, read, same_result
from judging.models import Publication, PublicationRules
from judging.permissions.publication import can_publish, can_set_publication
from judging.selectors.publication import Telling, publications_of, results_of, rules_of, visible_from
from judging.selectors.standings import tabulation_in_force
from nominees.models import Round
from paritrana.accounts.models import User
from paritrana.audit.record import record
from paritrana.kernel.errors import DomainError
from paritrana.kernel.transactions import atomic_service

from .locks import locked_round

#: No ceremony is put off longer; a typed year that is wrong by one would hide a result for good.
LONGEST_EMBARGO_DAYS = 90


class EmbargoTooFar(DomainError):
    """The embargo ends later than the fact ``days`` from now."""

    code = "embargo_too_far"


class NothingToPublish(DomainError):
    """The round has no decision in force."""

    code = "nothing_to_publish"


class PublicationReasonMissing(DomainError):
    """A version that replaces another has to say why."""

    code = "publication_reason_missing"


class PublicationUnchanged(DomainError):
    """It would tell what the fact ``version`` tells already."""

    code = "publication_unchanged"


@atomic_service
def save_publication_rules(
    *,
    round: Round,
    embargo_until: datetime | None,
    shows_totals: bool,
    shows_unplaced: bool,
    words: str,
    contact: str,
    actor: User,
    at: datetime,
) -> PublicationRules:
    """Set what the next publication of the round tells; what was published stays as it is.

    Raises ``NotPermitted``, :class:`EmbargoTooFar`.
    """
    round = locked_round(round.pk)
    can_set_publication(actor, round).require()
    if embargo_until and embargo_until > at + timedelta(days=LONGEST_EMBARGO_DAYS):
        raise EmbargoTooFar(days=LONGEST_EMBARGO_DAYS)
    rules = rules_of(round)
    rules.embargo_until, rules.shows_totals, rules.shows_unplaced = embargo_until, shows_totals, shows_unplaced
    rules.words, rules.contact = words.replace("\r\n", "\n").strip(), contact.strip()
    rules.save()
    payload = {
        "embargo_until": embargo_until.isoformat() if embargo_until else "",
        "shows_totals": shows_totals,
        "shows_unplaced": shows_unplaced,
        "words": rules.words,
        "contact": rules.contact,
    }
    record(
        action=audit_actions.PUBLICATION_RULES_SAVED,
        actor=actor,
        at=at,
        target=rules,
        chain=round.scope,
        payload=payload,
    )
    return rules


@atomic_service
def publish(*, round: Round, actor: User, at: datetime, reason: str = "") -> Publication:
    """Publish the decision in force as the next version; the first needs no ``reason``, each later one does.

    The announcement publishes the first in its own transaction. Raises ``NotPermitted``, :class:`NothingToPublish`,
    :class:`PublicationReasonMissing`, :class:`PublicationUnchanged` (the same content, seen at the same time).
    """
    round = locked_round(round.pk)
    can_publish(actor, round).require()
    last, tabulation = publications_of(round).first(), tabulation_in_force(round)
    rules = rules_of(round)
    if tabulation is None:
        raise NothingToPublish
    if last and not reason.strip():
        raise PublicationReasonMissing
    seen_from = visible_from(rules, at)
    telling = Telling(last.version + 1 if last else 1, reason.strip() if last else "", at, seen_from)
    results = results_of(round, rules, telling)
    assert results is not None  # noqa: S101 (there is a tabulation)
    if last and same_result(results, read(last.content)) and not _moves(last, seen_from, at):
        raise PublicationUnchanged(version=last.version)
    content = canonical(results)
    publication = Publication.objects.create(
        round=round,
        tabulation=tabulation,
        version=telling.version,
        year=results.year,
        place_code=results.place_code,
        place_name=results.place,
        edition_name=results.edition,
        is_demo=bool(results.mark),
        content=content,
        sha256=hashlib.sha256(content.encode("ascii")).hexdigest(),
        visible_from=seen_from,
        reason=telling.reason,
        published_by=actor,
        published_at=at,
    )
    _record(publication, actor, at)
    return publication


def _moves(last: Publication, seen_from: datetime, at: datetime) -> bool:
    """Whether a version that is still under embargo would be seen at another time."""
    return last.visible_from > at and last.visible_from != seen_from


def _record(publication: Publication, actor: User, at: datetime) -> None:
    payload = {
        "version": publication.version,
        "sha256": publication.sha256,
        "visible_from": publication.visible_from.isoformat(),
        "reason": publication.reason,
    }
    record(
        action=audit_actions.RESULT_PUBLISHED,
        actor=actor,
        at=at,
        target=publication,
        chain=publication.round.scope,
        payload=payload,
    )
