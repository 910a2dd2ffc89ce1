"""What the documents centre shows: papers by kind and by line, what is chosen of them, and where other papers are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from judging import permissions as may
from judging.models import DocumentKind
from judging.permissions.certificates import can_see_certificate_designs
from judging.permissions.decree import can_write_decree
from judging.permissions.documents import can_set_numbers
from judging.permissions.signing import can_see_signatures
from judging.selectors.documents import ORDER, PaperRow, PaperState
from judging.selectors.paper_subjects import CHOSEN_ONLY
from nominees.models import Round
from nominees.templatetags.rounds import round_url
from nominees.web.access import Permission
from paritrana.accounts.models import User
from paritrana.kernel import phrases

BADGES: Final = {
    PaperState.INCOMPLETE: {"tone": "warning", "icon": "edit", "text": _("To be completed")},
    PaperState.READY: {"tone": "info", "icon": "clock", "text": _("Ready to issue")},
    PaperState.ISSUED: {"tone": "success", "icon": "check", "text": _("Issued")},
    PaperState.OUTDATED: {"tone": "warning", "icon": "alert-triangle", "text": _("Outdated, to be revoked")},
    PaperState.REVOKED: {"tone": "danger", "icon": "ban", "text": _("Revoked")},
}
REVOCABLE: Final = (PaperState.ISSUED, PaperState.OUTDATED)
SIGNED: Final = "signed"
SIGNED_BADGE: Final = {"tone": "success", "icon": "signature", "text": _("Signed")}
ALL: Final = ("", _("All"))


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Papers of the round that have a page of their own."""

    name: str
    label: str | Promise
    icon: str
    permission: Permission


ELSEWHERE: Final = (
    Elsewhere(
        "judging:certificate_designs", _("Designs of the certificates"), "certificate", can_see_certificate_designs
    ),
    Elsewhere("judging:document_numbers", _("Numbers of documents"), "list-numbers", can_set_numbers),
    Elsewhere("judging:print_batches", _("Batches"), "printer", may.can_read_documents),
    Elsewhere("judging:signing", _("Electronic signatures"), "signature", can_see_signatures),
    Elsewhere("judging:decree", _("Text of the decree"), "edit", can_write_decree),
    Elsewhere("judging:amendments", _("Amendments of the minutes"), "edit", may.can_read_documents),
    Elsewhere("judging:invitations", _("Invitations to interviews"), "send", may.can_read_invitations),
    Elsewhere("judging:schedule_papers", _("Schedule and attendance lists"), "calendar", may.can_see_setup),
    Elsewhere("judging:score_sheets", _("Empty score sheets"), "clipboard-list", may.can_print_sheets),
    Elsewhere("judging:paper_entries", _("Sheets typed in from paper"), "file-text", may.can_type_paper),
    Elsewhere("judging:ceremony", phrases.CEREMONY, "award", may.can_issue_documents),
    Elsewhere("judging:forwarding", _("Hand-over to the national round"), "building-bank", may.can_see_forwarding),
)


class FilterForm(forms.Form):
    """What to look for among the papers; nothing given shows everything."""

    jenis = forms.ChoiceField(
        label=_("Kind"), choices=[ALL, *((kind.value, kind.label) for kind in ORDER)], required=False
    )
    keadaan = forms.ChoiceField(
        label=phrases.STATUS,
        choices=[ALL, *((state.value, badge["text"]) for state, badge in BADGES.items()), (SIGNED, _("Signed"))],
        required=False,
    )
    cari = forms.CharField(label=_("Name or number"), max_length=100, required=False)

    def found(self, rows: Sequence[PaperRow]) -> list[PaperRow]:
        """Return the rows that fit; a filter that cannot be read finds nothing."""
        if not self.is_valid():
            return []
        kind, state, words = (self.cleaned_data[name] for name in ("jenis", "keadaan", "cari"))
        return [
            row
            for row in rows
            if (not kind or row.kind == kind)
            and (not state or (is_signed(row) if state == SIGNED else row.state == state))
            and words.casefold() in f"{row.title} {row.document.number if row.document else ''}".casefold()
        ]

    def is_searched(self) -> bool:
        """Whether anything was asked for."""
        return not self.is_valid() or any(self.cleaned_data.values())


def is_signed(row: PaperRow) -> bool:
    """Whether a signed form of the paper is in force."""
    return row.document is not None and bool(getattr(row.document, "signed_in_force", ()))


def line_of(row: PaperRow) -> dict[str, Any]:
    """Return a paper as a line of the list."""
    return {
        "title": row.title,
        "kind": row.kind.label,
        "subject": row.subject.text,
        "document": row.document,
        "is_incomplete": row.state == PaperState.INCOMPLETE,
        "badge": BADGES[row.state],
        "signed": SIGNED_BADGE if is_signed(row) else None,
        "revocable": row.state in REVOCABLE,
    }


def groups_of(rows: Iterable[PaperRow]) -> list[dict[str, Any]]:
    """Return one line for each kind that there are papers of: how many in which state."""
    counts: Counter[tuple[DocumentKind, str]] = Counter()
    for row in rows:
        counts[row.kind, row.state] += 1
        counts[row.kind, SIGNED] += is_signed(row)
    return [
        {
            "kind": kind.value,
            "label": kind.label,
            "is_optional": kind in CHOSEN_ONLY,
            "is_pdf": kind != DocumentKind.RANKING_WORKBOOK,
            "signed": counts[kind, SIGNED],
            **{state.value: counts[kind, state] for state in PaperState},
        }
        for kind in ORDER
        if any(counts[kind, state] for state in PaperState)
    ]


def elsewhere(user: User, round: Round) -> list[dict[str, Any]]:
    """Return the pages of other papers that ``user`` may open."""
    return [
        {"url": round_url(one.name, round), "label": one.label, "icon": one.icon}
        for one in ELSEWHERE
        if one.permission(user, round)
    ]
