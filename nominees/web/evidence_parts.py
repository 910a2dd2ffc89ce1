"""Evidence as it is listed, on the nominee's pages and beside a score sheet."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from nominees.core.evidence_file import KINDS
from nominees.models import Evidence, EvidenceKind, Nomination
from paritrana.accounts.models import Role
from paritrana.kernel import phrases, wording

from .parts import address

#: Who may still look at what was withdrawn.
KEEPERS = (Role.SECRETARIAT, Role.NATIONAL_SECRETARIAT, Role.AUDITOR)
MEGABYTE = 1024 * 1024


def evidence_url(nomination: Nomination, one: Evidence) -> str:
    """Return where a piece of evidence is read: in this product, or at its own address."""
    if one.kind == EvidenceKind.LINK:
        return one.address
    return address("nominees:evidence_file", nomination.round, number=nomination.number, evidence_id=one.pk)


def kind_text(one: Evidence) -> str:
    """Return "PDF, 1,2 MB" or "Link"."""
    if one.kind == EvidenceKind.LINK:
        return str(EvidenceKind.LINK.label)
    kind = KINDS.get(one.media_type)
    name = kind.suffix.upper() if kind else one.media_type
    if one.size < MEGABYTE:
        return f"{name}, {max(one.size // 1024, 1)} KB"
    return f"{name}, {wording.decimal_number(Fraction(one.size, MEGABYTE), 1)} MB"


def evidence_items(
    nomination: Nomination, found: Iterable[Evidence], titles: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return what stands beside a sheet: ``title``, ``url``, ``kind``, ``criterion`` (id), ``about``, ``late``."""
    return [
        {
            "title": one.title,
            "url": evidence_url(nomination, one),
            "kind": kind_text(one),
            "criterion": one.criterion,
            "about": titles.get(one.criterion, one.criterion),
            "late": one.late_reason,
        }
        for one in found
    ]


def evidence_table(
    nomination: Nomination,
    found: Iterable[Evidence],
    titles: Mapping[str, str],
    *,
    may_withdraw: bool = False,
    may_open_all: bool = False,
) -> dict[str, Any]:
    """Return the table of all evidence on a nominee; the withdrawn say why, and open only to who keeps them."""
    columns = [pgettext("evidence", "Title"), _("Criterion"), _("Added"), phrases.STATUS]
    return {
        "columns": [{"label": label} for label in (*columns, *([_("Actions")] if may_withdraw else []))],
        "rows": [_row(nomination, one, titles, may_withdraw=may_withdraw, may_open_all=may_open_all) for one in found],
        "empty": {"title": _("No evidence has been added."), "icon": "file-text"},
    }


def _row(
    nomination: Nomination, one: Evidence, titles: Mapping[str, str], *, may_withdraw: bool, may_open_all: bool
) -> list[dict[str, Any]]:
    opens = may_open_all or not one.is_withdrawn
    row = [
        {"text": one.title, "note": kind_text(one), "url": evidence_url(nomination, one) if opens else ""},
        {"text": titles.get(one.criterion, one.criterion) or "–"},
        {"text": wording.date_time(one.added_at, nomination.round.time_zone), "note": str(one.added_by)},
        _state(one),
    ]
    if may_withdraw:
        url = address("nominees:evidence_withdraw", nomination.round, number=nomination.number, evidence_id=one.pk)
        row.append({"text": "–"} if one.is_withdrawn else {"text": _("Withdraw"), "url": url})
    return row


def _state(one: Evidence) -> dict[str, Any]:
    if one.is_withdrawn:
        return {"text": _("Withdrawn"), "tone": "neutral", "icon": "minus", "note": one.withdrawn_reason}
    if one.late_reason:
        return {"text": _("Added during scoring"), "tone": "warning", "icon": "clock", "note": one.late_reason}
    return {"text": _("In force"), "tone": "success", "icon": "check"}
