"""What the public check tells of a paper: what, to whom, in which competition, when, under which number."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from judging.models import Document, Invitation
from judging.selectors.papers.invitations import read_letter
from judging.selectors.public_check import Check
from judging.selectors.signing import report_of
from paritrana.kernel import phrases, wording

from .signing_words import signed_facts, standing_badge


def facts_of(check: Check, *, result_url: str = "") -> list[dict[str, Any]]:
    """Return the facts of a paper in the order in which they are printed; none where none is known.

    ``result_url`` is the public result of its round; minutes also name the amendments with which they are to be read.
    """
    document = check.document
    if document is None:
        return []
    if isinstance(document, Invitation):
        return _facts_of_invitation(document)
    zone = document.round.time_zone
    facts: list[dict[str, Any]] = [
        {"label": _("Document"), "value": document.get_kind_display()},
        *_about(document),
        {"label": _("Edition"), "value": str(document.round), "url": result_url},
        {"label": _("Number"), "value": document.number},
        {"label": _("Issued"), "value": wording.date_time(document.issued_at, zone)},
        *({"label": _("Amendment of the minutes"), "value": number} for number in check.amendments),
    ]
    if document.revoked_at:
        facts.append({"label": _("Revoked"), "value": wording.date_time(document.revoked_at, zone)})
    return facts


def _about(document: Document) -> list[dict[str, Any]]:
    """Whom or what the paper is about; a paper of the whole round is about nothing single."""
    facts: list[tuple[Any, str]] = []
    award, special = document.award, document.special_award
    if award:
        facts += [(_("Awarded to"), str(award.nomination)), (_("Title"), award.title)]
    if special:
        facts += [(_("Awarded to"), special.recipient), (_("Title"), special.title), (_("For"), special.citation)]
    if document.nomination:
        facts.append((_("Given to"), str(document.nomination)))
    if document.seating:
        facts += [(_("Given to"), document.seating.name), (phrases.SEAT, document.seating.seat.name)]
    subject = document.category or document.pool or (award and (award.category or award.pool))
    if subject is None and document.nomination:
        subject = document.nomination.category
    if subject:
        facts.append((phrases.CATEGORY, subject.name))
    return [{"label": label, "value": value} for label, value in facts]


def _facts_of_invitation(letter: Invitation) -> list[dict[str, Any]]:
    """The same of an invitation, with the time that it tells."""
    said, zone = read_letter(letter.content), letter.round.time_zone
    when = f"{wording.long_day_date(wording.local_day(said.starts_at, zone))}, "
    return [
        {"label": _("Document"), "value": _("Invitation to an interview")},
        {"label": phrases.NOMINEE, "value": said.nominee},
        {"label": _("Interview"), "value": when + wording.time_range(said.starts_at, said.ends_at, zone)},
        {"label": _("Edition"), "value": str(letter.round)},
        {"label": _("Number"), "value": letter.number},
        {"label": _("Issued"), "value": wording.date_time(letter.issued_at, zone)},
    ]


def signature_of(check: Check) -> dict[str, Any] | None:
    """Return the badge and the facts of the signature in force, or ``None`` where none is registered."""
    if check.signed is None or check.document is None:
        return None
    return {
        "badge": standing_badge(report_of(check.signed)),
        "facts": signed_facts(check.signed, check.document.round.time_zone),
    }
